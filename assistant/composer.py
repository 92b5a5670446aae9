"""Composes an extractive answer: the words that answer, quoted, as few as the question allows."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from assistant.answers import NoteKind, Outcome
from assistant.drafts import Draft, DraftNote
from assistant.evidence import Evidence, says_mandate
from assistant.from_registers import (
    activity_heading,
    answer_from_registers,
    first_objective,
    notes_on_identifiers,
    partly_known,
)
from assistant.gate import DraftStatement, Quotation
from assistant.messages import message
from assistant.reading.lists import whole_list, whole_table
from assistant.reading.reader import ReadUnit
from assistant.reading.units import Unit
from assistant.snapshot import Snapshot
from assistant.sufficiency import SIDE_THRESHOLD, THRESHOLD
from assistant.understanding.asked import Asked
from assistant.understanding.question import Understanding
from ingest.catalogue import Catalogue
from ingest.documents import BlockKind
from ingest.normalisation import fold

MARGIN = 2.0
MOST_STATEMENTS = 3
MOST_WORDS = 85
SAME = 80.0
MANDATE_MARGIN = 6.0
NEAREST = 3
NEARNESS = 0.7
_GAP = 3  # characters between two sentences that follow one another


@dataclass(frozen=True, slots=True)
class Selection:
    """A unit chosen to answer, with the units of other documents that say the same."""

    unit: Unit
    seconds: tuple[Unit, ...]


def select(read: Sequence[ReadUnit], *, most: int = MOST_STATEMENTS) -> list[Selection]:
    """Return the units that answer, the best first; those that say the same stand together.

    A sentence beside one already chosen is preferred to one from elsewhere: answers run on.

    Args:
        read: units, the best first.
        most: how many different ones at most.
    """
    rest = list(read)
    chosen: list[ReadUnit] = []
    words = 0
    while rest and len(chosen) < most:
        best = max(rest, key=lambda r: r.relevance + _nearness(r, chosen))
        rest = [r for r in rest if r is not best]
        if chosen and best.relevance + _nearness(best, chosen) < read[0].relevance - MARGIN:
            break
        length = len(best.unit.text.split())
        if _repeats(best, chosen) or (chosen and words + length > MOST_WORDS):
            continue
        words += length
        chosen.append(best)
    return [Selection(c.unit, _seconds(c, read)) for c in chosen]


def other_mandates(side: Evidence, selections: Sequence[Selection]) -> list[Selection]:
    """Return what documents not cited yet say that a decision mandates, up to three documents in the answer."""
    cited = {u.document_id for s in selections for u in (s.unit, *s.seconds)}
    works = {s.unit.work for s in selections if s.unit.work}
    found: list[Selection] = []
    for r in side.read:
        is_new = r.unit.document_id not in cited and r.unit.work not in works
        near = r.relevance >= side.read[0].relevance - MANDATE_MARGIN
        if len(cited) < MOST_STATEMENTS and is_new and near and says_mandate(r.unit, side.scope):
            found.append(Selection(r.unit, ()))
            cited.add(r.unit.document_id)
            works |= {r.unit.work} if r.unit.work else set()
    return found


def _nearness(candidate: ReadUnit, chosen: Sequence[ReadUnit]) -> float:
    """Return a bonus for a sentence that comes right before or after one that was chosen."""
    unit = candidate.unit
    return (
        NEARNESS
        if any(
            other.unit.document_id == unit.document_id
            and other.unit.passage.path == unit.passage.path
            and min(abs(unit.start - other.unit.end), abs(other.unit.start - unit.end)) <= _GAP
            for other in chosen
        )
        else 0.0
    )


def _repeats(candidate: ReadUnit, chosen: Sequence[ReadUnit]) -> bool:
    """Tell whether a unit says what a chosen one says, in the same words or in another language version of its work."""
    return any(_say_the_same(candidate.unit.text, c.unit.text) or _translates(candidate.unit, c.unit) for c in chosen)


def _translates(one: Unit, other: Unit) -> bool:
    """Tell whether two units of language versions of one work hold the same names, numbers and codes."""
    if not one.work or one.work != other.work or one.passage.language == other.passage.language:
        return False
    here, there = _neutral_words(one.text), _neutral_words(other.text)
    return len(here & there) >= 0.4 * max(len(here | there), 1) if here and there else here == there


def _neutral_words(text: str) -> frozenset[str]:
    """Return the words that a translation leaves much as they are: those with digits and those written large."""
    return frozenset(fold(word)[:5] for word in re.findall(r"\b(?:\w*\d[\w.,/-]*|[A-ZÀ-Ý][\w.-]+)", text))


def _seconds(chosen: ReadUnit, read: Iterable[ReadUnit]) -> tuple[Unit, ...]:
    """Return the best unit of each other document that says the same."""
    unit, found = chosen.unit, dict[str, Unit]()
    for other in read:
        second = other.unit
        if second.document_id in (unit.document_id, *found) or (second.work and second.work == unit.work):
            continue
        if _say_the_same(second.text, unit.text):
            found[second.document_id] = second
    return tuple(found.values())


def _say_the_same(one: str, other: str) -> bool:
    """Tell whether two texts say the same in nearly the same words, with no figure that the other contradicts."""
    here, there = set(re.findall(r"\d+", one)), set(re.findall(r"\d+", other))
    close_in_length = min(len(one), len(other)) > 0.4 * max(len(one), len(other))
    return here == there and close_in_length and fuzz.token_set_ratio(one, other) >= SAME


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
        return replace(from_registers, is_whole=is_list(from_registers))
    notes = notes_on_identifiers(understood, snapshot, sides, documents)
    return partly_known(answer_from_passages(understood, sides, snapshot, notes))


def is_list(draft: Draft) -> bool:
    """Tell whether a register's answer is a list that says how complete it is."""
    counts = any(note.kind is NoteKind.COVERAGE for note in draft.notes) or any(s.counted for s in draft.statements)
    return counts or len(draft.statements) > MOST_STATEMENTS


