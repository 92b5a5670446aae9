"""The registers of one snapshot: read from the catalogue when first asked for, then kept."""

from functools import cached_property, lru_cache

from rapidfuzz import fuzz, process

from assistant.registers.activities import Activity, merge_activities
from assistant.registers.comparison import Comparison, compare_programmes
from assistant.registers.figures import Figure, merge_figures
from assistant.registers.meeting_search import NamedMeeting, named_meetings
from assistant.understanding.acronyms import Acronyms
from ingest.catalogue import Catalogue
from ingest.documents import Document, Kind
from ingest.errors import UnknownRecord
from ingest.identifiers import Body, find_codes, nearest_symbols
from ingest.registers.activity_entries import activity_from_json, figure_from_json
from ingest.registers.continuity import Translate
from ingest.registers.decisions import merge_decisions
from ingest.registers.entries import DecisionEntry, mention_from_json
from ingest.registers.meeting_entries import MeetingEntry, meeting_from_json
from ingest.registers.meeting_register import merge_meetings


class Registers:
    """What all documents of a catalogue say of decisions, meetings, activities and of themselves in figures."""

    def __init__(
        self, catalogue: Catalogue, *, among: frozenset[str] | None = None, translate: Translate | None = None
    ) -> None:
        """Open the registers; nothing is read yet.

        Args:
            catalogue: of the generation being served.
            among: ids of the documents that may be shown, None for all; nothing of another shows.
            translate: gives (text, its language) in English, for programmes held in different languages.
        """
        self._catalogue = catalogue
        self._admitted = among
        self._translate = translate
        self._narrowed = lru_cache(maxsize=8)(self._narrow)
        self._compared = lru_cache(maxsize=8)(self._compare)

    def among(self, document_ids: frozenset[str] | None) -> "Registers":
        """Return the registers of those of its documents that are named, None for all of them."""
        if document_ids is None or document_ids == self._admitted:
            return self
        return self._narrowed(document_ids if self._admitted is None else document_ids & self._admitted)

    @cached_property
    def decisions(self) -> tuple[DecisionEntry, ...]:
        """Every decision that is mentioned, SELA's first."""
        mentions = [mention_from_json(payload) for payload in self._payloads("decision_mention")]
        named_in = {mention.place.document_id for mention in mentions}
        return merge_decisions(mentions, self._documents(named_in, Kind.DECISION))

    @cached_property
    def decision_numbers(self) -> frozenset[int]:
        """Numbers of every decision on record, whoever took it."""
        return frozenset(entry.number for entry in self.decisions)

    @cached_property
    def meetings(self) -> tuple[MeetingEntry, ...]:
        """Every meeting that a document speaks of, by date."""
        records = [meeting_from_json(payload) for payload in self._payloads("meeting")]
        return merge_meetings(records, self._documents({record.place.document_id for record in records}))

    @cached_property
    def named_meetings(self) -> tuple[NamedMeeting, ...]:
        """Every meeting with the words that it can be named by."""
        return named_meetings(self.meetings, self.in_english)

    @cached_property
    def activities(self) -> tuple[Activity, ...]:
        """Every activity of every work programme, by year and code."""
        return merge_activities(activity_from_json(payload) for payload in self._payloads("activity"))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """What the work programmes count of themselves, by year."""
        return merge_figures(figure_from_json(payload) for payload in self._payloads("figure"))

    @cached_property
    def acronyms(self) -> Acronyms:
        """What the documents say that acronyms stand for."""
        cards = {card.id: card for card in self._catalogue.cards.values() if self._admits(card.id)}
        languages = {card.id: card.metadata.language for card in cards.values()}
        return Acronyms.of((self._catalogue.document(i) for i in cards), languages)

    @cached_property
    def known_years(self) -> tuple[int, ...]:
        """Years of the work programmes whose activities are on record."""
        return tuple(sorted({activity.year for activity in self.activities if activity.year is not None}))

    def in_english(self, text: str, language: str) -> str:
        """Return a text word by word in English, as it is where there is no word list."""
        return text if language == "en" or self._translate is None else self._translate(text, language)

    def decision(self, number: int, *, body: Body | None = None) -> DecisionEntry | None:
        """Return a decision of a body, None if none of that number is on record.

        Args:
            number: of the decision.
            body: that took it; SELA's own bodies if not given, never another's.
        """
        found = (entry for entry in self.decisions if entry.number == number)
        return next((e for e in found if (e.body.is_own if body is None else e.body is body)), None)

    def activities_with_code(self, code: str, year: int | None = None) -> tuple[Activity, ...]:
        """Return the activities with a code, one for each year that has it; maybe none.

        Args:
            code: in any spelling: "II.2.3", "activity ii.2.3", "II.02.03".
            year: of the programme, every year if not given.
        """
        wanted = normal_code(code)
        return tuple(a for a in self.activities if a.code == wanted and (year is None or a.year == year))

    def activities_under(self, code: str, year: int | None = None) -> tuple[Activity, ...]:
        """Return the activities of an area or project: "II" or "II.2"."""
        wanted = normal_code(code)
        return tuple(a for a in self.activities if a.code.startswith(f"{wanted}.") and (year is None or a.year == year))

    def nearest_activities(self, code: str) -> tuple[Activity, ...]:
        """Return a few activities whose codes are most like one that is not on record, maybe none."""
        codes = sorted({activity.code for activity in self.activities})
        likest = [
            c for c, _, _ in process.extract(normal_code(code), codes, scorer=fuzz.ratio, limit=3, score_cutoff=60)
        ]
        return tuple(activity for c in likest for activity in self.activities if activity.code == c)

    def nearest_symbols(self, symbol: str) -> tuple[str, ...]:
        """Return the symbols of documents on record that are most like `symbol`, maybe none."""
        cards = (card for card in self._catalogue.cards.values() if self._admits(card.id))
        return nearest_symbols(symbol, {card.metadata.symbol for card in cards if card.metadata.symbol})

    def compare(self, earlier_year: int, later_year: int, *, language: str | None = None) -> Comparison:
        """Return two programmes side by side; years given in reverse are put in order.

        Raises:
            UnknownRecord: if no activity of one of the years is on record, or both years are the same.
        """
        years = (min(earlier_year, later_year), max(earlier_year, later_year))
        missing = [str(year) for year in years if year not in self.known_years]
        held = ", ".join(map(str, self.known_years)) or "none"
        if missing:
            raise UnknownRecord(
                f"No work programme for {' or '.join(dict.fromkeys(missing))} is on record.",
                next_step=f"Compare two of the years held: {held}.",
            )
        if years[0] == years[1]:
            raise UnknownRecord(
                f"{years[0]} is compared with itself.", next_step=f"Name two of the years held: {held}."
            )
        return self._compared(years, language)

    def _documents(self, ids: set[str], *kinds: Kind) -> list[Document]:
        """Return the admitted documents that are named or of a kind, in the order of their files."""
        cards = [card for card in self._catalogue.cards.values() if card.id in ids or card.metadata.kind in kinds]
        return [self._catalogue.document(card.id) for card in cards if self._admits(card.id)]

    def _payloads(self, kind: str) -> list[str]:
        return [r.payload for r in self._catalogue.records(kind) if self._admits(r.document_id)]

    def _admits(self, document_id: str) -> bool:
        return self._admitted is None or document_id in self._admitted

    def _compare(self, years: tuple[int, int], language: str | None) -> Comparison:
        return compare_programmes(self.activities, self.figures, years, language=language, translate=self._translate)

    def _narrow(self, document_ids: frozenset[str]) -> "Registers":
        return Registers(self._catalogue, among=document_ids, translate=self._translate)


def normal_code(code: str) -> str:
    """Return the normal form of a code of an area, project or activity; the words as given where it is none."""
    for text in (code, f"activity {code}", f"area {code}"):
        found = find_codes(text)
        if len(found) == 1:
            return found[0].code
    return " ".join(code.split())
