"""Which of the units read make the answer: the best, and what it leaves unanswered."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from assistant.evidence import Evidence, says_mandate
from assistant.reading.reader import ReadUnit
from assistant.reading.units import Unit
from ingest.identifiers.spelled_numbers import spelled_numbers
from ingest.languages import STOPWORDS
from ingest.normalisation import fold

MARGIN, LEAST_MARGIN, PER_WORD = 2.5, 0.5, 0.04  # how far a further unit may stand below the best; long ones less far
MOST_STATEMENTS = 3
MOST_WORDS = 160
SAME = 80.0
MANDATE_MARGIN = 8.0
NEARNESS = 3.0
NEW_WORDS = 4.0
NEW_KINDS = 1.0
_GAP = 3  # characters between two sentences that follow one another


@dataclass(frozen=True, slots=True)
class Selection:
    """A unit chosen to answer, with the units of other documents that say the same."""

    unit: Unit
    seconds: tuple[Unit, ...]


def select(read: Sequence[ReadUnit], *, most: int = MOST_STATEMENTS) -> list[Selection]:
    """Return the units that answer, the best first; those that say the same stand together.

    A sentence beside one already chosen is preferred to one from elsewhere: answers run on.

    Args:
        read: units, the best first.
        most: how many different ones at most.
    """
    rest = list(read)
    chosen: list[ReadUnit] = []
    words = 0
    while rest and len(chosen) < most:
        best = max(rest, key=lambda r: r.relevance + _bonus(r, chosen))
        rest = [r for r in rest if r is not best]
        length = len(best.unit.text.split())
        behind = read[0].relevance - best.relevance - _bonus(best, chosen)
        if chosen and behind > max(MARGIN - PER_WORD * length, LEAST_MARGIN):
            continue
        if _repeats(best, chosen) or (chosen and words + length > MOST_WORDS):
            continue
        words += length
        chosen.append(best)
    return [Selection(c.unit, _seconds(c, read)) for c in chosen]


def other_mandates(side: Evidence, selections: Sequence[Selection]) -> list[Selection]:
    """Return what documents not cited yet say that a decision mandates, up to three documents in the answer."""
    cited = {u.document_id for s in selections for u in (s.unit, *s.seconds)}
    works = {s.unit.work for s in selections if s.unit.work}
    found: list[Selection] = []
    for r in side.read:
        is_new = r.unit.document_id not in cited and r.unit.work not in works
        near = r.relevance >= side.read[0].relevance - MANDATE_MARGIN
        if len(cited) < MOST_STATEMENTS and is_new and near and says_mandate(r.unit, side.scope):
            found.append(Selection(r.unit, ()))
            cited.add(r.unit.document_id)
            works |= {r.unit.work} if r.unit.work else set()
    return found


def _bonus(candidate: ReadUnit, chosen: Sequence[ReadUnit]) -> float:
    """Return what a candidate gains by running on from what was chosen, and by answering what that left open."""
    if not chosen:
        return 0.0
    open_kinds = frozenset.intersection(*(c.lacking for c in chosen))
    new_kinds = len(open_kinds - candidate.lacking)
    return _nearness(candidate, chosen) + NEW_WORDS * _new_words(candidate, chosen) + NEW_KINDS * new_kinds


def _new_words(candidate: ReadUnit, chosen: Sequence[ReadUnit]) -> float:
    """Return the share of the question that a candidate holds and nothing chosen does."""
    alike = [c for c in chosen if c.unit.passage.language == candidate.unit.passage.language]
    if not alike:
        return 0.0
    return sum(share for term, share in candidate.held.items() if not any(term in c.held for c in alike))


def _nearness(candidate: ReadUnit, chosen: Sequence[ReadUnit]) -> float:
    """Return a bonus for a sentence that comes right before or after one that was chosen."""
    unit = candidate.unit
    return (
        NEARNESS
        if any(
            other.unit.document_id == unit.document_id
            and other.unit.passage.path == unit.passage.path
            and min(abs(unit.start - other.unit.end), abs(other.unit.start - unit.end)) <= _GAP
            for other in chosen
        )
        else 0.0
    )


def _repeats(candidate: ReadUnit, chosen: Sequence[ReadUnit]) -> bool:
    """Tell whether a unit says what a chosen one says, in the same words or in another language version of its work."""
    return any(_say_the_same(candidate.unit, c.unit) or _translates(candidate.unit, c.unit) for c in chosen)


def _translates(one: Unit, other: Unit) -> bool:
    """Tell whether two units of language versions of one work hold the same names, numbers and codes."""
    if not one.work or one.work != other.work or one.passage.language == other.passage.language:
        return False
    numbers = _numbers_and_codes(one.text)
    if len(numbers) > 1 and numbers == _numbers_and_codes(other.text):
        return True
    here, there = _neutral_words(one.text), _neutral_words(other.text)
    return len(here & there) >= 0.4 * max(len(here | there), 1) if here and there else here == there


def _numbers_and_codes(text: str) -> frozenset[str]:
    """Return the numbers, Roman numerals, acronyms and codes of a text, which no translation changes."""
    return frozenset(re.findall(r"\b(?:\w*\d[\w.,/-]*\w|\d|[A-Z]{2,})\b", text))


def _neutral_words(text: str) -> frozenset[str]:
    """Return the words that a translation leaves much as they are: those with digits and those written large."""
    return frozenset(fold(word)[:5] for word in re.findall(r"\b(?:\w*\d[\w.,/-]*|[A-ZÀ-Ý][\w.-]+)", text))


def _seconds(chosen: ReadUnit, read: Iterable[ReadUnit]) -> tuple[Unit, ...]:
    """Return the best unit of each other document that says the same."""
    unit, found = chosen.unit, dict[str, Unit]()
    for other in read:
        second = other.unit
        if second.document_id in (unit.document_id, *found) or (second.work and second.work == unit.work):
            continue
        if _say_the_same(second, unit):
            found[second.document_id] = second
    return tuple(found.values())


def _say_the_same(one: Unit, other: Unit) -> bool:
    """Tell whether two units say the same in nearly the same words, and contradict each other in no figure or name."""
    here, there = one.text, other.text
    close_in_length = min(len(here), len(there)) > 0.4 * max(len(here), len(there))
    if not close_in_length or fuzz.token_set_ratio(here, there) < SAME or _figures(one) != _figures(other):
        return False
    return not (_names_alone(one, other) and _names_alone(other, one))


def _figures(unit: Unit) -> frozenset[int]:
    """Return the figures of a unit, those in words too."""
    in_digits = map(int, re.findall(r"\d+", unit.text))
    return frozenset((*in_digits, *spelled_numbers(unit.text, language=unit.passage.language)))


def _names_alone(one: Unit, other: Unit) -> bool:
    """Tell whether a unit has a word written large, and no function word, that the other has not at all."""
    known = set(re.findall(r"\w+", fold(other.text))) | STOPWORDS[one.passage.language]
    return any(fold(word) not in known for word in re.findall(r"\b[A-ZÀ-ÖØ-Þ]\w+", one.text))
