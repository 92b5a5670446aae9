"""Question sets: reading a file of questions, checking it, and the fixed split into tuning and held-out halves."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.answers import Question, Turn
from eval.errors import QuestionSetError

LANGUAGES = ("en", "es", "pt", "fr")
_REQUIRED = {
    "id": str,
    "lang": str,
    "type": str,
    "question": str,
    "history": list,
    "answerable": bool,
    "gold": list,
    "facts": list,
}
_KNOWN = {*_REQUIRED, "note"}
_SHOWN_PROBLEMS = 10


class Split(StrEnum):
    """Which half of a set a question belongs to: one to learn from, one only to measure with."""

    TUNING = "tuning"
    HELD_OUT = "held_out"


@dataclass(frozen=True, slots=True)
class GoldPlace:
    """A place that supports the answer.

    Args:
        document: path relative to the corpus, or base name, of the file.
        quote: words that stand there.
    """

    document: str
    quote: str

    def is_in(self, file: str) -> bool:
        """Tell whether `file` (relative to the corpus) is the document meant."""
        return file == self.document or file.rsplit("/", 1)[-1] == self.document


@dataclass(frozen=True, slots=True)
class ExamQuestion:
    """A question with what a right answer must hold.

    Args:
        id: letters and a number; the number decides the split.
        language: of the question, ISO 639-1.
        kind: what sort of question it is ("decision", "list", "followup" …).
        text: the words of the asker.
        history: earlier questions of the conversation, the oldest first.
        answerable: whether the corpus answers it.
        gold: places that support the answer; empty if there is none.
        facts: what a right answer says; each is a tuple of wordings of which one suffices.
        note: a remark of the author.
    """

    id: str
    language: str
    kind: str
    text: str
    history: tuple[str, ...]
    answerable: bool
    gold: tuple[GoldPlace, ...]
    facts: tuple[tuple[str, ...], ...]
    note: str = ""

    @property
    def split(self) -> Split:
        """The half it belongs to."""
        return split_of(self.id)

    def to_ask(self) -> Question:
        """Return it as the assistant takes it."""
        return Question(self.text, history=tuple(Turn(earlier) for earlier in self.history))


def split_of(question_id: str) -> Split:
    """Return the half of a question: an even number in its id is for tuning, an odd one is held out.

    Raises:
        QuestionSetError: if the id holds no number.
    """
    numbers = re.findall(r"\d+", question_id)
    if not numbers:
        raise QuestionSetError(f"The question id {question_id!r} holds no number, so it has no half.")
    return Split.HELD_OUT if int(numbers[-1]) % 2 else Split.TUNING


def load_questions(path: Path) -> tuple[ExamQuestion, ...]:
    """Return the questions of a JSONL file.

    Raises:
        QuestionSetError: if the file cannot be read, or any line is wrong; the message names the lines.
    """
    questions: list[ExamQuestion] = []
    problems: list[str] = []
    seen: set[str] = set()
    for number, line in _lines(path):
        data, found = _parse(line, seen)
        problems += [f"line {number}: {problem}" for problem in found]
        if data is not None and not found:
            seen.add(data["id"])
            questions.append(_question(data))
    if problems:
        raise QuestionSetError(_message(path, problems), next_step="Mend these lines and run the command again.")
    if not questions:
        raise QuestionSetError(f"{path} holds no question.", next_step="Give a file with one JSON object a line.")
    return tuple(questions)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionSetError(
            f"The questions {path} cannot be read ({error}).", next_step="Name a UTF-8 file: `--questions FILE`."
        ) from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def _message(path: Path, problems: list[str]) -> str:
    rest = len(problems) - _SHOWN_PROBLEMS
    shown = problems[:_SHOWN_PROBLEMS] + ([f"and {rest} more"] if rest > 0 else [])
    return f"{path} cannot be used: {'; '.join(shown)}."


def _parse(line: str, seen: set[str]) -> tuple[dict[str, Any] | None, list[str]]:
    try:
        data = json.loads(line)
    except ValueError as error:
        return None, [f"not JSON ({error})"]
    if not isinstance(data, dict):
        return None, ["not a JSON object"]
    shape = _shape_problems(data)
    return data, shape or [*_value_problems(data, seen), *_answer_problems(data)]


def _shape_problems(data: Mapping[str, Any]) -> list[str]:
    missing = [f"no {key!r}" for key in _REQUIRED if key not in data]
    unknown = [f"unknown key {key!r}" for key in data if key not in _KNOWN]
    wrong = [
        f"{key!r} is not {kind.__name__}"
        for key, kind in _REQUIRED.items()
        if key in data and not isinstance(data[key], kind)
    ]
    return missing + unknown + wrong


def _value_problems(data: Mapping[str, Any], seen: set[str]) -> Iterator[str]:
    if data["id"] in seen:
        yield f"id {data['id']!r} twice"
    if not re.search(r"\d", data["id"]):
        yield f"id {data['id']!r} holds no number"
    if data["lang"] not in LANGUAGES:
        yield f"language {data['lang']!r} is none of {', '.join(LANGUAGES)}"
    if not data["question"].strip() or not data["type"].strip():
        yield "empty question or type"
    if not all(isinstance(earlier, str) for earlier in data["history"]):
        yield "'history' holds something that is not text"


def _answer_problems(data: Mapping[str, Any]) -> Iterator[str]:
    if not data["answerable"]:
        if data["gold"] or data["facts"]:
            yield "unanswerable, yet with gold or facts"
        return
    if not data["gold"] or not all(_is_gold(place) for place in data["gold"]):
        yield "'gold' must hold objects with 'doc' and 'quote'"
    if not data["facts"] or not all(_is_fact(fact) for fact in data["facts"]):
        yield "'facts' must hold lists of wordings"


def _is_gold(place: object) -> bool:
    return isinstance(place, dict) and all(isinstance(place.get(k), str) and place[k] for k in ("doc", "quote"))


def _is_fact(fact: object) -> bool:
    return isinstance(fact, list) and bool(fact) and all(isinstance(word, str) and word.strip() for word in fact)


def _question(data: Mapping[str, Any]) -> ExamQuestion:
    return ExamQuestion(
        id=data["id"],
        language=data["lang"],
        kind=data["type"],
        text=data["question"],
        history=tuple(data["history"]),
        answerable=data["answerable"],
        gold=tuple(GoldPlace(place["doc"], place["quote"]) for place in data["gold"]),
        facts=tuple(tuple(fact) for fact in data["facts"]),
        note=data.get("note", ""),
    )
