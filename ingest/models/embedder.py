"""Turns questions and passages into vectors that lie close together where their meanings do."""

import hashlib
import unicodedata
from collections.abc import Sequence
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from ingest.errors import ModelUnavailable
from ingest.models.preparation import GRAPH_FILE, PIECES_FILE, PREPARE, SCORES_FILE, TOKENIZER_FILE, PreparedModel
from ingest.models.sessions import GraphSession, run_side_by_side, usable_processors
from ingest.models.unigram import UnigramTokenizer


class Embedder(Protocol):
    """Embeds text; vectors have length 1, so that their dot product is the cosine similarity."""

    @property
    def fingerprint(self) -> str:
        """Name the model and its settings: vectors of two fingerprints cannot be compared."""

    @property
    def dimensions(self) -> int:
        """Return how many numbers a vector has."""

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector for each text, shape (texts, dimensions)."""

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a question, shape (dimensions,)."""


class Tokenizer(Protocol):
    """Splits text into the token ids of one model."""

    def encode(self, text: str) -> list[int]:
        """Return the ids, special tokens included, cut at the model's maximum."""


class OnnxEmbedder:
    """Runs a prepared model with ONNX Runtime; safe to use from several threads."""

    def __init__(self, model: PreparedModel, session: GraphSession, tokenizer: Tokenizer) -> None:
        self._model = model
        self._session = session
        self._tokenizer = tokenizer
        self._workers = usable_processors()

    @classmethod
    def load(cls, model: PreparedModel) -> Self:
        """Load a prepared model.

        Raises:
            ModelUnavailable: its files are missing or damaged.
        """
        return cls(model, GraphSession(model.folder / GRAPH_FILE), load_tokenizer(model))

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
        ids = [self._tokenizer.encode(self._model.passage_prefix + text) for text in texts]
        sizes = [len(tokens) for tokens in ids]
        vectors = run_side_by_side(lambda i: self._session.run(ids[i]), sizes, workers=self._workers)
        return np.array(vectors, np.float32).reshape(len(texts), self.dimensions)

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a question, shape (dimensions,)."""
        return self._session.run(self._tokenizer.encode(self._model.question_prefix + text))


def load_tokenizer(model: PreparedModel) -> Tokenizer:
    """Load the tokenizer of a prepared model.

    Raises:
        ModelUnavailable: its files are missing or damaged.
    """
    try:
        if (model.folder / TOKENIZER_FILE).exists():
            return _LibraryTokenizer(model)
        pieces = (model.folder / PIECES_FILE).read_text(encoding="utf-8").split("\n")
        scores = np.load(model.folder / SCORES_FILE).tolist()
        return UnigramTokenizer(pieces, scores, maximum_tokens=model.maximum_tokens)
    except (OSError, ValueError) as error:
        raise ModelUnavailable(f"The tokenizer in {model.folder} cannot be loaded.", next_step=PREPARE) from error


class _LibraryTokenizer:
    def __init__(self, model: PreparedModel) -> None:
        import tokenizers

        self._tokenizer = tokenizers.Tokenizer.from_str((model.folder / TOKENIZER_FILE).read_text(encoding="utf-8"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(model.maximum_tokens)

    def encode(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text).ids
        return ids


class HashingEmbedder:
    """Embeds without a model: each word falls into one of a few hundred counters. For tests."""

    def __init__(self, dimensions: int = 256) -> None:
        self._dimensions = dimensions

    @property
    def fingerprint(self) -> str:
        """Name the model and its settings."""
        return f"hashing-{self._dimensions}"

    @property
    def dimensions(self) -> int:
        """Return how many numbers a vector has."""
        return self._dimensions

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector for each text, shape (texts, dimensions)."""
        vectors = [self.embed_question(text) for text in texts]
        return np.array(vectors, np.float32).reshape(len(texts), self._dimensions)

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a question, shape (dimensions,)."""
        vector = np.zeros(self._dimensions, np.float32)
        for stem in crude_stems(text) or [""]:
            digest = hashlib.sha256(stem.encode()).digest()
            vector[int.from_bytes(digest[:4], "big") % self._dimensions] += 1
        return (vector / np.linalg.norm(vector)).astype(np.float32)


def crude_stems(text: str) -> list[str]:
    """Return the words of `text` without case and accents, cut to five letters, which joins most inflections."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    return [word[:5] for word in words]
