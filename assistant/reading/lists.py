"""Whole lists: the items around a unit with the sentence that opens them."""

import re
from collections.abc import Sequence

from assistant.reading.units import Unit
from ingest.documents import Block, BlockKind, Document, Sentence

MOST_WORDS = 220
MOST_TABLE_WORDS = 90


def whole_list(document: Document, unit: Unit) -> tuple[tuple[int, int], ...]:
    """Return the spans of the list that a unit belongs to or opens, lead-in included; () if none or too long."""
    blocks = [b for b in document.blocks if b.kind is not BlockKind.FURNITURE]
    here = next((i for i, b in enumerate(blocks) if b.start <= unit.start < b.end), None)
    if here is None:
        return ()
    first = _first_item(document, blocks, here, unit)
    if first is None:
        return ()
    last, kind = first, blocks[first].kind
    while last + 1 < len(blocks) and blocks[last + 1].kind is kind:
        last += 1
    opening = (
        first - 1
        if first > 0 and document.text[blocks[first - 1].start : blocks[first - 1].end].rstrip().endswith(":")
        else first
    )
    start = blocks[opening].start
    if opening < first:
        start = _last_sentence(document, blocks[opening])
    spans = _without_furniture(document, start, blocks[last].end)
    words = sum(len(document.text[a:b].split()) for a, b in spans)
    return spans if words <= MOST_WORDS else ()


_OPENS_ITEM = re.compile(
    r"\W*(?:(?:the|el|la|los|las|o|a|os|as|le|les|l')\s+)?(?:first|second|third|fourth|fifth|sixth|finally|lastly|another"
    r"|primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|por último|primeir[oa]|terceir[oa]|por fim|première?"
    r"|premier|deuxième|seconde?|troisième|quatrième|enfin|\(?[ivx]{1,4}\)|\(?\d{1,2}\)|\(?[a-h]\))(?!\w)",
    re.IGNORECASE,
)


def running_list(document: Document, unit: Unit, sentences: Sequence[Sentence]) -> tuple[tuple[int, int], ...]:
    """Return the spans of an enumeration in running text ("The first … The second …") with what announces it; or ().

    Args:
        document: what the unit stands in.
        unit: the announcing sentence or one of the items.
        sentences: of the unit's passage, in order.
    """
    here = next((i for i, s in enumerate(sentences) if s.spans[0][0] == unit.start), None)
    if here is None:
        return ()
    opens = [bool(_OPENS_ITEM.match(s.text(document.text))) for s in sentences]
    first = here if opens[here] else here + 1
    while first > 0 and opens[first - 1]:
        first -= 1
    last = first
    while last < len(sentences) and opens[last]:
        last += 1
    if last - first < 2:
        return ()
    return _without_furniture(document, sentences[max(first - 1, 0)].spans[0][0], sentences[last - 1].spans[-1][1])


def whole_table(document: Document, unit: Unit) -> tuple[tuple[int, int], ...]:
    """Return the spans of the table that a row belongs to, or of the row and its neighbours where it is too long."""
    rows = _neighbours(document, unit)
    if rows and _words(document, rows) > MOST_TABLE_WORDS:
        here = next(i for i, b in enumerate(rows) if b.start <= unit.start < b.end)
        rows = rows[max(here - 1, 0) : here + 2]
    if not rows or _words(document, rows) > 2 * MOST_TABLE_WORDS:
        return ()
    return _without_furniture(document, rows[0].start, rows[-1].end)


def _neighbours(document: Document, unit: Unit) -> list[Block]:
    blocks = [b for b in document.blocks if b.kind is not BlockKind.FURNITURE]
    here = next((i for i, b in enumerate(blocks) if b.start <= unit.start < b.end), None)
    if here is None:
        return []
    first = last = here
    while first > 0 and blocks[first - 1].kind is BlockKind.TABLE_ROW:
        first -= 1
    while last + 1 < len(blocks) and blocks[last + 1].kind is BlockKind.TABLE_ROW:
        last += 1
    return blocks[first : last + 1]


def _words(document: Document, blocks: list[Block]) -> int:
    return sum(len(document.text[b.start : b.end].split()) for b in blocks)


def _first_item(document: Document, blocks: list[Block], here: int, unit: Unit) -> int | None:
    follows = here + 1 < len(blocks) and blocks[here + 1].kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)
    if follows and unit.text.rstrip().endswith(":"):  # an item may itself open those after it
        return here + 1
    if blocks[here].kind is not BlockKind.LIST_ITEM:
        return None
    while here > 0 and blocks[here - 1].kind is BlockKind.LIST_ITEM:
        here -= 1
    return here


def _last_sentence(document: Document, block: Block) -> int:
    text = document.text[block.start : block.end]
    cut = max(text.rfind(". "), text.rfind("? "))
    return block.start + cut + 2 if cut > 0 else block.start


def _without_furniture(document: Document, start: int, end: int) -> tuple[tuple[int, int], ...]:
    spans, at = [], start
    for block in document.blocks:
        if block.kind is BlockKind.FURNITURE and start < block.end and block.start < end:
            spans.append((at, block.start))
            at = block.end
    spans.append((at, end))
    return tuple((a, b) for a, b in (_trimmed(document.text, a, b) for a, b in spans) if a < b)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
