"""The verbatim gate: nothing is shown as a quotation unless it stands, contiguous, at the cited place.

A quotation that fails is dropped, and so is the statement that rests on it. Words of ours may hold only numbers,
dates and names that occur in the quotations cited for them, and the number of those quotations where they count them.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.documents import BlockKind, Document
from ingest.identifiers import find_dates, find_numbers
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


_NAME = re.compile(r"(?<![\w])[^\W\d_a-z][\w'’-]+(?:\s+[^\W\d_a-z][\w'’-]+)*")


def unsupported(statement: DraftStatement, *, language: str) -> list[str]:
    """Return the numbers, dates and names in our own words that no cited quotation holds."""
    quoted = "\n".join(q.text for q in statement.quotations)
    words = _without(statement.words, statement.template)
    missing, rest = _unsupported_dates(words, quoted)
    held_numbers = find_numbers(quoted)
    missing += [
        rest[n.start : n.end]
        for n in find_numbers(rest, language=language)
        if rest[n.start : n.end] != str(statement.counted) and not any(n.agrees_with(held) for held in held_numbers)
    ]
    held = fold(quoted)
    return missing + [name for name in _NAME.findall(rest) if fold(name) not in held]


def _unsupported_dates(words: str, quoted: str) -> tuple[list[str], str]:
    stated = {d.range for d in find_dates(quoted)}
    missing, rest = [], words
    for found in find_dates(words):
        literal = words[found.start : found.end]
        rest = rest.replace(literal, " ")
        if found.range not in stated and fold(literal) not in fold(quoted):
            missing.append(literal)
    return missing, rest


def _without(words: str, template: str) -> str:
    for part in filter(None, template.split("…")):
        words = words.replace(part, " ", 1)
    return words
