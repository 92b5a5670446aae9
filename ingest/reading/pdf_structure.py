"""What a PDF states of itself: printed labels, outline, metadata. Read by pypdf, by PDFium where pypdf cannot.

pypdf finds the pages of named destinations that PDFium leaves without one; PDFium reads files that are too broken for
pypdf. Runs in the reading process only.
"""

import ctypes
import logging
import re
import signal
import struct
import threading
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import Any

import pypdf  # noqa: TID251
import pypdfium2  # noqa: TID251
from pypdf.errors import DependencyError, PyPdfError  # noqa: TID251
from pypdfium2 import raw  # noqa: TID251

from ingest.reading.pdf_headings import OutlineEntry

_SECONDS = 3.0
_MOST_ENTRIES = 5000
_MOST_LEVELS = 8
_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")
_PROPERTIES = {"Title": "title", "Author": "author", "Subject": "subject"}


class _TooSlow(Exception):
    """End a reading that takes more processor time than it may."""


# What pypdf raises on broken files beyond its own errors.
_FAILURES = (
    _TooSlow,
    DependencyError,
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class PdfStructure:
    """What a PDF states of itself.

    Args:
        page_labels: printed label of each page, None where the file states none.
        outline: entries in their order, those without a page left out.
        properties: as in `SourceDocument`.
    """

    page_labels: tuple[str | None, ...]
    outline: tuple[OutlineEntry, ...]
    properties: Mapping[str, str]


def read_structure(path: Path, pdf: pypdfium2.PdfDocument, *, seconds: float = _SECONDS) -> PdfStructure:
    """Return what a PDF states of itself.

    Args:
        path: of the file.
        pdf: the same file, open.
        seconds: processor time that pypdf may take before PDFium's view is taken instead.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with _at_most(seconds):
            found = _by_pypdf(path)
    except _FAILURES:
        return _by_pdfium(pdf)
    return found if len(found.page_labels) == len(pdf) else _by_pdfium(pdf)


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Raise `_TooSlow` after `seconds` of processor time; signals reach the main thread only."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    earlier = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, earlier)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _TooSlow


def _by_pypdf(path: Path) -> PdfStructure:
    with pypdf.PdfReader(path) as reader:
        if reader.is_encrypted:
            reader.decrypt("")
        catalogue = reader.root_object
        labels = tuple(label or None for label in reader.page_labels)
        stated = {str(name).lstrip("/"): str(value) for name, value in (reader.metadata or {}).items()}
        entries = tuple(islice(_entries(reader, reader.outline, 1), _MOST_ENTRIES))
        return PdfStructure(
            labels if "/PageLabels" in catalogue else (None,) * len(labels),
            entries,
            _properties(stated, language=str(catalogue.get("/Lang", ""))),
        )


def _entries(reader: pypdf.PdfReader, outline: Sequence[Any], level: int) -> Iterator[OutlineEntry]:
    for item in outline:
        if isinstance(item, list):
            if level < _MOST_LEVELS:
                yield from _entries(reader, item, level + 1)
            continue
        index = reader.get_destination_page_number(item)
        if index is not None and index >= 0:
            yield OutlineEntry(str(item.title or ""), index + 1, level)


def _by_pdfium(pdf: pypdfium2.PdfDocument) -> PdfStructure:
    labels = tuple(pdf.get_page_label(index) or None for index in range(len(pdf)))
    stated = pdf.get_metadata_dict(skip_empty=True)
    return PdfStructure(labels, tuple(_pdfium_entries(pdf)), _properties(stated, language=_pdfium_language(pdf)))


def _pdfium_entries(pdf: pypdfium2.PdfDocument) -> Iterator[OutlineEntry]:
    for entry in islice(pdf.get_toc(max_depth=_MOST_LEVELS), _MOST_ENTRIES):
        destination = entry.get_dest()
        index = destination.get_index() if destination is not None else None
        if index is not None and index >= 0:
            yield OutlineEntry(entry.get_title(), index + 1, entry.level + 1)


def _pdfium_language(pdf: pypdfium2.PdfDocument) -> str:
    length = raw.FPDFCatalog_GetLanguage(pdf, None, 0)
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFCatalog_GetLanguage(pdf, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw.decode("utf-16-le", "ignore")


def _properties(stated: Mapping[str, str], *, language: str) -> dict[str, str]:
    found = {ours: stated[theirs] for theirs, ours in _PROPERTIES.items() if theirs in stated}
    created = _DATE.match(stated.get("CreationDate", ""))
    found["created"] = "-".join(filter(None, created.groups())) if created else ""
    found["language"] = language
    return {name: value.strip("\x00 ") for name, value in found.items() if value.strip("\x00 ")}
