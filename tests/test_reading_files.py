"""Any file: read, or rejected with one clear line that names the next step."""

import os
import zipfile
from collections import Counter
from pathlib import Path

import docx  # noqa: TID251
import pytest
from pdf_files import picture, words, write_pdf

from ingest.errors import (
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    FileChanged,
    NeedsOcr,
    ReadingError,
    ReadingLimit,
    UnknownFormat,
)
from ingest.reading import DEFAULT_LIMITS, ReadingLimits, ReadingProcess, read_file


def test_a_name_with_spaces_and_accents_is_read_in_every_format(tmp_path: Path) -> None:
    pdf = write_pdf(tmp_path / "año 2024, reunión.pdf", words("Texto"))
    word = tmp_path / "año 2024, reunión.docx"
    document = docx.Document()
    document.add_paragraph("Texto")
    document.save(str(word))
    others = {".txt": "Texto", ".md": "# Texto", ".html": "<p>Texto</p>"}
    for suffix, text in others.items():
        pdf.with_suffix(suffix).write_text(text, encoding="utf-8")
    found = {path.suffix: read_file(path) for path in tmp_path.iterdir()}
    assert {suffix: source.format for suffix, source in found.items()} == {
        ".pdf": "pdf",
        ".docx": "docx",
        ".txt": "text",
        ".md": "markdown",
        ".html": "html",
    }
    assert all("Texto" in [line.text for line in source.lines] for source in found.values())


def test_content_counts_more_than_the_extension(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "in fact.txt", words("Text"))
    assert read_file(path).format == "pdf"
    page = tmp_path / "page.txt"
    page.write_text("<!-- x --><!DOCTYPE html><html><body><p>Text</p></body></html>", encoding="utf-8")
    assert read_file(page).format == "html"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(50), "a PNG image"),
        ("noise.txt", bytes(range(256)) * 20, "not text"),
        ("text.pdf", b"no PDF at all", "not a PDF, though its name says so"),
        ("text.docx", b"no DOCX at all", "not a DOCX, though its name says so"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "before 2007"),
    ],
)
def test_other_formats_are_named(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnknownFormat, match=said):
        read_file(path)


