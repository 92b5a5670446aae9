"""Puts every question of a set to an assistant and keeps what came back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Protocol, TypeAlias, runtime_checkable

from assistant.answers import Answer, Question, answer_to_json
from eval.questions import ExamQuestion
from ingest.errors import SelaError


class AnswersQuestions(Protocol):
    """The one thing measured: something that answers."""

    def ask(self, question: Question) -> Answer:
        """Return the answer to a question."""
        ...


@runtime_checkable
class StatesConfidence(Protocol):
    """An assistant that also says how sure it is that the documents answer."""

    def confidence(self, question: Question) -> float:
        """Return how sure it is, higher for surer."""
        ...


ConfidenceOf: TypeAlias = Callable[[Question], float]
OnProgress: TypeAlias = Callable[[int, int], None]


def confidence_of(assistant: object) -> ConfidenceOf | None:
    """Return how an assistant states its confidence, None if it does not."""
    return assistant.confidence if isinstance(assistant, StatesConfidence) else None


@dataclass(frozen=True, slots=True)
class Asked:
    """What came back.

    Args:
        answers: JSON of each answer with its `question_id` and `wall_ms`, in the order of the questions.
        confidence: by question id, how sure the assistant is that the documents answer; empty if it does not say.
        failures: by question id, why a question could not be asked.
    """

    answers: tuple[Mapping[str, Any], ...]
    confidence: Mapping[str, float]
    failures: Mapping[str, str]


def ask_all(
    questions: Sequence[ExamQuestion],
    assistant: AnswersQuestions,
    *,
    confidence: ConfidenceOf | None = None,
    progress: OnProgress = lambda _done, _all: None,
) -> Asked:
    """Ask every question once, one after the other.

    Args:
        questions: what to ask.
        assistant: whom to ask.
        confidence: says how sure the assistant is that a question can be answered; None if it does not.
        progress: told how many questions are done, of how many.
    """
    answers: list[Mapping[str, Any]] = []
    stated: dict[str, float] = {}
    failures: dict[str, str] = {}
    for done, question in enumerate(questions, start=1):
        try:
            answers.append(_ask(question, assistant))
            if confidence is not None:
                stated[question.id] = confidence(question.to_ask())
        except SelaError as error:
            failures[question.id] = str(error)
        progress(done, len(questions))
    return Asked(tuple(answers), stated, failures)


def _ask(question: ExamQuestion, assistant: AnswersQuestions) -> Mapping[str, Any]:
    began = perf_counter()
    answer = assistant.ask(question.to_ask())
    elapsed = 1000 * (perf_counter() - began)
    return {"question_id": question.id, **answer_to_json(answer), "wall_ms": round(elapsed, 1)}
