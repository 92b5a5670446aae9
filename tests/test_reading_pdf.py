"""PDF: text in reading order with pages, labels, headings, tables, and marks that fall on the right glyphs."""

import struct
import zlib
from pathlib import Path

import numpy as np
import pypdfium2  # noqa: TID251
import pytest
from pdf_files import both, words, write_pdf, write_table
from reportlab.pdfgen.canvas import Canvas

from ingest.documents import LineKind, SourceDocument, SourceLine
from ingest.errors import UnknownRecord
from ingest.normalisation import normalise
from ingest.reading import DEFAULT_LIMITS, ReadingProcess, page_image, read_file
from ingest.reading.marks import normalised_owners
from ingest.reading.pdf import page_characters, read_pdf

LEFT_COLUMN = [f"left {number}: the first column goes on and on" for number in range(8)]
RIGHT_COLUMN = [f"right {number}: the second column follows it" for number in range(8)]


def read(path: Path) -> SourceDocument:
    return read_pdf(path, on_page=lambda _: None)


def lines_of(document: SourceDocument) -> list[SourceLine]:
    return [line for line in document.lines if line.text]


def texts(document: SourceDocument) -> list[str]:
    return [line.text for line in lines_of(document)]


def test_lines_carry_their_page(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", words("One", "two"), words("Three"))
    assert [(line.page, line.text) for line in lines_of(read(path))] == [(1, "One"), (1, "two"), (2, "Three")]


def test_lines_drawn_out_of_order_are_read_from_top_to_bottom(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", both(words("below", top=500), words("above", top=700)))
    assert texts(read(path)) == ["above", "below"]


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    columns = both(
        words("A title that goes across both columns of the page, from the left to the right", top=780),
        words(*RIGHT_COLUMN, left=320),
        words(*LEFT_COLUMN),
    )
    found = texts(read(write_pdf(tmp_path / "a.pdf", columns)))
    assert found[1:] == [*LEFT_COLUMN, *RIGHT_COLUMN]


def test_table_rows_keep_their_cells(tmp_path: Path) -> None:
    rows = [["Activity", "Month", "Cost"], ["Study", "May", "5"], ["Course", "June", "12"]]
    found = lines_of(read(write_table(tmp_path / "a.pdf", rows, widths=(150, 80, 80))))
    assert [line.text for line in found if line.kind is LineKind.TABLE_ROW] == [" | ".join(row) for row in rows]
    assert [found[0].text, found[-1].text] == ["A sentence stands before the table.", "And one after it."]


def test_wrapped_cells_are_put_back_into_one_row(tmp_path: Path) -> None:
    long = "Preparation of the terms of reference for the study and selection of the consultant"
    rows = [["Activity", "Schedule"], [long, "August to September of the year"], ["Translation", "December"]]
    found = lines_of(read(write_table(tmp_path / "a.pdf", rows, grid=False, widths=(150, 80))))
    assert [line.text for line in found if line.kind is LineKind.TABLE_ROW] == [" | ".join(row) for row in rows]


def test_numbered_points_are_no_table(tmp_path: Path) -> None:
    points = both(words("1.", "2.", "3."), words("First point of the list", "Second", "Third", left=100))
    found = lines_of(read(write_pdf(tmp_path / "a.pdf", points)))
    assert (found[0].kind, found[0].text) == (LineKind.TEXT, "1. First point of the list")


def test_printed_labels_may_be_roman_or_prefixed_or_missing(tmp_path: Path) -> None:
    path = tmp_path / "labels.pdf"
    canvas = Canvas(str(path))
    for number, (style, start, prefix) in enumerate([("ROMAN_LOWER", 4, ""), ("ARABIC", 1, ""), ("ARABIC", 7, "A-")]):
        canvas.addPageLabel(number, style=style, start=start, prefix=prefix or None)
        canvas.drawString(72, 700, "Text")
        canvas.showPage()
    canvas.save()
    assert read(path).page_labels == ("iv", "1", "A-7")
    assert read(write_pdf(tmp_path / "none.pdf", words("a"), words("b"))).page_labels == (None, None)


def test_outline_entries_and_larger_lines_are_headings_and_bold_lines_are_emphasised(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.bookmarkPage("one")
        canvas.addOutlineEntry("Background and justification", "one", level=0)
        words("Background and", "justification", *["the body of the text goes on"] * 10)(canvas)
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(72, 500, "Expected results")
        canvas.setFont("Helvetica", 18)
        canvas.drawString(72, 450, "Large title")

    document = read(write_pdf(tmp_path / "a.pdf", draw))
    headings = [(line.text, line.level) for line in document.lines if line.kind is LineKind.HEADING]
    assert headings == [("Background and justification", 1), ("Large title", 1)]
    assert [line.text for line in document.lines if line.emphasised] == ["Expected results"]


def test_a_heading_may_hold_a_ligature_and_a_combined_accent(tmp_path: Path) -> None:
    characters = list("e\u0301t ﬁn | a")
    owners = normalised_owners(characters)
    assert len(owners) == len(normalise("".join(characters)))
    assert [characters[owner] for owner in owners] == ["e", "t", "ﬁ", "ﬁ", "n", "a"]


def test_owners_follow_when_normalising_takes_a_tag_out() -> None:
    text = "x <b> y"
    assert len(normalised_owners(list(text))) == len(normalise(text)) == 2


def test_the_characters_of_a_page_are_those_of_its_lines(tmp_path: Path) -> None:
    rows = [["Activity", "Month"], ["Study of the markets of the region", "May"], ["Course", "June"]]
    path = write_table(tmp_path / "a.pdf", rows, widths=(90, 80))
    with pypdfium2.PdfDocument(path) as pdf:
        characters = page_characters(pdf, 1)
    page = "\n".join(line.text for line in read(path).lines)
    assert normalise("".join(character.text for character in characters)) == normalise(page)


def test_a_mark_tints_the_glyphs_it_covers_and_no_others(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", words("First line here", "Second line here"))
    text = normalise("First line here Second line here")
    start = text.index("Second")
    with ReadingProcess(DEFAULT_LIMITS) as process:
        plain = pixels(page_image(path, 1, scale=1, process=process))
        marked = pixels(page_image(path, 1, [(start, start + 6)], scale=1, process=process))
    rows, columns = np.nonzero((plain != marked).any(axis=2))
    assert 842 - 750 < rows.min() < rows.max() < 842 - 750 + 22
    assert 70 <= columns.min() < columns.max() < 72 + 45


def test_a_page_that_does_not_exist_is_unknown(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", words("Only page"))
    with pytest.raises(UnknownRecord, match="no page 2"):
        page_image(path, 2)


def test_a_rotated_page_is_read_and_marked_as_it_is_shown(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.rotate(90)
        canvas.drawString(100, -100, "Turned first")
        canvas.drawString(100, -120, "Turned second")

    path = write_pdf(tmp_path / "a.pdf", draw)
    assert texts(read(path)) == ["Turned first", "Turned second"]
    with pypdfium2.PdfDocument(path) as pdf:
        box = page_characters(pdf, 1)[0].box
    assert box is not None
    assert box.right - box.left < 12


def test_metadata_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), lang="es")
    canvas.setTitle("Programa de trabajo")
    canvas.setAuthor("Secretaría")
    canvas.drawString(72, 700, "Texto")
    canvas.save()
    properties = read(path).properties
    assert properties is not None
    assert properties["title"] == "Programa de trabajo"
    assert properties["author"] == "Secretaría"
    assert properties["language"] == "es"
    assert len(properties["created"]) == len("2024-01-31")


@pytest.mark.slow
def test_three_hundred_pages_are_read_within_the_limits(tmp_path: Path) -> None:
    lines = [f"Line {number} of a page of ordinary length that people really write." for number in range(45)]
    path = write_pdf(tmp_path / "long.pdf", *[words(f"Page {page}", *lines) for page in range(1, 301)])
    document = read_file(path)
    assert len(document.page_labels) == 300
    assert [line.page for line in lines_of(document) if line.text.startswith("Page ")] == list(range(1, 301))


@pytest.mark.reference
@pytest.mark.slow
def test_labels_columns_and_tables_of_real_reports_are_right(reference: Path) -> None:
    document = read_file(reference / "reports" / "2020-annual-performance-report.pdf")
    assert document.page_labels[:4] == ("i", "ii", "1", "2")
    report = read_file(reference / "reports" / "2019-annual-performance-report.pdf")
    rows = [line.text for line in report.lines if line.kind is LineKind.TABLE_ROW and line.page == 70]
    assert rows[:3] == ["Acronym | Definition", "ALJ | Administrative Law Judges", "APG | Agency Priority Goal"]
    assert "GSA | General Services Administration" in rows


def pixels(png: bytes) -> np.ndarray:
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    data = b"".join(part for name, part in png_parts(png) if name == b"IDAT")
    rows = np.frombuffer(zlib.decompress(data), dtype=np.uint8).reshape(height, 1 + 3 * width)
    return rows[:, 1:].reshape(height, width, 3)


def png_parts(png: bytes) -> list[tuple[bytes, bytes]]:
    parts, at = [], 8
    while at < len(png):
        length = struct.unpack(">I", png[at : at + 4])[0]
        parts.append((png[at + 4 : at + 8], png[at + 8 : at + 8 + length]))
        at += 12 + length
    return parts
