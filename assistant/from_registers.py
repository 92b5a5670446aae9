"""What the registers answer by themselves: identifiers that are unknown or another body's, codes, lists, symbols."""

from collections.abc import Iterable, Sequence

from assistant.answers import NoteKind, Outcome
from assistant.drafts import Draft, DraftNote
from assistant.evidence import Evidence
from assistant.gate import DraftStatement, Quotation
from assistant.messages import message
from assistant.scope import Scope, activities_named
from assistant.snapshot import Snapshot
from assistant.understanding.asked import Asked
from assistant.understanding.question import Understanding
from ingest.documents import Document
from ingest.identifiers import Body, Level, body_name, find_symbols, normal_symbol, programme_years
from ingest.normalisation import fold
from ingest.registers.entries import Attribute, DecisionEntry, RegisterPlace, StatedValue

MOST_LISTED = 40


def answer_from_registers(
    understood: Understanding, sides: Sequence[Evidence], snapshot: Snapshot, documents: frozenset[str]
) -> Draft | None:
    """Return the answer that registers give without reading passages, None where they have none."""
    strategies = (
        _unknown_decisions(understood, snapshot, documents),
        _unknown_codes(understood, snapshot, documents),
        _unknown_symbols(understood, snapshot, documents),
        _unheld_programmes(understood, snapshot, documents),
        _symbol_of_document(understood, snapshot, documents),
        _listed_decisions(understood, snapshot, documents),
        _listed_activities(understood, snapshot, documents),
    )
    return next((draft for draft in strategies if draft is not None), None)


def notes_on_identifiers(
    understood: Understanding, snapshot: Snapshot, sides: Sequence[Evidence], documents: frozenset[str]
) -> tuple[DraftNote, ...]:
    """Return the notes that identifiers call for: another body's decision, a disagreement, a code of several years."""
    entries = _entries(understood, snapshot, documents)
    return (
        *_other_body_notes(understood, entries),
        *_contradiction_notes(understood, entries, snapshot),
        *_ambiguity_notes(understood, sides),
    )


def activity_heading(scope: Scope, snapshot: Snapshot, language: str) -> list[DraftStatement]:
    """Return the statement that says what the activity of a scope is: its heading, quoted."""
    if scope.activity is None:
        return []
    version = next(v for v in scope.activity.versions if v.document_id in scope.documents)
    document = snapshot.catalogue.document(version.document_id)
    end = version.title.places[-1].end
    label = message("label.programme", language, year=scope.year) + ":"
    return [DraftStatement(label, (_quotation(document, version.place.start, end),), template=label)]


def first_objective(scope: Scope, snapshot: Snapshot) -> list[DraftStatement]:
    """Return the first objective, or else expected result, of the activity of a scope, quoted."""
    if scope.activity is None:
        return []
    version = next(v for v in scope.activity.versions if v.document_id in scope.documents)
    aims = (*version.objectives, *version.expected_results)
    return [DraftStatement("", (place_quotation(aims[0].places[0], snapshot),))] if aims else []


def _entries(understood: Understanding, snapshot: Snapshot, documents: frozenset[str]) -> list[DecisionEntry]:
    wanted = {d.number for d in understood.decisions}
    return [entry for entry in snapshot.registers.among(documents).decisions if entry.number in wanted]


def _unknown_decisions(understood: Understanding, snapshot: Snapshot, documents: frozenset[str]) -> Draft | None:
    registers = snapshot.registers.among(documents)
    unknown = [d for d in understood.decisions if d.number not in registers.decision_numbers]
    if not unknown or len(unknown) < len(understood.decisions):
        return None
    own = sorted(e.number for e in registers.decisions if e.body.is_own)
    known = ", ".join(map(str, own)) or "–"
    notes = tuple(
        DraftNote(
            NoteKind.UNKNOWN_IDENTIFIER,
            message("note.unknown_decision", understood.answer_language, number=d.number, known=known),
        )
        for d in unknown
    )
    return Draft(Outcome.NO_EVIDENCE, notes=notes)


def _unknown_codes(understood: Understanding, snapshot: Snapshot, documents: frozenset[str]) -> Draft | None:
    codes = [c for c in understood.codes if c.level is Level.ACTIVITY]
    if not codes or activities_named(understood, snapshot, documents):
        return None
    language, registers = understood.answer_language, snapshot.registers.among(documents)
    notes = []
    for code in dict.fromkeys(c.code for c in codes):
        years = [str(a.year) for a in registers.activities_with_code(code)]
        asked = ", ".join(str(y) for y in understood.programmes)
        notes.append(
            message("note.unknown_code_year", language, code=code, year=asked, years=", ".join(years))
            if years
            else message("note.unknown_code", language, code=code)
        )
    return Draft(Outcome.NO_EVIDENCE, notes=tuple(DraftNote(NoteKind.UNKNOWN_IDENTIFIER, n) for n in notes))


