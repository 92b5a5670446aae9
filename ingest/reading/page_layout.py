"""Puts the glyphs of a page into lines: reading order, columns, table rows. Pure geometry, no PDF library.

Coordinates are points from the top left corner of the page as it is shown, y downwards.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple

_CELL_GAP = 1.25
_WORD_GAP = 0.35
_TIGHT_PITCH = 1.3
_PROSE_LETTERS = 25
_LEAST_COLUMN_ROWS = 4
_CANDIDATE_GUTTERS = 6
_BAND_GAP = 0.4
_MOST_CELL_LINES = 12


class Box(NamedTuple):
    """Where a glyph stands on the page, in points from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float


class Glyph(NamedTuple):
    """A visible character on the page.

    Args:
        text: the character (or surrogate-free cluster) the PDF says it is.
        box: its place.
        base: y of its baseline.
        size: font size in points as shown.
        bold: whether its font is bold.
        blank_before: whether the PDF has a blank before it.
        break_before: whether the PDF starts a new line before it.
    """

    text: str
    box: Box
    base: float
    size: float
    bold: bool
    blank_before: bool
    break_before: bool


class Rule(NamedTuple):
    """A horizontal line drawn on the page, or an edge of a filled area."""

    left: float
    right: float
    y: float


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line or table row of a page.

    Args:
        text: its words.
        boxes: for each character of `text` its place, None for blanks and cell separators that were put in.
        size: largest font size that at least a third of its glyphs have.
        bold: whether all of its glyphs are bold.
        is_row: whether it is a table row, its cells joined by " | ".
        box: what it covers.
    """

    text: str
    boxes: tuple[Box | None, ...]
    size: float
    bold: bool
    is_row: bool
    box: Box

    def joined(self, other: "PageLine") -> "PageLine":
        """Return this line with `other` after it."""
        text, boxes = f"{self.text} {other.text}", (*self.boxes, None, *other.boxes)
        return replace(self, text=text, boxes=boxes, box=_hull([self.box, other.box]))


@dataclass(frozen=True, slots=True)
class _Segment:
    """Glyphs that follow one another on a line without a wide gap."""

    glyphs: tuple[Glyph, ...]
    box: Box
    base: float
    size: float

    @property
    def bold(self) -> bool:
        return all(glyph.bold for glyph in self.glyphs)


_Row = list[_Segment]


def page_lines(glyphs: Sequence[Glyph], rules: Sequence[Rule] = ()) -> tuple[PageLine, ...]:
    """Return the lines of a page in reading order: columns one after the other, table rows whole.

    Args:
        glyphs: in the order of the file.
        rules: lines drawn on the page, which part the rows of tables.
    """
    return tuple(_read(_rows(list(_segments(glyphs))), rules))


def _segments(glyphs: Sequence[Glyph]) -> Iterator[_Segment]:
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and not _follows(run, glyph):
            yield _segment(run)
            run = []
        run.append(glyph)
    if run:
        yield _segment(run)


def _follows(run: Sequence[Glyph], glyph: Glyph) -> bool:
    """Tell whether `glyph` goes on with the run: on its line without a wide gap, or below it in upright text."""
    last = run[-1]
    size = max(last.size, glyph.size, 1.0)
    gap = max(glyph.box.left - last.box.right, last.box.left - glyph.box.right)
    overlap = min(last.box.bottom, glyph.box.bottom) - max(last.box.top, glyph.box.top)
    height = min(last.box.bottom - last.box.top, glyph.box.bottom - glyph.box.top)
    if abs(last.base - glyph.base) < 0.3 * size or overlap > 0.5 * max(height, 0.1):
        return gap < _CELL_GAP * size and not (glyph.break_before and gap > 0.6 * size)
    beside = gap < 0
    return beside and not glyph.break_before and not glyph.blank_before and abs(last.base - glyph.base) < 1.6 * size


def _segment(run: Sequence[Glyph]) -> _Segment:
    sizes = Counter(round(glyph.size, 1) for glyph in run)
    size = sizes.most_common(1)[0][0]
    base = median(glyph.base for glyph in run)
    return _Segment(tuple(run), _hull([glyph.box for glyph in run]), base, size)


def _hull(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def _rows(segments: Iterable[_Segment]) -> list[_Row]:
    """Group segments that share a baseline, top to bottom, each row left to right."""
    rows: list[_Row] = []
    for segment in sorted(segments, key=lambda s: s.base):
        if rows and segment.base - rows[-1][0].base < 0.35 * max(1.0, min(segment.size, rows[-1][0].size)):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda s: s.box.left) for row in rows]


def _read(rows: list[_Row], rules: Sequence[Rule]) -> Iterator[PageLine]:
    """Yield the lines of `rows`; where prose stands in columns, read those first on their own."""
    split = _widest_columns(rows, rules)
    if split is None:
        yield from _read_rows(rows, rules)
        return
    start, end, gutter = split
    yield from _read(rows[:start], rules)
    inside = [segment for row in rows[start:end] for segment in row]
    left = [segment for segment in inside if segment.box.right <= gutter + 1]
    right = [segment for segment in inside if segment.box.right > gutter + 1]
    yield from _read(_rows(left), rules)
    yield from _read(_rows(right), rules)
    yield from _read(rows[end:], rules)


def _widest_columns(rows: list[_Row], rules: Sequence[Rule]) -> tuple[int, int, float] | None:
    """Return (first row, one past the last, x of the gutter) of the longest run of rows set in prose columns."""
    best: tuple[int, int, float] | None = None
    for gutter in _gutters(rows):
        for start, end in _uncrossed(rows, gutter):
            longer = best is None or end - start > best[1] - best[0]
            if longer and _are_columns(rows[start:end], gutter, rules):
                best = (start, end, gutter)
    return best


def _gutters(rows: list[_Row]) -> list[float]:
    """Return the x positions at which most rows have a gap, most frequent first."""
    middles = Counter(round((a.box.right + b.box.left) / 12) for row in rows for a, b in pairwise(row))
    edges = Counter(round((s.box.left - 4) / 6) for row in rows for s in row if s.box.left > 0)
    common = [place for place, count in middles.most_common(_CANDIDATE_GUTTERS) if count > 1]
    common += [place for place, count in edges.most_common(_CANDIDATE_GUTTERS) if count >= _LEAST_COLUMN_ROWS]
    return [place * 6.0 for place in dict.fromkeys(common)]


def _uncrossed(rows: list[_Row], gutter: float) -> Iterator[tuple[int, int]]:
    """Yield the longest runs of rows of which no segment crosses `gutter`, then those without rows of short cells."""
    crossed = {index for index, row in enumerate(rows) if _crosses(row, gutter)}
    short = {index for index, row in enumerate(rows) if _is_row_of_short_cells(row)}
    yield from _runs_between(len(rows), crossed)
    for start, end in _runs_between(len(rows), crossed | short):
        first, last = _trimmed(rows, start, end, gutter)
        if last - first >= _LEAST_COLUMN_ROWS:
            yield first, last


def _runs_between(count: int, borders: set[int]) -> Iterator[tuple[int, int]]:
    edges = [-1, *sorted(borders), count]
    for before, after in pairwise(edges):
        if after - before > _LEAST_COLUMN_ROWS:
            yield before + 1, after


def _crosses(row: _Row, gutter: float) -> bool:
    return any(s.box.left < gutter - 1 and s.box.right > gutter + 1 for s in row)


def _is_row_of_short_cells(row: _Row) -> bool:
    return len(row) > 2 and median(len(segment.glyphs) for segment in row) < _PROSE_LETTERS / 2


def _trimmed(rows: list[_Row], start: int, end: int, gutter: float) -> tuple[int, int]:
    """Leave out what stands apart on one side only: running heads, captions, page numbers."""
    sides = [{s.box.right <= gutter + 1 for s in row} for row in rows[start:end]]
    on_both = [start + index for index, side in enumerate(sides) if len(side) > 1]
    if not on_both:
        return start, end
    apart = [i for i in range(start + 1, end) if rows[i][0].base - rows[i - 1][0].base > 2 * rows[i][0].size]
    first = max((i for i in apart if i <= on_both[0]), default=start)
    last = min((i for i in apart if i > on_both[-1]), default=end)
    return first, last


def _are_columns(rows: list[_Row], gutter: float, rules: Sequence[Rule]) -> bool:
    """Tell columns from the cells of a table: prose, or lines at heights of their own, and no rows of a table."""
    left = [s for row in rows for s in row if s.box.right <= gutter + 1]
    right = [s for row in rows for s in row if s.box.right > gutter + 1]
    if min(len(left), len(right)) < _LEAST_COLUMN_ROWS:
        return False
    prose = min(median(len(s.glyphs) for s in side) for side in (left, right)) >= _PROSE_LETTERS
    if not (prose or _are_independent(rows, gutter)):
        return False
    return not _stands_in_bands(_bands([*left, *right], rules), gutter, prose=prose)


def _are_independent(rows: list[_Row], gutter: float) -> bool:
    """Tell whether few lines on one side of the gutter have the height of a line on the other."""
    left = sum(any(s.box.right <= gutter + 1 for s in row) for row in rows)
    right = sum(any(s.box.right > gutter + 1 for s in row) for row in rows)
    both = left + right - len(rows)
    return min(left, right) >= 2 * _LEAST_COLUMN_ROWS and both < 0.5 * min(left, right)


def _bands(segments: Sequence[_Segment], rules: Sequence[Rule]) -> list[list[_Segment]]:
    """Part segments where a rule or a white stripe wider than that between lines of a cell goes across all of them."""
    ordered = sorted(segments, key=lambda s: s.base - s.size)
    usual = _usual_stripe(ordered)
    bands: list[list[_Segment]] = []
    bottom = float("-inf")
    for segment in ordered:
        stripe = max(_BAND_GAP, usual + 0.25) * segment.size
        top = segment.base - 0.8 * segment.size
        if top > bottom + stripe or (bands and _is_ruled_off(segment, bands[-1][-1], rules)):
            bands.append([])
        bands[-1].append(segment)
        bottom = max(bottom, segment.base + 0.25 * segment.size)
    return bands


def _is_ruled_off(segment: _Segment, above: _Segment, rules: Sequence[Rule]) -> bool:
    """Tell whether a rule longer than one of the two segments lies between them."""
    low, high = above.base, segment.base - 0.6 * segment.size
    return any(low < rule.y < high and (_covers(rule, segment) or _covers(rule, above)) for rule in rules)


def _covers(rule: Rule, segment: _Segment) -> bool:
    return rule.left <= segment.box.left - 2 and rule.right >= segment.box.right + 2


def _usual_stripe(segments: Sequence[_Segment]) -> float:
    """Return the white space between lines of one paragraph, as a share of the font size."""
    pitches = []
    for index, segment in enumerate(segments):
        below = (s for s in segments[index + 1 : index + 12] if _overlaps(s, segment) and s.base > segment.base + 1)
        following = next(below, None)
        if following is not None:
            pitches.append((following.base - segment.base) / max(segment.size, 1.0))
    tight = sorted(pitch for pitch in pitches if 0.9 <= pitch < 1.7)
    return tight[len(tight) * 15 // 100] - 1.05 if tight else 0.0


def _overlaps(one: _Segment, other: _Segment) -> bool:
    return min(one.box.right, other.box.right) > max(one.box.left, other.box.left)


def _stands_in_bands(bands: list[list[_Segment]], gutter: float, *, prose: bool) -> bool:
    """Tell a table with wrapped cells from columns: white stripes part it into rows of a few lines each."""
    both = [b for b in bands if min(s.box.left for s in b) < gutter < max(s.box.right for s in b)]
    if len(bands) < 3 or len(both) < 0.6 * len(bands):
        return False
    lines = [len(_rows(band)) for band in bands]
    return max(lines) <= _MOST_CELL_LINES and not (prose and median(lines) < 2)


def _band_cells(band: Sequence[_Segment]) -> list[list[_Segment]]:
    """Return the cells of a band: segments over one another are in one cell."""
    cells: list[list[_Segment]] = []
    right = float("-inf")
    for segment in sorted(band, key=lambda s: s.box.left):
        if segment.box.left > right:
            cells.append([])
        cells[-1].append(segment)
        right = max(right, segment.box.right)
    return [sorted(cell, key=lambda s: (round(s.base), s.box.left)) for cell in cells]


def _read_rows(rows: list[_Row], rules: Sequence[Rule]) -> Iterator[PageLine]:
    """Yield plain lines, and tables row by row with wrapped lines put back into their cells."""
    bands = _bands([segment for row in rows for segment in row], rules)
    cells = [_possible_cells(band) for band in bands]
    for run in _runs_of_rows(cells):
        for index in run:
            if cells[index] and _is_one_row(cells[index], _rows(bands[index]), len(run)):
                yield _table_row(cells[index])
            else:
                yield from _read_band(_rows(bands[index]))


def _possible_cells(band: list[_Segment]) -> list[list[_Segment]]:
    """Return the cells of a band that may be one row of a table, nothing where it cannot be one."""
    cells = _band_cells(band)
    if len(cells) < 2 or len(_rows(band)) > _MOST_CELL_LINES or _is_list_marker(cells[0]):
        return []
    return cells


def _runs_of_rows(cells: list[list[list[_Segment]]]) -> Iterator[range]:
    """Yield runs of bands that are alike enough to be rows of one table."""
    start = 0
    for index in range(1, len(cells) + 1):
        if index == len(cells) or not _are_alike(cells[index - 1], cells[index]):
            yield range(start, index)
            start = index


def _is_one_row(cells: list[list[_Segment]], rows: list[_Row], run: int) -> bool:
    """Tell one row with wrapped cells from several rows without stripes between them.

    Where the stripes part three rows or more, what is between two stripes is one row. Else cells of the same
    height are taken for rows of their own.
    """
    if run >= 3 or len(rows) == 1:
        return run >= 2 or len(cells) > 2
    several = sum(len(row) > 1 for row in rows)
    heights = [len({round(s.base) for s in cell}) for cell in cells]
    even = sum(height == len(rows) for height in heights) >= 0.8 * len(cells)
    return not even and several <= 3 and (run == 2 or len(cells) > 2)


def _is_list_marker(cell: list[_Segment]) -> bool:
    text = "".join(glyph.text for segment in cell for glyph in segment.glyphs)
    return re.fullmatch(r"\W|[o·]|\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,6})[.)]", text) is not None


def _are_alike(above: list[list[_Segment]], below: list[list[_Segment]]) -> bool:
    """Tell whether two bands are rows of one table: near, in the same size, with a gap at the same place."""
    if not above or not below:
        return False
    upper = [segment for cell in above for segment in cell]
    lower = [segment for cell in below for segment in cell]
    apart = min(b.base for b in lower) - max(a.base for a in upper)
    alike = abs(upper[0].size - lower[0].size) < 0.15 * upper[0].size
    return alike and apart < 5 * upper[0].size and _gaps_meet(above, below)


def _gaps_meet(cells: list[list[_Segment]], others: list[list[_Segment]]) -> bool:
    gaps, other_gaps = _gaps(cells), _gaps(others)
    return any(min(one[1], two[1]) - max(one[0], two[0]) > 2 for one in gaps for two in other_gaps)


def _gaps(cells: list[list[_Segment]]) -> list[tuple[float, float]]:
    edges = [(min(s.box.left for s in cell), max(s.box.right for s in cell)) for cell in cells]
    return [(right, left) for (_, right), (left, _) in pairwise(edges)]


def _read_band(rows: list[_Row]) -> Iterator[PageLine]:
    """Yield the lines of a band; rows of a table without stripes between them are told by their gaps."""
    index = 0
    while index < len(rows):
        end = _table_end(rows, index)
        if end - index > 1 and not _is_list_marker([rows[index][0]]):
            yield from (_table_row(cells) for cells in _logical_rows(rows[index:end]))
            index = end
        else:
            yield _line([rows[index]], is_row=False)
            index += 1


def _table_end(rows: list[_Row], start: int) -> int:
    """Return one past the last row of the table that starts at `start`; `start` + 1 where none does."""
    last, end = start, start + 1
    if len(rows[start]) < 2:
        return end
    for index in range(start + 1, len(rows)):
        if len(rows[index]) > 1 and _share_a_gap(rows[last], rows[index]):
            last, end = index, index + 1
        elif not (_is_tight(rows[index - 1], rows[index]) and _share_a_gap(rows[last], rows[index])):
            break
        elif end > start + 1 or _next_row_fits(rows, last, index):
            end = index + 1
    return end if last > start else start + 1


def _next_row_fits(rows: list[_Row], last: int, index: int) -> bool:
    """Tell whether a row of more than one cell follows soon that shares a gap with row `last`."""
    following = (row for row in rows[index + 1 : index + 4] if len(row) > 1)
    return any(_share_a_gap(rows[last], row) for row in following)


def _share_a_gap(above: _Row, below: _Row) -> bool:
    """Tell whether a gap between cells of `above` stays clear in `below`."""
    for a, b in pairwise(above):
        width = 0.5 * max(1.0, min(a.size, b.size))
        clear = all(_clear(a.box.right, b.box.left, s.box) >= width for s in below)
        if clear:
            return True
    return False


def _clear(left: float, right: float, box: Box) -> float:
    """Return the width of the gap from `left` to `right` that `box` leaves free on one side of itself."""
    return max(min(right, box.left) - left, right - max(left, box.right))


def _is_tight(above: _Row, below: _Row) -> bool:
    return below[0].base - above[0].base <= _TIGHT_PITCH * max(below[0].size, above[0].size)


def _logical_rows(rows: list[_Row]) -> list[list[list[_Segment]]]:
    """Return the rows of a table, each a list of cells, each a list of segments; wrapped lines joined."""
    spaced = not all(_is_tight(a, b) for a, b in pairwise(rows))
    logical: list[list[list[_Segment]]] = []
    for index, row in enumerate(rows):
        goes_on = index > 0 and _is_tight(rows[index - 1], row) and (spaced or len(row) == 1)
        homes = [_cell_of(segment, logical[-1]) for segment in row] if goes_on else []
        if goes_on and all(home is not None for home in homes):
            for home, segment in zip(homes, row, strict=True):
                home.append(segment)  # type: ignore[union-attr]
        else:
            logical.append([[segment] for segment in row])
    return logical


def _cell_of(segment: _Segment, cells: list[list[_Segment]]) -> list[_Segment] | None:
    """Return the one cell that stands above `segment` in the same weight."""
    above = [
        cell
        for cell in cells
        if any(min(s.box.right, segment.box.right) > max(s.box.left, segment.box.left) for s in cell)
    ]
    return above[0] if len(above) == 1 and above[0][-1].bold == segment.bold else None


def _table_row(cells: list[list[_Segment]]) -> PageLine:
    return _line(cells, is_row=len(cells) > 1)


def _line(cells: Sequence[Sequence[_Segment]], *, is_row: bool) -> PageLine:
    text: list[str] = []
    boxes: list[Box | None] = []
    for number, cell in enumerate(cells):
        if number:
            text.append(" | " if is_row else " ")
            boxes.extend([None] * len(text[-1]))
        for piece, box in _characters(cell):
            text.append(piece)
            boxes.extend([box] * len(piece))
    glyphs = [glyph for cell in cells for segment in cell for glyph in segment.glyphs]
    hull = _hull([glyph.box for glyph in glyphs])
    bold = all(glyph.bold for glyph in glyphs)
    return PageLine("".join(text), tuple(boxes), _size(glyphs), bold, is_row, hull)


def _characters(segments: Sequence[_Segment]) -> Iterator[tuple[str, Box | None]]:
    for number, segment in enumerate(segments):
        if number:
            yield " ", None
        last: Glyph | None = None
        for glyph in segment.glyphs:
            if last is not None and (glyph.blank_before or _is_apart(last, glyph)):
                yield " ", None
            yield glyph.text, glyph.box
            last = glyph


def _is_apart(last: Glyph, glyph: Glyph) -> bool:
    gap = max(glyph.box.left - last.box.right, last.box.left - glyph.box.right)
    return gap > _WORD_GAP * max(last.size, glyph.size)


def _size(glyphs: Sequence[Glyph]) -> float:
    sizes = Counter(round(glyph.size * 2) / 2 for glyph in glyphs)
    return max(size for size, count in sizes.items() if count * 3 >= len(glyphs) or count == max(sizes.values()))
