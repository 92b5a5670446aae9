"""Finds page furniture: running heads, printed page numbers and rules, which are no part of what a document says."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.documents import LineKind
from ingest.headings import read_numbering
from ingest.identifiers.symbols import find_symbols
from ingest.normalisation import fold
from ingest.text_lines import Regime, TextLine

_PAGE_WORD = r"(?:page|pag\.?|página|pagina|pág\.?|p\.|seite)"
_PAGE_NUMBER = re.compile(
    rf"(?:[-–—]\s*)?(?:{_PAGE_WORD}\s*)?(?P<number>\d{{1,4}}|[ivxl]{{1,7}})(?:\s*[-–—])?(?:\s*(?:/|of|de|sur)\s*\d{{1,4}})?",
    re.IGNORECASE,
)
_NUMBER_AT_EDGE = re.compile(r"^(?P<first>\d{1,4})\s+\D|\D\s(?P<last>\d{1,4})$")
_RULE = re.compile(r"[-–—_=~*.·]{2,}")
_EDGE = 3
_LEAST_PAGES = 3


@dataclass(frozen=True, slots=True)
class Furniture:
    """Which lines are page furniture.

    Args:
        lines: indexes of the lines.
        numbers: the printed page number of those that carry one.
    """

    lines: frozenset[int] = frozenset()
    numbers: Mapping[int, str] = field(default_factory=dict)


def find_furniture(lines: list[TextLine], regime: Regime) -> Furniture:
    """Return the page furniture among `lines`."""
    rules = {index for index, line in enumerate(lines) if _RULE.fullmatch(line.text)}
    paged = any(line.page is not None for line in lines)
    found = _on_known_pages(lines) if paged else _without_pages(lines, regime)
    return Furniture(found.lines | rules, found.numbers)


def _on_known_pages(lines: list[TextLine]) -> Furniture:
    """Take repeated lines at the edges of pages, and lone numbers there that rise with the pages."""
    edges = _page_edges(lines)
    repeated = _running_heads(lines, edges)
    numbers = {index: number for index in edges if (number := _lone_number(lines[index]))}
    in_heads = {index: number for index in repeated if (number := _number_at_edge(lines[index].text))}
    steady = _steady(lines, numbers) | _steady(lines, in_heads)
    return Furniture(frozenset(repeated | (steady & numbers.keys())), {i: (numbers | in_heads)[i] for i in steady})


def _page_edges(lines: list[TextLine]) -> list[int]:
    pages: dict[int | None, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        pages[line.page].append(index)
    edges = {index for indexes in pages.values() for index in (*indexes[:_EDGE], *indexes[-_EDGE:])}
    return sorted(index for index in edges if lines[index].kind is not LineKind.TABLE_ROW)


def _running_heads(lines: list[TextLine], edges: Iterable[int]) -> set[int]:
    alike: dict[str, list[int]] = defaultdict(list)
    for index in edges:
        if _may_be_running_head(lines[index].text):
            alike[_mask(lines[index].text)].append(index)
    return {index for indexes in alike.values() if _runs(lines, indexes) for index in indexes}


def _may_be_running_head(text: str) -> bool:
    return len(text) <= 160 and read_numbering(text) is None and _PAGE_NUMBER.fullmatch(text) is None


def _mask(text: str) -> str:
    return re.sub(r"\d+", "#", fold(text))


def _runs(lines: list[TextLine], indexes: list[int]) -> bool:
    """Say whether alike lines come back on page after page, left and right pages perhaps in turn."""
    pages = sorted({lines[index].page or 0 for index in indexes})
    if len(pages) < _LEAST_PAGES:
        return False
    return len(pages) >= 0.3 * (pages[-1] - pages[0] + 1)


def _steady(lines: list[TextLine], numbers: Mapping[int, str]) -> set[int]:
    """Return the numbers that are as far from the page's own number as at least one other."""
    offsets: dict[int, list[int]] = defaultdict(list)
    for index, number in numbers.items():
        if number.isdigit():
            offsets[int(number) - (lines[index].page or 0)].append(index)
    best = max(offsets.values(), key=len, default=[])
    return set(best) if len(best) > 1 else set()


