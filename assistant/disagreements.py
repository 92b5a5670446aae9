"""What documents disagree on in an answer made of passages: another value for the very thing that is asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answers import NoteKind
from assistant.drafts import DraftNote
from assistant.evidence import Evidence
from assistant.messages import message
from assistant.quoting import quotations_at
from assistant.reading.reader import ReadUnit
from assistant.reading.sameness import Stated, are_comparable, same_but_for_values, stated
from assistant.reading.units import Unit
from assistant.reading.values import Value, differing, values_of
from assistant.selection import Selection
from assistant.snapshot import Snapshot
from assistant.understanding.asked import Asked

MARGIN = 3.0  # how far behind a quoted sentence another may be and still say as much of what was asked
MOST_VALUES = 4
_OF_EVENTS = frozenset({Asked.DATE, Asked.DAY, Asked.MONTH, Asked.PLACE, Asked.PERSON, Asked.NAME})
_MESSAGES = {Asked.NAME: Asked.PERSON}


@dataclass(frozen=True, slots=True)
class _Found:
    """A value in a unit that was read."""

    unit: Unit
    value: Value

    @property
    def words(self) -> str:
        """The value as the document writes it, a number with what it counts."""
        text = self.unit.text
        rest = text[self.value.end :].split(maxsplit=1)
        counted = rest[0].strip(".,;:()") if self.value.noun and rest else ""
        return " ".join((text[self.value.start : self.value.end] + " " + counted).split())


def disagreements(side: Evidence, selections: Sequence[Selection], snapshot: Snapshot) -> tuple[DraftNote, ...]:
    """Return a note for each thing asked for of which another document read states another value than one quoted.

    Documents disagree where a sentence as relevant as the one quoted says the same of the same thing but for the value:
    those of other years, programmes, activities or meetings, and sums beside their parts, lawfully differ.

    Args:
        side: what was read.
        selections: what is quoted of it.
        snapshot: the generation being served.
    """
    quoted = [r for s in selections for r in side.read if r.unit in (s.unit, *s.seconds)]
    notes = []
    for thing in sorted(side.question.asked):
        told = _told_apart(_values(thing, quoted, side.read, snapshot))
        if len(told) > 1:
            notes.append(_note(thing, told[:MOST_VALUES], snapshot, side.question.answer_language))
    return tuple(notes)


def _values(thing: Asked, quoted: Sequence[ReadUnit], read: Sequence[ReadUnit], snapshot: Snapshot) -> Iterator[_Found]:
    """Yield the values of sentences quoted and of those that contradict them, pair by pair."""
    pairs = _comparable(quoted, read)
    values = {id(r): values_in(r, thing, snapshot) for r in {id(r): r for pair in pairs for r in pair}.values()}
    for one, other in pairs:
        ours, theirs = values[id(one)], values[id(other)]
        differ = differing(ours, theirs)
        if differ and _say_the_same(thing, stated(one, ours), stated(other, theirs)):
            yield from (_Found(one.unit, differ[0]), _Found(other.unit, differ[1]))


def _comparable(quoted: Sequence[ReadUnit], read: Sequence[ReadUnit]) -> list[tuple[ReadUnit, ReadUnit]]:
    """Return each sentence quoted beside each of another document that is about as relevant and has words in common."""
    return [
        (one, other)
        for one in quoted
        for other in read
        if other.agreed >= 0 and other.relevance >= one.relevance - MARGIN and are_comparable(one.unit, other.unit)
    ]


def _say_the_same(thing: Asked, one: Stated, other: Stated) -> bool:
    return same_but_for_values(one, other, is_of_event=thing in _OF_EVENTS)


def values_in(read: ReadUnit, thing: Asked, snapshot: Snapshot) -> tuple[Value, ...]:
    """Return the values of a kind in a unit that was read, in reading order."""
    return values_of(
        thing,
        read.unit.text,
        language=read.unit.passage.language,
        common_words=snapshot.common_words,
        vocabulary=snapshot.glossary.vocabulary,
    )


def _told_apart(found: Iterator[_Found]) -> list[_Found]:
    """Return the first of the values that agree with one another."""
    first: list[_Found] = []
    for one in found:
        if not any(one.value.agrees_with(other.value) for other in first):
            first.append(one)
    return first


def _note(thing: Asked, found: Sequence[_Found], snapshot: Snapshot, language: str) -> DraftNote:
    what = message(f"asked.{_MESSAGES.get(thing, thing)}", language)
    words = message("note.contradiction", language, what=what, values="; ".join(f.words for f in found))
    document = snapshot.catalogue.document
    quotations = (q for f in found for q in quotations_at(document(f.unit.document_id), f.unit.spans))
    return DraftNote(NoteKind.CONTRADICTION, words, tuple(quotations))
