"""What goes to standard output: JSON, or text that is styled on a terminal and plain in a pipe."""

import json
import os
import shutil
import sys
import textwrap
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ink:
    """How text is set.

    Args:
        styled: whether the reader is a terminal that shows bold and faint text.
        width: columns to wrap at, None not to wrap.
    """

    styled: bool = False
    width: int | None = None

    def strong(self, text: str) -> str:
        """Return `text` in bold."""
        return f"\x1b[1m{text}\x1b[0m" if self.styled else text

    def faint(self, text: str) -> str:
        """Return `text` less conspicuous."""
        return f"\x1b[2m{text}\x1b[0m" if self.styled else text

    def wrap(self, text: str, *, indent: str = "") -> str:
        """Return `text` with every line indented and none longer than the width."""
        lines = []
        for line in text.splitlines():
            own = line[: len(line) - len(line.lstrip())]
            wrapped = textwrap.wrap(
                line, self.width or sys.maxsize, initial_indent=indent, subsequent_indent=indent + own
            )
            lines += wrapped or [""]
        return "\n".join(lines)


def ink_of_output() -> Ink:
    """Return the ink that suits this process's standard output."""
    if not sys.stdout.isatty():
        return Ink()
    return Ink(styled="NO_COLOR" not in os.environ, width=min(shutil.get_terminal_size().columns, 120))


def print_json(value: object) -> None:
    """Print a JSON value."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(rows: list[tuple[str, ...]], ink: Ink) -> None:
    """Print rows in columns, the first row as the head; the last column is as long as it needs to be."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for number, row in enumerate(rows):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        line = "  ".join((*cells, row[-1])).rstrip()
        print(ink.strong(line) if number == 0 else line)
