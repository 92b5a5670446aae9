"""Whether the evidence answers: does it hold the entity, the year and the kind of thing asked for?

The decision is a logistic model over what reading saw. Its weights come from `python -m eval.calibration`, which
fits them on the invented texts that training does not see and on the tuning half of question sets.
"""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from assistant.reading.reader import ReadUnit
from assistant.understanding.asked import Asked
from assistant.understanding.question import Understanding

THRESHOLD = 0.22
SIDE_THRESHOLD = 0.1  # of one side of a comparison: the question speaks of both at once, so reads worse against each
PRECISE = frozenset(
    {Asked.NAME, Asked.DAY, Asked.MONTH, Asked.MONEY, Asked.PERCENT, Asked.DURATION, Asked.FREQUENCY, Asked.SYMBOL,
     Asked.NUMBER, Asked.ORGANISATION, Asked.CONCLUSION}
)  # fmt: skip


OPEN_ENDED = frozenset(
    {Asked.LIST, Asked.DEFINITION, Asked.REASON, Asked.MANDATE, Asked.COMPARISON, Asked.MENTIONS, Asked.CONCLUSION}
)
TOLD_OF_A_DECISION = frozenset(
    {Asked.MANDATE, Asked.DEFINITION, Asked.DATE, Asked.DAY, Asked.MONTH, Asked.PLACE}
)  # where it is named, with the session that took it
FIRST, BESIDE = 6, 4  # units looked at for any answer, and for what the best one lacks
DOUBTFUL, SURE = -12.0, 8.0  # between these a logit counts


@dataclass(frozen=True, slots=True)
class Signals:
    """What reading saw, each from 0 to 1 or as a small number.

    Args:
        answerable: the highest of the reader's logits that some words answer, of those among the first six units that
            speak of no other decision, code, meeting, programme or place than those asked about; between -12 and 8,
            divided by 4.
        lacks_precise: share of the precise things asked for that neither the best unit nor those beside it hold.
        open_ended: 1 if no short span is asked for, but a list, a reason or nothing in particular: the reader is less
            sure of these.
    """

    answerable: float
    lacks_precise: float
    open_ended: float


BIAS = 0.43
WEIGHTS = Signals(1.16, -0.59, 0.59)


def confidence(understood: Understanding, read: Sequence[ReadUnit]) -> float:
    """Return how sure it is that what was read answers the question, from 0 to 1."""
    if not read:
        return 0.0
    if Asked.NAME in understood.asked and Asked.NAME in read[0].lacking:
        return 0.0  # nobody is named, or only for another year: whoever held an office may have been followed
    if read[0].agreed < 0:
        return 0.0  # the answer would open with another decision, meeting, programme or place than those asked about
    seen = signals(understood, read)
    if understood.decisions and understood.asked and understood.asked <= TOLD_OF_A_DECISION and read[0].agreed > 0:
        return 1.0 - seen.lacks_precise  # the register knows the decision, and this is a place that names it
    score = BIAS + sum(w * s for w, s in zip(astuple(WEIGHTS), astuple(seen), strict=True))
    return 1 / (1 + math.exp(-score))


def signals(understood: Understanding, read: Sequence[ReadUnit]) -> Signals:
    """Return what reading saw of the best unit and those near it."""
    best = read[0]
    near = [r for r in read[:BESIDE] if r is best or _is_beside(r, best)]
    precise = understood.asked & PRECISE
    lacking = frozenset.intersection(*(r.lacking for r in near)) & precise
    return Signals(
        answerable=_bounded(max((r.answerable for r in read[:FIRST] if r.agreed >= 0), default=DOUBTFUL)),
        lacks_precise=len(lacking) / len(precise) if precise else 0.0,
        open_ended=float(not understood.asked or bool(understood.asked & OPEN_ENDED)),
    )


def _bounded(logit: float) -> float:
    return max(DOUBTFUL, min(SURE, logit)) / 4


def _is_beside(other: ReadUnit, best: ReadUnit) -> bool:
    """Tell whether a unit stands in the section of the best one and is about as relevant."""
    same_place = (other.unit.document_id, other.unit.passage.path) == (best.unit.document_id, best.unit.passage.path)
    return same_place and other.relevance >= best.relevance - 3.0 and other.logit >= best.logit - 3.0
