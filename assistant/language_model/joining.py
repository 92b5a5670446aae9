"""Joins what a language model said with the extractive answer, so that the reader loses nothing by having asked it."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import NoteKind
from assistant.drafts import Draft, DraftNote
from assistant.gate import DraftStatement, Quotation
from assistant.language_model.chat_model import Failure
from assistant.messages import message
from assistant.snapshot import Snapshot

_MOSTLY = 0.5


def rest_of_answer(
    draft: Draft, told: Sequence[DraftStatement], failure: Failure | None, snapshot: Snapshot, *, language: str
) -> Draft:
    """Return what is left to tell after a model's sentences, with notes on what it did.

    A model that broke off is completed by the extractive answer; one that passed over what reading found best gets
    that put after its own words; one of which nothing stands is replaced.

    Args:
        draft: the extractive answer.
        told: sentences of the model that were told already.
        failure: why it gave no whole answer, None if it did.
        snapshot: the generation being served.
        language: of the answer.
    """
    cited = [quotation for statement in told for quotation in statement.quotations]
    missing = [s for s in draft.statements if _share_cited(s, cited) < _MOSTLY]
    if told and failure is None:
        is_touched = any(_share_cited(s, cited) for s in draft.statements)
        missing = [] if is_touched else missing[:1]
    notes = (*draft.notes, *_notes(told, failure, snapshot, language))
    return replace(draft, statements=tuple(missing), notes=notes)


def _share_cited(statement: DraftStatement, cited: Sequence[Quotation]) -> float:
    """Return the share of a statement's shown quotations that was cited already."""
    shown = statement.quotations[: statement.shown]
    seen = {
        (q.document_id, place)
        for q in shown
        for c in cited
        if c.document_id == q.document_id
        for place in range(max(q.start, c.start), min(q.end, c.end))
    }
    return len(seen) / max(sum(q.end - q.start for q in shown), 1)


def _notes(
    told: Sequence[DraftStatement], failure: Failure | None, snapshot: Snapshot, language: str
) -> list[DraftNote]:
    notes = []
    if failure is not None:
        key = "note.model_broke_off" if told else "note.model_failed"
        notes.append(DraftNote(NoteKind.MODEL, message(key, language)))
    cards = snapshot.catalogue.cards
    languages = {cards[q.document_id].metadata.language for s in told for q in s.quotations} - {language}
    if languages:
        names = ", ".join(message(f"language.{code}", language) for code in sorted(languages))
        notes.append(DraftNote(NoteKind.TRANSLATION, message("note.model_translated", language, languages=names)))
    return notes
