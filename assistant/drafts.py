"""An answer before the gate."""

from dataclasses import dataclass

from assistant.answers import NoteKind, Outcome
from assistant.gate import DraftStatement, Quotation


@dataclass(frozen=True, slots=True)
class DraftNote:
    """A note before the gate."""

    kind: NoteKind
    words: str
    quotations: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before the gate.

    Args:
        outcome: how far the question is answered, provided that the statements stand.
        statements: what is asserted.
        notes: what must be known besides.
        remark: words of ours after the statements (what is missing, what to do), "" if none.
        is_whole: whether a register gave it: a list that is complete as it is, to which a language model adds nothing.
    """

    outcome: Outcome
    statements: tuple[DraftStatement, ...] = ()
    notes: tuple[DraftNote, ...] = ()
    remark: str = ""
    is_whole: bool = False
