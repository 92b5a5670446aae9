"""Plots as SVG that stands alone: no script, no font, nothing fetched."""

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from io import StringIO
from typing import TYPE_CHECKING

from eval.confidence import CurvePoint

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SIZE_INCHES = (7.0, 2.8)
COLOURS = ("#1f5a85", "#d98324", "#6b8f3c", "#8c4a6f")


def can_plot() -> bool:
    """Tell whether the plotting library is installed."""
    return find_spec("matplotlib") is not None


def bars(title: str, groups: Sequence[str], series: Mapping[str, Sequence[float]]) -> str:
    """Return grouped bars between 0 and 1, one colour for each series."""
    figure, axes = _canvas(title)
    width = 0.8 / max(len(series), 1)
    for number, (name, values) in enumerate(series.items()):
        places = [i - 0.4 + width * (number + 0.5) for i in range(len(groups))]
        axes.bar(places, values, width, label=name, color=COLOURS[number % len(COLOURS)])
    axes.set_xticks(range(len(groups)), groups, rotation=30 if len(groups) > 6 else 0, fontsize=8)
    axes.set_ylim(0, 1)
    _legend(axes)
    return _svg(figure, title)


def histogram(title: str, values: Sequence[float], *, unit: str) -> str:
    """Return how often values fall where."""
    figure, axes = _canvas(title)
    axes.hist(values, bins=min(40, max(5, len(values) // 3)), color=COLOURS[0])
    axes.set_xlabel(unit)
    axes.set_ylabel("answers")
    return _svg(figure, title)


def curves(title: str, lines: Mapping[str, Sequence[CurvePoint]]) -> str:
    """Return risk against coverage."""
    figure, axes = _canvas(title)
    for number, (name, points) in enumerate(lines.items()):
        xs, ys = [p.coverage for p in points], [p.risk for p in points]
        axes.step(xs, ys, where="post", label=name, color=COLOURS[number % len(COLOURS)])
    axes.set_xlabel("share of questions answered, the surest first")
    axes.set_ylabel("risk")
    axes.set_xlim(0, 1)
    axes.set_ylim(bottom=0)
    _legend(axes)
    return _svg(figure, title)


def _canvas(title: str) -> "tuple[Figure, Axes]":
    from matplotlib.figure import Figure

    figure = Figure(figsize=SIZE_INCHES, layout="constrained")
    axes = figure.subplots()
    axes.set_title(title, fontsize=10)
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _legend(axes: "Axes") -> None:
    axes.legend(fontsize=8, frameon=False, loc="upper left", bbox_to_anchor=(1, 1))


def _svg(figure: "Figure", title: str) -> str:
    from matplotlib import rc_context

    buffer = StringIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    with rc_context({"svg.hashsalt": title, "svg.fonttype": "none"}):
        figure.savefig(buffer, format="svg", metadata=nothing)
    drawn = buffer.getvalue()
    return drawn[drawn.index("<svg") :].strip()
