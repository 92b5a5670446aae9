"""Gives the models that the settings name; their graphs are started only when the first text needs them."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from ingest.models.embedder import Embedder, HashingEmbedder, OnnxEmbedder
from ingest.models.preparation import PreparedModel, find_prepared_model, find_prepared_reader, find_prepared_reranker
from ingest.models.reader import OnnxReader, PassageReader
from ingest.models.reranker import OnnxReranker, Reranker

HASHING = "hashing"


class PreparedEmbedder:
    """An embedder that knows its fingerprint at once and starts its graph with the first text.

    An ingestion that finds nothing changed and a search that finds nothing to embed never start it.
    """

    def __init__(self, model: PreparedModel) -> None:
        self._model = model
        self._lock = Lock()

    @property
    def fingerprint(self) -> str:
        """Name the model and its settings."""
        return self._model.fingerprint

    @property
    def dimensions(self) -> int:
        """Return how many numbers a vector has."""
        return self._model.dimensions

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector for each text, shape (texts, dimensions)."""
        return self._started.embed_passages(texts)

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a question, shape (dimensions,)."""
        return self._started.embed_question(text)

    @property
    def _started(self) -> OnnxEmbedder:
        with self._lock:
            return self._embedder

    @cached_property
    def _embedder(self) -> OnnxEmbedder:
        return OnnxEmbedder.load(self._model)


def load_embedder(name: str, *, cache: Path | None = None) -> Embedder:
    """Return a prepared embedding model by the name it was prepared under.

    Args:
        name: as in `ingest.models.preparation.prepare_models`, or "hashing" for the embedder without a model.
        cache: where prepared models are kept; the user's cache folder where None.

    Raises:
        ModelUnavailable: it was not prepared.
    """
    if name == HASHING:
        return HashingEmbedder()
    return PreparedEmbedder(find_prepared_model(name, cache))


def load_reranker(*, cache: Path | None = None) -> Reranker:
    """Return the prepared cross-encoder.

    Raises:
        ModelUnavailable: it was not prepared, or its files are damaged.
    """
    return OnnxReranker.load(find_prepared_reranker(cache))


def load_reader(*, cache: Path | None = None) -> PassageReader:
    """Return the prepared multilingual reader.

    Raises:
        ModelUnavailable: it was not prepared, or its files are damaged.
    """
    return OnnxReader.load(find_prepared_reader(cache))
