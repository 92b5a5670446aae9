"""The register of meetings: every place of a document that speaks of one, and what it states of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.documents import BlockKind, Document, Kind
from ingest.identifiers import find_dates, find_sessions, find_years, to_roman
from ingest.normalisation import fold
from ingest.registers.entries import Attribute, StatedValue
from ingest.registers.lines import Line, lines_of
from ingest.registers.meeting_entries import MeetingKind, MeetingRecord, Standing
from ingest.registers.meeting_lists import ListedMeeting, is_table_header, listed_meetings, table_header, table_meetings
from ingest.registers.meeting_names import MeetingName, find_meeting_names
from ingest.registers.meeting_places import places_of_meeting, same_location
from ingest.registers.meeting_points import with_points
from ingest.registers.meeting_series import name_similarity, series_stems
from ingest.registers.meeting_values import (
    Context,
    activity_code_of,
    completed,
    context_of,
    date_of,
    dates_of_value,
    dates_value,
    is_report,
    location_of,
    people_of,
    programme_year_of,
    standing_of,
    stated,
    subject_of,
)

_HOLDING_ROW = re.compile(
    r"^\W*(?:(?:organi[sz]ation and )?(?:holding|conduction|conducting|conduct|hold|reali[sz]ation|celebration"
    r"|organization and conduction)\b"
    r"|celebraci[óo]n|realizaci[óo]n|reali[sz]a[çc][ãa]o|tenue\b|r[ée]alisation|ejecuci[óo]n|execu[çc][ãa]o)",
    re.IGNORECASE,
)
_PREPARING_ROW = re.compile(
    r"^\W*(?:planning|plan|preparation|convocation|convening|organi[sz]ation|design|dissemination|planificaci[óo]n"
    r"|preparaci[óo]n|convocatoria|organizaci[óo]n|dise[ñn]o|planejamento|prepara[çc][ãa]o|convoca[çc][ãa]o"
    r"|organiza[çc][ãa]o"
    r"|pr[ée]paration|convocation|conception|contrataci[óo]n|hiring|terms|elabora)",
    re.IGNORECASE,
)
_HELD_IN_ROW = re.compile(r"\b(?:held|given|celebrad[ao]|realizad[ao]|tenue)\s*\|", re.IGNORECASE)
_PREPARED_IN_ROW = re.compile(
    r"\b(?:designed|convened|organi[sz]ed(?: and announced)?|prepared(?: and convened)?|planned|announced"
    r"|dise[ñn]ad[ao]|convocad[ao]|organizad[ao]|preparad[ao])\b[^|]*\|",
    re.IGNORECASE,
)
_CLAUSE_BREAK = re.compile(r"; |,? and,? (?=for |in |on )|(?<=\d{4}),? (?:and|y|e|et) | where | that ")
_OF_THE_MEETING = re.compile(
    r"\W*(?:participants|delegates|attended|los participantes|asist|participa|os participantes|les participants"
    r"|ont particip"
    r"|the (?:main )?objectives|los objetivos|os objetivos|les objectifs|six organi[sz]ations took part"
    r"|la organizan)",
    re.IGNORECASE,
)
_CONCLUSIONS = re.compile(r"\b(?:conclusion|conclusão|conclusões|conclusiones)", re.IGNORECASE)
_LINES_OF_A_DATELINE = 3
_LINES_OF_A_TITLE = 6
_REFERENCE_TO_PAST = re.compile(
    r"\b(?:(?:during|in) the first\s*$|since (?:19|20)\d\d during|agreed (?:upon )?(?:at|in|during) the)"
)
_ONLY_DATE_OR_PLACE = 0.55
_LINES_AFTER_A_TITLE = 3
_FURTHEST_ANTECEDENT = 14
_LIKE_THE_TITLE = 0.6
_LEAST_STEMS = 2
_PLANNING_HEADINGS = re.compile(
    r"\W*(?:[A-E]\.\s*)?(?:objectives?|expected results|activities and schedule|schedule|objetivos?"
    r"|resultados? esperados?"
    r"|actividades y cronograma|atividades e cronograma|cronograma|objectifs?|r[ée]sultats attendus|calendrier)",
    re.IGNORECASE,
)
_UNCERTAIN_WITHOUT_DATE = (MeetingKind.CONFERENCE, MeetingKind.FORUM, MeetingKind.PANEL)


@dataclass(frozen=True, slots=True)
class _Found:
    """A record and where it was found; whether its name still waits for the meeting that it takes up."""

    record: MeetingRecord
    line: int
    is_taken_up: bool
    is_named: bool
    is_heading: bool = False


def meetings_of(document: Document) -> tuple[MeetingRecord, ...]:
    """Return every place of `document` that speaks of a meeting, in reading order.

    A meeting is kept that has a name of its own, or a date or place. "This meeting was held on…" takes up the one
    named before it, or the meeting that a report is about.
    """
    lines = lines_of(document)
    found = [each for i in range(len(lines)) for each in _found_on(lines, i)]
    own = _own_meeting(document, lines, found)
    resolved = sorted((*_resolved(found, lines, own), *_own_lines(lines, found, own)), key=lambda each: each.line)
    marked = [replace(each, record=_marked(each.record, own)) for each in resolved]
    return with_points(lines, [(each.line, each.record) for each in marked], own)


def _found_on(lines: Sequence[Line], i: int) -> Iterator[_Found]:
    line = lines[i]
    if is_table_header(line):
        return
    listed = table_meetings(lines, i) or listed_meetings(line)
    names = () if listed and line.kind is BlockKind.TABLE_ROW else _names_beside(line, listed)
    if not listed and not names:
        return
    context = _in_table(context_of(lines, i), lines, i)
    named = [ListedMeeting(name, region) for name, region in zip(names, _regions(line.text, names), strict=True)]
    before: Standing | None = None
    for each in sorted((*named, *listed), key=lambda each: each.region[0]):
        standing = Standing.HELD if each.is_held else _standing(line, each, context) or before
        found = _recorded(lines, i, each, context=context, standing=standing)
        before = standing
        if _is_kept(found, each.name):
            yield found


def _names_beside(line: Line, listed: Sequence[ListedMeeting]) -> tuple[MeetingName, ...]:
    language = line.document.metadata.language
    found = find_meeting_names(line.text, language, block=line.kind)
    return tuple(name for name in found if not any(each.region[0] <= name.start < each.region[1] for each in listed))


def _regions(text: str, names: Sequence[MeetingName]) -> list[tuple[int, int]]:
    """Return the part of the sentence that speaks of each name: between the clause breaks around it."""
    if not names:
        return []
    cuts = [0]
    for one, other in pairwise(names):
        breaks = [m.end() for m in _CLAUSE_BREAK.finditer(text[one.end : other.start])]
        cuts.append(one.end + breaks[-1] if breaks else other.start)
    return list(pairwise([*cuts, len(text)]))


def _recorded(
    lines: Sequence[Line], i: int, each: ListedMeeting, *, context: Context, standing: Standing | None
) -> _Found:
    line, name = lines[i], each.name
    values = tuple(_values(lines, i, each, context=context, standing=standing))
    standing = _settled(standing, values, line, name=name.name, context=context)
    record = MeetingRecord(
        name=_series_name(line, name),
        kind=MeetingKind.SESSION if _is_session(line.text, name) else name.kind,
        ordinal=name.ordinal,
        standing=standing,
        place=line.place(name.start, name.end) if name.end > name.start else line.place(*each.region),
        sentence=line.sentence.spans,
        values=values,
        points=(),
        is_report=False,
        activity=activity_code_of(line),
        subject=subject_of(line.path),
        programme_year=programme_year_of(line.document),
        language=line.document.metadata.language,
    )
    return _Found(record, i, name.is_taken_up, name.is_named, is_heading=line.kind is BlockKind.HEADING)


def _is_session(text: str, name: MeetingName) -> bool:
    return name.ordinal is not None and any(name.start <= found.start < name.end for found in find_sessions(text))


def _series_name(line: Line, name: MeetingName) -> str:
    """Return the name; for a group said to have met, the name of its meetings where the activity's title gives one."""
    stems = series_stems(name.name)
    is_bare = name.ordinal is not None and not stems
    is_group = name.end == name.start or not find_meeting_names(name.name, line.document.metadata.language)
    if (not is_bare and not is_group) or name.kind is not MeetingKind.MEETING:
        return name.name
    titled = find_meeting_names(subject_of(line.path), line.document.metadata.language, block=BlockKind.HEADING)
    if titled and titled[0].kind is name.kind and (is_bare or name_similarity(titled[0].name, name.name) == 1.0):
        series = re.sub(r"^[IVXLC]+\s+", "", titled[0].name)
        return f"{to_roman(name.ordinal)} {series}" if name.ordinal else series
    return name.name


