"""Puts a fragment ("and the one on ports?") into the question before it: a place, a noun, a complement, a subject."""

import re

from assistant.understanding.leaning import content_words, words_of
from assistant.understanding.topics import topic_of
from ingest.languages import STOPWORDS
from ingest.normalisation import fold
from ingest.registers.meeting_places import find_locations

_YEAR = re.compile(r"(?<![\d/-])(?:19|20)\d{2}(?!\d)")
_FOCUS = re.compile(
    r"(?P<lead>^\W*(?:how many|which|what|cuant[oa]s|que|quant[oa]s|quais|combien de|combien d'|quels|quelles)\s)"
    r"(?P<noun>[^\W\d]{4,})(?=\s)"
)


def fitted(asked: str, text: str, language: str) -> str:
    """Return the question before with a fragment in the place it belongs: a place, a counted noun, a subject."""
    return (
        _other_place(_bare(asked, language), text)
        or _other_noun(asked, text, language)
        or _other_complement(asked, text)
        or _other_subject(asked, text, language)
    )


def _bare(asked: str, language: str) -> str:
    words = asked.split()
    while words and fold(words[0]) in {*map(fold, STOPWORDS[language]), "one"}:
        words = words[1:]
    return " ".join(words)


def _other_place(fragment: str, text: str) -> str:
    places, old = find_locations(fragment), find_locations(text)
    if len(places) != 1 or len(old) != 1 or len(fragment.split()) > _SHORT:
        return ""
    return text[: old[0].start] + fragment + text[old[0].end :]


def _other_noun(asked: str, text: str, language: str) -> str:
    focus = _FOCUS.match(fold(text)) if len(fold(text)) == len(text) else None
    if focus is None or len(asked.split()) > 2 or fold(asked.split(maxsplit=1)[0]) in STOPWORDS[language]:
        return ""
    changed = text[: focus.start("noun")] + asked + text[focus.end("noun") :]
    feminine = fold(asked).endswith(("as", "iones", "oes", "dades"))
    return re.sub(r"(?<=[CcQq]u[aá]nt)[oa](?=s )", "a" if feminine else "o", changed, count=1)


def _other_complement(asked: str, text: str) -> str:
    """Return the question with "for SICA" in the place of "for ALADI", "on ports" in that of "on trade"."""
    fragment = _COMPLEMENT.match(asked)
    if fragment is None:
        return ""
    same = next((p for p in _SAME_PREPOSITION if re.fullmatch(p, fold(fragment["preposition"]))), None)
    if same is None:
        return ""
    written = f"{fragment['preposition']} {fragment['rest']}"
    name = re.search(rf"(?<!\w)(?:{same})(?: (?:the|el|la|los|las|o|a|os|as|le|les|l'))? ?(?:[A-ZÀ-Ý][\w-]*\s?)+", text)
    if name and _NAME_ALONE.fullmatch(fragment["rest"]):
        return f"{text[: name.start()]}{written} {text[name.end() :]}".replace(" ?", "?")
    subject = re.search(rf"(?<!\w)(?:{same})(?!\w)", text)
    return f"{text[: subject.start()]}{written}?" if subject and not name else ""


def _other_subject(asked: str, text: str, language: str) -> str:
    """Return what was asked before, asked of something that is named with two words or more."""
    if len(content_words(asked, language)) < 2:
        return ""
    lead = _lead(text, language)
    tail = _TAIL.search(text)
    kept = [m.group() for m in _YEAR.finditer(text)] if _shares_noun(asked, text, language) else []
    year = f" ({kept[0]})" if len(kept) == 1 and not _YEAR.search(asked) else ""
    return f"{lead} {asked}{tail.group().rstrip(' ?') if tail else ''}{year}?" if lead else ""


def _shares_noun(asked: str, text: str, language: str) -> bool:
    return bool(set(content_words(asked, language)) & set(content_words(text, language)))


def _lead(text: str, language: str) -> str:
    """Return the question words at the beginning of a question, without the article of its subject."""
    topic = topic_of(text, language)
    lead = text[: text.index(topic)].split() if topic in text else []
    while lead and fold(lead[-1]) in _ARTICLES:
        lead = lead[:-1]
    return " ".join(lead)


_SHORT = 4
_ARTICLES = words_of("the a an el la los las un una o os as um uma le les une l' its su seu sua son sa")
_TAIL = re.compile(
    r" (?:held|take place|taking place|start|begin|last|happen|cost|adopted|signed|published|due|planned|scheduled"
    r"|organi[sz]ed)\s*\??$"
)
_COMPLEMENT = re.compile(
    r"(?:(?:the one|the ones|that|those|[ea]l|la|los|las|lo|o|os|as|celui|celle|ceux) )?"
    r"(?P<preposition>on|about|for|by|with|at|sobre|por|para|con|com|pel[oa]|sur|pour|par|avec) (?P<rest>.+)$"
)
_SAME_PREPOSITION = (
    "on|about",
    "for",
    "by",
    "with",
    "at",
    "sobre",
    "por|pel[oa]",
    "para",
    "con|com",
    "sur",
    "pour",
    "par",
    "avec",
)
_NAME_ALONE = re.compile(r"(?:the |el |la |los |las |o |a |os |as |le |les |l['’])?(?:[A-ZÀ-Ý][\w-]*\s?)+")
