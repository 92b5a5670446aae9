"""Whether a sentence on a row of a table gives each figure to the column that it stands in."""

import re

from assistant.language_model.verification.structure import Comparison
from ingest.languages import stem

_CELL = re.compile(r"[^|]+")
_WORD = re.compile(r"[^\W\d_]+")


def is_in_another_column(compared: Comparison, context: str) -> bool:
    """Tell whether a figure stands in another column than the one whose heading the sentence names nearest to it.

    Args:
        compared: the sentence beside the row.
        context: what stands above the row; the header is its last part.
    """
    row = [match.span() for match in _CELL.finditer(compared.theirs.text)]
    header = context.rsplit(". ", maxsplit=1)[-1].split("|")
    if len(header) != len(row) or len(row) < 2:
        return False
    headings = _headings(compared, header)
    for figure in compared.figures:
        columns = {i for i, (start, end) in enumerate(row) for place, _ in figure.spans if start <= place < end}
        nearest = min(headings, key=lambda heading: abs(heading[0] - figure.start), default=None)
        if columns and nearest is not None and nearest[1] not in columns:
            return True
    return False


def _headings(compared: Comparison, header: list[str]) -> list[tuple[int, int]]:
    """Return where the sentence names a heading, and the number of its column; words of several columns name none."""
    language = compared.theirs.language
    stems = [{s for word in _WORD.findall(cell) for s in stem(word, language)} for cell in header]
    found = []
    for match in _WORD.finditer(compared.ours.text):
        columns = [i for i, held in enumerate(stems) if held & set(stem(match.group(), compared.ours.language))]
        found += [(match.start(), columns[0])] if len(columns) == 1 else []
    return found