def answer_from_passages(
    understood: Understanding, sides: Sequence[Evidence], snapshot: Snapshot, notes: tuple[DraftNote, ...]
) -> Draft:
    """Return the statements that reading found, or the refusal where it found none that answers."""
    language = understood.answer_language
    threshold = THRESHOLD if len(sides) == 1 else SIDE_THRESHOLD
    answering = [side for side in sides if side.confidence >= threshold]
    if not answering:
        return Draft(Outcome.NO_EVIDENCE, notes=notes, remark=_refusal(sides, snapshot, language))
    statements = []
    for side in answering:
        heading = activity_heading(side.scope, snapshot, language)
        statements += heading
        if heading and not understood.asked - _WHAT_IT_IS:
            statements += first_objective(side.scope, snapshot)
            continue
        most = MOST_STATEMENTS if len(sides) == 1 else 2
        label = "" if heading else _label(side, language)
        selections = select(side.read, most=most)
        selections += other_mandates(side, selections)
        statements += [_labelled(_statement(understood, s, snapshot.catalogue), label) for s in selections]
    statements = _without_repeats(statements)
    missing = [_label(side, language).rstrip(":") for side in sides if side not in answering]
    if missing:
        remark = message("outcome.partly", language, missing=", ".join(missing))
        return Draft(Outcome.PARTLY_ANSWERED, tuple(statements), notes, remark)
    return Draft(Outcome.ANSWERED, tuple(statements), notes)


_WHAT_IT_IS = {Asked.DEFINITION, Asked.LIST, Asked.COMPARISON, Asked.MANDATE, Asked.NUMBER}


def _without_repeats(statements: Sequence[DraftStatement]) -> list[DraftStatement]:
    """Return the statements without those that quote what one before has quoted: two rows of one table, say."""
    first: dict[tuple[tuple[str, int, int], ...], DraftStatement] = {}
    for statement in statements:
        key = tuple((q.document_id, q.start, q.end) for q in statement.quotations[: statement.shown])
        first.setdefault(key, statement)
    return list(first.values())


def _refusal(sides: Sequence[Evidence], snapshot: Snapshot, language: str) -> str:
    """Return the words of a refusal, with the nearest places, named as looked at and not as answers."""
    nearest = [c.passage for side in sides for c in side.candidates[:NEAREST]]
    titles = (snapshot.catalogue.cards[p.document_id].metadata.title for p in nearest)
    places = dict.fromkeys(" › ".join((t, *p.path[-2:])) for t, p in zip(titles, nearest, strict=True))
    looked = message("outcome.nearest", language, places="; ".join(places)) if places else ""
    return " ".join(part for part in (message("outcome.no_evidence", language), looked) if part)


def _labelled(statement: DraftStatement, label: str) -> DraftStatement:
    return replace(statement, words=label, template=label)


def _label(side: Evidence, language: str) -> str:
    if side.scope.year is None:
        return ""
    key = "label.programme" if side.scope.is_programme else "label.year"
    return message(key, language, year=side.scope.year) + ":"


def _statement(understood: Understanding, selection: Selection, catalogue: Catalogue) -> DraftStatement:
    shown = _quotations(understood, selection.unit, catalogue)
    seconds = [q for second in selection.seconds for q in _quotations(understood, second, catalogue)]
    return DraftStatement("", (*shown, *seconds), shown=len(shown))


def _quotations(understood: Understanding, unit: Unit, catalogue: Catalogue) -> list[Quotation]:
    document = catalogue.document(unit.document_id)
    spans = unit.spans
    if unit.kind is BlockKind.TABLE_ROW:
        spans = whole_table(document, unit) or spans
    elif Asked.LIST in understood.asked:
        spans = whole_list(document, unit) or spans
    return [Quotation(document.id, start, end, document.text[start:end]) for start, end in spans]
