"""Whether a unit speaks of the very decision, code, ordinal or programme year that the question names."""

import re
from collections.abc import Callable, Mapping

from assistant.reading.units import Unit
from assistant.understanding.question import Understanding
from ingest.identifiers import find_codes, find_decisions, find_meetings, find_years
from ingest.normalisation import fold

HELD, NEAR, CONFLICTING = 1.5, 0.75, -2.5
IN_SECTION = 2.0
_SECTIONS = (
    re.compile(
        r"(?<!\w)(?:objecti[vf]|objetiv|goals?(?!\w)|aims?(?!\w)|aimed|achieve|lograr|alcanzar|alcancar|atteindre|metas?(?!\w))"
    ),
    re.compile(
        r"(?<!\w)(?:expected results?|results? expected|outcomes?|outputs?|deliverables?|resultados? esperados?"
        r"|productos? esperados?|resultats? attendus?|produits? attendus?)"
    ),
    re.compile(r"(?<!\w)(?:schedul|timetable|calendar|cronogram|calendrier|echeancier)"),
)  # what a question asks for and the headings under which programmes state it, in four languages


Named = frozenset[int] | frozenset[str]
_FINDERS: dict[str, Callable[[str], Named]] = {
    "decisions": lambda text: frozenset(d.number for d in find_decisions(text)),
    "codes": lambda text: frozenset(c.code for c in find_codes(text)),
    "ordinals": lambda text: frozenset(m.ordinal for m in find_meetings(text)),
}  # families of identifiers: what a text names of each


def identifiers_of(text: str) -> dict[str, Named]:
    """Return the decisions, codes and ordinals of meetings that a text names, by family; none that it names none of."""
    named = {family: find(text) for family, find in _FINDERS.items()}
    return {family: names for family, names in named.items() if names}


def agreement(wanted: Mapping[str, Named], unit: Unit) -> float:
    """Return a bonus where a unit or its context names what is wanted, a malus where it names another instead."""
    return sum(_in_family(names, _FINDERS[family], unit) for family, names in wanted.items())


def _in_family(wanted: Named, find: Callable[[str], Named], unit: Unit) -> float:
    """Return the bonus or malus of one family, told by the nearest of a unit's texts that names any of it."""
    for nearness, text in ((HELD, unit.text), (NEAR, unit.lead), (NEAR, unit.context)):
        if named := find(text):
            return CONFLICTING if wanted.isdisjoint(named) else nearness
    return 0.0


def programme_agreement(understood: Understanding, unit: Unit) -> float:
    """Return a malus for a unit of a work programme of another year than the one programme asked about.

    One that itself or whose section names that year may look back on it, and has neither bonus nor malus.
    """
    if len(understood.programmes) != 1:
        return 0.0
    years = find_years(unit.title)
    if not years:
        return 0.0
    if understood.programmes[0] in years:
        return NEAR
    looks_back = understood.programmes[0] in find_years(f"{' '.join(unit.passage.path)} {unit.text}")
    return 0.0 if looks_back else CONFLICTING


def section_agreement(understood: Understanding, unit: Unit) -> float:
    """Return a bonus for a unit under the very heading that a question names: objectives, results, schedule."""
    heading = fold(unit.passage.path[-1]) if unit.passage.path else ""
    asked = fold(understood.text)
    return IN_SECTION if any(s.search(heading) and s.search(asked) for s in _SECTIONS) else 0.0
