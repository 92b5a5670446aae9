"""Work programmes by year: those asked about that no document is."""

from assistant.answers import NoteKind, Outcome
from assistant.drafts import Draft, DraftNote
from assistant.from_registers.asking import Asking
from ingest.identifiers import programme_years


def unheld_programmes(asking: Asking) -> Draft | None:
    """Refuse a question about the programme of a year that no document is, and none speaks of as a programme."""
    notes = unheld_programme_notes(asking)
    if not notes or len(notes) < len(asking.understood.programmes):
        return None
    return Draft(Outcome.NO_EVIDENCE, notes=notes)


def unheld_programme_notes(asking: Asking) -> tuple[DraftNote, ...]:
    """Return a note for each programme asked about that is not held nor spoken of."""
    return year_notes([y for y in asking.understood.programmes if not _is_spoken_of(y, asking)], asking)


def year_notes(years: list[int], asking: Asking) -> tuple[DraftNote, ...]:
    """Return a note for each year whose programme is not held, with the years that are."""
    known = ", ".join(map(str, asking.registers.known_years)) or "–"
    return tuple(
        DraftNote(NoteKind.UNKNOWN_IDENTIFIER, asking.say("note.unknown_year", year=year, known=known))
        for year in years
    )


def _is_spoken_of(year: int, asking: Asking) -> bool:
    if asking.snapshot.programme_documents(year) & asking.documents:
        return True
    catalogue = asking.snapshot.catalogue
    found = [
        i
        for language in catalogue.languages
        for i in catalogue.lexical([str(year)], language=language, among=asking.documents, limit=50)
    ]
    return any(
        year in {p.year for p in programme_years(passage.text)} for passage in catalogue.passages(found).values()
    )
