"""The register of meetings over all documents: mentions merged, disagreements found, entries looked up."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

from ingest.documents import Document
from ingest.identifiers import LANGUAGES, DateRange, find_dates, find_meetings, find_ordinals, find_years
from ingest.normalisation import fold
from ingest.registers.entries import Attribute, Disagreement, StatedValue, Variant
from ingest.registers.meeting_entries import MeetingEntry, MeetingKind, MeetingRecord, Standing
from ingest.registers.meeting_names import find_meeting_names
from ingest.registers.meeting_places import find_locations, same_location
from ingest.registers.meeting_series import bodies_of, name_similarity, series_stems, shared_share, stem
from ingest.registers.meeting_values import dates_of_value

_SAME_SERIES = 0.6
_SAME_NAME = 0.75
_LEAST_STEMS = 2
_MERGED_ATTRIBUTES = (
    Attribute.DATES,
    Attribute.LOCATION,
    Attribute.VENUE,
    Attribute.ORGANISERS,
    Attribute.HOST,
    Attribute.PARTICIPANTS,
    Attribute.AGENDA,
)
_LIKE_A_MEETING = frozenset(
    {MeetingKind.MEETING, MeetingKind.SEMINAR, MeetingKind.WORKSHOP, MeetingKind.FORUM, MeetingKind.PANEL}
)
_ALIKE = frozenset({MeetingKind.SEMINAR, MeetingKind.WORKSHOP})


def merge_meetings(records: Iterable[MeetingRecord], documents: Iterable[Document]) -> tuple[MeetingEntry, ...]:
    """Return the register: one entry for each meeting, by date, those without a date last.

    Mentions are one meeting when ordinal and series agree, or name and date, or day, place and kind in another
    language. Values that cannot all be right are kept and listed as disagreements.
    """
    order = {document.id: n for n, document in enumerate(documents)}
    ordered = sorted(records, key=lambda r: (order.get(r.place.document_id, len(order)), r.place.start))
    groups: list[list[MeetingRecord]] = []
    for record in sorted(ordered, key=_certainty):
        group = _group_of(record, groups)
        if group is None:
            groups.append([record])
        else:
            group.append(record)
    entries = [merged_entry(sorted(group, key=ordered.index)) for group in groups]
    return tuple(sorted(entries, key=lambda entry: (_first_date(entry), entry.ordinal or 0, fold(entry.name))))


def _certainty(record: MeetingRecord) -> tuple[bool, bool, int]:
    """Order records so that those with most to go by found the groups."""
    return (
        record.ordinal is None,
        not any(len(value.value) >= len("2003-04-07") for value in record.stated(Attribute.DATES)),
        -len(series_stems(record.name)),
    )


def _group_of(record: MeetingRecord, groups: Sequence[list[MeetingRecord]]) -> list[MeetingRecord] | None:
    """Return the first group that holds a mention of the same meeting and none that cannot be."""
    for group in groups:
        if all(_may_be_same(record, other) for other in group) and any(_is_same(record, other) for other in group):
            return group
    return None


def _may_be_same(one: MeetingRecord, other: MeetingRecord) -> bool:
    if one.ordinal and other.ordinal:
        return one.ordinal == other.ordinal and not _other_bodies(one, other)
    if not _placed_alike(one, other) and series_stems(one.name) != series_stems(other.name):
        return False
    return not _other_bodies(one, other) and _dates_agree(one, other)


def _other_bodies(one: MeetingRecord, other: MeetingRecord) -> bool:
    """Tell "II CELAC-EU Summit" from "II Summit of CELAC"; a name without any body can be either's."""
    first, second = bodies_of(one.name), bodies_of(other.name)
    return bool(first and second) and first != second and MeetingKind.SUMMIT in (one.kind, other.kind)


def _is_same(one: MeetingRecord, other: MeetingRecord) -> bool:
    if one.ordinal and one.ordinal == other.ordinal:
        return _same_in_series(one, other)
    if not _kinds_agree(one, other):
        return False
    if _same_day_and_place(one, other):
        return _compatible_names(one, other)
    return _same_by_name(one, other) or _same_in_activity(one, other) or _same_month_abroad(one, other)


