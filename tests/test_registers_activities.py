"""The register of activities: codes, tree, objectives, schedule and partners, in four languages and every format."""

import pytest
from register_documents import markdown, sample

from ingest.documents import Document
from ingest.identifiers import Level
from ingest.registers import extract_records
from ingest.registers.activities import activities_of
from ingest.registers.activity_entries import ActivityEntry, activity_from_json
from ingest.registers.paragraphs import Cited

PROGRAMME = """# Programa de Trabajo para el año 2031

## ÁREA II. COOPERACIÓN

### PROGRAMA: APOYO A LOS PUERTOS

#### PROYECTO II.1. Puertos del sur

##### Actividad II.1.1. Taller sobre grúas

A. Antecedentes y justificación

El taller se prepara conjuntamente con la Organización de Puertos (ODP) y el Banco de Prueba.
Se celebrará en mayo de 2031.

B. Objetivos

Los objetivos son los siguientes:

1. Contar las grúas de la región.
2. Medir las grúas de la región.

C. Resultados esperados

Un documento con la cuenta de las grúas.

D. Actividades y cronograma

| Actividades | Cronograma |
| --- | --- |
| Preparación del estudio | enero - marzo |
| Traducción | abril |

##### Actividad II.1.2. Reunión de prácticos

B. Objetivos

Reunir a los prácticos de los puertos.

## ÁREA III. RELACIONES
"""

SAMPLE_PROGRAMMES = {
    "en/work-programme-2017.pdf": (2017, 35, 91),
    "en/work-programme-2019.docx": (2019, 34, 2),
    "es/programa-de-trabajo-2019.pdf": (2019, 34, 2),
    "pt/programa-de-trabalho-2017.html": (2017, 5, 5),
}


@pytest.fixture(scope="module")
def entries() -> dict[str, ActivityEntry]:
    return {entry.code: entry for entry in activities_of(markdown(PROGRAMME))}


def _words(cited: tuple[Cited, ...]) -> list[str]:
    return [each.words for each in cited]


def _all_cited(entry: ActivityEntry) -> list[Cited]:
    rows = [cited for row in entry.schedule for cited in (row.step, row.time)]
    partners = [cited for partner in entry.partners for cited in (partner.name, partner.clause)]
    branches = [branch.title for branch in entry.branches]
    return [entry.title, *branches, *entry.objectives, *entry.expected_results, *rows, *partners]


def _stands_there(document: Document, cited: Cited) -> bool:
    found = " ".join(document.text[place.start : place.end] for place in cited.places)
    return bool(cited.words) and " ".join(found.split()) == cited.words


def test_an_activity_has_its_title_year_and_tree(entries: dict[str, ActivityEntry]) -> None:
    entry = entries["II.1.1"]
    assert (entry.title.words, entry.year, entry.language) == ("Taller sobre grúas", 2031, "es")
    assert [(b.level, b.code, b.title.words) for b in entry.branches] == [
        (Level.AREA, "II", "COOPERACIÓN"),
        (Level.PROGRAMME, None, "APOYO A LOS PUERTOS"),
        (Level.PROJECT, "II.1", "Puertos del sur"),
    ]


def test_words_that_only_announce_a_list_are_no_objective(entries: dict[str, ActivityEntry]) -> None:
    assert len(entries["II.1.1"].objectives) == 2
    assert _words(entries["II.1.1"].expected_results) == ["Un documento con la cuenta de las grúas."]


def test_the_schedule_has_its_rows_and_the_sentences_that_name_a_month(entries: dict[str, ActivityEntry]) -> None:
    times = [row.time.words for row in entries["II.1.1"].schedule]
    assert times == ["enero - marzo", "abril", "mayo de 2031"]


def test_partners_are_the_organisations_of_joint_work(entries: dict[str, ActivityEntry]) -> None:
    names = [partner.name.words for partner in entries["II.1.1"].partners]
    assert names == ["Organización de Puertos (ODP)", "Banco de Prueba"]


def test_an_activity_ends_where_the_next_or_an_area_begins(entries: dict[str, ActivityEntry]) -> None:
    assert list(entries) == ["II.1.1", "II.1.2"]
    assert entries["II.1.2"].content == "Reunir a los prácticos de los puertos."


