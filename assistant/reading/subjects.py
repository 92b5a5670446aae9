"""Places and bodies that a question names: what speaks of none of them speaks of something else."""

from functools import lru_cache

from assistant.reading.units import Unit
from ingest.identifiers import Body, find_bodies
from ingest.registers.meeting_places import find_locations

ABSENT = -2.5


def subjects_of(question: str) -> frozenset[str]:
    """Return the places and bodies that a question names, in normal form, whatever its language.

    SELA and its organs are left out, for everything speaks of them, and so are the United Nations, which texts name by
    their agencies.
    """
    places = {place.city or place.country for place in find_locations(question)}
    bodies = {found.body for found in find_bodies(question)} - {Body.UNITED_NATIONS}
    return frozenset(places | {body.value for body in bodies if not body.is_own})


def subject_agreement(subjects: frozenset[str], unit: Unit) -> float:
    """Return a malus for a unit that names none of the subjects: neither itself, nor its passage, headings or title.

    Args:
        subjects: as `subjects_of` the question.
        unit: what may answer.
    """
    if not subjects:
        return 0.0
    around = (unit.passage.text, unit.lead, unit.title, *unit.passage.path)
    return ABSENT if all(subjects.isdisjoint(_named(text)) for text in around) else 0.0


@lru_cache(maxsize=1024)
def _named(text: str) -> frozenset[str]:
    places = find_locations(text)
    cities, countries = {place.city for place in places}, {place.country for place in places}
    return frozenset(cities | countries | {found.body.value for found in find_bodies(text)})
