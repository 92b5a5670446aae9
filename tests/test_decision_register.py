"""The register of decisions: mentions, what is stated of each, and disagreement between statements."""

from pathlib import Path

import pytest

from ingest.documents import Document, Kind, Metadata, SourceDocument, Status
from ingest.identifiers import Body, find_decisions
from ingest.layout import lay_out
from ingest.outline import find_sections
from ingest.reading.markdown import read_markdown
from ingest.reading.plain_text import read_plain_text
from ingest.registers.decisions import decision_mentions, merge_decisions
from ingest.registers.entries import (
    Attribute,
    DecisionEntry,
    DecisionMention,
    entry_from_json,
    mention_from_json,
    to_json,
)

OWN, ANDEAN = Body.LATIN_AMERICAN_COUNCIL, Body.ANDEAN_COMMUNITY

# Read by hand, every line of the reference documents that names a decision: (line, number, body).
HAND_READ = {
    "000_1afb42c511711ad3.txt": [],
    "001_59bff0e62e5b70a4.txt": [
        (11, 440, OWN),
        (151, 440, OWN),
        (410, 440, OWN),
        (2928, 519, OWN),
        (2942, 530, OWN),
    ],
    "002_b89e9702ec4140fa.txt": [],
    "003_28d2b85c100913ec.txt": [
        (84, 440, OWN),
        (86, 527, OWN),
        (98, 440, OWN),
        (124, 440, OWN),
        (658, 527, OWN),
        (681, 156, OWN),
        (915, 156, OWN),
        (915, 538, OWN),
        (919, 486, ANDEAN),
        (963, 156, OWN),
        (1002, 519, OWN),
        (1006, 608, ANDEAN),
    ],
    "004_e096c52787ed922e.txt": [],
}


def _document(source: SourceDocument, name: str, *, kind: Kind = Kind.OTHER, language: str = "en") -> Document:
    layout = lay_out(source)
    metadata = Metadata(name, None, kind, Status.UNKNOWN, None, language)
    return Document(name, name, "", source.format, metadata, layout.text, layout.blocks, find_sections(layout))


def _markdown(text: str, name: str = "one.md", *, kind: Kind = Kind.OTHER, language: str = "en") -> Document:
    return _document(read_markdown(text), name, kind=kind, language=language)


def _reference_documents(reference: Path) -> list[Document]:
    texts = {name: (reference / "corpus" / name).read_text(encoding="utf-8") for name in sorted(HAND_READ)}
    readers = {name: read_markdown if name.startswith("003") else read_plain_text for name in texts}
    return [_document(readers[name](text), name) for name, text in texts.items()]


@pytest.fixture(scope="module")
def register(reference: Path) -> dict[tuple[Body, int], DecisionEntry]:
    documents = _reference_documents(reference)
    mentions = [mention for document in documents for mention in decision_mentions(document)]
    return {(entry.body, entry.number): entry for entry in merge_decisions(mentions, documents)}


@pytest.mark.reference
def test_grammar_finds_every_mention_read_by_hand_on_its_line_and_no_other(reference: Path) -> None:
    for name, expected in HAND_READ.items():
        text = (reference / "corpus" / name).read_text(encoding="utf-8")
        found = [(text.count("\n", 0, d.start) + 1, d.number, d.body) for d in find_decisions(text)]
        assert found == expected, name


@pytest.mark.reference
def test_register_finds_every_mention_read_by_hand_and_no_other(reference: Path) -> None:
    for document in _reference_documents(reference):
        found = [(mention.number, mention.body) for mention in decision_mentions(document)]
        assert found == [(number, body) for _, number, body in HAND_READ[document.file]]


@pytest.mark.reference
def test_every_place_and_value_gives_back_its_words(reference: Path) -> None:
    for document in _reference_documents(reference):
        for mention in decision_mentions(document):
            assert str(mention.number) in document.text[mention.place.start : mention.place.end]
            for value in mention.values:
                words = document.text[value.place.start : value.place.end]
                assert " ".join(words.split()) == value.words
            assert all(0 <= start < end <= len(document.text) for start, end in mention.sentence + mention.mandate)


@pytest.mark.reference
def test_decision_440_has_title_session_dates_and_place(register: dict[tuple[Body, int], DecisionEntry]) -> None:
    entry = register[OWN, 440]
    values = {attribute: [variant.value for variant in found] for attribute, found in entry.variants.items()}
    assert len(entry.mentions) == 6
    assert values[Attribute.TITLE] == ["Restructuring SELA"]
    assert values[Attribute.SESSION] == ["28"]
    assert values[Attribute.DATES] == ["2003-04-07/2003-04-09", "2003"]
    assert {value.split(",")[0] for value in values[Attribute.LOCATION]} == {"Caracas"}
    assert entry.disagreements == ()
    assert all(mention.mandate for mention in entry.mentions)


