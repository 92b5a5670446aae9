"""Tells the printed page number of every block, from the PDF's own labels or from the numbers printed in the text.

A number is never guessed: where the marks do not settle it, the label is unknown.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.contents import ContentsEntry, read_entry
from ingest.documents import BlockKind
from ingest.normalisation import fold


@dataclass(frozen=True, slots=True)
class LabelledPart:
    """What is needed of a block to tell its page label.

    Args:
        kind: of the block.
        text: its words.
        page: page of the file, None where the format has none.
        number: the printed page number that it carries, None if it carries none.
    """

    kind: BlockKind
    text: str
    page: int | None
    number: str | None


def find_page_labels(parts: Sequence[LabelledPart], file_labels: Sequence[str | None]) -> list[str | None]:
    """Return the printed page number of every part, None where it is not known."""
    if any(part.page is not None for part in parts):
        return _of_known_pages(parts, file_labels)
    marks = [(i, int(part.number)) for i, part in enumerate(parts) if part.number is not None]
    if len(marks) < 2:
        return [None] * len(parts)
    return _between_marks(parts, marks)


def _of_known_pages(parts: Sequence[LabelledPart], file_labels: Sequence[str | None]) -> list[str | None]:
    printed = {part.page: part.number for part in parts if part.number is not None}
    labels: list[str | None] = []
    for part in parts:
        in_file = part.page is not None and part.page <= len(file_labels)
        own = file_labels[part.page - 1] if part.page is not None and in_file else None
        labels.append(own or printed.get(part.page))
    return labels


def _between_marks(parts: Sequence[LabelledPart], marks: list[tuple[int, int]]) -> list[str | None]:
    """Read the marks as page heads or as page feet, whichever the document shows them to be."""
    heads, feet = _as_heads(len(parts), marks), _as_feet(len(parts), marks)
    votes = _contents_votes(parts, heads, feet)
    if len(votes) > 1 and all(vote is votes[0] for vote in votes):
        return votes[0]
    if votes and votes[0] is _by_volume(parts, marks, heads=heads, feet=feet):
        return votes[0]
    return _by_first_and_last_mark(parts, marks, heads=heads, feet=feet)


def _as_heads(count: int, marks: list[tuple[int, int]]) -> list[str | None]:
    """Read every number as standing at the top of its page."""
    labels: list[str | None] = [None] * count
    steps = {b - a for (_, a), (_, b) in pairwise(marks)}
    last_step = steps.pop() if len(steps) == 1 and len(marks) > 2 else None
    ends = [*marks[1:], (count, marks[-1][1] + last_step) if last_step else (count, 0)]
    for (start, number), (end, following) in zip(marks, ends, strict=True):
        label = _span(number, following - 1)
        labels[start] = str(number)
        labels[start + 1 : end] = [label] * (end - start - 1)
    return labels


def _as_feet(count: int, marks: list[tuple[int, int]]) -> list[str | None]:
    """Read every number as standing at the bottom of its page."""
    labels: list[str | None] = [None] * count
    before = [(-1, 0 if marks[0][1] == 1 else -9), *marks[:-1]]
    for (start, preceding), (end, number) in zip(before, marks, strict=True):
        label = _span(preceding + 1, number)
        labels[start + 1 : end] = [label] * (end - start - 1)
        labels[end] = str(number)
    return labels


def _span(first: int, last: int) -> str | None:
    if last == first:
        return str(first)
    return f"{first}–{last}" if last == first + 1 else None


def _contents_votes(parts: Sequence[LabelledPart], *readings: list[str | None]) -> list[list[str | None]]:
    """Return, for each entry of the table of contents that only one reading agrees with, that reading."""
    places = {_key(part.text): i for i, part in reversed(list(enumerate(parts))) if part.kind is BlockKind.HEADING}
    votes = []
    for entry in _entries(parts):
        index = places.get(_key(entry.title))
        agreeing = [r for r in readings if index is not None and str(entry.page) in (r[index] or "").split("–")]
        votes += agreeing if len(agreeing) == 1 else []
    return votes


def _by_volume(
    parts: Sequence[LabelledPart],
    marks: list[tuple[int, int]],
    *,
    heads: list[str | None],
    feet: list[str | None],
) -> list[str | None] | None:
    """Tell by the words between a heading that the contents put on a page and the first mark, against a usual page.

    It settles what a table of contents that has gone stale leaves open: its first entries are the last to go stale.
    """
    first, number = marks[0]
    places = {_key(part.text): i for i, part in enumerate(parts[:first]) if part.kind is BlockKind.HEADING}
    placed = [(places[_key(e.title)], e.page) for e in _entries(parts) if _key(e.title) in places]
    if not placed:
        return None
    start, page = placed[-1]
    pages = _words(parts[start:first]) / _words_on_a_page(parts, marks)
    as_heads, as_feet = abs(pages - (number - page)), abs(pages - (number + 1 - page))
    return heads if as_heads < as_feet else feet


def _words_on_a_page(parts: Sequence[LabelledPart], marks: list[tuple[int, int]]) -> float:
    volumes = (_words(parts[start:end]) / (after - before) for (start, before), (end, after) in pairwise(marks))
    return max(median(volumes), 1.0)


def _words(parts: Sequence[LabelledPart]) -> int:
    return sum(len(part.text.split()) for part in parts if part.kind is not BlockKind.FURNITURE)


def _entries(parts: Sequence[LabelledPart]) -> list[ContentsEntry]:
    read = (read_entry(part.text) for part in parts if part.kind is BlockKind.CONTENTS)
    return [entry for entry in read if entry is not None]


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))


def _by_first_and_last_mark(
    parts: Sequence[LabelledPart],
    marks: list[tuple[int, int]],
    *,
    heads: list[str | None],
    feet: list[str | None],
) -> list[str | None]:
    starts_with_mark = _all_furniture(parts[: marks[0][0]])
    ends_with_mark = _all_furniture(parts[marks[-1][0] + 1 :])
    if starts_with_mark == ends_with_mark:
        return [part.number for part in parts]
    return heads if starts_with_mark else feet


def _all_furniture(parts: Sequence[LabelledPart]) -> bool:
    return all(part.kind is BlockKind.FURNITURE for part in parts)
