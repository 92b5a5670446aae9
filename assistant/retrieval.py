"""Finds passages for a question: dense and lexical legs, fused with weights that depend on the languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.glossary import Glossary
from ingest.catalogue import Catalogue
from ingest.documents import Passage
from ingest.languages import stem
from ingest.models.embedder import Embedder
from ingest.vector_index import PassageIndex

DEPTH = 60
SAME_LANGUAGE_LEXICAL = 1.0
OTHER_LANGUAGE_LEXICAL = 0.35


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched.

    Args:
        text: the stand-alone question.
        language: its language.
        documents: ids of the documents to search; None for all, empty for none.
    """

    text: str
    language: str
    documents: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may hold the answer.

    Args:
        passage: the passage.
        similarity: cosine of question and passage.
        fused: reciprocal rank score over the legs, higher is better.
    """

    passage: Passage
    similarity: float
    fused: float


class Retriever:
    """Searches one generation."""

    def __init__(self, catalogue: Catalogue, index: PassageIndex, embedder: Embedder, glossary: Glossary) -> None:
        self._catalogue = catalogue
        self._index = index
        self._embedder = embedder
        self._glossary = glossary
        self._pools = _pools(catalogue)
        self._centroids = _centroids(catalogue)

    def find(self, query: Query, *, limit: int) -> list[Candidate]:
        """Return the best `limit` passages, the best first; of translations that say the same, all."""
        query, vector = self._unfiltered(query), self._embedder.embed_question(query.text)
        dense = self._nearest(query, vector)
        legs = [(1.0, [i for i, _ in dense]), *self.lexical_legs(query)]
        fused = fuse(legs)
        best = sorted(fused, key=lambda i: -fused[i])[:limit]
        passages = self._catalogue.passages(best)
        similarity = dict(dense)
        by_words_only = self._catalogue.vectors_of(i for i in best if i not in similarity)
        similarity |= {i: float(vector @ found) for i, found in by_words_only.items()}
        return [Candidate(passages[i], similarity[i], fused[i]) for i in best if i in passages]

    def dense(self, query: Query) -> list[tuple[str, float]]:
        """Return (passage id, similarity), ordered by similarity above what its language has on average.

        Multilingual encoders place a question nearer to any passage of its own language. Taking off each
        language's mean similarity lets passages of all languages compete on what they say.
        """
        return self._nearest(query, self._embedder.embed_question(query.text))

    def _nearest(self, query: Query, vector: NDArray[np.float32]) -> list[tuple[str, float]]:
        ranked: list[tuple[float, str, float]] = []
        for language, pool in self._pools.items():
            among = None if query.documents is None or pool <= query.documents else pool & query.documents
            mean = float(vector @ self._centroids[language])
            nearest = self._index.nearest(vector, language=language, limit=DEPTH, among=among)
            ranked += [(similarity - mean, i, similarity) for i, similarity in nearest]
        ranked.sort(reverse=True)
        return [(i, similarity) for _, i, similarity in ranked[:DEPTH]]

    def _unfiltered(self, query: Query) -> Query:
        """Return the query without a filter where its filter lets every document pass."""
        passes_all = query.documents is not None and query.documents >= self._catalogue.cards.keys()
        return replace(query, documents=None) if passes_all else query

    def lexical_legs(self, query: Query) -> list[tuple[float, list[str]]]:
        """Return (weight, passage ids) for each language of the index, the question's words carried into it."""
        legs = []
        for language in self._pools:
            same = language == query.language
            terms = self.terms(query, language)
            found = self._catalogue.lexical(terms, language=language, among=query.documents, limit=DEPTH)
            legs.append((SAME_LANGUAGE_LEXICAL if same else OTHER_LANGUAGE_LEXICAL, found))
        return legs

    def terms(self, query: Query, language: str) -> list[str]:
        """Return the stems to look for in passages of `language`."""
        if language == query.language:
            return stem(query.text, language)
        carried = self._glossary.terms(query.text, source=query.language, target=language)
        return [s for term in carried for s in stem(term, language)]


def fuse(legs: Sequence[tuple[float, Sequence[str]]], *, constant: int = 20) -> dict[str, float]:
    """Return weighted reciprocal rank scores (Cormack, Clarke and Büttcher, SIGIR 2009) by id."""
    scores: dict[str, float] = {}
    for weight, ids in legs:
        for rank, identifier in enumerate(ids, start=1):
            scores[identifier] = scores.get(identifier, 0.0) + weight / (constant + rank)
    return scores


def _pools(catalogue: Catalogue) -> Mapping[str, frozenset[str]]:
    languages = {card.metadata.language for card in catalogue.cards.values()}
    return {
        language: frozenset(c.id for c in catalogue.cards.values() if c.metadata.language == language)
        for language in sorted(languages)
    }


def _centroids(catalogue: Catalogue) -> dict[str, NDArray[np.float32]]:
    sums: dict[str, NDArray[np.float32]] = {}
    counts: dict[str, int] = {}
    for _, document_id, data in catalogue.vectors():
        language = catalogue.cards[document_id].metadata.language
        vector = np.frombuffer(data, dtype=np.float32)
        sums[language] = sums[language] + vector if language in sums else vector.copy()
        counts[language] = counts.get(language, 0) + 1
    return {language: (total / counts[language]).astype(np.float32) for language, total in sums.items()}