def _same_in_series(one: MeetingRecord, other: MeetingRecord) -> bool:
    if one.kind is MeetingKind.SESSION or other.kind is MeetingKind.SESSION:
        return one.kind is other.kind
    if one.kind is not other.kind and {one.kind, other.kind} != _ALIKE:
        return False
    first, second = series_stems(one.name), series_stems(other.name)
    if _same_activity(one, other) and (not first or not second or one.language != other.language):
        return _dates_agree(one, other)
    if shared_share(first, second) >= _SAME_SERIES:
        return True
    if one.kind is MeetingKind.SUMMIT and other.kind is one.kind:
        return bool(bodies_of(one.name) & bodies_of(other.name)) or one.place.document_id == other.place.document_id
    is_translation = one.language != other.language or not first or not second
    return is_translation and _dated_alike(one, other) and _placed_alike(one, other)


def _same_by_name(one: MeetingRecord, other: MeetingRecord) -> bool:
    first, second = series_stems(one.name), series_stems(other.name)
    if min(len(first), len(second)) < _LEAST_STEMS:
        return one.place.document_id == other.place.document_id and bool(first) and first == second
    similarity = len(first & second) / len(first | second)
    if one.kind is not other.kind and similarity < _SAME_NAME:
        alike = {one.kind, other.kind} == _ALIKE and _same_activity(one, other)
        return alike and shared_share(first, second) >= _SAME_SERIES
    if one.ordinal or other.ordinal:
        return shared_share(first, second) >= _SAME_NAME and _dated_alike(one, other) and _both_dated(one, other)
    if _both_dated(one, other):
        return shared_share(first, second) >= _SAME_NAME
    if _same_activity(one, other) and one.standing is other.standing is Standing.PLANNED:
        return shared_share(first, second) >= _SAME_SERIES
    return similarity >= _SAME_NAME and _years_agree(one, other)


def _same_in_activity(one: MeetingRecord, other: MeetingRecord) -> bool:
    """Tell whether a bare "Regional Meeting" of a schedule is the meeting that its activity is named after."""
    bare = not series_stems(one.name) or not series_stems(other.name)
    planned = one.standing is other.standing is Standing.PLANNED
    is_translation = one.language != other.language
    return (bare or is_translation) and planned and _same_activity(one, other) and not (one.ordinal or other.ordinal)


def _same_month_abroad(one: MeetingRecord, other: MeetingRecord) -> bool:
    """Tell whether two languages speak of one meeting: same kind and dates, and place or name alike."""
    if one.language == other.language or one.kind is not other.kind or one.ordinal or other.ordinal:
        return False
    days = {v.value for v in one.stated(Attribute.DATES)} & {v.value for v in other.stated(Attribute.DATES)}
    placed = (
        bool(one.stated(Attribute.LOCATION)) and bool(other.stated(Attribute.LOCATION)) and _placed_alike(one, other)
    )
    return any(len(day) > len("2003") for day in days) and (placed or name_similarity(one.name, other.name) > 0)


def _same_activity(one: MeetingRecord, other: MeetingRecord) -> bool:
    same_programme = one.programme_year is not None and one.programme_year == other.programme_year
    is_there = one.place.document_id == other.place.document_id or same_programme
    return bool(one.activity) and one.activity == other.activity and is_there


def _same_day_and_place(one: MeetingRecord, other: MeetingRecord) -> bool:
    days = {v.value for v in one.stated(Attribute.DATES)} & {v.value for v in other.stated(Attribute.DATES)}
    return any(len(day) >= len("2003-04-07") for day in days) and _placed_alike(one, other)


def _compatible_names(one: MeetingRecord, other: MeetingRecord) -> bool:
    first, second = series_stems(one.name), series_stems(other.name)
    return one.language != other.language or not first or not second or name_similarity(one.name, other.name) > 0


def _kinds_agree(one: MeetingRecord, other: MeetingRecord) -> bool:
    kinds = {one.kind, other.kind}
    return len(kinds) == 1 or kinds <= _LIKE_A_MEETING or kinds == _ALIKE


