"""Lays a source text out as a PDF: cover, contents, running head, printed page numbers, tables."""

from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus.tableofcontents import TableOfContents
from source_text import Part, PartKind, SourceText

ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi")
BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10.5, leading=13.5, spaceAfter=6)
COVER = ParagraphStyle("cover", parent=BODY, alignment=TA_CENTER, spaceAfter=14)
TITLE = ParagraphStyle("title", parent=COVER, fontName="Helvetica-Bold", fontSize=20, leading=26)
CELL = ParagraphStyle("cell", parent=BODY, fontSize=9.5, leading=11.5, spaceAfter=0)
HEAD_CELL = ParagraphStyle("head cell", parent=CELL, fontName="Times-Bold")
ITEM = ParagraphStyle("item", parent=BODY, leftIndent=18, bulletIndent=4, spaceAfter=3)
COLUMNS = {2: (11.5 * cm, 4.5 * cm), 3: (6 * cm, 6 * cm, 4 * cm)}
GRID = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.grey),
        ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
)


@dataclass(frozen=True, slots=True)
class Layout:
    """How one document differs from another in looks.

    Args:
        contents_depth: how many heading levels the table of contents shows.
        number_in_head: the printed page number stands in the running head, not at the foot.
        labelled: the file carries page labels and an outline, as well as printed numbers.
    """

    contents_depth: int
    number_in_head: bool
    labelled: bool


class _Template(BaseDocTemplate):  # type: ignore[misc]
    """A document that notes its headings for contents, outline and labels while it is laid out."""

    def __init__(self, path: Path, source: SourceText, layout: Layout) -> None:
        header = source.header
        super().__init__(
            str(path),
            pagesize=A4,
            invariant=1,
            title=header["title"],
            subject=header["symbol"],
            author="Sample corpus",
            lang=header["language"],
        )
        self.source, self.layout, self.first_body_page = source, layout, 1
        frame = Frame(2.3 * cm, 2.2 * cm, A4[0] - 4.6 * cm, A4[1] - 5 * cm)
        self.addPageTemplates(
            [
                PageTemplate("cover", frame, onPage=self._label),
                PageTemplate("front", frame, onPage=self._front_page),
                PageTemplate("text", frame, onPage=self._text_page),
            ]
        )

    def _label(self, canvas: Canvas, _template: BaseDocTemplate) -> None:
        if self.layout.labelled and canvas.getPageNumber() == 1:
            canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)

    def _front_page(self, canvas: Canvas, _template: BaseDocTemplate) -> None:
        self.first_body_page = canvas.getPageNumber() + 1
        if self.layout.labelled:
            _print_number(canvas, ROMAN[canvas.getPageNumber()])

    def _text_page(self, canvas: Canvas, _template: BaseDocTemplate) -> None:
        number = canvas.getPageNumber() - self.first_body_page + 1
        if self.layout.labelled and number == 1:
            canvas.addPageLabel(canvas.getPageNumber() - 1, style="ARABIC", start=1)
        _print_head(canvas, self.source.header)
        _print_number(canvas, str(number), in_head=self.layout.number_in_head)

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 (reportlab's name)
        """Note a heading for the contents and the outline."""
        level = getattr(flowable, "heading_level", None)
        if level is None:
            return
        text, key = flowable.getPlainText(), f"heading-{self.seq.nextf('heading')}"
        if level <= self.layout.contents_depth:
            self.notify("TOCEntry", (level - 1, escape(text), self.page - self.first_body_page + 1))
        if self.layout.labelled and level <= 4:
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(text, key, level - 1, closed=True)


def _print_head(canvas: Canvas, header: dict[str, str]) -> None:
    canvas.setFont("Times-Italic", 9)
    canvas.drawString(2.3 * cm, A4[1] - 1.6 * cm, header["title"])
    canvas.drawRightString(A4[0] - 2.3 * cm, A4[1] - 1.6 * cm, header["symbol"])


def _print_number(canvas: Canvas, number: str, *, in_head: bool = False) -> None:
    canvas.setFont("Times-Roman", 9)
    height = A4[1] - 2.1 * cm if in_head else 1.4 * cm
    canvas.drawCentredString(A4[0] / 2, height, number)


def write_pdf(source: SourceText, path: Path, layout: Layout) -> None:
    """Write the PDF, byte for byte the same each time."""
    template = _Template(path, source, layout)
    body = [flowable for part in source.parts for flowable in _flowables(part)]
    template.multiBuild([*_cover(source.header), *_contents(source.header), *body], canvasmaker=Canvas)


def _cover(header: dict[str, str]) -> list[Flowable]:
    lines = [header[key] for key in ("session", "place", "dates", "symbol") if key in header]
    cover = [Paragraph(escape(line), COVER) for line in lines]
    notice = Paragraph(escape(header["notice"]), COVER)
    space = [Spacer(1, 6 * cm), Paragraph(escape(header["title"]), TITLE), Spacer(1, cm)]
    return [*space, *cover, Spacer(1, 5 * cm), notice, NextPageTemplate("front"), PageBreak()]


def _contents(header: dict[str, str]) -> list[Flowable]:
    contents = TableOfContents(dotsMinLevel=0)
    contents.levelStyles = [
        ParagraphStyle(f"contents {level}", parent=BODY, fontSize=9, leading=10.5, leftIndent=10 * level, spaceAfter=2)
        for level in range(4)
    ]
    return [Paragraph(escape(header["contents"]), TITLE), contents, NextPageTemplate("text"), PageBreak()]


def _flowables(part: Part) -> list[Flowable]:
    if part.kind is PartKind.HEADING:
        return [_heading(part)]
    if part.kind is PartKind.TABLE:
        return [_table(part.rows), Spacer(1, 8)]
    if part.kind is PartKind.NUMBERED:
        return [Paragraph(escape(part.text), ITEM, bulletText=f"{part.level}.")]
    return [Paragraph(escape(part.text), BODY)]


def _heading(part: Part) -> Flowable:
    size = (14, 12, 11.5, 11, 10.5)[part.level - 1]
    style = ParagraphStyle(
        f"heading {part.level}",
        parent=BODY,
        fontName="Helvetica-Bold" if part.level < 5 else "Times-BoldItalic",
        fontSize=size,
        leading=size + 3,
        spaceBefore=8,
        keepWithNext=1,
    )
    heading = Paragraph(escape(part.text), style)
    heading.heading_level = part.level
    return heading


def _table(rows: tuple[tuple[str, ...], ...]) -> Flowable:
    head, *body = rows
    cells = [[Paragraph(escape(cell), HEAD_CELL) for cell in head]]
    cells += [[Paragraph(escape(cell), CELL) for cell in row] for row in body]
    return Table(cells, colWidths=COLUMNS[len(head)], style=GRID, repeatRows=1, hAlign="LEFT")