FRENCH = """# Programme de travail pour l'année 2031

## DOMAINE I. RELATIONS

### PROJET I.1. Ports

#### Activité I.1.1. Séminaire sur les grues

A. Contexte et justification

Il est préparé en collaboration avec l'Organisation des Ports (ODP).

B. Objectifs

1. Compter les grues.

C. Résultats attendus

Un document avec le compte des grues.

D. Activités et calendrier

| Activités | Calendrier |
| --- | --- |
| Étude | mai |
"""
PORTUGUESE = """# Programa de Trabalho para o ano de 2031

## ÁREA I. RELAÇÕES

### PROJETO I.1. Portos

#### Atividade I.1.1. Seminário sobre guindastes

A. Antecedentes e justificativa

É preparado em parceria com a Organização dos Portos (ODP).

B. Objetivos

1. Contar os guindastes.

C. Resultados esperados

Um documento com a conta dos guindastes.

D. Atividades e cronograma

| Atividades | Cronograma |
| --- | --- |
| Estudo | maio |
"""


@pytest.mark.parametrize(("text", "month"), [(FRENCH, "mai"), (PORTUGUESE, "maio")])
def test_french_and_portuguese_programmes_are_read_by_their_own_labels(text: str, month: str) -> None:
    (entry,) = activities_of(markdown(text))
    assert (entry.code, entry.year, [branch.code for branch in entry.branches]) == ("I.1.1", 2031, ["I", "I.1"])
    assert (len(entry.objectives), len(entry.expected_results)) == (1, 1)
    assert [row.time.words for row in entry.schedule] == [month]
    assert [partner.name.words.endswith("(ODP)") for partner in entry.partners] == [True]


def test_an_entry_survives_its_json(entries: dict[str, ActivityEntry]) -> None:
    assert all(activity_from_json(entry.to_json()) == entry for entry in entries.values())


def test_a_code_listed_without_text_gives_way_to_the_one_with_text() -> None:
    listed = PROGRAMME.replace("## ÁREA II.", "Actividad II.1.1. Taller sobre grúas\n\n## ÁREA II.", 1)
    assert [entry.code for entry in activities_of(markdown(listed))] == ["II.1.1", "II.1.2"]


def test_a_row_of_a_table_of_activities_is_an_entry() -> None:
    table = "| Activity | Meeting | Month |\n| --- | --- | --- |\n| I.3.1 | Pilots | May |\n"
    (entry,) = activities_of(markdown(f"# Work Programme for the year 2031\n\n{table}"))
    assert (entry.code, entry.title.words, entry.schedule[0].time.words) == ("I.3.1", "Pilots", "May")


def test_a_text_that_only_speaks_of_activities_registers_none() -> None:
    assert activities_of(markdown("# Note\n\nActivity II.1.1 of 2017 was a workshop on cranes.\n")) == ()


@pytest.mark.parametrize(("file", "expected"), SAMPLE_PROGRAMMES.items())
def test_every_activity_of_the_sample_programmes_is_found(file: str, expected: tuple[int, int, int]) -> None:
    found = activities_of(sample(file))
    assert ({entry.year for entry in found}, len(found)) == ({expected[0]}, expected[1])
    assert sum(len(entry.schedule) for entry in found) == expected[2]
    assert len({entry.code for entry in found}) == len(found)


@pytest.mark.parametrize("file", SAMPLE_PROGRAMMES)
def test_every_value_stands_verbatim_at_its_place(file: str) -> None:
    document = sample(file)
    cited = [each for entry in activities_of(document) for each in _all_cited(entry)]
    assert cited
    assert all(_stands_there(document, each) for each in cited)


def test_language_versions_agree_on_tree_and_counts() -> None:
    english, spanish = (activities_of(sample(f)) for f in list(SAMPLE_PROGRAMMES)[1:3])
    assert [_shape(entry) for entry in english] == [_shape(entry) for entry in spanish]
    assert {entry.work for entry in (*english, *spanish)} == {english[0].work}


def _shape(entry: ActivityEntry) -> tuple[object, ...]:
    codes = [branch.code for branch in entry.branches]
    return entry.code, codes, len(entry.objectives), len(entry.expected_results)


def test_documents_of_other_kinds_plan_no_activity() -> None:
    assert activities_of(sample("fr/communautes-portuaires.md")) == ()


def test_a_document_gives_records_of_every_register() -> None:
    kinds = {record.kind for record in extract_records(sample("en/work-programme-2019.docx"))}
    assert kinds == {"decision_mention", "meeting", "activity", "figure"}
