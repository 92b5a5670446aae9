"""Document symbols and calendar dates as they stand in a text, for reading a document's own metadata."""

import re
from dataclasses import dataclass

from ingest.normalisation import fold

_SYMBOL = re.compile(
    r"\bSP/[A-Z][A-Z0-9]*(?:[/.\-–][A-Z0-9]+)*(?:[ -]*DT)?\s*(?:N\s*[°ºo]\.?|No\.|Nº|N\.º)\s*\d+(?:[-/]\d+)*"
    r"|\bSP/(?=[A-Z0-9/.-]*\d)[A-Z0-9]+(?:[/.-][A-Z0-9]+)*"
)
_MONTHS = (
    ("january", "enero", "janeiro", "janvier"),
    ("february", "febrero", "fevereiro", "fevrier"),
    ("march", "marzo", "marco", "mars"),
    ("april", "abril", "avril"),
    ("may", "mayo", "maio", "mai"),
    ("june", "junio", "junho", "juin"),
    ("july", "julio", "julho", "juillet"),
    ("august", "agosto", "aout"),
    ("september", "septiembre", "setiembre", "setembro", "septembre"),
    ("october", "octubre", "outubro", "octobre"),
    ("november", "noviembre", "novembro", "novembre"),
    ("december", "diciembre", "dezembro", "decembre"),
)


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date in a text: ISO 8601 as precise as stated, and where it stands in that text."""

    iso: str
    start: int
    end: int


def symbols_in(text: str) -> tuple[str, ...]:
    """Return the document symbols in `text`, in order, with single spaces."""
    return tuple(" ".join(match.group().split()) for match in _SYMBOL.finditer(text))


def dates_in(text: str) -> tuple[StatedDate, ...]:
    """Return the dates in `text`, in order; of a range of days the first day."""
    folded = _fold_in_place(text)
    found: list[StatedDate] = []
    for match in _date_pattern().finditer(folded):
        iso = _iso(match)
        if iso:
            found.append(StatedDate(iso, match.start(), match.end()))
    return tuple(found)


def _fold_in_place(text: str) -> str:
    folded = (fold(character) for character in text)
    return "".join(f if len(f) == 1 else c for f, c in zip(folded, text, strict=True))


def _date_pattern() -> re.Pattern[str]:
    months = "|".join(sorted((name for names in _MONTHS for name in names), key=len, reverse=True))
    more_days = r"(?:\s*(?:to|and|al?|y|e|et|au|-|–|,)\s*\d{1,2}[ºo]?)*"
    of = r"\s+(?:de\s+)?"
    return re.compile(
        rf"\b(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})\b"
        rf"|\b(?:(?P<day>\d{{1,2}})(?:[ºo]|er)?{more_days}{of})?(?P<month>{months}),?{of[:-3]}(?:\s*|de\s+)(?P<year>\d{{4}})\b"
        rf"|\b(?P<month2>{months})\s+(?P<day2>\d{{1,2}})(?:\s*(?:to|and|-|–)\s*\d{{1,2}})*\s*,?\s+(?P<year2>\d{{4}})\b"
    )


def _iso(match: re.Match[str]) -> str | None:
    if match["iso"]:
        return match["iso"]
    month = _month_number(match["month"] or match["month2"])
    day = match["day"] or match["day2"]
    year = match["year"] or match["year2"]
    if day and not 1 <= int(day) <= 31:
        return None
    return f"{year}-{month:02d}-{int(day):02d}" if day else f"{year}-{month:02d}"


def _month_number(name: str) -> int:
    return next(number for number, names in enumerate(_MONTHS, start=1) if name in names)
