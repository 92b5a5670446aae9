"""The register strategies in the order in which they are tried, and the notes that go with any answer."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answers import NoteKind, Outcome
from assistant.definitions import what_it_stands_for
from assistant.drafts import Draft, DraftNote
from assistant.evidence import Evidence
from assistant.from_registers.activities import (
    ambiguous_code_notes,
    listed_activities,
    unknown_code_notes,
    unknown_codes,
)
from assistant.from_registers.asking import Asking
from assistant.from_registers.comparisons import compared_programmes
from assistant.from_registers.decisions import (
    decision_disagreements,
    listed_decisions,
    other_body_notes,
    unknown_decision_notes,
    unknown_decisions,
)
from assistant.from_registers.meeting_lists import listed_meetings
from assistant.from_registers.meetings import meeting_disagreements, meeting_facts, meeting_points, which_meeting
from assistant.from_registers.programmes import unheld_programme_notes, unheld_programmes
from assistant.from_registers.symbols import (
    document_of_symbol,
    symbol_of_document,
    unknown_symbol_notes,
    unknown_symbols,
)
from assistant.snapshot import Snapshot
from assistant.understanding.question import Understanding

Strategy = Callable[[Asking], Draft | None]

STRATEGIES: tuple[Strategy, ...] = (
    unknown_decisions,
    unknown_codes,
    unknown_symbols,
    unheld_programmes,
    document_of_symbol,
    symbol_of_document,
    what_it_stands_for,
    listed_decisions,
    compared_programmes,
    listed_activities,
    listed_meetings,
    which_meeting,
    meeting_facts,
    meeting_points,
)


def answer_from_registers(
    understood: Understanding, sides: Sequence[Evidence], snapshot: Snapshot, documents: frozenset[str]
) -> Draft | None:
    """Return the answer that registers give without reading passages, None where they have none."""
    asking = Asking(understood, snapshot, documents)
    return next((draft for strategy in STRATEGIES if (draft := strategy(asking)) is not None), None)


def notes_on_identifiers(
    understood: Understanding, snapshot: Snapshot, sides: Sequence[Evidence], documents: frozenset[str]
) -> tuple[DraftNote, ...]:
    """Return the notes that identifiers call for: unknown, another body's, disputed, or of several years."""
    asking = Asking(understood, snapshot, documents)
    return (
        *unknown_decision_notes(asking),
        *unknown_code_notes(asking),
        *unknown_symbol_notes(asking),
        *unheld_programme_notes(asking),
        *other_body_notes(asking),
        *decision_disagreements(asking),
        *meeting_disagreements(asking),
        *ambiguous_code_notes(asking, sides),
    )


def partly_known(draft: Draft) -> Draft:
    """Return an answer as a part of one where a note says that something asked about is not on record."""
    lacks = any(note.kind is NoteKind.UNKNOWN_IDENTIFIER for note in draft.notes)
    is_whole = draft.outcome is Outcome.ANSWERED
    return replace(draft, outcome=Outcome.PARTLY_ANSWERED) if lacks and is_whole else draft
