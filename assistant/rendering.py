"""Turns statements that passed the gate into the answer's text, with citations numbered in the order they are shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.answers import Citation, Note, Statement, cited_document
from assistant.drafts import DraftNote
from assistant.gate import DraftStatement, Quotation, stands
from ingest.catalogue import Catalogue
from ingest.documents import Document


@dataclass(slots=True)
class Citations:
    """Numbers quotations; the same place gets the same number."""

    catalogue: Catalogue
    numbered: dict[tuple[str, int, int], Citation] = field(default_factory=dict)

    def number(self, quotation: Quotation) -> int:
        """Return the number of a quotation's citation, issuing it the first time."""
        key = (quotation.document_id, quotation.start, quotation.end)
        if key not in self.numbered:
            self.numbered[key] = self._citation(quotation, len(self.numbered) + 1)
        return self.numbered[key].number

    def _citation(self, quotation: Quotation, number: int) -> Citation:
        document = self.catalogue.document(quotation.document_id)
        place = document.place(quotation.start)
        return Citation(
            number=number,
            quote=quotation.text,
            verified=True,
            start=quotation.start,
            end=quotation.end,
            document=cited_document(self.catalogue.cards[document.id]),
            section=document.section_path(quotation.start),
            page=place.page,
            page_label=place.page_label,
            href=_href(document.id, place.page, quotation),
        )


def _href(document_id: str, page: int | None, quotation: Quotation) -> str:
    where = f"pages/{page}" if page is not None else "view"
    return f"/v1/documents/{document_id}/{where}?start={quotation.start}&end={quotation.end}"


def render(statements: Sequence[DraftStatement], citations: Citations) -> tuple[Statement, ...]:
    """Return the statements as they are shown, numbering their citations."""
    return tuple(_render(statement, citations) for statement in statements)


def _render(statement: DraftStatement, citations: Citations) -> Statement:
    numbers = [citations.number(q) for q in statement.quotations]
    shown = [
        f"“{_in_line(q.text)}” [{n}]" for q, n in zip(statement.quotations[: statement.shown], numbers, strict=False)
    ]
    also = "".join(f" [{n}]" for n in numbers[statement.shown :])
    text = " ".join(part for part in (statement.words, *shown) if part) + also
    return Statement(text, tuple(dict.fromkeys(numbers)))


def _in_line(quote: str) -> str:
    """Return a quotation with its line ends as single blanks (a list keeps its lines)."""
    lines = [" ".join(line.split()) for line in quote.splitlines() if line.strip()]
    return "\n".join(lines) if len(lines) > 2 else " ".join(lines)


def render_notes(
    notes: Sequence[DraftNote], citations: Citations, document: Callable[[str], Document]
) -> tuple[Note, ...]:
    """Return the notes whose quotations stand, numbering their citations."""
    return tuple(
        Note(note.kind, note.words, tuple(citations.number(q) for q in note.quotations))
        for note in notes
        if all(stands(q, document(q.document_id)) for q in note.quotations)
    )


def text_of(statements: Sequence[Statement], notes: Sequence[Note], remark: str) -> str:
    """Return the whole answer as plain text: statements, then notes, then the remark."""
    parts = [statement.text for statement in statements]
    parts += [note.text + "".join(f" [{n}]" for n in note.citations) for note in notes]
    return "\n".join(part for part in (*parts, remark) if part)
