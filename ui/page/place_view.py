"""A place of a document as it is shown: its page as an image, or a part of its text, the quoted words marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.catalogue import DocumentCard
from ingest.documents import Block, Document
from ui.api.document_views import Span, block_html

_PART_CHARACTERS = 2500
_BLOCKS_BEFORE = 2


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A place that is looked at.

    Args:
        document_id: the document.
        start: first character.
        end: one past the last.
        number: of the citation, 0 if it is none.
        answer_id: that cites it, "" if none does.
    """

    document_id: str
    start: int
    end: int
    number: int = 0
    answer_id: str = ""

    @property
    def span(self) -> Span | None:
        """What is marked, None for nothing."""
        return Span(self.start, self.end) if self.end > self.start else None


def has_pages(card: DocumentCard) -> bool:
    """Tell whether a document is shown page by page as images."""
    return card.format == "pdf" and card.page_count > 0


def text_parts(document: Document, start: int) -> list[Sequence[Block]]:
    """Return the blocks of a document in parts of about a page each; one of them begins a little before `start`."""
    cited = next((i for i, block in enumerate(document.blocks) if block.end > start), 0)
    first = max(cited - _BLOCKS_BEFORE, 0)
    return [*_parts(document.blocks[:first]), *_parts(document.blocks[first:])]


def _parts(blocks: Sequence[Block]) -> list[Sequence[Block]]:
    parts: list[list[Block]] = []
    for block in blocks:
        if not parts or block.end - parts[-1][0].start > _PART_CHARACTERS:
            parts.append([])
        parts[-1].append(block)
    return list(parts)


def part_of(parts: Sequence[Sequence[Block]], start: int) -> int:
    """Return which part, from 0, holds a character."""
    return max((i for i, part in enumerate(parts) if part and part[0].start <= start), default=0)


def part_html(document: Document, blocks: Sequence[Block], span: Span | None) -> str:
    """Return blocks of a document as HTML in which nothing of the document is interpreted."""
    body = "\n".join(block_html(document, block, span) for block in blocks)
    return f'<div class="document-text" lang="{document.metadata.language}" tabindex="0">{body}</div>'
