"""Decisions by number: unknown ones, those of other bodies, disagreements about one, and the list of all."""

from assistant.answers import NoteKind, Outcome
from assistant.drafts import Draft, DraftNote
from assistant.from_registers.asking import Asking
from assistant.from_registers.quoting import count_statement, coverage, labelled, place_quotation, quotation
from assistant.gate import Quotation
from assistant.understanding.asked import Asked
from ingest.identifiers import Body, body_name
from ingest.normalisation import fold
from ingest.registers.entries import Attribute, DecisionEntry, Disagreement, StatedValue

_PLURALS = ("decisions", "decisiones", "decisoes")
_OF_THE_RECORD = (
    "mention", "mencion", "record", "regist", "refer", "list", "document", "corpus", "conoc", "known", "how many",
    "cuantas", "quantas", "combien",
)  # fmt: skip
_MOST_WORDS = 9  # of a question about all decisions; a longer one asks for those with some property
_LABELS = {
    Attribute.TITLE: "title",
    Attribute.SESSION: "session",
    Attribute.DATES: "dates",
    Attribute.LOCATION: "place",
}


def unknown_decisions(asking: Asking) -> Draft | None:
    """Refuse a question about decisions of which none is on record, and say which are."""
    notes = unknown_decision_notes(asking)
    if not notes or len(notes) < len(asking.understood.decisions):
        return None
    return Draft(Outcome.NO_EVIDENCE, notes=notes)


def unknown_decision_notes(asking: Asking) -> tuple[DraftNote, ...]:
    """Return a note for each decision asked about that no document mentions."""
    registers = asking.registers
    known = ", ".join(str(e.number) for e in sorted(registers.decisions, key=lambda e: e.number) if e.body.is_own)
    return tuple(
        DraftNote(NoteKind.UNKNOWN_IDENTIFIER, asking.say("note.unknown_decision", number=d.number, known=known or "–"))
        for d in asking.understood.decisions
        if d.number not in registers.decision_numbers
    )


def other_body_notes(asking: Asking) -> tuple[DraftNote, ...]:
    """Return a note for each decision asked about that is another body's."""
    return tuple(
        DraftNote(
            NoteKind.OTHER_BODY,
            asking.say("note.other_body", number=e.number, body=body_name(Body(e.body), asking.language)),
        )
        for e in _entries(asking)
        if not e.body.is_own
    )


def decision_disagreements(asking: Asking) -> tuple[DraftNote, ...]:
    """Return a note for each attribute of a decision asked about on which the documents disagree."""
    return tuple(
        _disagreement_note(entry, disagreement, asking)
        for entry in _entries(asking)
        for disagreement in entry.disagreements
    )


def _disagreement_note(entry: DecisionEntry, disagreement: Disagreement, asking: Asking) -> DraftNote:
    stated = [variant.stated[0] for variant in disagreement.variants]
    what = asking.say(f"label.{_LABELS[disagreement.attribute]}")
    values = "; ".join(value.words for value in stated)
    return DraftNote(
        NoteKind.CONTRADICTION,
        asking.say("note.contradiction", what=f"{what} ({entry.number})", values=values),
        tuple(_sentence_of(value, entry, asking) for value in stated),
    )


def _sentence_of(value: StatedValue, entry: DecisionEntry, asking: Asking) -> Quotation:
    """Return the piece of the mentioning sentence in which a value stands."""
    document = asking.snapshot.catalogue.document(value.place.document_id)
    for mention in entry.mentions:
        for start, end in mention.sentence:
            same = mention.place.document_id == document.id
            if same and start <= value.place.start and value.place.end <= end:
                return quotation(document, start, end)
    return quotation(document, value.place.start, value.place.end)


def listed_decisions(asking: Asking) -> Draft | None:
    """Answer "which decisions are mentioned?" whole, with their number and coverage."""
    understood = asking.understood
    if understood.decisions or not understood.asked & {Asked.LIST, Asked.NUMBER, Asked.MENTIONS}:
        return None
    entries = [e for e in asking.registers.decisions if e.body.is_own]
    if not entries or not _is_about_all(asking):
        return None
    mentions = [place_quotation(entry.mentions[0].place, asking.snapshot) for entry in entries]
    items = [
        labelled(asking.say("label.decision", number=entry.number) + ":", (mention,))
        for entry, mention in zip(entries, mentions, strict=True)
    ]
    counted = count_statement(asking, "lead.decisions", mentions)
    return Draft(Outcome.ANSWERED, (counted, *items), (coverage(asking),))


def _is_about_all(asking: Asking) -> bool:
    words = fold(asking.understood.text)
    content = [word for word in words.split() if len(word) > 3]
    is_plural = any(plural in words for plural in _PLURALS)
    return is_plural and len(content) <= _MOST_WORDS and any(stem in words for stem in _OF_THE_RECORD)


def _entries(asking: Asking) -> list[DecisionEntry]:
    wanted = {d.number for d in asking.understood.decisions}
    return [entry for entry in asking.registers.decisions if entry.number in wanted]
