"""Whether the evidence answers: does it hold the entity, the year and the kind of thing asked for?

The decision is a logistic model over what reading saw. Its weights come from `python -m eval.calibration`, which
fits them on the tuning half of the question sets and reports the held-out half.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from assistant.reading.agreement import identifiers_of
from assistant.reading.reader import Reader, ReadUnit
from assistant.understanding.asked import Asked
from assistant.understanding.question import Understanding
from ingest.languages import stem

THRESHOLD = 0.4
SIDE_THRESHOLD = 0.2  # of one side of a comparison: the question speaks of both at once, so reads worse against each
PRECISE = frozenset(
    {Asked.NAME, Asked.DAY, Asked.MONTH, Asked.MONEY, Asked.PERCENT, Asked.DURATION, Asked.FREQUENCY, Asked.SYMBOL,
     Asked.NUMBER, Asked.ORGANISATION, Asked.CONCLUSION}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signals:
    """What reading saw, each from 0 to 1 or as a small number.

    Args:
        logit: of the reader for the best unit, between -8 and 8, divided by 4.
        answerable: the reader's logit that some words of the best unit answer, between -8 and 8, divided by 4.
        lacks_precise: share of the precise things asked for that neither the best unit nor those beside it hold.
        conflicts: 1 if the best unit names another decision, ordinal, code or programme than the question.
        unmet: 1 if the question names a decision, ordinal or code and the best unit none of them.
        lacks_focus: 1 if the noun that is asked for ("which hotel", "how many delegates") is not in the best unit.
        outshone: by how much, as `logit` measures, a unit put behind for lacking something is ahead.
    """

    logit: float
    answerable: float
    lacks_precise: float
    conflicts: float
    unmet: float
    lacks_focus: float
    outshone: float


BIAS = 0.3
WEIGHTS = Signals(0.8, 0.0, -2.6, -2.3, 0.0, -0.7, -1.2)


def confidence(understood: Understanding, read: Sequence[ReadUnit], reader: Reader) -> float:
    """Return how sure it is that what was read answers the question, from 0 to 1."""
    if not read:
        return 0.0
    seen = signals(understood, read, reader)
    if understood.decisions and read[0].agreed > 0:
        return 1.0 - seen.lacks_precise  # the register knows the decision, and this is a place that names it
    score = BIAS + sum(w * s for w, s in zip(astuple(WEIGHTS), astuple(seen), strict=True))
    return 1 / (1 + math.exp(-score))


def signals(understood: Understanding, read: Sequence[ReadUnit], reader: Reader) -> Signals:
    """Return what reading saw of the best unit and those near it."""
    best = read[0]
    near = [r for r in read[:4] if r is best or _is_beside(r, best)]
    precise = understood.asked & PRECISE
    lacking = frozenset.intersection(*(r.lacking for r in near)) & precise
    return Signals(
        logit=_bounded(best.logit),
        answerable=_bounded(best.answerable),
        lacks_precise=len(lacking) / len(precise) if precise else 0.0,
        conflicts=float(best.agreed < 0),
        unmet=float(any(identifiers_of(understood.text).families()) and best.agreed <= 0),
        lacks_focus=float(_lacks_focus(understood, best, reader)),
        outshone=min(2.0, max(0.0, max(r.logit for r in read) - best.logit) / 4),
    )


def _bounded(logit: float) -> float:
    return max(-8.0, min(8.0, logit)) / 4


def _is_beside(other: ReadUnit, best: ReadUnit) -> bool:
    """Tell whether a unit stands in the section of the best one and is about as relevant."""
    same_place = (other.unit.document_id, other.unit.passage.path) == (best.unit.document_id, best.unit.passage.path)
    return same_place and other.relevance >= best.relevance - 3.0 and other.logit >= best.logit - 3.0


_FOCUS = re.compile(r"\b(?:which|what|how many|of which|in which|in what)\s+([a-z]{4,})", re.IGNORECASE)
_EMPTY_FOCUS = frozenset(
    {"year", "years", "date", "dates", "does", "were", "will", "month", "days", "kind", "part", "share"}
)


def _lacks_focus(understood: Understanding, best: ReadUnit, reader: Reader) -> bool:
    found = _FOCUS.search(reader.in_english(understood.text, understood.language))
    if found is None or found.group(1).lower() in _EMPTY_FOCUS:
        return False
    held = stem(reader.in_english(f"{best.unit.context} {best.unit.text}", best.unit.passage.language), "en")
    return not set(stem(found.group(1), "en")) <= set(held)
