"""Builds a document out of what a reader gave: layout, sections and metadata put together."""

from hashlib import sha256 as hash_of

from ingest.documents import Document, SourceDocument
from ingest.layout import lay_out
from ingest.manifest import Overrides
from ingest.metadata import describe
from ingest.outline import find_sections


def build_document(source: SourceDocument, *, file: str, sha256: str, overrides: Overrides | None = None) -> Document:
    """Return the document that `source` holds.

    Args:
        source: what the reader gave.
        file: path relative to the ingested folder, with forward slashes; the document's id rests on it.
        sha256: of the file's bytes, hexadecimal.
        overrides: what the folder's manifest says of the file, None if nothing.
    """
    layout = lay_out(source)
    described = describe(source, layout)
    return Document(
        id=f"doc_{hash_of(file.encode()).hexdigest()[:12]}",
        file=file,
        sha256=sha256,
        format=source.format,
        metadata=overrides.applied_to(described) if overrides else described,
        text=layout.text,
        blocks=layout.blocks,
        sections=find_sections(layout),
        page_count=max((line.page or 0 for line in source.lines), default=0),
        pages_without_text=source.pages_without_text,
    )
