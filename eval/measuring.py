"""What `sela eval` does: chooses the question sets, measures each, and shows the figures with the limits missed."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from json import dumps
from pathlib import Path
from typing import Any

from eval.asking import ask_all, confidence_of
from eval.errors import GateFileError
from eval.gate import GATES_FILE, GatedSet, load_gates
from eval.indexing import open_corpus
from eval.questions import load_questions
from eval.results import write_results
from eval.run import PlainRun, Run, measure, run_plain

HEADLINE = (
    "retrieved@5", "facts", "cited_gold", "support", "verbatim", "refusal_f1", "false_refusal", "words_median",
    "words_p95", "ms_median", "ms_p95",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Task:
    """One question set to measure.

    Args:
        questions: its file.
        corpus: the folder it is about.
        output: where answers, figures and reports go.
        data: the data home, None for that of the settings.
        plain: whether the plain pipeline is measured too.
        confidence: whether the assistant is asked again how sure it is, which takes as long as the answers.
    """

    questions: Path
    corpus: Path
    output: Path
    data: Path | None
    plain: bool
    confidence: bool = True


def measure_task(task: Task) -> Run:
    """Measure one question set and write its results.

    Raises:
        QuestionSetError: if the questions cannot be used.
        SelaError: if the folder cannot be indexed.
    """
    questions = load_questions(task.questions)
    measured = open_corpus(task.corpus, data=task.data)
    confidence = confidence_of(measured.assistant) if task.confidence else None
    asked = ask_all(questions, measured.assistant, confidence=confidence, progress=_show_progress)
    plain = run_plain(questions, measured.texts) if task.plain else PlainRun(None, "It was not asked for.")
    run = measure(questions, asked, measured.texts, name=task.questions.stem, plain=plain)
    write_results(task.output, run, asked.answers)
    return run


def choose_sets(questions: Path | None, corpus: Path | None, *, gate: bool) -> list[GatedSet]:
    """Return the set named, or every set that is gated and there, or the project's own.

    Raises:
        GateFileError: if limits are asked for a set that has none.
    """
    sets = load_gates()
    if questions is not None:
        bounds = next((s.bounds for s in sets if s.questions == questions.resolve()), ())
        if gate and not bounds:
            raise GateFileError(f"No limits are set for {questions}.", next_step=f"Add them to {GATES_FILE}.")
        return [GatedSet(questions.stem, questions, corpus or Path("corpus"), everywhere=True, bounds=bounds)]
    if gate:
        return [s for s in sets if s.everywhere or s.is_present]
    return [s for s in sets if s.everywhere][:1]


def _show_progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} of {total} questions", end="" if done < total else "\n", file=sys.stderr, flush=True)


def show(runs: Mapping[str, Run], failures: Mapping[str, tuple[str, ...]], *, as_json: bool) -> None:
    """Print the figures of each run with the limits that it misses."""
    if as_json:
        print(dumps({name: _json(run, failures.get(name)) for name, run in runs.items()}, ensure_ascii=False))
        return
    for name, run in runs.items():
        print(f"{name}: {run.table.overall['questions']} questions over {run.corpus}")
        print("\n".join(f"  {figure:<14}{run.table.overall[figure]}" for figure in HEADLINE))
        print("".join(f"  MISSED  {line}\n" for line in failures.get(name, ())), end="")


def _json(run: Run, failures: tuple[str, ...] | None) -> dict[str, Any]:
    return run.to_json() | ({} if failures is None else {"failures": list(failures)})
