"""Registers of decisions, meetings, activities and figures, extracted document by document.

The extractors are imported only when a document is there to extract from: an ingestion without work reads the version.
"""

from ingest.catalogue import RegisterRecord
from ingest.documents import Document

REGISTERS_VERSION = 4


def extract_records(document: Document) -> tuple[RegisterRecord, ...]:
    """Return every register record that one document gives."""
    from ingest.registers.activities import activities_of
    from ingest.registers.decisions import decision_mentions
    from ingest.registers.entries import to_json
    from ingest.registers.figures import figures_of
    from ingest.registers.meeting_entries import to_json as meeting_to_json
    from ingest.registers.meetings import meetings_of

    found = {
        "decision_mention": [to_json(mention) for mention in decision_mentions(document)],
        "activity": [entry.to_json() for entry in activities_of(document)],
        "meeting": [meeting_to_json(record) for record in meetings_of(document)],
        "figure": [entry.to_json() for entry in figures_of(document)],
    }
    return tuple(RegisterRecord(kind, document.id, payload) for kind, payloads in found.items() for payload in payloads)
