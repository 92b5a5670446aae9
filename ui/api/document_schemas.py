"""Documents as the reference describes them."""

from typing import Annotated

from pydantic import ConfigDict, Field

from ui.api.texts import ResponseBody

DocumentId = Annotated[
    str, Field(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9_-]+$", description="Id of a document.")
]


class DocumentBody(ResponseBody):
    """A document of the index."""

    id: str = Field(description="Id, the same as long as the file keeps its path.")
    file: str = Field(description="Path relative to the ingested folder.")
    format: str = Field(description="pdf, docx, html, markdown or text.")
    title: str = Field(description="Title.")
    symbol: str | None = Field(description="Official document symbol.")
    kind: str = Field(description="Kind of document.")
    status: str = Field(description="Draft, adopted, report, press, internal or unknown.")
    date: str | None = Field(description="ISO 8601, as precise as it is known.")
    language: str = Field(description="ISO 639-1 code.")
    work: str | None = Field(description="The official document that this one restates or is a language version of.")
    pages: int | None = Field(description="Pages of the file; null where the format has none.")
    pages_without_text: list[int] = Field(description="1-based pages that hold no text and need OCR.")


class RejectionBody(ResponseBody):
    """A file that is not in the index."""

    file: str = Field(description="Path relative to the ingested folder.")
    reason: str = Field(description="Why it could not be read, and what to do.")


class DocumentsBody(ResponseBody):
    """A page of the list of documents."""

    items: list[DocumentBody] = Field(description="Documents in the order of their files.")
    rejected: list[RejectionBody] = Field(description="Files of the folder that could not be read; on the first page.")
    total: int = Field(ge=0, description="Documents that meet the filters, on all pages.")
    generation: str = Field(description="Generation of the index.")
    next_cursor: str | None = Field(description="Cursor of the next page; null on the last.")


class SectionBody(ResponseBody):
    """A heading of a document."""

    path: list[str] = Field(description="Headings from the top down to this one.")
    level: int = Field(description="1 for the top.")
    start: int = Field(description="First character of the heading.")
    end: int = Field(description="One past the last character of the section.")


class WholeDocumentBody(DocumentBody):
    """A document with its outline."""

    model_config = ConfigDict(frozen=True)

    sha256: str = Field(description="Of the file's bytes, hexadecimal.")
    characters: int = Field(description="Length of the text.")
    passages: int = Field(description="Passages that the document was split into.")
    sections: list[SectionBody] = Field(description="Its headings in reading order.")
    links: dict[str, str] = Field(description="Where text, file and pages are.")
