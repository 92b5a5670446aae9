"""Reads a file of any of the five formats into the lines the rest of ingestion works on."""

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from ingest.documents import SourceDocument
from ingest.errors import DamagedFile, EmptyFile, FileChanged, ReadingLimit
from ingest.reading.decoding import decode
from ingest.reading.formats import HEAD_BYTES, detect_format
from ingest.reading.html import read_html
from ingest.reading.isolation import ReadingProcess
from ingest.reading.limits import DEFAULT_LIMITS, ReadingLimits
from ingest.reading.markdown import looks_like_markdown, read_markdown
from ingest.reading.plain_text import read_plain_text

__all__ = ["DEFAULT_LIMITS", "ReadingLimits", "ReadingProcess", "page_image", "read_file"]

_RISKY = {"pdf", "docx"}


def read_file(
    path: Path, *, limits: ReadingLimits = DEFAULT_LIMITS, process: ReadingProcess | None = None
) -> SourceDocument:
    """Return the lines of a file, its format told by its content first and its extension second.

    PDF and DOCX are read in a process of their own. Give the same `process` to read a batch of files: it is
    started once, when the first of them needs it.

    Raises:
        UnknownFormat: it is of none of the five formats.
        EmptyFile: it holds no text.
        EncryptedFile: it needs a password.
        NeedsOcr: it is a scan.
        DamagedFile: it cannot be read or made sense of.
        ReadingLimit: it is too large or takes too long.
        FileChanged: somebody wrote to it while it was read.
    """
    try:
        before = _state(path)
        document = _read(path, limits, process)
        after = _state(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise DamagedFile(
            f"{path.name} cannot be read ({reason}).", next_step="Check that it is there and may be read."
        ) from error
    if before != after:
        raise FileChanged(f"{path.name} changed while it was read.", next_step="Run the ingestion again.")
    if not any(line.text for line in document.lines):
        raise EmptyFile(f"{path.name} holds no text.", next_step="Put in the complete file and ingest again.")
    return document


def page_image(  # noqa: PLR0913
    path: Path,
    page: int,
    marks: Sequence[tuple[int, int]] = (),
    *,
    scale: float = 2.0,
    limits: ReadingLimits = DEFAULT_LIMITS,
    process: ReadingProcess | None = None,
) -> bytes:
    """Return a page of a PDF as PNG, the glyphs of each mark highlighted.

    Args:
        path: of the PDF.
        page: 1-based.
        marks: (start, end) pairs in characters of `normalise` of the page's text, the lines of the page in order.
        scale: pixels for each point (72 points are an inch).
        limits: as for `read_file`.
        process: reused where it is given.

    Raises:
        ReadingError: the page cannot be shown.
        UnknownRecord: there is no such page.
    """
    with nullcontext(process) if process is not None else ReadingProcess(limits) as running:
        return running.page_image(path, page, marks, scale=scale)


def _state(path: Path) -> tuple[int, int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns, status.st_ino


def _read(path: Path, limits: ReadingLimits, process: ReadingProcess | None) -> SourceDocument:
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise ReadingLimit(
            f"{path.name} has {size / 2**20:.0f} MB; a file may have {limits.file_bytes / 2**20:.0f} MB.",
            next_step="Split it into smaller files, or raise the reading limits.",
        )
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    document_format = detect_format(path, head)
    if document_format in _RISKY:
        with nullcontext(process) if process is not None else ReadingProcess(limits) as running:
            return running.read(path, document_format=document_format)
    return _read_text(path.read_bytes(), document_format)


def _read_text(content: bytes, document_format: str) -> SourceDocument:
    if document_format == "html":
        return read_html(content)
    text = decode(content)
    if document_format == "markdown" or looks_like_markdown(text):
        return read_markdown(text)
    return read_plain_text(text)
