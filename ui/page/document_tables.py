"""The documents as tables: what is in the index, and what could not be read and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from ingest.catalogue import DocumentCard
from ingest.registers.entries import RegisterPlace
from ui.page.entry_parts import document_date
from ui.page.library import Library, Say, dates_in_words
from ui.page.tables import Cell, Column, Piece, Table, number_cell, plain_cell, text_cell

_STAMP = "%Y%m%dT%H%M%S%fZ"


@dataclass(frozen=True, slots=True)
class IndexAge:
    """When an index was made.

    Args:
        generation: its id.
        made: moment, UTC; None if the id tells none.
    """

    generation: str
    made: datetime | None

    def words(self, language: str, say: Say) -> str:
        """Return the moment in words, the id where it tells none."""
        if self.made is None:
            return self.generation
        return say(
            "documents.at",
            date=dates_in_words(self.made.date().isoformat(), language),
            time=self.made.strftime("%H:%M"),
        )


def index_age(generation: str) -> IndexAge:
    """Return when a generation was made; its id follows the clock."""
    try:
        made = datetime.strptime(generation, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return IndexAge(generation, None)
    return IndexAge(generation, made)


def documents_table(cards: Iterable[DocumentCard], library: Library) -> Table:
    """Return the documents; each title leads to its beginning."""
    say = library.say
    names = ("title", "symbol", "kind", "status", "date", "language", "pages", "file")
    columns = tuple(
        Column(
            name,
            say(f"documents.{name}"),
            is_number=name == "pages",
            is_head=name == "title",
            is_code=name in {"file", "symbol"},
        )
        for name in names
    )
    return Table(say("documents.caption"), columns, tuple(_row(card, library) for card in cards))


def rejected_table(rejections: Mapping[str, str], say: Say) -> Table:
    """Return the files that are not in the index, and why."""
    columns = (
        Column("file", say("documents.file"), is_sortable=False, is_head=True, is_code=True),
        Column("reason", say("documents.reason"), is_sortable=False),
    )
    rows = tuple((plain_cell(file, mark="rejected"), plain_cell(reason)) for file, reason in sorted(rejections.items()))
    return Table(say("documents.rejected"), columns, rows)


def _row(card: DocumentCard, library: Library) -> tuple[Cell, ...]:
    metadata, say = card.metadata, library.say
    date = metadata.date or ""
    return (
        text_cell([library.piece(metadata.title, RegisterPlace(card.id, 0, 0))]),
        plain_cell(metadata.symbol or ""),
        plain_cell(say(f"register.kind_{metadata.kind.value}")),
        plain_cell(say(f"register.status_{metadata.status.value}")),
        Cell((Piece(document_date(date, library)),), (0.0, date)) if date else Cell(),
        plain_cell(say(f"register.language_{metadata.language}")),
        _pages(card, library),
        plain_cell(card.file),
    )


def _pages(card: DocumentCard, library: Library) -> Cell:
    if not card.page_count:
        return Cell()
    if not card.pages_without_text:
        return number_cell(card.page_count)
    missing = ", ".join(map(str, card.pages_without_text))
    told = Piece(library.say("documents.no_text", pages=missing))
    return Cell((Piece(str(card.page_count)), told), (float(card.page_count), ""))
