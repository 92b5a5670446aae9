"""Reads the text of PDF through PDFium, and renders a page with marked words. Runs in the reading process only.

One parser gives text and boxes and draws pages, so that a place found while reading is the place marked when the page
is shown. What the file states of itself comes from `ingest.reading.pdf_structure`.
"""

import ctypes
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from math import hypot
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pypdfium2  # noqa: TID251
from pypdfium2 import raw  # noqa: TID251

from ingest.documents import SourceDocument
from ingest.errors import DamagedFile, EmptyFile, EncryptedFile, NeedsOcr, UnknownRecord
from ingest.reading.marks import marked_characters
from ingest.reading.page_layout import Box, Glyph, PageLine, Rule, page_lines
from ingest.reading.pdf_headings import source_lines
from ingest.reading.pdf_structure import read_structure
from ingest.reading.png import Pixels, encode_png

Mark = tuple[int, int]
OnPage = Callable[[int], None]

_HYPHENS = {0x2: "-", 0xFFFE: "-"}
_BOLD_WEIGHT = 600
_BOLD_NAME = re.compile(rb"bold|black|heavy|semibold|demi", re.I)
_LARGEST_IMAGE = 6000.0
_DRAWN_PATHS = 50
_MOST_PATHS = 3000
_SHORTEST_RULE = 20.0
_LONGEST_LIGATURE = 3
_HIGHLIGHT = (1.0, 0.9, 0.35)


class Character(NamedTuple):
    """A character of a page in reading order, and where it stands (None for a blank that was put in)."""

    text: str
    box: Box | None


def read_pdf(path: Path, *, on_page: OnPage) -> SourceDocument:
    """Return the lines of a PDF in reading order, page by page.

    Args:
        path: of the file.
        on_page: called with the number of each page before it is read.

    Raises:
        DamagedFile: PDFium cannot make sense of it.
        EncryptedFile: it needs a password.
        EmptyFile: its pages are blank.
        NeedsOcr: its pages hold pictures and no text.
    """
    pdf = _open(path)
    try:
        pages = [_read_page(pdf, number, on_page) for number in range(1, len(pdf) + 1)]
        without_text = tuple(number for number, page in enumerate(pages, 1) if page is None)
        lines = [page or () for page in pages]
        if not any(lines):
            raise _no_text(path, without_text, len(lines))
        on_page(len(pages))
        stated = read_structure(path, pdf)
        return SourceDocument(
            "pdf", source_lines(lines, stated.outline), stated.page_labels, stated.properties, without_text
        )
    finally:
        pdf.close()


def page_characters(pdf: pypdfium2.PdfDocument, page: int) -> tuple[Character, ...]:
    """Return the characters of a page, in the order of its lines, with their places.

    Joined, they are the page's text as `read_pdf` gives it, up to white space.

    Args:
        pdf: an open document.
        page: 1-based.
    """
    handle = pdf.get_page(page - 1)
    try:
        lines = _lines(handle)
    finally:
        handle.close()
    return tuple(character for line in lines for character in _line_characters(line))


def render_page(path: Path, page: int, marks: Sequence[Mark], *, scale: float) -> bytes:
    """Return a picture of a page as PNG, the glyphs of each mark highlighted.

    Args:
        path: of the PDF.
        page: 1-based.
        marks: (start, end) pairs in characters of the page's normalised text.
        scale: pixels for each point; lowered where the picture would be too large.

    Raises:
        DamagedFile: PDFium cannot read the file or the page.
        EncryptedFile: it needs a password.
        UnknownRecord: there is no such page.
    """
    pdf = _open(path)
    try:
        if not 1 <= page <= len(pdf):
            raise UnknownRecord(f"{path.name} has no page {page}.", next_step=f"Ask for a page from 1 to {len(pdf)}.")
        characters = page_characters(pdf, page)
        handle = pdf.get_page(page - 1)
        fitting = min(scale, _LARGEST_IMAGE / max(*handle.get_size(), 1.0))
        pixels = handle.render(scale=fitting, rev_byteorder=True).to_numpy()[:, :, :3].copy()
    except pypdfium2.PdfiumError as error:
        raise _damaged(path, error) from error
    finally:
        pdf.close()
    _highlight(pixels, marked_characters(characters, marks), scale=fitting)
    return encode_png(pixels)


def _open(path: Path) -> pypdfium2.PdfDocument:
    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise EncryptedFile(
                f"{path.name} is protected by a password.", next_step="Save it without a password and ingest again."
            ) from error
        raise _damaged(path, error) from error
    if len(pdf) == 0:
        pdf.close()
        raise _damaged(path, "it has no pages")
    return pdf


