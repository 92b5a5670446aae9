"""Numbers, percentages and money with the separators of four languages."""

from decimal import Decimal

import pytest

from ingest.identifiers import Unit, find_numbers

NUMBERS = [
    ("25 studies", "25", Unit.NONE),
    ("67 %", "67", Unit.PERCENT),
    ("67%", "67", Unit.PERCENT),
    ("67 per cent", "67", Unit.PERCENT),
    ("67 por ciento", "67", Unit.PERCENT),
    ("67 por cento", "67", Unit.PERCENT),
    ("67 pour cent", "67", Unit.PERCENT),
    ("-0.4%", "-0.4", Unit.PERCENT),
    ("3,04 %", "3.04", Unit.PERCENT),
    ("US$ 10,079 million", "10079000000", Unit.US_DOLLAR),
    ("US\\$ 10,079 million", "10079000000", Unit.US_DOLLAR),
    ("10.079 millones de dólares", "10079000000", Unit.US_DOLLAR),
    ("10 079 millions de dollars", "10079000000", Unit.US_DOLLAR),
    ("10\u202f079 millions de dollars", "10079000000", Unit.US_DOLLAR),
    ("2 mil millones", "2000000000", Unit.NONE),
    ("2 bilhões", "2000000000", Unit.NONE),
    ("2 billones", "2000000000000", Unit.NONE),
    ("2 milliards d'euros", "2000000000", Unit.EURO),
    ("€ 5,5", "5.5", Unit.EURO),
    ("1.234.567,89", "1234567.89", Unit.NONE),
    ("1,234,567.89", "1234567.89", Unit.NONE),
]


@pytest.mark.parametrize(("text", "value", "unit"), NUMBERS)
def test_number_is_read_with_its_unit(text: str, value: str, unit: Unit) -> None:
    assert [(found.value, found.unit) for found in find_numbers(text)] == [(Decimal(value), unit)]


@pytest.mark.parametrize("text", ["Activity I.1.2", "SP/CL/4", "G77", "1.2.3", "ten studies", "28th"])
def test_what_is_part_of_a_code_is_no_number(text: str) -> None:
    assert find_numbers(text) == ()


def test_language_decides_an_ambiguous_separator() -> None:
    assert find_numbers("10.079", language="es")[0].value == 10079
    assert find_numbers("10.079", language="en")[0].value == Decimal("10.079")
    assert find_numbers("10,079", language="fr")[0].value == Decimal("10.079")


def test_same_sum_agrees_between_languages() -> None:
    (english,), (spanish,) = find_numbers("US$ 24.600 million"), find_numbers("24.600 millones de dólares")
    assert english.agrees_with(spanish)
    assert not english.agrees_with(find_numbers("24.600 millones")[0])


def test_range_of_percentages_gives_both_ends() -> None:
    assert [found.value for found in find_numbers("from 6% to 8%")] == [6, 8]
