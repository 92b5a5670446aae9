"""Measures how fast passages are found in a large index made of drawn words and random vectors.

Run `python -m eval.retrieval_speed [--passages 50000] [--documents 500]`. Words are drawn as often as the passages of
the sample corpus use them, so that common words are as common as in real documents; each passage adds rare words of
its own. Vectors lie around a few hundred centres, as those of real passages do.
"""

import argparse
import json
import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from assistant.assembly import build_embedder
from assistant.glossary import Glossary
from assistant.retrieval import Query, Retriever
from assistant.settings import load_settings
from eval.questions import load_questions
from ingest.catalogue import Catalogue, CatalogueWriter, FileState, IndexedDocument
from ingest.documents import Block, BlockKind, Document, Kind, Metadata, Passage, Place, Status
from ingest.generations import IndexHome
from ingest.models.embedder import Embedder
from ingest.vector_index import ChromaPassageIndex, build_vector_index

_QUESTIONS = Path(__file__).parent / "questions" / "sample.jsonl"
_WORDS, _RARE_WORDS, _RARE_VOCABULARY = 140, 12, 60_000
_CENTRES, _SPREAD = 400, 0.03
_FOUND = 24


@dataclass(frozen=True, slots=True)
class Milliseconds:
    """Wall-clock times of one part over all questions."""

    median: float
    percentile_95: float


@dataclass(frozen=True, slots=True)
class WordSource:
    """Draws passages of one language."""

    language: str
    words: tuple[str, ...]
    shares: NDArray[np.float64]

    def passages(self, count: int, chance: np.random.Generator) -> list[str]:
        """Return `count` texts without sense."""
        common = chance.choice(len(self.words), size=(count, _WORDS), p=self.shares)
        rare = chance.integers(_RARE_VOCABULARY, size=(count, _RARE_WORDS))
        return [
            " ".join([*(self.words[i] for i in line), *(f"rare{n}" for n in added)])
            for line, added in zip(common, rare, strict=True)
        ]


def measure(retriever: Retriever, queries: Sequence[Query], embedder: Embedder) -> dict[str, Milliseconds]:
    """Return how long finding takes, whole and by its parts."""
    parts: dict[str, Callable[[Query], object]] = {
        "find": lambda query: retriever.find(query, limit=_FOUND),
        "embedding": lambda query: embedder.embed_question(query.text),
        "dense": retriever.dense,
        "lexical": retriever.lexical_legs,
        "terms": lambda query: [retriever.terms(query, language) for language in ("en", "es", "pt", "fr")],
    }
    for query in queries[:10]:
        retriever.find(query, limit=_FOUND)
    return {name: _timed(part, queries) for name, part in parts.items()}


def build_index(
    folder: Path, sources: Sequence[WordSource], *, passages: int, documents: int, dimensions: int
) -> tuple[Catalogue, ChromaPassageIndex]:
    """Write and open a catalogue and its vector index of that size, the languages taking turns."""
    chance = np.random.default_rng(7)
    centres = _unit(chance.normal(size=(_CENTRES, dimensions)) * 0.2 + chance.normal(size=dimensions))
    with CatalogueWriter(folder / "catalogue.sqlite") as writer:
        for number in range(documents):
            source = sources[number % len(sources)]
            texts = source.passages(passages // documents, chance)
            near = centres[chance.integers(_CENTRES, size=len(texts))]
            vectors = _unit(near + chance.normal(scale=_SPREAD, size=near.shape))
            writer.add(_document(number, source.language, texts, vectors.astype(np.float32)))
    catalogue = Catalogue(folder / "catalogue.sqlite")
    languages = {card.id: card.metadata.language for card in catalogue.cards.values()}
    build_vector_index(folder / "chroma", catalogue.vectors(), languages=languages)
    return catalogue, ChromaPassageIndex(folder / "chroma")


def main() -> None:
    """Print one line of JSON for each mix of languages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=50_000)
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--questions", type=int, default=80)
    options = parser.parse_args()
    settings = load_settings()
    held = Catalogue(IndexHome(settings.data).require_current().catalogue)
    sources = list(word_sources(held))
    queries = [Query(q.text, q.language) for q in load_questions(_QUESTIONS)][: options.questions]
    embedder, glossary = build_embedder(settings), Glossary.load()
    for mix in (sources, sources[:1]):
        with TemporaryDirectory() as home:
            catalogue, index = build_index(
                Path(home),
                mix,
                passages=options.passages,
                documents=options.documents,
                dimensions=embedder.dimensions,
            )
            figures = measure(Retriever(catalogue, index, embedder, glossary), queries, embedder)
            index.close()
        languages = [source.language for source in mix]
        timed = {name: asdict(figure) for name, figure in figures.items()}
        print(json.dumps({"languages": languages, "passages": catalogue.passage_count, **timed}), flush=True)


def word_sources(catalogue: Catalogue) -> Iterator[WordSource]:
    """Yield one source for each language of a catalogue, the most frequent first."""
    for language in catalogue.languages:
        counts: Counter[str] = Counter()
        for card in catalogue.cards.values():
            if card.metadata.language == language:
                counts.update(catalogue.document(card.id).text.split())
        shares = np.array(list(counts.values()), np.float64)
        yield WordSource(language, tuple(counts), shares / shares.sum())


def _timed(part: Callable[[Query], object], queries: Sequence[Query]) -> Milliseconds:
    taken = []
    for query in queries:
        began = perf_counter()
        part(query)
        taken.append(1000 * (perf_counter() - began))
    return Milliseconds(round(statistics.median(taken), 2), round(float(np.percentile(taken, 95)), 2))


def _unit(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    lengths: NDArray[np.float64] = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return vectors / lengths


def _document(number: int, language: str, texts: Sequence[str], vectors: NDArray[np.float32]) -> IndexedDocument:
    identifier = f"doc_{number}"
    metadata = Metadata(f"Document {number}", None, Kind.OTHER, Status.UNKNOWN, None, language)
    whole = "\n\n".join(texts)
    block = Block(BlockKind.PARAGRAPH, 0, len(whole))
    document = Document(identifier, f"{number}.txt", f"{number:064}", "text", metadata, whole, (block,), ())
    passages = [
        Passage(f"{number}-{i}", identifier, i, (), 0, len(text), text, text, Place(None, None), language)
        for i, text in enumerate(texts)
    ]
    return IndexedDocument(document, FileState(0, 0), passages, [()] * len(texts), vectors, ())


if __name__ == "__main__":
    main()
