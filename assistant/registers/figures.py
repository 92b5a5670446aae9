"""Figures of all documents put together: what each programme counts of itself, and where documents differ."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.registers.activity_entries import FigureEntry

_PARTIAL = "some "


@dataclass(frozen=True, slots=True)
class Figure:
    """What a programme counts of itself, with every statement of it.

    Args:
        year: of the programme, None where no document names one.
        subject: what is counted, in English; "some meetings" where only a kind of them is.
        unit: "count" or "percent".
        statements: each place that states it, by document and in reading order.
    """

    year: int | None
    subject: str
    unit: str
    statements: tuple[FigureEntry, ...]

    @property
    def values(self) -> tuple[str, ...]:
        """The distinct values stated, the one stated most often first."""
        stated = [entry.value for entry in self.statements]
        return tuple(sorted(dict.fromkeys(stated), key=lambda value: -stated.count(value)))

    @property
    def is_disputed(self) -> bool:
        """Whether documents state different values."""
        return len(self.values) > 1

    @property
    def is_partial(self) -> bool:
        """Whether it counts only some of the subject: those of one area or kind."""
        return self.subject.startswith(_PARTIAL)

    def statement(self, language: str | None) -> FigureEntry:
        """Return the first statement in a language, or the first of all where there is none in it."""
        return next((each for each in self.statements if each.language == language), self.statements[0])


def merge_figures(entries: Iterable[FigureEntry]) -> tuple[Figure, ...]:
    """Return the figures by year; a number of the whole programme is one figure, whatever its values."""
    grouped: dict[tuple[int | None, str, str, str], list[FigureEntry]] = defaultdict(list)
    for entry in entries:
        part = entry.value if entry.subject.startswith(_PARTIAL) else ""
        grouped[entry.year, entry.subject, entry.unit, part].append(entry)
    figures = (Figure(year, subject, unit, tuple(found)) for (year, subject, unit, _), found in grouped.items())
    return tuple(sorted(figures, key=lambda figure: figure.year or 0))
