"""What a language model made of a question set: its figures, what the gate dropped, and what it gave no answer to."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.asking import Asked
from eval.figures import FigureTable, figure_table, percentile
from eval.given_answers import given_answer
from eval.questions import ExamQuestion
from eval.scoring import score_answers
from eval.sources import CorpusTexts
from ingest.identifiers import find_numbers
from ingest.normalisation import fold

_MARKER = re.compile(r"\[\d+\]")
_QUOTED = re.compile(r"“[^”]*”")
_NAME = re.compile(r"(?<=[^\W\d_A-Z] )[^\W\d_a-z][\w'’-]{2,}")
_SHARED = 4


@dataclass(frozen=True, slots=True)
class ModelRun:
    """What a language model made of a question set.

    Args:
        name: of the model.
        table: the figures of its answers.
        asked: questions that were put to it.
        written: answers that hold sentences of it.
        kept: its sentences that reached the reader.
        dropped: how many sentences the gate dropped, by reason.
        failures: how many answers it left to quotations, or broke off, by reason.
        unsupported: figures and names in its sentences that no quotation cited beside them holds, with the question.
        prompt_tokens: of all questions.
        answer_tokens: of all answers.
        latencies_ms: how long it took for each question, the fastest first.
    """

    name: str
    table: FigureTable
    asked: int
    written: int
    kept: int
    dropped: Mapping[str, int]
    failures: Mapping[str, int]
    unsupported: tuple[tuple[str, str], ...]
    prompt_tokens: int
    answer_tokens: int
    latencies_ms: tuple[float, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the figures as `figures.json` keeps them."""
        times = self.latencies_ms or (0.0,)
        return {
            **self.table.to_json(),
            "name": self.name,
            "asked": self.asked,
            "written": self.written,
            "kept": self.kept,
            "dropped": dict(self.dropped),
            "failures": dict(self.failures),
            "unsupported": len(self.unsupported),
            "prompt_tokens": self.prompt_tokens,
            "answer_tokens": self.answer_tokens,
            "model_ms_median": percentile(times, 0.5),
            "model_ms_p95": percentile(times, 0.95),
        }


def measure_model(questions: Sequence[ExamQuestion], asked: Asked, corpus: CorpusTexts, *, name: str) -> ModelRun:
    """Return the measurement of answers that a language model had a part in."""
    uses = [a["model"] for a in asked.answers if a.get("model")]
    dropped: Counter[str] = Counter()
    for use in uses:
        dropped.update(use["dropped"])
    return ModelRun(
        name=name,
        table=figure_table(score_answers(questions, [given_answer(a) for a in asked.answers], corpus)),
        asked=len(uses),
        written=sum(1 for use in uses if use["kept"]),
        kept=sum(use["kept"] for use in uses),
        dropped=dict(dropped.most_common()),
        failures=dict(Counter(use["failure"] for use in uses if use["failure"]).most_common()),
        unsupported=tuple((a["question_id"], words) for a in asked.answers for words in unsupported_words(a)),
        prompt_tokens=sum(use["prompt_tokens"] for use in uses),
        answer_tokens=sum(use["answer_tokens"] for use in uses),
        latencies_ms=tuple(sorted(use["latency_ms"] for use in uses)),
    )


def unsupported_words(answer: Mapping[str, Any]) -> Iterator[str]:
    """Give the figures and names outside the quotations of an answer that no quotation cited beside them holds.

    This looks at what is shown, apart from the gate: a name also counts as held where a word of the quotation begins
    like it, as names do in other languages. The year of a programme may stand in its title. An answer without any
    sentence of a model has none.

    Args:
        answer: its JSON.
    """
    if not (answer.get("model") or {}).get("kept"):
        return
    quotes = {c["number"]: " ".join((c["quote"], c["document"].get("title", ""))) for c in answer.get("citations", ())}
    for statement in answer.get("statements", ()):
        backing = " ".join(quotes.get(n, "") for n in statement["citations"])
        yield from _missing(_QUOTED.sub(" ", _MARKER.sub(" ", statement["text"])), backing)


def _missing(words: str, backing: str) -> Iterator[str]:
    held = {value for n in find_numbers(backing) for value in (n.value, n.other_value)}
    runs = set(re.findall(r"\d+", fold(backing)))
    for number in find_numbers(words):
        figure = words[number.start : number.end]
        if not ({number.value, number.other_value} - {None}) & held and not set(re.findall(r"\d+", figure)) <= runs:
            yield figure
    starts = {word[:_SHARED] for word in re.findall(r"\w+", fold(backing))}
    yield from (name for name in _NAME.findall(words) if fold(name)[:_SHARED] not in starts)