def _placed_alike(one: MeetingRecord, other: MeetingRecord) -> bool:
    """Tell whether no place stated of one rules out a place stated of the other."""
    first, second = one.stated(Attribute.LOCATION), other.stated(Attribute.LOCATION)
    return not first or not second or any(same_location(a.value, b.value) for a in first for b in second)


def _both_dated(one: MeetingRecord, other: MeetingRecord) -> bool:
    return bool(one.stated(Attribute.DATES)) and bool(other.stated(Attribute.DATES))


def _dated_alike(one: MeetingRecord, other: MeetingRecord) -> bool:
    return _both_dated(one, other) and _dates_agree(one, other)


def _dates_agree(one: MeetingRecord, other: MeetingRecord) -> bool:
    first, second = one.stated(Attribute.DATES), other.stated(Attribute.DATES)
    if not first or not second:
        return _years_agree(one, other)
    return any(dates_can_be_same(dates_of_value(a.value), dates_of_value(b.value)) for a in first for b in second)


def dates_can_be_same(one: DateRange, other: DateRange) -> bool:
    """Tell whether two statements can be of the same days, one of them maybe less precise."""
    coarse, fine = sorted((one, other), key=lambda dates: len(dates.start))
    return (
        one.agrees_with(other)
        or (len(coarse.start) < len(fine.start) and coarse.holds(fine))
        or one.start == other.start
    )


def _years_agree(one: MeetingRecord, other: MeetingRecord) -> bool:
    """Tell whether the years of both, stated or of the programme that plans it, can be one."""
    first, second = _years(one), _years(other)
    return not first or not second or bool(first & second)


def _years(record: MeetingRecord) -> set[int]:
    stated = {dates_of_value(value.value).year for value in record.stated(Attribute.DATES)} - {None}
    planned = {record.programme_year} if record.standing is Standing.PLANNED else set()
    return {year for year in stated or planned if year}


def merged_entry(records: Sequence[MeetingRecord]) -> MeetingEntry:
    """Return the entry of one meeting from every place that speaks of it, in reading order."""
    named = sorted(records, key=lambda r: (not r.is_report, len(r.name) < len("a name"), -len(series_stems(r.name))))
    kinds = [record.kind for record in named if record.kind is not MeetingKind.MEETING]
    variants = {a: found for a in _MERGED_ATTRIBUTES if (found := _variants(a, records))}
    return MeetingEntry(
        name=named[0].name,
        kind=kinds[0] if kinds else MeetingKind.MEETING,
        subject="" if series_stems(named[0].name) else named[0].subject,
        ordinal=next((record.ordinal for record in records if record.ordinal), None),
        records=tuple(records),
        variants=variants,
        disagreements=tuple(_disagreements(variants)),
        points=tuple(point for record in records for point in record.points),
        reported_in=tuple(dict.fromkeys(r.place.document_id for r in records if r.is_report)),
    )


def _variants(attribute: Attribute, records: Iterable[MeetingRecord]) -> tuple[Variant, ...]:
    by_value: dict[str, list[StatedValue]] = defaultdict(list)
    for value in (value for record in records for value in record.stated(attribute)):
        by_value[re.sub(r"[\W]+", " ", fold(value.value)) if attribute is not Attribute.DATES else value.value].append(
            value
        )
    found = [Variant(values[0].value, tuple(values)) for values in by_value.values()]
    return tuple(sorted(found, key=lambda variant: -len(variant.stated)))


def _disagreements(variants: dict[Attribute, tuple[Variant, ...]]) -> Iterable[Disagreement]:
    for attribute in (Attribute.DATES, Attribute.LOCATION):
        clashing = {
            id(variant)
            for one, other in combinations(variants.get(attribute, ()), 2)
            if not _values_agree(attribute, one.value, other.value)
            for variant in (one, other)
        }
        if clashing:
            yield Disagreement(attribute, tuple(v for v in variants[attribute] if id(v) in clashing))


def _values_agree(attribute: Attribute, one: str, other: str) -> bool:
    if attribute is Attribute.DATES:
        return dates_can_be_same(dates_of_value(one), dates_of_value(other)) and not _days_differ(one, other)
    return "virtual" in (one, other) or same_location(one, other)


def _days_differ(one: str, other: str) -> bool:
    """Tell "16 and 17 August" from "16 to 18 August": both name their last day."""
    return "/" in one and "/" in other and len(one) == len(other) and one != other


