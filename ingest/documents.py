"""The document model: what reading, layout, outline and splitting hand on to one another.

Every offset is a character offset into `Document.text`, the canonical text. The canonical text differs from
what the source file holds only in white space and in Markdown or HTML mark-up, so that
`normalise(canonical) == normalise(source)` (see `ingest.normalisation`): page numbers and running heads stay
in it, as blocks of kind `FURNITURE`, which no quotation ever crosses.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a document is."""

    WORK_PROGRAMME = "work_programme"
    DECISION = "decision"
    RAPPORTEUR_REPORT = "rapporteur_report"
    MEETING_NOTE = "meeting_note"
    PRESS_NOTE = "press_note"
    STUDY = "study"
    OTHER = "other"


class Status(StrEnum):
    """What standing a document has."""

    DRAFT = "draft"
    ADOPTED = "adopted"
    REPORT = "report"
    PRESS = "press"
    INTERNAL = "internal"
    UNKNOWN = "unknown"


class LineKind(StrEnum):
    """What a reader knows of one line from its format's own mark-up."""

    TEXT = "text"
    BLANK = "blank"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line as a reader found it, mark-up removed and cells of a table row joined by " | ".

    Args:
        text: the words of the line; empty for a blank line.
        page: 1-based page of the file, None where the format has no pages.
        kind: what the format's own mark-up says the line is.
        level: heading level (1 is the highest) or list depth (1 is the outermost); 0 otherwise.
        emphasised: whether the whole line is bold (often a heading in disguise).
        complete: whether the line is a whole paragraph (Markdown, DOCX, HTML) and not one line of a
            hard-wrapped one (plain text, PDF).
    """

    text: str
    page: int | None = None
    kind: LineKind = LineKind.TEXT
    level: int = 0
    emphasised: bool = False
    complete: bool = False


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """What a reader gives: lines in reading order and the facts its format states.

    Args:
        format: "pdf", "docx", "html", "markdown" or "text".
        lines: every line, blank ones included.
        page_labels: printed label of each page (PDF page labels), one per page; empty without pages.
        properties: what the file states of itself: "title", "author", "created", "language", "subject".
        pages_without_text: 1-based pages that hold no text layer while others do (need OCR).
    """

    format: str
    lines: tuple[SourceLine, ...]
    page_labels: tuple[str | None, ...] = ()
    properties: Mapping[str, str] | None = None
    pages_without_text: tuple[int, ...] = ()


class BlockKind(StrEnum):
    """What a block of canonical text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    FURNITURE = "furniture"
    CONTENTS = "contents"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table row, or a piece of page furniture.

    Args:
        kind: what it is; FURNITURE is a running head or printed page number, CONTENTS a line of a table of contents.
        start: first character in the canonical text.
        end: one past the last character.
        level: heading level or list depth; 0 otherwise.
        page: 1-based page of the file, None where the format has none.
        page_label: the printed page number, "8–9" where only every second page is marked, None if not known.
        continues: whether it goes on with the sentence of the last block that is not furniture (a page break fell
            inside).
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    page: int | None = None
    page_label: str | None = None
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and everything under it up to the next heading of its level or above.

    Args:
        path: headings from the document's top down to this one's own.
        level: depth in the section tree, 1 for the top.
        start: first character of its heading.
        body: first character after its heading.
        end: one past the last character, subsections included.
    """

    path: tuple[str, ...]
    level: int
    start: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document is, from its own text or from the folder's manifest.

    Args:
        title: as the document gives it, or made from its first heading or sentence.
        symbol: official document symbol ("SP/CL/XLII.O/DT N° 4-16"), None if it states none.
        kind: what it is.
        status: what standing it has.
        date: ISO 8601, as precise as the document states it: "2016-10-26", "2016-10" or "2016"; None if unknown.
        language: ISO 639-1 code: "en", "es", "pt" or "fr".
        work: the official document that this one restates or is a language version of, None if it stands for itself.
    """

    title: str
    symbol: str | None
    kind: Kind
    status: Status
    date: str | None
    language: str
    work: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an offset falls: the page of the file and the printed page number."""

    page: int | None
    page_label: str | None


@dataclass(frozen=True, slots=True)
class Document:
    """A document as the index holds it.

    Args:
        id: stable as long as the file keeps its path.
        file: path relative to the ingested folder, with forward slashes.
        sha256: of the file's bytes, hexadecimal.
        format: as in `SourceDocument`.
        metadata: what the document is.
        text: the canonical text.
        blocks: in reading order, never overlapping.
        sections: in reading order, parents before children.
        page_count: pages of the file, 0 where the format has none.
        pages_without_text: 1-based pages without a text layer.
    """

    id: str
    file: str
    sha256: str
    format: str
    metadata: Metadata
    text: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    page_count: int = 0
    pages_without_text: tuple[int, ...] = ()

    def place(self, offset: int) -> Place:
        """Return the page and printed page of the block that holds `offset`."""
        index = bisect_right(self.blocks, offset, key=lambda block: block.start) - 1
        block = self.blocks[max(index, 0)]
        return Place(block.page, block.page_label)

    def section_path(self, offset: int) -> tuple[str, ...]:
        """Return the headings above `offset`, outermost first."""
        holding = [s for s in self.sections if s.start <= offset < s.end]
        return max(holding, key=lambda s: s.level).path if holding else ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of blocks of one section: the unit that is embedded, found and read.

    Args:
        id: stable while its section path and text stay the same.
        document_id: the document it stands in.
        ordinal: its position in the document, from 0.
        path: headings above it, outermost first.
        start: first character in the canonical text.
        end: one past the last character.
        text: exactly `document.text[start:end]`.
        search_text: title and section path, then the text without furniture: what is embedded, indexed and reranked.
        place: page and printed page of its first character.
        language: ISO 639-1 code.
    """

    id: str
    document_id: str
    ordinal: int
    path: tuple[str, ...]
    start: int
    end: int
    text: str
    search_text: str
    place: Place
    language: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, list item or table row as one or more contiguous spans of canonical text.

    A sentence that goes across a page break has two spans, with the page furniture between them left out.

    Args:
        spans: (start, end) pairs in the canonical text, in order.
        kind: of the block it stands in.
    """

    spans: tuple[tuple[int, int], ...]
    kind: BlockKind

    @property
    def start(self) -> int:
        """First character in the canonical text."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """One past the last character in the canonical text."""
        return self.spans[-1][1]

    def text(self, canonical: str) -> str:
        """Return the words of the sentence, its spans joined by a space."""
        return " ".join(canonical[start:end] for start, end in self.spans)
