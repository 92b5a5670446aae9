"""Symbols of SELA's documents: found, brought into a normal form, and the nearest one to a mistyped one."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from ingest.identifiers.folding import fold_with_offsets
from ingest.identifiers.ordinals import from_roman

_SEGMENT = r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?"
_NUMBER_SIGN = r"(?:n ?(?:um|r|o)?s?\.? ?[o°]?\.? ?|# ?)"
_SYMBOL = re.compile(
    rf"(?<![\w/.-])(sp ?/ ?{_SEGMENT}(?: ?/ ?{_SEGMENT})*(?:- ?dt)?)"
    rf"(?: ?(?:{_NUMBER_SIGN})(\d{{1,3}} ?[-/] ?\d{{2,4}})| (\d{{1,3}}-\d{{2}}))?(?![\w/])"
)
_SESSION_SEGMENT = re.compile(r"/CL/([IVXLC]+)\.([OE])\b")
_LEAST_LIKENESS = 75.0


@dataclass(frozen=True, slots=True)
class SymbolMention:
    """A document symbol standing in a text.

    Args:
        symbol: as written, white space made one blank.
        normal: normal form, for comparing.
        start: first character.
        end: one past the last character.
    """

    symbol: str
    normal: str
    start: int
    end: int


def find_symbols(text: str) -> tuple[SymbolMention, ...]:
    """Return the document symbols of `text` in reading order."""
    folded = fold_with_offsets(text)
    found = []
    for match in _SYMBOL.finditer(folded.text):
        if "/" not in match[1] or not _looks_official(match):
            continue
        start, end = folded.span(*match.span())
        found.append(SymbolMention(" ".join(text[start:end].split()), normal_symbol(text[start:end]), start, end))
    return tuple(found)


def _looks_official(match: re.Match[str]) -> bool:
    """A lone segment without a number ("SP/page") is no symbol."""
    return bool(match[2] or match[3] or match[1].count("/") > 1 or "-" in match[1])


def normal_symbol(symbol: str) -> str:
    """Return `symbol` in capitals without blanks and number signs, "SP/CL/XLII.O/DT4-16", for comparing."""
    folded = fold_with_offsets(symbol).text.strip()
    numbered = re.sub(rf"(?<=[ -]){_NUMBER_SIGN}(?=\d)|(?<=dt){_NUMBER_SIGN}(?=\d)", "", folded)
    return re.sub(r"\s", "", numbered).upper()


def nearest_symbols(symbol: str, known: Collection[str], *, limit: int = 3) -> tuple[str, ...]:
    """Return the known symbols most like `symbol`, the likest first, an exact one included; maybe none."""
    wanted = normal_symbol(symbol)
    normals = {name: normal_symbol(name) for name in sorted(known)}
    likest = process.extract(wanted, normals, scorer=fuzz.ratio, limit=limit, score_cutoff=_LEAST_LIKENESS)
    return tuple(name for _, _, name in likest)


def session_of_symbol(symbol: str) -> int | None:
    """Return the number of the Council's regular session that a symbol belongs to, None where it names none."""
    match = _SESSION_SEGMENT.search(normal_symbol(symbol))
    return from_roman(match[1]) if match and match[2] == "O" else None
