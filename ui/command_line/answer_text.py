"""Sets an answer, with its citations and notes, as text."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest.normalisation import fold, normalise
from ui.command_line.output import Ink

if TYPE_CHECKING:
    from assistant.answers import Answer, Citation, EvidenceItem

_INDENT = "    "
_NOTES = {
    "contradiction": "The documents disagree",
    "other_body": "Another body",
    "unknown_identifier": "Not on record",
    "ambiguous_code": "More than one meaning",
    "coverage": "Coverage",
    "translation": "Translation",
}


def answer_text(answer: "Answer", ink: Ink) -> str:
    """Return the answer, then its citations, notes and how it came about."""
    parts = [ink.wrap(answer.text)]
    if fold(answer.standalone_question) != fold(answer.question):
        parts.insert(0, ink.faint(ink.wrap(f"Understood as: {answer.standalone_question}")))
    if answer.citations:
        parts.append("\n".join(_citation(c, answer.text, ink) for c in answer.citations))
    notes = [n for n in answer.notes if normalise(n.text) not in normalise(answer.text)]
    if notes:
        parts.append("\n".join(ink.wrap(_note(n.kind, n.text, n.citations)) for n in notes))
    parts.append(ink.faint(ink.wrap(_origin(answer))))
    return "\n\n".join(parts)


def evidence_text(evidence: Sequence["EvidenceItem"], ink: Ink) -> str:
    """Return passages with their place and similarity, the best first."""
    if not evidence:
        return "No passage was found."
    return "\n\n".join(_passage(item, ink) for item in evidence)


def _citation(citation: "Citation", text: str, ink: Ink) -> str:
    document = citation.document
    named = ", ".join(filter(None, (document.title, document.symbol)))
    standing = ", ".join(
        filter(None, (document.kind.replace("_", " "), document.status, document.date, document.language))
    )
    place = " · ".join(filter(None, (" › ".join(citation.section), _page(citation), document.file)))
    mark, head = f"[{citation.number}]", ink.wrap(f"{named} ({standing})", indent=_INDENT).lstrip()
    lines = [f"{ink.strong(mark)} {head}", ink.faint(ink.wrap(place, indent=_INDENT))]
    if normalise(citation.quote) not in normalise(text):
        lines.append(ink.wrap(f"“{' '.join(citation.quote.split())}”", indent=_INDENT))
    return "\n".join(lines)


def _page(citation: "Citation") -> str:
    if citation.page is None:
        return f"printed page {citation.page_label}" if citation.page_label else ""
    printed = f"printed page {citation.page_label}, " if citation.page_label else ""
    return f"{printed}page {citation.page} of the file"


def _note(kind: str, text: str, citations: Sequence[int]) -> str:
    return f"{_NOTES[kind]}: {text}" + "".join(f" [{number}]" for number in citations if f"[{number}]" not in text)


def _origin(answer: "Answer") -> str:
    coverage = answer.coverage
    unread = f", {coverage.documents_unreadable} unreadable" if coverage.documents_unreadable else ""
    outcome = answer.outcome.replace("_", " ")
    return f"{answer.id} · {outcome} · {coverage.documents_searched} documents searched{unread}"


def _passage(item: "EvidenceItem", ink: Ink) -> str:
    place = " › ".join(item.section)
    head = f"{ink.strong(f'{item.rank}.')} {item.file} · similarity {item.similarity:.3f}"
    return "\n".join((head, ink.faint(ink.wrap(place, indent=_INDENT)), ink.wrap(item.text, indent=_INDENT)))
