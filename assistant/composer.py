"""Composes an extractive answer: the words that answer, quoted, as few as the question allows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from assistant.answers import Outcome
from assistant.evidence import Evidence
from assistant.gate import DraftStatement, Quotation
from assistant.drafts import Draft
from assistant.from_registers import activity_heading, answer_from_registers, notes_on_identifiers
from assistant.messages import message
from assistant.reading.lists import whole_list, whole_table
from assistant.reading.reader import ReadUnit
from assistant.reading.units import Unit
from assistant.snapshot import Snapshot
from assistant.sufficiency import answers
from assistant.understanding.asked import Asked
from assistant.understanding.question import Understanding
from ingest.catalogue import Catalogue
from ingest.documents import BlockKind

MARGIN = 2.0
MOST_STATEMENTS = 3
MOST_WORDS = 85
SAME = 80.0


@dataclass(frozen=True, slots=True)
class Selection:
    """A unit chosen to answer, with the units of other documents that say the same."""

    unit: Unit
    seconds: tuple[Unit, ...]


def select(understood: Understanding, read: Sequence[ReadUnit], *, most: int = MOST_STATEMENTS) -> list[Selection]:
    """Return the units that answer, the best first; those that say the same stand together.

    Args:
        understood: the question.
        read: units, the best first.
        most: how many different ones at most.
    """
    chosen: list[Selection] = []
    words = 0
    for candidate in read:
        if candidate.relevance < read[0].relevance - MARGIN or len(chosen) == most:
            break
        if any(_say_the_same(candidate.unit.text, c.unit.text) for c in chosen):
            continue
        length = len(candidate.unit.text.split())
        if chosen and words + length > MOST_WORDS:
            continue
        words += length
        chosen.append(Selection(candidate.unit, _seconds(candidate.unit, read)))
    return chosen


def _seconds(unit: Unit, read: Iterable[ReadUnit]) -> tuple[Unit, ...]:
    """Return the best unit of each other document that says the same."""
    found: dict[str, Unit] = {}
    for other in read:
        document = other.unit.document_id
        if document != unit.document_id and document not in found and _say_the_same(other.unit.text, unit.text):
            found[document] = other.unit
    return tuple(found.values())


def _say_the_same(one: str, other: str) -> bool:
    return fuzz.token_set_ratio(one, other) >= SAME and min(len(one), len(other)) > 0.4 * max(len(one), len(other))


def compose(
    understood: Understanding, sides: Sequence[Evidence], snapshot: Snapshot, *, documents: frozenset[str]
) -> Draft:
    """Return the answer that the evidence supports, or the refusal it calls for."""
    language = understood.answer_language
    if understood.is_empty:
        return Draft(Outcome.NEEDS_CLARIFICATION, remark=message("outcome.empty", language))
    if not documents:
        return Draft(Outcome.NO_EVIDENCE, remark=message("outcome.nothing_in_filter", language))
    from_registers = answer_from_registers(understood, sides, snapshot, documents)
    if from_registers is not None:
        return from_registers
    return answer_from_passages(understood, sides, snapshot)


def answer_from_passages(understood: Understanding, sides: Sequence[Evidence], snapshot: Snapshot) -> Draft:
    """Return the statements that reading found, or the refusal where it found none that answers."""
    language = understood.answer_language
    notes = notes_on_identifiers(understood, snapshot, sides)
    if not any(side.read for side in sides) or not answers(understood, sides):
        return Draft(Outcome.NO_EVIDENCE, notes=notes, remark=message("outcome.no_evidence", language))
    statements = []
    for side in sides:
        heading = activity_heading(side.scope, snapshot, language)
        statements += heading
        most = MOST_STATEMENTS if len(sides) == 1 else 1 if heading else 2
        label = "" if heading else _label(side, language)
        statements += [
            _labelled(_statement(understood, selection, snapshot.catalogue), label)
            for selection in select(understood, side.read, most=most)
        ]
    return Draft(Outcome.ANSWERED, tuple(statements), notes)


def _labelled(statement: DraftStatement, label: str) -> DraftStatement:
    return replace(statement, words=label, template=label)


def _label(side: Evidence, language: str) -> str:
    if side.scope.year is None:
        return ""
    key = "label.programme" if side.scope.is_programme else "label.year"
    return message(key, language, year=side.scope.year) + ":"


def _statement(understood: Understanding, selection: Selection, catalogue: Catalogue) -> DraftStatement:
    quotations = list(_quotations(understood, selection.unit, catalogue))
    for second in selection.seconds:
        quotations += _quotations(understood, second, catalogue)
    return DraftStatement("", tuple(quotations), shown=len(_quotations(understood, selection.unit, catalogue)))


def _quotations(understood: Understanding, unit: Unit, catalogue: Catalogue) -> list[Quotation]:
    document = catalogue.document(unit.document_id)
    spans = unit.spans
    if unit.kind is BlockKind.TABLE_ROW:
        spans = whole_table(document, unit) or spans
    elif Asked.LIST in understood.asked:
        spans = whole_list(document, unit) or spans
    return [Quotation(document.id, start, end, document.text[start:end]) for start, end in spans]
