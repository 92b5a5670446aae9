"""Makes near misses: questions whose year, number or name is changed, so that the text no longer answers."""

import re
from random import Random

_YEAR = re.compile(r"(?<!\d)(?:1\d{3}|20\d{2})(?!\d)")
_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d+)*(?![\d])")
_NAME = re.compile(r"(?<=[a-zà-ÿ,;:] )[A-ZÁÉÍÓÚÑÇÀÈÊÔ][\w'’-]+(?: [A-ZÁÉÍÓÚÑÇÀÈÊÔ][\w'’-]+)*")


def swapped(question: str, text: str, *, names: list[str], random: Random) -> str | None:
    """Return the question about another year, number or name than the text holds; None where it has none of these.

    Args:
        question: answered by the text.
        text: a sentence or passage.
        names: other names to put in.
        random: decides which.
    """
    places = [m for pattern in (_YEAR, _NUMBER, _NAME) for m in pattern.finditer(question) if m.group() in text]
    if not places:
        return None
    place = random.choice(places)
    other = _other(place.group(), names, random)
    if other is None or other in text:
        return None
    return question[: place.start()] + other + question[place.end() :]


def names_in(question: str) -> list[str]:
    """Return the names in a question that do not begin it."""
    return [m.group() for m in _NAME.finditer(question)]


def _other(found: str, names: list[str], random: Random) -> str | None:
    if _YEAR.fullmatch(found):
        return str(int(found) + random.choice([-12, -7, -3, -2, -1, 1, 2, 3, 5, 9]))
    if found[0].isdigit():
        digits = [c if not c.isdigit() else random.choice("123456789") for c in found]
        return "".join(digits)
    others = [name for name in names if name != found and len(name.split()) == len(found.split())]
    return random.choice(others) if others else None
