"""A comparison of two programmes as a CSV file, every cell with its place."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from assistant.registers import Aspect, Comparison, ComparisonRow
from ingest.registers.activity_entries import ActivityEntry
from ingest.registers.continuity import Continuity
from ingest.registers.paragraphs import Cited
from ui.page.library import Library
from ui.page.programme_tables import DETAILS

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def comparison_csv(comparison: Comparison, marks: Iterable[Continuity], library: Library) -> bytes:
    """Return the rows of some marks as CSV that spreadsheets open with its accents; all rows if no mark is named."""
    wanted = set(marks) or set(Continuity)
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(_header(comparison, library))
    for row in comparison.rows:
        if row.continuity in wanted:
            writer.writerow([harmless(cell) for cell in _cells(row, library)])
    return file.getvalue().encode("utf-8-sig")


def harmless(words: str) -> str:
    """Return words so that a spreadsheet takes none of them for a formula."""
    return f"'{words}" if words.startswith(_FORMULA_SIGNS) else words


def _header(comparison: Comparison, library: Library) -> list[str]:
    say = library.say
    names = [say("programmes.code"), *(say(f"programmes.{aspect.value}") for aspect in (Aspect.TITLE, *DETAILS))]
    years = (comparison.earlier_year, comparison.later_year)
    return [say("programmes.mark"), *(f"{year} {name}" for year in years for name in (*names, say("register.source")))]


def _cells(row: ComparisonRow, library: Library) -> Iterator[str]:
    yield library.say(f"programmes.{row.continuity.value}")
    for side, entry in enumerate((row.earlier, row.later)):
        yield entry.code if entry else ""
        for aspect in (Aspect.TITLE, *DETAILS):
            yield _joined(row.cells(aspect)[side])
        yield _source(entry, library)


def _joined(cell: tuple[Cited, ...] | None) -> str:
    return " | ".join(cited.words for cited in cell or ())


def _source(entry: ActivityEntry | None, library: Library) -> str:
    if entry is None:
        return ""
    card = library.cards[entry.document_id]
    symbol = f", {card.metadata.symbol}" if card.metadata.symbol else ""
    return f"{library.hint(entry.place)}{symbol} ({card.file})"
