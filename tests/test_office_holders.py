"""Offices pass from person to person: an answer says of which year it speaks, or does not answer."""

import pytest
from language_model_samples import asking, home_of

from assistant.answers import Outcome, Question

HARBOUR_MASTER = "The harbour master of Callao, Captain {name}, welcomed the pilots of the coast."


def minutes(date, name, more=""):
    said = HARBOUR_MASTER.format(name=name)
    return f"# Meeting of the pilots\n\nCallao, {date}\n\n## Opening\n\n{said}{more} Tugs were painted white.\n"


DOCUMENTS = {
    "old": minutes("7 May 2014", "Ana Pineda"),
    "newer": minutes("3 June 2021", "Carlos Medina"),
    "newest": minutes("9 April 2024", "Elvira Quispe"),
}


@pytest.fixture
def ask(tmp_path, glossary):
    def answering(question, **documents):
        return asking(home_of(tmp_path, **documents), glossary, None).ask(Question(question))

    return answering


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("Who is the harbour master of Callao?", ["Of 2024", "Of 2021", "Of 2014"]),
        ("Who was the harbour master of Callao?", ["Of 2024", "Of 2021", "Of 2014"]),
    ],
)
def test_each_holder_is_told_with_the_year_the_latest_first(ask, question, years):
    answer = ask(question, **DOCUMENTS)
    assert [statement.text.split(":")[0] for statement in answer.statements] == years
    names = ["Elvira Quispe", "Carlos Medina", "Ana Pineda"]
    assert all(n in c.quote for n, c in zip(names, answer.citations, strict=True))


@pytest.mark.parametrize(("year", "name"), [(2014, "Ana Pineda"), (2021, "Carlos Medina"), (2024, "Elvira Quispe")])
def test_a_year_asked_about_has_its_own_holder(ask, year, name):
    answer = ask(f"Who was the harbour master of Callao in {year}?", **DOCUMENTS)
    assert [name in citation.quote for citation in answer.citations] == [True]


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("¿Quién es el capitán de puerto del Callao?", "De 2024"),
        ("¿Quién fue presidente del puerto del Callao?", "De 2024"),
    ],
)
def test_holders_are_told_in_other_languages_too(ask, question, label):
    spanish = {
        name: text.replace(
            "The harbour master of Callao, Captain", "El presidente y capitán de puerto del Callao, señor"
        )
        .replace("welcomed the pilots of the coast", "recibió a los prácticos de la costa")
        .replace("Tugs were painted white.", "Los remolcadores se pintaron de blanco.")
        for name, text in DOCUMENTS.items()
    }
    answer = ask(question, **spanish)
    assert answer.statements[0].text.startswith(label)
    assert "Elvira Quispe" in answer.citations[0].quote


def test_a_year_that_is_no_date_of_the_event_does_not_move_a_holder(ask):
    more = {"old": minutes("7 May 2014", "Ana Pineda, who spoke of the 2030 Agenda"), "newest": DOCUMENTS["newest"]}
    answer = ask("Who is the harbour master of Callao?", **more)
    assert [s.text.split(":")[0] for s in answer.statements] == ["Of 2024", "Of 2014"]


def test_a_person_beside_both_does_not_hide_who_followed(ask):
    both = {
        "old": minutes("7 May 2014", "Ana Pineda, with the mayor Luis Rojas"),
        "newest": minutes("9 April 2024", "Elvira Quispe, with the mayor Luis Rojas"),
    }
    answer = ask("Who is the harbour master of Callao?", **both)
    assert [s.text.split(":")[0] for s in answer.statements] == ["Of 2024", "Of 2014"]


def test_an_organisation_may_answer_who_even_where_a_year_is_asked_about(ask):
    report = "# Report on the pilots\n\n## Opening\n\nThe Ministry of Ports presented the report on pilots in 2018.\n"
    answer = ask("Who presented the report on pilots in 2018?", report=report)
    assert answer.outcome is Outcome.ANSWERED


def test_nobody_is_named_for_a_year_of_which_no_document_speaks(ask):
    answer = ask("Who was the harbour master of Callao in 2018?", **DOCUMENTS)
    assert answer.outcome is Outcome.NO_EVIDENCE


def test_one_holder_in_all_years_needs_no_year(ask):
    documents = {name: minutes(date, "Ana Pineda") for name, date in (("one", "7 May 2014"), ("two", "9 April 2024"))}
    answer = ask("Who is the harbour master of Callao?", **documents)
    assert "Ana Pineda" in answer.citations[0].quote
    assert not any(s.text.startswith("Of ") for s in answer.statements)


def test_a_document_that_tells_no_time_may_be_of_any_year(ask):
    undated = minutes("in the morning", "Ana Pineda")
    answer = ask("Who was the harbour master of Callao in 2018?", undated=undated)
    assert "Ana Pineda" in answer.citations[0].quote
