"""The words in which documents name a meeting and state its dates, place and organisers."""

from collections.abc import Collection, Iterable

from assistant.from_registers.asking import Asking
from assistant.from_registers.quoting import quotation
from assistant.gate import Quotation
from ingest.documents import BlockKind
from ingest.normalisation import fold
from ingest.registers.entries import Attribute
from ingest.registers.meeting_entries import MeetingEntry, MeetingRecord, Standing

_LONGEST = 32  # words of a sentence that is quoted whole
_WHEN_AND_WHERE = (Attribute.DATES, Attribute.LOCATION)
_LEAD = 15  # words before the name that are quoted with it: they often give the year
_ORDER = (Standing.HELD, Standing.PLANNED, Standing.MENTIONED)


def best_record(
    records: Iterable[MeetingRecord], attributes: Collection[Attribute], asking: Asking
) -> MeetingRecord | None:
    """Return the record that states most of some attributes, most precisely, in the language of the question."""

    def rank(record: MeetingRecord) -> tuple[int, bool, int, int, bool, int, int]:
        stated = [record.stated(attribute) for attribute in attributes]
        precision = sum(max((len(value.value) for value in values), default=0) for values in stated)
        return (
            -sum(bool(values) for values in stated),
            _is_title(record, asking),
            -sum(bool(record.stated(attribute)) for attribute in _WHEN_AND_WHERE),
            _ORDER.index(record.standing),
            record.language != asking.understood.language,
            -precision if Attribute.DATES in attributes else 0,
            sum(end - start for start, end in record.sentence),
        )

    return min(records, key=rank, default=None)


def _is_title(record: MeetingRecord, asking: Asking) -> bool:
    """Tell whether a record stands in a heading or a title, which name a meeting and say nothing of it."""
    document = asking.snapshot.catalogue.document(record.place.document_id)
    said = " ".join(document.text[start:end] for start, end in record.sentence)
    named = fold(" ".join(said.split())).split(",")[0].rstrip(".")
    within = (b for b in document.blocks if b.start <= record.place.start < b.end)
    return named in fold(document.metadata.title) or any(b.kind is BlockKind.HEADING for b in within)


def quote_of(record: MeetingRecord, attributes: Collection[Attribute], asking: Asking) -> tuple[Quotation, ...]:
    """Return the sentence of a record; of a long one, only the words from its name to the values asked for."""
    document = asking.snapshot.catalogue.document(record.place.document_id)
    text = document.text
    if sum(len(text[start:end].split()) for start, end in record.sentence) <= _LONGEST:
        return tuple(quotation(document, start, end) for start, end in record.sentence)
    wanted = dict.fromkeys((*attributes, *_WHEN_AND_WHERE))
    needed = [record.place, *(value.place for a in wanted for value in record.stated(a)[:1])]
    pieces = []
    for start, end in record.sentence:
        within = [place for place in needed if start <= place.start and place.end <= end]
        if within:
            first, last = min(place.start for place in within), max(place.end for place in within)
            is_near = len(text[start:first].split()) <= _LEAD
            first = start if is_near else first
            pieces.append(quotation(document, first, last + text.startswith(")", last)))
    return tuple(pieces) or (quotation(document, record.place.start, record.place.end),)


def line_of(entry: MeetingEntry, asking: Asking) -> tuple[Quotation, ...]:
    """Return the words that name a meeting, with its date and place where they stand beside."""
    of_standing = [record for record in entry.records if record.standing is entry.standing]
    named = [record for record in of_standing if _writes_name(record, asking)]
    record = best_record(named or of_standing, _WHEN_AND_WHERE, asking) or entry.records[0]
    document = asking.snapshot.catalogue.document(record.place.document_id)
    whole = tuple(quotation(document, start, end) for start, end in record.sentence)
    is_short = sum(len(quoted.text.split()) for quoted in whole) <= _LONGEST
    return quote_of(record, _WHEN_AND_WHERE, asking) if named or not is_short else whole


def _writes_name(record: MeetingRecord, asking: Asking) -> bool:
    """Tell whether a record's name stands in its own sentence."""
    text = asking.snapshot.catalogue.document(record.place.document_id).text
    said = " ".join(" ".join(text[start:end] for start, end in record.sentence).split())
    return record.name in said
