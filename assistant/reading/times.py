"""Of which years a unit speaks: whoever held an office in one of them need not hold it in another."""

import re
from functools import lru_cache

from assistant.reading.units import Unit
from ingest.identifiers import find_dates, find_years
from ingest.normalisation import fold

_OPEN_TIME = re.compile(
    r"(?<!\w)(?:since|after|before|until|till|desde|despues|antes|hasta|depois|ate|depuis|apres|avant|jusqu)(?!\w)"
)


def years_asked(question: str) -> frozenset[int]:
    """Return the years that a question is about; none where it names none, or a time that is open ("since 2016")."""
    return frozenset() if _OPEN_TIME.search(fold(question)) else _named(question)


def year_told(unit: Unit) -> int | None:
    """Return the year of the event that a sentence dates, otherwise that of its document."""
    dated = _of_events(unit.text)
    return min(dated) if len(dated) == 1 else unit.year


def may_speak_of(unit: Unit, years: frozenset[int]) -> bool:
    """Tell whether a unit may speak of one of some years: it dates an event then, or names or nears one.

    Years after that of the document are plans, and nothing is known of a unit around which no year is named.
    """
    dated = _of_events(unit.text)
    if dated:
        return not dated.isdisjoint(years)
    named = {*_named(unit.text), *find_years(unit.context), *find_years(unit.passage.text)}
    known = named if unit.year is None else {unit.year, *(y for y in named if y <= unit.year)}
    return not known or not known.isdisjoint(years)


@lru_cache(maxsize=512)
def _named(text: str) -> frozenset[int]:
    """Return every year that a text names, those within a range too."""
    return frozenset(year for date in find_dates(text) for year in date.range.years)


def _of_events(text: str) -> frozenset[int]:
    """Return the years of the dates in a text that name a month at least."""
    return frozenset(y for d in find_dates(text) if d.range.precision.names_month for y in d.range.years)
