"""The verbatim gate: nothing is shown as a quotation unless it stands, contiguous, at the cited place.

A quotation that fails is dropped, and so is the statement that rests on it. Words of ours may hold only numbers,
dates and names that occur in the quotations cited for them, and the number of those quotations where they count them.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.documents import BlockKind, Document
from ingest.identifiers import DateRange, Precision, Unit, find_dates, find_numbers
from ingest.identifiers.spelled_numbers import spelled_numbers
from ingest.languages import LANGUAGES, STOPWORDS
from ingest.normalisation import fold, normalise


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words claimed to stand in a document.

    Args:
        document_id: the document.
        start: first character in its canonical text.
        end: one past the last character.
        text: the words claimed.
    """

    document_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class DraftStatement:
    """A statement before the gate.

    Args:
        words: our own words, "" where the quotations speak for themselves.
        quotations: what it rests on.
        shown: how many of the quotations stand in the text; the others say the same elsewhere and are only cited.
        template: the part of `words` that comes from the message catalogue and asserts nothing of its own.
        counted: how many things `words` says there are, one for each quotation; None where it counts nothing.
    """

    words: str
    quotations: tuple[Quotation, ...]
    template: str = ""
    shown: int = 1
    counted: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate lets through, and how many statements it dropped."""

    statements: tuple[DraftStatement, ...]
    dropped: int


def pass_gate(statements: Sequence[DraftStatement], document: Callable[[str], Document], *, language: str) -> Verdict:
    """Return the statements whose every quotation stands in its document and whose own words they support.

    Args:
        statements: what a composer or model proposes.
        document: gives a document by id.
        language: language of our own words.
    """
    kept = tuple(
        s
        for s in statements
        if s.quotations
        and all(stands(q, document(q.document_id)) for q in s.quotations)
        and counts_right(s)
        and not unsupported(s, language=language)
    )
    return Verdict(kept, len(statements) - len(kept))


def stands(quotation: Quotation, document: Document) -> bool:
    """Tell whether a quotation is what the document holds at its place; it may cross no page furniture."""
    held = document.text[quotation.start : quotation.end]
    return (
        0 <= quotation.start < quotation.end <= len(document.text)
        and normalise(quotation.text) != ""
        and normalise(quotation.text) == normalise(held)
        and not any(
            block.kind is BlockKind.FURNITURE
            and block.start < quotation.end
            and block.end > quotation.start
            and not (block.start <= quotation.start and quotation.end <= block.end)
            for block in document.blocks
        )
    )


def counts_right(statement: DraftStatement) -> bool:
    """Tell whether a statement that counts has just as many different quotations as it says."""
    places = {(q.document_id, q.start, q.end) for q in statement.quotations}
    return statement.counted in (None, len(places))


_CAPITALISED = "[A-ZÀ-ÖØ-ÞŒŠŽ]"
_NAME = re.compile(rf"(?<!\w){_CAPITALISED}[\w'’-]+(?:\s+{_CAPITALISED}[\w'’-]+)*")
_WORD = re.compile(r"\w+")
_FUNCTION_WORDS = frozenset(fold(word) for words in STOPWORDS.values() for word in words)


def unsupported(statement: DraftStatement, *, language: str) -> list[str]:
    """Return the numbers, dates and names in our own words that no cited quotation holds.

    A date is held by the same date or a finer one within it ("April 2003" by "7 to 9 April 2003"), never by a longer
    one; a number also by the number in words; a name by the same words in a row, whole ones, of which a longer name
    lends its end ("Torres", "Maria Torres") but not its beginning alone ("Ana", "Costa" of "Costa Rica").
    """
    quoted = "\n".join(q.text for q in statement.quotations)
    missing, rest = _unsupported_dates(_without(statement.words, statement.template), quoted)
    numbers = _unsupported_numbers(rest, quoted, counted=statement.counted, language=language)
    return [*missing, *numbers, *(name for name in _names(rest) if not _names_hold(name, quoted))]


def _unsupported_dates(words: str, quoted: str) -> tuple[list[str], str]:
    stated = [d.range for d in find_dates(quoted)]
    missing, rest = [], words
    for found in reversed(find_dates(words)):
        literal = words[found.start : found.end]
        rest = rest[: found.start] + " " + rest[found.end :]
        if not any(_dates_hold(found.range, held) for held in stated):
            missing.append(literal)
    return missing[::-1], rest


def _dates_hold(said: DateRange, held: DateRange) -> bool:
    """Tell whether a date that stands in a quotation bears out one of ours."""
    if said == held:
        return True
    is_coarser = said.precision is not held.precision and said.precision is not Precision.DAY
    lacks_year = said.year is None and said.precision is held.precision and said.agrees_with(held)
    return lacks_year or (is_coarser and said.start == said.end and said.holds(held))


def _unsupported_numbers(words: str, quoted: str, *, counted: int | None, language: str) -> list[str]:
    held = find_numbers(quoted)
    plain = {number.value for number in held} | {
        Decimal(value) for spoken in LANGUAGES for value in spelled_numbers(quoted, language=spoken)
    }
    missing = [
        words[n.start : n.end]
        for n in find_numbers(words, language=language)
        if words[n.start : n.end] != str(counted)
        and not any(n.agrees_with(other) for other in held)
        and not (n.unit is Unit.NONE and n.value in plain)
    ]
    return missing + [str(v) for v in spelled_numbers(words, language=language) if Decimal(v) not in plain]


def _names(words: str) -> list[str]:
    """Return the names in words of ours: words written large, but function words at their beginning."""
    found = []
    for match in _NAME.finditer(words):
        parts = match.group().split()
        while parts and fold(parts[0]) in _FUNCTION_WORDS:
            parts = parts[1:]
        found += [" ".join(parts)] if parts else []
    return found


def _names_hold(name: str, quoted: str) -> bool:
    """Tell whether a name stands in the quotations in whole words and is not the mere beginning of a longer one."""
    words = [re.escape(word) for word in _WORD.findall(_folded(name))]
    held = _folded(quoted)
    for found in re.finditer(r"(?<!\w)" + r"\W+".join(words) + r"(?!\w)", held):
        if (
            len(words) > 1
            or not _LONGER_NAME.match(quoted, found.end())
            or _LONGER_NAME_BEFORE.search(quoted, 0, found.start())
        ):
            return True
    return not words


_LONGER_NAME = re.compile(rf"[ \u00a0]{_CAPITALISED}\w{{2}}")
_LONGER_NAME_BEFORE = re.compile(rf"{_CAPITALISED}[\w'’-]+[ \u00a0]\Z")


def _folded(text: str) -> str:
    """Return the text in lower case without accents, letter for letter, so that offsets stay."""
    return "".join(fold(c) if len(fold(c)) == 1 else c for c in text)


def _without(words: str, template: str) -> str:
    for part in filter(None, template.split("…")):
        words = words.replace(part, " ", 1)
    return words