def _damaged(path: Path, why: object) -> DamagedFile:
    return DamagedFile(
        f"{path.name} is a damaged PDF ({str(why).rstrip('.')}).",
        next_step="Open it in a PDF reader, save it again and ingest again.",
    )


def _no_text(path: Path, without_text: tuple[int, ...], page_count: int) -> EmptyFile | NeedsOcr:
    if not without_text:
        blank = "its only page is blank" if page_count == 1 else f"its {page_count} pages are blank"
        return EmptyFile(f"{path.name} holds no text: {blank}.", next_step="Put in the complete file.")
    return NeedsOcr(
        f"{path.name} is a scan: no page holds text, and these hold pictures: {_ranges(without_text)} of {page_count}.",
        pages=without_text,
        next_step="Run OCR over it (ocrmypdf INPUT OUTPUT) and ingest the result.",
    )


def _ranges(numbers: Sequence[int]) -> str:
    """Return sorted numbers as "1–3, 5"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _read_page(pdf: pypdfium2.PdfDocument, number: int, on_page: OnPage) -> tuple[PageLine, ...] | None:
    """Return the lines of a page, nothing for a blank page, None for one that needs OCR or cannot be read."""
    on_page(number)
    try:
        page = pdf.get_page(number - 1)
    except pypdfium2.PdfiumError:
        return None
    try:
        lines = _lines(page)
        return None if not lines and _shows_something(page) else lines
    except pypdfium2.PdfiumError:
        return None
    finally:
        page.close()


def _lines(page: pypdfium2.PdfPage) -> tuple[PageLine, ...]:
    glyphs = list(_glyphs(page))
    return page_lines(glyphs, tuple(_rules(page))) if glyphs else ()


def _rules(page: pypdfium2.PdfPage) -> Iterator[Rule]:
    """Yield the horizontal lines drawn on the page and the upper and lower edges of its filled areas."""
    placing = _Placing.of(page)
    paths = page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1)
    for path in islice(paths, _MOST_PATHS):
        try:
            box = placing.box(*path.get_bounds())
        except pypdfium2.PdfiumError:
            continue
        if box.right - box.left >= _SHORTEST_RULE:
            yield Rule(box.left, box.right, box.top)
            if box.bottom - box.top > 2:
                yield Rule(box.left, box.right, box.bottom)


def _shows_something(page: pypdfium2.PdfPage) -> bool:
    paths = 0
    for item in page.get_objects(max_depth=3):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            return True
        paths += item.type in {raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING}
        if paths > _DRAWN_PATHS:
            return True
    return False


def _glyphs(page: pypdfium2.PdfPage) -> Iterator[Glyph]:
    """Yield the visible characters of a page in the order of the file, those off the page left out."""
    width, height = page.get_size()
    found = list(_all_glyphs(page, _Placing.of(page)))
    on_page = [g for g in found if g.box.right > 0 and g.box.left < width and g.box.bottom > 0 and g.box.top < height]
    yield from _once(on_page or found)


def _once(glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """Yield glyphs without those drawn again nearly at the same place (shadows, false bold)."""
    seen: dict[tuple[str, int, int], tuple[int, Box]] = {}
    for index, glyph in enumerate(glyphs):
        columns, rows = _cells(glyph.box.left, glyph.size), _cells(glyph.base, glyph.size)
        near = [seen.get((glyph.text, column, row)) for column in columns for row in rows]
        if not any(earlier and _is_drawn_again(*earlier, index, glyph) for earlier in near):
            seen[glyph.text, columns[0], rows[0]] = index, glyph.box
            yield glyph


def _cells(place: float, size: float) -> tuple[int, int]:
    """Return the cell of a grid, a third of the font size wide, that `place` is in, and the one it is nearest to."""
    exact = place / (0.34 * size)
    cell = int(exact // 1)
    return cell, cell + (1 if exact - cell > 0.5 else -1)


def _is_drawn_again(earlier: int, box: Box, index: int, glyph: Glyph) -> bool:
    """Tell a second drawing from the letters of one ligature, which share a box and follow each other."""
    if index - earlier <= _LONGEST_LIGATURE:
        return False
    nearly = 0.16 * glyph.size
    return abs(box.left - glyph.box.left) < nearly and abs(box.top - glyph.box.top) < nearly


class _Placing(NamedTuple):
    """The affine map from page space to points from the top left corner of the page as shown."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @classmethod
    def of(cls, page: pypdfium2.PdfPage) -> "_Placing":
        """Return the map of a page: its rotation and its visible part are accounted for."""
        (x0, y0), (x1, y1), (x2, y2) = (_device(page, *point) for point in ((0, 0), (1000, 0), (0, 1000)))
        across, down = ((x1 - x0) / 1000, (x2 - x0) / 1000), ((y1 - y0) / 1000, (y2 - y0) / 1000)
        return cls(across[0], across[1], down[0], down[1], x0, y0)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where (x, y) of page space is shown."""
        return self.a * x + self.b * y + self.e, self.c * x + self.d * y + self.f

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return where a rectangle of page space is shown."""
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _device(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    fine = 64
    across, down = ctypes.c_int(), ctypes.c_int()
    width, height = page.get_size()
    size = max(1, round(width * fine)), max(1, round(height * fine))
    raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, ctypes.byref(across), ctypes.byref(down))
    return across.value / fine, down.value / fine


