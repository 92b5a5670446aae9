"""The register of figures: what a programme counts of itself, totals and parts told apart."""

from pathlib import Path

import pytest
from register_documents import from_folder, markdown, sample

from ingest.registers.activity_entries import FigureEntry, figure_from_json
from ingest.registers.figures import figures_of

# Read by hand from the opening of each programme: (subject, value), totals and shares only.
TOTALS = {
    2017: {("studies", "25"), ("meetings", "19"), ("areas", "3"), ("studies done internally", "64")},
    2019: {("studies", "15"), ("meetings", "18"), ("areas", "3"), ("studies done internally", "67")},
}
PARTS = {
    2017: {("some meetings", "5"), ("some activities", "9"), ("some activities", "6")},
    2019: {("some meetings", "6"), ("some activities", "9"), ("some activities", "4"), ("some activities", "5")},
}


def _of_year(found: tuple[FigureEntry, ...], year: int) -> set[tuple[str, str]]:
    return {(figure.subject, figure.value) for figure in found if figure.year == year}


@pytest.mark.reference
@pytest.mark.parametrize(("year", "prefix"), [(2017, "003"), (2019, "001")])
def test_totals_and_parts_are_those_read_by_hand(reference: Path, year: int, prefix: str) -> None:
    found = _of_year(figures_of(from_folder(reference / "corpus", prefix)), year)
    assert {figure for figure in found if not figure[0].startswith("some")} == TOTALS[year]
    assert PARTS[year] <= found


@pytest.mark.parametrize(
    ("file", "year"),
    [
        ("en/work-programme-2017.pdf", 2017),
        ("en/work-programme-2019.docx", 2019),
        ("es/programa-de-trabajo-2019.pdf", 2019),
    ],
)
def test_the_sample_programmes_state_the_same(file: str, year: int) -> None:
    found = _of_year(figures_of(sample(file)), year)
    assert TOTALS[year] | PARTS[year] <= found


def test_a_portuguese_page_states_the_same() -> None:
    found = _of_year(figures_of(sample("pt/programa-de-trabalho-2017.html")), 2017)
    assert found == (TOTALS[2017] - {("areas", "3")}) | {("some meetings", "5")}


def test_numbers_of_the_economy_and_of_decisions_are_no_figures() -> None:
    text = (
        "# Work Programme for the year 2031\n\nDecision No. 440 of the XXVIII Meeting stands. Output grew by 1.6%.\n\n"
        "In 2030, 27 countries took part in the 15 meetings.\n"
    )
    assert [(f.subject, f.value) for f in figures_of(markdown(text))] == [("meetings", "15")]


def test_figures_under_the_heading_of_an_earlier_programme_are_of_that_year() -> None:
    text = "# Work Programme for the year 2031\n\n## Background: Work Programme for 2030\n\nIt held 12 meetings.\n"
    assert [(f.year, f.value) for f in figures_of(markdown(text))] == [(2030, "12")]


def test_a_figure_survives_its_json_and_stands_at_its_place() -> None:
    document = sample("es/programa-de-trabajo-2019.pdf")
    for figure in figures_of(document):
        assert figure_from_json(figure.to_json()) == figure
        (place,) = figure.number.places
        assert document.text[place.start : place.end] == figure.number.words
