"""Why answers are wrong: every miss with its one root cause."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from eval.questions import Split
from eval.scoring import ScoredAnswer

LOOKED_AT = 10


class Cause(StrEnum):
    """The first step that went wrong, in the order in which they are looked for."""

    NO_ANSWER = "no answer"
    FALSE_QUOTE = "false quote"
    FALSE_ANSWER = "false answer"
    FALSE_REFUSAL = "false refusal"
    RETRIEVAL_MISS = "retrieval miss"
    GATE_DROP = "gate drop"
    SELECTION_MISS = "selection miss"
    CITATION_MISS = "citation miss"


MEANINGS = {
    Cause.NO_ANSWER: "the question could not be asked",
    Cause.FALSE_QUOTE: "a quotation does not stand in its file",
    Cause.FALSE_ANSWER: "answered though the documents do not say",
    Cause.FALSE_REFUSAL: "refused though a gold place is in the evidence, or nothing was looked up",
    Cause.RETRIEVAL_MISS: f"no gold place in the first {LOOKED_AT} pieces of evidence",
    Cause.GATE_DROP: "a fact is missing and the gate dropped a statement",
    Cause.SELECTION_MISS: "a gold place is in the evidence, a fact is not in the answer",
    Cause.CITATION_MISS: "all facts are there, no gold place is quoted",
}


@dataclass(frozen=True, slots=True)
class Miss:
    """A wrong answer.

    Args:
        question_id: the question.
        cause: what went wrong first.
        language: of the question.
        kind: of question.
        facts: share of the required facts that the answer holds.
        text: the question's words; "" for a held-out question, which nobody is to learn from.
    """

    question_id: str
    cause: Cause
    language: str
    kind: str
    facts: float
    text: str


def find_misses(scored: Iterable[ScoredAnswer]) -> tuple[Miss, ...]:
    """Return every miss, in the order of the questions."""
    found = ((s, cause_of(s)) for s in scored)
    return tuple(_miss(s, cause) for s, cause in found if cause is not None)


def cause_of(scored: ScoredAnswer) -> Cause | None:
    """Return why an answer is wrong, None if it is right."""
    if not scored.given:
        return Cause.NO_ANSWER
    if scored.verbatim < len(scored.answer.quotes):
        return Cause.FALSE_QUOTE
    if not scored.question.answerable:
        return Cause.FALSE_ANSWER if scored.false_answer else None
    return _cause_of_answerable(scored)


def _cause_of_answerable(scored: ScoredAnswer) -> Cause | None:
    if scored.refused and (scored.retrieved(LOOKED_AT) or not scored.answer.evidence):
        return Cause.FALSE_REFUSAL
    if not scored.refused and scored.facts == 1:
        return None if scored.cited_gold else Cause.CITATION_MISS
    if not scored.retrieved(LOOKED_AT):
        return Cause.RETRIEVAL_MISS
    return Cause.GATE_DROP if scored.answer.dropped else Cause.SELECTION_MISS


def count_by_cause(misses: Sequence[Miss]) -> dict[Cause, int]:
    """Return how many misses each cause has, all causes named."""
    counted = Counter(miss.cause for miss in misses)
    return {cause: counted[cause] for cause in Cause}


def _miss(scored: ScoredAnswer, cause: Cause) -> Miss:
    question = scored.question
    text = question.text if question.split is Split.TUNING else ""
    return Miss(question.id, cause, question.language, question.kind, scored.facts, text)
