"""What a clause states of a meeting: whether it was held or is planned, when, where, by whom, with whom and on what."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.documents import BlockKind, Document, Kind
from ingest.identifiers import (
    DateMention,
    DateRange,
    Level,
    Precision,
    find_codes,
    find_dates,
    find_years,
    programme_years,
)
from ingest.registers.entries import Attribute, StatedValue
from ingest.registers.lines import Line
from ingest.registers.meeting_entries import Standing
from ingest.registers.meeting_places import Location, find_venue, find_virtual, places_of_meeting

_FUTURE = re.compile(
    r"\b(?:to be (?:held|carried|conducted|organi[sz]ed)|will|shall|(?:is|are|was|were|been|has"
    r"|have) (?:being )?(?:scheduled|planned|programmed|envisaged|expected)"
    r"|(?:is|are|be) (?:organi[sz]ed|held|conducted|convened)|scheduled|plans?|planning|hopes? to|intends? to"
    r"|proposes|forthcoming|upcoming|pending|eventual|is due|was set for"
    r"|se celebrar[áa]n?|se realizar[áa]n?|se llevar[áa]n? a cabo|tendr[áa]n? lugar|realizar[áa]n?|celebrar[áa]n?"
    r"|organizar[áa]n?"
    r"|est[áa]n? previst[ao]s?|previst[ao]s?|prev[ée]n?|programad[ao]s?|planea|proyecta|convocar[áa]|por celebrarse"
    r"|pr[óo]xim[ao]|habr[áa]|haver[áa]|far[áa]|aura|realizar-se-[áa]|ser[áa]o?n? (?:realizad|organizad|celebrad"
    r"|convocad)[ao]s?|ter[áa] lugar|ocorrer[áa]"
    r"|planeja|pretende|agendad[ao]|marcad[ao]|aura lieu|auront lieu|se tiendra|sera|seront|prévue?s?|prévoit"
    r"|organisera"
    r"|projette|prochaine?)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:held|took place|taken place|carried out|conducted|organi[sz]ed(?! (?:by|jointly|with|together))|(?:was"
    r"|were) organi[sz]ed|attended|convened(?! by)|gathered|opened"
    r"|decided|established|approved|adopted|recommended|agreed|reaffirmed|served|gave rise|presented|submitted"
    r"|followed"
    r"|stemming from|derived from|arising from|celebrad[ao]s?|se celebr[óo]|se celebraron|tuvo lugar|tuvieron lugar"
    r"|se realiz[óo]|se llev[óo] a cabo|realizad[ao]s?|realiz[óo]|organiz[óo]|celebr[óo]|organizad[ao]s?|efectuad[ao]"
    r"|se reuni[óo]|se reunieron|realizou(?:-se)?|teve lugar|ocorreu|organizou|reuniram-se|reuniu-se|foi realizad[ao]"
    r"|a eu lieu|ont eu lieu|s['’]est tenue?|se sont réunis|tenue?s?|organisée?s?|a organisé|réunie?s?|a autorisé"
    r"|a donné)\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\bis being held|se celebra hoy|commence aujourd|comienza hoy|começa hoje|\bis held today\b", re.IGNORECASE
)
_TODAY = re.compile(r"\b(?:today|hoy|hoje|aujourd['’]hui)\b", re.IGNORECASE)
_THIS_YEAR = re.compile(
    r"\W*(?:of |in |de |d[eu]ste |de ce|cette |do )?(?:this year|the current year|(?:de |d)?este a[ñn]o|(?:d"
    r"|n)?este ano|(?:de )?cette année"
    r"|del? (?:presente|corriente) a[ñn]o|do corrente ano|del año en curso)",
    re.IGNORECASE,
)
_LAST_YEAR = re.compile(
    r"\W*(?:of |in )?(?:last year|the (?:previous|past) year|(?:del? |o )?a[ñn]o pasado|do ano passado"
    r"|(?:de )?l['’]an(?:née)? (?:dernière?|passée?))",
    re.IGNORECASE,
)
_ANOTHER_DATED_THING = re.compile(
    r"\b(?:signed|Decision|Resolution|Framework|Plan\b|adopted on|created|since|firmad|Decisi[óo]n|Decis[ãa]o"
    r"|Décision|until"
    r"|deadline|document|study)",
)
_ANOTHER_DATED_BEFORE = re.compile(r"\b(?:signed|Decision|Resolution|Framework|firmad|Decisi[óo]n|Decis[ãa]o|Décision)")
_LEADING = re.compile(
    r"(?:^|[;,:.]\s+|\b(?:that|and|que|y|e|et|organi[sz]ed|held|conducted|convened|organizó|celebró|realizou"
    r"|organizou)\s+)(?:likewise,?\s+|then,?\s+)?(?:on|in|during|for|at|by|el|en|du|le|les|em|nos|no|ao|los|au"
    r"|para|pour)\s+"
    r"(?:the\s+|los\s+|el\s+|días\s+|les\s+|o\s+|ano\s+|dias\s+|year\s+|month\s+(?:of\s+)?|mes\s+de\s+|early\s+"
    r"|late\s+)*$",
    re.IGNORECASE,
)
_YEAR_BESIDE = re.compile(
    r"(?:\(|\b(?:in|of|during|for|en|em|del?|do|année|year|held in|dated|,)\s+(?:the\s+year\s+|el\s+año\s+"
    r"|o\s+ano\s+(?:de\s+)?)?)(?P<year>(?:19|20)\d\d)(?![\w-]|\.\d|/\d)",
    re.IGNORECASE,
)
_ORGANISERS_AFTER = re.compile(
    r"(?:organi[sz]ed|convened|conducted|carried out|promoted|coordinated|led|organizad[ao]|convocad[ao]"
    r"|organisée?|convoquée?|"
    r"realizad[ao] conjuntamente)(?: jointly| conjuntamente)?(?: and \w+)? (?:by|with|por|pelo|pela"
    r"|par)\s+(?P<who>[^.;]{3,420})",
    re.IGNORECASE,
)
_ORGANISERS_TOGETHER = re.compile(
    r"(?:jointly with|together with|in partnership with|in coordination with|conjuntamente con|junto con"
    r"|juntamente com"
    r"|en coordinación con|conjointement avec|de concert avec|with the co-sponsorship of|con el auspicio de)"
    r"\s+(?P<who>[^.;]{3,300})",
    re.IGNORECASE,
)
_ORGANISERS_BEFORE = re.compile(
    r"(?:^|[,;:]\s+|\bthat\s+)(?P<who>(?:the\s+|el\s+|la\s+|o\s+|a\s+|le\s+)?(?:Permanent Secretariat|SELA"
    r"|Secretar[ií]a Permanente|Secretaria Permanente"
    r"|Secr[ée]tariat permanent|ALADI|Pro Tempore|UNCTAD|Andean Community)[^.;:]{0,260}?)\s+"
    r"(?:(?:will|plans? to|has scheduled|has planned|is planning|shall)\s+)?(?:jointly\s+)?(?:organi[sz]ed?|held"
    r"|hold|conduct(?:ed)?|convene[ds]?"
    r"|carr(?:y|ied) out|organiz(?:ó|ou|ará)|organisera|a organisé|realiz(?:ó|ou|ará))\b",
    re.IGNORECASE,
)
_HOST = re.compile(
    r"(?:hosted by|host country is|with the support of the (?:government|host)"
    r"|anfitri[ãa][o]? )\s*(?P<who>[^.;,]{3,160})"
    r"|(?:headquarters of|sede (?:de la|del|de|da|do)|siège (?:du|de la"
    r"|de))\s+(?P<seat>(?:the\s+)?[A-Z][^.;,()]{2,100}?(?:\s*\([A-Z]+\))?)"
    r"(?=[.,;()]| on | in | from | en | em | el | à | les | nos |$)",
)
_PARTICIPANTS = re.compile(
    r"(?P<who>(?:attended by|with the (?:active )?participation of|count on the participation of"
    r"|provides for the participation of"
    r"|participants (?:in the \w+ (?:will )?)?includ(?:ed|es?)|con la (?:asistencia|participación) de|asistieron"
    r"|participaron"
    r"|com a participação de|participaram|avec la participation de|ont (?:participé|assisté)|delegates of|asisten)"
    r"\s*:?\s+.{3,900})",
    re.IGNORECASE,
)
_AGENDA = re.compile(
    r"(?P<what>(?:(?:the )?(?:main |general )?objectives (?:of (?:the|this) [\w-]+ )?(?:are|were)"
    r"|(?:the )?agenda\b[^.;]{0,40}?\b(?:includes|included)"
    r"|issues under consideration|whose (?:topic|objective|purpose)|was intended to|is intended to|will focus on"
    r"|focused on|will address|plans to discuss"
    r"|in order to (?:address|analy[sz]e|discuss|review|confirm)|to confirm|with the (?:aim|purpose) of"
    r"|which will (?:address|discuss)"
    r"|(?:los )?objetivos (?:de la \w+ )?son|(?:os )?objetivos (?:da \w+ )?são|cuyo (?:tema|objetivo)"
    r"|con el (?:fin|objetivo) de"
    r"|com o objetivo de|ils devaient|dont (?:le thème|l['’]objectif))[\s:]+.{3,1200})",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r",? (?:which|who|on (?=\d)|in (?=(?:19|20)\d\d)|is being|was held|held|led to|as part of|with the (?:support"
    r"|participation)"
    r"|took place|has |have |will |to (?:address|discuss|analy)|that |fue |foi |a eu )|\s+\(\d"
    r"|,? in order to | to (?=[a-z]+ (?:the|an?|how)\b)|, an?$"
    r"| in (?=[A-Z][a-z]+ (?:19|20)\d\d)| in the (?=field)"
    r"|, (?:reaffirm|stress|decid|recommend|attend|carried)\w*"
)
_YEAR_AT_ONCE = re.compile(r"\W{0,3}\s*(?:in |en |em |of |de |held in )?(?P<year>(?:19|20)\d\d)(?![\w-]|\.\d|/\d)")
_ONLY_PLACES = re.compile(
    r"[\s,()]*(?:(?:in|en|em|the|city|of|à|a|de|la|ciudad)\s+|[A-ZÀ-Þ][\w'’.-]*[\s,()]*)*(?:in|en|em)?\W*"
)
_TRAILING = re.compile(r"(?:[ ,.;:(]+|\s(?:and|y|e|et))+$")
_NOT_OF_IT = re.compile(r":|\bto (?:convene|organi[sz]e|hold|conduct)\b|\bconvocar\b|\.\s")
_LONGEST_REACH = 260


@dataclass(frozen=True, slots=True)
class Context:
    """What completes a date that states no year.

    Args:
        document_date: of the document, as precise as it states it; empty if unknown.
        programme_year: of the work programme, None if the document is none.
        section_year: the one year that the nearest heading names, None if it names none or several.
        is_report: whether the document is a note or report of a meeting.
        is_under_activity: whether the line stands under an activity of the programme.
        near_years: years named in the sentences before.
    """

    document_date: str
    programme_year: int | None
    section_year: int | None
    is_report: bool
    is_under_activity: bool
    near_years: frozenset[int]

    @property
    def document_year(self) -> int | None:
        """The year of the document."""
        return int(self.document_date[:4]) if self.document_date else None


def is_report(document: Document) -> bool:
    """Tell whether a document is the note, report or press note of a meeting."""
    return document.metadata.kind in (Kind.RAPPORTEUR_REPORT, Kind.MEETING_NOTE, Kind.PRESS_NOTE)


def programme_year_of(document: Document) -> int | None:
    """Return the year of the work programme that a document is, None if it is none."""
    if document.metadata.kind is not Kind.WORK_PROGRAMME:
        return None
    years = programme_years(document.metadata.title)
    return years[0].year if years else None


def standing_of(line: Line, name: tuple[int, int], region: tuple[int, int]) -> Standing | None:
    """Return whether the clause around a name speaks of a past or a future meeting, None if it does not say."""
    after = line.text[name[1] : region[1]]
    before = line.text[region[0] : name[0]][-_LONGEST_REACH:]
    if _NOW.search(after):
        return Standing.HELD
    future, past = _FUTURE.search(after), _PAST.search(after)
    nearest = min((m.start() for m in (future, past) if m), default=999)
    if nearest < 160:
        return Standing.PLANNED if future and future.start() <= nearest else Standing.HELD
    return _standing_before(before)


def _standing_before(before: str) -> Standing | None:
    future, past = list(_FUTURE.finditer(before)), list(_PAST.finditer(before))
    if not future and not past:
        return None
    last_future = future[-1].start() if future else -1
    last_past = past[-1].start() if past else -1
    return (
        Standing.PLANNED if last_future > last_past or (0 <= last_past - last_future < 30 and future) else Standing.HELD
    )


def date_of(
    line: Line, name: tuple[int, int], region: tuple[int, int], context: Context, standing: Standing | None
) -> StatedValue | None:
    """Return when a clause says that the meeting it names was or will be held."""
    found = _date_after(line.text, name, region) or _date_before(line.text, name, region)
    if found is None:
        return _today(line, name, region, context)
    dates = completed(found, line.text, context, standing)
    return stated(Attribute.DATES, dates_value(dates), line, (found.start, found.end))


def _date_after(text: str, name: tuple[int, int], region: tuple[int, int]) -> DateMention | None:
    tail = text[name[1] : region[1]]
    beside = _YEAR_AT_ONCE.match(tail)
    if beside:
        return DateMention(
            DateRange(beside["year"], beside["year"], Precision.YEAR),
            name[1] + beside.start("year"),
            name[1] + beside.end("year"),
        )
    for found in find_dates(tail, with_years=False):
        between = tail[: found.start]
        if found.range.precision is Precision.YEAR:
            continue
        if len(between) > _LONGEST_REACH or _ANOTHER_DATED_THING.search(between):
            break
        return replace(found, start=found.start + name[1], end=found.end + name[1])
    year = _YEAR_BESIDE.search(tail[:160])
    if (
        year
        and not _ANOTHER_DATED_THING.search(tail[: year.start("year")])
        and _is_its_year(tail[: year.start("year")])
    ):
        value = year["year"]
        return DateMention(
            DateRange(value, value, Precision.YEAR), name[1] + year.start("year"), name[1] + year.end("year")
        )
    return None


def _is_its_year(between: str) -> bool:
    """Tell "II Summit, held in 2015" and "Summit (2013)" from a year that comes later in the sentence."""
    return (
        _ONLY_PLACES.fullmatch(between) is not None
        or (len(between) < 90 and _PAST.search(between) is not None)
        or _FUTURE.search(between) is not None
    )


def _date_before(text: str, name: tuple[int, int], region: tuple[int, int]) -> DateMention | None:
    head = text[region[0] : name[0]]
    for found in reversed(find_dates(head)):
        lead = head[: found.start]
        if (
            len(head) - found.end <= _LONGEST_REACH
            and _LEADING.search(lead)
            and not _ANOTHER_DATED_BEFORE.search(head[found.end :])
        ):
            return replace(found, start=found.start + region[0], end=found.end + region[0])
    return None


def _today(line: Line, name: tuple[int, int], region: tuple[int, int], context: Context) -> StatedValue | None:
    match = (
        _TODAY.search(line.text, name[1], region[1]) if context.is_report and len(context.document_date) == 10 else None
    )
    return stated(Attribute.DATES, context.document_date, line, match.span()) if match else None


def completed(found: DateMention, text: str, context: Context, standing: Standing | None) -> DateRange:
    """Return the dates with the year that the sentence, its section or its document leaves no doubt of."""
    if found.range.year is not None:
        return found.range
    year = _year_for(found, text, context, standing)
    return found.range if year is None else with_year(found.range, year)


def with_year(dates: DateRange, year: int) -> DateRange:
    """Return yearless dates in `year`; those that run past December end in the next."""
    end_year = year + (dates.end[:4] < dates.start[:4])
    return DateRange(f"{year}{dates.start[1:]}", f"{end_year}{dates.end[1:]}", dates.precision)


def _year_for(found: DateMention, text: str, context: Context, standing: Standing | None) -> int | None:
    after = text[found.end : found.end + 40]
    if context.document_year and _THIS_YEAR.match(after):
        return context.document_year
    if context.document_year and _LAST_YEAR.match(after):
        return context.document_year - 1
    in_sentence = set(find_years(text))
    if len(in_sentence) == 1:
        return in_sentence.pop()
    if context.programme_year and context.is_under_activity and standing is Standing.PLANNED:
        return context.programme_year
    return context.section_year or _year_by_document(found.range, context, standing)


def _year_by_document(dates: DateRange, context: Context, standing: Standing | None) -> int | None:
    """Return the next such date after a report, or the last before it where a sentence nearby names that year too."""
    if not context.is_report or len(context.document_date) != 10 or context.document_year is None:
        return None
    is_later = context.document_date[4:] < dates.start[1:] + "-31"[: 10 - len(dates.start) - 3]
    if standing is Standing.PLANNED:
        return context.document_year + (not is_later)
    if standing is not Standing.HELD:
        return None
    last = context.document_year - is_later
    return last if last in context.near_years else None


def location_of(
    line: Line, name: tuple[int, int], region: tuple[int, int], dates: StatedValue | None
) -> Iterator[StatedValue]:
    """Yield where a clause says that the meeting it names was or will be held, venue included."""
    after = line.text[name[1] : region[1]]
    places = [p for p in places_of_meeting(after[:_LONGEST_REACH]) if _is_of_name(after, p)]
    if places:
        place = places[0]
        span = (name[1] + place.start, name[1] + place.end)
        yield stated(Attribute.LOCATION, line.text[slice(*span)], line, span)
    elif virtual := find_virtual(line.text[name[0] : region[1]]):
        span = (name[0] + virtual[0], name[0] + virtual[1])
        yield stated(Attribute.LOCATION, "virtual", line, span)
    elif dates and (before := _place_before(line.text, name, region)):
        yield stated(Attribute.LOCATION, line.text[before.start : before.end], line, (before.start, before.end))
    venue = find_venue(after)
    if venue:
        yield _words(Attribute.VENUE, line, (name[1] + venue[0], name[1] + venue[1]))


def _is_of_name(after: str, place: Location) -> bool:
    between = after[: place.start]
    return not re.search(r"[.;]\s+[A-ZÀ-Þ]", between) or between.count("(") > between.count(")") or len(between) < 8


def _place_before(text: str, name: tuple[int, int], region: tuple[int, int]) -> Location | None:
    """Return the place of "In 2010, in Mexico, the XXI Meeting…"."""
    head = text[region[0] : name[0]]
    places = places_of_meeting(head[:120])
    if not places or not re.search(r"(?:^|,\s+)(?:in|en|em|à)\s+$", head[: places[0].start], re.IGNORECASE):
        return None
    return replace(places[0], start=places[0].start + region[0], end=places[0].end + region[0])


def people_of(line: Line, name: tuple[int, int], region: tuple[int, int]) -> Iterator[StatedValue]:
    """Yield the organisers, host, participants and topics that a clause states, as the document words them."""
    after, before = (name[1], region[1]), (region[0], name[0])
    for pattern in (_ORGANISERS_AFTER, _ORGANISERS_TOGETHER):
        match = pattern.search(line.text, *after)
        if match and _NOT_OF_IT.search(line.text, name[1], match.start()) is None:
            yield from _clause(Attribute.ORGANISERS, line, match)
            break
    for match in list(_ORGANISERS_BEFORE.finditer(line.text, *before))[-1:]:
        if before[1] - match.end() < 60:
            yield from _clause(Attribute.ORGANISERS, line, match)
    host = _HOST.search(line.text, *after)
    if host:
        yield _words(Attribute.HOST, line, host.span("who" if host["who"] else "seat"))
    yield from _whole(Attribute.PARTICIPANTS, line, _PARTICIPANTS.search(line.text, *region), "who")
    yield from _whole(Attribute.AGENDA, line, _AGENDA.search(line.text, *region), "what")


def _clause(attribute: Attribute, line: Line, match: re.Match[str] | None) -> Iterator[StatedValue]:
    if match is None:
        return
    start, end = match.span("who")
    stop = _CLAUSE_END.search(line.text, start, end)
    named = _words(attribute, line, (start, stop.start() if stop else end))
    if any(letter.isupper() for letter in named.words):  # "together with a second colloquium" names nobody
        yield named


def _whole(attribute: Attribute, line: Line, match: re.Match[str] | None, group: str) -> Iterator[StatedValue]:
    if match is not None:
        yield _words(attribute, line, match.span(group))


def _words(attribute: Attribute, line: Line, span: tuple[int, int]) -> StatedValue:
    words = line.text[span[0] : span[1]]
    end = span[0] + len(_TRAILING.sub("", words))
    return stated(attribute, " ".join(line.text[span[0] : end].split()), line, (span[0], end))


def stated(attribute: Attribute, value: str, line: Line, span: tuple[int, int]) -> StatedValue:
    """Return a value that the characters of `span` in a line state."""
    words = " ".join(line.text[span[0] : span[1]].split())
    return StatedValue(attribute, value, words, line.place(*span))


def dates_value(dates: DateRange) -> str:
    """Return the normal form of dates: "2003-04-07/2003-04-09", or one date alone."""
    return dates.start if dates.start == dates.end else f"{dates.start}/{dates.end}"


def dates_of_value(value: str) -> DateRange:
    """Return the dates that a normal form stands for."""
    start, _, end = value.partition("/")
    length = len(start) - (-1 if start.startswith("--") else 0) if not start.startswith("--") else len(start) + 3
    precision = {10: Precision.DAY, 7: Precision.MONTH}.get(length, Precision.YEAR)
    return DateRange(start, end or start, precision)


def context_of(lines: Sequence[Line], i: int) -> Context:
    """Return what completes yearless dates on line `i`."""
    line = lines[i]
    document = line.document
    headings = [h for h in line.path if h != document.metadata.title]
    years = next((found for heading in reversed(headings) if (found := set(find_years(heading)))), set())
    near = {year for before in lines[max(0, i - 3) : i] if before.path == line.path for year in find_years(before.text)}
    return Context(
        document.metadata.date or "",
        programme_year_of(document),
        next(iter(years)) if len(years) == 1 else None,
        is_report(document),
        activity_of(line.path) is not None,
        frozenset(near),
    )


def activity_of(path: Sequence[str]) -> str | None:
    """Return the heading of the activity that a section belongs to, None outside the activities."""
    return next((heading for heading in reversed(path) if _ACTIVITY.match(heading)), None)


_ACTIVITY = re.compile(r"\W*(?:activit(?:y|é)|actividad|atividade|activit[ée])\s+[IVX]+\.\d", re.IGNORECASE)


def activity_code_of(line: Line) -> str:
    """Return the code of the activity that a line stands under or, in a table row, names; empty if none."""
    heading = activity_of(line.path) or (line.text if line.kind is BlockKind.TABLE_ROW else "")
    codes = [found.code for found in find_codes(heading) if found.level is Level.ACTIVITY]
    return codes[0] if codes else ""


def subject_of(path: Sequence[str]) -> str:
    """Return the title of the activity that a section belongs to, without its code; empty outside the activities."""
    heading = activity_of(path)
    return re.sub(r"^\W*\w+\s+[IVX]+(?:\.\d+)+[.:]?\s*", "", heading).strip() if heading else ""