def _unknown_symbols(understood: Understanding, snapshot: Snapshot, documents: frozenset[str]) -> Draft | None:
    language = understood.answer_language
    missing = [s for s in understood.symbols if not _mentions_symbol(s.normal, snapshot, documents)]
    if not missing or len(missing) < len(understood.symbols):
        return None
    notes = []
    for symbol in missing:
        nearest = snapshot.registers.among(documents).nearest_symbols(symbol.symbol)
        key = "note.nearest_symbol" if nearest else "note.unknown_symbol"
        notes.append(message(key, language, symbol=symbol.symbol, nearest="; ".join(nearest)))
    return Draft(Outcome.NO_EVIDENCE, notes=tuple(DraftNote(NoteKind.UNKNOWN_IDENTIFIER, n) for n in notes))


def _unheld_programmes(understood: Understanding, snapshot: Snapshot, documents: frozenset[str]) -> Draft | None:
    """Refuse a question about the programme of a year that no document is, and none speaks of as a programme."""
    years = understood.programmes
    if not years or any(_speaks_of_programme(year, snapshot, documents) for year in years):
        return None
    known = ", ".join(map(str, snapshot.registers.among(documents).known_years)) or "–"
    notes = tuple(
        DraftNote(
            NoteKind.UNKNOWN_IDENTIFIER,
            message("note.unknown_year", understood.answer_language, year=year, known=known),
        )
        for year in years
    )
    return Draft(Outcome.NO_EVIDENCE, notes=notes)


def _speaks_of_programme(year: int, snapshot: Snapshot, documents: frozenset[str]) -> bool:
    if snapshot.programme_documents(year) & documents:
        return True
    catalogue = snapshot.catalogue
    found = [
        i
        for language in catalogue.languages
        for i in catalogue.lexical([str(year)], language=language, among=documents, limit=50)
    ]
    return any(
        year in {p.year for p in programme_years(passage.text)} for passage in catalogue.passages(found).values()
    )


def _mentions_symbol(normal: str, snapshot: Snapshot, documents: frozenset[str]) -> bool:
    return any(normal == found.normal for i in documents for found in find_symbols(snapshot.catalogue.document(i).text))


def _symbol_of_document(understood: Understanding, snapshot: Snapshot, documents: frozenset[str]) -> Draft | None:
    """Answer "what is the symbol of …" with the words of the document that state it."""
    if Asked.SYMBOL not in understood.asked or len(understood.programmes) != 1:
        return None
    for identifier in sorted(snapshot.programme_documents(understood.programmes[0]) & documents):
        document = snapshot.catalogue.document(identifier)
        own = normal_symbol(document.metadata.symbol or "")
        for found in find_symbols(document.text):
            if found.normal == own:
                block = next(b for b in document.blocks if b.start <= found.start < b.end)
                quotation = _quotation(document, block.start, min(block.end, found.end))
                return Draft(Outcome.ANSWERED, (DraftStatement("", (quotation,)),))
    return None


def _listed_decisions(understood: Understanding, snapshot: Snapshot, documents: frozenset[str]) -> Draft | None:
    """Answer "which decisions are mentioned?" whole, with coverage."""
    wants_list = understood.asked & {Asked.LIST, Asked.NUMBER, Asked.MENTIONS}
    if not wants_list or understood.decisions or not _is_about_decisions(understood):
        return None
    entries = [e for e in snapshot.registers.among(documents).decisions if e.body.is_own]
    if not entries:
        return None
    statements = tuple(_mention_statement(entry, snapshot, understood.answer_language) for entry in entries)
    return Draft(Outcome.ANSWERED, statements, (_coverage(snapshot, documents, understood.answer_language),))


def _is_about_decisions(understood: Understanding) -> bool:
    words = fold(understood.text)
    plural = any(w in words for w in ("decisions", "decisiones", "decisoes"))
    content = [w for w in words.split() if len(w) > 3]
    return (
        plural
        and len(content) <= 9
        and any(
            stem in words
            for stem in (
                "mention",
                "mencion",
                "record",
                "regist",
                "refer",
                "list",
                "document",
                "corpus",
                "conoc",
                "known",
                "how many",
                "cuantas",
                "quantas",
                "combien",
            )
        )
    )


