"""The last report of `sela eval`, as it is kept in the data home, and what of it a page shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from ui.page.library import Say
from ui.page.tables import Column, Piece, Table, plain_cell, text_cell

FOLDER = "evaluation"
REPORT, PAGE = "report.json", "report.html"
_SHARES = ("retrieved@5", "facts", "cited_gold", "support", "verbatim", "refusal_f1", "false_refusal")
_AMOUNTS = ("words_median", "ms_median")
_SECONDS = (0.25, 0.5, 1.0, 2.0, 5.0)
_COVERAGES = (0.25, 0.5, 0.75, 1.0)

Figures = Mapping[str, Any]


class LastReport(BaseModel):
    """What `sela eval` leaves of its last run.

    Args:
        measured: when, UTC.
        figures: as in `figures.json`.
        times_ms: how long each answer took.
        risk: share of questions taken on, the surest first, and the share of them answered wrongly.
    """

    model_config = ConfigDict(frozen=True)

    measured: datetime
    figures: dict[str, Any]
    times_ms: tuple[float, ...] = ()
    risk: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a plot.

    Args:
        name: what it stands for.
        share: its length, 0 to 1.
        value: in words.
    """

    name: str
    share: float
    value: str


class DamagedReport(Exception):
    """The report is there and cannot be read."""


def last_report(home: Path) -> LastReport | None:
    """Return the last report kept in a data home, None if answers were never measured.

    Raises:
        DamagedReport: if it cannot be read.
    """
    path = home / FOLDER / REPORT
    try:
        return LastReport.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise DamagedReport(str(path)) from error


def report_page(home: Path) -> bytes | None:
    """Return the whole report as an HTML file, None if there is none."""
    try:
        return (home / FOLDER / PAGE).read_bytes()
    except OSError:
        return None


def figures_table(figures: Figures, language: str, say: Say) -> Table:
    """Return the figures that staff care for, what each means, and those of the plain method where it was measured."""
    plain: Figures = figures.get("plain") or {}
    names = ("figure", "result", *(("plain",) if plain else ()), "meaning")
    columns = tuple(
        Column(n, say(f"quality.{n}"), is_sortable=False, is_number=n in {"result", "plain"}, is_head=n == "figure")
        for n in names
    )
    rows = []
    for name in (*_SHARES, *_AMOUNTS):
        key = name.replace("@", "")
        told = [
            plain_cell(shown(name, source.get(name), language, say))
            for source in (figures, *((plain,) if plain else ()))
        ]
        rows.append((plain_cell(say(f"quality.{key}")), *told, plain_cell(say(f"quality.{key}_meaning"))))
    return Table(say("quality.figures"), columns, tuple(rows))


def group_bars(groups: Mapping[str, Figures], names: Mapping[str, str], language: str) -> tuple[Bar, ...]:
    """Return the facts given by each group of questions that can be answered."""
    return tuple(
        Bar(names.get(name, name), float(group["facts"]), percent(float(group["facts"]), language))
        for name, group in groups.items()
        if group.get("answerable") and group.get("facts") is not None
    )


def time_bars(times_ms: tuple[float, ...], language: str, say: Say) -> tuple[Bar, ...]:
    """Return how many answers came within some seconds."""
    if not times_ms:
        return ()
    shares = [(limit, sum(time <= limit * 1000 for time in times_ms) / len(times_ms)) for limit in _SECONDS]
    return tuple(
        Bar(say("quality.within", seconds=f"{limit:g}"), share, percent(share, language)) for limit, share in shares
    )


def risk_bars(risk: tuple[tuple[float, float], ...], language: str, say: Say) -> tuple[Bar, ...]:
    """Return the share of wrong answers among the questions that the assistant is surest of."""
    found = [(share, next((r for coverage, r in risk if coverage >= share), None)) for share in _COVERAGES]
    return tuple(
        Bar(say("quality.surest", share=f"{share * 100:g}"), r, percent(r, language))
        for share, r in found
        if r is not None
    )


def type_names(groups: Mapping[str, Figures], say: Say) -> dict[str, str]:
    """Return what kinds of questions are called, those with a name."""
    named = {}
    for kind in groups:
        try:
            named[kind] = say(f"quality.type_{kind}")
        except KeyError:
            named[kind] = kind
    return named


def shown(name: str, value: float | None, language: str, say: Say) -> str:
    """Return a figure as staff read it: a share in per cent, a time in milliseconds, a number of words."""
    if value is None:
        return "–"
    if name.startswith("ms_"):
        return say("quality.milliseconds", number=round(value))
    return f"{value:g}" if name.startswith("words_") else percent(value, language)


def percent(share: float, language: str) -> str:
    """Return a share in per cent; only what is whole is shown as 100 %."""
    rounded = round(share * 100, 1)
    number = f"{min(rounded, 99.9) if share < 1 else rounded:g}"
    return f"{number if language == 'en' else number.replace('.', ',')} %"


def parts_table(parts: Mapping[str, str], say: Say) -> Table:
    """Return what is in use, part by part."""
    columns = (
        Column("part", say("quality.part"), is_sortable=False, is_head=True),
        Column("what", say("quality.what"), is_sortable=False),
    )
    rows = tuple((plain_cell(say(f"quality.{name}")), text_cell([Piece(told)])) for name, told in parts.items())
    return Table(say("quality.in_use"), columns, rows)
