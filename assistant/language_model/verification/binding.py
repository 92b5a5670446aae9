"""Whether a sentence ties names and figures together as the words it cites do: a swap is a lie too."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.language_model.verification.claims import Figure
from assistant.language_model.verification.wording import FoundWord

_PARTS = re.compile(r"[,;:()|–—]|(?<!\w)(?:and|while|whereas|y|e|et|mientras|enquanto|tandis)(?!\w)", re.IGNORECASE)
_GAP_IN_NAME = re.compile(
    r"[\s’'\"“”.-]*(?:(?:of|the|for|de|del|la|las|los|el|da|do|das|dos|du|des|l|d|le|les)[\s’']+)*"
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A name or figure of a sentence.

    Args:
        start: first character in the sentence.
        places: where the cited words have it.
    """

    start: int
    places: tuple[int, ...]


def is_misplaced(sentence: str, quoted: str, words: Sequence[FoundWord], figures: Sequence[Figure]) -> bool:
    """Tell whether a sentence names things in another order than what it cites, or ties a figure to another name.

    Args:
        sentence: the words of a model.
        quoted: what it cites.
        words: the sentence's content words, each found there.
        figures: the sentence's dates and numbers, each found there.
    """
    names = [Anchor(group[0].start, _places(group)) for group in _groups(sentence, words)]
    numbers = [Anchor(f.start, f.places) for f in figures if f.places]
    return (
        not _in_order(names)
        or not _in_order(sorted(numbers, key=lambda a: a.start))
        or _is_tied_otherwise(names, numbers, sentence, quoted)
    )


def _groups(sentence: str, words: Iterable[FoundWord]) -> list[list[FoundWord]]:
    """Return the names of a sentence, the words of each together."""
    groups: list[list[FoundWord]] = []
    for found in (w for w in words if w.is_name):
        previous = groups[-1][-1] if groups else None
        if previous and _GAP_IN_NAME.fullmatch(sentence[previous.start + len(previous.word) : found.start]):
            groups[-1].append(found)
        else:
            groups.append([found])
    return groups


def _places(group: Sequence[FoundWord]) -> tuple[int, ...]:
    """Return where a name stands: by its rarest word."""
    return min((w.places for w in group if w.places), key=len, default=())


def _in_order(anchors: Sequence[Anchor]) -> bool:
    """Tell whether the places can be taken so that none comes before the one before it."""
    at = -1
    for anchor in anchors:
        later = [p for p in anchor.places if p >= at]
        if anchor.places and not later:
            return False
        at = min(later, default=at)
    return True


def _is_tied_otherwise(names: Sequence[Anchor], numbers: Sequence[Anchor], sentence: str, quoted: str) -> bool:
    """Tell whether a figure stands with a name in the sentence that it does not stand with in the cited words."""
    here, there = _part_starts(sentence), _part_starts(quoted)
    named = {_part(there, p) for name in names for p in name.places}
    for number in numbers:
        beside = [n for n in names if _part(here, n.start) == _part(here, number.start)]
        parts = {_part(there, p) for p in number.places}
        elsewhere = beside and not any(_part(there, p) in parts for n in beside for p in n.places)
        if elsewhere and len(there) > 1 and _others_stand_there(parts, named, quoted, there):
            return True
    return False


def _others_stand_there(parts: set[int], named: set[int], quoted: str, there: Sequence[int]) -> bool:
    """Tell whether the part of a figure has a name of its own, written large or one that the sentence gives too."""
    bounds = [*there, len(quoted)]
    has_name = re.compile(r"(?<=\s)[^\W\d_a-z][^\W\d_]+")
    return any(part in named or has_name.search(quoted[bounds[part] : bounds[part + 1]]) for part in parts)


def _part_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in _PARTS.finditer(text))]


def _part(starts: Sequence[int], place: int) -> int:
    return sum(1 for start in starts if start <= place) - 1
