"""Who holds an office: where documents of several years name different persons, each is told with its year.

Offices pass from person to person, and an answer that names one of them as if for ever is wrong for every other time.
"""

from assistant.disagreements import values_in
from assistant.evidence import Evidence
from assistant.reading.reader import LESS_HELD, ReadUnit
from assistant.reading.times import year_told
from assistant.reading.values import Value
from assistant.selection import MOST_STATEMENTS, Selection
from assistant.snapshot import Snapshot
from assistant.understanding.asked import Asked

MARGIN = 3.0  # how far behind the best another sentence may be in relevance


def holders_by_year(side: Evidence, snapshot: Snapshot) -> list[tuple[int, Selection]]:
    """Return a year and a sentence of that year for each person named, the latest first; [] where all name one.

    A sentence counts that holds about as much of the question as the best one and is about as relevant.

    Args:
        side: what was read for a question that asks for a person's name and names no year.
        snapshot: the generation being served.
    """
    if Asked.NAME not in side.question.asked or side.question.years or not side.read:
        return []
    best = side.read[0]
    named = [
        (r, year, names)
        for r in side.read
        if r.overlap >= best.overlap - LESS_HELD
        and r.relevance >= best.relevance - MARGIN
        and (year := year_told(r.unit))
        and (names := values_in(r, Asked.NAME, snapshot))
    ]
    told: list[tuple[ReadUnit, int, tuple[Value, ...]]] = []
    for r, year, names in sorted(named, key=lambda one: -one[1]):
        if not any(all(any(n.agrees_with(o) for o in others) for n in names) for _, _, others in told):
            told.append((r, year, names))
    is_passed_on = len({year for _, year, _ in told}) > 1
    return [(year, Selection(r.unit, ())) for r, year, _ in told[:MOST_STATEMENTS]] if is_passed_on else []
