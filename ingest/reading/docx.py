"""Reads DOCX: paragraphs and tables in the order of the body, with headers, footers and footnotes at its ends."""

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import docx  # noqa: TID251
from docx.document import Document as WordDocument  # noqa: TID251
from docx.opc.exceptions import OpcError  # noqa: TID251
from docx.oxml.ns import qn  # noqa: TID251
from docx.text.paragraph import Paragraph  # noqa: TID251
from lxml import etree  # noqa: TID251

from ingest.documents import LineKind, SourceDocument, SourceLine
from ingest.errors import DamagedFile, ReadingLimit

_UNPACKED_LIMIT = 1024 * 1024 * 1024
_HEADING_STYLE = re.compile(r"(?:heading|título|titre|titulo|überschrift)\s*([1-9])", re.I)
_TITLE_STYLES = {"title", "título", "titre", "titulo"}
_LIST_STYLE = re.compile(r"list|lista|liste", re.I)
_LIST_LEVEL = re.compile(r"([2-9])\s*$")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OUTSIDE = {qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:txbxContent"), _FALLBACK}
_BLANKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:ptab"): "\t", qn("w:noBreakHyphen"): "\u2011"}
_NUMBERED_HEADING_LIMIT = 9


def read_docx(path: Path) -> SourceDocument:
    """Return the lines of a Word document.

    Numbers that Word computes for lists and headings are not part of the text and are not made up; every character of
    the paragraphs, tables, content controls, text boxes and notes is kept.

    Raises:
        DamagedFile: its parts or their XML are broken.
        ReadingLimit: it unpacks to more than a gigabyte.
    """
    try:
        _refuse_bomb(path)
        document = docx.Document(str(path))
        lines = tuple(_document_lines(document))
        return SourceDocument("docx", lines, properties=_properties(document))
    except (OpcError, BadZipFile, etree.LxmlError, KeyError, ValueError, AttributeError, OSError) as error:
        raise DamagedFile(
            f"{path.name} is a damaged DOCX file ({error}).", next_step="Save it again in Word and ingest again."
        ) from error


def _refuse_bomb(path: Path) -> None:
    with ZipFile(path) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist() if entry.filename.endswith((".xml", ".rels")))
    if unpacked > _UNPACKED_LIMIT:
        raise ReadingLimit(
            f"{path.name} unpacks to {unpacked // 2**20} MB.", next_step="Split it into smaller documents."
        )


def _properties(document: WordDocument) -> dict[str, str]:
    core = document.core_properties
    created = core.created.date().isoformat() if core.created else ""
    stated = {
        "title": core.title,
        "author": core.author,
        "created": created,
        "language": core.language,
        "subject": core.subject,
    }
    return {name: value.strip() for name, value in stated.items() if value and value.strip()}


def _document_lines(document: WordDocument) -> Iterator[SourceLine]:
    yield from _furniture(document, "header")
    yield from _block_lines(document.element.body, document)
    yield from _notes(document)
    yield from _furniture(document, "footer")


def _furniture(document: WordDocument, name: str) -> Iterator[SourceLine]:
    """Yield each different line of the headers or footers once."""
    seen: set[str] = set()
    for section in document.sections:
        for prefix in ("", "first_page_", "even_page_"):
            part = getattr(section, f"{prefix}{name}")
            if part.is_linked_to_previous:
                continue
            for paragraph in part._element.iter(qn("w:p")):
                text = " ".join(_text(paragraph).split())
                if text and text not in seen:
                    seen.add(text)
                    yield SourceLine(text, complete=True)
    if seen:
        yield SourceLine("", kind=LineKind.BLANK)


def _block_lines(parent: etree._Element, document: WordDocument) -> Iterator[SourceLine]:
    """Yield the lines of every paragraph and table below `parent`, content controls opened."""
    for child in parent:
        if child.tag == qn("w:p"):
            yield from _paragraph_lines(child, document)
        elif child.tag == qn("w:tbl"):
            yield from _table_lines(child)
        elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:txbxContent")}:
            yield from _block_lines(child, document)