def _first_date(entry: MeetingEntry) -> str:
    dates = [v.value for v in entry.variants.get(Attribute.DATES, ()) if not v.value.startswith("--")]
    return dates[0] if dates else "9999"


def meetings_matching(
    entries: Iterable[MeetingEntry], text: str, *, year: int | None = None, terms: Collection[str] = ()
) -> tuple[MeetingEntry, ...]:
    """Return the entries that a search names, best first: by ordinal, place, date, year and the stems of its words.

    Args:
        entries: of the register.
        text: a name, part of one, or a question, in any of the four languages; empty for all.
        year: only meetings that a document dates or plans in that year.
        terms: words of the text carried into the languages of the documents, matched like its own.
    """
    asked = _Asked(text, terms)
    scored = [(asked.score(entry), entry) for entry in entries if year is None or year in entry.years]
    if any(asked.is_named_by(entry) for score, entry in scored if score):
        scored = [(score, entry) for score, entry in scored if asked.is_named_by(entry)]
    best = max((score for score, _ in scored), default=0.0)
    floor = 0.0 if asked.is_empty else max(best * 0.6, 0.34)
    return tuple(entry for score, entry in sorted(scored, key=lambda pair: -pair[0]) if score >= floor)


class _Asked:
    """What a search asks of a meeting: ordinal, places, dates and the stems of its words."""

    def __init__(self, text: str, terms: Collection[str]) -> None:
        meetings = find_meetings(text)
        bare = find_ordinals(text)
        self._ordinals = {found.ordinal for found in meetings} or {o.number for o in bare if o.is_roman}
        self._places = find_locations(text)
        self._dates = [found.range for found in find_dates(text, with_years=False)]
        self._years = set(find_years(text))
        self._bodies = bodies_of(text)
        self._kinds = {name.kind for language in LANGUAGES for name in find_meeting_names(text, language)}
        places = {stem(word) for p in self._places for word in re.findall(r"[a-z]+", fold(text[p.start : p.end]))}
        self._stems = series_stems(text) - places
        self._terms = frozenset(stem(fold(term)) for term in terms)
        self.is_empty = not text.strip() and not terms

    def score(self, entry: MeetingEntry) -> float:
        """Return how well an entry fits, 0 where an ordinal, date or year that is asked for is another."""
        if self._ordinals and entry.ordinal not in self._ordinals:
            return 0.0
        if self._years and entry.years and not self._years & set(entry.years):
            return 0.0
        if self._dates and not self._has_date(entry):
            return 0.0
        marks = [bool(self._ordinals), bool(self._dates), bool(self._years and self._years & set(entry.years))]
        words = self._share_of_words(entry)
        of_kind = bool(self._kinds) and entry.kind in self._kinds and (words > 0 or any(marks))
        return sum(marks) * 0.5 + words + 0.7 * self._has_place(entry) + 0.2 * of_kind

    def is_named_by(self, entry: MeetingEntry) -> bool:
        """Tell whether a word, body or place of the search is the entry's."""
        return self._share_of_words(entry) > 0 or self._has_place(entry)

    def _share_of_words(self, entry: MeetingEntry) -> float:
        held = frozenset(
            s for record in entry.records for text in (record.name, record.subject) for s in series_stems(text)
        )
        bodies = frozenset(body for record in entry.records for body in bodies_of(record.name))
        own = len(self._stems & held) / len(self._stems) if self._stems else 0.0
        carried = len(self._terms & held) / len(self._terms) if self._terms else 0.0
        return max(own, carried) + 0.4 * bool(self._bodies & bodies)

    def _has_date(self, entry: MeetingEntry) -> bool:
        held = [dates_of_value(v.value) for v in entry.variants.get(Attribute.DATES, ())]
        return any(dates_can_be_same(asked, dates) for asked in self._dates for dates in held)

    def _has_place(self, entry: MeetingEntry) -> bool:
        held = [place for v in entry.variants.get(Attribute.LOCATION, ()) for place in find_locations(v.value)]
        return any(
            (asked.city and asked.city == place.city) or (not asked.city and asked.country == place.country)
            for asked in self._places
            for place in held
        )
