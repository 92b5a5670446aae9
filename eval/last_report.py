"""The last report of a data home, kept where the page of the service finds it."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from eval.report import html_report
from eval.results import stored_figures
from eval.run import Run

FOLDER = "evaluation"
REPORT, PAGE = "report.json", "report.html"


def keep_last_report(home: Path, run: Run) -> None:
    """Put the figures, times and risk of a run, and its report, into a data home in place of an earlier one's.

    Args:
        home: of the service that shows them.
        run: what was measured.
    """
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    _replace(folder / PAGE, html_report(run, stored_figures(run.name)))
    _replace(folder / REPORT, json.dumps(_told(run), ensure_ascii=False, indent=1) + "\n")


def _told(run: Run) -> dict[str, Any]:
    curve = run.confidence.answerability if run.confidence else ()
    return {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "figures": run.to_json(),
        "times_ms": list(run.times_ms),
        "risk": [(point.coverage, point.risk) for point in curve],
    }


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    temporary = path.with_suffix(".new")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