def _mention_statement(entry: DecisionEntry, snapshot: Snapshot, language: str) -> DraftStatement:
    mention = entry.mentions[0]
    document = snapshot.catalogue.document(mention.place.document_id)
    label = message("label.decision", language, number=entry.number) + ":"
    return DraftStatement(label, (_quotation(document, mention.place.start, mention.place.end),), template=label)


def _listed_activities(understood: Understanding, snapshot: Snapshot, documents: frozenset[str]) -> Draft | None:
    """Answer "which activities are in project I.3?" with the headings of the activities under the code."""
    codes = [c for c in understood.codes if c.level in (Level.PROJECT, Level.AREA)]
    wants_list = bool(understood.asked & {Asked.LIST, Asked.NUMBER}) or not understood.asked
    if not codes or not wants_list or not any(w in fold(understood.text) for w in ("activi", "ativi")):
        return None
    registers, years = snapshot.registers.among(documents), set(understood.programmes or understood.years)
    found = [a for c in codes for a in registers.activities_under(c.code) if not years or a.year in years]
    if not found:
        return None
    statements = []
    for activity in found[:MOST_LISTED]:
        version = activity.version(understood.language)
        scope = Scope(frozenset({version.document_id}), year=activity.year, is_programme=True, activity=activity)
        statements += activity_heading(scope, snapshot, understood.answer_language)
    return Draft(Outcome.ANSWERED, tuple(statements), (_coverage(snapshot, documents, understood.answer_language),))


def _other_body_notes(understood: Understanding, entries: Iterable[DecisionEntry]) -> list[DraftNote]:
    language = understood.answer_language
    return [
        DraftNote(
            NoteKind.OTHER_BODY,
            message("note.other_body", language, number=e.number, body=body_name(Body(e.body), language)),
        )
        for e in entries
        if not e.body.is_own
    ]


def _contradiction_notes(
    understood: Understanding, entries: Iterable[DecisionEntry], snapshot: Snapshot
) -> list[DraftNote]:
    language = understood.answer_language
    notes = []
    for entry in entries:
        for disagreement in entry.disagreements:
            stated = [variant.stated[0] for variant in disagreement.variants]
            values = "; ".join(value.words for value in stated)
            what = message(f"label.{_LABELS[disagreement.attribute]}", language)
            notes.append(
                DraftNote(
                    NoteKind.CONTRADICTION,
                    message("note.contradiction", language, what=f"{what} ({entry.number})", values=values),
                    tuple(_sentence_of(value, entry, snapshot) for value in stated),
                )
            )
    return notes


_LABELS = {
    Attribute.TITLE: "title",
    Attribute.SESSION: "session",
    Attribute.DATES: "dates",
    Attribute.LOCATION: "place",
}


def _sentence_of(value: StatedValue, entry: DecisionEntry, snapshot: Snapshot) -> Quotation:
    """Return the piece of the mentioning sentence in which a value stands."""
    document = snapshot.catalogue.document(value.place.document_id)
    for mention in entry.mentions:
        for start, end in mention.sentence:
            same = mention.place.document_id == document.id
            if same and start <= value.place.start and value.place.end <= end:
                return _quotation(document, start, end)
    return _quotation(document, value.place.start, value.place.end)


def _ambiguity_notes(understood: Understanding, sides: Sequence[Evidence]) -> list[DraftNote]:
    years = [str(side.scope.year) for side in sides if side.scope.activity is not None]
    if len(years) < 2 or understood.programmes:
        return []
    code = understood.codes[0].code
    words = message("note.ambiguous_code", understood.answer_language, code=code, years=", ".join(years))
    return [DraftNote(NoteKind.AMBIGUOUS_CODE, words)]


def _coverage(snapshot: Snapshot, documents: frozenset[str], language: str) -> DraftNote:
    words = message("note.coverage", language, searched=len(documents), unreadable=len(snapshot.catalogue.rejections))
    return DraftNote(NoteKind.COVERAGE, words)


def _quotation(document: Document, start: int, end: int) -> Quotation:
    return Quotation(document.id, start, end, document.text[start:end])


def place_quotation(place: RegisterPlace, snapshot: Snapshot) -> Quotation:
    """Return the words at a place of a register."""
    return _quotation(snapshot.catalogue.document(place.document_id), place.start, place.end)
