"""Reads plain text: every physical line as it stands."""

import re

from ingest.documents import LineKind, SourceDocument, SourceLine

_MARKER = re.compile(r"(?:[-–—•·*o]|\(?[0-9]{1,3}[.)]|\(?[A-Za-z][.)]|\(?[ivxIVX]{1,6}[.)])")


def read_plain_text(text: str) -> SourceDocument:
    """Return the lines of `text`, none of them taken for a whole paragraph."""
    return SourceDocument("text", tuple(_line(raw) for raw in text.splitlines()))


def tab_cells(line: str) -> tuple[str, ...]:
    """Return the cells of a line whose tabs look like a table's, nothing where they do not.

    An indent is no cell, nor is a list marker before a tab.
    """
    cells = tuple(stripped for cell in line.split("\t") if (stripped := cell.strip()))
    if len(cells) == 2 and _MARKER.fullmatch(cells[0]):
        return ()
    return cells if len(cells) > 1 else ()


def _line(raw: str) -> SourceLine:
    text = raw.strip().replace("\t", " ")
    if not text:
        return SourceLine("", kind=LineKind.BLANK)
    cells = tab_cells(raw)
    if cells:
        return SourceLine(" | ".join(cells), kind=LineKind.TABLE_ROW, complete=True)
    return SourceLine(text)
