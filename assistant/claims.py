"""Weighs what an asker holds against an answer ("no, it was 2005"): the documents decide, and the answer says so."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import NoteKind
from assistant.drafts import Draft, DraftNote
from assistant.evidence import Evidence
from assistant.gate import DraftStatement, Quotation, unsupported
from assistant.messages import message
from assistant.reading.reader import ReadUnit
from assistant.understanding.question import Understanding
from ingest.languages import stem

_NEAR = 6.0  # how far behind the best a sentence may be and still speak of what was asked


def weigh_claim(draft: Draft, understood: Understanding, sides: Sequence[Evidence]) -> Draft:
    """Return an answer with a note that tells whether the documents say what the asker holds against it.

    The answer itself stays what the documents say: a claim is never evidence.

    Args:
        draft: the answer to the question as it was asked before.
        understood: the question, and what is claimed.
        sides: what was read.
    """
    if not understood.claim:
        return draft
    cited = tuple(q for statement in draft.statements for q in statement.quotations)
    if cited and _bears_out(understood, cited):
        confirmed = message("note.confirmed", understood.answer_language, claim=_told(understood, ()))
        return replace(draft, remark=" ".join(filter(None, (draft.remark, confirmed))))
    return replace(draft, notes=(*draft.notes, _note(understood, cited, sides)))


def _note(understood: Understanding, cited: tuple[Quotation, ...], sides: Sequence[Evidence]) -> DraftNote:
    language, elsewhere = understood.answer_language, _said_elsewhere(understood, sides)
    key, told = ("also_said", _told(understood, ())) if elsewhere else ("not_confirmed", _told(understood, cited))
    return DraftNote(NoteKind.CONTRADICTION, message(f"note.{key}", language, claim=told), elsewhere)


def _bears_out(understood: Understanding, quotations: tuple[Quotation, ...]) -> bool:
    """Tell whether quotations hold every number, date and name of a claim, or else every word of it."""
    checked = _figures_and_names(understood, ())
    if checked:
        return not _figures_and_names(understood, quotations)
    said = set(stem(understood.claim, understood.answer_language))
    return said <= {s for q in quotations for s in stem(q.text, understood.language)}


def _figures_and_names(understood: Understanding, quotations: tuple[Quotation, ...]) -> list[str]:
    claim = understood.claim[:1].lower() + understood.claim[1:]
    claim = understood.claim if len(claim.split()) == 1 else claim
    return unsupported(DraftStatement(claim, quotations), language=understood.answer_language)


def _said_elsewhere(understood: Understanding, sides: Sequence[Evidence]) -> tuple[Quotation, ...]:
    """Return the best sentence that bears a claim out though the answer did not quote it."""
    for side in sides:
        best = side.read[0].relevance if side.read else 0.0
        for read in side.read:
            quoted = _quoted(read)
            if read.relevance >= best - _NEAR and read.agreed >= 0 and _bears_out(understood, quoted):
                return quoted
    return ()


def _quoted(read: ReadUnit) -> tuple[Quotation, ...]:
    unit = read.unit
    text = unit.passage.text
    start = unit.passage.start
    return tuple(Quotation(unit.document_id, a, b, text[a - start : b - start]) for a, b in unit.spans)


def _told(understood: Understanding, cited: tuple[Quotation, ...]) -> str:
    """Return a claim as a note names it: the figures and names it gets wrong, or else its words."""
    wrong = dict.fromkeys(_figures_and_names(understood, cited))
    return ", ".join(wrong) if wrong else f"“{understood.claim}”"
