"""Whether a unit speaks of the very decision, code, ordinal or programme year that the question names."""

from dataclasses import dataclass

from assistant.reading.units import Unit
from assistant.understanding.question import Understanding
from ingest.identifiers import find_codes, find_decisions, find_meetings, find_years

HELD, NEAR, CONFLICTING = 1.5, 0.75, -2.5


@dataclass(frozen=True, slots=True)
class Identifiers:
    """The identifiers of one text, by family."""

    decisions: frozenset[int]
    codes: frozenset[str]
    ordinals: frozenset[int]

    def families(self) -> tuple[frozenset[int] | frozenset[str], ...]:
        """Return the sets in a fixed order."""
        return (self.decisions, self.codes, self.ordinals)


def identifiers_of(text: str) -> Identifiers:
    """Return the decisions, codes and ordinals of meetings that a text names."""
    return Identifiers(
        frozenset(d.number for d in find_decisions(text)),
        frozenset(c.code for c in find_codes(text)),
        frozenset(m.ordinal for m in find_meetings(text)),
    )


def agreement(wanted: Identifiers, unit: Unit) -> float:
    """Return a bonus where a unit or its context names what is wanted, a malus where it names another instead."""
    if not any(wanted.families()):
        return 0.0
    held, near = identifiers_of(unit.text), identifiers_of(unit.context)
    return sum(
        _family(want, has, around)
        for want, has, around in zip(wanted.families(), held.families(), near.families(), strict=True)
    )


def _family(want: frozenset[int] | frozenset[str], has: frozenset, around: frozenset) -> float:  # type: ignore[type-arg]
    if not want:
        return 0.0
    if want & has:
        return HELD
    if has:
        return CONFLICTING
    if want & around:
        return NEAR
    return CONFLICTING if around else 0.0


def programme_agreement(understood: Understanding, unit: Unit) -> float:
    """Return a malus for a unit of a work programme of another year than the one programme asked about."""
    if len(understood.programmes) != 1:
        return 0.0
    years = find_years(unit.title)
    if not years:
        return 0.0
    return NEAR if understood.programmes[0] in years else CONFLICTING