@pytest.mark.reference
def test_decision_527_shows_both_of_its_dates(register: dict[tuple[Body, int], DecisionEntry]) -> None:
    clashes = {d.attribute: {v.value for v in d.variants} for d in register[OWN, 527].disagreements}
    assert clashes == {
        Attribute.SESSION: {"37", "38"},
        Attribute.DATES: {"2011-10-19/2011-10-21", "2012-10-17/2012-10-19"},
    }


@pytest.mark.reference
def test_only_527_is_disputed_and_no_text_is_held(register: dict[tuple[Body, int], DecisionEntry]) -> None:
    assert {key for key, entry in register.items() if entry.disagreements} == {(OWN, 527)}
    assert all(entry.held_in == () for entry in register.values())
    years = {n: register[OWN, n].variants[Attribute.DATES][0].value for n in (156, 519, 530, 538)}
    assert years == {156: "1983", 519: "2010", 530: "2011", 538: "2012"}


@pytest.mark.reference
def test_entries_survive_json(register: dict[tuple[Body, int], DecisionEntry]) -> None:
    for entry in register.values():
        assert entry_from_json(to_json(entry)) == entry
        assert all(mention_from_json(to_json(mention)) == mention for mention in entry.mentions)


def _values(mention: DecisionMention) -> dict[Attribute, str]:
    return {value.attribute: value.value for value in mention.values}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Decision No. 900, adopted at the XL Regular Meeting (Lima, 2 to 4 June 2014), set up a fund.", "en"),
        ("The XL Regular Meeting (Lima, 2 to 4 June 2014), through Decision 900, set up a fund.", "en"),
        (
            "La Decisión N° 900, adoptada en la XL Reunión Ordinaria (Lima, 2 al 4 de junio de 2014), creó un fondo.",
            "es",
        ),
        ("A Decisão nº 900, adotada na XL Reunião Ordinária (Lima, 2 a 4 de junho de 2014), criou um fundo.", "pt"),
        (
            "La Décision n° 900, adoptée à la XLe Réunion ordinaire (Lima, du 2 au 4 juin 2014), a établi un fonds.",
            "fr",
        ),
    ],
)
def test_session_dates_and_place_are_read_in_each_language(text: str, language: str) -> None:
    (mention,) = decision_mentions(_markdown(text, language=language))
    assert _values(mention) == {
        Attribute.SESSION: "40",
        Attribute.DATES: "2014-06-02/2014-06-04",
        Attribute.LOCATION: "Lima",
    }
    assert mention.mandate


@pytest.mark.parametrize(
    "text",
    [
        "The Council, following Decision 900, approved the programme at its XLI Regular Meeting (Lima, 3 May 2015).",
        "In 2019, the Secretariat will go on complying with Decision 900.",
        "The Secretariat complies with Decision 900. The XLI Regular Meeting was held in Lima on 3 May 2015.",
    ],
)
def test_date_of_something_else_is_not_taken_for_the_decisions(text: str) -> None:
    (mention,) = decision_mentions(_markdown(text))
    assert _values(mention) == {}


def test_two_decisions_of_one_sentence_keep_their_own_clauses() -> None:
    text = "In 1990, Decision No. 901 created a fund, and in 1995, Decision No. 902 requested a report."
    document = _markdown(text)
    mentions = decision_mentions(document)
    clauses = [" ".join(document.text[a:b] for a, b in mention.mandate) for mention in mentions]
    assert [_values(mention)[Attribute.DATES] for mention in mentions] == ["1990", "1995"]
    assert clauses == ["In 1990, Decision No. 901 created a fund", "in 1995, Decision No. 902 requested a report."]


def test_sentence_without_a_mandate_has_none() -> None:
    (mention,) = decision_mentions(_markdown('The portal complies with Decision 900, "Fund that links all States".'))
    assert mention.mandate == ()
    assert _values(mention) == {Attribute.TITLE: "Fund that links all States"}


@pytest.mark.parametrize(
    "sentence",
    [
        "The mandate stems from Decision No. 901 (LX Regular Meeting, Quito, 2 May 2031).",
        "The mandate of the Secretariat is derived from Decision No. 901 (Quito, 2 May 2031).",
        "Los mandatos se derivan de la Decisión N° 901 (LX Reunión Ordinaria, Quito, 2 de mayo de 2031).",
        "O mandato decorre da Decisão N.º 901 (LX Reunião Ordinária, Quito, 2 de maio de 2031).",
        "El mandato proviene de la Decisión N° 901 (LX Reunión Ordinaria, Quito, 2 de mayo de 2031).",
        "O mandato deriva da Decisão N.º 901 (LX Reunião Ordinária, Quito, 2 de maio de 2031).",
        "Le mandat découle de la Décision n° 901 (LX Réunion ordinaire, Quito, 2 mai 2031).",
    ],
)
def test_whence_a_mandate_comes_is_not_what_it_says(sentence: str) -> None:
    (mention,) = decision_mentions(_markdown(sentence))
    assert mention.mandate == ()


