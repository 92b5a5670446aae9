"""XQuAD, the same paragraphs and questions in several languages, as a test of finding and of reading.

Artetxe, Ruder and Yogatama, "On the Cross-lingual Transferability of Monolingual Representations", ACL 2020.
"""

import json
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from eval.errors import QuestionSetError
from eval.ranking import ndcg
from eval.removal import RemovalCase
from ingest.normalisation import normalise

DEPTH = 10

Rank: TypeAlias = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class ReadingQuestion:
    """A question about one paragraph.

    Args:
        id: the same in every language.
        text: the question.
        paragraph: id of its paragraph, the same in every language.
        answers: wordings of the answer, each of which stands in the paragraph.
    """

    id: str
    text: str
    paragraph: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadingSet:
    """Questions and the paragraphs they are about, by id."""

    questions: tuple[ReadingQuestion, ...]
    paragraphs: dict[str, str]


Select: TypeAlias = Callable[[ReadingQuestion], str]


def load_xquad(path: Path) -> ReadingSet:
    """Return the questions and paragraphs of a file in SQuAD's format.

    Raises:
        QuestionSetError: if the file is not in that format.
    """
    try:
        articles = json.loads(path.read_text(encoding="utf-8"))["data"]
        held = [paragraph for article in articles for paragraph in article["paragraphs"]]
        named = {f"{number:04}.txt": paragraph for number, paragraph in enumerate(held)}
        questions = tuple(_question(qa, name) for name, paragraph in named.items() for qa in paragraph["qas"])
        return ReadingSet(questions, {name: p["context"].lstrip("\ufeff") for name, p in named.items()})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise QuestionSetError(f"{path} is not in SQuAD's format ({error}).") from error


def write_paragraphs(reading: ReadingSet, folder: Path) -> None:
    """Write each paragraph into a file of its own, so that it can be ingested like any corpus."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in reading.paragraphs.items():
        (folder / name).write_text(text + "\n", encoding="utf-8")


def retrieval_ndcg(questions: Iterable[ReadingQuestion], rank: Rank) -> float:
    """Return the mean nDCG@10 of finding each question's paragraph.

    Args:
        questions: what is asked.
        rank: gives ids of paragraphs for a question, the best first.
    """
    return statistics.fmean(ndcg(rank(q.text), {q.paragraph}, depth=DEPTH) for q in questions)


def reading_share(questions: Iterable[ReadingQuestion], select: Select) -> float:
    """Return how often the answer stands in the words selected from the question's own paragraph.

    Args:
        questions: what is asked.
        select: gives the words selected, knowing which paragraph to read.
    """
    return statistics.fmean(_holds_answer(select(q), q.answers) for q in questions)


def removal_cases(questions: Iterable[ReadingQuestion]) -> tuple[RemovalCase, ...]:
    """Return each question with its paragraph as the one file that answers it."""
    return tuple(RemovalCase(q.text, frozenset({q.paragraph})) for q in questions)


def _holds_answer(selected: str, answers: Iterable[str]) -> bool:
    held = normalise(selected)
    return any(normalise(answer) in held for answer in answers)


def _question(qa: "dict[str, object]", paragraph: str) -> ReadingQuestion:
    answers = qa["answers"]
    if not isinstance(answers, list):
        raise TypeError("answers is not a list")
    return ReadingQuestion(str(qa["id"]), str(qa["question"]), paragraph, tuple(a["text"] for a in answers))
