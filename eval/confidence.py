"""What a confidence is worth: the risk–coverage curve and the area under the ROC curve."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from eval.scoring import ScoredAnswer

LossOf: TypeAlias = Callable[[ScoredAnswer], float]


@dataclass(frozen=True, slots=True)
class Judged:
    """One question with the confidence that it can be answered and the loss of answering it.

    Args:
        confidence: higher means surer that the documents answer the question.
        loss: between 0 (a right answer) and 1 (a wrong one).
    """

    confidence: float
    loss: float


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The mean loss (`risk`) when only the `coverage` share of the surest questions is answered."""

    coverage: float
    risk: float


def answerability(scored: Iterable[ScoredAnswer], confidence: Mapping[str, float]) -> tuple[Judged, ...]:
    """Judge whether the documents answer each question: loss 1 for one that they do not."""
    return _judged(scored, confidence, lambda s: float(not s.question.answerable))


def answer_quality(scored: Iterable[ScoredAnswer], confidence: Mapping[str, float]) -> tuple[Judged, ...]:
    """Judge the answers that were given: loss is the share of required facts missing, 1 for a false answer."""
    return _judged((s for s in scored if not s.refused), confidence, lambda s: 1 - s.facts)


def risk_coverage(judged: Sequence[Judged]) -> tuple[CurvePoint, ...]:
    """Return the risk–coverage curve, one point for each distinct confidence.

    El-Yaniv and Wiener, "On the foundations of noise-free selective classification", JMLR 11, 2010.
    """
    surest = sorted(judged, key=lambda j: -j.confidence)
    points: list[CurvePoint] = []
    lost = 0.0
    for count, item in enumerate(surest, start=1):
        lost += item.loss
        if count == len(surest) or surest[count].confidence != item.confidence:
            points.append(CurvePoint(count / len(surest), lost / count))
    return tuple(points)


def auroc(judged: Sequence[Judged]) -> float | None:
    """Return the chance that an item without loss has more confidence than one with loss 1; ties count half.

    None if there are not both.
    """
    good = [j.confidence for j in judged if j.loss < 0.5]
    bad = [j.confidence for j in judged if j.loss >= 0.5]
    if not good or not bad:
        return None
    won = sum((g > b) + 0.5 * (g == b) for g in good for b in bad)
    return won / (len(good) * len(bad))


def _judged(scored: Iterable[ScoredAnswer], confidence: Mapping[str, float], loss: LossOf) -> tuple[Judged, ...]:
    return tuple(Judged(confidence[s.question.id], loss(s)) for s in scored if s.question.id in confidence)
