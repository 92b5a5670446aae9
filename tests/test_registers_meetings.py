"""The register of meetings: names, dates, places, held and planned, conclusions, disagreement and look-up."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from meeting_list import MEETINGS, Listed

from ingest.document_building import build_document
from ingest.documents import BlockKind, Document, Kind, Metadata, SourceDocument, Status
from ingest.layout import lay_out
from ingest.normalisation import fold
from ingest.outline import find_sections
from ingest.reading import read_file
from ingest.reading.markdown import read_markdown
from ingest.registers.entries import Attribute, StatedValue
from ingest.registers.meeting_entries import (
    MeetingEntry,
    MeetingKind,
    MeetingRecord,
    PointKind,
    Standing,
    meeting_entry_from_json,
    meeting_from_json,
    to_json,
)
from ingest.registers.meeting_names import find_meeting_names
from ingest.registers.meeting_places import find_locations, same_location
from ingest.registers.meeting_register import meetings_matching, merge_meetings
from ingest.registers.meetings import meetings_of

Register = dict[str, tuple[MeetingEntry, ...]]
SAMPLES = Path(__file__).resolve().parents[1] / "corpus"


def _markdown(
    text: str,
    *,
    name: str = "one.md",
    title: str = "A title",
    kind: Kind = Kind.OTHER,
    date: str | None = None,
    language: str = "en",
) -> Document:
    source: SourceDocument = read_markdown(text)
    layout = lay_out(source)
    metadata = Metadata(title, None, kind, Status.UNKNOWN, date, language)
    return Document(name, name, "", source.format, metadata, layout.text, layout.blocks, find_sections(layout))


def _files(folder: Path) -> list[Document]:
    paths = sorted(p for p in folder.rglob("*") if p.suffix in {".txt", ".md", ".html", ".docx", ".pdf"})
    kept = [path for path in paths if ".sources" not in path.parts]
    return [build_document(read_file(path), file=path.relative_to(folder).as_posix(), sha256="") for path in kept]


@pytest.fixture(scope="module")
def documents(reference: Path) -> dict[str, Document]:
    return {document.file[:3]: document for document in _files(reference / "corpus")}


@pytest.fixture(scope="module")
def by_document(documents: dict[str, Document]) -> Register:
    return {number: merge_meetings(meetings_of(document), [document]) for number, document in documents.items()}


@pytest.fixture(scope="module")
def register(documents: dict[str, Document]) -> tuple[MeetingEntry, ...]:
    held = list(documents.values())
    return merge_meetings([record for document in held for record in meetings_of(document)], held)


@pytest.fixture(scope="module")
def samples() -> tuple[MeetingEntry, ...]:
    held = _files(SAMPLES)
    return merge_meetings([record for document in held for record in meetings_of(document)], held)


def _values(entry: MeetingEntry, attribute: Attribute) -> list[str]:
    return [variant.value for variant in entry.variants.get(attribute, ())]


def _words(entry: MeetingEntry) -> str:
    texts = {entry.name, *(record.name for record in entry.records), *(record.subject for record in entry.records)}
    return fold(" ".join(texts)).replace("-", " ")


def _fits(entry: MeetingEntry, listed: Listed) -> bool:
    words = listed.words.replace("-", " ").split()
    return entry.ordinal == listed.ordinal and all(word in _words(entry) for word in words)


def _found(entries: Iterable[MeetingEntry], listed: Listed) -> list[MeetingEntry]:
    """Return the entries of a listed meeting: by name and ordinal, its dates where any fit, then its standing."""
    fitting = [entry for entry in entries if _fits(entry, listed)]
    dated = [e for e in fitting if set(_values(e, Attribute.DATES)) & set(listed.dates)] if listed.dates else fitting
    return sorted(dated or fitting, key=lambda entry: entry.standing.value not in listed.standing)


@pytest.mark.reference
def test_meetings_listed_by_hand_are_found(by_document: Register) -> None:
    missed = [listed for listed in MEETINGS if not _found(by_document[listed.document], listed)]
    assert len(missed) <= 0.05 * len(MEETINGS), missed


@pytest.mark.reference
def test_every_listed_meeting_that_is_found_has_its_dates(by_document: Register) -> None:
    wrong = [
        (listed, _values(found[0], Attribute.DATES))
        for listed in MEETINGS
        if (found := _found(by_document[listed.document], listed))
        and listed.dates
        and not set(_values(found[0], Attribute.DATES)) & set(listed.dates)
    ]
    assert wrong == []


@pytest.mark.reference
def test_every_listed_meeting_that_is_found_is_held_or_planned_as_its_document_says(by_document: Register) -> None:
    wrong = [
        (listed, found[0].standing)
        for listed in MEETINGS
        if (found := _found(by_document[listed.document], listed)) and found[0].standing.value not in listed.standing
    ]
    assert wrong == []


@pytest.mark.reference
def test_every_listed_meeting_that_is_found_has_its_place(by_document: Register) -> None:
    wrong = [
        (listed, _values(found[0], Attribute.LOCATION))
        for listed in MEETINGS
        if listed.place
        and (found := _found(by_document[listed.document], listed))
        and not any(listed.place in fold(value) for value in _values(found[0], Attribute.LOCATION))
    ]
    assert wrong == []


@pytest.mark.reference
def test_nine_in_ten_entries_with_a_date_or_place_are_on_the_list(by_document: Register) -> None:
    listed = {id(found[0]) for each in MEETINGS if (found := _found(by_document[each.document], each))}
    entries = [entry for found in by_document.values() for entry in found]
    placed = [e for e in entries if e.variants.get(Attribute.DATES) or e.variants.get(Attribute.LOCATION)]
    unlisted = [entry.name for entry in placed if id(entry) not in listed]
    assert len(unlisted) <= 0.1 * len(placed), unlisted


@pytest.mark.reference
def test_third_meeting_of_port_communities_shows_both_of_its_dates(register: tuple[MeetingEntry, ...]) -> None:
    (entry,) = meetings_matching(register, "III Meeting of Logistic Port Communities")
    (disagreement,) = entry.disagreements
    assert {variant.value for variant in disagreement.variants} == {"2018-08-16/2018-08-17", "2018-08-16/2018-08-18"}


@pytest.mark.reference
def test_first_meeting_of_port_communities_is_one_entry_over_both_programmes(
    register: tuple[MeetingEntry, ...], documents: dict[str, Document]
) -> None:
    found = meetings_matching(register, "first meeting of logistic port communities")
    assert {record.place.document_id for record in found[0].records} == {documents["001"].id, documents["003"].id}


@pytest.mark.reference
def test_rapporteurs_report_gives_its_eight_conclusions_whole(register: tuple[MeetingEntry, ...]) -> None:
    (entry,) = [entry for entry in register if "inter-secretariat" in entry.name]
    assert [point.number for point in entry.points] == ["1", "2", "3", "4", "5", "6", "7", "8"]
    assert {point.kind for point in entry.points} == {PointKind.CONCLUSION}
    assert len(entry.reported_in) == 1


@pytest.mark.reference
def test_meeting_of_may_2011_gives_its_eight_recommendations_whole(
    register: tuple[MeetingEntry, ...], documents: dict[str, Document]
) -> None:
    (entry,) = [entry for entry in register if _values(entry, Attribute.DATES) == ["2011-05-05"]]
    assert [point.number for point in entry.points] == ["1", "2", "3", "4", "5", "6", "7", "8"]
    text = documents["000"].text
    assert text[entry.points[7].spans[-1][0] : entry.points[7].place.end].startswith("1. Define the most promising")


@pytest.mark.reference
def test_every_value_stands_verbatim_at_its_place(documents: dict[str, Document]) -> None:
    for document in documents.values():
        for value in (value for record in meetings_of(document) for value in record.values):
            written = " ".join(document.text[value.place.start : value.place.end].split())
            assert written == value.words or _crosses_furniture(document, value)


def _crosses_furniture(document: Document, value: StatedValue) -> bool:
    furniture = [block for block in document.blocks if block.kind is BlockKind.FURNITURE]
    return any(value.place.start < block.start < value.place.end for block in furniture)


@pytest.mark.reference
def test_records_and_entries_survive_json(register: tuple[MeetingEntry, ...]) -> None:
    for entry in register:
        assert meeting_entry_from_json(to_json(entry)) == entry
        assert all(meeting_from_json(to_json(record)) == record for record in entry.records)


HELD_AND_PLANNED = [
    ("en", "The V Meeting of Ministers was held in Quito, Ecuador, on 3 and 4 May 2011.", "held", "Quito, Ecuador"),
    ("en", "The V Meeting of Ministers will be held in Quito on 3 and 4 May 2011.", "planned", "Quito"),
    ("en", "The V Meeting of Ministers is scheduled for 3 and 4 May 2011 in Quito.", "planned", "Quito"),
    ("en", "The V Meeting of Ministers took place in Quito from 3 to 4 May 2011.", "held", "Quito"),
    (
        "es",
        "La V Reunión de Ministros se celebró en Quito, Ecuador, el 3 y 4 de mayo de 2011.",
        "held",
        "Quito, Ecuador",
    ),
    ("es", "La V Reunión de Ministros se celebrará en Quito los días 3 y 4 de mayo de 2011.", "planned", "Quito"),
    ("es", "La V Reunión de Ministros tuvo lugar en Quito del 3 al 4 de mayo de 2011.", "held", "Quito"),
    ("pt", "A V Reunião de Ministros realizou-se em Quito, em 3 e 4 de maio de 2011.", "held", "Quito"),
    ("pt", "A V Reunião de Ministros está prevista para 3 e 4 de maio de 2011 em Quito.", "planned", "Quito"),
    ("fr", "La Ve réunion des ministres a eu lieu à Quito les 3 et 4 mai 2011.", "held", "Quito"),
    ("fr", "La Ve réunion des ministres aura lieu à Quito les 3 et 4 mai 2011.", "planned", "Quito"),
]


@pytest.mark.parametrize(("language", "sentence", "standing", "location"), HELD_AND_PLANNED)
def test_held_and_planned_are_told_apart_in_four_languages(
    language: str, sentence: str, standing: str, location: str
) -> None:
    (record,) = meetings_of(_markdown(sentence, language=language))
    assert (record.ordinal, record.standing.value, record.kind) == (5, standing, MeetingKind.MEETING)
    assert [value.value for value in record.stated(Attribute.DATES)] == ["2011-05-03/2011-05-04"]
    assert [value.value for value in record.stated(Attribute.LOCATION)] == [location]


def test_sentence_that_takes_up_a_meeting_gives_its_date_to_it() -> None:
    text = "The agency called a Meeting of Harbour Masters on Dredging.\n\nThis meeting was held in Lima on 5 May 2011."
    entries = merge_meetings(meetings_of(_markdown(text)), [_markdown(text)])
    (entry,) = [entry for entry in entries if entry.variants]
    assert entry.name == "Meeting of Harbour Masters on Dredging"
    assert _values(entry, Attribute.DATES) == ["2011-05-05"]


def test_yearless_dates_take_the_year_of_their_sentence_heading_or_report() -> None:
    heading = "# BACKGROUND: WORK PROGRAMME FOR 2018\n\nThe II Meeting of Ports was held in Lima on 3 May."
    (by_heading,) = meetings_of(_markdown(heading))
    report = _markdown("The II Meeting of Ports was held in Lima on 3 May last year.", date="2019-02-01")
    (by_document,) = meetings_of(report)
    (unknown,) = meetings_of(_markdown("The II Meeting of Ports was held in Lima on 3 May."))
    dates = [each.stated(Attribute.DATES)[0].value for each in (by_heading, by_document, unknown)]
    assert dates == ["2018-05-03", "2018-05-03", "--05-03"]


def test_rows_that_prepare_a_meeting_give_it_no_date() -> None:
    text = (
        "# Activity I.1.1. IV Meeting of Ports\n\n## D. Activities and schedule\n\n"
        "| Activities | Schedule |\n|---|---|\n"
        "| Convocation of the IV Meeting of Ports | March |\n| Holding of the IV Meeting of Ports | June |\n"
    )
    document = _markdown(text, title="Work Programme for the year 2017", kind=Kind.WORK_PROGRAMME, date="2016-10")
    (entry,) = merge_meetings(meetings_of(document), [document])
    assert (_values(entry, Attribute.DATES), entry.standing) == (["2017-06"], Standing.PLANNED)


def test_table_of_meetings_gives_one_entry_for_each_row() -> None:
    text = (
        "| Seminar of 2023 | Date | Place |\n|---|---|---|\n"
        "| Food | 20 April | San Salvador |\n| Energy | 9 May | Lima |\n"
    )
    records = meetings_of(_markdown(text))
    assert [(r.name, r.kind, r.stated(Attribute.DATES)[0].value) for r in records] == [
        ("Food", MeetingKind.SEMINAR, "2023-04-20"),
        ("Energy", MeetingKind.SEMINAR, "2023-05-09"),
    ]


def test_list_of_places_where_a_group_met_gives_one_meeting_for_each() -> None:
    text = (
        "The Board of Port Authorities met in Lima, Peru (July 2011); Quito, Ecuador (June 2012); and in Brazil (2018)."
    )
    records = meetings_of(_markdown(text))
    assert [(r.ordinal, r.stated(Attribute.LOCATION)[0].value) for r in records] == [
        (1, "Lima, Peru"),
        (2, "Quito, Ecuador"),
        (3, "Brazil"),
    ]


def test_organisers_participants_and_topics_are_quoted_from_the_sentence() -> None:
    text = (
        "The Meeting on Export Consortiums, organized by the Port Authority of Lima and the Chamber of Trade, was "
        "held on 8 May 2014 and was attended by delegates of nine countries."
    )
    (record,) = meetings_of(_markdown(text))
    assert [v.words for v in record.stated(Attribute.ORGANISERS)] == [
        "the Port Authority of Lima and the Chamber of Trade"
    ]
    assert record.stated(Attribute.PARTICIPANTS)[0].words == "attended by delegates of nine countries"


def test_sentence_that_begins_with_it_goes_on_about_the_meeting_before() -> None:
    text = "The V Meeting of Ports will be held in Quito. It will be organized by the Port Authority of Guayaquil."
    record = meetings_of(_markdown(text))[1]
    assert (record.ordinal, record.standing) == (5, Standing.PLANNED)
    assert [value.words for value in record.stated(Attribute.ORGANISERS)] == ["the Port Authority of Guayaquil"]


def test_planned_and_held_mentions_of_one_meeting_are_one_entry() -> None:
    planned = _markdown("The IV Meeting of Ports will be held in Lima in May 2014.", name="a.md", date="2013")
    held = _markdown("The IV Meeting of Ports was held in Lima on 5 May 2014.", name="b.md", date="2015")
    (entry,) = merge_meetings([*meetings_of(planned), *meetings_of(held)], [planned, held])
    assert ([r.place.document_id for r in entry.planned], [r.place.document_id for r in entry.held]) == (
        ["a.md"],
        ["b.md"],
    )
    assert (entry.standing, entry.disagreements) == (Standing.HELD, ())


def test_dates_and_places_that_cannot_agree_are_a_disagreement() -> None:
    one = _markdown("The IV Meeting of Ports was held in Lima on 5 May 2014.", name="a.md")
    other = _markdown("The IV Meeting of Ports was held in Quito on 6 May 2014.", name="b.md")
    (entry,) = merge_meetings([*meetings_of(one), *meetings_of(other)], [one, other])
    assert [each.attribute for each in entry.disagreements] == [Attribute.DATES, Attribute.LOCATION]


def test_summits_of_different_bodies_with_one_ordinal_stay_apart() -> None:
    text = "The II CELAC-EU Summit was held in 2015. The II Summit of CELAC was held in 2014."
    entries = merge_meetings(meetings_of(_markdown(text)), [_markdown(text)])
    assert [_values(entry, Attribute.DATES) for entry in entries] == [["2014"], ["2015"]]


def test_words_of_another_sense_are_no_meetings() -> None:
    text = (
        "During the course of 2011 the press office (Conference Room Simón Bolívar) and the United Nations Conference "
        "on Trade and Development worked on 5 May 2011. They need a meeting space. Six meetings were held."
    )
    assert meetings_of(_markdown(text)) == ()


@pytest.mark.parametrize(
    "text", ["", "Meeting", "IV", "“", "The Meeting of", "Reunión (", "| Meeting |\n|---|\n| Date |"]
)
def test_scraps_are_read_without_failing(text: str) -> None:
    assert isinstance(meetings_of(_markdown(text)), tuple)


def test_name_ends_before_verb_date_and_place() -> None:
    sentences = {
        "The II Meeting of Ports in Latin America was held": "II Meeting of Ports in Latin America",
        "the Summit of the Americas (CALC), held in 2011": "Summit of the Americas (CALC)",
        "a Seminar on Ports in Lima on 5 May": "Seminar on Ports",
        "the “Seminar: Vision of trade, and more” at": "Seminar: Vision of trade, and more",
        "la VIII Cumbre de la CELAC se celebró": "VIII Cumbre de la CELAC",
    }
    for sentence, name in sentences.items():
        language = "es" if sentence.startswith("la ") else "en"
        assert [found.name for found in find_meeting_names(sentence, language)] == [name]


def test_cities_are_one_place_under_their_names_in_four_languages() -> None:
    assert same_location("La Habana, Cuba", "Havana")
    assert same_location("Carthagène des Indes (Colombie)", "Cartagena")
    assert not same_location("Lima, Peru", "Quito")
    (place,) = find_locations("en Puerto España (Trinidad y Tobago)")
    assert (place.city, place.country) == ("port of spain", "trinidad and tobago")


def test_sample_corpus_joins_its_languages(samples: tuple[MeetingEntry, ...]) -> None:
    languages = {
        (entry.ordinal, entry.kind): {record.language for record in entry.records} for entry in samples if entry.ordinal
    }
    assert languages[8, MeetingKind.SUMMIT] == {"en", "es", "fr", "pt"}
    assert {"en", "es"} <= languages[3, MeetingKind.MEETING]


def test_sample_corpus_keeps_the_two_dates_of_the_third_port_meeting(samples: tuple[MeetingEntry, ...]) -> None:
    (entry,) = [e for e in samples if e.ordinal == 3 and "2018-08-16/2018-08-18" in _values(e, Attribute.DATES)]
    assert entry.disagreements[0].attribute is Attribute.DATES


def _entries() -> tuple[MeetingEntry, ...]:
    text = (
        "The XXVII Meeting of International Cooperation Directors was held in Lima, Peru, on 13 October 2016. "
        "The III Meeting of Port Communities was held in Lima in August 2018. "
        "The Seminar on Food Security was held in Havana in May 2012."
    )
    document = _markdown(text)
    records: tuple[MeetingRecord, ...] = meetings_of(document)
    return merge_meetings(records, [document])


@pytest.mark.parametrize(
    ("text", "year", "found"),
    [
        ("XXVII Meeting", None, [27]),
        ("27th meeting of cooperation directors", None, [27]),
        ("vigésima séptima reunión de directores de cooperación internacional", None, [27]),
        ("port communities", None, [3]),
        ("meetings in Lima", None, [27, 3]),
        ("reuniones en Lima", 2018, [3]),
        ("séminaire à La Havane", None, [None]),
        ("", 2012, [None]),
        ("", None, [None, 27, 3]),
        ("XCIX Meeting of International Cooperation Directors", None, []),
        ("meeting on quantum computing", None, []),
        ("port communities", 1999, []),
    ],
)
def test_search_finds_by_name_ordinal_place_and_year(text: str, year: int | None, found: list[int | None]) -> None:
    assert [entry.ordinal for entry in meetings_matching(_entries(), text, year=year)] == found


def test_search_takes_words_already_carried_into_the_language_of_the_documents() -> None:
    found = meetings_matching(_entries(), "seguridad alimentaria", terms=["food", "security"])
    assert [entry.name for entry in found] == ["Seminar on Food Security"]
