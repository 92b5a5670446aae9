"""Which meetings a question names: by ordinal, date, place, body, kind and words of their names, in four languages."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.registers.themes import theme_stems
from ingest.identifiers import Body, DateRange, Ordinal, find_dates, find_meetings, find_ordinals, first_day, last_day
from ingest.registers.continuity import Translate
from ingest.registers.entries import Attribute
from ingest.registers.meeting_entries import MeetingEntry, MeetingKind
from ingest.registers.meeting_places import Location, find_locations, find_virtual
from ingest.registers.meeting_register import dates_can_be_same, merged_entry
from ingest.registers.meeting_series import bodies_of, shared_share, stem
from ingest.registers.meeting_values import dates_of_value

_KINDS = {
    MeetingKind.SESSION: r"sessions?",
    MeetingKind.SUMMIT: r"summits?",
    MeetingKind.SEMINAR: r"seminars?|seminar-workshops?",
    MeetingKind.WORKSHOP: r"workshops?|seminar-workshops?",
    MeetingKind.CONFERENCE: r"conferences?",
    MeetingKind.FORUM: r"forums?|fora",
    MeetingKind.COURSE: r"courses?",
    MeetingKind.COLLOQUIUM: r"colloqui(?:um|a|ums)",
    MeetingKind.PANEL: r"panels?",
}
_ANY_KIND = r"meetings?|gatherings?|events?|encounters?|reunions?|meet|met"
_NOUN = re.compile(rf"\b(?:{'|'.join((*_KINDS.values(), _ANY_KIND))})\b", re.IGNORECASE)
_PLURAL = re.compile(r"\b\w{4,}(?:[^s]s|ia|ora)\b", re.IGNORECASE)
_FIRST_TIME = re.compile(r"\bfirst time\b", re.IGNORECASE)
# English words that ask of a meeting and tell none from another.
_FRAME_WORDS = """
hold holds held holding take takes took taken taking place places happen happened occur occurred come came
convene convened organise organize organised organized organising organizing organiser organizer organisers
organizers sponsor sponsored host hosts hosted hosting city cities country countries date dates day days exact
exactly month year years time event events gathering gatherings encounter encounters meet meets met meetings
sessions summits seminars workshops conferences forums courses colloquia panels conclude concluded conclusion
conclusions recommend recommended recommendation recommendations agree agreed agreement agreements adopted
outcome outcomes result results tell please kindly would know known list name names enumerate many much number total all
every each again there have been being has had was were will its itself celui plan plans planned planning
schedule scheduled foresee foreseen programme program work document documents corpus record records register
registered mention mentions mentioned secretariat permanent carried done made said give show find about
regarding concerning relation subject topic matter theme exist celebrate celebrated realised realized
"""
_FRAME = frozenset(stem(word) for word in _FRAME_WORDS.split())


@dataclass(frozen=True, slots=True)
class MeetingQuery:
    """What a question says of the meetings it asks about.

    Args:
        speaks_of_meetings: whether it has a word for a meeting or for meeting.
        is_plural: whether that word is a plural.
        ordinals: of the meetings.
        has_tied_ordinal: whether an ordinal stands with the word for the meeting ("III meeting").
        places: where they met.
        is_virtual: whether they are said to be virtual.
        dates: when they met, as far as the question says, whole years left out.
        years: in which they met, or of the programmes that plan them.
        kinds: seminar, course and so on; empty for meetings of any kind.
        bodies: other bodies that are named.
        stems: of the words that tell these meetings from others, in English.
        spans_years: whether it asks for all years from one to another.
        english: the question word by word in English, without its dates and places.
    """

    speaks_of_meetings: bool
    is_plural: bool
    ordinals: frozenset[int]
    has_tied_ordinal: bool
    places: tuple[Location, ...]
    is_virtual: bool
    dates: tuple[DateRange, ...]
    years: frozenset[int]
    kinds: frozenset[MeetingKind]
    bodies: frozenset[Body]
    stems: frozenset[str]
    spans_years: bool
    english: str

    @property
    def is_specific(self) -> bool:
        """Whether it says anything that tells one meeting from another."""
        return bool(
            self.ordinals or self.places or self.is_virtual or self.dates or self.bodies or self.kinds or self.stems
        )


@dataclass(frozen=True, slots=True)
class NamedMeeting:
    """A meeting beside the words that it can be named by.

    Args:
        entry: the meeting.
        names: stems of each name it is given, in English.
        stems: of all its names and of the activity it belongs to, in English.
        bodies: other bodies in its names.
        kinds: of gathering that it is, or is called in one of its names.
    """

    entry: MeetingEntry
    names: tuple[frozenset[str], ...]
    stems: frozenset[str]
    bodies: frozenset[Body]
    kinds: frozenset[MeetingKind]


@dataclass(frozen=True, slots=True)
class Fit:
    """The meetings that a question fits, and how well.

    Args:
        entries: those that it fits equally well, best known first.
        share: share of the words of the question that name them, from 0 to 1.
    """

    entries: tuple[MeetingEntry, ...]
    share: float

    @property
    def is_whole(self) -> bool:
        """Whether every word of the question that could name a meeting names these."""
        return self.share == 1.0


def understand_meetings(text: str, language: str, *, years: Collection[int], translate: Translate) -> MeetingQuery:
    """Return what a question says of meetings.

    Args:
        text: the question.
        language: of the question.
        years: that it names.
        translate: gives (text, its language) in English.
    """
    dates = [found for found in find_dates(text) if len(found.range.start) != len("2003")]
    places = find_locations(text)
    ordinals = find_ordinals(text)
    tied = {meeting.ordinal for meeting in find_meetings(text)}
    spans = [(d.start, d.end) for d in find_dates(text)] + [(p.start, p.end) for p in places]
    english = translate(_without(text, spans), language) if language != "en" else _without(text, spans)
    bare = {o.number for o in ordinals if o.is_roman or _FIRST_TIME.search(english) or _is_in_brackets(text, o)}
    nouns = [found.group() for found in _NOUN.finditer(english)]
    return MeetingQuery(
        speaks_of_meetings=bool(nouns),
        is_plural=any(_PLURAL.fullmatch(noun) for noun in nouns),
        ordinals=frozenset(tied or bare),
        has_tied_ordinal=bool(tied),
        places=places,
        is_virtual=find_virtual(text) is not None,
        dates=tuple(found.range for found in dates),
        years=frozenset(years) | _years_between(text),
        kinds=_kinds_in(" ".join(nouns)),
        bodies=bodies_of(text),
        stems=_stems(english) - _FRAME,
        spans_years=bool(_years_between(text)),
        english=english,
    )


def named_meetings(entries: Iterable[MeetingEntry], translate: Translate) -> tuple[NamedMeeting, ...]:
    """Return meetings with the words that they can be named by."""
    return tuple(_named(entry, translate) for entry in entries)


def meetings_meant(query: MeetingQuery, meetings: Sequence[NamedMeeting]) -> Fit:
    """Return the meetings that a question about one of them fits best; none where half its words name none."""
    if not query.speaks_of_meetings or not query.is_specific:
        return Fit((), 0.0)
    possible = [m for m in meetings if can_be(query, m) or _can_be_unplaced(query, m)]
    share = max((_share(query, m) for m in possible), default=0.0)
    if share < _LEAST_SHARE:
        return Fit((), 0.0)
    best = [m for m in possible if _share(query, m) == share]
    closest = max(_closeness(query, m) for m in best)
    kept = [m for m in best if _closeness(query, m) >= closest - _AS_CLOSE]
    return Fit(_merged(kept + [m for m in possible if _is_bare_mention(query, m) and m not in kept]), share)


def meetings_near(query: MeetingQuery, meetings: Sequence[NamedMeeting]) -> tuple[MeetingEntry, ...]:
    """Return the meetings that a question may be about, to be read up on: those named by half its words or more."""
    if not query.speaks_of_meetings or not (query.ordinals or query.dates or query.places or len(query.stems) > 1):
        return ()
    fitting = [m for m in meetings if can_be(query, m) and _share(query, m) >= _LEAST_SHARE]
    fitting.sort(key=lambda m: (-_share(query, m), -_closeness(query, m)))
    return tuple(m.entry for m in fitting[:_MOST_NEAR])


def meetings_listed(query: MeetingQuery, meetings: Sequence[NamedMeeting]) -> tuple[MeetingEntry, ...]:
    """Return every meeting that has all that a question says of meetings."""
    fitting = (m for m in meetings if can_be(query, m) and _share(query, m) == 1.0)
    return tuple(m.entry for m in fitting if m.entry.years or not query.years)


def can_be(query: MeetingQuery, meeting: NamedMeeting) -> bool:
    """Tell whether nothing that a question says of a meeting rules one out."""
    entry = meeting.entry
    return (
        (not query.ordinals or entry.ordinal in query.ordinals)
        and (not query.kinds or bool(query.kinds & meeting.kinds))
        and query.bodies <= meeting.bodies
        and (not query.places or any(_is_in(place, entry) for place in query.places))
        and (not query.is_virtual or _is_virtual(entry))
        and (not query.years or not entry.years or bool(query.years & _years_of(entry)))
        and all(_can_be_at(dates, entry) for dates in query.dates)
    )


_LEAST_SHARE = 0.5
_AS_CLOSE = 0.2
_MOST_NEAR = 3
_SAME_NAME = 0.6


def _can_be_unplaced(query: MeetingQuery, meeting: NamedMeeting) -> bool:
    """Tell whether a meeting whose place no document gives is the one of a date and place that are asked for."""
    has_no_place = not meeting.entry.variants.get(Attribute.LOCATION)
    return bool(query.places and query.dates) and has_no_place and can_be(replace(query, places=()), meeting)


def _is_bare_mention(query: MeetingQuery, meeting: NamedMeeting) -> bool:
    """Tell whether a plan's "IV Regional Meeting" is the one asked for by its ordinal and the activity it stands in."""
    return query.has_tied_ordinal and not any(meeting.names) and _share(query, meeting) >= _LEAST_SHARE


