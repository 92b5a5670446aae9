"""Makes the PDF files that the tests read."""

from collections.abc import Callable
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

Draw = Callable[[Canvas], None]


def write_pdf(path: Path, *pages: Draw, encrypt: str | None = None) -> Path:
    """Write a PDF, one drawing function for each page."""
    canvas = Canvas(str(path), pagesize=A4, encrypt=encrypt)
    for draw in pages:
        canvas.setFont("Helvetica", 11)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def words(*lines: str, left: float = 72.0, top: float = 750.0, leading: float = 14.0) -> Draw:
    """Return a function that writes `lines` below one another."""

    def draw(canvas: Canvas) -> None:
        for number, line in enumerate(lines):
            canvas.drawString(left, top - number * leading, line)

    return draw


def both(*draws: Draw) -> Draw:
    """Return a function that draws all of `draws` on one page."""

    def draw(canvas: Canvas) -> None:
        for each in draws:
            each(canvas)

    return draw


def picture(canvas: Canvas) -> None:
    """Draw a picture over the page, as a scanner does."""
    from PIL import Image

    canvas.drawImage(ImageReader(Image.new("RGB", (40, 40), "gray")), 50, 50, 400, 600)


def write_table(path: Path, rows: list[list[str]], *, grid: bool = True, widths: tuple[float, ...] = ()) -> Path:
    """Write a PDF with a sentence, a table whose cells wrap, and a sentence."""
    style = getSampleStyleSheet()["Normal"]
    cells = [[Paragraph(text, style) for text in row] for row in rows]
    lines = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)] if grid else []
    table = Table(cells, colWidths=widths or None, style=lines)
    parts = [Paragraph("A sentence stands before the table.", style), table, Paragraph("And one after it.", style)]
    SimpleDocTemplate(str(path), pagesize=A4).build(parts)
    return path
