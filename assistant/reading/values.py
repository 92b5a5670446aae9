"""The values in a sentence of the kind that a question asks for, and whether two of them can be the same."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.reading.names import person_names
from assistant.understanding.asked import Asked
from ingest.identifiers import (
    DateRange,
    NumberMention,
    Precision,
    find_codes,
    find_dates,
    find_decisions,
    find_numbers,
    find_ordinals,
    find_symbols,
)
from ingest.identifiers import Unit as UnitOfNumber
from ingest.identifiers.spelled_numbers import spelled_numbers
from ingest.languages import STOPWORDS
from ingest.normalisation import fold
from ingest.registers.meeting_places import Location, places_of_meeting

_MONEY = frozenset({UnitOfNumber.US_DOLLAR, UnitOfNumber.EURO})
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENUMERATOR = re.compile(r"^\W*\d{1,2}[.)]\s")
_NOUN = re.compile(r"[ \u00a0]+([^\W\d_]{2,})")
_TIME = re.compile(r"(?:day|week|month|year|hour|dia|semana|mes|ano|hora|jour|semaine|mois|annee|an|heure)s?(?:es)?")
_TOLD_APART = "·"  # stands for each character of a date or identifier while numbers are looked for


@dataclass(frozen=True, slots=True)
class Value:
    """A value standing in a sentence.

    Args:
        start: first character.
        end: one past the last character.
        meaning: what it is compared by; a name is its folded words.
        noun: what a plain number counts: the word after it, folded; "" for other values.
    """

    start: int
    end: int
    meaning: DateRange | NumberMention | Location | str
    noun: str = ""

    def agrees_with(self, other: "Value") -> bool:
        """Tell whether both can be the same, one stated more roughly perhaps, or cannot be compared at all."""
        match self.meaning, other.meaning:
            case DateRange() as mine, DateRange() as theirs:
                return mine.agrees_with(theirs) or mine.holds(theirs) or theirs.holds(mine)
            case NumberMention() as mine, NumberMention() as theirs:
                return mine.unit is not theirs.unit or mine.agrees_with(theirs) or _rounded_alike(mine, theirs)
            case Location() as mine, Location() as theirs:
                both_cities = mine.city and theirs.city
                return mine.city == theirs.city if both_cities else mine.country == theirs.country
            case str() as mine, str() as theirs:
                return set(mine.split()) <= set(theirs.split()) or set(theirs.split()) <= set(mine.split())
        return True


def values_of(
    thing: Asked, text: str, *, language: str, common_words: frozenset[str], vocabulary: frozenset[str]
) -> tuple[Value, ...]:
    """Return the values of a kind in a text, in reading order; () for kinds without values to compare.

    Args:
        thing: what is asked for.
        text: a sentence.
        language: of the text.
        common_words: folded words that are no personal names.
        vocabulary: folded words that no personal name begins with.
    """
    if thing in (Asked.PERSON, Asked.NAME):
        return tuple(_names(text, person_names(text, common_words=common_words, vocabulary=vocabulary)))
    if thing is Asked.PLACE:
        return tuple(Value(p.start, p.end, p) for p in places_of_meeting(text))
    if thing in _PRECISIONS:
        dates = (d for d in find_dates(text) if d.range.precision in _PRECISIONS[thing])
        return tuple(Value(d.start, d.end, d.range) for d in dates)
    wanted = _NUMBERS.get(thing)
    numbers = _numbers(text, language) if wanted else ()
    return tuple(Value(n.start, n.end, n, noun) for n, noun in numbers if wanted and wanted(n, noun))


def differing(one: Sequence[Value], other: Sequence[Value]) -> tuple[Value, Value] | None:
    """Return the one pair of values in which two sentences differ; None if they agree, or differ in more."""
    mine = [value for value in one if not any(value.agrees_with(their) for their in other)]
    theirs = [value for value in other if not any(value.agrees_with(my) for my in one)]
    is_pair = len(one) == len(other) and len(mine) == len(theirs) == 1
    return (mine[0], theirs[0]) if is_pair else None


_PRECISIONS: Mapping[Asked, frozenset[Precision]] = {
    Asked.DATE: frozenset(Precision),
    Asked.MONTH: frozenset(p for p in Precision if p.names_month),
    Asked.DAY: frozenset({Precision.DAY}),
}


_NUMBERS: Mapping[Asked, Callable[[NumberMention, str], bool]] = {
    Asked.NUMBER: lambda number, noun: True,
    Asked.MONEY: lambda number, noun: number.unit in _MONEY,
    Asked.PERCENT: lambda number, noun: number.unit is UnitOfNumber.PERCENT,
    Asked.DURATION: lambda number, noun: bool(_TIME.fullmatch(noun)),
}


def _names(text: str, names: Iterable[str]) -> Iterator[Value]:
    end = 0
    for name in (name.rstrip(".'’") for name in names):
        start = text.find(name, end)
        end = start + len(name)
        yield Value(start, end, fold(name))


def _numbers(text: str, language: str) -> list[tuple[NumberMention, str]]:
    """Return the numbers of a text with the word after each; those of dates, identifiers and items are left out."""
    rest = _ENUMERATOR.sub(lambda m: _TOLD_APART * len(m.group()), _without_dates_and_identifiers(text))
    found = find_numbers(rest, language=language)
    spelled = (
        NumberMention(Decimal(value), None, UnitOfNumber.NONE, *word.span())
        for word in _WORD.finditer(rest)
        for value in spelled_numbers(word.group(), language=language)[:1]
        if not any(n.start <= word.start() < n.end for n in found)
    )
    return [(n, _noun_after(n, rest, language)) for n in sorted((*found, *spelled), key=lambda n: n.start)]


def _noun_after(number: NumberMention, text: str, language: str) -> str:
    noun = _NOUN.match(text, number.end) if number.unit is UnitOfNumber.NONE else None
    return fold(noun.group(1)) if noun and noun.group(1).casefold() not in STOPWORDS[language] else ""


def _without_dates_and_identifiers(text: str) -> str:
    finders = (find_dates, find_decisions, find_codes, find_symbols, find_ordinals)
    for found in (f for find in finders for f in find(text)):
        text = text[: found.start] + _TOLD_APART * (found.end - found.start) + text[found.end :]
    return text


def _rounded_alike(one: NumberMention, other: NumberMention) -> bool:
    """Tell whether one number is the other with fewer digits: 40,000 for 40,500, 9 million for 9.2 million."""
    rougher, finer = sorted((one.value, other.value), key=_digits)
    return _digits(rougher) < _digits(finer) and rougher == Decimal(f"{finer:.{_digits(rougher)}g}")


def _digits(value: Decimal) -> int:
    """Return how many digits a number has that tell something."""
    return max(len(value.normalize().as_tuple().digits), 1)
