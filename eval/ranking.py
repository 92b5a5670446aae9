"""Retrieval metrics of one ranking with binary relevance, as ir-measures defines them."""

from collections.abc import Collection, Sequence
from math import log2


def recall(ranking: Sequence[str], relevant: Collection[str], *, depth: int) -> float:
    """Return the share of what is relevant that stands in the first `depth` places (R@depth)."""
    return len(set(ranking[:depth]) & set(relevant)) / len(relevant) if relevant else 0.0


def ndcg(ranking: Sequence[str], relevant: Collection[str], *, depth: int) -> float:
    """Return the discounted gain of the first `depth` places over the best possible one (nDCG@depth).

    Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002.
    """
    gained = sum(_discount(rank) for rank, item in enumerate(ranking[:depth], start=1) if item in relevant)
    best = sum(_discount(rank) for rank in range(1, min(len(relevant), depth) + 1))
    return gained / best if best else 0.0


def reciprocal_rank(ranking: Sequence[str], relevant: Collection[str]) -> float:
    """Return one over the rank of the first relevant item, 0 if there is none (RR; its mean is MRR)."""
    return next((1 / rank for rank, item in enumerate(ranking, start=1) if item in relevant), 0.0)


def _discount(rank: int) -> float:
    return 1 / log2(rank + 1)