@pytest.mark.parametrize(("inside", "said"), [("a.txt", "a ZIP archive"), ("xl/workbook.xml", "an Excel workbook")])
def test_a_zip_that_is_called_pdf_is_named_for_what_it_is(tmp_path: Path, inside: str, said: str) -> None:
    path = tmp_path / "report.pdf"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(inside, "words")
    with pytest.raises(UnknownFormat, match=said):
        read_file(path)


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf", b"\xff\xfe"])
@pytest.mark.parametrize("suffix", [".txt", ".md", ".pdf", ".html", ".docx"])
def test_a_file_without_a_character_is_empty(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"empty{suffix}"
    path.write_bytes(content)
    with pytest.raises(EmptyFile, match="holds no text"):
        read_file(path)


def test_a_page_or_document_without_words_is_empty(tmp_path: Path) -> None:
    html = tmp_path / "blank.html"
    html.write_text("<html><body><script>x()</script></body></html>", encoding="utf-8")
    word = tmp_path / "blank.docx"
    docx.Document().save(str(word))
    for path in (html, word, write_pdf(tmp_path / "blank.pdf", lambda _: None)):
        with pytest.raises(EmptyFile):
            read_file(path)


def test_a_password_is_asked_away_and_an_empty_one_opens(tmp_path: Path) -> None:
    with pytest.raises(EncryptedFile, match="Save it without a password"):
        read_file(write_pdf(tmp_path / "locked.pdf", words("Secret"), encrypt="secret"))
    opened = read_file(write_pdf(tmp_path / "open.pdf", words("Public"), encrypt=""))
    assert "Public" in [line.text for line in opened.lines]


def test_a_scan_names_its_pages(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "scan.pdf", picture, lambda _: None, picture, picture)
    with pytest.raises(NeedsOcr, match="1, 3–4 of 4") as caught:
        read_file(path)
    assert caught.value.pages == (1, 3, 4)
    assert "ocrmypdf" in caught.value.next_step


def test_scanned_pages_among_others_are_listed_and_the_rest_is_read(tmp_path: Path) -> None:
    source = read_file(write_pdf(tmp_path / "mixed.pdf", words("Text"), picture, lambda _: None))
    assert source.pages_without_text == (2,)
    assert len(source.page_labels) == 3


def test_a_truncated_pdf_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "cut.pdf"
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog")
    with pytest.raises(DamagedFile, match=r"cut\.pdf is a damaged PDF"):
        read_file(path)


def test_a_missing_file_and_a_folder_are_said_to_be_unreadable(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.txt", tmp_path):
        with pytest.raises(DamagedFile, match="cannot be read"):
            read_file(path)


def test_a_file_that_is_too_large_is_rejected_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"x" * 2**20)
    with pytest.raises(ReadingLimit, match="a file may have 0 MB"):
        read_file(path, limits=ReadingLimits(file_bytes=2**18))


def test_a_file_that_grows_while_it_is_read_is_to_be_read_again(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "growing.pdf", words("Text"))

    class Growing(ReadingProcess):
        def read(self, path: Path, *, document_format: str):
            source = super().read(path, document_format=document_format)
            with path.open("ab") as file:
                file.write(b"%more")
            return source

    with Growing(DEFAULT_LIMITS) as process, pytest.raises(FileChanged, match="changed while it was read") as caught:
        read_file(path, process=process)
    assert caught.value.retryable


def test_a_file_that_takes_too_long_costs_only_itself(tmp_path: Path) -> None:
    slow = write_pdf(tmp_path / "slow.pdf", *[words(*["many words on a page"] * 50)] * 80)
    with ReadingProcess(ReadingLimits(seconds=0.3)) as process:
        with pytest.raises(ReadingLimit, match="takes too long"):
            read_file(slow, process=process)
        process._limits = DEFAULT_LIMITS
        assert read_file(write_pdf(tmp_path / "next.pdf", words("Text")), process=process).format == "pdf"


def test_a_reader_that_dies_is_reported_and_replaced(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", words("Text"))
    with ReadingProcess(DEFAULT_LIMITS) as process:
        read_file(path, process=process)
        assert process._process is not None
        process._process.kill()
        process._process.wait()
        with pytest.raises(DamagedFile, match="made its reader crash"):
            read_file(path, process=process)
        assert read_file(path, process=process).format == "pdf"


def test_too_little_memory_rejects_the_file(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", words("Text"))
    with pytest.raises(ReadingError):
        read_file(path, limits=ReadingLimits(memory_bytes=40 * 2**20, seconds=20))


def test_unreadable_rights_are_said(tmp_path: Path) -> None:
    path = tmp_path / "closed.txt"
    path.write_text("Text", encoding="utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    with pytest.raises(DamagedFile, match="Permission denied"):
        read_file(path)


@pytest.mark.reference
@pytest.mark.slow
def test_no_broken_pdf_crashes_or_hangs_the_reader(reference: Path) -> None:
    paths = sorted((reference / "robustness" / "pdf").glob("*.pdf"))
    with ReadingProcess(DEFAULT_LIMITS) as process:
        outcomes = Counter(outcome(path, process) for path in paths)
    print(dict(outcomes))
    assert outcomes.total() == len(paths)
    assert outcomes["pdf"] >= 170
    assert not outcomes["ReadingLimit"]


def outcome(path: Path, process: ReadingProcess) -> str:
    """Return the format read, or the name of the error, which must name the file and the next step."""
    try:
        return read_file(path, process=process).format
    except ReadingError as error:
        told, next_step, name = str(error), error.next_step, type(error).__name__
    assert path.name in told
    assert next_step
    return name
