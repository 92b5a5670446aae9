"""Answers as a measurement sees them, and the files they are kept in (one JSON object a line)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answers import Outcome
from eval.errors import AnswerFileError


@dataclass(frozen=True, slots=True)
class FiledText:
    """Words and the file they are said to stand in."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What is measured of an answer.

    Args:
        question_id: the question it was given to.
        outcome: how far the question was answered.
        text: the answer's words.
        quotes: every quotation shown.
        evidence: passages that were looked at, the best first.
        milliseconds: how long it took, None if not known.
        dropped: statements that the verbatim gate took out, None if not known.
    """

    question_id: str
    outcome: Outcome
    text: str
    quotes: tuple[FiledText, ...]
    evidence: tuple[FiledText, ...]
    milliseconds: float | None
    dropped: int | None = None


def no_answer(question_id: str) -> GivenAnswer:
    """Return what counts for a question to which no answer was given: a refusal."""
    return GivenAnswer(question_id, Outcome.NO_EVIDENCE, "", (), (), None)


def given_answer(data: Mapping[str, Any]) -> GivenAnswer:
    """Return what is measured of an answer's JSON with its `question_id`.

    Raises:
        AnswerFileError: if something needed is missing.
    """
    try:
        return GivenAnswer(
            question_id=data["question_id"],
            outcome=Outcome(data["outcome"]),
            text=data.get("text", ""),
            quotes=tuple(FiledText(c["document"]["file"], c["quote"]) for c in data.get("citations", ())),
            evidence=tuple(FiledText(e.get("file", ""), e.get("text", "")) for e in data.get("evidence", ())),
            milliseconds=data.get("wall_ms") or data.get("timings_ms", {}).get("total"),
            dropped=data.get("dropped_statements"),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise AnswerFileError(
            f"The answer to {data.get('question_id', '?')} has not the right shape ({error})."
        ) from error


def write_answers(path: Path, answers: Iterable[Mapping[str, Any]]) -> None:
    """Write answers, each the JSON of an answer with its `question_id`."""
    lines = (json.dumps(answer, ensure_ascii=False) + "\n" for answer in answers)
    path.write_text("".join(lines), encoding="utf-8")


def read_answers(path: Path) -> tuple[GivenAnswer, ...]:
    """Return the answers that `write_answers` wrote.

    Raises:
        AnswerFileError: if the file cannot be read or a line is wrong.
    """
    try:
        lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        return tuple(given_answer(json.loads(line)) for line in lines)
    except (OSError, ValueError) as error:
        raise AnswerFileError(f"The answers {path} cannot be read ({error}).") from error
