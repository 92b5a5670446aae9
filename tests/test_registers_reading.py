"""The registers of a snapshot and their commands: merged, narrowed, compared, helpful where nothing is on record."""

import json
from pathlib import Path

import pytest
from index_samples import ingest
from register_documents import SAMPLE

from assistant.registers import Activity, Aspect, Registers
from ingest.catalogue import Catalogue
from ingest.errors import UnknownRecord
from ingest.generations import IndexHome
from ingest.registers.continuity import Continuity
from ui.command_line.main import run

PROGRAMMES = (
    "en/work-programme-2019.docx",
    "es/programa-de-trabajo-2019.pdf",
    "pt/programa-de-trabalho-2017.html",
    "en/work-programme-2017.pdf",
    "en/decisions-digest.md",
    "es/cronograma-taller-2024.html",
    "manifest.toml",
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("programmes")
    for file in PROGRAMMES:
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_bytes((SAMPLE / file).read_bytes())
    home = tmp_path_factory.mktemp("data")
    ingest(folder, IndexHome(home))
    return home


@pytest.fixture(scope="module")
def catalogue(data: Path) -> Catalogue:
    return Catalogue(IndexHome(data).require_current().catalogue)


@pytest.fixture(scope="module")
def registers(catalogue: Catalogue) -> Registers:
    return Registers(catalogue)


def _documents(catalogue: Catalogue, *files: str) -> frozenset[str]:
    return frozenset(card.id for card in catalogue.cards.values() if card.file in files)


def _said(capsys: pytest.CaptureFixture[str], data: Path, *arguments: str) -> tuple[int, str, str]:
    status = run([*arguments, "--data", str(data)])
    output = capsys.readouterr()
    return status, output.out, output.err


def test_language_versions_are_one_activity(registers: Registers) -> None:
    (activity,) = registers.activities_with_code("I.1.1", 2019)
    assert {version.language for version in activity.versions} == {"en", "es"}
    assert activity.version("es").language == "es"
    assert activity.version("fr") == activity.versions[0]


def test_a_code_without_a_year_gives_the_activity_of_each_year(registers: Registers) -> None:
    found = registers.activities_with_code("activity ii.2.3")
    assert [(activity.code, activity.year) for activity in found] == [("II.2.3", 2017), ("II.2.3", 2019)]
    assert found[0].title != found[1].title


def test_activities_come_by_year_and_in_the_order_of_their_codes(registers: Registers) -> None:
    assert [activity.code for activity in registers.activities_under("III", 2017)] == ["III.1.1", "III.1.2", "III.1.3"]
    years = [activity.year for activity in registers.activities]
    assert years == sorted(years, key=lambda year: year or 0)
    assert registers.known_years == (2017, 2019)


def test_figures_of_language_versions_are_counted_once(registers: Registers) -> None:
    totals = {(f.year, f.subject): f.values for f in registers.figures if not f.is_partial}
    assert totals[2019, "studies"] == ("15",)
    assert totals[2017, "meetings"] == ("19",)
    assert not any(figure.is_disputed for figure in registers.figures)


def test_another_bodys_decision_is_not_given_for_selas(registers: Registers) -> None:
    own, foreign = registers.decision(440), registers.decision(486)
    assert own is not None
    assert foreign is None
    assert registers.decision(441) is None


def test_meetings_are_merged(registers: Registers) -> None:
    assert any(entry.ordinal == 30 for entry in registers.meetings)


def test_documents_that_may_not_be_shown_never_show(catalogue: Catalogue, registers: Registers) -> None:
    admitted = _documents(catalogue, "pt/programa-de-trabalho-2017.html")
    narrowed = registers.among(admitted)
    versions = [version for activity in narrowed.activities for version in activity.versions]
    assert {version.document_id for version in versions} == admitted
    assert narrowed.known_years == (2017,)
    assert narrowed.among(_documents(catalogue, "en/work-programme-2019.docx")).activities == ()
    assert narrowed.among(None) is narrowed


def test_a_comparison_keeps_to_one_language_and_cites_every_cell(catalogue: Catalogue, registers: Registers) -> None:
    comparison = registers.compare(2019, 2017)
    assert (comparison.earlier_year, comparison.later_year) == (2017, 2019)
    assert not comparison.is_across_languages
    for row in comparison.rows:
        for cell in (cell for aspect in Aspect for cell in row.cells(aspect) if cell is not None):
            for cited in cell:
                found = " ".join(catalogue.document(p.document_id).text[p.start : p.end] for p in cited.places)
                assert " ".join(found.split()) == cited.words


def test_a_cell_that_a_programme_does_not_fill_is_empty(registers: Registers) -> None:
    comparison = registers.compare(2017, 2019)
    assert all(row.cells(Aspect.TITLE)[1] is None for row in comparison.of(Continuity.DROPPED))
    assert all(row.cells(Aspect.TITLE)[0] is None for row in comparison.of(Continuity.NEW))


def test_a_comparison_on_a_theme_has_only_its_rows(registers: Registers) -> None:
    rows = registers.compare(2017, 2019).about("the ports", language="en").rows
    assert {(r.earlier.code if r.earlier else None) for r in rows} >= {"I.4.1", "I.4.2"}
    assert len(rows) < 10


def test_figures_stand_side_by_side(registers: Registers) -> None:
    rows = {row.subject: row for row in registers.compare(2017, 2019).figures if row.earlier and row.later}
    studies = rows["studies done internally"]
    assert studies.earlier is not None
    assert studies.later is not None
    assert (studies.earlier.value, studies.later.value) == ("64", "67")


@pytest.mark.parametrize("years", [(2017, 2025), (2019, 2019), (-1, 2017)])
def test_a_comparison_with_a_year_not_held_says_which_are(registers: Registers, years: tuple[int, int]) -> None:
    with pytest.raises(UnknownRecord, match="2017, 2019"):
        registers.compare(*years)


def test_the_nearest_symbol_is_offered_for_a_typo(registers: Registers) -> None:
    assert registers.nearest_symbols("SP/CL/XLII.O/DT N° 4-61")[0] == "SP/CL/XLII.O/DT N° 4-16"


def test_the_nearest_activities_are_offered(registers: Registers) -> None:
    found: tuple[Activity, ...] = registers.nearest_activities("II.2.9")
    assert {activity.code for activity in found} <= {f"II.2.{n}" for n in range(1, 7)}
    assert registers.nearest_activities("IX.99.9") == ()


@pytest.mark.parametrize(
    ("arguments", "next_step"),
    [
        (("decisions", "99999"), "440"),
        (("decisions", "-1"), "440"),
        (("decisions", "abc"), "440"),
        (("activities", "--code", "IX.99.9"), "2017, 2019"),
        (("activities", "--code", "I.1.3", "--year", "2025"), "2017, 2019"),
        (("activities", "--year", "2025"), "2017, 2019"),
        (("compare", "2017", "2025"), "2017, 2019"),
        (("compare", "2017", "-1"), "2017, 2019"),
        (("meetings", "--year", "1850"), "2019"),
    ],
)
def test_what_is_not_on_record_is_answered_in_one_line_with_what_is(
    capsys: pytest.CaptureFixture[str], data: Path, arguments: tuple[str, ...], next_step: str
) -> None:
    status, out, error = _said(capsys, data, *arguments)
    assert (status, out, error.count("\n")) == (1, "", 1)
    assert next_step in error


@pytest.mark.parametrize(
    "arguments",
    [
        ("decisions",),
        ("decisions", "440"),
        ("meetings", "--text", "cooperation directors", "--year", "2019"),
        ("activities", "--code", "II.2.3"),
        ("activities", "--year", "2017"),
        ("compare", "2017", "2019"),
        ("compare", "2017", "2019", "--about", "ports"),
    ],
)
def test_every_command_prints_a_table_and_json(
    capsys: pytest.CaptureFixture[str], data: Path, arguments: tuple[str, ...]
) -> None:
    status, table, error = _said(capsys, data, *arguments)
    assert (status, error) == (0, "")
    assert table.strip()
    status, printed, _ = _said(capsys, data, *arguments, "--json")
    assert status == 0
    assert json.loads(printed)


def test_a_dropped_activity_is_said_not_to_be_found(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    _, table, _ = _said(capsys, data, "compare", "2017", "2019")
    assert "not found in the 2019 programme" in table
