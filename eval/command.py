"""`sela eval`: measures answers over a folder, writes a report, and gates on figures."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from json import dumps
from pathlib import Path
from typing import Any

from eval.asking import ask_all, confidence_of
from eval.errors import GateFileError
from eval.gate import GATES_FILE, GatedSet, find_failures, load_gates
from eval.questions import load_questions
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
    """

    questions: Path
    corpus: Path
    output: Path
    data: Path | None
    plain: bool


def evaluate(  # noqa: PLR0913, one parameter for each option of the command line
    questions: Path | None = None,
    corpus: Path | None = None,
    *,
    gate: bool = False,
    output: Path | None = None,
    data: Path | None = None,
    plain_baseline: bool = True,
    json: bool = False,
) -> int:
    """Ask every question of a set, write answers and a report, and return the exit status.

    Without questions, the project's own set over the sample corpus is measured.

    Args:
        questions: a JSONL file of questions.
        corpus: the folder of documents they are about.
        gate: measure every gated set and fail if a figure misses its limit.
        output: folder for answers, figures and reports.
        data: the data home, in which the index of the folder is kept for the next time.
        plain_baseline: measure a plain pipeline on the same questions; never done while gating.
        json: print figures as JSON.

    Raises:
        SelaError: if the questions, the folder or the limits cannot be used.
    """
    gated = _chosen(questions, corpus, gate=gate)
    runs: dict[str, Run] = {}
    for each in gated:
        place = (output or Path("build") / "eval") / each.name
        runs[each.name] = measure_task(Task(each.questions, each.corpus, place, data, plain_baseline and not gate))
    failures = {each.name: find_failures(each.bounds, runs[each.name].to_json()) for each in gated if gate}
    _print(runs, failures, as_json=json)
    return 1 if any(failures.values()) else 0


def measure_task(task: Task) -> Run:
    """Measure one question set and write its results.

    Raises:
        QuestionSetError: if the questions cannot be used.
        SelaError: if the folder cannot be indexed.
    """
    from eval.indexing import open_corpus
    from eval.results import write_results

    questions = load_questions(task.questions)
    measured = open_corpus(task.corpus, data=task.data)
    confidence = confidence_of(measured.assistant)
    asked = ask_all(questions, measured.assistant, confidence=confidence, progress=_show_progress)
    plain = run_plain(questions, measured.texts) if task.plain else PlainRun(None, "It was not asked for.")
    run = measure(questions, asked, measured.texts, name=task.questions.stem, plain=plain)
    write_results(task.output, run, asked.answers)
    return run


def _chosen(questions: Path | None, corpus: Path | None, *, gate: bool) -> list[GatedSet]:
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


def _print(runs: Mapping[str, Run], failures: Mapping[str, tuple[str, ...]], *, as_json: bool) -> None:
    if as_json:
        print(dumps({name: _json(run, failures.get(name)) for name, run in runs.items()}, ensure_ascii=False))
        return
    for name, run in runs.items():
        print(f"{name}: {run.table.overall['questions']} questions over {run.corpus}")
        print("\n".join(f"  {figure:<14}{run.table.overall[figure]}" for figure in HEADLINE))
        print("".join(f"  MISSED  {line}\n" for line in failures.get(name, ())), end="")


def _json(run: Run, failures: tuple[str, ...] | None) -> dict[str, Any]:
    return run.to_json() | ({} if failures is None else {"failures": list(failures)})
