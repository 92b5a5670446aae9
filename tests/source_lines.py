"""Makes source documents out of plain strings, so that layout can be tested without the readers."""

from ingest.documents import LineKind, SourceDocument, SourceLine


def lines_of(text: str, *, page: int | None = None) -> tuple[SourceLine, ...]:
    """Return the lines of `text` as a plain text reader gives them."""
    return tuple(_line(line.strip(), page) for line in text.splitlines())


def _line(text: str, page: int | None) -> SourceLine:
    return SourceLine(text, page, LineKind.TEXT if text else LineKind.BLANK)


def text_source(text: str) -> SourceDocument:
    """Return a plain text document."""
    return SourceDocument("text", lines_of(text))


def paged_source(*pages: str, labels: tuple[str | None, ...] = ()) -> SourceDocument:
    """Return a PDF-like document, one string a page."""
    lines = tuple(line for number, page in enumerate(pages, start=1) for line in lines_of(page, page=number))
    return SourceDocument("pdf", lines, labels)


def marked_source(*lines: SourceLine) -> SourceDocument:
    """Return a Markdown-like document out of whole paragraphs."""
    return SourceDocument("markdown", lines)


def paragraph(text: str) -> SourceLine:
    """Return a paragraph on one line."""
    return SourceLine(text, complete=True)


def heading(text: str, level: int = 1) -> SourceLine:
    """Return a marked-up heading."""
    return SourceLine(text, kind=LineKind.HEADING, level=level, complete=True)


def row(*cells: str) -> SourceLine:
    """Return a table row."""
    return SourceLine(" | ".join(cells), kind=LineKind.TABLE_ROW, complete=True)
