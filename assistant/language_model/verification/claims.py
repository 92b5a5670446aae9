"""The dates, numbers, names and identifiers of a sentence, held against the words that it cites."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from ingest.identifiers import (
    DateMention,
    NumberMention,
    Precision,
    find_codes,
    find_dates,
    find_decisions,
    find_numbers,
    find_ordinals,
    find_resolutions,
    find_symbols,
    programme_years,
)
from ingest.identifiers.spelled_numbers import spelled_numbers

_ROUNDED = (Precision.MONTH, Precision.YEAR)
_REMEMBERED = 512  # texts: the units of the passages that one answer cites
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Figure:
    """A date or number of a sentence, and where the cited words have it.

    Args:
        start: first character in the sentence.
        end: one past the last character.
        spans: (start, end) pairs in the cited words; () where they do not hold it.
        is_date: whether it is a date.
    """

    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    is_date: bool


@lru_cache(maxsize=_REMEMBERED)
def identifiers_of(text: str) -> frozenset[str]:
    """Return the decisions, resolutions, codes, symbols and ordinals of a text in a form common to all languages."""
    return frozenset(
        {f"decision {d.number}" for d in find_decisions(text)}
        | {f"resolution {r.number}" for r in find_resolutions(text)}
        | {f"code {c.code}" for c in find_codes(text)}
        | {f"symbol {s.normal}" for s in find_symbols(text)}
        | {f"ordinal {o.number}" for o in find_ordinals(text)}
    )


def numbers_of(text: str) -> frozenset[str]:
    """Return the numbers of a text that belong to no identifier or date, each by its digits alone."""
    rest = _without(text, [*identifier_spans(text), *((d.start, d.end) for d in find_dates(text))])
    return frozenset(_DIGITS.findall(rest))


@lru_cache(maxsize=_REMEMBERED)
def told_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return where a text has identifiers, dates and numbers: they are compared as a whole, not word by word."""
    dates = ((d.start, d.end) for d in find_dates(text))
    return (*identifier_spans(text), *dates, *((n.start, n.end) for n in find_numbers(text)))


def figures(sentence: str, quoted: str, *, title: str, language: str, quoted_language: str) -> list[Figure]:
    """Return the dates and numbers of a sentence; those of identifiers and of the title's own year are left out.

    Args:
        sentence: the words of a model.
        quoted: what it cites.
        title: of the document cited: "the 2017 programme" may be said of a document so named.
        language: of the sentence.
        quoted_language: of what it cites.
    """
    known = {p.year for p in programme_years(title)}
    rest = _without(sentence, [(p.start, p.end) for p in programme_years(sentence) if p.year in known])
    rest, told = _without(rest, identifier_spans(rest)), _without(quoted, identifier_spans(quoted))
    dates = find_dates(rest)
    found = [Figure(d.start, d.end, _spans_of_date(d, find_dates(told)), is_date=True) for d in dates]
    plain = _without(rest, [(d.start, d.end) for d in dates])
    held = find_numbers(told, language=quoted_language)
    in_words = spelled_numbers(told, language=quoted_language)
    for number in find_numbers(plain, language=language):
        found.append(Figure(number.start, number.end, _spans_of_number(number, held, in_words), is_date=False))
    covered = [(f.start, f.end) for f in found]
    found += [Figure(*m.span(), (), is_date=False) for m in _DIGITS.finditer(_without(plain, covered))]
    return found


def unsaid_numbers(sentence: str, quoted: str, *, language: str, quoted_language: str) -> list[int]:
    """Return the numbers that a sentence writes out in words and the cited words hold in no form."""
    held = find_numbers(quoted, language=quoted_language)
    values = {int(h.value) for h in held} | set(spelled_numbers(quoted, language=quoted_language))
    values |= {o.number for o in find_ordinals(quoted)}
    return [n for n in spelled_numbers(sentence, language=language) if n not in values]


@lru_cache(maxsize=_REMEMBERED)
def identifier_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return where identifiers stand; they are compared whole, their figures are no numbers of their own."""
    return (
        *((d.start, d.end) for d in find_decisions(text)),
        *((r.start, r.end) for r in find_resolutions(text)),
        *((c.start, c.end) for c in find_codes(text)),
        *((s.start, s.end) for s in find_symbols(text)),
        *((o.start, o.end) for o in find_ordinals(text)),
    )


def _without(text: str, spans: Collection[tuple[int, int]]) -> str:
    """Return the text with spans blanked out, every other character at its place."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _spans_of_date(date: DateMention, held: Collection[DateMention]) -> tuple[tuple[int, int], ...]:
    """Return where a date stands, or one that lies within it: "April 2003" may be said of "7 to 9 April 2003"."""
    same = tuple((h.start, h.end) for h in held if h.range == date.range)
    if same or date.range.precision not in _ROUNDED or date.range.start != date.range.end:
        return same
    return tuple((h.start, h.end) for h in held if date.range.holds(h.range))


def _spans_of_number(
    number: NumberMention, held: Collection[NumberMention], in_words: list[int]
) -> tuple[tuple[int, int], ...]:
    spans = tuple((h.start, h.end) for h in held if number.agrees_with(h))
    return spans or (((0, 0),) if number.value in in_words else ())
