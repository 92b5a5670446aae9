"""Splits a document into passages: runs of blocks inside one section, of about 180 words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import ceil

from ingest.documents import Block, BlockKind, Document, Passage
from ingest.sentences import sentence_spans

SPLITTER_VERSION = "3"
_USUAL_WORDS = 180
_MOST_WORDS = 260
_MONSTER_CHARACTERS = 1800
_NO_EVIDENCE = (BlockKind.FURNITURE, BlockKind.CONTENTS)


@dataclass(frozen=True, slots=True)
class _Unit:
    """Something that stays in one piece: blocks, a part of one, a list with its lead-in, a table."""

    start: int
    end: int
    words: int
    header: str = ""


def split_passages(document: Document) -> tuple[Passage, ...]:
    """Return the passages of `document` in reading order.

    Every character that is neither blank nor page furniture nor a table of contents stands in exactly one passage. A
    passage takes in the headings right above it; a part of a split table has the table's header in its `search_text`.
    """
    seen: Counter[tuple[tuple[str, ...], str]] = Counter()
    passages: list[Passage] = []
    for blocks in _regions(document):
        path = document.section_path(blocks[-1].start)
        for unit in _pack(list(_units(document.text, blocks))):
            passages.append(_make_passage(document, path, unit, ordinal=len(passages), seen=seen))
    return tuple(passages)


def _regions(document: Document) -> Iterator[list[Block]]:
    """Yield the blocks under one heading, with the headings above it that have no text of their own.

    A table of contents ends a region, so that no passage goes across one.
    """
    region: list[Block] = []
    for block in document.blocks:
        is_new_heading = block.kind is BlockKind.HEADING and _has_body(region)
        if region and (block.kind is BlockKind.CONTENTS or is_new_heading):
            yield region
            region = []
        if block.kind not in _NO_EVIDENCE:
            region.append(block)
    if region:
        yield region


def _has_body(region: Sequence[Block]) -> bool:
    return any(block.kind is not BlockKind.HEADING for block in region)


def _units(text: str, blocks: Sequence[Block]) -> Iterator[_Unit]:
    """Yield what stays together: headings with what follows, lists with their lead-in, tables, cut paragraphs."""
    for group in _groups(text, blocks):
        whole = _unit(text, group)
        if whole.words <= _MOST_WORDS:
            yield whole
        elif group[-1].kind is BlockKind.TABLE_ROW:
            yield from _split_table(text, group)
        else:
            yield from _split_group(text, group)


def _groups(text: str, blocks: Sequence[Block]) -> Iterator[list[Block]]:
    group: list[Block] = []
    for block in blocks:
        if group and not _belongs(text, group[-1], block):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _belongs(text: str, before: Block, block: Block) -> bool:
    if before.kind is BlockKind.HEADING or block.continues:
        return True
    if block.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW):
        is_lead_in = before.kind is BlockKind.PARAGRAPH and text[before.end - 1] == ":"
        return before.kind is block.kind or is_lead_in
    return False


def _split_table(text: str, group: Sequence[Block]) -> Iterator[_Unit]:
    """Yield the rows one by one; all but the first carry the header along for searching."""
    rows = [block for block in group if block.kind is BlockKind.TABLE_ROW]
    header = text[rows[0].start : rows[0].end]
    first = [block for block in group if block.start <= rows[0].start] + rows[1:2]
    yield _unit(text, first)
    for row in rows[2:]:
        yield from _cut(text, row, header=header)


def _split_group(text: str, group: Sequence[Block]) -> Iterator[_Unit]:
    """Yield the blocks one by one, long ones cut at sentence ends; headings and lead-in stay with the first."""
    leading: list[Block] = []
    for block in group:
        if block.kind is BlockKind.HEADING or text[block.end - 1] == ":":
            leading.append(block)
            continue
        yield from _with_leading(text, leading, list(_cut(text, block)))
        leading = []
    if leading:
        yield _unit(text, leading)


def _with_leading(text: str, leading: Sequence[Block], units: list[_Unit]) -> Iterator[_Unit]:
    if leading:
        start = leading[0].start
        units[0] = _Unit(start, units[0].end, _count_words(text[start : units[0].end]))
    yield from units


def _unit(text: str, blocks: Sequence[Block]) -> _Unit:
    return _Unit(blocks[0].start, blocks[-1].end, sum(_count_words(text[b.start : b.end]) for b in blocks))


def _count_words(text: str) -> int:
    return len(text.split())


def _cut(text: str, block: Block, *, header: str = "") -> Iterator[_Unit]:
    """Yield a block whole, or in runs of sentences of a usual length where it is too long."""
    piece = text[block.start : block.end]
    if _count_words(piece) <= _MOST_WORDS and len(piece) <= _MONSTER_CHARACTERS:
        yield _Unit(block.start, block.end, _count_words(piece), header)
        return
    spans = [part for span in sentence_spans(piece) for part in _cut_monster(piece, span)]
    units = [_Unit(s + block.start, e + block.start, _count_words(piece[s:e]), header) for s, e in spans]
    yield from _pack(units)


def _cut_monster(text: str, span: tuple[int, int]) -> list[tuple[int, int]]:
    """Cut a sentence too long for one passage at blanks, or anywhere where it has none."""
    start, end = span
    if end - start <= _MONSTER_CHARACTERS and _count_words(text[start:end]) <= _MOST_WORDS:
        return [span]
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=_MONSTER_CHARACTERS // 2,
        chunk_overlap=0,
        separators=["; ", ", ", " ", ""],
        keep_separator="end",
        strip_whitespace=False,
    )
    pieces = [piece for piece in splitter.split_text(text[start:end]) if piece]
    return list(_consecutive(pieces, start))


def _consecutive(pieces: Iterable[str], start: int) -> Iterator[tuple[int, int]]:
    for piece in pieces:
        yield start, start + len(piece)
        start += len(piece)


def _pack(units: list[_Unit]) -> list[_Unit]:
    """Join neighbouring units into passages of about the usual length, none of them much shorter than the others."""
    total = sum(unit.words for unit in units)
    goal = total / max(1, ceil(total / (_USUAL_WORDS * 1.2)))
    packed: list[_Unit] = []
    for unit in units:
        if packed and _fits(packed[-1], unit, goal):
            packed[-1] = _Unit(packed[-1].start, unit.end, packed[-1].words + unit.words, packed[-1].header)
        else:
            packed.append(unit)
    return packed


def _fits(open_unit: _Unit, unit: _Unit, goal: float) -> bool:
    together = open_unit.words + unit.words
    return together <= _MOST_WORDS and abs(together - goal) <= abs(open_unit.words - goal)


def _make_passage(
    document: Document,
    path: tuple[str, ...],
    unit: _Unit,
    *,
    ordinal: int,
    seen: Counter[tuple[tuple[str, ...], str]],
) -> Passage:
    text = document.text[unit.start : unit.end]
    occurrence = seen[path, text]
    seen[path, text] += 1
    identity = "\x1f".join((document.id, *path, text, str(occurrence)))
    return Passage(
        id=sha256(identity.encode()).hexdigest()[:16],
        document_id=document.id,
        ordinal=ordinal,
        path=path,
        start=unit.start,
        end=unit.end,
        text=text,
        search_text=_search_text(document, path, unit),
        place=document.place(unit.start),
        language=document.metadata.language,
    )


def _search_text(document: Document, path: tuple[str, ...], unit: _Unit) -> str:
    """Return title, section path and the words of the passage, without furniture and without repeating headings."""
    pieces = [unit.header] if unit.header else []
    for block in document.blocks:
        start, end = max(block.start, unit.start), min(block.end, unit.end)
        if start < end and block.kind not in (*_NO_EVIDENCE, BlockKind.HEADING):
            pieces.append(document.text[start:end])
    return "\n".join(piece for piece in (" > ".join((document.metadata.title, *path)), *pieces) if piece)
