"""Which evidence counts as relevant, so that retrieval metrics can be taken of an answer's evidence."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RankedEvidence:
    """A ranking and the items of it, or missing from it, that are relevant."""

    ranking: tuple[str, ...]
    relevant: frozenset[str]


def ranked_evidence(gold_ranks: Sequence[int | None], *, depth: int) -> RankedEvidence:
    """Return evidence as a ranking: a place is relevant if a gold place is first covered there.

    A gold place that no evidence covers counts as one relevant item that was not found.

    Args:
        gold_ranks: for each gold place the 1-based rank at which it is covered, None if it is not.
        depth: pieces of evidence.
    """
    found = {_item(rank) for rank in gold_ranks if rank is not None}
    missing = {f"missing {number}" for number, rank in enumerate(gold_ranks) if rank is None}
    return RankedEvidence(tuple(_item(rank) for rank in range(1, depth + 1)), frozenset(found | missing))


def _item(rank: int) -> str:
    return f"evidence {rank}"
