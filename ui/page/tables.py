"""Tables as values: rows of cells that lead to their places, and how they are searched, sorted and paged."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from ingest.normalisation import fold
from ingest.registers.entries import RegisterPlace

ROWS_A_PAGE = 50
DESCENDING = "-"

Order = tuple[float, str]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words in a cell, and where it leads.

    Args:
        words: shown letter by letter, whatever mark-up they hold.
        place: of a document, where the words stand; None if they are ours.
        address: of another page that they lead to; empty if there is none.
        hint: what the link leads to, where the words do not say so.
        language: of the words where it is not that of the interface, ISO 639-1.
    """

    words: str
    place: RegisterPlace | None = None
    address: str = ""
    hint: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row.

    Args:
        pieces: one below the other; beside each other where `separator` is given.
        order: what the column is sorted by; None for a cell that says nothing and always comes last.
        separator: between pieces on one line.
        mark: key of the mark in front of the words, see `marks.py`; empty for none.
    """

    pieces: tuple[Piece, ...] = ()
    order: Order | None = None
    separator: str = ""
    mark: str = ""

    @property
    def words(self) -> str:
        """All words of the cell."""
        return (self.separator or " / ").join(piece.words for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Args:
        key: its name in addresses and files.
        title: its heading.
        is_sortable: whether its heading sorts the rows.
        is_number: whether its cells are numbers, which stand to the right.
        is_head: whether its cells name their row.
        is_code: whether its cells are long names without blanks, broken anywhere.
    """

    key: str
    title: str
    is_sortable: bool = True
    is_number: bool = False
    is_head: bool = False
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, and rows with a cell for each of them."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def matching(self, text: str) -> "Table":
        """Return the rows that hold every word of a search, whatever its case and accents."""
        wanted = fold(text).split()
        kept = tuple(row for row in self.rows if _holds(row, wanted))
        return replace(self, rows=kept)

    def sorted_by(self, sorting: str) -> "Table":
        """Return the rows sorted by a column, "dates" or "-dates" for the reverse; as they are if there is none such.

        Rows that say nothing in this column come last either way.
        """
        key = sorting.removeprefix(DESCENDING)
        at = next((i for i, column in enumerate(self.columns) if column.key == key and column.is_sortable), None)
        if at is None:
            return self
        said = [row for row in self.rows if row[at].order is not None]
        silent = [row for row in self.rows if row[at].order is None]
        ordered = sorted(said, key=lambda row: row[at].order or (0.0, ""), reverse=sorting.startswith(DESCENDING))
        return replace(self, rows=(*ordered, *silent))

    def page(self, number: int) -> "Table":
        """Return one page of the rows, the nearest there is."""
        first = (min(max(number, 1), self.page_count) - 1) * ROWS_A_PAGE
        return replace(self, rows=self.rows[first : first + ROWS_A_PAGE])

    @property
    def page_count(self) -> int:
        """How many pages the rows fill."""
        return max(ceil(len(self.rows) / ROWS_A_PAGE), 1)


def plain_cell(words: str, *, mark: str = "") -> Cell:
    """Return a cell of ours that leads nowhere."""
    return Cell((Piece(words),) if words else (), (0.0, fold(words)) if words else None, mark=mark)


def number_cell(number: int, piece: Piece | None = None) -> Cell:
    """Return a cell that is sorted by its number."""
    return Cell((piece or Piece(str(number)),), (float(number), ""))


def text_cell(pieces: Sequence[Piece], *, separator: str = "") -> Cell:
    """Return a cell that is sorted by its words."""
    return Cell(tuple(pieces), (0.0, fold(pieces[0].words)) if pieces else None, separator)


def _holds(row: Sequence[Cell], wanted: Sequence[str]) -> bool:
    held = fold(" ".join(cell.words for cell in row))
    return all(word in held for word in wanted)
