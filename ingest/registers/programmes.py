"""Which work programme a document is: its year, and the work that its language versions share."""

import re

from ingest.documents import Document
from ingest.identifiers import find_years, programme_years

_OPENING = 3000


def year_of_programme(document: Document) -> int | None:
    """Return the year that a programme is for, by its title or else by the words it opens with; None if unknown."""
    named = [found.year for found in programme_years(document.metadata.title)]
    if not named:
        named = list(find_years(document.metadata.title))
    if not named:
        named = [found.year for found in programme_years(document.text[:_OPENING])]
    return named[0] if named else None


def work_of(document: Document) -> str:
    """Return what the versions of one work have in common: its symbol, or else the work its manifest names."""
    metadata = document.metadata
    shared = metadata.symbol or metadata.work
    return re.sub(r"\s+", " ", shared) if shared else document.id
