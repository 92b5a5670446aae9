"""Reads question sets in SQuAD's format and decides which of their parts training may see.

Rajpurkar, Jia and Liang, "Know What You Don't Know: Unanswerable Questions for SQuAD", ACL 2018.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from eval.errors import QuestionSetError
from ingest.normalisation import fold

HELD_OUT_PARAGRAPH = 15  # every 15th paragraph is kept for tests
RECOGNISED_BY = 60  # characters that tell a paragraph


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a paragraph.

    Args:
        id: as in the file.
        text: the question.
        answer: (start, end) of the first answer in the paragraph; None where nothing there answers.
        plausible: (start, end) of what looks like an answer and is none; None where nobody marked it.
        accepted: all wordings that count as right.
    """

    id: str
    text: str
    answer: tuple[int, int] | None
    plausible: tuple[int, int] | None
    accepted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with what is asked about it."""

    title: str
    language: str
    text: str
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """What training may see, and what is kept for tests."""

    training: tuple[Paragraph, ...]
    test: tuple[Paragraph, ...]


def load_articles(path: Path, *, language: str) -> tuple[tuple[Paragraph, ...], ...]:
    """Return the paragraphs of each article, in file order.

    Raises:
        QuestionSetError: if the file is not in SQuAD's format.
    """
    try:
        articles = json.loads(path.read_text(encoding="utf-8"))["data"]
        return tuple(
            tuple(_paragraph(paragraph, article["title"], language) for paragraph in article["paragraphs"])
            for article in articles
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise QuestionSetError(f"{path} is not in SQuAD's format ({error}).") from error


def split_by_article(articles: Iterable[tuple[Paragraph, ...]]) -> Split:
    """Keep every other article for tests, the first one not."""
    held = list(articles)
    training = tuple(p for article in held[0::2] for p in article)
    return Split(training, tuple(p for article in held[1::2] for p in article))


def split_by_paragraph(articles: Iterable[tuple[Paragraph, ...]], *, reserved: Iterable[Paragraph]) -> Split:
    """Keep for tests every 15th paragraph, all that other tests use, and every other unanswerable question.

    Args:
        articles: of a set with unanswerable questions.
        reserved: paragraphs of another test set, which this set may also hold.
    """
    texts, ids = _recognised(reserved)
    training, test = [], []
    unanswerable = 0
    for number, paragraph in enumerate(p for article in articles for p in article):
        used = fold(paragraph.text)[:RECOGNISED_BY] in texts or any(q.id in ids for q in paragraph.questions)
        seen: list[Asked] = []
        kept: list[Asked] = []
        for question in paragraph.questions:
            unanswerable += question.answer is None
            hidden = question.answer is None and unanswerable % 2 == 0
            (kept if hidden or used or number % HELD_OUT_PARAGRAPH == 0 else seen).append(question)
        training.append(replace(paragraph, questions=tuple(seen)))
        test.append(replace(paragraph, questions=tuple(kept)))
    return Split(tuple(p for p in training if p.questions), tuple(p for p in test if p.questions))


def _recognised(paragraphs: Iterable[Paragraph]) -> tuple[set[str], set[str]]:
    known = list(paragraphs)
    return {fold(p.text)[:RECOGNISED_BY] for p in known}, {q.id for p in known for q in p.questions}


def _paragraph(held: dict, title: str, language: str) -> Paragraph:  # type: ignore[type-arg]
    mark = len(held["context"]) - len(held["context"].lstrip("\ufeff"))
    text = held["context"][mark:]
    questions = tuple(_asked(question, text, mark) for question in held["qas"])
    return Paragraph(_bare(title), language, text, questions)


def _bare(title: str) -> str:
    return " ".join(title.replace("_", " ").split())


def _asked(held: dict, text: str, mark: int) -> Asked:  # type: ignore[type-arg]
    answers = [a for a in held["answers"] if a["text"]]
    plausible = [a for a in held.get("plausible_answers", ()) if a["text"]]
    accepted = tuple(dict.fromkeys(a["text"] for a in answers))
    return Asked(
        str(held["id"]), held["question"].strip(), _span(answers, text, mark), _span(plausible, text, mark), accepted
    )


def _span(answers: list, text: str, mark: int) -> tuple[int, int] | None:  # type: ignore[type-arg]
    for answer in answers:
        start = answer["answer_start"] - mark
        for at in (start, start + mark, text.find(answer["text"])):
            if at >= 0 and text[at : at + len(answer["text"])] == answer["text"]:
                return at, at + len(answer["text"])
    return None
