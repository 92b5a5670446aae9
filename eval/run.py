"""One measurement: a question set put to an assistant over a corpus, with everything a report shows of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.asking import Asked
from eval.baseline import plain_answers
from eval.confidence import CurvePoint, answer_quality, answerability, auroc, risk_coverage
from eval.figures import FigureTable, figure_table, times_of
from eval.given_answers import given_answer
from eval.misses import Miss, count_by_cause, find_misses
from eval.model_answers import ModelRun
from eval.questions import ExamQuestion
from eval.scoring import ScoredAnswer, score_answers
from eval.sources import CorpusTexts
from ingest.errors import ModelUnavailable


@dataclass(frozen=True, slots=True)
class ConfidenceReading:
    """What the assistant's confidence is worth.

    Args:
        auroc: how well it tells answerable questions from the others; None if there are not both.
        answerability: risk of taking on a question that the documents do not answer.
        quality: share of facts missing among the questions answered.
    """

    auroc: float | None
    answerability: tuple[CurvePoint, ...]
    quality: tuple[CurvePoint, ...]


@dataclass(frozen=True, slots=True)
class PlainRun:
    """The plain pipeline's figures, or why there are none."""

    table: FigureTable | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Everything a report shows.

    Args:
        name: of the question set.
        corpus: name of the folder.
        table: the figures.
        misses: wrong answers with their causes.
        times_ms: how long each answer took, the fastest first.
        confidence: what the confidence is worth, None if the assistant gives none.
        plain: the plain pipeline on the same questions.
        model: a language model on the same questions, None if none was asked.
        failures: by question id, why a question could not be asked.
    """

    name: str
    corpus: str
    table: FigureTable
    misses: tuple[Miss, ...]
    times_ms: tuple[float, ...]
    confidence: ConfidenceReading | None
    plain: PlainRun
    model: ModelRun | None
    failures: Mapping[str, str]

    def to_json(self) -> dict[str, Any]:
        """Return the figures as `figures.json` and the stored baselines keep them."""
        return {
            "name": self.name,
            "corpus": self.corpus,
            **self.table.to_json(),
            "misses": {cause.value: count for cause, count in count_by_cause(self.misses).items()},
            "answerability_auroc": self.confidence.auroc if self.confidence else None,
            "plain": self.plain.table.to_json() if self.plain.table else None,
            "model": self.model.to_json() if self.model else None,
        }


def measure(  # noqa: PLR0913, what a run shows
    questions: Sequence[ExamQuestion],
    asked: Asked,
    corpus: CorpusTexts,
    *,
    name: str,
    plain: PlainRun,
    model: ModelRun | None = None,
) -> Run:
    """Return the measurement of what came back."""
    scored = score_answers(questions, [given_answer(a) for a in asked.answers], corpus)
    return Run(
        name=name,
        corpus=corpus.name,
        table=figure_table(scored),
        misses=find_misses(scored),
        times_ms=tuple(times_of(scored)),
        confidence=read_confidence(scored, asked.confidence),
        plain=plain,
        model=model,
        failures=asked.failures,
    )


def read_confidence(scored: Sequence[ScoredAnswer], confidence: Mapping[str, float]) -> ConfidenceReading | None:
    """Return what a confidence by question id is worth, None if there is none."""
    if not confidence:
        return None
    can_answer, quality = answerability(scored, confidence), answer_quality(scored, confidence)
    return ConfidenceReading(auroc(can_answer), risk_coverage(can_answer), risk_coverage(quality))


def run_plain(questions: Sequence[ExamQuestion], corpus: CorpusTexts) -> PlainRun:
    """Measure the plain pipeline on the same questions, or say why that cannot be done."""
    try:
        answers = [given_answer(a) for a in plain_answers(questions, corpus)]
    except ModelUnavailable as error:
        return PlainRun(None, str(error))
    return PlainRun(figure_table(score_answers(questions, answers, corpus)))
