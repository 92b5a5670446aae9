"""What the register of meetings holds: mentions, what they state, conclusions, and whole entries."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from ingest.registers.entries import Attribute, Disagreement, RegisterPlace, StatedValue, Variant


class MeetingKind(StrEnum):
    """What kind of gathering a meeting is."""

    MEETING = "meeting"
    SESSION = "session"
    SUMMIT = "summit"
    SEMINAR = "seminar"
    WORKSHOP = "workshop"
    CONFERENCE = "conference"
    FORUM = "forum"
    COURSE = "course"
    COLLOQUIUM = "colloquium"
    PANEL = "panel"


class Standing(StrEnum):
    """Whether a document speaks of a meeting as held, as planned, or leaves it open."""

    HELD = "held"
    PLANNED = "planned"
    MENTIONED = "mentioned"


class PointKind(StrEnum):
    """What a numbered outcome of a meeting is."""

    CONCLUSION = "conclusion"
    RECOMMENDATION = "recommendation"


@dataclass(frozen=True, slots=True)
class MeetingPoint:
    """One conclusion or recommendation of a meeting, whole.

    Args:
        kind: which of the two.
        number: as the document numbers it; empty where it does not.
        spans: of canonical text, items nested below it included.
        place: from its first character to its last.
    """

    kind: PointKind
    number: str
    spans: tuple[tuple[int, int], ...]
    place: RegisterPlace


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """One place where a document speaks of a meeting.

    Args:
        name: as given there, or, where only "this meeting" or an ordinal stands, the name it takes up.
        kind: of gathering.
        ordinal: its number in its series, None if none is given.
        standing: held or planned, as this place speaks of it.
        place: the words that name it or take it up.
        sentence: spans of the sentence, list item or row it stands in.
        values: what is stated of it here.
        points: conclusions or recommendations that the document reports of it here.
        is_report: whether the document is the meeting's own note or report.
        activity: code of the activity it stands under; empty if none.
        subject: title of that activity; empty if none.
        programme_year: year of the work programme that the document is, None if it is none.
        language: of the document, ISO 639-1.
    """

    name: str
    kind: MeetingKind
    ordinal: int | None
    standing: Standing
    place: RegisterPlace
    sentence: tuple[tuple[int, int], ...]
    values: tuple[StatedValue, ...]
    points: tuple[MeetingPoint, ...]
    is_report: bool
    activity: str
    subject: str
    programme_year: int | None
    language: str

    def stated(self, attribute: Attribute) -> tuple[StatedValue, ...]:
        """Return what is stated here of one attribute."""
        return tuple(value for value in self.values if value.attribute is attribute)


@dataclass(frozen=True, slots=True)
class MeetingEntry:
    """A meeting as the whole corpus speaks of it.

    Args:
        name: its fullest name.
        kind: of gathering.
        subject: title of the activity it belongs to, where its own name says nothing of its topic; otherwise empty.
        ordinal: its number in its series, None if no document gives one.
        records: every place that speaks of it, by document and in reading order.
        variants: the distinct values of each attribute that is stated at all.
        disagreements: the attributes whose values cannot all be right.
        points: conclusions or recommendations reported of it.
        reported_in: ids of the documents that are its own note or report.
    """

    name: str
    kind: MeetingKind
    subject: str
    ordinal: int | None
    records: tuple[MeetingRecord, ...]
    variants: Mapping[Attribute, tuple[Variant, ...]]
    disagreements: tuple[Disagreement, ...]
    points: tuple[MeetingPoint, ...]
    reported_in: tuple[str, ...]

    @property
    def standing(self) -> Standing:
        """Held if any place says so, else planned if any does."""
        found = {record.standing for record in self.records}
        return next(s for s in (Standing.HELD, Standing.PLANNED, Standing.MENTIONED) if s in found)

    @property
    def planned(self) -> tuple[MeetingRecord, ...]:
        """The places that plan it."""
        return tuple(record for record in self.records if record.standing is Standing.PLANNED)

    @property
    def held(self) -> tuple[MeetingRecord, ...]:
        """The places that speak of it as held."""
        return tuple(record for record in self.records if record.standing is Standing.HELD)

    @property
    def years(self) -> tuple[int, ...]:
        """Every year that a document gives it, from its dates, else from the programme that plans it."""
        stated = {part[:4] for v in self.variants.get(Attribute.DATES, ()) for part in v.value.split("/")}
        dated = {int(year) for year in stated if year.isdigit()}
        return tuple(sorted(dated or {record.programme_year for record in self.planned if record.programme_year}))


def to_json(entry: MeetingRecord | MeetingEntry) -> str:
    """Return `entry` as JSON that `meeting_from_json` or `meeting_entry_from_json` takes back."""
    return json.dumps(asdict(entry), ensure_ascii=False)


def meeting_from_json(text: str) -> MeetingRecord:
    """Rebuild a record from its JSON."""
    return _record(json.loads(text))


def meeting_entry_from_json(text: str) -> MeetingEntry:
    """Rebuild an entry from its JSON."""
    data = json.loads(text)
    return MeetingEntry(
        name=data["name"],
        kind=MeetingKind(data["kind"]),
        subject=data["subject"],
        ordinal=data["ordinal"],
        records=tuple(_record(each) for each in data["records"]),
        variants={Attribute(key): _variants(values) for key, values in data["variants"].items()},
        disagreements=tuple(
            Disagreement(Attribute(each["attribute"]), _variants(each["variants"])) for each in data["disagreements"]
        ),
        points=tuple(_point(each) for each in data["points"]),
        reported_in=tuple(data["reported_in"]),
    )


def _record(data: dict[str, Any]) -> MeetingRecord:
    built = {
        "kind": MeetingKind(data["kind"]),
        "standing": Standing(data["standing"]),
        "place": RegisterPlace(**data["place"]),
        "sentence": _spans(data["sentence"]),
        "values": tuple(_stated(value) for value in data["values"]),
        "points": tuple(_point(each) for each in data["points"]),
    }
    return MeetingRecord(**(data | built))


def _point(data: dict[str, Any]) -> MeetingPoint:
    return MeetingPoint(PointKind(data["kind"]), data["number"], _spans(data["spans"]), RegisterPlace(**data["place"]))


def _spans(data: Iterable[Iterable[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in data)


def _stated(data: dict[str, Any]) -> StatedValue:
    return StatedValue(Attribute(data["attribute"]), data["value"], data["words"], RegisterPlace(**data["place"]))


def _variants(data: Iterable[dict[str, Any]]) -> tuple[Variant, ...]:
    return tuple(Variant(each["value"], tuple(_stated(value) for value in each["stated"])) for each in data)
