"""The derived vector index: one Chroma folder per generation, always rebuilt from the catalogue, never migrated.

Chroma 1.5.9 is used without embedding functions and without reading a collection's configuration: its open
advisories (CVE-2026-45829, CVE-2026-45833, GHSA-2wm9-hf6c-p5cr) concern stored embedding functions.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Protocol

import chromadb  # noqa: TID251
import numpy as np
from chromadb.config import Settings  # noqa: TID251
from chromadb.errors import ChromaError  # noqa: TID251
from numpy.typing import NDArray

from ingest.errors import IndexUnavailable, IngestionFailed

_COLLECTION = "passages"
_NO_FUNCTION = "legacy"  # what Chroma stores for a collection without an embedding function
_BATCH = 5000  # Chroma takes 5,461 at most
_SPACE = {"hnsw:space": "cosine", "hnsw:search_ef": 200, "hnsw:construction_ef": 200}


class PassageIndex(Protocol):
    """Finds the passages nearest to a vector."""

    def nearest(
        self, vector: NDArray[np.float32], *, limit: int, among: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return (passage id, cosine similarity), the most similar first, of the named documents only."""
        ...


class ChromaPassageIndex:
    """Searches a generation's Chroma folder."""

    def __init__(self, folder: Path) -> None:
        """Open the folder.

        Raises:
            IndexUnavailable: if there is no collection in it, Chroma cannot read it, or it names an embedding function.
        """
        _refuse_foreign(folder)
        try:
            self._client = chromadb.PersistentClient(str(folder), settings=_settings())
            self._collection = self._client.get_collection(_COLLECTION, embedding_function=None)
        except (ChromaError, ValueError, OSError) as error:
            raise IndexUnavailable(
                f"The vector index in {folder} cannot be opened ({error}).", next_step="Run `sela doctor --repair`."
            ) from error

    @property
    def size(self) -> int:
        """Return how many vectors are held."""
        return int(self._collection.count())

    def close(self) -> None:
        """Release the folder."""
        self._client.close()

    def ids(self) -> frozenset[str]:
        """Return the id of every passage held."""
        return frozenset(self._collection.get(include=[])["ids"])

    def nearest(
        self, vector: NDArray[np.float32], *, limit: int, among: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return (passage id, cosine similarity), the most similar first; `among` names document ids."""
        if among is not None and not among:
            return []
        where = None if among is None else {"document_id": {"$in": sorted(among)}}
        found = self._collection.query(
            query_embeddings=[vector.tolist()], n_results=limit, where=where, include=["distances"]
        )
        distances = found["distances"] or [[]]
        return [(i, 1.0 - float(d)) for i, d in zip(found["ids"][0], distances[0], strict=True)]


def build_vector_index(folder: Path, vectors: Iterable[tuple[str, str, bytes]]) -> int:
    """Write (passage id, document id, float32 bytes) into a new Chroma folder and return how many there were.

    Raises:
        IngestionFailed: if Chroma cannot write there.
    """
    try:
        client = chromadb.PersistentClient(str(folder), settings=_settings())
        try:
            return _fill(client.create_collection(_COLLECTION, metadata=_SPACE, embedding_function=None), vectors)
        finally:
            client.close()
    except ChromaError as error:
        raise IngestionFailed(
            f"The vector index could not be written in {folder} ({error}); the old index is still served.",
            next_step="Free some disk space or mend its permissions, then run the command again.",
        ) from error


def _refuse_foreign(folder: Path) -> None:
    """Refuse, without asking Chroma, a folder that is missing or whose collection names an embedding function."""
    try:
        with closing(
            sqlite3.connect(f"{(folder / 'chroma.sqlite3').resolve().as_uri()}?mode=ro", uri=True)
        ) as database:
            stored = [json.loads(row[0] or "{}") for row in database.execute("SELECT config_json_str FROM collections")]
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


def _fill(collection: chromadb.Collection, vectors: Iterable[tuple[str, str, bytes]]) -> int:
    total = 0
    for batch in _batches(vectors):
        collection.add(
            ids=[i for i, _, _ in batch],
            embeddings=[np.frombuffer(v, dtype=np.float32).tolist() for _, _, v in batch],
            metadatas=[{"document_id": d} for _, d, _ in batch],
        )
        total += len(batch)
    return total


def _batches(vectors: Iterable[tuple[str, str, bytes]]) -> Iterator[list[tuple[str, str, bytes]]]:
    iterator = iter(vectors)
    while batch := list(islice(iterator, _BATCH)):
        yield batch


def _settings() -> Settings:
    return Settings(anonymized_telemetry=False, allow_reset=False)