def _in_table(context: Context, lines: Sequence[Line], i: int) -> Context:
    """Return `context` with the year that the table's first row names, if it names one."""
    years = set(find_years(table_header(lines, i)))
    return replace(context, section_year=years.pop()) if len(years) == 1 else context


def _standing(line: Line, each: ListedMeeting, context: Context) -> Standing | None:
    if context.is_under_activity and _is_planning(line):
        is_past = _REFERENCE_TO_PAST.search(line.text[each.region[0] : each.name.start]) is not None
        return Standing.HELD if is_past else Standing.PLANNED
    if line.kind in (BlockKind.HEADING, BlockKind.TABLE_ROW):
        return None
    said = standing_of(line, (each.name.start, each.name.end), each.region)
    return said or (Standing.PLANNED if context.is_report and _is_concluding(line) else None)


def _is_concluding(line: Line) -> bool:
    return line.kind is BlockKind.LIST_ITEM and any(_CONCLUSIONS.search(heading) for heading in line.path[-1:])


def _is_planning(line: Line) -> bool:
    return line.kind is BlockKind.HEADING or any(_PLANNING_HEADINGS.match(heading) for heading in line.path[-2:])


def _settled(
    standing: Standing | None, values: Sequence[StatedValue], line: Line, *, name: str, context: Context
) -> Standing:
    """Return the standing, from the date or the activity where the words around leave it open.

    A date before the programme's own makes a meeting that its plans refer to one that was held.
    """
    by_date = _standing_by_date(values, context)
    if standing is Standing.PLANNED and by_date is Standing.HELD and context.is_under_activity and _is_planning(line):
        return Standing.HELD
    if standing is None and by_date is Standing.MENTIONED and context.programme_year and line.text.strip() != name:
        is_its_activity = name_similarity(name, subject_of(line.path)) >= _LIKE_THE_TITLE
        is_introduced = not context.is_under_activity and context.section_year is None and not values
        return Standing.PLANNED if is_its_activity or is_introduced else Standing.MENTIONED
    return standing or by_date


