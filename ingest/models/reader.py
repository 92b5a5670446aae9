"""Reads a question and a text together, in four languages: how relevant, and where the answer stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from ingest.errors import ModelUnavailable
from ingest.models.embedder import crude_stems
from ingest.models.pair_tokens import PairTokenizer, PairTokens
from ingest.models.preparation import GRAPH_FILE, PIECES_FILE, PREPARE, SCORES_FILE, PreparedReranker
from ingest.models.reranker import Reranker
from ingest.models.sessions import GraphSession, run_side_by_side, usable_processors

LONGEST_ANSWER = 40  # tokens
START, END, RELEVANCE = range(3)


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a text with a question in mind told.

    Args:
        relevance: a logit like those of the English reranker; 0 is undecided, higher is more relevant.
        start: first character of the likeliest answer in the text.
        end: one past its last character; equal to `start` where the text holds nothing.
        answerable: logit of the likeliest words, however many, against there being no answer; above 0 where they are.
    """

    relevance: float
    start: int
    end: int
    answerable: float


class PassageReader(Reranker, Protocol):
    """Judges texts for a question as a reranker does, and points at the answer."""

    def answers(self, question: str, texts: Sequence[str]) -> list[Reading]:
        """Return one reading for each text, in order."""


class OnnxReader:
    """Runs the prepared reader with ONNX Runtime; safe to use from several threads."""

    def __init__(self, model: PreparedReranker, session: GraphSession, tokenizer: PairTokenizer) -> None:
        self._model = model
        self._session = session
        self._tokenizer = tokenizer
        self._workers = usable_processors()

    @classmethod
    def load(cls, model: PreparedReranker) -> Self:
        """Load the prepared reader.

        Raises:
            ModelUnavailable: its files are missing or damaged.
        """
        try:
            pieces = (model.folder / PIECES_FILE).read_text(encoding="utf-8").split("\n")
            scores = np.load(model.folder / SCORES_FILE).tolist()
        except (OSError, ValueError) as error:
            raise ModelUnavailable(f"The tokenizer in {model.folder} cannot be loaded.", next_step=PREPARE) from error
        return cls(model, GraphSession(model.folder / GRAPH_FILE), PairTokenizer(pieces, scores))

    @property
    def fingerprint(self) -> str:
        """Name the model."""
        return self._model.fingerprint

    def relevances(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a logit for each text, shape (texts,): higher is more relevant."""
        _, outputs = self._run(question, texts)
        return np.array([output[0, RELEVANCE] for output in outputs], np.float32)

    def answers(self, question: str, texts: Sequence[str]) -> list[Reading]:
        """Return one reading for each text, in order."""
        pairs, outputs = self._run(question, texts)
        return [_reading(pair, output) for pair, output in zip(pairs, outputs, strict=True)]

    def _run(self, question: str, texts: Sequence[str]) -> tuple[list[PairTokens], list[NDArray[np.float32]]]:
        pairs = [self._tokenizer.pair(question, text) for text in texts]
        sizes = [len(pair.ids) for pair in pairs]
        return pairs, run_side_by_side(lambda i: self._session.run(pairs[i].ids), sizes, workers=self._workers)


def _reading(pair: PairTokens, output: NDArray[np.float32]) -> Reading:
    relevance, count = float(output[0, RELEVANCE]), len(pair.places)
    if not count:
        return Reading(relevance, 0, 0, -float(np.abs(output[0, [START, END]]).sum()))
    held = output[pair.first : pair.first + count]
    sums = held[:, None, START] + held[None, :, END]
    lengths = np.arange(count)[None, :] - np.arange(count)[:, None]
    sums[lengths < 0] = -np.inf
    answerable = float(sums.max() - output[0, START] - output[0, END])  # a whole sentence may answer
    sums[lengths >= LONGEST_ANSWER] = -np.inf
    first, last = np.unravel_index(int(sums.argmax()), sums.shape)
    return Reading(relevance, pair.places[first][0], pair.places[last][1], answerable)


class OverlapReader:
    """Reads without a model: what shares the question's words is relevant, its first other word answers. For tests."""

    @property
    def fingerprint(self) -> str:
        """Name the model."""
        return "overlap-reader"

    def relevances(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one number from -1 to 1 for each text, shape (texts,)."""
        return np.array([reading.relevance for reading in self.answers(question, texts)], np.float32)

    def answers(self, question: str, texts: Sequence[str]) -> list[Reading]:
        """Return one reading for each text, in order."""
        wanted = set(crude_stems(question))
        return [_overlap(wanted, text) for text in texts]


def _overlap(wanted: set[str], text: str) -> Reading:
    share = len(wanted & set(crude_stems(text))) / max(len(wanted), 1)
    words = [word for word in text.split() if not wanted & set(crude_stems(word))]
    start = text.index(words[0]) if words else 0
    return Reading(2 * share - 1, start, start + len(words[0]) if words else 0, 2 * share - 1)
