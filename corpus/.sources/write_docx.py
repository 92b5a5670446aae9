"""Writes a source text as a Word document with heading styles, numbered items and tables."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from docx import Document  # noqa: TID251 (the only place that writes DOCX)
from docx.document import Document as WordDocument  # noqa: TID251
from source_text import Part, PartKind, SourceText

STAMP = (2024, 1, 1, 0, 0, 0)


def write_docx(source: SourceText, path: Path) -> None:
    """Write the document, byte for byte the same each time."""
    document = Document()
    _state_properties(document, source.header)
    _write_cover(document, source.header)
    for part in source.parts:
        _write_part(document, part)
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(_with_fixed_times(buffer.getvalue()))


def _state_properties(document: WordDocument, header: dict[str, str]) -> None:
    properties = document.core_properties
    properties.title, properties.subject = header["title"], header["symbol"]
    properties.author, properties.language = "Sample corpus", header["language"]
    properties.created = properties.modified = datetime(*STAMP, tzinfo=UTC)
    running_head = document.sections[0].header.paragraphs[0]
    running_head.text = f"{header['title']}\t\t{header['symbol']}"


def _write_cover(document: WordDocument, header: dict[str, str]) -> None:
    document.add_paragraph(header["title"], style="Title")
    for key in ("session", "place", "dates", "symbol", "notice"):
        if key in header:
            document.add_paragraph(header[key])
    document.add_page_break()


def _write_part(document: WordDocument, part: Part) -> None:
    if part.kind is PartKind.HEADING:
        document.add_heading(part.text, level=part.level)
    elif part.kind is PartKind.TABLE:
        _write_table(document, part.rows)
    elif part.kind is PartKind.NUMBERED:
        document.add_paragraph(f"{part.level}. {part.text}")
    else:
        document.add_paragraph(part.text)


def _write_table(document: WordDocument, rows: tuple[tuple[str, ...], ...]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _with_fixed_times(archive: bytes) -> bytes:
    rewritten = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(rewritten, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, date_time=STAMP), old.read(name), zipfile.ZIP_DEFLATED)
    return rewritten.getvalue()
