"""The gate of the figures: thresholds for each question set, and which of them a run misses."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from eval.errors import GateFileError

GATES_FILE = Path(__file__).with_name("gates.toml")


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit on one figure.

    Args:
        figure: its name; groups with dots: "by_language.es.facts".
        minimum: least value allowed, None for no limit.
        maximum: greatest value allowed, None for no limit.
    """

    figure: str
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class GatedSet:
    """A question set that is gated.

    Args:
        name: of the set.
        questions: its file.
        corpus: the folder it is about.
        everywhere: whether it must be there; one that need not be is passed over where it is absent.
        bounds: limits on its figures.
    """

    name: str
    questions: Path
    corpus: Path
    everywhere: bool
    bounds: tuple[Bound, ...]

    @property
    def is_present(self) -> bool:
        """Whether questions and corpus are there."""
        return self.questions.is_file() and self.corpus.is_dir()


class _SetInFile(BaseModel):
    """A table of the thresholds file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    questions: str
    corpus: str
    everywhere: bool = False
    minimum: dict[str, float] = {}
    maximum: dict[str, float] = {}


def load_gates(path: Path = GATES_FILE) -> tuple[GatedSet, ...]:
    """Return the gated sets of a thresholds file; its paths are relative to it.

    Raises:
        GateFileError: if the file is missing or wrong.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        held = TypeAdapter(dict[str, _SetInFile]).validate_python(tables)
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise GateFileError(f"The thresholds {path} cannot be used ({error}).") from error
    return tuple(_gated_set(name, table, path.parent) for name, table in held.items())


def find_failures(bounds: Iterable[Bound], figures: Mapping[str, Any]) -> tuple[str, ...]:
    """Return one line for each limit that figures miss, in the words a reader acts on.

    Args:
        bounds: the limits.
        figures: as `Run.to_json` gives them.
    """
    checked = ((bound, look_up(figures, bound.figure)) for bound in bounds)
    return tuple(line for bound, value in checked if (line := _failure(bound, value)))


def look_up(figures: Mapping[str, Any], name: str) -> float | None:
    """Return a figure by its dotted name, None if there is none."""
    found: Any = figures
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found if isinstance(found, int | float) else None


def _failure(bound: Bound, value: float | None) -> str:
    if value is None:
        return f"{bound.figure} is not there"
    if bound.minimum is not None and value < bound.minimum:
        return f"{bound.figure} is {value:g}, at least {bound.minimum:g} is asked for"
    if bound.maximum is not None and value > bound.maximum:
        return f"{bound.figure} is {value:g}, at most {bound.maximum:g} is allowed"
    return ""


def _gated_set(name: str, table: _SetInFile, home: Path) -> GatedSet:
    bounds = [Bound(figure, minimum=value) for figure, value in table.minimum.items()]
    bounds += [Bound(figure, maximum=value) for figure, value in table.maximum.items()]
    questions, corpus = (home / table.questions).resolve(), (home / table.corpus).resolve()
    return GatedSet(name, questions, corpus, table.everywhere, tuple(bounds))
