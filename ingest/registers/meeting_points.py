"""The conclusions and recommendations of meetings: numbered items, each whole and with its place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.documents import BlockKind, Document
from ingest.identifiers import find_dates
from ingest.registers.entries import Attribute, RegisterPlace
from ingest.registers.lines import Line
from ingest.registers.meeting_entries import MeetingPoint, MeetingRecord, PointKind
from ingest.registers.meeting_values import dates_of_value

_RECOMMENDATION = re.compile(r"\b(?:recommend\w*|recomend\w*|recommand\w*)\b", re.IGNORECASE)
_CONCLUSION = re.compile(r"\b(?:conclu[sd]\w*|agreements reached|acuerdos|acordos|accords)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\s*(?P<number>\d{1,2}|[a-z]|[ivx]{1,4})\s*[.)º°-]")
_MARKED = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)


def with_points(
    lines: Sequence[Line], records: Sequence[tuple[int, MeetingRecord]], own: MeetingRecord | None
) -> tuple[MeetingRecord, ...]:
    """Return the records, those whose conclusions or recommendations the document lists with them."""
    found = [record for _, record in records]
    for i, line in enumerate(lines):
        kind = _kind(line)
        if kind is None:
            continue
        points = tuple(_points(lines, i, kind))
        owner = _owner(line, i, records, own)
        if points and owner is not None:
            found[owner] = replace(found[owner], points=(*found[owner].points, *points))
    return tuple(found)


def _kind(line: Line) -> PointKind | None:
    """Return what kind of list a heading or an opening sentence announces."""
    announces = line.kind is BlockKind.HEADING or line.text.rstrip().endswith(":")
    if not announces or line.kind is BlockKind.TABLE_ROW:
        return None
    tail = line.text if line.kind is BlockKind.HEADING else line.text[-120:]
    if _RECOMMENDATION.search(tail):
        return PointKind.RECOMMENDATION
    return PointKind.CONCLUSION if _CONCLUSION.search(tail) else None


def _points(lines: Sequence[Line], i: int, kind: PointKind) -> Iterator[MeetingPoint]:
    document = lines[i].document
    items = list(_items(document, lines[i]))
    grouped: list[tuple[str, list[tuple[int, int]]]] = []
    for number, spans in items:
        if grouped and number.isdigit() and grouped[-1][0].isdigit() and int(number) <= int(grouped[-1][0]):
            grouped[-1][1].extend(spans)
        else:
            grouped.append((number, list(spans)))
    for number, spans in grouped:
        where = document.place(spans[0][0])
        place = RegisterPlace(document.id, spans[0][0], spans[-1][1], where.page, where.page_label)
        yield MeetingPoint(kind, number, tuple(spans), place)


def _items(document: Document, line: Line) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Yield the number and spans of each list item below a line, up to the first block that is none."""
    item: tuple[str, list[tuple[int, int]]] | None = None
    for block in document.blocks:
        if block.start < line.sentence.end or block.kind is BlockKind.FURNITURE:
            continue
        if block.continues and item:
            item[1].append((block.start, block.end))
            continue
        if item:
            yield item
        if block.kind is not BlockKind.LIST_ITEM:
            if item is None and line.kind is BlockKind.HEADING and block.kind is BlockKind.PARAGRAPH:
                continue
            return
        number = _NUMBER.match(document.text, block.start, block.end)
        item = (number["number"] if number else "", [(block.start, block.end)])
    if item:
        yield item


def _owner(line: Line, i: int, records: Sequence[tuple[int, MeetingRecord]], own: MeetingRecord | None) -> int | None:
    """Return the index of the record whose meeting the list belongs to."""
    dated = [n for n, (_, record) in enumerate(records) if _shares_date(line.text, record)]
    if dated:
        return dated[0]
    before = [n for n, (at, _) in enumerate(records) if 0 <= i - at <= 2]
    if line.kind is not BlockKind.HEADING and before:
        return before[-1]
    if own is None:
        return None
    return next((n for n, (_, record) in enumerate(records) if record.place == own.place), None)


def _shares_date(text: str, record: MeetingRecord) -> bool:
    stated = [dates_of_value(value.value) for value in record.stated(Attribute.DATES)]
    named = [found.range for found in find_dates(text, with_years=False) if found.range.year]
    return any(one.agrees_with(other) for one in stated for other in named)
