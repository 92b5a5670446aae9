"""Quotations of what the registers hold, statements of counts, and the note of how much was searched."""

from collections.abc import Iterable

from assistant.answers import NoteKind
from assistant.drafts import DraftNote
from assistant.from_registers.asking import Asking
from assistant.gate import DraftStatement, Quotation
from assistant.snapshot import Snapshot
from ingest.documents import Document
from ingest.registers.entries import RegisterPlace
from ingest.registers.paragraphs import Cited


def quotation(document: Document, start: int, end: int) -> Quotation:
    """Return the words of a document from `start` to `end`."""
    return Quotation(document.id, start, end, document.text[start:end])


def place_quotation(place: RegisterPlace, snapshot: Snapshot) -> Quotation:
    """Return the words at a place of a register."""
    return quotation(snapshot.catalogue.document(place.document_id), place.start, place.end)


def cited_quotations(cited: Cited, snapshot: Snapshot) -> tuple[Quotation, ...]:
    """Return the words of a register's value, one quotation for each run that a page break leaves whole."""
    return tuple(place_quotation(place, snapshot) for place in cited.places)


def labelled(label: str, quotations: tuple[Quotation, ...]) -> DraftStatement:
    """Return a statement of quotations that are all shown, behind a label of ours."""
    return DraftStatement(label, quotations, template=label, shown=len(quotations))


def count_statement(asking: Asking, key: str, items: Iterable[Quotation], /, **values: object) -> DraftStatement:  # noqa: D417
    """Return "Meetings held: 5." citing each item that is counted; the items are not shown.

    Args:
        asking: gives the language.
        key: of the message, whose placeholder `count` takes the number.
        items: one quotation for each item.
    """
    places = {(item.document_id, item.start, item.end): item for item in items}
    counted = len(places)
    return DraftStatement(
        asking.say(key, count=counted, **values),
        tuple(places.values()),
        template=asking.say(key, count="…", **values),
        shown=0,
        counted=counted,
    )


def coverage(asking: Asking) -> DraftNote:
    """Return how many documents were searched and how many could not be read."""
    unreadable = len(asking.snapshot.catalogue.rejections)
    words = asking.say("note.coverage", searched=len(asking.documents), unreadable=unreadable)
    return DraftNote(NoteKind.COVERAGE, words)
