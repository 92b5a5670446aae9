"""Several questions in one: each told apart, each standing alone with the subject they share."""

import re

from assistant.understanding.follow_up import stand_alone
from assistant.understanding.leaning import content_words
from assistant.understanding.replies import ASKS
from ingest.normalisation import fold

MOST_PARTS = 4
_PREPOSITION = {
    "en": r"(?:(?:in|on|at|by|for|from|with|to|of|until|since) )?",
    "es": r"(?:(?:en|con|de|del|por|para|a|al|desde|hasta|sobre)(?: el| la)? )?",
    "pt": r"(?:(?:em|com|de|por|para|a|desde|até|sobre) )?",
    "fr": r"(?:(?:à|en|dans|avec|de|par|pour|depuis|sur|sous|chez) )?",
}
_QUESTION_WORD = {
    "en": r"(?:who|whom|whose|what|which|when|where|why|how)",
    "es": r"(?:quién(?:es)?|quien(?:es)?|qué|que(?= \w+ (?:\w+ )?\w+\?)|cuándo|cuando|dónde|donde"
    r"|cuál(?:es)?|cuánt[oa]s?|cuant[oa]s?|cómo|por qué)",
    "pt": r"(?:quem|o que|que(?= (?!(?:foi|foram|era|eram|é|são|tem|têm|se|está) )\w)|quando|onde|qual|quais"
    r"|quant[oa]s?|como)",
    "fr": r"(?:qui|que|qu'|quand|où|quel(?:le)?s?|combien|comment|pourquoi|l(?:e|a|es)quel(?:le)?s?)",
}
_AND = {
    "en": r"(?:and also|and|as well as|plus)",
    "es": r"(?:y también|y además|y|e|así como)",
    "pt": r"(?:e também|e|assim como)",
    "fr": r"(?:et aussi|et|ainsi que)",
}
_AFTER_A_MARK = re.compile(r"(?<=\?)\s+|(?<=\?)(?=¿)|\s+(?=¿)")


def split_questions(text: str, language: str) -> tuple[str, ...]:
    """Return the questions that `text` asks, each standing alone, in order; `text` itself where it asks one.

    "When and where was it held?" is one question that asks for two things. A sentence that asks nothing stays with the
    question it leads to.

    Args:
        text: a question that needs no history.
        language: its language.
    """
    pieces = [piece for sentence in _sentences(text) for piece in _clauses(sentence, language)]
    if not 1 < len(pieces) <= MOST_PARTS:
        return (text,)
    parts: list[str] = []
    for piece in pieces:
        parts.append(_finished(stand_alone(piece, parts[:1], language=language).text))
    return tuple(dict.fromkeys(parts))


def _sentences(text: str) -> list[str]:
    """Return the sentences that ask, each with those before it that do not."""
    found: list[str] = []
    waiting = ""
    for sentence in _AFTER_A_MARK.split(text.strip()):
        waiting = f"{waiting} {sentence}".strip()
        if ASKS.search(fold(sentence)) and re.search(r"\w", sentence):
            found.append(waiting)
            waiting = ""
    return [*found[:-1], f"{found[-1]} {waiting}".strip()] if found else [text]


def _clauses(sentence: str, language: str) -> list[str]:
    """Return the clauses of a sentence that ask by themselves: both sides of an "and who" say more than they ask."""
    joint = re.compile(
        rf"\s*[,;:]?\s+{_AND[language]}\s*,?\s+¿?(?={_PREPOSITION[language]}{_QUESTION_WORD[language]}(?![\w-]))",
        re.IGNORECASE,
    )
    shares_a_verb = re.compile(  # "when" of "when and where was it held"
        rf"(?:^|[:;,¿]\s*|(?<!\w){_AND[language]}\s+¿?){_PREPOSITION[language]}{_QUESTION_WORD[language]}$",
        re.IGNORECASE,
    )
    joints = [
        match
        for match in joint.finditer(sentence)
        if re.match(r"\s*[,;:]", match[0]) or not shares_a_verb.search(sentence[: match.start()])
    ]
    clauses, start = [], 0
    for match, end in zip(joints, [*(m.start() for m in joints), len(sentence)][1:], strict=True):
        before, after = sentence[start : match.start()], sentence[match.end() : end]
        if _says_enough(before, language) and _says_enough(after, language, least=1):
            clauses.append(before)
            start = match.end()
    return [*clauses, sentence[start:]]


def _says_enough(clause: str, language: str, *, least: int = 2) -> bool:
    words = [word for word in content_words(clause, language) if not ASKS.fullmatch(word)]
    return bool(ASKS.search(fold(clause))) and len(words) >= least


def _finished(part: str) -> str:
    bare = part.strip(" ,;.¿?")
    return f"{bare[:1].upper()}{bare[1:]}?"
