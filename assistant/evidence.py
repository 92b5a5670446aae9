"""Gathers the evidence for a question: passages found, read sentence by sentence, and ranked by what was read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

import numpy as np

from assistant.reading.reader import Reader, ReadUnit, standardised
from assistant.reading.units import Unit, units_of
from assistant.retrieval import Candidate, Query
from assistant.scope import Scope, scopes_of
from assistant.snapshot import Snapshot
from assistant.sufficiency import confidence, signals
from assistant.understanding.asked import Asked
from assistant.understanding.question import Understanding, parts_of
from ingest.documents import Passage
from ingest.identifiers import find_years

CANDIDATES = 24
CANDIDATES_FOR_NAMES = 96  # a name often stands where something else is told
MANDATE = 2.5
SEARCHED = 0.3  # what the search's own order counts for in the order of passages


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found in one scope.

    Args:
        question: what was looked for: the question, or the part of it that this side is to answer.
        scope: where it was looked for.
        candidates: passages, the best first.
        read: units of the best passages, the best first.
        confidence: how sure it is that they answer, from 0 to 1.
    """

    question: Understanding
    scope: Scope
    candidates: tuple[Candidate, ...]
    read: tuple[ReadUnit, ...]
    confidence: float


def gather(
    understood: Understanding,
    snapshot: Snapshot,
    reader: Reader,
    *,
    documents: frozenset[str],
    mark: Callable[[str], None],
) -> list[Evidence]:
    """Return the evidence for a question, one item for each scope that it has to be answered from.

    Args:
        understood: the question.
        snapshot: the generation to search.
        reader: reads what was found.
        documents: ids of the documents that may be used.
        mark: told when a stage ends: "retrieve", "rerank".
    """
    if understood.is_empty or understood.aside is not None:
        return []
    scopes = scopes_of(understood, snapshot, documents)
    parts = parts_of(understood, known_decisions=snapshot.registers.decision_numbers)
    if len(scopes) == 1 and len(parts) > 1:
        places = [(part, scope) for part in parts for scope in scopes_of(part, snapshot, documents)]
        return [_look(part, snapshot, reader, scope=scope, mark=mark) for part, scope in places]
    if _are_dates_of_documents(scopes):
        everywhere = _look(understood, snapshot, reader, scope=Scope(documents), mark=mark)
        if _holds_years(everywhere, [scope.year for scope in scopes]):
            return [everywhere]
    return [_look(understood, snapshot, reader, scope=scope, mark=mark) for scope in scopes]


def _look(
    understood: Understanding, snapshot: Snapshot, reader: Reader, *, scope: Scope, mark: Callable[[str], None]
) -> Evidence:
    """Return the evidence for a question in one scope."""
    sided = understood if scope.year is None else understood.of_year(scope.year)
    found = _find(sided, snapshot, scope)
    mark("retrieve")
    read = reader.read(sided, units_of(found, snapshot.catalogue), common_words=snapshot.common_words)
    read = _mandates_first(read, scope)
    sure = _confidence(scope, sided, read)
    mark("rerank")
    return Evidence(sided, scope, tuple(rank_passages(found, read)), tuple(read), sure)


def _are_dates_of_documents(scopes: Sequence[Scope]) -> bool:
    """Tell whether each scope is the documents dated in one of the years that a question names."""
    return len(scopes) > 1 and all(s.year is not None and not s.is_programme and s.activity is None for s in scopes)


def _holds_years(evidence: Evidence, years: Sequence[int | None]) -> bool:
    """Tell whether the best unit speaks of all the years, so that no document of each has to be asked."""
    return bool(evidence.read) and set(years) <= set(find_years(evidence.read[0].unit.text))


def _mandates_first(read: list[ReadUnit], scope: Scope) -> list[ReadUnit]:
    """Return the units with those ahead that the register knows to say what the decision mandates."""
    if not scope.mandates:
        return read
    ahead = [replace(r, relevance=r.relevance + MANDATE) if says_mandate(r.unit, scope) else r for r in read]
    return sorted(ahead, key=lambda r: -r.relevance)


def says_mandate(unit: Unit, scope: Scope) -> bool:
    """Tell whether the register knows a unit to say what the decision asked about mandates."""
    return any(m.document_id == unit.document_id and m.start < unit.end and unit.start < m.end for m in scope.mandates)


def _confidence(scope: Scope, understood: Understanding, read: Sequence[ReadUnit]) -> float:
    """Return how sure it is that a scope answers; an activity's section does unless a precise thing is lacking."""
    if scope.activity is None or not read:
        return confidence(understood, read)
    return 1.0 - signals(understood, read).lacks_precise


def _find(understood: Understanding, snapshot: Snapshot, scope: Scope) -> list[Candidate]:
    query = Query(understood.searched, understood.language, scope.documents)
    most = CANDIDATES_FOR_NAMES if Asked.NAME in understood.asked else CANDIDATES
    found = snapshot.retriever.find(query, limit=most)
    known = {c.passage.id: c for c in found}
    best = max((c.similarity for c in found), default=0.0)
    pinned = [known.get(p.id, Candidate(p, best, 0.0)) for p in _pinned_passages(snapshot, scope)]
    if scope.is_closed:
        return pinned
    ids = {c.passage.id for c in pinned}
    return (pinned + [c for c in found if c.passage.id not in ids])[:most]


def _pinned_passages(snapshot: Snapshot, scope: Scope) -> list[Passage]:
    """Return the passages that hold a pinned place or lie within it, each once, in reading order."""
    passages = {
        passage.id: passage
        for place in scope.pinned
        for passage in snapshot.catalogue.passages_of(place.document_id)
        if passage.start < place.end and place.start < passage.end
    }
    return list(passages.values())


def interleaved(sides: Sequence[Evidence]) -> list[Candidate]:
    """Return the passages of all sides, the best of each first, each once."""
    rows = zip_longest(*(side.candidates for side in sides))
    first: dict[str, Candidate] = {}
    for candidate in (c for row in rows for c in row if c is not None):
        first.setdefault(candidate.passage.id, candidate)
    return list(first.values())


def rank_passages(found: Sequence[Candidate], read: Sequence[ReadUnit]) -> list[Candidate]:
    """Return the passages by best unit, similarity and the order of the search; one not read counts as the worst."""
    best: dict[str, float] = {}
    for unit in read:
        best.setdefault(unit.unit.passage.id, unit.relevance)
    if not best:
        return list(found)
    floor = min(best.values())
    relevance = standardised(np.array([best.get(c.passage.id, floor) for c in found]))
    similarity = standardised(np.array([c.similarity for c in found]))
    searched = standardised(np.array([c.fused for c in found]))
    order = np.argsort(-(relevance + similarity + SEARCHED * searched), kind="stable")
    return [found[int(i)] for i in order]
