"""The parts that entry pages of decisions and meetings share: facts, disagreements, sayings and the timeline."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.registers.entries import Attribute, Disagreement, RegisterPlace, Variant
from ui.page.library import Library, Span, dates_in_words
from ui.page.tables import Cell, Column, Piece, Table, plain_cell

Variants = Mapping[Attribute, Sequence[Variant]]


@dataclass(frozen=True, slots=True)
class Saying:
    """What one document says of an entry.

    Args:
        document_id: the document.
        title: of the document, leading to its beginning.
        facts: kind, status, date and language, in words.
        quotations: its own words, each leading to its place; not one twice.
    """

    document_id: str
    title: Piece
    facts: str
    quotations: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """One year of a timeline.

    Args:
        year: of the documents; "" for documents without one.
        documents: each with the places in it, by page.
    """

    year: str
    documents: tuple[tuple[Piece, tuple[Piece, ...]], ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a document that speak of an entry: the place that names it and the spans around."""

    place: RegisterPlace
    spans: tuple[Span, ...]


def facts_table(variants: Variants, attributes: Iterable[Attribute], library: Library) -> Table:
    """Return what is stated of an entry: each attribute with its values and the documents that state them."""
    say = library.say
    columns = (
        Column("attribute", say("register.attribute"), is_sortable=False, is_head=True),
        Column("value", say("register.value"), is_sortable=False),
        Column("stated", say("register.stated_in"), is_sortable=False),
    )
    rows = tuple(
        (plain_cell(attribute_name(attribute, library)), Cell((library.value(variant),)), _statements(variant, library))
        for attribute in attributes
        for variant in variants.get(attribute, ())
    )
    return Table(say("register.facts"), columns, rows)


def disagreement_table(disagreement: Disagreement, library: Library) -> Table:
    """Return values that cannot all be right side by side, a column for each, with every place that states it."""
    shown = [library.value(variant).words for variant in disagreement.variants]
    columns = tuple(Column(f"value{i}", words, is_sortable=False) for i, words in enumerate(shown))
    row = tuple(_statements(variant, library, with_words=True) for variant in disagreement.variants)
    caption = library.say("register.disagreement", what=attribute_name(disagreement.attribute, library))
    return Table(caption, columns, (row,))


def attribute_name(attribute: Attribute, library: Library) -> str:
    """Return what an attribute is called."""
    return library.say(f"register.{attribute.value}")


def sayings(quoted: Iterable[Quoted], library: Library) -> tuple[Saying, ...]:
    """Return what each document says of an entry, by the years of the documents."""
    by_document: dict[str, dict[tuple[Span, ...], Piece]] = defaultdict(dict)
    for each in quoted:
        if each.spans:
            identifier = each.place.document_id
            by_document[identifier].setdefault(each.spans, library.quotation(identifier, each.spans, each.place))
    ordered = library.documents_of([piece.place for p in by_document.values() for piece in p.values() if piece.place])
    return tuple(
        Saying(i, document_piece(i, library), document_facts(i, library), tuple(by_document[i].values()))
        for i in ordered
    )


def timeline(places: Sequence[RegisterPlace], library: Library) -> tuple[Moment, ...]:
    """Return where an entry is mentioned, by year and document."""
    by_year: dict[str, list[tuple[Piece, tuple[Piece, ...]]]] = defaultdict(list)
    for identifier in library.documents_of(places):
        found = [place for place in places if place.document_id == identifier]
        links = tuple(_page_link(place, number, library) for number, place in enumerate(found, start=1))
        by_year[str(library.year(identifier) or "")].append((document_piece(identifier, library), links))
    return tuple(Moment(year, tuple(documents)) for year, documents in by_year.items())


def document_piece(document_id: str, library: Library) -> Piece:
    """Return a document's title, leading to its beginning."""
    return library.piece(library.title(document_id), RegisterPlace(document_id, 0, 0))


def document_facts(document_id: str, library: Library) -> str:
    """Return kind, status, date and language of a document in words."""
    metadata, say = library.cards[document_id].metadata, library.say
    facts = [
        metadata.symbol or "",
        say(f"register.kind_{metadata.kind.value}"),
        say(f"register.status_{metadata.status.value}"),
        document_date(metadata.date, library),
        say(f"register.language_{metadata.language}"),
    ]
    return " · ".join(fact for fact in facts if fact)


def document_date(date: str | None, library: Library) -> str:
    """Return a document's date in words, "" if it has none."""
    return dates_in_words(date, library.language) if date else ""


def _statements(variant: Variant, library: Library, *, with_words: bool = False) -> Cell:
    """Return every place that states a value, one for each document and wording, named by the document."""
    pieces: dict[tuple[str, str], Piece] = {}
    for stated in variant.stated:
        hint = library.hint(stated.place)
        words = f"“{stated.words}” – {hint}" if with_words else hint
        pieces.setdefault((hint, stated.words if with_words else ""), library.piece(words, stated.place, is_ours=True))
    return Cell(tuple(pieces.values()))


def _page_link(place: RegisterPlace, number: int, library: Library) -> Piece:
    words = library.page(place) or library.say("register.mention_number", number=number)
    return library.piece(words, place, is_ours=True)
