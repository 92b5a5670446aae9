"""The source texts of the sample corpus: a header of `key: value` lines, then a small part of Markdown."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class PartKind(StrEnum):
    """What a part of a source text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    NUMBERED = "numbered"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, paragraph, numbered item or table.

    Args:
        kind: what it is.
        text: its words; empty for a table.
        level: heading level from 1, or the number of a numbered item.
        rows: cells of a table, the head row first.
    """

    kind: PartKind
    text: str
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source text: what its header states, and its parts in order."""

    header: dict[str, str]
    parts: tuple[Part, ...]


def read_source(path: Path) -> SourceText:
    """Read a source text from disk."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    header = dict(line.split(": ", 1) for line in head.splitlines())
    parts = [part for block in body.split("\n\n") if block.strip() for part in _parts_of(block.strip())]
    return SourceText(header=header, parts=tuple(parts))


def _parts_of(block: str) -> list[Part]:
    if block.startswith("|"):
        return [Part(PartKind.TABLE, "", rows=tuple(_cells(line) for line in block.splitlines()))]
    return [_part_of(line) for line in block.splitlines()]


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip("|").split("|"))


def _part_of(line: str) -> Part:
    marks, _, text = line.partition(" ")
    if marks and set(marks) == {"#"}:
        return Part(PartKind.HEADING, text, level=len(marks))
    if marks.endswith(".") and marks[:-1].isdigit():
        return Part(PartKind.NUMBERED, text, level=int(marks[:-1]))
    return Part(PartKind.PARAGRAPH, line)
