"""Where to look: the corpus, one side of a comparison, an activity's section, every mention of a decision."""

from dataclasses import dataclass

from assistant.registers.activities import Activity
from assistant.registers.meeting_search import meetings_near, understand_meetings
from assistant.snapshot import Snapshot
from assistant.understanding.asked import Asked
from assistant.understanding.question import Understanding
from ingest.identifiers import Level
from ingest.normalisation import fold
from ingest.registers.entries import RegisterPlace

MOST_MEETING_PLACES = 8
_OF_ITS_ADOPTION = {Asked.DATE, Asked.DAY, Asked.MONTH, Asked.PLACE, Asked.NAME, Asked.PERSON, Asked.NUMBER}


@dataclass(frozen=True, slots=True)
class Scope:
    """One place to look.

    Args:
        documents: ids of the documents that may be used.
        year: of the programme or of the documents on this side of a comparison, None for a single side.
        is_programme: whether `year` is that of a work programme.
        pinned: places that must be read, whatever the search finds.
        mandates: places that say what a decision asked about mandates.
        is_closed: whether nothing beyond the pinned places may be used.
        activity: the activity that this scope is the section of.
    """

    documents: frozenset[str]
    year: int | None = None
    is_programme: bool = False
    pinned: tuple[RegisterPlace, ...] = ()
    mandates: tuple[RegisterPlace, ...] = ()
    is_closed: bool = False
    activity: Activity | None = None


def scopes_of(understood: Understanding, snapshot: Snapshot, documents: frozenset[str]) -> list[Scope]:
    """Return where a question has to be answered from; more than one where it sets years side by side."""
    return (
        _activity_scopes(understood, snapshot, documents)
        or _year_scopes(understood, snapshot, documents)
        or [_whole_scope(understood, snapshot, documents)]
    )


def activities_named(understood: Understanding, snapshot: Snapshot, documents: frozenset[str]) -> list[Activity]:
    """Return the activities whose codes a question names, of the years it names or of all."""
    registers = snapshot.registers.among(documents)
    years = {c.year for c in understood.codes if c.year} or set(understood.programmes)
    return [
        activity
        for code in dict.fromkeys(c.code for c in understood.codes if c.level is Level.ACTIVITY)
        for activity in registers.activities_with_code(code)
        if not years or activity.year in years
    ]


def _activity_scopes(understood: Understanding, snapshot: Snapshot, documents: frozenset[str]) -> list[Scope]:
    scopes = []
    for activity in activities_named(understood, snapshot, documents):
        version = activity.version(understood.language)
        scopes.append(
            Scope(
                documents=frozenset({version.document_id}) & documents,
                year=activity.year,
                is_programme=True,
                pinned=(version.place,),
                is_closed=True,
                activity=activity,
            )
        )
    return scopes


def _year_scopes(understood: Understanding, snapshot: Snapshot, documents: frozenset[str]) -> list[Scope]:
    years = understood.compared_years
    if Asked.COMPARISON in understood.asked and not years and "program" in fold(understood.text):
        years = _both_programmes(snapshot, documents)
    for documents_of in (snapshot.programme_documents, snapshot.dated_documents):
        sides = [(year, documents_of(year) & documents) for year in years]
        if len(sides) > 1 and all(held for _, held in sides):
            is_programme = documents_of == snapshot.programme_documents
            return [Scope(held, year=year, is_programme=is_programme) for year, held in sides]
    return []


def _both_programmes(snapshot: Snapshot, documents: frozenset[str]) -> tuple[int, ...]:
    """Return the years of the programmes held, where there are just two to compare."""
    years = tuple(y for y in snapshot.registers.known_years if snapshot.programme_documents(y) & documents)
    return years if len(years) == 2 else ()


def _whole_scope(understood: Understanding, snapshot: Snapshot, documents: frozenset[str]) -> Scope:
    """Return the whole corpus, with every mention of the decisions and meetings asked about pinned."""
    wanted = {d.number for d in understood.decisions}
    entries = [e for e in snapshot.registers.among(documents).decisions if e.number in wanted]
    mentions = [mention for entry in entries for mention in entry.mentions]
    mandates = [
        RegisterPlace(mention.place.document_id, start, end) for mention in mentions for start, end in mention.mandate
    ]
    asks_what_it_says = not understood.asked & _OF_ITS_ADOPTION
    pinned = (*(mention.place for mention in mentions), *_meeting_places(understood, snapshot, documents))
    return Scope(documents, pinned=pinned, mandates=tuple(mandates) if asks_what_it_says else ())


def _meeting_places(
    understood: Understanding, snapshot: Snapshot, documents: frozenset[str]
) -> tuple[RegisterPlace, ...]:
    """Return where documents speak of the meetings that a question may be about, those that report it first."""
    registers = snapshot.registers.among(documents)
    query = understand_meetings(
        understood.text, understood.language, years=understood.years, translate=registers.in_english
    )
    near = meetings_near(query, registers.named_meetings)
    records = sorted((r for entry in near for r in entry.records), key=lambda r: (not r.is_report, not r.values))
    return tuple(record.place for record in records[:MOST_MEETING_PLACES])
