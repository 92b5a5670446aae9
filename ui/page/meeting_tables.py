"""The register of meetings as tables: the list of all, and everything that documents say of one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.normalisation import fold
from ingest.registers.entries import Attribute
from ingest.registers.meeting_entries import MeetingEntry, PointKind, Standing
from ingest.registers.meeting_register import meetings_matching
from ui.page.addresses import MEETINGS, address
from ui.page.entry_parts import (
    Moment,
    Quoted,
    Saying,
    disagreement_table,
    document_piece,
    facts_table,
    sayings,
    timeline,
)
from ui.page.library import Library, values_cell
from ui.page.tables import Cell, Column, Piece, Table, number_cell, plain_cell

_FACTS = (
    Attribute.DATES, Attribute.LOCATION, Attribute.VENUE, Attribute.ORGANISERS, Attribute.HOST,
    Attribute.PARTICIPANTS, Attribute.AGENDA,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PointsOfDocument:
    """Conclusions or recommendations as one document reports them, in its order."""

    document: Piece
    points: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class MeetingView:
    """What the page of a meeting shows.

    Args:
        name: its fullest name, leading to where it stands.
        subject: of the activity it belongs to; empty if its name tells.
        ordinal: its number in its series, None if there is none.
        kind: of gathering, in words.
        standing: held, planned or only mentioned.
        facts: what is stated of it.
        disagreements: values that cannot all be right, a table for each attribute.
        conclusions: by the document that reports them.
        recommendations: by the document that reports them.
        reported_in: the documents that are its own note or report.
        sayings: what each document says of it.
        moments: where it is mentioned, by year.
    """

    name: Piece
    subject: str
    ordinal: int | None
    kind: str
    standing: Standing
    facts: Table
    disagreements: tuple[Table, ...]
    conclusions: tuple[PointsOfDocument, ...]
    recommendations: tuple[PointsOfDocument, ...]
    reported_in: tuple[Piece, ...]
    sayings: tuple[Saying, ...]
    moments: tuple[Moment, ...]


def meetings_table(entries: Sequence[MeetingEntry], library: Library) -> Table:
    """Return the list of meetings; each cell leads to the place that it rests on."""
    say = library.say
    columns = (
        Column("dates", say("register.dates")),
        Column("name", say("meetings.name"), is_head=True),
        Column("location", say("register.location")),
        Column("standing", say("meetings.standing")),
        Column("points", say("meetings.points"), is_number=True),
        Column("documents", say("meetings.documents"), is_number=True),
    )
    return Table(say("meetings.caption"), columns, tuple(_row(entry, library) for entry in entries))


def meeting_view(entry: MeetingEntry, library: Library) -> MeetingView:
    """Return everything that the documents say of a meeting."""
    named = next((record for record in entry.records if record.name == entry.name), entry.records[0])
    return MeetingView(
        name=library.piece(entry.name, named.place),
        subject=entry.subject,
        ordinal=entry.ordinal,
        kind=library.say(f"meetings.kind_{entry.kind.value}"),
        standing=entry.standing,
        facts=facts_table(entry.variants, _FACTS, library),
        disagreements=tuple(disagreement_table(each, library) for each in entry.disagreements),
        conclusions=_points(entry, PointKind.CONCLUSION, library),
        recommendations=_points(entry, PointKind.RECOMMENDATION, library),
        reported_in=tuple(document_piece(identifier, library) for identifier in entry.reported_in),
        sayings=sayings([Quoted(record.place, record.sentence) for record in entry.records], library),
        moments=timeline([record.place for record in entry.records], library),
    )


def meeting_id(entry: MeetingEntry) -> str:
    """Return what names a meeting in addresses: the first place that speaks of it, the same while its file is."""
    place = entry.records[0].place
    return f"{place.document_id}-{place.start}"


def find_meeting(entries: Iterable[MeetingEntry], identifier: str) -> MeetingEntry | None:
    """Return the meeting that a place speaks of, None if there is none."""
    for entry in entries:
        if any(f"{record.place.document_id}-{record.place.start}" == identifier for record in entry.records):
            return entry
    return None


def meetings_found(entries: Sequence[MeetingEntry], text: str, year: int | None) -> Sequence[MeetingEntry]:
    """Return the meetings of a year that hold every word of a search; if none does, those that it means, best first."""
    of_year = [entry for entry in entries if year is None or year in entry.years]
    wanted = fold(text).split()
    literally = [entry for entry in of_year if _holds(entry, wanted)]
    return literally or meetings_matching(of_year, text)


def meeting_name(entry: MeetingEntry) -> str:
    """Return the name of a meeting, with its subject where the name says nothing of it."""
    return f"{entry.name} ({entry.subject})" if entry.subject else entry.name


def _holds(entry: MeetingEntry, wanted: Sequence[str]) -> bool:
    stated = (value.words for record in entry.records for value in record.values)
    held = fold(" ".join((*(record.name for record in entry.records), entry.subject, *stated)))
    return all(word in held for word in wanted)


def _row(entry: MeetingEntry, library: Library) -> tuple[Cell, ...]:
    disputed = {each.attribute for each in entry.disagreements}
    name = meeting_name(entry)
    own = address(MEETINGS, meeting=meeting_id(entry))
    language = library.language_of(entry.records[0].place.document_id)
    documents = len({record.place.document_id for record in entry.records})
    points = _most_points(entry)
    return (
        values_cell(library, entry.variants.get(Attribute.DATES, ()), is_disputed=Attribute.DATES in disputed),
        Cell((Piece(name, address=own, language=language),), (0.0, name.casefold())),
        values_cell(library, entry.variants.get(Attribute.LOCATION, ()), is_disputed=Attribute.LOCATION in disputed),
        plain_cell(library.say(f"meetings.{entry.standing.value}"), mark=entry.standing.value),
        number_cell(points) if points else Cell(),
        number_cell(documents),
    )


def _most_points(entry: MeetingEntry) -> int:
    """Return how many conclusions and recommendations the document reports that reports most."""
    counted = Counter(point.place.document_id for point in entry.points)
    return max(counted.values(), default=0)


def _points(entry: MeetingEntry, kind: PointKind, library: Library) -> tuple[PointsOfDocument, ...]:
    of_kind = [point for point in entry.points if point.kind is kind]
    return tuple(
        PointsOfDocument(
            document_piece(identifier, library),
            tuple(
                library.quotation(identifier, point.spans, point.place)
                for point in of_kind
                if point.place.document_id == identifier
            ),
        )
        for identifier in library.documents_of([point.place for point in of_kind])
    )
