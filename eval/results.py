"""The files a measurement leaves: answers, figures and the two reports; and the figures of earlier runs."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.errors import AnswerFileError
from eval.given_answers import write_answers
from eval.report import html_report, markdown_report
from eval.run import Run

BASELINES = Path(__file__).with_name("baselines")


def write_results(output: Path, run: Run, answers: Sequence[Mapping[str, Any]]) -> None:
    """Write `answers.jsonl`, `figures.json`, `report.md` and `report.html` into a folder."""
    stored = stored_figures(run.name)
    output.mkdir(parents=True, exist_ok=True)
    write_answers(output / "answers.jsonl", answers)
    figures = json.dumps(run.to_json(), ensure_ascii=False, indent=1)
    (output / "figures.json").write_text(figures + "\n", encoding="utf-8")
    (output / "report.md").write_text(markdown_report(run, stored), encoding="utf-8")
    (output / "report.html").write_text(html_report(run, stored), encoding="utf-8")


def stored_figures(name: str, *, folder: Path = BASELINES) -> Mapping[str, Any] | None:
    """Return the figures kept of an earlier run on a question set, None if none are kept.

    Raises:
        AnswerFileError: if they are kept but are not JSON.
    """
    path = folder / f"{name}.json"
    if not path.is_file():
        return None
    try:
        held: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise AnswerFileError(f"The earlier figures {path} are not JSON ({error}).") from error
    return held
