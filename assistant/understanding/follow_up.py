"""Makes a question that leans on earlier ones stand alone: identifiers, subject and year carried over or replaced."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.identifiers import Ordinal, find_codes, find_decisions, find_ordinals
from ingest.languages import STOPWORDS
from ingest.normalisation import fold

_CONNECTOR = {
    "en": r"and|but|so|what about|how about|or|then",
    "es": r"y|e|pero|entonces|que hay de|o",
    "pt": r"e|mas|entao|que tal|ou",
    "fr": r"et|mais|alors|qu'en est-il|ou",
}
_REFERRING = {
    "en": r"it|its|that|this|these|those|they|them|their|there|he|she|his|her|the same|the one|one",
    "es": r"eso|esa|ese|esos|esas|esta|este|ello|el mismo|la misma|ella|ellos|ellas|alli|su|sus|lo",
    "pt": r"isso|isto|essa|esse|esta|este|ele|ela|eles|elas|la|seu|sua|seus|suas|o mesmo|a mesma|disso|nela|nele",
    "fr": r"cela|ca|celui-ci|celle-ci|celui|celle|il|elle|ils|elles|y|en|son|sa|ses|leur|leurs|ce|cette",
}
_AGREEING = re.compile(
    r"^\W*(?:yes|yeah|ok|okay|sure|please|go on|si|claro|sim|por favor|oui|d'accord|s'il vous plait)\b[\w ,']*\W*$"
)
_OBJECTING = re.compile(r"^\W*(?:no|nao|non)\b\W*(?P<claim>.*)$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_SHORT = 4  # content words; a question with fewer and no identifier of its own leans on the one before


@dataclass(frozen=True, slots=True)
class StandAlone:
    """A question that needs no history.

    Args:
        text: the question as it is searched and shown.
        claim: what the asker put forward against the last answer ("it was 2005"), "" if nothing.
        resolved: whether anything was taken from the history.
    """

    text: str
    claim: str = ""
    resolved: bool = False


def stand_alone(question: str, history: Sequence[str], *, language: str) -> StandAlone:
    """Return the question with what it takes from earlier ones put in.

    Args:
        question: the words of the asker.
        history: earlier questions, the oldest first.
        language: language of the question.
    """
    context = ""
    for earlier in history:
        context = _resolve(earlier, context, language).text
    return _resolve(question, context, language)


def _resolve(question: str, context: str, language: str) -> StandAlone:
    if not context or not question.strip():
        return StandAlone(question)
    folded = fold(question)
    if _AGREEING.match(folded):
        return StandAlone(context, resolved=True)
    objection = _OBJECTING.match(folded)
    if objection and len(question.split()) <= 8 and not question.rstrip().endswith("?"):
        return StandAlone(context, claim=question[objection.start("claim") :].rstrip(" .!"), resolved=True)
    if not leans_on_history(question, language):
        return StandAlone(question)
    return StandAlone(_merge(question, context, language), resolved=True)


def leans_on_history(question: str, language: str) -> bool:
    """Tell whether a question cannot be understood alone."""
    folded = fold(question).strip(" ¿¡?!.,")
    if re.match(rf"(?:{_CONNECTOR[language]})(?!\w)", folded):
        return True
    content = content_words(question, language)
    if re.search(rf"(?<!\w)(?:{_REFERRING[language]})(?!\w)", folded) and len(content) <= 2 * _SHORT:
        return not _names_its_subject(question)
    return len(content) < _SHORT - 1 and not _names_its_subject(question)


def content_words(text: str, language: str) -> list[str]:
    """Return the words of a text that are not function words, folded."""
    return [w for w in re.findall(r"\w[\w.\-/]*", fold(text)) if w not in STOPWORDS[language] and len(w) > 1]


def _names_its_subject(question: str) -> bool:
    capitals = re.findall(r"(?<!^)(?<![.¿¡\"“]\s)\b[A-ZÀ-Ý][\w.]*[A-ZÀ-Ý\d][\w.]*", question)
    return bool(find_decisions(question) or find_codes(question) or capitals)


def _merge(question: str, context: str, language: str) -> str:
    replaced, used = _replace_identifiers(question, context)
    rest = [w for w in content_words(question, language) if not any(w in fold(u) for u in used)]
    rest = [w for w in rest if not re.fullmatch(rf"(?:{_CONNECTOR[language]}|{_REFERRING[language]})", w)]
    if used and not rest:
        return replaced
    asked = re.sub(rf"(?i)^\W*(?:{_CONNECTOR[language]})(?!\w)\W*", "", question).strip(" ?¿")
    topic = topic_of(replaced, language)
    return f"{asked[:1].upper()}{asked[1:]} ({topic})?" if asked else replaced


def _replace_identifiers(question: str, context: str) -> tuple[str, list[str]]:
    """Put the year, ordinal, code or decision of the question in the place of the context's own."""
    used: list[str] = []
    years, old_years = _YEAR.findall(question), _YEAR.findall(context)
    if len(years) == 1 and old_years:
        context, used = _YEAR.sub(years[0], context), [years[0]]
    new, old = _ordinals(question), _ordinals(context)
    if len(new) == 1 and len(old) == 1:
        written = question[new[0].start : new[0].end]
        context = context[: old[0].start] + written + context[old[0].end :]
        used.append(written)
    return context, used


def _ordinals(text: str) -> tuple[Ordinal, ...]:
    return tuple(o for o in find_ordinals(text) if not _YEAR.fullmatch(text[o.start : o.end]))


def topic_of(question: str, language: str) -> str:
    """Return what a question is about: its words without the leading question words and the question mark."""
    words = question.strip(" ?¿!¡.").split()
    while len(words) > 1 and fold(words[0]).strip("¿¡,") in STOPWORDS[language]:
        words = words[1:]
    return " ".join(words)