def _standing_by_date(values: Sequence[StatedValue], context: Context) -> Standing:
    """Return held for a date before the document's, planned for one after it."""
    dates = next((v.value for v in values if v.attribute is Attribute.DATES), "--")
    date = context.document_date
    if dates.startswith("--") or not date:
        return Standing.MENTIONED
    start = dates_of_value(dates).start
    shared = min(len(start), len(date))
    if start[:shared] == date[:shared]:
        return Standing.HELD if context.is_report else Standing.MENTIONED
    return Standing.HELD if start[:shared] < date[:shared] else Standing.PLANNED


def _values(
    lines: Sequence[Line], i: int, each: ListedMeeting, *, context: Context, standing: Standing | None
) -> Iterator[StatedValue]:
    line, span, region = lines[i], (each.name.start, each.name.end), each.region
    if line.kind is BlockKind.TABLE_ROW:
        yield from _values_of_row(line, span, context, standing)
        return
    dates = date_of(line, span, region, context, standing) if line.kind is not BlockKind.HEADING else None
    if dates:
        yield dates
    yield from location_of(line, span, region, dates)
    yield from people_of(line, span, region)
    if region[1] == len(line.text) and not line.text[span[1] :].strip(' .”"') and dates is None:
        yield from _values_below(lines, i, context)


def _values_of_row(
    line: Line, span: tuple[int, int], context: Context, standing: Standing | None
) -> Iterator[StatedValue]:
    """Yield the date and place in the other cells, unless the row is about preparing the meeting."""
    if _is_preparing(line.text):
        return
    for found in find_dates(line.text, with_years=False) or find_dates(line.text):
        if found.start >= span[1] or found.end <= span[0]:
            dates = completed(found, line.text[: span[0]] + line.text[span[1] :], context, standing)
            yield stated(Attribute.DATES, dates_value(dates), line, (found.start, found.end))
            break
    for place in places_of_meeting(line.text):
        if place.start >= span[1] or place.end <= span[0]:
            yield stated(Attribute.LOCATION, line.text[place.start : place.end], line, (place.start, place.end))
            break


