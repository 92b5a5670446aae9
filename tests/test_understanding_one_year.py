"""A question about several years, asked of one."""

import pytest

from assistant.understanding.one_year import asked_of


@pytest.mark.parametrize(
    ("year", "text", "wanted"),
    [
        (2018, "Who led the office in May 2014, in May 2018 and in April 2024?", "Who led the office in May 2018?"),
        (2014, "Who led the office in May 2014, in May 2018 and in April 2024?", "Who led the office in May 2014?"),
        (2024, "Who led the office in May 2014, in May 2018 and in April 2024?", "Who led the office in April 2024?"),
        (2019, "What do the programmes of 2017 and 2019 say?", "What do the programmes of 2019 say?"),
        (2017, "What do the programmes of 2017 and 2019 say?", "What do the programmes of 2017 say?"),
        (2019, "¿Qué cambió entre 2017 y 2019?", "¿Qué cambió entre 2019?"),
        (2015, "Onde foi o fórum em 2013, 2014 e 2015?", "Onde foi o fórum em 2015?"),
        (2013, "Où s'est tenu le forum en 2013 et en 2014 ?", "Où s'est tenu le forum en 2013 ?"),
        (2013, "What is planned?", "What is planned?"),
    ],
)
def test_dates_of_other_years_go_with_the_words_that_join_them(year, text, wanted):
    assert asked_of(year, text) == wanted
