"""The figures of a run: means and shares over all answers and over groups of them.

The names and definitions are those of the reference scorer (`eval/score.py` in the reference data).
"""

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TypeAlias

from eval.ranking import ndcg, recall, reciprocal_rank
from eval.relevance import ranked_evidence
from eval.scoring import ScoredAnswer

DEPTHS = (1, 3, 5, 10)
DECIMALS = 3

Figures: TypeAlias = dict[str, float | int | None]


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Figures overall and by group.

    Args:
        overall: of all answers.
        by_language: by the language of the question.
        by_type: by the kind of question.
        by_split: of the tuning and the held-out half.
        gap: tuning minus held out, for the figures a gap is watched in.
        language_gap: facts of English questions minus those of the language that fares worst.
    """

    overall: Figures
    by_language: dict[str, Figures]
    by_type: dict[str, Figures]
    by_split: dict[str, Figures]
    gap: Figures
    language_gap: float | None

    def to_json(self) -> dict[str, object]:
        """Return it as JSON keeps it: the overall figures on top, the groups below."""
        groups = asdict(self)
        return {**groups.pop("overall"), **groups}


WATCHED_FOR_GAP = ("retrieved@5", "facts", "cited_gold", "support", "refusal_f1", "false_refusal")


def figure_table(scored: Sequence[ScoredAnswer]) -> FigureTable:
    """Return every figure of a run."""
    by_split = _by_group(scored, lambda s: s.question.split.value)
    by_language = _by_group(scored, lambda s: s.question.language)
    return FigureTable(
        overall=figures(scored),
        by_language=by_language,
        by_type=_by_group(scored, lambda s: s.question.kind),
        by_split=by_split,
        gap=_gap(by_split.get("tuning", {}), by_split.get("held_out", {})),
        language_gap=_language_gap({name: group["facts"] for name, group in by_language.items()}),
    )


def figures(scored: Sequence[ScoredAnswer]) -> Figures:
    """Return the figures of one group of answers; None stands for what cannot be said of it."""
    answerable = [s for s in scored if s.question.answerable]
    return {
        "questions": len(scored),
        "answerable": len(answerable),
        **_retrieval(answerable),
        "facts": _mean(s.facts for s in answerable),
        "cited_gold": _mean(s.cited_gold for s in answerable),
        "support": _share(sum(s.supporting for s in answerable), _quotes(answerable)) or 0.0,
        "verbatim": _share(sum(s.verbatim for s in scored), _quotes(scored)),
        **_refusal(scored, answerable),
        **_lengths(answerable),
        **_times(scored),
    }


def _retrieval(answerable: Sequence[ScoredAnswer]) -> Figures:
    shares: Figures = {f"retrieved@{k}": _mean(s.retrieved(k) for s in answerable) for k in DEPTHS}
    ranked = [ranked_evidence(s.gold_ranks, depth=len(s.answer.evidence)) for s in answerable]
    return shares | {
        "recall@10": _mean(recall(r.ranking, r.relevant, depth=10) for r in ranked),
        "ndcg@10": _mean(ndcg(r.ranking, r.relevant, depth=10) for r in ranked),
        "mrr": _mean(reciprocal_rank(r.ranking, r.relevant) for r in ranked),
    }


def _refusal(scored: Sequence[ScoredAnswer], answerable: Sequence[ScoredAnswer]) -> Figures:
    unanswerable = [s for s in scored if not s.question.answerable]
    caught = sum(s.refused for s in unanswerable)
    precision = caught / (sum(s.refused for s in scored) or 1)
    found = caught / (len(unanswerable) or 1)
    return {
        "refusal_precision": round(precision, DECIMALS),
        "refusal_recall": round(found, DECIMALS),
        "refusal_f1": round(2 * precision * found / (precision + found), DECIMALS) if caught else 0.0,
        "false_refusal": _mean(s.refused for s in answerable),
    }


def _lengths(answerable: Sequence[ScoredAnswer]) -> Figures:
    words = sorted(s.words for s in answerable if not s.refused) or [0]
    return {"words_median": statistics.median(words), "words_p95": percentile(words, 0.95)}


def _times(scored: Sequence[ScoredAnswer]) -> Figures:
    times = times_of(scored) or [0.0]
    return {"ms_median": round(statistics.median(times)), "ms_p95": round(percentile(times, 0.95))}


def times_of(scored: Iterable[ScoredAnswer]) -> list[float]:
    """Return how long each answer took in milliseconds, the fastest first, those not timed left out."""
    return sorted(s.answer.milliseconds for s in scored if s.answer.milliseconds)


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the value below which `share` of an ordered sequence lies, always one of its own."""
    return ordered[int(share * (len(ordered) - 1))]


def _quotes(scored: Iterable[ScoredAnswer]) -> int:
    return sum(len(s.answer.quotes) for s in scored)


def _mean(values: Iterable[float]) -> float | None:
    held = list(values)
    return round(statistics.fmean(held), DECIMALS) if held else None


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, DECIMALS) if whole else None


def _by_group(scored: Sequence[ScoredAnswer], key: Callable[[ScoredAnswer], str]) -> dict[str, Figures]:
    names = sorted({key(s) for s in scored})
    return {name: figures([s for s in scored if key(s) == name]) for name in names}


def _gap(tuning: Mapping[str, float | None], held_out: Mapping[str, float | None]) -> Figures:
    return {name: _difference(tuning.get(name), held_out.get(name)) for name in WATCHED_FOR_GAP}


def _language_gap(facts: Mapping[str, float | None]) -> float | None:
    others = [value for name, value in facts.items() if name != "en" and value is not None]
    return _difference(facts.get("en"), min(others)) if others else None


def _difference(left: float | None, right: float | None) -> float | None:
    return None if left is None or right is None else round(left - right, DECIMALS)