def _is_preparing(row: str) -> bool:
    """Tell "Convocation of the meeting | March" from "Holding of the meeting | June"."""
    if _HOLDING_ROW.match(row) or _HELD_IN_ROW.search(row):
        return False
    return _PREPARING_ROW.match(row) is not None or _PREPARED_IN_ROW.search(row) is not None


def _values_below(lines: Sequence[Line], i: int, context: Context) -> Iterator[StatedValue]:
    """Yield the date and place that stand alone on the lines below a title."""
    for line in lines[i + 1 : i + 1 + _LINES_AFTER_A_TITLE]:
        if line.kind is not BlockKind.PARAGRAPH or len(line.text) > 60:
            continue
        for found in find_dates(line.text, with_years=False)[:1]:
            if found.end - found.start > _ONLY_DATE_OR_PLACE * len(line.text):
                dates = completed(found, line.text, context, None)
                yield stated(Attribute.DATES, dates_value(dates), line, (found.start, found.end))
                return
        for place in places_of_meeting(line.text)[:1]:
            if place.end - place.start > _ONLY_DATE_OR_PLACE * len(line.text):
                yield stated(Attribute.LOCATION, line.text[place.start : place.end], line, (place.start, place.end))


def _is_kept(found: _Found, name: MeetingName) -> bool:
    record = found.record
    dated = any(len(v.value) > len("2003") or v.value.startswith("--") for v in record.stated(Attribute.DATES))
    located = any(v.value != "virtual" for v in record.stated(Attribute.LOCATION))
    if name.is_taken_up:
        return bool(record.values)
    if found.is_heading and record.ordinal is None and not record.activity and found.line > _LINES_OF_A_TITLE:
        return False
    if not name.is_named:
        is_said = (
            record.standing is not Standing.MENTIONED
            and record.kind not in _UNCERTAIN_WITHOUT_DATE
            and len(series_stems(record.name)) >= _LEAST_STEMS
        )
        return dated or located or (is_said and bool(record.stated(Attribute.DATES)))
    certain = name.ordinal is not None or record.kind not in _UNCERTAIN_WITHOUT_DATE
    return certain or dated or located


def _own_meeting(document: Document, lines: Sequence[Line], found: Sequence[_Found]) -> MeetingRecord | None:
    """Return the record of the meeting that a report is about: by its title, else by the report's date."""
    if not is_report(document):
        return None
    named = [each.record for each in found if not each.is_taken_up and each.is_named]
    titled = [r for r in named if name_similarity(r.name, document.metadata.title) >= _LIKE_THE_TITLE]
    date = document.metadata.date or "?"
    dated = [
        r for r in (each.record for each in found) if any(v.value.startswith(date) for v in r.stated(Attribute.DATES))
    ]
    best = max(titled, key=lambda r: len(series_stems(r.name)), default=None)
    return best or next(iter([r for r in dated if r in named] or dated), None)


def _marked(record: MeetingRecord, own: MeetingRecord | None) -> MeetingRecord:
    if own is None:
        return record
    if not record.ordinal and _same_days(record, own) and len(series_stems(record.name)) == 0:
        return replace(record, is_report=True)
    if record.kind is not own.kind and not _same_days(record, own):
        return record
    same_name = record.ordinal == own.ordinal and name_similarity(record.name, own.name) >= _LIKE_THE_TITLE
    return (
        replace(record, is_report=True)
        if record.place == own.place or (same_name and not _clash(record, own))
        else record
    )


def _own_lines(lines: Sequence[Line], found: Sequence[_Found], own: MeetingRecord | None) -> Iterator[_Found]:
    """Yield what a report states of its own meeting without naming it: dateline, participants, agenda."""
    if own is None:
        return
    taken = {each.line for each in found}
    for i, line in enumerate(lines):
        values = tuple(_own_values(lines, i)) if i not in taken else ()
        if values:
            record = replace(own, place=line.place(0, len(line.text)), sentence=line.sentence.spans, values=values)
            yield _Found(replace(record, standing=own.standing), i, is_taken_up=True, is_named=True)


