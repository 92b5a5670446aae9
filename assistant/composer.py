"""Composes an extractive answer: the words that answer, quoted, as few as the question allows."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import NoteKind, Outcome
from assistant.claims import weigh_claim
from assistant.disagreements import disagreements
from assistant.drafts import Draft, DraftNote
from assistant.evidence import Evidence
from assistant.from_registers import (
    activity_heading,
    answer_from_registers,
    first_objective,
    notes_on_identifiers,
    partly_known,
)
from assistant.gate import DraftStatement
from assistant.messages import message
from assistant.office_holders import holders_by_year
from assistant.quoting import joined, statement_of, without_repeats
from assistant.refusals import decline_at_once
from assistant.selection import MOST_STATEMENTS, other_mandates, select
from assistant.snapshot import Snapshot
from assistant.sufficiency import SIDE_THRESHOLD, THRESHOLD
from assistant.understanding.asked import Asked
from assistant.understanding.question import Understanding

NEAREST = 3


def compose(
    understood: Understanding, sides: Sequence[Evidence], snapshot: Snapshot, *, documents: frozenset[str]
) -> Draft:
    """Return the answer that the evidence supports, or the refusal it calls for."""
    declined = decline_at_once(understood, documents)
    return declined or weigh_claim(_answer(understood, sides, snapshot, documents), understood, sides)


def _answer(
    understood: Understanding, sides: Sequence[Evidence], snapshot: Snapshot, documents: frozenset[str]
) -> Draft:
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
    statements, disputed = [], list[DraftNote]()
    for side in answering:
        heading = activity_heading(side.scope, snapshot, language)
        statements += heading
        if heading and not understood.asked - _WHAT_IT_IS:
            statements += first_objective(side.scope, snapshot)
            continue
        most = MOST_STATEMENTS if len(sides) == 1 else 2
        label = "" if heading else _label(side, language)
        holders = holders_by_year(side, snapshot)
        if holders:
            statements += [
                _labelled(statement_of(side.question, s, snapshot.catalogue, is_first=True), _of_year(year, language))
                for year, s in holders
            ]
            continue
        selections = select(side.read, most=most)
        selections += other_mandates(side, selections)
        disputed += disagreements(side, selections, snapshot)
        statements += [
            _labelled(statement_of(side.question, s, snapshot.catalogue, is_first=not index and not heading), label)
            for index, s in enumerate(selections)
        ]
    statements = joined(without_repeats(statements), snapshot.catalogue)
    notes = tuple(dict.fromkeys((*notes, *disputed)))
    missing = [_name(side, language) for side in sides if side not in answering]
    if missing:
        remark = message("outcome.partly", language, missing=", ".join(missing))
        return Draft(Outcome.PARTLY_ANSWERED, tuple(statements), notes, remark)
    return Draft(Outcome.ANSWERED, tuple(statements), notes)


_WHAT_IT_IS = {Asked.DEFINITION, Asked.LIST, Asked.COMPARISON, Asked.MANDATE, Asked.NUMBER}


def _refusal(sides: Sequence[Evidence], snapshot: Snapshot, language: str) -> str:
    """Return the words of a refusal, with the nearest places, named as looked at and not as answers."""
    found = (sorted(side.candidates[:NEAREST], key=lambda c: -c.similarity) for side in sides)
    nearest = [candidate.passage for candidates in found for candidate in candidates]
    titles = (snapshot.catalogue.cards[p.document_id].metadata.title for p in nearest)
    places = dict.fromkeys(" › ".join((t, *p.path[-2:])) for t, p in zip(titles, nearest, strict=True))
    looked = message("outcome.nearest", language, places="; ".join(places)) if places else ""
    return " ".join(part for part in (message("outcome.no_evidence", language), looked) if part)


def _labelled(statement: DraftStatement, label: str) -> DraftStatement:
    return replace(statement, words=label, template=label)


def _name(side: Evidence, language: str) -> str:
    """Return what a side is called where nothing was found for it: its year, or its part of the question."""
    return _label(side, language).rstrip(":") or side.question.text


def _label(side: Evidence, language: str) -> str:
    if side.scope.year is None:
        return ""
    if side.scope.is_programme:
        return message("label.programme", language, year=side.scope.year) + ":"
    return _of_year(side.scope.year, language)


def _of_year(year: int, language: str) -> str:
    return message("label.year", language, year=year) + ":"
