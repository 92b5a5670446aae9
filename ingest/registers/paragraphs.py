"""Paragraphs as they are read: the pieces that a page break cut are one again, furniture and contents left out."""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.documents import Block, BlockKind, Document, Sentence
from ingest.registers.entries import RegisterPlace

_LEFT_OUT = (BlockKind.FURNITURE, BlockKind.CONTENTS)


@dataclass(frozen=True, slots=True)
class Cited:
    """Words of a document with the places where they stand.

    Args:
        words: white space made one blank, page furniture left out.
        places: contiguous runs of the canonical text, in order; more than one where a page break cuts the words.
    """

    words: str
    places: tuple[RegisterPlace, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A heading, paragraph, list item or table row as one run of text, with the way back to the canonical text.

    Args:
        document: the document it stands in.
        kind: of its first block.
        spans: its pieces in the canonical text.
        text: the pieces joined by a blank.
    """

    document: Document
    kind: BlockKind
    spans: tuple[tuple[int, int], ...]
    text: str

    @property
    def start(self) -> int:
        """First character in the canonical text."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """One past the last character in the canonical text."""
        return self.spans[-1][1]

    def cite(self, start: int = 0, end: int | None = None) -> Cited:
        """Return the characters from `start` to `end` of its text with their places, blanks at the rims left out."""
        words = self.text[start:end]
        first = start + len(words) - len(words.lstrip())
        last = first + len(words.strip())
        return Cited(" ".join(words.split()), tuple(self._places(first, last)))

    def _places(self, first: int, last: int) -> Iterator[RegisterPlace]:
        offset = 0
        for start, end in self.spans:
            begin, finish = max(first - offset, 0), min(last - offset, end - start)
            if begin < finish:
                where = self.document.place(start + begin)
                yield RegisterPlace(self.document.id, start + begin, start + finish, where.page, where.page_label)
            offset += end - start + 1


def paragraphs_of(document: Document) -> tuple[Paragraph, ...]:
    """Return the paragraphs of `document` in reading order."""
    runs: list[list[Block]] = []
    for block in document.blocks:
        if block.kind in _LEFT_OUT:
            continue
        if runs and block.continues:
            runs[-1].append(block)
        else:
            runs.append([block])
    return tuple(_paragraph(document, run) for run in runs)


def of_sentence(document: Document, sentence: Sentence) -> Paragraph:
    """Return a sentence as a run of text that can be cited."""
    return Paragraph(document, sentence.kind, sentence.spans, sentence.text(document.text))


def _paragraph(document: Document, run: list[Block]) -> Paragraph:
    spans = tuple((block.start, block.end) for block in run)
    return Paragraph(document, run[0].kind, spans, " ".join(document.text[start:end] for start, end in spans))
