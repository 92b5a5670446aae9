"""Vectors by model fingerprint and text hash, so that an unchanged text is never embedded twice."""

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from ingest.models.embedder import Embedder

_STEP = 64
_SCHEMA = "CREATE TABLE IF NOT EXISTS vectors (model TEXT, text TEXT, vector BLOB NOT NULL, PRIMARY KEY (model, text))"


class EmbeddingCache:
    """Embeds texts, asking the model only for those it never saw.

    Attributes:
        embedded: how many texts the model had to embed so far.
    """

    def __init__(self, path: Path, embedder: Embedder) -> None:
        self.embedded = 0
        self._embedder = embedder
        self._connection = _open(path)

    def __enter__(self) -> "EmbeddingCache":
        """Return the cache itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the cache; what was embedded stays, even after a failure."""
        self._connection.close()

    def embed(self, texts: Sequence[str], *, progress: Callable[[int], None] = lambda _: None) -> NDArray[np.float32]:
        """Return one L2-normalised vector a text, shape (n, dimensions); `progress` gets how many are done so far."""
        vectors = np.zeros((len(texts), self._embedder.dimensions), dtype=np.float32)
        missing = []
        for row, text in enumerate(texts):
            known = self._find(text)
            if known is None:
                missing.append(row)
            else:
                vectors[row] = np.frombuffer(known, dtype=np.float32)
        progress(len(texts) - len(missing))
        for first in range(0, len(missing), _STEP):
            rows = missing[first : first + _STEP]
            vectors[rows] = self._embed_new([texts[row] for row in rows])
            progress(len(texts) - len(missing) + first + len(rows))
        return vectors

    def _find(self, text: str) -> bytes | None:
        row = self._connection.execute(
            "SELECT vector FROM vectors WHERE model = ? AND text = ?", (self._embedder.fingerprint, _digest(text))
        ).fetchone()
        return row[0] if row else None

    def _embed_new(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = self._embedder.embed_passages(texts)
        rows = [(self._embedder.fingerprint, _digest(t), v.tobytes()) for t, v in zip(texts, vectors, strict=True)]
        self.embedded += len(rows)
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
        return vectors


def _open(path: Path) -> sqlite3.Connection:
    try:
        return _create(path)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        path.unlink()  # what is not a database cannot hold vectors worth keeping
        return _create(path)


def _create(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    try:
        connection.execute(_SCHEMA)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
