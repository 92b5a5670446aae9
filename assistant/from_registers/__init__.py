"""What the registers answer by themselves: identifiers, lists, counts, meetings and programmes side by side."""

from assistant.from_registers.activities import activity_heading, first_objective
from assistant.from_registers.strategies import (
    STRATEGIES,
    answer_from_registers,
    notes_on_identifiers,
    partly_known,
)

__all__ = [
    "STRATEGIES",
    "activity_heading",
    "answer_from_registers",
    "first_objective",
    "notes_on_identifiers",
    "partly_known",
]
