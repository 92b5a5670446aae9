"""`sela eval`: measures answers over a folder, writes a report, and gates on figures."""

from pathlib import Path


def evaluate(  # noqa: PLR0913, one parameter for each option of the command line
    questions: Path | None = None,
    corpus: Path | None = None,
    *,
    gate: bool = False,
    model: str | None = None,
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
        model: a language model measured beside the quotations alone, as provider:model.
        output: folder for answers, figures and reports.
        data: the data home, in which the index of the folder is kept for the next time.
        plain_baseline: measure a plain pipeline on the same questions; never done while gating.
        json: print figures as JSON.

    Raises:
        SelaError: if the questions, the folder or the limits cannot be used.
    """
    from eval.gate import find_failures
    from eval.measuring import Task, choose_sets, measure_task, show

    gated = choose_sets(questions, corpus, gate=gate)
    home, plain = output or Path("build/eval"), plain_baseline and not gate
    runs = {
        s.name: measure_task(Task(s.questions, s.corpus, home / s.name, data, plain, confidence=not gate, model=model))
        for s in gated
    }
    failures = {s.name: find_failures(s.bounds, runs[s.name].to_json()) for s in gated if gate}
    show(runs, failures, as_json=json)
    return 1 if any(failures.values()) else 0
