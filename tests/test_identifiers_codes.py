"""Codes of work programmes, their years, and document symbols, as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.identifiers import (
    Level,
    find_bodies,
    find_codes,
    find_decisions,
    find_numbers,
    find_symbols,
    nearest_symbols,
    normal_symbol,
    programme_years,
    session_of_symbol,
)

CODES = [
    ("Activity I.1.2", ["I.1.2"]),
    ("activity i.1.2", ["I.1.2"]),
    ("Activity I. 1. 2.", ["I.1.2"]),
    ("Activity: II-2-3", ["II.2.3"]),
    ("activity 2.2.3", ["II.2.3"]),
    ("actvity II.2.3", ["II.2.3"]),
    ("actividad II.2.3", ["II.2.3"]),
    ("Actividad N° II.2.3", ["II.2.3"]),
    ("atividade I.1.2", ["I.1.2"]),
    ("activité I.1.2", ["I.1.2"]),
    ("wat is II.2.3??", ["II.2.3"]),
    ("Activities I.1.2 and I.1.3", ["I.1.2", "I.1.3"]),
    ("Project III.1", ["III.1"]),
    ("proyecto III.1", ["III.1"]),
    ("Area I", ["I"]),
    ("ÁREA II. COOPERACIÓN", ["II"]),
    ("area 3", ["III"]),
    ("Activity IX.99.9", ["IX.99.9"]),
    ("area i want to know", []),
    ("SP/CL/XLII.O/DT N° 4-16", []),
    ("I. Introduction", []),
    ("version 2.2.3", []),
    ("in 2017 there were 3.1 million", []),
    ("IV Meeting", []),
    ("i.e. the area", []),
]


@pytest.mark.parametrize(("text", "codes"), CODES)
def test_code_is_found_however_it_is_written(text: str, codes: list[str]) -> None:
    assert [found.code for found in find_codes(text)] == codes


def test_level_is_what_the_word_before_says() -> None:
    texts = ("Area I", "Project I.1", "actividad I.1.1", "II.1", "II.1.1")
    levels = [find_codes(text)[0].level for text in texts]
    assert levels == [Level.AREA, Level.PROJECT, Level.ACTIVITY, Level.PROJECT, Level.ACTIVITY]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Activity II.2.3 of the 2017 programme", [2017]),
        ("Activity II.2.3 (2019)", [2019]),
        ("2019's Activity I.1.2", [2019]),
        ("la actividad II.2.3 de 2017 y la II.2.3 de 2019", [2017, 2019]),
        ("what is II.2.3 in the 2017 wp n the 2019 wp", [None]),
        ("Activity II.2.3", [None]),
    ],
)
def test_code_carries_the_year_of_its_programme(text: str, years: list[int | None]) -> None:
    assert [found.year for found in find_codes(text)] == years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("the 2019 programme", [2019]),
        ("WP 2017", [2017]),
        ("WP2017", [2017]),
        ("2017 wp n 2019 wp", [2017, 2019]),
        ("the 2017 and 2019 programmes", [2017, 2019]),
        ("programme for 2019", [2019]),
        ("Work Programme for the year 2019", [2019]),
        ("programa de trabajo 2017", [2017]),
        ("programa de trabajo del año 2017", [2017]),
        ("los programas de 2017 y 2019", [2017, 2019]),
        ("programa de trabalho para o ano de 2019", [2019]),
        ("programme de travail pour l'année 2019", [2019]),
        ("each programme planned, 2017 against 2019", []),
        ("a meeting in 2017", []),
        ("the programme", []),
    ],
)
def test_years_of_programmes_are_read(text: str, years: list[int]) -> None:
    assert [found.year for found in programme_years(text)] == years


SYMBOLS = [
    ("SP/CL/XLII.O/DT N° 4-16)", "SP/CL/XLII.O/DT4-16"),
    ("sp/cl/xlii.o/dt no 4-16", "SP/CL/XLII.O/DT4-16"),
    ("SP / CL / XLII.O / DT Nº 4 - 16", "SP/CL/XLII.O/DT4-16"),
    ("SP/CL/XLII.O/DT 4-16", "SP/CL/XLII.O/DT4-16"),
    ("SP/CL/XLII.O/DT\nN.º\n4-16", "SP/CL/XLII.O/DT4-16"),
    ("SP/SE No. 2-18", "SP/SE2-18"),
    ("SP/RV-TSTI-IR-24", "SP/RV-TSTI-IR-24"),
    ("SP/Di No. 3-17", "SP/DI3-17"),
    ("SP/RRIIALC- DT N° 2-16", "SP/RRIIALC-DT2-16"),
    ("SP/XX/L.O/DT N° 99-99", "SP/XX/L.O/DT99-99"),
    ("see the SP/page", None),
    ("CL/XLII", None),
    ("sp 4-16", None),
]


@pytest.mark.parametrize(("text", "normal"), SYMBOLS)
def test_symbol_is_found_in_its_normal_form(text: str, normal: str | None) -> None:
    assert [found.normal for found in find_symbols(text)] == ([] if normal is None else [normal])


def test_mistyped_symbol_is_near_the_right_one() -> None:
    known = ["SP/CL/XLII.O/DT N° 4-16", "SP/SE No. 2-18", "SP/RV-TSTI-IR-24"]
    assert nearest_symbols("SP/CL/XLI.O/DT 4-16", known)[0] == known[0]
    assert nearest_symbols("sp/rv-tst-ir-24", known)[0] == known[2]
    assert nearest_symbols("A/RES/70/1", known) == ()


def test_symbol_of_a_session_names_the_session() -> None:
    assert session_of_symbol("SP / CL / XLII.O/DT N° 4-16") == 42
    assert session_of_symbol("SP/SE No. 2-18") is None


@given(st.text(max_size=60))
def test_normal_form_is_its_own_normal_form(text: str) -> None:
    assert normal_symbol(normal_symbol("SP/" + text)) == normal_symbol(normal_symbol(normal_symbol("SP/" + text)))


@given(st.text(max_size=80))
def test_any_text_is_taken_without_failing(text: str) -> None:
    found = (*find_codes(text), *find_symbols(text), *find_decisions(text), *find_bodies(text), *find_numbers(text))
    assert all(0 <= mention.start < mention.end <= len(text) for mention in found)
