"""Outline: the section tree out of headings."""

import re

import pytest
from source_lines import heading, marked_source, paragraph, text_source

from ingest.documents import Section, SourceDocument, SourceLine
from ingest.layout import lay_out
from ingest.outline import find_sections


def paths(source: SourceDocument) -> list[tuple[str, ...]]:
    return [section.path for section in find_sections(lay_out(source))]


def bold(text: str) -> SourceLine:
    return SourceLine(text, emphasised=True, complete=True)


def test_the_documents_own_numbering_wins_over_random_markup_levels() -> None:
    source = marked_source(
        bold("AREA I. TRADE"),
        bold("PROGRAMME: HARBOURS"),
        heading("PROJECT I.1. Ships", 4),
        heading("Activity I.1.1. Courses", 2),
        heading("A. Background and justification", 5),
        paragraph("Ships need people."),
        heading("B. Objectives", 3),
        heading("Activity I.1.2. Guides", 6),
        heading("A. Background and justification", 2),
        bold("AREA II. COOPERATION"),
    )
    area = ("AREA I. TRADE",)
    activity = (*area, "PROGRAMME: HARBOURS", "PROJECT I.1. Ships", "Activity I.1.1. Courses")
    assert paths(source)[4:6] == [(*activity, "A. Background and justification"), (*activity, "B. Objectives")]
    assert paths(source)[6] == (*activity[:3], "Activity I.1.2. Guides")
    assert paths(source)[8] == ("AREA II. COOPERATION",)


@pytest.mark.parametrize(
    "names",
    [
        ("ÁREA I. COMERCIO", "PROGRAMA: PUERTOS", "PROYECTO I.1. Barcos", "Actividad I.1.1. Cursos", "A. Antecedentes"),
        ("ÁREA I. COMÉRCIO", "PROGRAMA: PORTOS", "PROJETO I.1. Navios", "Atividade I.1.1. Cursos", "A. Antecedentes"),
        ("DOMAINE I. COMMERCE", "PROGRAMME : PORTS", "PROJET I.1. Navires", "Activité I.1.1. Cours", "A. Contexte"),
    ],
)
def test_numbering_is_read_in_the_other_languages(names: tuple[str, ...]) -> None:
    assert paths(marked_source(*(bold(name) for name in names)))[-1] == names


def test_markup_levels_make_the_tree_where_nothing_is_numbered() -> None:
    source = marked_source(heading("Harbours", 1), heading("Costs", 2), heading("Berths", 3), heading("Income", 2))
    assert paths(source)[1:] == [("Harbours", "Costs"), ("Harbours", "Costs", "Berths"), ("Harbours", "Income")]


def test_roman_and_decimal_numbers_nest_in_the_order_they_come_in() -> None:
    source = marked_source(bold("I. BACKGROUND"), bold("1. Costs"), bold("1.1 Berths"), bold("II. SUMMARY"))
    assert paths(source) == [
        ("I. BACKGROUND",),
        ("I. BACKGROUND", "1. Costs"),
        ("I. BACKGROUND", "1. Costs", "1.1 Berths"),
        ("II. SUMMARY",),
    ]


def test_lines_in_capitals_are_headings_and_spaced_out_letters_are_closed_up() -> None:
    text = "F O R E W O R D\n\nThe harbours did well this year.\n\nCONCLUSIONS\n\nThey should do so again."
    assert paths(text_source(text)) == [("FOREWORD",), ("CONCLUSIONS",)]


def test_a_section_ends_where_the_next_of_its_level_begins() -> None:
    layout = lay_out(marked_source(bold("A. One part"), paragraph("Some words."), bold("B. Other part")))
    first, second = find_sections(layout)
    assert layout.text[first.start : first.body] == "A. One part"
    assert (first.end, second.end) == (second.start, len(layout.text))


def _activities(text: str) -> set[str]:
    return set(re.findall(r"Activity ([IVX]+\.\d+\.\d+)", text))


@pytest.mark.reference
@pytest.mark.parametrize(("name", "count"), [("001_59bff0e62e5b70a4.txt", 34), ("003_28d2b85c100913ec.txt", 35)])
def test_every_activity_of_the_work_programmes_is_a_section_under_its_project(reference, name, count) -> None:
    from ingest.reading import read_file

    layout = lay_out(read_file(reference / "corpus" / name))
    activities = [s for s in find_sections(layout) if s.path[-1].startswith("Activity ")]
    assert {code for s in activities for code in _activities(s.path[-1])} == _activities(layout.text)
    assert len(activities) == count
    assert all(_has_right_path(section) for section in activities)


def _has_right_path(section: Section) -> bool:
    area, programme, project, activity = section.path
    code = _activities(activity).pop()
    numbers = code.split(".")
    return (
        area.startswith(f"AREA {numbers[0]}.")
        and programme.startswith("PROGRAMME:")
        and project.startswith(f"PROJECT {numbers[0]}.{numbers[1]}")
    )
