"""Whether a sentence ties names and figures together as the words it cites do: a swap is a lie too."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.language_model.verification.claims import Figure, identifier_spans, told_spans
from assistant.language_model.verification.structure import Comparison
from assistant.language_model.verification.wording import FoundWord, Wording, kind_of

_PARTS = re.compile(
    r"[,;:()|–—](?=\s|$)|(?<!\w)(?:and|while|whereas|y|e|et|mientras|enquanto|tandis)(?!\w)", re.IGNORECASE
)
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


def is_misplaced(compared: Comparison) -> bool:
    """Tell whether a sentence takes things that belong together from different parts of what it cites."""
    quoted = compared.theirs
    end = len(quoted.text)
    inside = [replace(w, places=tuple(p for p in w.places if p < end)) for w in compared.words]
    names = [Anchor(group[0].start, _places(group)) for group in _groups(compared.ours.text, inside)]
    held = [f for f in compared.figures if f.spans]
    numbers = [_of_figure(f) for f in held]
    dates = [_of_figure(f) for f in held if f.is_date]
    plain = [Anchor(w.start, w.places) for w in inside if not w.is_name]
    return _is_crossed(names, numbers, plain, quoted) or _is_dated_otherwise(dates, plain, quoted)


def _of_figure(figure: Figure) -> Anchor:
    return Anchor(figure.start, tuple(place for start, end in figure.spans for place in range(start, end)))


def _is_dated_otherwise(dates: Sequence[Anchor], plain: Sequence[Anchor], quoted: Wording) -> bool:
    """Tell whether a date is taken from one part of the cited words and what it dates from another."""
    starts = _part_starts(quoted.text)
    used = {place for word in plain for place in word.places}
    idle = {part for part, place in _kinds_by_part(quoted, starts)["word"] if place not in used}
    parts = {_only_part(word, starts) for word in plain} - {None}
    return any((part := _only_part(date, starts)) in idle and parts - {part} for date in dates)


def _is_crossed(names: Sequence[Anchor], numbers: Sequence[Anchor], plain: Sequence[Anchor], quoted: Wording) -> bool:
    """Tell whether a sentence takes one thing from one part of the cited words and its counterpart from another.

    "Hosted by A and organised by B" does not support "hosted by B": "hosted" has a name of its own, A, and B a verb
    of its own, both of which the sentence passes over.
    """
    starts = _part_starts(quoted.text)
    there = _kinds_by_part(quoted, starts)
    here = {"name": names, "number": numbers, "word": plain}
    used = {(kind, place) for kind, anchors in here.items() for a in anchors for place in a.places}
    left = {(kind, part) for kind, places in there.items() for part, place in places if (kind, place) not in used}
    return any(
        (kind, part) in left and (other_kind, other_part) in left
        for kind in ("name", "number")
        for anchor in here[kind]
        for other_kind, others in here.items()
        for other in others
        if other_kind != kind
        for other_part, part in [(_only_part(anchor, starts), _only_part(other, starts))]
        if None not in (part, other_part) and part != other_part
    )


def _kinds_by_part(quoted: Wording, starts: Sequence[int]) -> dict[str, list[tuple[int, int]]]:
    """Return the part and the place of every name, number and plain word of the cited words."""
    found: dict[str, list[tuple[int, int]]] = {"name": [], "number": [], "word": []}
    whole = {"number": identifier_spans(quoted.text), "word": told_spans(quoted.text), "name": told_spans(quoted.text)}
    for meaning in quoted.meanings:
        kind = kind_of(meaning, quoted)
        if kind and not any(start <= meaning.start < end for start, end in whole[kind]):
            found[kind].append((_part(starts, meaning.start), meaning.start))
    return found


def _only_part(anchor: Anchor, starts: Sequence[int]) -> int | None:
    """Return the one part in which an anchor stands, None if it stands in several."""
    parts = {_part(starts, place) for place in anchor.places}
    return parts.pop() if len(parts) == 1 else None


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


def _part_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in _PARTS.finditer(text))]


def _part(starts: Sequence[int], place: int) -> int:
    return sum(1 for start in starts if start <= place) - 1
