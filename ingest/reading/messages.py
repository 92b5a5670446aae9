"""What the reading process and its parent say to each other, as plain JSON values."""

from collections.abc import Mapping, Sequence
from typing import Any

from ingest.documents import LineKind, SourceDocument, SourceLine


def document_message(document: SourceDocument) -> dict[str, Any]:
    """Return `document` as JSON values."""
    return {
        "format": document.format,
        "lines": [
            [line.text, line.page, line.kind.value, line.level, line.emphasised, line.complete]
            for line in document.lines
        ],
        "page_labels": list(document.page_labels),
        "properties": dict(document.properties or {}),
        "pages_without_text": list(document.pages_without_text),
    }


def document_from_message(message: Mapping[str, Any]) -> SourceDocument:
    """Return the document that `document_message` took apart."""
    return SourceDocument(
        message["format"],
        tuple(_line(fields) for fields in message["lines"]),
        tuple(message["page_labels"]),
        message["properties"],
        tuple(message["pages_without_text"]),
    )


def _line(fields: Sequence[Any]) -> SourceLine:
    text, page, kind, level, emphasised, complete = fields
    return SourceLine(text, page, LineKind(kind), level, emphasised, complete)