def _own_values(lines: Sequence[Line], i: int) -> Iterator[StatedValue]:
    line = lines[i]
    if i < _LINES_OF_A_DATELINE and line.document.metadata.kind is Kind.MEETING_NOTE:
        if not line.text[0].isdigit() or find_dates(line.text):
            context = context_of(lines, i)
            for found in find_dates(line.text, with_years=False)[:1]:
                dates = completed(found, line.text, context, None)
                yield stated(Attribute.DATES, dates_value(dates), line, (found.start, found.end))
            yield from location_of(line, (0, 0), (0, len(line.text)), None)
    elif _OF_THE_MEETING.match(line.text):
        yield from people_of(line, (0, 0), (0, len(line.text)))


def _clash(one: MeetingRecord, other: MeetingRecord) -> bool:
    return any(
        not dates_of_value(a.value).agrees_with(dates_of_value(b.value))
        for a in one.stated(Attribute.DATES)
        for b in other.stated(Attribute.DATES)
    )


def _resolved(found: Sequence[_Found], lines: Sequence[Line], own: MeetingRecord | None) -> list[_Found]:
    """Give each place that takes up a meeting the name and ordinal of that one; leave out those that take up none."""
    resolved: list[_Found] = []
    for each in found:
        if not each.is_taken_up:
            resolved.append(each)
            continue
        antecedent = own if _is_own(each, lines, own) else _antecedent(each, resolved, lines) or own
        if antecedent and own and _same_days(antecedent, own) and not series_stems(antecedent.name):
            antecedent = own
        if antecedent is None and each.record.ordinal is None and not _is_scheduled(each.record):
            continue
        if antecedent is not None and each.record.ordinal is None:
            taken = _taking_up(each.record, antecedent)
            resolved.append(replace(each, record=taken, is_named=True))
        else:
            resolved.append(each)
    return resolved


def _is_scheduled(record: MeetingRecord) -> bool:
    return bool(record.activity) and bool(record.stated(Attribute.DATES))


def _is_own(each: _Found, lines: Sequence[Line], own: MeetingRecord | None) -> bool:
    """Tell whether a report's "the Workshop", with a capital, is the workshop that it is about."""
    return own is not None and each.record.kind is own.kind and each.record.name[:1].isupper()


def _taking_up(record: MeetingRecord, antecedent: MeetingRecord) -> MeetingRecord:
    is_open = record.standing is Standing.MENTIONED
    standing = antecedent.standing if is_open else record.standing
    return replace(record, name=antecedent.name, ordinal=antecedent.ordinal, kind=antecedent.kind, standing=standing)


def _antecedent(each: _Found, before: Sequence[_Found], lines: Sequence[Line]) -> MeetingRecord | None:
    """Return the last meeting named before in the section that is of the same kind and held in no other place."""
    reach = 1 if len(each.record.name) <= len("Elle") else _FURTHEST_ANTECEDENT
    candidates = [
        other.record
        for other in reversed(before)
        if (each.line - other.line <= reach or (each.record.activity and reach > 1))
        and other.line < each.line
        and (other.is_named or other.record.stated(Attribute.DATES))
        and _same_part(lines[each.line], lines[other.line])
        and each.record.kind in (MeetingKind.MEETING, other.record.kind)
    ]
    at_the_place = [record for record in candidates if _share_location(each.record, record)]
    return next(iter(at_the_place or [r for r in candidates if not _apart(each.record, r)]), None)


def _same_days(one: MeetingRecord, other: MeetingRecord) -> bool:
    days = {value.value for value in one.stated(Attribute.DATES)}
    return bool(days & {value.value for value in other.stated(Attribute.DATES)})


def _share_location(one: MeetingRecord, other: MeetingRecord) -> bool:
    return any(
        same_location(a.value, b.value)
        for a in one.stated(Attribute.LOCATION)
        for b in other.stated(Attribute.LOCATION)
    )


def _apart(one: MeetingRecord, other: MeetingRecord) -> bool:
    both = one.stated(Attribute.LOCATION) and other.stated(Attribute.LOCATION)
    return (bool(both) and not _share_location(one, other)) or _clash(one, other)


def _same_part(one: Line, other: Line) -> bool:
    first, second = subject_of(one.path), subject_of(other.path)
    return fold(first) == fold(second) if first or second else one.path[:1] == other.path[:1]