def _merged(meetings: Sequence[NamedMeeting]) -> tuple[MeetingEntry, ...]:
    """Return the meetings with those as one that two languages, or a plan and a report, give to the register twice."""
    groups: list[list[NamedMeeting]] = []
    for meeting in meetings:
        known = next((group for group in groups if all(_are_one(meeting, other) for other in group)), None)
        if known is None:
            groups.append([meeting])
        else:
            known.append(meeting)
    return tuple(
        group[0].entry if len(group) == 1 else merged_entry([r for m in group for r in m.entry.records])
        for group in groups
    )


def _are_one(one: NamedMeeting, other: NamedMeeting) -> bool:
    """Tell whether two entries have the ordinal, the name in English and the year of one meeting."""
    if one.entry.ordinal is None or one.entry.ordinal != other.entry.ordinal:
        return False
    years, others = set(one.entry.years), set(other.entry.years)
    is_bare = not any(one.names) or not any(other.names)
    alike = is_bare or any(shared_share(a, b) >= _SAME_NAME for a in one.names for b in other.names)
    return alike and (not years or not others or bool(years & others))


def _named(entry: MeetingEntry, translate: Translate) -> NamedMeeting:
    spoken = dict.fromkeys((record.name, record.language) for record in entry.records)
    names = [_in_english(name, language, translate) for name, language in spoken]
    subjects = dict.fromkeys((r.subject, r.language) for r in entry.records if r.subject)
    themes = (_stems(_in_english(subject, language, translate)) for subject, language in subjects)
    stems = tuple(_stems(name) for name in names)
    return NamedMeeting(
        entry,
        names=stems,
        stems=frozenset().union(*stems, *themes),
        bodies=frozenset(body for record in entry.records for body in bodies_of(record.name)),
        kinds=_kinds_in(" ".join(names)) | {entry.kind},
    )


