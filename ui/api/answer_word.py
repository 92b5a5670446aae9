"""Answers as a Word document with real footnotes."""

from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape

from docx import Document  # noqa: TID251, the one place that writes Word
from docx.document import Document as WordDocument  # noqa: TID251
from docx.opc.packuri import PackURI  # noqa: TID251
from docx.opc.part import Part  # noqa: TID251
from docx.oxml import parse_xml  # noqa: TID251
from docx.text.paragraph import Paragraph  # noqa: TID251

from assistant.answers import Answer
from ui.api.answer_export import footnote, pieces, provenance

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


def answer_word(answer: Answer, created: str) -> bytes:
    """Return question, answer, notes and footnotes as a .docx file."""
    return answers_word([(answer, created)])


def answers_word(given: Sequence[tuple[Answer, str]]) -> bytes:
    """Return answers, each with when it was given, as one .docx file; its footnotes are numbered through."""
    document = Document()
    footnotes: list[str] = []
    for answer, created in given:
        _add_answer(document, answer, created, offset=len(footnotes))
        footnotes += [footnote(citation) for citation in answer.citations]
    if footnotes:
        _add_footnotes(document, footnotes)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _add_answer(document: WordDocument, answer: Answer, created: str, *, offset: int) -> None:
    numbers = [citation.number for citation in answer.citations]
    document.add_heading(_clean(answer.question), level=1)
    for line in filter(str.strip, answer.text.splitlines()):
        paragraph = document.add_paragraph()
        for piece in pieces(line, numbers):
            if isinstance(piece, int):
                _add_marker(paragraph, piece + offset)
            else:
                paragraph.add_run(_clean(piece))
    document.add_paragraph(_clean(provenance(answer, created)), style="Caption")


def _add_marker(paragraph: Paragraph, number: int) -> None:
    run = f'<w:r xmlns:w="{_SPACE}">{_RAISED}<w:footnoteReference w:id="{number}"/></w:r>'
    paragraph._p.append(parse_xml(run))


def _add_footnotes(document: WordDocument, footnotes: Sequence[str]) -> None:
    """Add the part of the file that holds the footnotes, which python-docx cannot write itself."""
    written = "".join(_footnote_xml(number, text) for number, text in enumerate(footnotes, start=1))
    xml = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="{_SPACE}">{_SEPARATORS}{written}</w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), _PART, xml.encode("utf-8"), document.part.package)
    document.part.relate_to(part, _RELATION)


def _footnote_xml(number: int, text: str) -> str:
    words = f'<w:r><w:t xml:space="preserve"> {escape(_clean(text))}</w:t></w:r>'
    return f'<w:footnote w:id="{number}"><w:p><w:r>{_RAISED}<w:footnoteRef/></w:r>{words}</w:p></w:footnote>'


def _clean(text: str) -> str:
    """Return the text without characters that XML cannot hold."""
    return "".join(
        c
        for c in text
        if c in "\t\n" or (ord(c) >= 32 and not 0xD800 <= ord(c) <= 0xDFFF and ord(c) not in (0xFFFE, 0xFFFF))
    )
