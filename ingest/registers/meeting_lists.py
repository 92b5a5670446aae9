"""Finds meetings that a sentence or table lists without naming each as one: quoted topics, ordinals, places, rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.documents import BlockKind
from ingest.identifiers import find_dates, find_ordinals
from ingest.registers.lines import Line
from ingest.registers.meeting_entries import MeetingKind
from ingest.registers.meeting_names import MeetingName, find_meeting_names, is_plural, kind_of_noun
from ingest.registers.meeting_places import find_locations
from ingest.registers.meeting_series import series_stems

_QUOTED_BEFORE_BRACKET = re.compile(r"[\"“«](?P<name>[^\"”»]{4,200})[\"”»]\s*\((?=[^)]*\d)")
_MET = re.compile(
    r"^(?P<who>[^.;:]{4,240}?),?\s+(?P<verb>met|se reunió|se reunieron|reuniu-se|reuniram-se|se réunirent"
    r"|se sont réunis|se sont réunies|se sont retrouvés|s['’]est réuni|s['’]étaient réunis)\b",
    re.IGNORECASE,
)
_FIFTH_TIME = re.compile(r"\b(?:time|vez|fois)\b", re.IGNORECASE)
_CARRIED_ON = re.compile(
    r"It (?:will be|was|is being|is) (?:organi[sz]ed|held|attended|convened|hosted)\b"
    r"|(?:Será|Fue|Foi) (?:organizad[ao]|celebrad[ao]|realizad[ao]|convocad[ao])\b"
    r"|Elle (?:sera|a été) (?:organisée|convoquée|tenue)\b"
)
_HAVE_BEEN = re.compile(
    r"\b(?:held|took place|taken place|se han (?:celebrado|realizado)|foram realizadas|realizaram-se|ont eu lieu"
    r"|ont été tenues)\b",
    re.IGNORECASE,
)
_HEADER_CELL = re.compile(
    r"(?:^|\|)\s*(?:dates?|fechas?|datas?|place|city|ciudad|cidade|lugar|local|month|m[eê]s|mois|lieu"
    r"|ville)(?: (?:of|de|do) (?:19|20)\d\d)?\s*(?:\||$)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|la|el|los|las|o|os|a|as|le|les|l['’])\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListedMeeting:
    """A meeting of a list, with the part of the text that speaks of it.

    Args:
        name: as `find_meeting_names` gives names.
        region: first character and one past the last of what is said of it.
        is_held: whether the list speaks of meetings that took place.
    """

    name: MeetingName
    region: tuple[int, int]
    is_held: bool = False


def listed_meetings(line: Line) -> tuple[ListedMeeting, ...]:
    """Return the meetings that a sentence lists by quoted topics, by bare ordinals, or by where a group met."""
    if line.kind in (BlockKind.HEADING, BlockKind.TABLE_ROW):
        return ()
    language = line.document.metadata.language
    return (
        *_carried_on(line.text),
        *_quoted(line.text, language),
        *_by_ordinal(line.text, language),
        *_met(line.text, language),
    )


def _carried_on(text: str) -> Iterator[ListedMeeting]:
    """Yield the meeting of the sentence before, where this one goes on with "It will be organized by…"."""
    match = _CARRIED_ON.match(text)
    if match:
        end = text.index(" ")
        name = MeetingName(text[:end], MeetingKind.MEETING, None, 0, end, is_named=False, is_taken_up=True)
        yield ListedMeeting(name, (0, len(text)))


def _quoted(text: str, language: str) -> Iterator[ListedMeeting]:
    """Yield "technical meetings …: “Food security” (27 September); “Production chains” (4 October)"."""
    for match in _QUOTED_BEFORE_BRACKET.finditer(text):
        lead = text[: match.start()]
        if not is_plural(lead) or find_meeting_names(match["name"], language):
            continue
        end = text.find(")", match.end()) + 1
        name = MeetingName(
            match["name"], kind_of_noun(lead, language), None, match.start(), end, is_named=True, is_taken_up=False
        )
        is_held = _HAVE_BEEN.search(lead) is not None
        yield ListedMeeting(_cut(name, match.end("name") + 1), (match.start(), end), is_held=is_held)


def _cut(name: MeetingName, end: int) -> MeetingName:
    return MeetingName(name.name, name.kind, name.ordinal, name.start, end, name.is_named, name.is_taken_up)


def _by_ordinal(text: str, language: str) -> Iterator[ListedMeeting]:
    """Yield "three meetings have been held: the first in Panama City, in July 2016; the second in…"."""
    if not is_plural(text):
        return
    named = find_meeting_names(text, language)
    ordinals = [o for o in find_ordinals(text) if not any(n.start <= o.start < n.end for n in named)]
    listed = [o for o in ordinals if is_plural(text[: o.start]) and _goes_on(text[o.end :])]
    for i, ordinal in enumerate(listed):
        end = listed[i + 1].start if i + 1 < len(listed) else len(text)
        kind = kind_of_noun(text[: ordinal.start], language)
        words = text[ordinal.start : ordinal.end]
        name = MeetingName(words, kind, ordinal.number, ordinal.start, ordinal.end, is_named=False, is_taken_up=True)
        yield ListedMeeting(name, (ordinal.start, end), is_held=_HAVE_BEEN.search(text[: ordinal.start]) is not None)


def _goes_on(after: str) -> bool:
    return re.match(r"\s*(?:,|\(|in|at|was|on|en|fue|se|em|foi|à|a|au)\b\s*", after) is not None


def _met(text: str, language: str) -> Iterator[ListedMeeting]:
    """Yield "the Working Group met in Bogotá, Colombia (July 2011); Lima, Peru (June 2012)…", one for each place."""
    match = _MET.match(text)
    if match is None:
        return
    who = _ARTICLE.sub("", match["who"].split(",")[0].strip())
    if not series_stems(who):
        return
    pieces = list(_pieces(text, match.end(), len(text)))
    for i, (start, end) in enumerate(pieces):
        piece = text[start:end]
        if not any(d.range.precision != "year" for d in find_dates(piece)) and not (
            len(pieces) > 1 and find_locations(piece)
        ):
            continue
        ordinal = _nth_time(piece) or (i + 1 if len(pieces) > 2 else None)
        first = match.start() if i == 0 else start
        name = MeetingName(
            who,
            kind_of_noun(who, language),
            ordinal,
            first,
            match.end() if i == 0 else start,
            is_named=True,
            is_taken_up=False,
        )
        yield ListedMeeting(name, (first, end), is_held=True)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    bounds = [
        start,
        *(m.end() for m in re.compile(r";\s+(?:and\s+|y\s+|e\s+|et\s+)?|\)\s+(?:and|y|e|et)\s+").finditer(text, start)),
        end,
    ]
    for one, other in pairwise(bounds):
        if other > one:
            yield one, other


def _nth_time(piece: str) -> int | None:
    ordinals = find_ordinals(piece)
    return next((o.number for o in ordinals if _FIFTH_TIME.match(piece[o.end :].lstrip())), None)


def table_meetings(lines: Sequence[Line], i: int) -> tuple[ListedMeeting, ...]:
    """Return the meeting of a row of a table of meetings: one column names it, others its date or place."""
    header = _header(lines, i)
    if header is None or header == i:
        return ()
    if not _HEADER_CELL.search(lines[header].text):
        return ()
    language = lines[i].document.metadata.language
    column, noun = _meeting_column(lines[header].text, language) or (None, "")
    cells = _cells(lines[i].text)
    if column is None or column >= len(cells) or not find_dates(lines[i].text):
        return ()
    start, end = cells[column]
    words = lines[i].text[start:end]
    if not words:
        return ()
    named = find_meeting_names(words, language, block=BlockKind.TABLE_ROW)
    if named and named[0].ordinal is not None:
        one = named[0]
        placed = MeetingName(
            one.name, one.kind, one.ordinal, start + one.start, start + one.end, is_named=True, is_taken_up=False
        )
        return (ListedMeeting(placed, (0, len(lines[i].text))),)
    ordinals = [o for o in find_ordinals(words) if o.start == 0 and o.end == len(words)]
    name = MeetingName(
        noun if ordinals else words,
        kind_of_noun(noun, language),
        ordinals[0].number if ordinals else None,
        start,
        end,
        is_named=True,
        is_taken_up=False,
    )
    return (ListedMeeting(name, (0, len(lines[i].text))),)


def is_table_header(line: Line) -> bool:
    """Tell whether a row heads a table of dates or places."""
    return line.kind is BlockKind.TABLE_ROW and _HEADER_CELL.search(line.text) is not None


def table_header(lines: Sequence[Line], i: int) -> str:
    """Return the first row of the table that row `i` stands in; empty outside tables."""
    header = _header(lines, i)
    return lines[header].text if header is not None else ""


def _header(lines: Sequence[Line], i: int) -> int | None:
    if lines[i].kind is not BlockKind.TABLE_ROW:
        return None
    while i and lines[i - 1].kind is BlockKind.TABLE_ROW and not _HEADER_CELL.search(lines[i].text):
        i -= 1
    return i


def _meeting_column(header: str, language: str) -> tuple[int, str] | None:
    cells = _cells(header)
    if len(cells) < 2 or find_dates(header, with_years=False):
        return None
    for column, (start, end) in enumerate(cells):
        cell = header[start:end]
        if find_meeting_names(cell, language) or is_plural(cell):
            return column, cell
    return None


def _cells(row: str) -> list[tuple[int, int]]:
    """Return where the words of each cell stand."""
    found, start = [], 0
    for piece in row.split("|"):
        stripped = piece.strip()
        first = start + piece.find(stripped) if stripped else start
        found.append((first, first + len(stripped)))
        start += len(piece) + 1
    return found
