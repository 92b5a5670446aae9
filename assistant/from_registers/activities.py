"""Activities by code: unknown codes, the activity of a scope, codes of several years, and what stands under a code."""

from collections.abc import Sequence

from assistant.answers import NoteKind, Outcome
from assistant.drafts import Draft, DraftNote
from assistant.evidence import Evidence
from assistant.from_registers.asking import Asking
from assistant.from_registers.quoting import count_statement, coverage, labelled, place_quotation, quotation
from assistant.gate import DraftStatement, Quotation
from assistant.messages import message
from assistant.registers import Activity
from assistant.scope import Scope, activities_named
from assistant.snapshot import Snapshot
from assistant.understanding.asked import Asked
from ingest.identifiers import Level
from ingest.normalisation import fold
from ingest.registers.activity_entries import ActivityEntry

MOST_LISTED = 40
_ACTIVITY = ("activi", "ativi")


def unknown_codes(asking: Asking) -> Draft | None:
    """Refuse a question about activities of which none is on record."""
    notes = unknown_code_notes(asking)
    if not notes or activities_named(asking.understood, asking.snapshot, asking.documents):
        return None
    return Draft(Outcome.NO_EVIDENCE, notes=notes)


def unknown_code_notes(asking: Asking) -> tuple[DraftNote, ...]:
    """Return a note for each activity code that no programme asked about has."""
    named = {a.code for a in activities_named(asking.understood, asking.snapshot, asking.documents)}
    codes = dict.fromkeys(c.code for c in asking.understood.codes if c.level is Level.ACTIVITY)
    return tuple(
        DraftNote(NoteKind.UNKNOWN_IDENTIFIER, _unknown_code(code, asking)) for code in codes if code not in named
    )


def ambiguous_code_notes(asking: Asking, sides: Sequence[Evidence]) -> tuple[DraftNote, ...]:
    """Return a note where a code means something else in each of several programmes, and no year is named."""
    years = [str(side.scope.year) for side in sides if side.scope.activity is not None]
    if len(set(years)) < 2 or asking.understood.programmes:
        return ()
    code = asking.understood.codes[0].code
    words = asking.say("note.ambiguous_code", code=code, years=", ".join(years))
    return (DraftNote(NoteKind.AMBIGUOUS_CODE, words),)


def listed_activities(asking: Asking) -> Draft | None:
    """Answer "which activities has project I.3?" with their number and the headings of all of them."""
    understood = asking.understood
    wants_list = bool(understood.asked & {Asked.LIST, Asked.NUMBER}) or not understood.asked
    if not wants_list or not any(word in fold(understood.text) for word in _ACTIVITY):
        return None
    found = _under_codes(asking)
    headings = [heading_of(version, asking.snapshot) for _, version in found]
    if not found:
        return None
    items = [
        labelled(programme_label(activity.year, asking.language), (heading,))
        for (activity, _), heading in zip(found[:MOST_LISTED], headings, strict=False)
    ]
    counted = count_statement(asking, "lead.activities", headings)
    return Draft(Outcome.ANSWERED, (counted, *items), (coverage(asking),))


def activity_heading(scope: Scope, snapshot: Snapshot, language: str) -> list[DraftStatement]:
    """Return the statement that says what the activity of a scope is: its heading, quoted."""
    if scope.activity is None:
        return []
    heading = heading_of(_version_of(scope, scope.activity), snapshot)
    return [labelled(programme_label(scope.year, language), (heading,))]


def first_objective(scope: Scope, snapshot: Snapshot) -> list[DraftStatement]:
    """Return the first objective, or else expected result, of the activity of a scope, quoted."""
    if scope.activity is None:
        return []
    version = _version_of(scope, scope.activity)
    aims = (*version.objectives, *version.expected_results)
    return [DraftStatement("", (place_quotation(aims[0].places[0], snapshot),))] if aims else []


def heading_of(entry: ActivityEntry, snapshot: Snapshot) -> Quotation:
    """Return the heading of an activity, code and title, quoted."""
    document = snapshot.catalogue.document(entry.document_id)
    return quotation(document, entry.place.start, entry.title.places[-1].end)


def programme_label(year: int | None, language: str) -> str:
    """Return "Programme 2017:"."""
    return message("label.programme", language, year=year if year is not None else "–") + ":"


def _version_of(scope: Scope, activity: Activity) -> ActivityEntry:
    return next(version for version in activity.versions if version.document_id in scope.documents)


def _unknown_code(code: str, asking: Asking) -> str:
    registers = asking.registers
    years = ", ".join(str(activity.year) for activity in registers.activities_with_code(code))
    if years:
        asked = ", ".join(str(year) for year in asking.understood.programmes)
        return asking.say("note.unknown_code_year", code=code, year=asked, years=years)
    nearest = ", ".join(f"{a.code} ({a.year})" for a in registers.nearest_activities(code))
    return asking.say("note.nearest_code" if nearest else "note.unknown_code", code=code, nearest=nearest)


def _under_codes(asking: Asking) -> list[tuple[Activity, ActivityEntry]]:
    understood, registers = asking.understood, asking.registers
    years = set(understood.programmes or understood.years)
    codes = [c for c in understood.codes if c.level in (Level.PROJECT, Level.AREA)]
    found = [a for c in codes for a in registers.activities_under(c.code) if not years or a.year in years]
    return [(activity, activity.version(understood.language)) for activity in dict.fromkeys(found)]