def _paragraph_lines(element: etree._Element, document: WordDocument) -> Iterator[SourceLine]:
    paragraph = Paragraph(element, document._body)
    texts = [joined for part in _text(element).split("\n") if (joined := " ".join(part.split()))]
    kind, level = _kind(paragraph)
    bold = bool(texts) and _is_bold(paragraph)
    for text in texts:
        yield SourceLine(text, None, kind, level, bold, len(texts) == 1)
    yield SourceLine("", kind=LineKind.BLANK)
    for box in element.iter(qn("w:txbxContent")):
        if not any(True for _ in box.iterancestors(*_OUTSIDE)):
            yield from _block_lines(box, document)


def _text(element: etree._Element) -> str:
    """Return the text of a paragraph: insertions and links in, deletions and text boxes out."""
    pieces: list[str] = []
    stack = list(reversed(element))
    while stack:
        child = stack.pop()
        if child.tag in _OUTSIDE:
            continue
        if child.tag == qn("w:t"):
            pieces.append(child.text or "")
        pieces.append(_BLANKS.get(child.tag, ""))
        stack.extend(reversed(child))
    return "".join(pieces)


def _kind(paragraph: Paragraph) -> tuple[LineKind, int]:
    name = (paragraph.style.name if paragraph.style is not None else "") or ""
    heading = _HEADING_STYLE.match(name)
    outline = _outline_level(paragraph)
    if heading or outline:
        return LineKind.HEADING, int(heading[1]) if heading else outline
    if name.lower() in _TITLE_STYLES:
        return LineKind.HEADING, 1
    return _list_kind(paragraph, name)


def _list_kind(paragraph: Paragraph, style_name: str) -> tuple[LineKind, int]:
    numbering = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    if numbering is not None:
        depth = numbering.find(qn("w:ilvl"))
        return LineKind.LIST_ITEM, 1 + int(depth.get(qn("w:val"), "0") if depth is not None else "0")
    if _LIST_STYLE.match(style_name):
        level = _LIST_LEVEL.search(style_name)
        return LineKind.LIST_ITEM, int(level[1]) if level else 1
    return LineKind.TEXT, 0


def _outline_level(paragraph: Paragraph) -> int:
    """Return the outline level that the paragraph or one of its styles states, 0 for body text."""
    elements = [paragraph._p]
    style = paragraph.style
    while style is not None and len(elements) < 10:
        elements.append(style.element)
        style = style.base_style
    for element in elements:
        level = element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if level is not None:
            stated = int(level.get(qn("w:val"), "9")) + 1
            return stated if stated <= _NUMBERED_HEADING_LIMIT else 0
    return 0


def _is_bold(paragraph: Paragraph) -> bool:
    style_bold = bool(paragraph.style is not None and paragraph.style.font.bold)
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(style_bold if run.bold is None else run.bold for run in runs)


def _table_lines(table: etree._Element) -> Iterator[SourceLine]:
    """Yield a line for each row; cells merged downwards are empty below their first row."""
    for row in table.iter(qn("w:tr")):
        if next(row.iterancestors(qn("w:tbl"))) is not table:
            continue
        cells = [" ".join(_cell_text(cell).split()) for cell in row.iter(qn("w:tc")) if _row_of(cell) is row]
        if any(cells):
            bold = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
            yield SourceLine(" | ".join(cells).strip(), kind=LineKind.TABLE_ROW, emphasised=bold, complete=True)
    yield SourceLine("", kind=LineKind.BLANK)


def _row_of(cell: etree._Element) -> etree._Element:
    return next(cell.iterancestors(qn("w:tr")))


def _cell_text(cell: etree._Element) -> str:
    return "\n".join(_text(paragraph) for paragraph in cell.iter(qn("w:p")))


def _notes(document: WordDocument) -> Iterator[SourceLine]:
    """Yield the footnotes and endnotes, one line for each paragraph."""
    for relation in document.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(("/footnotes", "/endnotes")):
            continue
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        for paragraph in etree.fromstring(relation.target_part.blob, parser).iter(qn("w:p")):
            text = " ".join(_text(paragraph).split())
            if text:
                yield SourceLine(text, complete=True)
