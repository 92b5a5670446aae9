"""One meeting: when, where and by whom it was held or planned, what it concluded, which of several is meant."""

import re
from collections.abc import Collection, Sequence

from assistant.answers import NoteKind, Outcome
from assistant.drafts import Draft, DraftNote
from assistant.from_registers.asking import Asking
from assistant.from_registers.meeting_quotes import best_record, line_of, quote_of
from assistant.from_registers.quoting import labelled, quotation
from assistant.gate import DraftStatement, Quotation
from assistant.understanding.asked import Asked
from ingest.registers.entries import Attribute, Disagreement, StatedValue
from ingest.registers.meeting_entries import MeetingEntry, MeetingPoint, MeetingRecord, Standing
from ingest.registers.meeting_places import same_location

MOST_NAMED = 6
MOST_POINTS = 12
_DAY = len("2003-04-07")
_WHEN_WHERE = {
    Asked.DATE: Attribute.DATES,
    Asked.DAY: Attribute.DATES,
    Asked.MONTH: Attribute.DATES,
    Asked.PLACE: Attribute.LOCATION,
}
_WHO = frozenset({Asked.PERSON, Asked.ORGANISATION})
_ASIDE = frozenset({Asked.DEFINITION, Asked.MANDATE, Asked.LIST, Asked.MENTIONS})
_ORGANISING = re.compile(r"\b(?:organi[sz]|sponsor)", re.IGNORECASE)
_LABELS = {Attribute.DATES: "dates", Attribute.LOCATION: "location", Attribute.ORGANISERS: "organisers"}
_STANDINGS = {Standing.HELD: "label.held", Standing.PLANNED: "label.planned"}


def which_meeting(asking: Asking) -> Draft | None:
    """Ask back which meeting is meant, where several fit a question of one equally well; name them."""
    meant = _meant(asking)
    if not _attributes(asking) or len(meant) < 2:
        return None
    names = "; ".join(_described(entry, asking) for entry in meant[:MOST_NAMED])
    return Draft(Outcome.NEEDS_CLARIFICATION, remark=asking.say("outcome.which_meeting", names=names))


def meeting_facts(asking: Asking) -> Draft | None:
    """Answer when, where and by whom the one meeting that a question names was held, and when it was planned for."""
    attributes, entry = _attributes(asking), _only(asking)
    if entry is None or not attributes or asking.understood.asked - _ASIDE - _WHO - set(_WHEN_WHERE):
        return None
    statements = [s for standing in _standings(entry, attributes) for s in _stated(standing, entry, attributes, asking)]
    if not statements or not _is_complete(entry, attributes, asking):
        return None
    return Draft(Outcome.ANSWERED, tuple(statements), meeting_disagreements(asking))


def meeting_points(asking: Asking) -> Draft | None:
    """Answer "what was concluded at …?" with the conclusions and recommendations that a document reports, whole."""
    entry = _only(asking)
    if entry is None or Asked.CONCLUSION not in asking.understood.asked:
        return None
    if asking.understood.asked - _ASIDE - {Asked.CONCLUSION}:
        return None
    points = _points_of_one_document(entry, asking)
    if not points:
        return _only_planned(entry, asking)
    statements = tuple(labelled("", _point(point, asking)) for point in points[:MOST_POINTS])
    words = asking.say("note.shown", shown=len(statements), total=len(points))
    notes = (DraftNote(NoteKind.COVERAGE, words),) if len(points) > MOST_POINTS else ()
    return Draft(Outcome.ANSWERED, statements, notes)


def _only_planned(entry: MeetingEntry, asking: Asking) -> Draft | None:
    """Refuse to say what a meeting concluded that the documents only plan, and quote where they do."""
    if entry.standing is not Standing.PLANNED:
        return None
    note = DraftNote(NoteKind.COVERAGE, asking.say("note.only_planned"), line_of(entry, asking))
    return Draft(Outcome.NO_EVIDENCE, notes=(note,))


def meeting_disagreements(asking: Asking) -> tuple[DraftNote, ...]:
    """Return a note for each thing asked of a meeting on which documents that report it disagree."""
    entry = _only(asking)
    wanted = _attributes(asking)
    if entry is None:
        return ()
    return tuple(
        _disagreement_note(entry, disagreement, asking)
        for disagreement in entry.disagreements
        if disagreement.attribute in wanted or not asking.understood.asked - _ASIDE
    )


def _only(asking: Asking) -> MeetingEntry | None:
    """Return the meeting that a question names, and names by all its words; None where it is none or several."""
    meant = _meant(asking)
    return meant[0] if len(meant) == 1 else None


def _meant(asking: Asking) -> list[MeetingEntry]:
    """Return the meetings that a question about one can mean: of those it fits, the ones of which it is stated."""
    if not asking.fit.is_whole or asking.meetings.is_plural:
        return []
    entries = asking.fit.entries
    stating = [e for e in entries if all(e.variants.get(attribute) for attribute in _attributes(asking))]
    return _apart(stating or entries)


def _apart(entries: Sequence[MeetingEntry]) -> list[MeetingEntry]:
    """Return one entry for each date: two names of the same days are of one meeting, as far as a reader can tell."""
    dated: dict[str, MeetingEntry] = {}
    for entry in entries:
        dates = entry.variants.get(Attribute.DATES, ())
        dated.setdefault(dates[0].value if dates else entry.name, entry)
    return list(dated.values())


