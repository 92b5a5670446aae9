"""Makes the section tree of a document out of its headings.

The documents' own numbering wins (AREA, PROGRAMME, PROJECT, Activity, lettered parts), then the levels of the
format's mark-up, then capitals: mark-up levels are often random where a converter made them.
"""

from collections import defaultdict
from dataclasses import dataclass

from ingest.documents import Block, BlockKind, Section
from ingest.headings import LOWEST_RANK, Numbering, close_up, is_upper_case, read_numbering
from ingest.layout import Layout

_ROMAN, _LETTER, _NUMBER = 8, 50, 60
_BELOW_NAMED = 45


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading block with its words and its numbering."""

    block: Block
    text: str
    numbering: Numbering | None


def find_sections(layout: Layout) -> tuple[Section, ...]:
    """Return the sections of `layout` in reading order, parents before children."""
    headings = [_read_heading(layout, block) for block in layout.blocks if block.kind is BlockKind.HEADING]
    return _nest(headings, _rank_headings(headings), end=len(layout.text))


def _read_heading(layout: Layout, block: Block) -> _Heading:
    text = close_up(layout.text[block.start : block.end])
    return _Heading(block, text, read_numbering(text))


def _nest(headings: list[_Heading], ranks: list[int], *, end: int) -> tuple[Section, ...]:
    """Close a section at the next heading of its rank or above."""
    sections: list[Section] = []
    above: list[tuple[int, str]] = []
    for position, (heading, rank) in enumerate(zip(headings, ranks, strict=True)):
        above = [each for each in above if each[0] < rank]
        above.append((rank, heading.text))
        later = (i for i in range(position + 1, len(ranks)) if ranks[i] <= rank)
        following = next(later, None)
        path = tuple(text for _, text in above)
        closes = end if following is None else headings[following].block.start
        sections.append(Section(path, len(path), heading.block.start, heading.block.end, closes))
    return tuple(sections)


def _rank_headings(headings: list[_Heading]) -> list[int]:
    """Return the rank of every heading, the lower the higher up in the tree."""
    numbered = [h for h in headings if h.numbering]
    if len(numbered) < 3 and not any(h.numbering and h.numbering.named for h in numbered):
        return [_unnumbered_rank(heading, headings) for heading in headings]
    bases = _style_bases(numbered)
    own = {id(h): _numbered_rank(h.numbering, bases) for h in numbered if h.numbering}
    by_level = _ranks_by_level(numbered, own)
    first, top = numbered[0].block.start, min(own.values())
    return [own.get(id(h)) or _rank_among_numbered(h, by_level, first=first, top=top) for h in headings]


def _numbered_rank(numbering: Numbering, bases: dict[int, int]) -> int:
    if numbering.named:
        return numbering.rank
    style = _style(numbering)
    return bases[style] + numbering.rank - style


def _style(numbering: Numbering) -> int:
    return _NUMBER if numbering.rank >= _NUMBER else numbering.rank


def _style_bases(numbered: list[_Heading]) -> dict[int, int]:
    """Rank the styles without a name (Roman, lettered, decimal) in the order in which the document brings them in."""
    named_first = bool(numbered[0].numbering and numbered[0].numbering.named)
    bases: dict[int, int] = {}
    for heading in numbered:
        if heading.numbering and not heading.numbering.named:
            style = _style(heading.numbering)
            lifted = style == _ROMAN and not bases and not named_first
            bases.setdefault(style, _ROMAN if lifted else _BELOW_NAMED + 5 * len(bases))
    return bases


def _ranks_by_level(numbered: list[_Heading], own: dict[int, int]) -> dict[int, int]:
    """Return the rank that a mark-up level stands for, where all numbered headings of the level agree."""
    found: dict[int, set[int]] = defaultdict(set)
    for heading in numbered:
        found[heading.block.level].add(own[id(heading)])
    return {level: ranks.pop() for level, ranks in found.items() if level and len(ranks) == 1}


def _rank_among_numbered(heading: _Heading, by_level: dict[int, int], *, first: int, top: int) -> int:
    if heading.block.level in by_level:
        return by_level[heading.block.level]
    on_top = is_upper_case(heading.text) or heading.block.start < first or heading.block.level == 1
    return top if on_top else LOWEST_RANK + heading.block.level


def _unnumbered_rank(heading: _Heading, headings: list[_Heading]) -> int:
    if heading.block.level:
        return heading.block.level
    lowest = max((h.block.level for h in headings), default=0)
    return lowest + (1 if is_upper_case(heading.text) else 2)
