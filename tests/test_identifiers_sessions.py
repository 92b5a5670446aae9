"""Ordinals, meetings and sessions of the Council, as people write them in four languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.identifiers import SessionKind, find_meetings, find_ordinals, find_sessions, from_roman, to_roman

SESSIONS = [
    ("XXVIII Regular Meeting of the Latin American Council", 28),
    ("xxviii regular meeting", 28),
    ("28th regular meeting", 28),
    ("the twenty-eighth regular meeting", 28),
    ("Twenty eighth Regular\nMeeting", 28),
    ("28 regular meeting", 28),
    ("regular meeting no. 28", 28),
    ("28th session of the Latin American Council", 28),
    ("vigésima octava reunión ordinaria", 28),
    ("vigesimoctava reunión ordinaria", 28),
    ("VIGÉSIMA OCTAVA REUNIÓN ORDINARIA", 28),
    ("la 28.ª reunión ordinaria", 28),
    ("28va reunion ordinaria", 28),
    ("Reunión Ordinaria XXVIII", 28),
    ("XXVIII Reunión del Consejo Latinoamericano", 28),
    ("28ª Reunião Ordinária", 28),
    ("vigésima oitava reunião ordinária", 28),
    ("trigésima sétima reunião ordinária", 37),
    ("vingt-huitième réunion ordinaire", 28),
    ("28e réunion ordinaire", 28),
    ("XXVIIIe réunion ordinaire du Conseil latino-américain", 28),
    ("soixante et onzième session ordinaire", 71),
    ("quatre-vingt-dix-neuvième session ordinaire", 99),
    ("undécima reunión ordinaria", 11),
    ("cuadragésima cuarta reunión ordinaria", 44),
    ("the next regular meeting", None),
    ("IX Regional Meeting", None),
    ("XL Regular Meeting of the Council of Ministers of SICA", None),
    ("IV Regular Meeting of the Working Group", None),
    ("regular meetings of 28 experts", None),
    ("la reunión ordinaria", None),
    ("28 countries met regularly", None),
]


@pytest.mark.parametrize(("text", "number"), SESSIONS)
def test_session_of_the_council_is_recognised(text: str, number: int | None) -> None:
    assert [session.number for session in find_sessions(text)] == ([] if number is None else [number])


def test_extraordinary_session_is_told_apart() -> None:
    kinds = [
        find_sessions(text)[0].kind for text in ("V Extraordinary Meeting", "V Reunión Extraordinaria", "V Reunião")[:2]
    ]
    assert kinds == [SessionKind.EXTRAORDINARY] * 2


MEETINGS = [
    ("IX Latin American and Caribbean Regional Meeting on Foreign Trade Single Windows", [9]),
    ("ninth regional meeting on single windows", [9]),
    ("9th regional meeting", [9]),
    ("novena reunión regional", [9]),
    ("9ª reunião", [9]),
    ("nona reunião regional", [9]),
    ("neuvième réunion", [9]),
    ("V Reunião Regional", [5]),
    ("30th cooperation directors meeting", [30]),
    ("XXX Meeting of International Cooperation Directors", [30]),
    ("II CELAC-EU Summit", [2]),
    ("I Reunión Regional", [1]),
    ("the first and the third workshop", [3]),
    ("I will attend the meeting", []),
    ("La reunión de Caracas", []),
    ("via reunión", []),
    ("live meeting", []),
    ("first quarter of the meeting", []),
    ("3 a cinco reuniones", []),
    ("a meeting of 9 experts", []),
    ("four meetings", []),
]


@pytest.mark.parametrize(("text", "ordinals"), MEETINGS)
def test_meeting_is_recognised_by_its_ordinal(text: str, ordinals: list[int]) -> None:
    assert [meeting.ordinal for meeting in find_meetings(text)] == ordinals


def test_ordinal_without_a_noun_is_still_found() -> None:
    assert [ordinal.number for ordinal in find_ordinals("and the VIII one - which city?")] == [8]


@given(st.integers(min_value=1, max_value=99))
def test_roman_numerals_go_there_and_back(number: int) -> None:
    assert from_roman(to_roman(number)) == number
    assert from_roman(to_roman(number).lower()) == number


@pytest.mark.parametrize("numeral", ["", "IIII", "VX", "IL", "C", "ABC", "28"])
def test_what_is_no_roman_numeral_is_none(numeral: str) -> None:
    assert from_roman(numeral) is None


@pytest.mark.parametrize("number", [0, 100, -1])
def test_number_outside_the_range_has_no_roman_numeral(number: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        to_roman(number)


@given(st.text(max_size=80))
def test_any_text_is_taken_without_failing(text: str) -> None:
    assert all(0 <= found.start < found.end <= len(text) for found in (*find_sessions(text), *find_meetings(text)))
