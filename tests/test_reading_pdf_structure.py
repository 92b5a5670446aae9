"""What a PDF states of itself: by pypdf where it can, by PDFium where it cannot."""

import signal
from pathlib import Path

import pypdfium2  # noqa: TID251
import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.reading.pdf_headings import OutlineEntry
from ingest.reading.pdf_structure import PdfStructure, read_structure


@pytest.fixture
def outlined(tmp_path: Path) -> Path:
    path = tmp_path / "outlined.pdf"
    canvas = Canvas(str(path), lang="pt")
    canvas.setTitle("Programa de trabalho")
    for number, level in ((1, 0), (2, 1)):
        canvas.bookmarkPage(f"page {number}")
        canvas.addOutlineEntry(f"Part {number}", f"page {number}", level)
        canvas.addPageLabel(number - 1, style="ROMAN_LOWER", start=number + 3)
        canvas.drawString(72, 700, "Texto")
        canvas.showPage()
    canvas.save()
    return path


def structure(path: Path, *, seconds: float = 3.0) -> PdfStructure:
    pdf = pypdfium2.PdfDocument(path)
    try:
        return read_structure(path, pdf, seconds=seconds)
    finally:
        pdf.close()


def test_labels_outline_and_metadata_are_those_the_file_states(outlined: Path) -> None:
    found = structure(outlined)
    assert found.page_labels == ("iv", "v")
    assert found.outline == (OutlineEntry("Part 1", 1, 1), OutlineEntry("Part 2", 2, 2))
    assert found.properties["title"] == "Programa de trabalho"
    assert found.properties["language"] == "pt"


def test_pages_without_a_stated_label_get_none(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "plain.pdf"))
    canvas.drawString(72, 700, "Texto")
    canvas.save()
    assert structure(tmp_path / "plain.pdf").page_labels == (None,)


def test_a_file_too_broken_for_pypdf_is_described_by_pdfium(outlined: Path) -> None:
    whole = structure(outlined)
    content = outlined.read_bytes()
    outlined.write_bytes(content[: content.rindex(b"startxref")])
    assert structure(outlined) == whole


def test_pypdf_gets_no_more_time_than_it_may_take(outlined: Path) -> None:
    before = signal.getsignal(signal.SIGVTALRM)
    assert structure(outlined, seconds=1e-6) == structure(outlined)
    assert signal.getsignal(signal.SIGVTALRM) is before


@pytest.mark.reference
def test_named_destinations_of_a_real_report_have_their_pages(reference: Path) -> None:
    path = reference / "reports" / "2020-annual-performance-report.pdf"
    assert len(structure(path).outline) == 130