def _lone_number(line: TextLine) -> str | None:
    match = _PAGE_NUMBER.fullmatch(line.text)
    plain = line.kind in (LineKind.TEXT, LineKind.HEADING)
    return match["number"].lower() if match and plain else None


def _number_at_edge(text: str) -> str | None:
    match = _NUMBER_AT_EDGE.search(text)
    return (match["first"] or match["last"]) if match else None


def _without_pages(lines: list[TextLine], regime: Regime) -> Furniture:
    """Take lone numbers that rise or cut a sentence, and the lines beside them that run or carry a symbol."""
    numbers = {i: n for i, line in enumerate(lines) if (n := _lone_number(line)) and n.isdigit()}
    rising = _longest_rise([(index, int(number)) for index, number in numbers.items()])
    apart = {i for i, line in enumerate(lines) if not regime.wrapped or line.gap != regime.gap}
    symbols = {i for i in apart if _is_symbol_head(lines[i]) and (_cuts(lines, i) or _beside(i, rising))}
    alone = {i for i, _ in rising if lines[i].kind is LineKind.HEADING or _cuts(lines, i) or {i - 1, i + 1} & symbols}
    kept = {index for index, _ in rising} if _is_in_step(rising) else alone
    heads = _repeated_beside(lines, kept)
    return Furniture(frozenset(kept | symbols | heads), {index: numbers[index] for index in kept})


def _longest_rise(marks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest rising run of (line, number) pairs (patience sorting)."""
    tops: list[int] = []
    piles: list[list[tuple[int, int]]] = []
    for index, number in marks:
        position = bisect_left(tops, number)
        chain = [*(piles[position - 1] if position else []), (index, number)]
        tops[position : position + 1] = [number]
        piles[position : position + 1] = [chain]
    return piles[-1] if piles else []


def _is_in_step(rising: list[tuple[int, int]]) -> bool:
    """Say whether numbers rise by one or two, as printed page numbers do."""
    small = sum(b - a <= 2 for (_, a), (_, b) in pairwise(rising))
    return len(rising) >= _LEAST_PAGES and small >= 0.6 * (len(rising) - 1)


def _is_symbol_head(line: TextLine) -> bool:
    short = len(line.text.split()) <= 20 and not line.ends_sentence
    return short and line.kind in (LineKind.TEXT, LineKind.HEADING) and bool(find_symbols(line.text))


def _beside(index: int, rising: list[tuple[int, int]]) -> bool:
    return any(abs(index - other) == 1 for other, _ in rising)


def _cuts(lines: list[TextLine], index: int) -> bool:
    """Say whether a line, with a page number beside it, stands in the middle of a sentence."""
    before, after = index - 1, index + 1
    before -= before >= 0 and _lone_number(lines[before]) is not None
    after += after < len(lines) and _lone_number(lines[after]) is not None
    if before < 0 or after >= len(lines):
        return False
    last, following = lines[before], lines[after]
    if last.kind is not LineKind.TEXT or following.kind is not LineKind.TEXT or len(last.text) < 40:
        return False
    return following.starts_lower and not last.ends_sentence


def _repeated_beside(lines: list[TextLine], numbers: set[int]) -> set[int]:
    alike: dict[str, list[int]] = defaultdict(list)
    for index in {i + step for i in numbers for step in (-1, 1) if 0 <= i + step < len(lines)}:
        if _may_be_running_head(lines[index].text) and not lines[index].ends_sentence:
            alike[_mask(lines[index].text)].append(index)
    return {index for indexes in alike.values() if len(indexes) >= _LEAST_PAGES for index in indexes}
