"""The documents that register entries name, as a visitor reads of them: titles, years, places and dates in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.catalogue import DocumentCard
from ingest.documents import Kind
from ingest.identifiers import find_years, render_dates, to_roman
from ingest.registers.entries import Attribute, RegisterPlace, StatedValue, Variant
from ingest.registers.meeting_values import dates_of_value
from ui.page.tables import Cell, Piece

Say = Callable[..., str]
Span = tuple[int, int]
_LARGEST_ROMAN = 3999


@dataclass(frozen=True)
class Library:
    """What a page of the registers needs to speak of documents.

    Args:
        cards: of the documents that the visitor may see, by id.
        text: gives a document's canonical text by its id.
        language: of the interface.
        say: gives words of the interface, as `PageContext.say`.
    """

    cards: Mapping[str, DocumentCard]
    text: Callable[[str], str]
    language: str
    say: Say

    def title(self, document_id: str) -> str:
        """Return a document's title, and its language where it is another than the visitor's."""
        return self.cards[document_id].metadata.title

    def language_of(self, document_id: str) -> str:
        """Return the language of a document where it is not that of the interface, otherwise ""."""
        language = self.cards[document_id].metadata.language
        return "" if language == self.language else language

    def year(self, document_id: str) -> int | None:
        """Return the year of a document: of its date, else one that its title names; None if neither."""
        metadata = self.cards[document_id].metadata
        if metadata.date:
            return int(metadata.date[:4])
        named = find_years(metadata.title) if metadata.kind is Kind.WORK_PROGRAMME else ()
        return named[0] if named else None

    def hint(self, place: RegisterPlace) -> str:
        """Return which document and page a place is on."""
        page = self.page(place)
        return f"{self.title(place.document_id)}{f', {page}' if page else ''}"

    def page(self, place: RegisterPlace) -> str:
        """Return the printed page of a place, else the page of the file, "" where the format has none."""
        if place.page is None:
            return ""
        if place.page_label is None:
            return self.say("register.file_page", page=place.page)
        return self.say("register.page", page=place.page_label)

    def piece(self, words: str, place: RegisterPlace, *, is_ours: bool = False) -> Piece:
        """Return words that lead to a place; in the language of the document unless they are ours."""
        language = "" if is_ours else self.language_of(place.document_id)
        return Piece(words, place, hint=self.hint(place), language=language)

    def quotation(self, document_id: str, spans: Sequence[Span], place: RegisterPlace) -> Piece:
        """Return what a document says, white space made one blank, leading to the whole of it; its hint is short."""
        text = self.text(document_id)
        words = " ".join(" ".join(text[start:end] for start, end in spans).split())
        whole = RegisterPlace(document_id, spans[0][0], spans[-1][1], place.page, place.page_label)
        hint = ", ".join(filter(None, (self.say("register.source"), self.page(place))))
        return replace(self.piece(words, whole), hint=hint)

    def value(self, variant: Variant) -> Piece:
        """Return a value that documents state, leading to its first statement, in the visitor's language if there."""
        return self.statement(self.nearest(variant.stated))

    def statement(self, stated: StatedValue) -> Piece:
        """Return a value as it is shown: dates and sessions in the visitor's language, other words as written."""
        match stated.attribute:
            case Attribute.DATES:
                return self.piece(dates_in_words(stated.value, self.language), stated.place, is_ours=True)
            case Attribute.SESSION:
                return self.piece(session_in_words(stated.value), stated.place, is_ours=True)
            case _:
                return self.piece(stated.words, stated.place)

    def nearest(self, stated: Sequence[StatedValue]) -> StatedValue:
        """Return the first statement in the visitor's language, else the first."""
        return next((s for s in stated if not self.language_of(s.place.document_id)), stated[0])

    def documents_of(self, places: Sequence[RegisterPlace]) -> tuple[str, ...]:
        """Return the documents of some places, by year and then by file, those without a year last."""
        ids = dict.fromkeys(place.document_id for place in places)
        return tuple(sorted(ids, key=lambda i: (self.year(i) or 9999, self.cards[i].file)))


def dates_in_words(value: str, language: str) -> str:
    """Return an ISO date or "start/end" in words: "7 to 9 April 2003"."""
    return render_dates(dates_of_value(value), language)


def session_in_words(value: str) -> str:
    """Return the number of a session with its Roman form: "28 (XXVIII)"; other words as they are."""
    return f"{value} ({to_roman(int(value))})" if value.isdecimal() and 0 < int(value) <= _LARGEST_ROMAN else value


def values_cell(library: Library, variants: Sequence[Variant], *, is_disputed: bool) -> Cell:
    """Return the cell of an attribute: every value where documents disagree, otherwise the one told best."""
    if not variants:
        return Cell()
    shown = list(variants) if is_disputed else [best_told(variants, library)]
    first = min(v.value for v in shown)
    order = (float(first), "") if first.isdecimal() else (0.0, first.casefold())
    return Cell(tuple(library.value(v) for v in shown), order, mark="disagree" if is_disputed else "")


def best_told(variants: Sequence[Variant], library: Library) -> Variant:
    """Return the most precise dates, and of other values the one stated most often in the visitor's language."""
    if variants[0].stated[0].attribute is Attribute.DATES:
        return max(variants, key=lambda v: (len(v.value), len(v.stated)))
    return max(
        variants, key=lambda v: (sum(not library.language_of(s.place.document_id) for s in v.stated), len(v.stated))
    )
