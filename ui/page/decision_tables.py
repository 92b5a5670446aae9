"""The register of decisions as tables: the list of all, and everything that documents say of one."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.identifiers import body_name
from ingest.registers.entries import Attribute, DecisionEntry, RegisterPlace
from ui.page.addresses import DECISIONS, address
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

_LISTED = (Attribute.TITLE, Attribute.SESSION, Attribute.DATES, Attribute.LOCATION)


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What the page of a decision shows.

    Args:
        number: of the decision.
        body: that took it, in the visitor's language.
        is_own: whether it is SELA's.
        held_in: the documents that hold its text; empty where they only refer to it.
        facts: what is stated of it.
        disagreements: values that cannot all be right, a table for each attribute.
        sayings: what each document says of it.
        moments: where it is mentioned, by year.
        mentions: how many places name it.
    """

    number: int
    body: str
    is_own: bool
    held_in: tuple[Piece, ...]
    facts: Table
    disagreements: tuple[Table, ...]
    sayings: tuple[Saying, ...]
    moments: tuple[Moment, ...]
    mentions: int


def decisions_table(entries: Sequence[DecisionEntry], library: Library) -> Table:
    """Return the list of decisions; each cell leads to the place that it rests on."""
    say = library.say
    columns = (
        Column("number", say("decisions.number"), is_number=True, is_head=True),
        Column("body", say("decisions.body")),
        *(Column(a.value, say(f"register.{a.value}")) for a in _LISTED),
        Column("text", say("decisions.text")),
        Column("mentions", say("decisions.mentions"), is_number=True),
        Column("years", say("decisions.years")),
    )
    return Table(say("decisions.caption"), columns, tuple(_row(entry, library) for entry in entries))


def decision_view(entry: DecisionEntry, library: Library) -> DecisionView:
    """Return everything that the documents say of a decision."""
    quoted = [Quoted(mention.place, mention.mandate or mention.sentence) for mention in entry.mentions]
    places = [mention.place for mention in entry.mentions]
    return DecisionView(
        number=entry.number,
        body=body_name(entry.body, library.language),
        is_own=entry.body.is_own,
        held_in=tuple(document_piece(identifier, library) for identifier in entry.held_in),
        facts=facts_table(entry.variants, _LISTED, library),
        disagreements=tuple(disagreement_table(each, library) for each in entry.disagreements),
        sayings=sayings(quoted, library),
        moments=timeline(places, library),
        mentions=len(places),
    )


def decision_address(entry: DecisionEntry) -> str:
    """Return the address of a decision's page; the body is named where it is not SELA's own."""
    return address(DECISIONS, number=entry.number, body=None if entry.body.is_own else entry.body.value)


def _row(entry: DecisionEntry, library: Library) -> tuple[Cell, ...]:
    disputed = {each.attribute for each in entry.disagreements}
    own = decision_address(entry)
    hint = library.say("decisions.open", number=entry.number)
    return (
        number_cell(entry.number, Piece(str(entry.number), address=own, hint=hint)),
        plain_cell(body_name(entry.body, library.language)),
        *(values_cell(library, entry.variants.get(a, ()), is_disputed=a in disputed) for a in _LISTED),
        _text_cell(entry, library),
        number_cell(len(entry.mentions), Piece(str(len(entry.mentions)), address=own, hint=hint)),
        _years_cell([mention.place for mention in entry.mentions], library),
    )


def _text_cell(entry: DecisionEntry, library: Library) -> Cell:
    if not entry.held_in:
        return plain_cell(library.say("decisions.referred"), mark="referred")
    first = RegisterPlace(entry.held_in[0], 0, 0)
    held = library.piece(library.say("decisions.held"), first, is_ours=True)
    return Cell((held,), (1.0, ""), mark="held")


def _years_cell(places: Sequence[RegisterPlace], library: Library) -> Cell:
    """Return the years of the documents that name it, each leading to the first place of that year."""
    first: dict[int, RegisterPlace] = {}
    for place in places:
        year = library.year(place.document_id)
        if year is not None:
            first.setdefault(year, place)
    pieces = tuple(library.piece(str(year), first[year], is_ours=True) for year in sorted(first))
    return Cell(pieces, (float(min(first)), "") if first else None, separator=", ")
