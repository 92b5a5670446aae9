"""Sentences as runs of text for the registers, each with the way back to its document."""

from dataclasses import dataclass

from ingest.documents import BlockKind, Document, Section, Sentence
from ingest.registers.entries import RegisterPlace
from ingest.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, list item, heading or table row as one run of text.

    Args:
        document: it stands in.
        sentence: its spans of canonical text.
        text: the spans joined by blanks.
        path: the headings above it, outermost first; its own for a heading.
    """

    document: Document
    sentence: Sentence
    text: str
    path: tuple[str, ...]

    @property
    def kind(self) -> BlockKind:
        """What kind of block it stands in."""
        return self.sentence.kind

    def place(self, start: int, end: int) -> RegisterPlace:
        """Return the place of the characters from `start` to `end` of the run."""
        first, last = self._canonical(start), self._canonical(end - 1) + 1
        where = self.document.place(first)
        return RegisterPlace(self.document.id, first, last, where.page, where.page_label)

    def _canonical(self, offset: int) -> int:
        for start, end in self.sentence.spans:
            if offset < end - start:
                return start + offset
            offset -= end - start + 1
            if offset < 0:
                return end - 1
        return self.sentence.end - 1


def lines_of(document: Document) -> tuple[Line, ...]:
    """Return the sentences of `document` in reading order, a quotation that holds a full stop kept in one line."""
    lines: list[Line] = []
    paths = _Paths(document)
    for sentence in split_sentences(document):
        text = sentence.text(document.text)
        if lines and lines[-1].kind is sentence.kind and _is_open(lines[-1].text) and _is_open(text):
            joined = Sentence((*lines[-1].sentence.spans, *sentence.spans), sentence.kind)
            lines[-1] = Line(document, joined, joined.text(document.text), lines[-1].path)
        else:
            lines.append(Line(document, sentence, text, paths.at(sentence.start)))
    return tuple(lines)


def _is_open(text: str) -> bool:
    """Tell whether a quotation is opened and not closed, or closed and not opened."""
    straight = text.count('"')
    return text.count("“") != text.count("”") if not straight else straight % 2 == 1


class _Paths:
    """Gives the headings above offsets that are asked for in reading order."""

    def __init__(self, document: Document) -> None:
        self._sections = document.sections
        self._next = 0
        self._open: list[Section] = []

    def at(self, offset: int) -> tuple[str, ...]:
        """Return the headings above `offset`, outermost first."""
        while self._next < len(self._sections) and self._sections[self._next].start <= offset:
            self._open.append(self._sections[self._next])
            self._next += 1
        self._open = [section for section in self._open if offset < section.end]
        return max(self._open, key=lambda section: section.level).path if self._open else ()
