"""Continuity of activities between two programmes: by title and content, never by code alone."""

from pathlib import Path

import pytest
from register_documents import from_folder, markdown, sample

from assistant.glossary import Glossary
from ingest.registers.activities import activities_of
from ingest.registers.activity_entries import ActivityEntry
from ingest.registers.continuity import Alignment, Continuity, continuity

Row = tuple[str | None, str | None]

# Aligned by hand from the two programmes: code of 2017, code of 2019, what became of it.
ALIGNED_BY_HAND: dict[Row, str] = {
    ("I.2.1", "I.1.1"): "changed",
    ("I.2.2", "I.1.6"): "renumbered",
    ("I.2.3", "II.2.3"): "changed",
    ("I.2.4", "I.1.3"): "renumbered",
    ("I.2.5", "I.1.4"): "renumbered",
    ("I.2.6", "I.1.5"): "renumbered",
    ("I.4.1", "I.3.1"): "renumbered",
    ("I.4.2", "I.3.2"): "renumbered",
    ("I.5.1", "I.5.1"): "continued",
    **{(f"I.6.{n}", "I.6.1"): "changed" for n in range(1, 7)},
    ("II.1.1", "II.2.4"): "changed",
    ("II.1.2", "II.1.3"): "renumbered",
    ("II.1.4", "II.1.1"): "changed",
    ("II.1.6", "II.1.4"): "renumbered",
    ("II.2.1", "II.3.2"): "changed",
    ("II.2.1", "II.3.3"): "changed",
}
LEAST_F1 = 0.9


def _programme(year: int, *titles: str) -> tuple[ActivityEntry, ...]:
    parts = [
        f"## Activity I.1.{n}. {title}\n\nA. Background\n\nOn the {title}.\n\nB. Objectives\n\n1. Serve the {title}.\n"
        for n, title in enumerate(titles, start=1)
    ]
    return activities_of(markdown(f"# Work Programme for the year {year}\n\n" + "\n".join(parts), f"{year}.md"))


def _rows(alignments: tuple[Alignment, ...]) -> dict[Row, str]:
    return {
        (a.earlier.code if a.earlier else None, a.later.code if a.later else None): a.continuity.value
        for a in alignments
    }


def _expected(earlier: tuple[ActivityEntry, ...], later: tuple[ActivityEntry, ...]) -> dict[Row, str]:
    before, after = ({row[side] for row in ALIGNED_BY_HAND} for side in (0, 1))
    dropped: dict[Row, str] = {(e.code, None): "dropped" for e in earlier if e.code not in before}
    new: dict[Row, str] = {(None, e.code): "new" for e in later if e.code not in after}
    return ALIGNED_BY_HAND | dropped | new


def _f1(found: dict[Row, str], expected: dict[Row, str]) -> float:
    right = sum(expected.get(row) == kind for row, kind in found.items())
    return 2 * right / (len(found) + len(expected))


@pytest.mark.reference
def test_the_real_programmes_are_aligned_as_by_hand(reference: Path) -> None:
    earlier, later = (activities_of(from_folder(reference / "corpus", prefix)) for prefix in ("003", "001"))
    assert _f1(_rows(continuity(earlier, later)), _expected(earlier, later)) >= LEAST_F1


def test_the_sample_programmes_are_aligned_as_the_real_ones() -> None:
    earlier, later = (activities_of(sample(f"en/work-programme-{name}")) for name in ("2017.pdf", "2019.docx"))
    assert _f1(_rows(continuity(earlier, later)), _expected(earlier, later)) >= LEAST_F1


def test_programmes_in_two_languages_are_aligned_through_a_word_list() -> None:
    earlier = activities_of(sample("en/work-programme-2017.pdf"))
    later = activities_of(sample("es/programa-de-trabajo-2019.pdf"))
    glossary = Glossary.load()
    found = _rows(
        continuity(earlier, later, translate=lambda text, tongue: glossary.gloss(text, source=tongue, target="en"))
    )
    pairs = {row for row in found if None not in row}
    assert pairs <= set(ALIGNED_BY_HAND)
    assert len(pairs) >= len(ALIGNED_BY_HAND) / 2


def test_a_code_that_stays_while_its_activity_goes_is_dropped_and_new() -> None:
    found = continuity(_programme(2031, "cranes of the harbour"), _programme(2032, "language courses for pilots"))
    assert [alignment.continuity for alignment in found] == [Continuity.DROPPED, Continuity.NEW]


def test_a_title_under_another_code_is_renumbered() -> None:
    found = _rows(continuity(_programme(2031, "cranes", "dredging of canals"), _programme(2032, "dredging of canals")))
    assert found == {("I.1.1", None): "dropped", ("I.1.2", "I.1.1"): "renumbered"}


def test_like_titles_about_other_objects_are_told_apart() -> None:
    earlier = _programme(
        2031, *(f"Analysis of trade and cooperation relations with {name}" for name in ("Norway", "Kenya"))
    )
    later = _programme(2032, "Analysis of trade and cooperation relations with Japan")
    assert {a.continuity for a in continuity(earlier, later)} == {Continuity.DROPPED, Continuity.NEW}


def test_activities_of_a_series_are_merged_into_the_one_that_sums_them_up() -> None:
    objects = ("cranes", "pilots", "free trade zones")
    earlier = _programme(2031, *(f"Management and maintenance of the specialized portal on {name}" for name in objects))
    later = _programme(2032, "Management and maintenance of specialized portals")
    found = _rows(continuity(earlier, later))
    assert found == {(f"I.1.{n}", "I.1.1"): "changed" for n in (1, 2, 3)}


def test_every_activity_is_in_the_alignment() -> None:
    earlier, later = (activities_of(sample(f"en/work-programme-{name}")) for name in ("2017.pdf", "2019.docx"))
    found = continuity(earlier, later)
    assert {a.earlier.code for a in found if a.earlier} == {entry.code for entry in earlier}
    assert {a.later.code for a in found if a.later} == {entry.code for entry in later}
