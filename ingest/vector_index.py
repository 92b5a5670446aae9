"""The derived vector index: one Chroma folder per generation, always rebuilt from the catalogue, never migrated.

Each language has a collection of its own, so that its passages are searched without filtering those of the others.

Chroma 1.5.9 is used without embedding functions and without reading a collection's configuration: its open
advisories (CVE-2026-45829, CVE-2026-45833, GHSA-2wm9-hf6c-p5cr) concern stored embedding functions.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Protocol

import chromadb  # noqa: TID251
import numpy as np
from chromadb.api import ClientAPI  # noqa: TID251
from chromadb.config import Settings  # noqa: TID251
from chromadb.errors import ChromaError  # noqa: TID251
from numpy.typing import NDArray

from ingest.errors import IndexUnavailable, IngestionFailed

_COLLECTION = "passages-"
_NO_FUNCTION = "legacy"  # what Chroma stores for a collection without an embedding function
_BATCH = 5000  # Chroma takes 5,461 at most
# With 800 candidates a search finds what comparing with every vector finds; with 120 it missed some, others each time.
_SPACE = {"hnsw:space": "cosine", "hnsw:search_ef": 800, "hnsw:construction_ef": 200}


class PassageIndex(Protocol):
    """Finds the passages nearest to a vector."""

    def nearest(
        self, vector: NDArray[np.float32], *, language: str, limit: int, among: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return (passage id, cosine similarity), the most similar first, of one language and the named documents."""
        ...


class ChromaPassageIndex:
    """Searches a generation's Chroma folder."""

    def __init__(self, folder: Path) -> None:
        """Open the folder.

        Raises:
            IndexUnavailable: if it is missing, Chroma cannot read it, or it names an embedding function.
        """
        names = _own_collections(folder)
        try:
            self._client = chromadb.PersistentClient(str(folder), settings=_settings())
            self._collections = {
                name.removeprefix(_COLLECTION): self._client.get_collection(name, embedding_function=None)
                for name in names
            }
        except (ChromaError, ValueError, OSError) as error:
            raise IndexUnavailable(
                f"The vector index in {folder} cannot be opened ({error}).", next_step="Run `sela doctor --repair`."
            ) from error

    @property
    def size(self) -> int:
        """Return how many vectors are held."""
        return sum(int(collection.count()) for collection in self._collections.values())

    def close(self) -> None:
        """Release the folder."""
        self._client.close()

    def ids(self) -> frozenset[str]:
        """Return the id of every passage held."""
        return frozenset(i for collection in self._collections.values() for i in collection.get(include=[])["ids"])

    def nearest(
        self, vector: NDArray[np.float32], *, language: str, limit: int, among: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return (passage id, cosine similarity), the most similar first.

        Args:
            vector: of the question, of length 1.
            language: only passages of this language.
            limit: most passages returned.
            among: ids of the documents to search, None for all.
        """
        if language not in self._collections or (among is not None and not among):
            return []
        where = None if among is None else {"document_id": {"$in": sorted(among)}}
        found = self._collections[language].query(
            query_embeddings=[vector.tolist()], n_results=limit, where=where, include=["distances"]
        )
        distances = found["distances"] or [[]]
        return [(i, 1.0 - float(d)) for i, d in zip(found["ids"][0], distances[0], strict=True)]


def build_vector_index(folder: Path, vectors: Iterable[tuple[str, str, bytes]], *, languages: Mapping[str, str]) -> int:
    """Write vectors into a new Chroma folder and return how many there were.

    Args:
        folder: does not exist yet.
        vectors: (passage id, document id, float32 bytes).
        languages: the language of each document.

    Raises:
        IngestionFailed: if Chroma cannot write there.
    """
    try:
        client = chromadb.PersistentClient(str(folder), settings=_settings())
        try:
            return sum(_add(client, batch, languages) for batch in _batches(vectors))
        finally:
            client.close()
    except ChromaError as error:
        raise IngestionFailed(
            f"The vector index could not be written in {folder} ({error}); the old index is still served.",
            next_step="Free some disk space or mend its permissions, then run the command again.",
        ) from error


def _own_collections(folder: Path) -> list[str]:
    """Return the names of the collections; refuse, without asking Chroma, what is missing or names a function."""
    try:
        with closing(
            sqlite3.connect(f"{(folder / 'chroma.sqlite3').resolve().as_uri()}?mode=ro", uri=True)
        ) as database:
            rows = list(database.execute("SELECT name, config_json_str FROM collections ORDER BY name"))
            stored = [json.loads(configuration or "{}") for _, configuration in rows]
    except (sqlite3.Error, ValueError) as error:
        raise IndexUnavailable(
            f"The vector index in {folder} cannot be opened ({error}).", next_step="Run `sela doctor --repair`."
        ) from error
    named = {(c.get("embedding_function") or {}).get("type", _NO_FUNCTION) for c in stored} - {_NO_FUNCTION}
    if named:
        raise IndexUnavailable(
            f"The vector index in {folder} names an embedding function, which ours never do.",
            next_step="Run `sela doctor --repair` to make it anew.",
        )
    return [name for name, _ in rows]


def _add(client: ClientAPI, batch: Sequence[tuple[str, str, bytes]], languages: Mapping[str, str]) -> int:
    for language in sorted({languages[document] for _, document, _ in batch}):
        rows = [row for row in batch if languages[row[1]] == language]
        collection = client.get_or_create_collection(_COLLECTION + language, metadata=_SPACE, embedding_function=None)
        collection.add(
            ids=[i for i, _, _ in rows],
            embeddings=[np.frombuffer(v, dtype=np.float32).tolist() for _, _, v in rows],
            metadatas=[{"document_id": d} for _, d, _ in rows],
        )
    return len(batch)


def _batches(vectors: Iterable[tuple[str, str, bytes]]) -> Iterator[list[tuple[str, str, bytes]]]:
    iterator = iter(vectors)
    while batch := list(islice(iterator, _BATCH)):
        yield batch


def _settings() -> Settings:
    return Settings(anonymized_telemetry=False, allow_reset=False)