def test_heading_stands_for_its_section() -> None:
    text = (
        '# Digest\n\n## Decision No. 900 (2014)\n\nTitle: "A fund". The Council took it at its XL Regular Meeting, in'
        " Lima, from 2 to 4 June 2014.\n\n## Decision No. 901\n\nIt asks for a report.\n"
    )
    first, second = decision_mentions(_markdown(text))
    assert _values(first) == {
        Attribute.TITLE: "A fund",
        Attribute.SESSION: "40",
        Attribute.DATES: "2014-06-02/2014-06-04",
        Attribute.LOCATION: "Lima",
    }
    assert (second.number, _values(second), len(second.mandate)) == (901, {}, 1)


def test_table_of_decisions_names_one_in_each_row() -> None:
    text = "| Decision | Year | Subject |\n|---|---|---|\n| 900 | 2014 | A fund |\n| 901 | 2015 | A report |\n"
    mentions = decision_mentions(_markdown(text))
    assert [(m.number, _values(m)) for m in mentions] == [
        (900, {Attribute.DATES: "2014"}),
        (901, {Attribute.DATES: "2015"}),
    ]


def test_number_in_another_table_is_no_decision() -> None:
    assert decision_mentions(_markdown("| Country | Year |\n|---|---|\n| 900 | 2014 |\n")) == ()


def test_list_opened_as_another_bodys_is_that_bodys() -> None:
    text = (
        "## Decisions of another body\n\nTwo are decisions of the Andean Community (CAN), not of SELA:\n\n"
        "- Decision 486 (2000): intellectual property.\n- Decision 608 (2005): free competition.\n"
    )
    assert {mention.body for mention in decision_mentions(_markdown(text))} == {ANDEAN}


def test_mention_that_names_no_body_goes_to_the_only_body_of_its_number() -> None:
    one = _markdown("Andean Decision 486 rules trade marks.", "one.md")
    other = _markdown("Decision 486 is often cited.", "other.md")
    mentions = [m for document in (one, other) for m in decision_mentions(document)]
    (entry,) = merge_decisions(mentions, [one, other])
    assert (entry.body, len(entry.mentions)) == (ANDEAN, 2)


def test_same_number_of_two_bodies_is_two_entries_with_selas_first() -> None:
    document = _markdown(
        "Decision 486 of the Latin American Council asks for a report. Andean Decision 486 rules trade."
    )
    entries = merge_decisions(decision_mentions(document), [document])
    assert [(entry.body, entry.number) for entry in entries] == [(OWN, 486), (ANDEAN, 486)]


def test_same_date_in_other_words_and_languages_is_no_disagreement() -> None:
    english = _markdown("Decision 900 (Lima, 02 to 04 June 2014) created a fund.", "a.md")
    spanish = _markdown("La Decisión 900 (Lima, 2 al 4 de junio de 2014) creó un fondo.", "b.md", language="es")
    third = _markdown("Decision 900 (2014), “A fund”, created one.", "c.md")
    mentions = [m for document in (english, spanish, third) for m in decision_mentions(document)]
    (entry,) = merge_decisions(mentions, [english, spanish, third])
    assert [v.value for v in entry.variants[Attribute.DATES]] == ["2014-06-02/2014-06-04", "2014"]
    assert entry.disagreements == ()


def test_two_places_of_adoption_disagree() -> None:
    document = _markdown("Decision 900 (Lima, 2 June 2014) created it. Decision 900 (Quito, 2 June 2014) created it.")
    (entry,) = merge_decisions(decision_mentions(document), [document])
    assert [d.attribute for d in entry.disagreements] == [Attribute.LOCATION]


def test_document_that_is_the_decision_holds_its_text() -> None:
    decision = _markdown("# Decision No. 900\n\nThe Council decides to create a fund.", "900.md", kind=Kind.DECISION)
    note = _markdown("Decision 900 created a fund; Decision 901 did not.", "note.md")
    mentions = [m for document in (decision, note) for m in decision_mentions(document)]
    held = {entry.number: entry.held_in for entry in merge_decisions(mentions, [decision, note])}
    assert held == {900: ("900.md",), 901: ()}


def test_mention_across_a_page_number_is_one_mention() -> None:
    lines = [
        f"Line {n} of a page that goes on for some time about the work of the year and its aims," for n in range(3)
    ]
    text = "\n".join(
        [*lines, "as asked by Decision No. 900 of the Latin", "", "7", "", "American Council, which created a fund."]
    )
    mentions = decision_mentions(_document(read_plain_text(text), "page.txt"))
    assert [(mention.number, mention.body) for mention in mentions] == [(900, OWN)]


def test_document_without_decisions_gives_none() -> None:
    assert decision_mentions(_markdown("The decision-making process took 440 days.")) == ()