def _kinds_in(english: str) -> frozenset[MeetingKind]:
    return frozenset(k for k, words in _KINDS.items() if re.search(rf"\b(?:{words})\b", english, re.IGNORECASE))


def _in_english(text: str, language: str, translate: Translate) -> str:
    return text if language == "en" else translate(text, language)


def _stems(english: str) -> frozenset[str]:
    return theme_stems(_without_ordinals(english))


def _without_ordinals(text: str) -> str:
    return _without(text, [(found.start, found.end) for found in find_ordinals(text)])


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def _years_between(text: str) -> frozenset[int]:
    """Return every year of "from 2017 to 2019", whichever is named first."""
    ranges = [d.range for d in find_dates(text) if f"{d.range.start}{d.range.end}".isdecimal()]
    return frozenset(
        year for r in ranges for year in range(min(int(r.start), int(r.end)), max(int(r.start), int(r.end)) + 1)
    )


def _is_in_brackets(text: str, ordinal: Ordinal) -> bool:
    return text.count("(", 0, ordinal.start) > text.count(")", 0, ordinal.start)


def _share(query: MeetingQuery, meeting: NamedMeeting) -> float:
    return len(query.stems & meeting.stems) / len(query.stems) if query.stems else 1.0


def _closeness(query: MeetingQuery, meeting: NamedMeeting) -> float:
    """Return how much of the name that a meeting is best known by the question gives."""
    return max((len(query.stems & name) / len(name) for name in meeting.names if name), default=0.0)


def _is_in(place: Location, entry: MeetingEntry) -> bool:
    held = [found for v in entry.variants.get(Attribute.LOCATION, ()) for found in find_locations(v.value)]
    return any(
        (place.city and place.city == other.city) or (not place.city and place.country == other.country)
        for other in held
    )


def _is_virtual(entry: MeetingEntry) -> bool:
    return any(v.value == "virtual" for v in entry.variants.get(Attribute.LOCATION, ()))


def _years_of(entry: MeetingEntry) -> frozenset[int]:
    planned = (record.programme_year for record in entry.planned)
    return frozenset((*entry.years, *(year for year in planned if year)))


def _can_be_at(asked: DateRange, entry: MeetingEntry) -> bool:
    held = [dates_of_value(v.value) for v in entry.variants.get(Attribute.DATES, ())]
    return any(_meet(asked, dates) for dates in held)


def _meet(asked: DateRange, held: DateRange) -> bool:
    """Tell whether a meeting can fall within the days that are asked for, whichever end of them is named first."""
    if asked.start == asked.end or asked.start.startswith("--") or held.start.startswith("--"):
        return dates_can_be_same(asked, held)
    first, last = sorted((asked.start, asked.end))
    return first_day(first) <= last_day(held.end) and first_day(held.start) <= last_day(last)
