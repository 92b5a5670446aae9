"""Shows a place in a document: a marked page image for PDF, a marked text page for every other format."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from html import escape
from pathlib import Path
from threading import Lock

from ingest.documents import Block, BlockKind, Document
from ingest.generations import IndexHome
from ingest.normalisation import normalise
from ingest.reading import DEFAULT_LIMITS, ReadingProcess
from ui.api.problems import Problem

CLOSED = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
_KEPT_IMAGES = 32
_TAGS = {BlockKind.HEADING: "h2", BlockKind.LIST_ITEM: "li", BlockKind.TABLE_ROW: "pre", BlockKind.FURNITURE: "small"}
_STYLE = (
    "body{font:16px/1.5 serif;max-width:42em;margin:2em auto;padding:0 1em}mark{background:#ffe08a}small{color:#666}"
)


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of the canonical text, the end not included."""

    start: int
    end: int


def original_file(document: Document, home: IndexHome) -> Path:
    """Return the path of the file that a document was read from, if it still is the same.

    Raises:
        Problem: "file-unavailable".
    """
    source = home.require_current().source
    path = None if source is None else source / document.file
    if path is None or not path.is_file():
        raise Problem("file-unavailable", f"{document.file} is no longer in the ingested folder; its text is served.")
    status = path.stat()
    if _digest(path, status.st_mtime_ns, status.st_size) != document.sha256:
        raise Problem("file-unavailable", f"{document.file} changed since it was ingested; ingest the folder again.")
    return path


@lru_cache(maxsize=1024)
def _digest(path: Path, modified: int, size: int) -> str:
    with path.open("rb") as file:
        digest = sha256()
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


class PageImages:
    """Page images of PDF files, made one at a time in a process of their own; the last few are kept."""

    def __init__(self) -> None:
        self._process = ReadingProcess(DEFAULT_LIMITS)
        self._lock = Lock()
        self._kept: OrderedDict[tuple[object, ...], bytes] = OrderedDict()

    def image(self, document: Document, path: Path, page: int, span: Span | None) -> bytes:
        """Return a page as PNG with a span marked.

        Raises:
            ReadingError: the page cannot be shown.
            UnknownRecord: there is no such page.
        """
        key = (document.sha256, page, span)
        with self._lock:
            if key not in self._kept:
                marks = list(page_marks(document, page, span))
                self._kept[key] = self._process.page_image(path, page, marks, scale=2.0)
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT_IMAGES:
                self._kept.popitem(last=False)
            return self._kept[key]

    def close(self) -> None:
        """End the process."""
        self._process.close()


def page_marks(document: Document, page: int, span: Span | None) -> Iterator[tuple[int, int]]:
    """Yield where a span of canonical text falls in the normalised text of a page."""
    if span is None:
        return
    before = 0
    for block in document.blocks:
        if block.page != page:
            continue
        text = document.text[block.start : block.end]
        start, end = (len(normalise(text[: max(0, at - block.start)])) for at in (span.start, span.end))
        if end > start:
            yield before + start, before + end
        before += len(normalise(text))


def text_page(document: Document, span: Span | None) -> str:
    """Return a document without pages as HTML, with a span marked."""
    blocks = "\n".join(block_html(document, block, span) for block in document.blocks)
    title, language = escape(document.metadata.title), escape(document.metadata.language, quote=True)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{title}</h1>\n{blocks}\n</body></html>"
    )


def block_html(document: Document, block: Block, span: Span | None) -> str:
    """Return a block as HTML with what the span holds of it marked; nothing of the document is interpreted."""
    tag = _TAGS.get(block.kind, "p")
    text, start, end = document.text, block.start, block.end
    if span is None or span.end <= start or span.start >= end:
        return f"<{tag}>{escape(text[start:end])}</{tag}>"
    first, last = max(start, span.start), min(end, span.end)
    marked = f"<mark>{escape(text[first:last])}</mark>"
    return f"<{tag}>{escape(text[start:first])}{marked}{escape(text[last:end])}</{tag}>"
