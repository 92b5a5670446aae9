"""DOCX: the body in its order, headers once, every character kept."""

from datetime import datetime
from pathlib import Path

import docx  # noqa: TID251
import pytest
from docx.oxml import OxmlElement  # noqa: TID251

from ingest.documents import SourceDocument
from ingest.errors import DamagedFile
from ingest.reading.docx import read_docx


def described(document: SourceDocument) -> list[tuple[str, int, str]]:
    return [(line.kind.value, line.level, line.text) for line in document.lines if line.text]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    document = docx.Document()
    document.core_properties.title = "Annual report"
    document.core_properties.author = "Ana"
    document.core_properties.language = "en"
    document.core_properties.created = datetime(2024, 4, 5)
    document.sections[0].header.paragraphs[0].text = "SP/RV No 1-24"
    document.sections[0].footer.paragraphs[0].text = "Foot"
    document.add_heading("Report", level=0)
    document.add_heading("Background", level=2)
    document.add_paragraph("Some words.\nSecond line.")
    document.add_paragraph().add_run("All bold").bold = True
    document.add_paragraph("First", style="List Number")
    document.add_paragraph("Inside", style="List Bullet 2")
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, (("Activity", "Month"), ("Study", "May")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("After the table.")
    path = tmp_path / "report.docx"
    document.save(str(path))
    return path


def test_headings_lists_and_tables_come_in_the_order_of_the_body(report: Path) -> None:
    assert described(read_docx(report)) == [
        ("text", 0, "SP/RV No 1-24"),
        ("heading", 1, "Report"),
        ("heading", 2, "Background"),
        ("text", 0, "Some words."),
        ("text", 0, "Second line."),
        ("text", 0, "All bold"),
        ("list_item", 1, "First"),
        ("list_item", 2, "Inside"),
        ("table_row", 0, "Activity | Month"),
        ("table_row", 0, "Study | May"),
        ("text", 0, "After the table."),
        ("text", 0, "Foot"),
    ]


def test_a_bold_paragraph_is_emphasised_and_properties_are_read(report: Path) -> None:
    document = read_docx(report)
    assert [line.text for line in document.lines if line.emphasised and line.kind == "text"] == ["All bold"]
    assert document.properties is not None
    assert {k: document.properties[k] for k in ("title", "author", "created", "language")} == {
        "title": "Annual report",
        "author": "Ana",
        "created": "2024-04-05",
        "language": "en",
    }


def test_text_in_content_controls_and_insertions_is_kept_and_deletions_are_not(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("kept ")
    for tag, text in (("w:ins", "inserted"), ("w:del", "deleted")):
        change, run = OxmlElement(tag), OxmlElement("w:r")
        words = OxmlElement("w:t")
        words.text = text
        run.append(words)
        change.append(run)
        paragraph._p.append(change)
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    control.append(content)
    paragraph._p.addprevious(control)
    content.append(document.add_paragraph("controlled")._p)
    path = tmp_path / "changes.docx"
    document.save(str(path))
    assert [text for _, _, text in described(read_docx(path))] == ["controlled", "kept inserted"]


def test_broken_xml_is_damage(tmp_path: Path, report: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(report.read_bytes()[:3000])
    with pytest.raises(DamagedFile, match="Save it again"):
        read_docx(broken)
