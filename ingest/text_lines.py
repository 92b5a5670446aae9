"""The lines of a source that hold words, with what stands between them."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from ingest.documents import LineKind, SourceDocument, SourceLine

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*[¹²³⁰-⁹]*$")
_GLUED_HEADING = re.compile(
    r"(?<=[a-zà-ÿ)\]\"”’\d])(?=(?:activity|actividad|atividade|activité|project|proyecto|projeto|projet) [IVX]+\.\d"
    r"|[A-H]\. [A-ZÁÉÍÓÚÀÂÊÔÇ][a-zà-ÿ])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line that is not blank.

    Args:
        text: its words, white space collapsed.
        gap: blank lines between it and the line before.
        page: as in `SourceLine`.
        kind: as in `SourceLine`; a line with tabs inside is a table row.
        level: as in `SourceLine`.
        emphasised: as in `SourceLine`.
        complete: as in `SourceLine`.
    """

    text: str
    gap: int
    page: int | None
    kind: LineKind
    level: int
    emphasised: bool
    complete: bool

    @property
    def ends_sentence(self) -> bool:
        """Whether the line ends where a sentence ends."""
        return bool(_SENTENCE_END.search(self.text))

    @property
    def starts_lower(self) -> bool:
        """Whether the line starts with a small letter."""
        return self.text[0].islower()


@dataclass(frozen=True, slots=True)
class Regime:
    """How the lines of a document make paragraphs.

    Args:
        wrapped: whether paragraphs are hard-wrapped over several lines.
        gap: blank lines between two lines of one paragraph.
        width: length of a full line.
        spaced: whether paragraphs are told apart by larger gaps.
    """

    wrapped: bool
    gap: int
    width: int
    spaced: bool


def read_text_lines(source: SourceDocument) -> list[TextLine]:
    """Return the lines of `source` that hold words; headings glued into one line come apart."""
    lines: list[TextLine] = []
    gap = 0
    for line in source.lines:
        if not line.text.strip():
            gap += 1
            continue
        lines.extend(_read_line(line, gap))
        gap = 0
    return lines


def _read_line(line: SourceLine, gap: int) -> list[TextLine]:
    kind = LineKind.TABLE_ROW if "\t" in line.text.strip() else line.kind
    text = line.text.strip().replace("\t", " | ") if kind is LineKind.TABLE_ROW else line.text
    text = " ".join(text.split())
    marked = line.emphasised or kind is LineKind.HEADING
    parts = [part.strip() for part in _GLUED_HEADING.split(text)] if marked else [text]
    return [
        TextLine(part, gap, line.page, kind, line.level, line.emphasised, line.complete or len(parts) > 1)
        for part in parts
        if part
    ]


def find_regime(lines: list[TextLine]) -> Regime:
    """Tell from the pairs of lines that plainly share a sentence how paragraphs are wrapped."""
    pairs = [(a, b) for a, b in pairwise(lines) if _is_running_text(a) and _is_running_text(b)]
    wraps = [(a, b) for a, b in pairs if not a.ends_sentence and b.starts_lower and not a.text.endswith((":", ";"))]
    if len(wraps) < max(2, 0.08 * len(pairs)):
        return Regime(wrapped=False, gap=0, width=0, spaced=True)
    gap = Counter(b.gap for _, b in wraps).most_common(1)[0][0]
    widths = sorted(len(a.text) for a, b in wraps if b.gap == gap)
    wider = sum(b.gap > gap for _, b in pairs)
    return Regime(wrapped=True, gap=gap, width=widths[int(0.9 * (len(widths) - 1))], spaced=wider >= 0.03 * len(pairs))


def _is_running_text(line: TextLine) -> bool:
    return line.kind in (LineKind.TEXT, LineKind.LIST_ITEM) and not line.complete
