"""Gathers the evidence for a question: passages found, read sentence by sentence, and ranked by what was read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np

from assistant.reading.reader import Reader, ReadUnit
from assistant.reading.units import units_of
from assistant.retrieval import Candidate, Query
from assistant.snapshot import Snapshot
from assistant.understanding.question import Understanding

CANDIDATES = 24


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for a question, or for one side of a comparison.

    Args:
        label: what this side is, "" where there is only one.
        candidates: passages, the best first.
        read: units of the best passages, the best first.
    """

    label: str
    candidates: tuple[Candidate, ...]
    read: tuple[ReadUnit, ...]


def gather(
    understood: Understanding,
    snapshot: Snapshot,
    reader: Reader,
    *,
    documents: frozenset[str] | None,
    mark: Callable[[str], None],
    label: str = "",
) -> Evidence:
    """Return the evidence that the documents allowed hold.

    Args:
        understood: the question.
        snapshot: the generation to search.
        reader: reads what was found.
        documents: ids of the documents that may be used, None for all.
        mark: told when a stage ends: "retrieve", "rerank".
        label: see `Evidence`.
    """
    query = Query(understood.searched, understood.language, documents)
    found = snapshot.retriever.find(query, limit=CANDIDATES)
    mark("retrieve")
    read = reader.read(understood, units_of(found, snapshot.catalogue))
    ranked = rank_passages(found, read)
    mark("rerank")
    return Evidence(label, tuple(ranked), tuple(read))


def gather_sides(
    understood: Understanding,
    snapshot: Snapshot,
    reader: Reader,
    *,
    documents: frozenset[str],
    mark: Callable[[str], None],
) -> list[Evidence]:
    """Return the evidence, one side for each programme that a question sets side by side, else a single one."""
    sides = sides_of(understood, snapshot, documents)
    return [
        gather(understood, snapshot, reader, documents=allowed, mark=mark, label=label)
        for label, allowed in sides.items()
    ]


def sides_of(understood: Understanding, snapshot: Snapshot, documents: frozenset[str]) -> dict[str, frozenset[str]]:
    """Return which documents each side of a comparison may use; a single unlabelled side for any other question."""
    programmes = {
        year: among
        for year in understood.compared_years
        if (among := snapshot.programme_documents(year) & documents)
    }
    if len(programmes) < 2:
        return {"": documents}
    return {str(year): among for year, among in programmes.items()}


def interleaved(sides: Sequence[Evidence]) -> list[Candidate]:
    """Return the passages of all sides, the best of each first."""
    rows = zip_longest(*(side.candidates for side in sides))
    return [candidate for row in rows for candidate in row if candidate is not None]


def rank_passages(found: Sequence[Candidate], read: Sequence[ReadUnit]) -> list[Candidate]:
    """Return the passages by their best unit and their similarity together, those without a unit read last."""
    best: dict[str, float] = {}
    for unit in read:
        best.setdefault(unit.unit.passage.id, unit.relevance)
    if not best:
        return list(found)
    floor = min(best.values())
    relevance = _standard(np.array([best.get(c.passage.id, floor) for c in found]))
    similarity = _standard(np.array([c.similarity for c in found]))
    order = np.argsort(-(relevance + similarity), kind="stable")
    return [found[int(i)] for i in order]


def _standard(values: np.ndarray) -> np.ndarray:
    return (values - values.mean()) / (values.std() + 1e-6)
