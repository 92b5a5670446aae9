"""Activities of all documents put together: language versions and drafts of one activity are one."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from ingest.identifiers import from_roman
from ingest.normalisation import fold
from ingest.registers.activity_entries import ActivityEntry

_SAME_TITLE = 60.0


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity of one programme, in every document that describes it.

    Args:
        code: normal form, "II.2.3".
        year: of its programme, None where no document names one.
        versions: what each document says of it, the fullest first.
    """

    code: str
    year: int | None
    versions: tuple[ActivityEntry, ...]

    @property
    def title(self) -> str:
        """The title in the fullest document."""
        return self.versions[0].title.words

    def version(self, language: str | None) -> ActivityEntry:
        """Return the fullest description in a language, or the fullest of all where there is none in it."""
        return next((each for each in self.versions if each.language == language), self.versions[0])


def merge_activities(entries: Iterable[ActivityEntry]) -> tuple[Activity, ...]:
    """Return the activities by year and in the order of their codes.

    Entries of one year and code are one activity unless two of one language have unlike titles, as after a misprint.
    """
    groups: list[list[ActivityEntry]] = []
    for entry in sorted(entries, key=lambda entry: -len(entry.content)):
        known = next((group for group in groups if all(_is_same(entry, other) for other in group)), None)
        if known is None:
            groups.append([entry])
        else:
            known.append(entry)
    merged = (Activity(group[0].code, group[0].year, tuple(group)) for group in groups)
    return tuple(sorted(merged, key=lambda activity: (activity.year or 0, code_order(activity.code))))


def code_order(code: str) -> tuple[int, ...]:
    """Return what sorts codes as a table of contents does: I.9 before I.10, IX after V."""
    roman, *parts = code.split(".")
    return (from_roman(roman) or 0, *(int(part) for part in parts))


def _is_same(one: ActivityEntry, other: ActivityEntry) -> bool:
    if (one.year, one.code) != (other.year, other.code):
        return False
    alike = fuzz.token_set_ratio(fold(one.title.words), fold(other.title.words)) >= _SAME_TITLE
    return one.language != other.language or alike
