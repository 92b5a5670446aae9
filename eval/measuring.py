"""What `sela eval` does: chooses the question sets, measures each, and shows the figures with the limits missed."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from json import dumps
from pathlib import Path
from typing import Any

from assistant.settings import load_settings
from eval.asking import ask_all, confidence_of
from eval.errors import GateFileError
from eval.gate import GATES_FILE, GatedSet, load_gates
from eval.given_answers import write_answers
from eval.indexing import MeasuredCorpus, open_corpus, with_model
from eval.last_report import keep_last_report
from eval.model_answers import ModelRun, measure_model
from eval.questions import ExamQuestion, load_questions
from eval.results import write_results
from eval.run import PlainRun, Run, measure, run_plain

MODEL_ANSWERS = "answers-model.jsonl"
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
        model: a language model to be measured beside, None for none.
    """

    questions: Path
    corpus: Path
    output: Path
    data: Path | None
    plain: bool
    confidence: bool = True
    model: str | None = None


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
    model = _measure_model(task, questions, measured) if task.model else None
    run = measure(questions, asked, measured.texts, name=task.questions.stem, plain=plain, model=model)
    write_results(task.output, run, asked.answers)
    keep_last_report(task.data or load_settings().data, run)
    return run


def _measure_model(task: Task, questions: Sequence[ExamQuestion], measured: MeasuredCorpus) -> ModelRun:
    """Put the questions to a language model too, and keep its answers beside the others."""
    name = task.model or ""
    asked = ask_all(questions, with_model(measured, name), progress=_show_progress)
    task.output.mkdir(parents=True, exist_ok=True)
    write_answers(task.output / MODEL_ANSWERS, asked.answers)
    return measure_model(questions, asked, measured.texts, name=name)


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
        tables = [run.table, *([run.model.table] if run.model else [])]
        rows = ([figure, *(str(table.overall[figure]) for table in tables)] for figure in HEADLINE)
        print("\n".join("  " + "".join(f"{cell:<14}" for cell in row).rstrip() for row in rows))
        print(_model_line(run.model) if run.model else "", end="")
        print("".join(f"  MISSED  {line}\n" for line in failures.get(name, ())), end="")


def _model_line(model: ModelRun) -> str:
    dropped = ", ".join(f"{count} {reason}" for reason, count in model.dropped.items()) or "none"
    failures = ", ".join(f"{count} {reason}" for reason, count in model.failures.items()) or "none"
    return (
        f"  {model.name}: {model.asked} asked, {model.kept} sentences kept, dropped: {dropped}; left to quotations:"
        f" {failures}; without backing: {len(model.unsupported)}\n"
    )


def _json(run: Run, failures: tuple[str, ...] | None) -> dict[str, Any]:
    return run.to_json() | ({} if failures is None else {"failures": list(failures)})
