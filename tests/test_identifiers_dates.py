"""Dates, ranges and years in four languages: read, compared and written out."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.identifiers import LANGUAGES, DateRange, Precision, find_dates, find_years, render_dates

DATES = [
    ("7 to 9 April 2003", [("2003-04-07", "2003-04-09")]),
    ("07 to 09 April 2003", [("2003-04-07", "2003-04-09")]),
    ("the 7th to the 9th of April, 2003", [("2003-04-07", "2003-04-09")]),
    ("7, 8 and 9 April 2003", [("2003-04-07", "2003-04-09")]),
    ("1–3 July 2019", [("2019-07-01", "2019-07-03")]),
    ("26 to 28 October\n\n2016", [("2016-10-26", "2016-10-28")]),
    ("from 28 to 30 November 2017", [("2017-11-28", "2017-11-30")]),
    ("October 03 to 04, 2013", [("2013-10-03", "2013-10-04")]),
    ("October 31 to November 1, 2013", [("2013-10-31", "2013-11-01")]),
    ("16 to 18 August of 2017", [("2017-08-16", "2017-08-18")]),
    ("31 October to 1 November 2013", [("2013-10-31", "2013-11-01")]),
    ("31 October and 1 November", [("--10-31", "--11-01")]),
    ("30 December to 2 January 2019", [("2018-12-30", "2019-01-02")]),
    ("26 y 27 de octubre de 2010", [("2010-10-26", "2010-10-27")]),
    ("del 7 al 9 de abril del 2003", [("2003-04-07", "2003-04-09")]),
    ("entre el 7 y el 9 de abril de 2003", [("2003-04-07", "2003-04-09")]),
    ("5 de abril de 2024", [("2024-04-05", "2024-04-05")]),
    ("1.º de julio de 2019", [("2019-07-01", "2019-07-01")]),
    ("08 mayo 2014", [("2014-05-08", "2014-05-08")]),
    ("11 DE SETIEMBRE DE 2001", [("2001-09-11", "2001-09-11")]),
    ("1º de julho de 2019", [("2019-07-01", "2019-07-01")]),
    ("2 e 3 de dezembro de 2011", [("2011-12-02", "2011-12-03")]),
    ("7 a 9 de março de 2003", [("2003-03-07", "2003-03-09")]),
    ("1er juillet 2019", [("2019-07-01", "2019-07-01")]),
    ("du 7 au 9 avril 2003", [("2003-04-07", "2003-04-09")]),
    ("du 28 novembre au 2 décembre 2017", [("2017-11-28", "2017-12-02")]),
    ("les 26 et 27 août 2010", [("2010-08-26", "2010-08-27")]),
    ("3 and 17 May 2018", [("2018-05-03", "2018-05-03"), ("2018-05-17", "2018-05-17")]),
    ("22 April", [("--04-22", "--04-22")]),
    ("Caracas, May 8", [("--05-08", "--05-08")]),
    ("May 2018", [("2018-05", "2018-05")]),
    ("(November, 2014)", [("2014-11", "2014-11")]),
    ("mayo de 2018", [("2018-05", "2018-05")]),
    ("November 2018 – March 2019", [("2018-11", "2019-03")]),
    ("November to March 2019", [("2018-11", "2019-03")]),
    ("December 2016-February", [("2016-12", "2017-02")]),
    ("July, August and September 2019", [("2019-07", "2019-09")]),
    ("March and October 2019", [("2019-03", "2019-03"), ("2019-10", "2019-10")]),
    ("de enero a junio de 2017", [("2017-01", "2017-06")]),
    ("January-June", [("--01", "--06")]),
    ("em março", [("--03", "--03")]),
    ("second half of May", [("--05-16", "--05-31")]),
    ("segunda quincena de mayo de 2024", [("2024-05-16", "2024-05-31")]),
    ("first quarter", [("--01", "--03")]),
    ("first quarter of the year 2016", [("2016-01", "2016-03")]),
    ("segundo semestre de 2017", [("2017-07", "2017-12")]),
    ("premier trimestre 2016", [("2016-01", "2016-03")]),
    ("2019-05-07", [("2019-05-07", "2019-05-07")]),
    ("07/04/2003", [("2003-04-07", "2003-04-07")]),
    ("between 1999 and 2014", [("1999", "2014")]),
    ("2017 and 2019", [("2017", "2017"), ("2019", "2019")]),
    ("2017-18", [("2017", "2018")]),
    ("the year 2003", [("2003", "2003")]),
    # no dates
    ("every four months", []),
    ("each month", []),
    ("it may 5 times fail", []),
    ("it may be so", []),
    ("March on Rome", []),
    ("2 out of 3", []),
    ("7 set pieces", []),
    ("US$ 2000", []),
    ("2,000 studies", []),
    ("2019.5 points", []),
    ("SP/CL/XLII.O/DT N° 4-16", []),
    ("Activity I.1.2", []),
    ("31/31/2019", []),
    ("el mar Caribe", []),
    ("el marco de gestión", []),
    ("440", []),
    ("100 % in 12 countries", []),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_date_is_read_however_it_is_written(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(found.range.start, found.range.end) for found in find_dates(text)] == expected


def test_reversed_range_is_kept_and_said_to_be_reversed() -> None:
    (found,) = find_dates("9 to 7 April 2003")
    assert (found.range.start, found.range.end, found.range.is_reversed) == ("2003-04-09", "2003-04-07", True)
    assert find_dates("2019 to 2017")[0].range.is_reversed
    assert not find_dates("October-January")[0].range.is_reversed
    assert not find_dates("7 to 9 April 2003")[0].range.is_reversed


def test_years_are_given_once_and_may_be_left_out_of_the_dates() -> None:
    assert find_years("from 7 to 9 April 2003, again in 2003 and in May 2018") == (2003, 2018)
    assert find_dates("in 2003", with_years=False) == ()


def _range(text: str) -> DateRange:
    return find_dates(text)[0].range


def test_coarser_date_agrees_with_the_finer_one_it_holds() -> None:
    exact = _range("7 to 9 April 2003")
    assert exact.agrees_with(_range("07 al 09 de abril de 2003"))
    assert exact.agrees_with(_range("2003"))
    assert exact.agrees_with(_range("April 2003"))
    assert exact.agrees_with(_range("7 to 9 April"))
    assert not exact.agrees_with(_range("7 to 10 April 2003"))
    assert not exact.agrees_with(_range("2004"))


def test_range_holds_what_lies_within_it() -> None:
    assert _range("2003").holds(_range("7 to 9 April 2003"))
    assert _range("second half of May").holds(_range("22 May"))
    assert not _range("April 2003").holds(_range("2003"))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "7 to 9 April 2003"),
        ("es", "7 al 9 de abril de 2003"),
        ("pt", "7 a 9 de abril de 2003"),
        ("fr", "du 7 au 9 avril 2003"),
    ],
)
def test_range_is_written_in_the_manner_of_each_language(language: str, expected: str) -> None:
    assert render_dates(DateRange("2003-04-07", "2003-04-09", Precision.DAY), language) == expected


def test_first_of_the_month_is_written_in_the_manner_of_each_language() -> None:
    first = DateRange("2019-07-01", "2019-07-01", Precision.DAY)
    written = [render_dates(first, language) for language in LANGUAGES]
    assert written == ["1 July 2019", "1 de julio de 2019", "1º de julho de 2019", "1er juillet 2019"]


LANGUAGE = st.sampled_from(LANGUAGES)
DAY = st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 12, 31))


def _round_trip(dates: DateRange, language: str) -> None:
    written = render_dates(dates, language)
    assert [found.range for found in find_dates(f"({written})")] == [dates], written


@given(DAY, st.integers(min_value=0, max_value=500), LANGUAGE)
def test_written_days_are_read_back(start: date, length: int, language: str) -> None:
    end = start + timedelta(days=length)
    _round_trip(DateRange(start.isoformat(), end.isoformat(), Precision.DAY), language)


@given(DAY, LANGUAGE)
def test_written_days_without_a_year_are_read_back(day: date, language: str) -> None:
    partial = f"--{day:%m-%d}"
    _round_trip(DateRange(partial, partial, Precision.DAY), language)


@given(DAY, st.integers(min_value=0, max_value=40), LANGUAGE)
def test_written_months_are_read_back(start: date, length: int, language: str) -> None:
    months = start.year * 12 + start.month - 1 + length
    end = f"{months // 12}-{months % 12 + 1:02}"
    _round_trip(DateRange(f"{start:%Y-%m}", end, Precision.MONTH), language)


@given(st.integers(1950, 2099), st.integers(0, 3), st.booleans(), LANGUAGE)
def test_written_parts_of_a_year_are_read_back(year: int, quarter: int, dated: bool, language: str) -> None:
    prefix = f"{year}-" if dated else "--"
    ends = f"{prefix}{quarter * 3 + 1:02}", f"{prefix}{quarter * 3 + 3:02}"
    _round_trip(DateRange(*ends, Precision.QUARTER), language)
    half = quarter // 2
    _round_trip(DateRange(f"{prefix}{half * 6 + 1:02}", f"{prefix}{half * 6 + 6:02}", Precision.HALF_YEAR), language)


@given(DAY, LANGUAGE)
def test_written_half_months_are_read_back(day: date, language: str) -> None:
    last = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    _round_trip(DateRange(f"{day:%Y-%m}-16", last.isoformat(), Precision.HALF_MONTH), language)
    _round_trip(DateRange(f"{day:%Y-%m}-01", f"{day:%Y-%m}-15", Precision.HALF_MONTH), language)


@given(st.integers(1950, 2050), st.integers(0, 49), LANGUAGE)
def test_written_years_are_read_back(year: int, length: int, language: str) -> None:
    _round_trip(DateRange(str(year), str(year + length), Precision.YEAR), language)


@given(st.text(max_size=80))
def test_any_text_is_taken_without_failing(text: str) -> None:
    assert all(0 <= found.start < found.end <= len(text) for found in find_dates(text))
