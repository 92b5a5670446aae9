"""Registers of decisions, meetings, activities and figures, extracted document by document."""

from ingest.catalogue import RegisterRecord
from ingest.documents import Document

REGISTERS_VERSION = 0


def extract_records(document: Document) -> tuple[RegisterRecord, ...]:
    """Return every register record that one document gives."""
    return ()