def _attributes(asking: Asking) -> tuple[Attribute, ...]:
    asked = asking.understood.asked
    wanted = [attribute for thing, attribute in _WHEN_WHERE.items() if thing in asked]
    if asked & _WHO and _ORGANISING.search(asking.meetings.english):
        wanted.append(Attribute.ORGANISERS)
    return tuple(dict.fromkeys(wanted))


def _standings(entry: MeetingEntry, attributes: Collection[Attribute]) -> tuple[Standing, ...]:
    """Return what to tell of a meeting: that it was held; that it was planned if that says something else or more."""
    planned, held = (
        {(v.attribute, v.value) for record in records for a in attributes for v in record.stated(a)}
        for records in (entry.planned, entry.held)
    )
    if not held:
        return (Standing.PLANNED, Standing.MENTIONED)
    finer = {value for value in planned - held if not any(_says_as_much(other, value) for other in held)}
    return (Standing.PLANNED, Standing.HELD) if finer else (Standing.HELD, Standing.MENTIONED)


def _says_as_much(held: tuple[Attribute, str], planned: tuple[Attribute, str]) -> bool:
    """Tell whether what a report states is what was planned, as exactly or more so."""
    if held[0] is not planned[0]:
        return False
    if held[0] is Attribute.DATES:
        return held[1].startswith(planned[1])
    return held[0] is not Attribute.LOCATION or same_location(held[1], planned[1])


def _stated(
    standing: Standing, entry: MeetingEntry, attributes: Collection[Attribute], asking: Asking
) -> list[DraftStatement]:
    """Return what the documents that plan a meeting, or those that report it, state of what is asked."""
    records = [r for r in entry.records if r.standing is standing and any(r.stated(a) for a in attributes)]
    if standing is Standing.MENTIONED and len(records) < len(entry.records):
        records = [r for r in records if not _is_stated_elsewhere(entry, attributes)]
    chosen = _covering(records, attributes, asking)
    label = asking.say(_STANDINGS[standing]) + ":" if standing in _STANDINGS else ""
    quoted = dict.fromkeys(quote_of(record, attributes, asking) for record in chosen)
    return [labelled(label, quotations) for quotations in quoted]


def _is_stated_elsewhere(entry: MeetingEntry, attributes: Collection[Attribute]) -> bool:
    firm = [record for record in entry.records if record.standing is not Standing.MENTIONED]
    return all(any(record.stated(attribute) for record in firm) for attribute in attributes)


def _covering(
    records: Sequence[MeetingRecord], attributes: Collection[Attribute], asking: Asking
) -> list[MeetingRecord]:
    """Return as few records as state everything asked that any of them states."""
    chosen: list[MeetingRecord] = []
    missing = [attribute for attribute in attributes if any(record.stated(attribute) for record in records)]
    while missing and (best := best_record(records, missing, asking)) is not None:
        chosen.append(best)
        missing = [attribute for attribute in missing if not best.stated(attribute)]
    return chosen


def _is_complete(entry: MeetingEntry, attributes: Collection[Attribute], asking: Asking) -> bool:
    """Tell whether everything asked is on record, days where days are asked for."""
    if any(not entry.variants.get(attribute) for attribute in attributes):
        return False
    dates = entry.variants.get(Attribute.DATES, ())
    return Asked.DAY not in asking.understood.asked or any(len(v.value) >= _DAY for v in dates)


def _described(entry: MeetingEntry, asking: Asking) -> str:
    stated = [
        variants[0].stated[0].words
        for attribute in (Attribute.DATES, Attribute.LOCATION)
        if (variants := entry.variants.get(attribute, ()))
    ]
    name = f"{entry.name} – {entry.subject}" if entry.subject else entry.name
    return f"{name} ({', '.join(stated) or asking.say('label.undated')})"


def _points_of_one_document(entry: MeetingEntry, asking: Asking) -> list[MeetingPoint]:
    """Return the points that one document reports: the one in the language of the question, or else the fullest."""
    by_document: dict[str, list[MeetingPoint]] = {}
    for point in entry.points:
        by_document.setdefault(point.place.document_id, []).append(point)
    cards = asking.snapshot.catalogue.cards

    def rank(document_id: str) -> tuple[bool, int]:
        is_foreign = cards[document_id].metadata.language != asking.understood.language
        return is_foreign, -len(by_document[document_id])

    return by_document[min(by_document, key=rank)] if by_document else []


def _point(point: MeetingPoint, asking: Asking) -> tuple[Quotation, ...]:
    document = asking.snapshot.catalogue.document(point.place.document_id)
    return tuple(quotation(document, start, end) for start, end in point.spans)


def _disagreement_note(entry: MeetingEntry, disagreement: Disagreement, asking: Asking) -> DraftNote:
    stated = [variant.stated[0] for variant in disagreement.variants]
    what = f"{asking.say(f'label.{_LABELS[disagreement.attribute]}')} ({entry.name})"
    values = "; ".join(value.words for value in stated)
    quotations = tuple(q for value in stated for q in _sentence_of(value, entry, asking))
    return DraftNote(NoteKind.CONTRADICTION, asking.say("note.contradiction", what=what, values=values), quotations)


def _sentence_of(value: StatedValue, entry: MeetingEntry, asking: Asking) -> tuple[Quotation, ...]:
    """Return the words around a value that a document states."""
    record = next(r for r in entry.records if value in r.values)
    return quote_of(record, (value.attribute,), asking)