def _all_glyphs(page: pypdfium2.PdfPage, placing: _Placing) -> Iterator[Glyph]:
    text_page = page.get_textpage()
    try:
        style = _Style(1.0, bold=False)
        blank = line_break = True
        pending = ""
        for index in range(text_page.count_chars()):
            code = raw.FPDFText_GetUnicode(text_page, index)
            if 0xD800 <= code < 0xDC00:
                pending = chr(code)
                continue
            text, pending = _character(code, pending), ""
            if not text or text.isspace():
                blank = True
                line_break |= text in {"\n", "\r"}
                continue
            place = _place(text_page, index)
            if place is None:
                continue
            if blank:
                style = _style(text_page, index)
            left, bottom, right, top, x, y = place
            box = placing.box(left, bottom, right, top)
            yield Glyph(text, box, placing.point(x, y)[1], style.size, style.bold, blank, line_break)
            blank = line_break = False
    finally:
        text_page.close()


def _character(code: int, high_surrogate: str) -> str:
    """Return the character of a code unit; "" for what is no character."""
    if code in _HYPHENS:
        return _HYPHENS[code]
    if 0xDC00 <= code < 0xE000:
        pair = (high_surrogate + chr(code)).encode("utf-16-le", "surrogatepass") if high_surrogate else b""
        return pair.decode("utf-16-le", "replace") if pair else ""
    text = chr(code) if code < 0x110000 else ""
    return text if text.isspace() or code >= 0x20 else ""


class _Style(NamedTuple):
    size: float
    bold: bool


def _place(text_page: pypdfium2.PdfTextPage, index: int) -> tuple[float, float, float, float, float, float] | None:
    """Return (left, bottom, right, top) of a character and (x, y) of its origin in page space."""
    rectangle, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    if not raw.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(rectangle)):
        return None
    if not raw.FPDFText_GetCharOrigin(text_page, index, ctypes.byref(x), ctypes.byref(y)):
        return None
    return rectangle.left, rectangle.bottom, rectangle.right, rectangle.top, x.value, y.value


def _style(text_page: pypdfium2.PdfTextPage, index: int) -> _Style:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text_page, index, ctypes.byref(matrix))
    size = raw.FPDFText_GetFontSize(text_page, index) * (hypot(matrix.c, matrix.d) or 1.0)
    bold = raw.FPDFText_GetFontWeight(text_page, index) >= _BOLD_WEIGHT or _is_bold_name(text_page, index)
    return _Style(min(max(abs(size), 1.0), 400.0), bold)


def _is_bold_name(text_page: pypdfium2.PdfTextPage, index: int) -> bool:
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(text_page, index, name, 128, ctypes.byref(flags))
    return _BOLD_NAME.search(name.value) is not None


def _line_characters(line: PageLine) -> Iterator[Character]:
    for text, box in zip(line.text, line.boxes, strict=True):
        yield Character(text, box)
    yield Character("\n", None)


def _highlight(pixels: Pixels, boxes: Iterable[Box], *, scale: float) -> None:
    """Tint the pixels under the glyphs so that their ink stays black."""
    marked = np.zeros(pixels.shape[:2], dtype=bool)
    for box in boxes:
        rows = slice(max(0, int(box.top * scale)), max(0, int(box.bottom * scale) + 1))
        columns = slice(max(0, int(box.left * scale)), max(0, int(box.right * scale) + 1))
        marked[rows, columns] = True
    pixels[marked] = pixels[marked] * _HIGHLIGHT
