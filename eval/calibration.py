"""Fits the weights of `assistant.sufficiency` on the tuning half of question sets and reports the held-out half.

Run `python -m eval.calibration DATA=QUESTIONS …`, where DATA is the index home of the folder that QUESTIONS is about.
Regularised logistic regression (Newton's method; Hastie, Tibshirani and Friedman, The Elements of Statistical
Learning, 4.4.1), each class weighted alike.
"""

import sys
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.assistant import Assistant
from assistant.sufficiency import Signals
from eval.questions import ExamQuestion, Split, load_questions, split_of

RIDGE = 2.0


@dataclass(frozen=True, slots=True)
class Example:
    """One question that was read: what was seen, and whether the documents answer it."""

    signals: Signals
    answerable: bool
    is_tuning: bool


def gather_examples(assistant: Assistant, questions: Sequence[ExamQuestion]) -> list[Example]:
    """Return what reading sees for each question that is answered from passages on one side."""
    examples = []
    for question in questions:
        seen = assistant.signals(question.to_ask())
        if seen is not None:
            examples.append(Example(seen, question.answerable, split_of(question.id) is Split.TUNING))
    return examples


def fit(examples: Sequence[Example], *, steps: int = 50) -> NDArray[np.float64]:
    """Return bias and weights, shape (1 + signals,), of the ridge-regularised maximum likelihood."""
    rows, labels = design(examples)
    share = labels.mean()
    balance = np.where(labels == 1, 0.5 / share, 0.5 / (1 - share))
    penalty = RIDGE * np.eye(rows.shape[1])
    penalty[0, 0] = 0.0
    weights = np.zeros(rows.shape[1])
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-rows @ weights))
        gradient = rows.T @ (balance * (chance - labels)) + penalty @ weights
        curvature = (rows * (balance * chance * (1 - chance))[:, None]).T @ rows + penalty
        weights -= np.linalg.solve(curvature, gradient)
    return weights


def design(examples: Sequence[Example]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the rows (bias first), shape (examples, 1 + signals), and the labels, shape (examples,)."""
    rows = np.array([(1.0, *astuple(e.signals)) for e in examples])
    return rows, np.array([float(e.answerable) for e in examples])


def refusal_figures(
    weights: NDArray[np.float64], examples: Sequence[Example], *, threshold: float
) -> tuple[float, float]:
    """Return F1 of refusing what is unanswerable, and the share of answerable questions refused."""
    rows, labels = design(examples)
    refused = 1 / (1 + np.exp(-rows @ weights)) < threshold
    caught = float((refused & (labels == 0)).sum())
    false = float((refused & (labels == 1)).sum())
    missed = float((~refused & (labels == 0)).sum())
    return 2 * caught / max(2 * caught + false + missed, 1.0), false / max(float((labels == 1).sum()), 1.0)


def main(arguments: Sequence[str]) -> None:
    """Print the weights and the figures of both halves at several thresholds."""
    from assistant.assembly import build_assistant
    from assistant.settings import load_settings

    examples = []
    for pair in arguments:
        data, questions = pair.split("=", 1)
        assistant = build_assistant(load_settings(data=Path(data)))
        examples += gather_examples(assistant, load_questions(Path(questions)))
    weights = fit([e for e in examples if e.is_tuning])
    names = ("bias", *(f.name for f in fields(Signals)))
    print({name: round(float(w), 2) for name, w in zip(names, weights, strict=True)})
    for threshold in (0.3, 0.4, 0.5, 0.6):
        for name, half in (("tuning", True), ("held out", False)):
            figures = refusal_figures(weights, [e for e in examples if e.is_tuning is half], threshold=threshold)
            print(threshold, name, *(round(f, 3) for f in figures))


if __name__ == "__main__":
    main(sys.argv[1:])
