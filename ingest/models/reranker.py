"""Reads a question and a text together and says how relevant the text is; for English questions."""

from collections.abc import Sequence
from typing import Protocol, Self

import numpy as np
import tokenizers
from numpy.typing import NDArray

from ingest.errors import ModelUnavailable
from ingest.models.embedder import crude_stems
from ingest.models.preparation import GRAPH_FILE, PREPARE, TOKENIZER_FILE, PreparedReranker
from ingest.models.sessions import GraphSession, run_side_by_side, usable_processors

LONGEST_QUESTION = 128


class Reranker(Protocol):
    """Judges texts for a question."""

    @property
    def fingerprint(self) -> str:
        """Name the model: relevances of two fingerprints cannot be compared."""

    def relevances(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one number for each text, shape (texts,): higher is more relevant, 0 is undecided."""


class OnnxReranker:
    """Runs the prepared cross-encoder with ONNX Runtime; safe to use from several threads."""

    def __init__(
        self,
        model: PreparedReranker,
        session: GraphSession,
        tokenizer: tokenizers.Tokenizer,
        *,
        maximum_tokens: int | None = None,
    ) -> None:
        self._model = model
        self._session = session
        self._tokenizer = tokenizer
        self._maximum = min(maximum_tokens or model.maximum_tokens, model.maximum_tokens)
        self._workers = usable_processors()

    @classmethod
    def load(cls, model: PreparedReranker, *, maximum_tokens: int | None = None) -> Self:
        """Load the prepared cross-encoder.

        Args:
            model: where it is.
            maximum_tokens: cut question and text together at this; at the model's own maximum (512) where None.

        Raises:
            ModelUnavailable: its files are missing or damaged.
        """
        try:
            text = (model.folder / TOKENIZER_FILE).read_text(encoding="utf-8")
        except OSError as error:
            raise ModelUnavailable(f"The tokenizer in {model.folder} cannot be read.", next_step=PREPARE) from error
        tokenizer = tokenizers.Tokenizer.from_str(text)
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return cls(model, GraphSession(model.folder / GRAPH_FILE), tokenizer, maximum_tokens=maximum_tokens)

    @property
    def fingerprint(self) -> str:
        """Name the model and where it cuts a text."""
        return f"{self._model.fingerprint}-{self._maximum}"

    def relevances(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a logit for each text, shape (texts,): higher is more relevant."""
        if not texts:
            return np.zeros(0, np.float32)
        start, *encoded = self._tokenizer.encode_batch([question, *texts])
        first = [*start.ids[:-1][:LONGEST_QUESTION], start.ids[-1]]
        pairs = [self._pair(first, text.ids[1:]) for text in encoded]
        sizes = [len(ids) for ids, _ in pairs]
        logits = run_side_by_side(lambda i: self._session.run(*pairs[i]), sizes, workers=self._workers)
        return np.concatenate(logits).astype(np.float32)

    def _pair(self, question: list[int], text: list[int]) -> tuple[list[int], list[int]]:
        room = self._maximum - len(question)
        cut = text if len(text) <= room else [*text[: room - 1], text[-1]]
        return question + cut, [0] * len(question) + [1] * len(cut)


class OverlapReranker:
    """Judges without a model, by the share of the question's words that a text holds. For tests."""

    @property
    def fingerprint(self) -> str:
        """Name the model."""
        return "overlap"

    def relevances(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one number from -1 to 1 for each text, shape (texts,)."""
        wanted = set(crude_stems(question))
        shares = [len(wanted & set(crude_stems(text))) / max(len(wanted), 1) for text in texts]
        return np.array([2 * share - 1 for share in shares], np.float32)
