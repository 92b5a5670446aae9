"""Measures a reader: sentences and answers found in two languages over two, and unanswerable questions told apart."""

import string
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from eval.training.sentences import Shown, shown_sentences
from eval.training.squad import Asked, Paragraph
from ingest.models.reader import PassageReader, Reading
from ingest.models.reranker import Reranker
from ingest.normalisation import fold

SEED = 5
ARTICLES = frozenset(["a", "an", "the", "el", "la", "los", "las", "un", "una", "unos", "unas"])
ANSWERABLE_WEIGHT = 0.5
_PUNCTUATION = str.maketrans(dict.fromkeys(string.punctuation + "¿¡«»“”’‘–—", " "))


@dataclass(frozen=True, slots=True)
class ReadingFigures:
    """How well answers were found, each from 0 to 1.

    Args:
        questions: how many were asked.
        sentence: how often the most relevant sentence of the paragraph holds the answer.
        exact: how often the answer is the expected one, without case, articles and punctuation.
        f1: mean share of words in common with the expected answer.
    """

    questions: int
    sentence: float
    exact: float
    f1: float


@dataclass(frozen=True, slots=True)
class RefusalFigures:
    """How well unanswerable questions were told from answerable ones.

    Args:
        answerable: how many of the questions are.
        unanswerable: how many are not.
        auroc: chance that an answerable question scores higher than an unanswerable one.
        f1: of refusing, at the best threshold.
    """

    answerable: int
    unanswerable: int
    auroc: float
    f1: float


def measure_reading(
    reader: PassageReader, asked_about: Sequence[Paragraph], read: Sequence[Paragraph]
) -> ReadingFigures:
    """Ask the questions of one list over the paragraphs of another, which may be translations.

    Args:
        reader: to measure.
        asked_about: paragraphs whose questions are asked.
        read: the same paragraphs, in the language to read.
    """
    rows = []
    for questions, paragraph in zip(asked_about, read, strict=True):
        shown = shown_sentences(paragraph, Random(SEED))
        for asked, expected in zip(questions.questions, paragraph.questions, strict=True):
            if expected.answer is not None:
                rows.append(_score(reader.answers(asked.text, [s.text for s in shown]), shown, expected))
    return ReadingFigures(len(rows), *(fmean(column) for column in zip(*rows, strict=True)))


def sentence_share(judge: Reranker, asked_about: Sequence[Paragraph], read: Sequence[Paragraph]) -> float:
    """Return how often the sentence that a judge finds most relevant holds the answer; arguments as above."""
    held = []
    for questions, paragraph in zip(asked_about, read, strict=True):
        shown = shown_sentences(paragraph, Random(SEED))
        for asked, expected in zip(questions.questions, paragraph.questions, strict=True):
            if expected.answer is not None:
                best = int(judge.relevances(asked.text, [s.text for s in shown]).argmax())
                held.append(shown[best].holds(expected.answer))
    return fmean(held)


def measure_refusal(reader: PassageReader, paragraphs: Sequence[Paragraph], *, most: int) -> RefusalFigures:
    """Ask answerable and unanswerable questions over their own paragraphs.

    Args:
        reader: to measure.
        paragraphs: with questions of both sorts.
        most: how many of each sort to ask at most.
    """
    asked = [(p, q) for p in paragraphs for q in p.questions]
    Random(SEED).shuffle(asked)
    sorts = [[pair for pair in asked if (pair[1].answer is None) is missing][:most] for missing in (False, True)]
    answerable, unanswerable = (np.array([_best(reader, p, q) for p, q in sort]) for sort in sorts)
    return RefusalFigures(
        len(answerable), len(unanswerable), auroc(answerable, unanswerable), best_f1(unanswerable, answerable)
    )


def pairs_a_second(judges: Mapping[str, Reranker], question: str, texts: Sequence[str]) -> dict[str, float]:
    """Return how many pairs each judge reads a second: the best of five turns, taken one after the other."""
    best = dict.fromkeys(judges, 0.0)
    for _ in range(5):
        for name, judge in judges.items():
            started = time.perf_counter()
            judge.relevances(question, texts)
            best[name] = max(best[name], len(texts) / (time.perf_counter() - started))
    return best


def auroc(higher: NDArray[np.float64], lower: NDArray[np.float64]) -> float:
    """Return the chance that a value of the first list is above one of the second, ties counting half."""
    above = (higher[:, None] > lower[None, :]).mean()
    return float(above + 0.5 * (higher[:, None] == lower[None, :]).mean())


def best_f1(below: NDArray[np.float64], above: NDArray[np.float64]) -> float:
    """Return the best F1 of telling the first list by a threshold that its values stay under."""
    scores = []
    for threshold in np.unique(np.concatenate([below, above])):
        right, wrong = int((below <= threshold).sum()), int((above <= threshold).sum())
        scores.append(2 * right / (right + wrong + len(below)))
    return max(scores)


def answer_f1(given: str, expected: str) -> float:
    """Return the F1 of the words of two answers."""
    one, other = _words(given), _words(expected)
    common = sum((Counter(one) & Counter(other)).values())
    return 2 * common / (len(one) + len(other)) if one or other else 1.0


def _score(readings: Sequence[Reading], shown: Sequence[Shown], expected: Asked) -> tuple[float, float, float]:
    relevant = max(range(len(shown)), key=lambda i: readings[i].relevance)
    best = max(range(len(shown)), key=lambda i: readings[i].relevance + ANSWERABLE_WEIGHT * readings[i].answerable)
    given = shown[best].text[readings[best].start : readings[best].end]
    held = expected.answer is not None and shown[relevant].holds(expected.answer)
    exact = any(_words(given) == _words(accepted) for accepted in expected.accepted)
    return float(held), float(exact), max(answer_f1(given, accepted) for accepted in expected.accepted)


def _best(reader: PassageReader, paragraph: Paragraph, asked: Asked) -> float:
    shown = shown_sentences(paragraph, Random(SEED))
    return max(reading.answerable for reading in reader.answers(asked.text, [s.text for s in shown]))


def _words(text: str) -> list[str]:
    return [word for word in fold(text).translate(_PUNCTUATION).split() if word not in ARTICLES]
