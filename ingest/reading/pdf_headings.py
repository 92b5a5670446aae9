"""Tells the headings among the lines of a PDF: by its outline first, by font size second."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.documents import LineKind, SourceLine
from ingest.normalisation import fold, normalise
from ingest.reading.page_layout import PageLine

_CLEARLY_LARGER = 1.15
_LONGEST_HEADING = 200
_MOST_LINES = 4
_LETTERS = re.compile(r"[^\W\d_]{2}")
_LEVELS = 6
_MOST_HEADINGS = 0.35
_PARAGRAPH_GAP = 0.55
_LEAST_INDENT = 0.8
_MOST_INDENT = 4.0


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """An entry of the outline: its title, the 1-based page it leads to, its level from 1."""

    title: str
    page: int
    level: int


def source_lines(pages: Sequence[Sequence[PageLine]], outline: Sequence[OutlineEntry]) -> tuple[SourceLine, ...]:
    """Return the lines of all pages, headings told apart, a blank line where there is a gap between two."""
    body = _body_size(pages)
    levels = _size_levels(pages, body)
    entries: dict[int, list[OutlineEntry]] = {}
    for entry in outline:
        entries.setdefault(entry.page, []).append(entry)
    return tuple(
        line
        for number, page in enumerate(pages, 1)
        for line in _page(page, number, _Judge(levels, tuple(entries.get(number, ()))))
    )


@dataclass(frozen=True, slots=True)
class _Judge:
    """Says which lines are headings: `levels` by font size, `outline` the entries of the page."""

    levels: Mapping[float, int]
    outline: tuple[OutlineEntry, ...]

    def heading(self, lines: Sequence[PageLine]) -> tuple[int, int]:
        """Return (how many of the first lines belong together, their level as one heading, 0 if they are none)."""
        for entry in self.outline:
            count = _lines_of_title(lines, entry.title)
            if count:
                return count, min(entry.level, _LEVELS)
        return self._heading_by_size(lines)

    def _heading_by_size(self, lines: Sequence[PageLine]) -> tuple[int, int]:
        first = lines[0]
        level = self.levels.get(first.size, 0)
        if not level or not _may_be_heading(first):
            return 1, 0
        count = 1
        while count < len(lines) and _goes_on(lines[count - 1], lines[count]):
            count += 1
        letters = sum(len(line.text) for line in lines[:count])
        return count, level if count <= _MOST_LINES and letters <= _LONGEST_HEADING else 0


def _page(lines: Sequence[PageLine], number: int, judge: _Judge) -> Iterator[SourceLine]:
    index = 0
    while index < len(lines):
        if index and _is_parted(lines, index):
            yield SourceLine("", number, LineKind.BLANK)
        count, level = (1, 0) if lines[index].is_row else judge.heading(lines[index:])
        together = lines[index : index + count]
        if level:
            text = " ".join(line.text for line in together)
            yield SourceLine(text, number, LineKind.HEADING, level, together[0].bold, complete=True)
        else:
            yield from (_plain(line, number) for line in together)
        index += count
    yield SourceLine("", number, LineKind.BLANK)


def _plain(line: PageLine, number: int) -> SourceLine:
    kind = LineKind.TABLE_ROW if line.is_row else LineKind.TEXT
    return SourceLine(line.text, number, kind, 0, line.bold, complete=line.is_row)


def _is_parted(lines: Sequence[PageLine], index: int) -> bool:
    """Tell whether a new paragraph starts at `index`: after white space, or with its first line indented."""
    line, above = lines[index], lines[index - 1]
    if _gap(above, line) > _PARAGRAPH_GAP * line.size:
        return True
    indent = line.box.left - above.box.left
    below = lines[index + 1] if index + 1 < len(lines) else line
    back = abs(below.box.left - above.box.left) < 0.3 * line.size and below.box.top > line.box.top
    return back and _LEAST_INDENT * line.size < indent < _MOST_INDENT * line.size


def _gap(above: PageLine, below: PageLine) -> float:
    """Return the white space between two lines; a line that starts higher up begins a new column."""
    if below.box.top < above.box.top - above.size:
        return float("inf")
    return below.box.top - above.box.bottom


def _body_size(pages: Sequence[Sequence[PageLine]]) -> float:
    letters: Counter[float] = Counter()
    for page in pages:
        for line in page:
            letters[line.size] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0.0


def _size_levels(pages: Sequence[Sequence[PageLine]], body: float) -> dict[float, int]:
    """Return the heading level of each font size that is clearly larger than the body's, the largest first."""
    lines = [line for page in pages for line in page]
    large = [line.size for line in lines if line.size >= _CLEARLY_LARGER * body and _may_be_heading(line)]
    if len(large) > _MOST_HEADINGS * len(lines):
        return {}
    sizes = sorted(set(large), reverse=True)
    return {size: min(rank, _LEVELS) for rank, size in enumerate(sizes, 1)}


def _may_be_heading(line: PageLine) -> bool:
    return not line.is_row and len(line.text) <= _LONGEST_HEADING and _LETTERS.search(line.text) is not None


def _goes_on(line: PageLine, below: PageLine) -> bool:
    """Tell whether the heading `line` is wrapped and goes on `below`."""
    same = below.size == line.size and below.bold == line.bold and not below.is_row
    return same and 0 <= below.box.top - line.box.top < 1.7 * line.size


def _lines_of_title(lines: Sequence[PageLine], title: str) -> int:
    """Return how many of the first lines make up the title, 0 if they do not."""
    wanted = _plain_letters(title)
    found = ""
    for count, line in enumerate(lines[:_MOST_LINES], 1):
        found += _plain_letters(line.text)
        if not found or not wanted.startswith(found) or line.is_row:
            return 0
        if found == wanted:
            return count
    return 0


def _plain_letters(text: str) -> str:
    return fold(normalise(text))
