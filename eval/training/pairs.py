"""Questions with texts, and how relevant each text ought to be found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

MOST_TEXTS = 8


class Kind(Enum):
    """How a text stands to a question."""

    RIGHT = "right"
    NEAR = "near"  # it speaks of the thing, and does not answer
    WRONG = "wrong"
    OPEN = "open"  # nobody has judged it: the teacher's word counts


@dataclass(frozen=True, slots=True)
class Pair:
    """A question with a text, before the teacher has seen them.

    Args:
        question: in any language.
        text: a sentence with its context, or a passage.
        answer: (start, end) of the answer in the text; None if there is none.
        kind: how the text stands to the question.
        taught: the same question and text in English, for the teacher; None where there is no such.
    """

    question: str
    text: str
    answer: tuple[int, int] | None
    kind: Kind
    taught: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Example:
    """A pair with the logit that the reader should give it.

    Args:
        question: in any language.
        text: a sentence with its context, or a passage.
        answer: (start, end) of the answer in the text; None if there is none.
        relevance: the logit to learn.
        pointed: whether `answer` is known; where it is not, only the relevance is learnt.
    """

    question: str
    text: str
    answer: tuple[int, int] | None
    relevance: float
    pointed: bool = True


Group = tuple[Pair, ...]
USUAL: Mapping[Kind, float] = {Kind.RIGHT: 5.0, Kind.NEAR: -3.0, Kind.WRONG: -7.0, Kind.OPEN: -5.0}


def wanted_relevance(kind: Kind, logit: float | None) -> float:
    """Return the logit to learn: the teacher's, bent towards what is known of the pair.

    Args:
        kind: what is known.
        logit: the teacher's; None where it has not seen the pair.
    """
    usual = USUAL[kind]
    if logit is None or kind is Kind.OPEN:
        return usual if logit is None else logit
    bent = 0.5 * (logit + usual)
    return max(logit, bent) if kind is Kind.RIGHT else min(logit, bent)


def finished(group: Group, logits: Mapping[tuple[str, str], float]) -> tuple[Example, ...]:
    """Return the examples of a group, its relevances filled in."""
    return tuple(_example(pair, logits.get(pair.taught) if pair.taught else None) for pair in group)


def texts_for_teacher(groups: Sequence[Group]) -> Mapping[str, tuple[str, ...]]:
    """Return for each English question the English texts that the teacher should judge."""
    wanted: dict[str, dict[str, None]] = {}
    for pair in (pair for group in groups for pair in group):
        if pair.taught is not None:
            wanted.setdefault(pair.taught[0], {})[pair.taught[1]] = None
    return {question: tuple(texts) for question, texts in wanted.items()}


def _example(pair: Pair, logit: float | None) -> Example:
    relevance = wanted_relevance(pair.kind, logit)
    return Example(pair.question, pair.text, pair.answer, relevance, pointed=pair.kind is not Kind.OPEN)
