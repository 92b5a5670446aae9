"""What is said of a source: its standing, its page, and the reference that is copied into a note."""

import re
from collections.abc import Callable

from assistant.answers import Citation, CitedDocument
from ingest.documents import Document
from ui.page.library import dates_in_words

Say = Callable[..., str]
_PARAGRAPH_NUMBER = re.compile(r"\s*(\d{1,3})[.)]\s")


def standing(document: CitedDocument, say: Say, language: str) -> str:
    """Return kind, status, date and language of a document."""
    parts = (
        say(f"register.kind_{document.kind}"),
        say(f"register.status_{document.status}"),
        date_words(document.date, language),
        say(f"register.language_{document.language}"),
    )
    return " · ".join(part for part in parts if part)


def date_words(date: str | None, language: str) -> str:
    """Return a date of metadata in words, "" if there is none."""
    return dates_in_words(date, language) if date else ""


def page_words(page: int | None, label: str | None, say: Say) -> str:
    """Return the printed page and the page of the file, "" where the format has none."""
    printed = say("register.page", page=label) if label else ""
    file = say("register.file_page", page=page) if page else ""
    return ", ".join(part for part in (printed, file) if part)


def short_source(citation: Citation, say: Say) -> str:
    """Return what a list of sources says of a citation."""
    document = citation.document
    page = (
        page_words(citation.page, citation.page_label, say)
        if not citation.page_label
        else say("register.page", page=citation.page_label)
    )
    return ", ".join(part for part in (document.title, document.symbol or "", page) if part)


def formal_citation(document: Document, start: int, say: Say, language: str) -> str:
    """Return the reference of a place: symbol, paragraph, page."""
    metadata, place = document.metadata, document.place(start)
    standing_words = say(f"register.status_{metadata.status}") if metadata.status in {"draft", "adopted"} else ""
    qualified = ", ".join(part for part in (standing_words, date_words(metadata.date, language)) if part)
    page = say("register.page", page=place.page_label) if place.page_label else page_words(place.page, None, say)
    parts = (
        "SELA",
        metadata.title,
        (metadata.symbol or "") + (f" ({qualified})" if qualified and metadata.symbol else ""),
        qualified if not metadata.symbol else "",
        _paragraph(document, start, say),
        page,
    )
    return ", ".join(part for part in parts if part) + "."


def _paragraph(document: Document, start: int, say: Say) -> str:
    """Return the printed number of the paragraph at `start`, else its section."""
    block = next((b for b in document.blocks if b.start <= start < b.end), None)
    number = _PARAGRAPH_NUMBER.match(document.text[block.start : block.end]) if block else None
    if number:
        return say("source.paragraph", number=number[1])
    path = document.section_path(start)
    return say("source.section", section=" ".join(path[-1].split())) if path else ""
