"""The register of activities against the two work programmes read by hand: codes, counts, times and short names."""

from pathlib import Path

import pytest
from register_documents import from_folder

from ingest.documents import Document
from ingest.registers.activities import activities_of
from ingest.registers.activity_entries import ActivityEntry

pytestmark = pytest.mark.reference

# The activities of each programme by project, as listed by hand from the documents: project -> number of its last one.
LAST_OF_PROJECT = {
    2017: {"I.1": 3, "I.2": 6, "I.3": 2, "I.4": 2, "I.5": 2, "I.6": 6, "II.1": 6, "II.2": 5, "III.1": 3},
    2019: {"I.1": 8, "I.2": 1, "I.3": 3, "I.4": 2, "I.5": 1, "I.6": 1, "II.1": 4, "II.2": 6, "II.3": 6, "III.1": 2},
}
FILES = {2017: "003", 2019: "001"}
SCHEDULE_ROWS_OF_2017 = 91

# Twenty drawn at random and read by hand: (objectives, expected results, times of the schedule, partners).
ALL_YEAR = "Throughout the year"
CAF = "CAF-development bank of Latin America"
READ_BY_HAND = {
    (2017, "I.1.2"): (2, 1, ["January", "March - June", "June", "July"], []),
    (2017, "I.2.6"): (4, 1, ["Annual report", "November"], []),
    (2017, "I.4.2"): (7, 1, ["March-July", "July"], [CAF]),
    (2017, "I.5.2"): (2, 1, ["August-", "Septembe- Novemberr", "December"], []),
    (2017, "I.6.2"): (1, 2, [ALL_YEAR], ["Perez-Guerrero Trust Fund of the Group of 77"]),
    (2017, "II.1.5"): (3, 2, ["October", "December"], []),
    (2017, "II.2.4"): (2, 3, ["June", "September"], []),
    (2017, "III.1.3"): (4, 4, ["December 2016", "March-May", "May", "June"], []),
    (2019, "I.1.1"): (3, 1, [], []),
    (2019, "I.1.6"): (2, 1, [], []),
    (2019, "I.3.2"): (6, 1, [], []),
    (2019, "I.4.1"): (3, 1, [], []),
    (2019, "II.1.3"): (3, 1, [], ["(UN/ISDR)", "(SRE)", "(CEMEX)", "(CISS)"]),
    (2019, "II.1.4"): (2, 1, [], ["UNCTAD"]),
    (2019, "II.2.4"): (3, 1, [], ["(CLAD)", CAF, "(CLEAR-LAC)", "(UNISDR)"]),
    (2019, "II.2.6"): (1, 1, [], []),
    (2019, "II.3.2"): (2, 1, [], ["OECD", CAF]),
    (2019, "II.3.5"): (4, 3, [], ["Extenda-Andalusian Agency for Overseas Promotion"]),
    (2019, "III.1.1"): (3, 1, [], []),
    (2019, "III.1.2"): (3, 1, [], []),
}
TITLES = {
    (2017, "I.1.2"): "Database for strengthening regional trade and productive integration",
    (2017, "I.5.2"): "Network for strategic alliances in Latin America and the Caribbean",
    (2019, "I.1.6"): "Integration Index of Latin America and the Caribbean",
    (2019, "II.2.6"): "Multidimensional indicators of development. Database in support of public policies",
}


@pytest.fixture(scope="module")
def programmes(reference: Path) -> dict[int, Document]:
    return {year: from_folder(reference / "corpus", prefix) for year, prefix in FILES.items()}


@pytest.fixture(scope="module")
def register(programmes: dict[int, Document]) -> dict[tuple[int, str], ActivityEntry]:
    return {(year, entry.code): entry for year, document in programmes.items() for entry in activities_of(document)}


@pytest.mark.parametrize("year", FILES)
def test_every_activity_is_found_once_and_in_order(programmes: dict[int, Document], year: int) -> None:
    last = LAST_OF_PROJECT[year]
    expected = [f"{project}.{n}" for project, number in last.items() for n in range(1, number + 1)]
    assert [entry.code for entry in activities_of(programmes[year])] == expected


def test_every_activity_stands_in_its_project_and_year(register: dict[tuple[int, str], ActivityEntry]) -> None:
    for (year, code), entry in register.items():
        area, _, project = [branch.code for branch in entry.branches]
        assert (entry.year, area, project) == (year, code.split(".")[0], code.rsplit(".", 1)[0])


def test_schedule_of_2017_has_every_row(register: dict[tuple[int, str], ActivityEntry]) -> None:
    rows = [row for (year, _), entry in register.items() if year == 2017 for row in entry.schedule]
    assert len(rows) == SCHEDULE_ROWS_OF_2017


@pytest.mark.parametrize("key", READ_BY_HAND)
def test_fields_are_those_read_by_hand(register: dict[tuple[int, str], ActivityEntry], key: tuple[int, str]) -> None:
    entry, (objectives, results, times, partners) = register[key], READ_BY_HAND[key]
    assert (len(entry.objectives), len(entry.expected_results)) == (objectives, results)
    assert [row.time.words for row in entry.schedule] == times
    assert len(entry.partners) == len(partners)
    assert all(p.name.words.endswith(name) for p, name in zip(entry.partners, partners, strict=True))
    assert entry.title.words == TITLES.get(key, entry.title.words)


def test_every_value_stands_verbatim_at_its_place(
    programmes: dict[int, Document], register: dict[tuple[int, str], ActivityEntry]
) -> None:
    for (year, _), entry in register.items():
        for cited in (entry.title, *entry.objectives, *entry.expected_results):
            found = " ".join(programmes[year].text[place.start : place.end] for place in cited.places)
            assert " ".join(found.split()) == cited.words
