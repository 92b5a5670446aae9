"""Unanswerable questions made from answerable ones: the same question with its documents taken out of reach.

Rajpurkar, Jia and Liang, "Know What You Don't Know: Unanswerable Questions for SQuAD", ACL 2018, explain why
such questions must stay on the subject of what is left.
"""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answers import Question
from eval.asking import AnswersQuestions, ConfidenceOf
from eval.confidence import Judged, auroc
from ingest.catalogue import DocumentFilter


@dataclass(frozen=True, slots=True)
class RemovalCase:
    """A question and the files that answer it."""

    text: str
    files: frozenset[str]


@dataclass(frozen=True, slots=True)
class RemovalFigures:
    """How an assistant tells a question with its files held from the same one with them removed.

    Args:
        refused_held: share refused while the files are held; lower is better.
        refused_removed: share refused when they are removed; higher is better.
        auroc: of the stated confidence; None if none is stated.
    """

    refused_held: float
    refused_removed: float
    auroc: float | None


def measure_removal(
    cases: Sequence[RemovalCase], files: Iterable[str], assistant: AnswersQuestions, confidence: ConfidenceOf | None
) -> RemovalFigures:
    """Ask every question twice, once over all files of the index and once without its own."""
    every = frozenset(files)
    held = [_narrowed(case, every) for case in cases]
    removed = [_narrowed(case, every - case.files) for case in cases]
    return RemovalFigures(
        refused_held=_refused(held, assistant),
        refused_removed=_refused(removed, assistant),
        auroc=_auroc(held, removed, confidence) if confidence else None,
    )


def _narrowed(case: RemovalCase, files: frozenset[str]) -> Question:
    return Question(case.text, narrowing=DocumentFilter(documents=files))


def _refused(questions: Iterable[Question], assistant: AnswersQuestions) -> float:
    return statistics.fmean(assistant.ask(question).outcome.is_refusal for question in questions)


def _auroc(held: Iterable[Question], removed: Iterable[Question], confidence: ConfidenceOf) -> float | None:
    judged = [Judged(confidence(question), 0.0) for question in held]
    return auroc([*judged, *(Judged(confidence(question), 1.0) for question in removed)])
