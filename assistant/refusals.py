"""What is declined before anything is read: no question, an aside, filters that let no document pass."""

from assistant.answers import Outcome
from assistant.drafts import Draft
from assistant.messages import message
from assistant.understanding.asides import Aside
from assistant.understanding.question import Understanding

_ANSWERED_IN_KIND = (Aside.GREETING, Aside.THANKS, Aside.IDENTITY)


def decline_at_once(understood: Understanding, documents: frozenset[str]) -> Draft | None:
    """Return the refusal of what needs no reading, None where the documents have to be read.

    Args:
        understood: the question.
        documents: ids of the documents that may be used.
    """
    language = understood.answer_language
    if understood.is_empty:
        return Draft(Outcome.NEEDS_CLARIFICATION, remark=message("outcome.empty", language))
    if understood.aside is not None:
        key = understood.aside if understood.aside in _ANSWERED_IN_KIND else "out_of_scope"
        return Draft(Outcome.OUT_OF_SCOPE, remark=message(f"outcome.{key}", language))
    if not documents:
        return Draft(Outcome.NO_EVIDENCE, remark=message("outcome.nothing_in_filter", language))
    return None
