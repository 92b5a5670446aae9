"""Identifiers of an earlier question and those that take their place."""

import re
from collections.abc import Callable, Mapping

from ingest.identifiers import (
    Precision,
    find_codes,
    find_dates,
    find_decisions,
    find_ordinals,
    find_symbols,
    to_roman,
)
from ingest.normalisation import fold

Span = tuple[int, int]
_YEAR = re.compile(r"(?<![\d/-])(?:19|20)\d{2}(?!\d)")
_BARE_NUMBER = re.compile(r"(?<![\w.,/-])\d{1,4}(?![\w/%]|[.,-]\d)")


def identifiers_in(asked: str, context: str) -> dict[str, str]:
    """Return the one identifier of each kind that a question names, as written, by kind.

    Args:
        asked: words of the question.
        context: the question before: where it names a decision, a bare number may be one.
    """
    found = {kind: spans(asked) for kind, spans in _KINDS.items()}
    if not found["decision"] and find_decisions(context) and not found["code"] and not found["symbol"]:
        numbers = [m.span() for m in _BARE_NUMBER.finditer(asked) if not _YEAR.fullmatch(m.group())]
        found["decision"] = numbers if len(numbers) == 1 else []
    return {kind: asked[spans[0][0] : spans[0][1]] for kind, spans in found.items() if len(spans) == 1}


def _decisions(text: str) -> list[Span]:
    return [(d.start, d.end) for d in find_decisions(text)]


def _codes(text: str) -> list[Span]:
    return [(c.start, c.end) for c in find_codes(text)]


def _symbols(text: str) -> list[Span]:
    return [(s.start, s.end) for s in find_symbols(text)]


def _years(text: str) -> list[Span]:
    precise = [d for d in find_dates(text) if d.range.precision is not Precision.YEAR]
    taken = [*((d.start, d.end) for d in precise), *_symbols(text)]
    return [m.span() for m in _YEAR.finditer(text) if not any(a <= m.start() < b for a, b in taken)]


def _ordinals(text: str) -> list[Span]:
    taken = [*_codes(text), *_symbols(text), *_decisions(text)]
    taken += [
        m.span() for m in re.finditer(r"(?<!\w)(?:first|primera vez|premiere fois|primeira vez)\s+(?:met|time)", text)
    ]
    return [
        (o.start, o.end)
        for o in find_ordinals(text)
        if not any(a <= o.start < b for a, b in taken) and not _YEAR.fullmatch(text[o.start : o.end])
    ]


_KINDS: dict[str, Callable[[str], list[Span]]] = {
    "decision": _decisions,
    "code": _codes,
    "symbol": _symbols,
    "year": _years,
    "ordinal": _ordinals,
}


def in_other_words(named: Mapping[str, str]) -> dict[str, str]:
    """Return identifiers as a sentence of another language may hold them: ordinals as Roman numerals."""
    ordinals = find_ordinals(named.get("ordinal", ""))
    return {**named, "ordinal": to_roman(ordinals[0].number)} if ordinals else dict(named)


def replaced(text: str, new: Mapping[str, str]) -> str:
    """Return a text with its own identifiers replaced by new ones of the same kind."""
    for kind, written in new.items():
        old = _KINDS[kind](text)
        if kind == "year" or len({fold(text[start:end]) for start, end in old}) == 1:
            for start, end in reversed(old):
                text = text[:start] + _in_place_of(text[start:end], written, kind) + text[end:]
    return text


def _in_place_of(old: str, written: str, kind: str) -> str:
    """Return an identifier as it stands in the place of another: a bare number keeps the word before it."""
    if kind == "decision" and not find_decisions(written):
        return re.sub(r"\d+(?!.*\d{3})", written, old, count=1) if re.search(r"\d", old) else f"{old} {written}"
    if kind == "code" and re.match(r"\w+ ", old) and not re.match(r"[^\W\d]{3,} ", written):
        return old.split(maxsplit=1)[0] + " " + written
    return written
