"""Who heads a body is asked for by the body, and named by the office."""

import pytest
from language_model_samples import asking, home_of

from assistant.answers import Outcome, Question
from assistant.understanding.asked import Asked, asked_for
from assistant.understanding.offices import with_offices
from assistant.understanding.question import understand

HEADED = {
    "Who headed the Permanent Secretariat in May 2018?": ("en", "Who was the permanent secretary in May 2018?"),
    "Who is in charge of the Secretariat?": ("en", "Who was the secretary?"),
    "Who leads the Ministry of Ports?": ("en", "Who was the minister of Ports?"),
    "¿Quién dirigía la Secretaría Permanente en 2014?": ("es", "¿Quién era el secretario permanente en 2014?"),
    "¿Quién estaba al frente del Ministerio de Puertos?": ("es", "¿Quién era el ministro de Puertos?"),
    "Quem chefiava a Secretaria Permanente em 2014?": ("pt", "Quem era o secretario permanente em 2014?"),
    "Quem está à frente da Embaixada?": ("pt", "Quem era o embaixador?"),
    "Qui dirigeait le Secrétariat permanent en 2014 ?": ("fr", "Qui était le secretaire permanent en 2014 ?"),
    "Qui est à la tête du Ministère des ports ?": ("fr", "Qui était le ministre des ports ?"),
}


@pytest.mark.parametrize(("question", "expected"), HEADED.items())
def test_who_heads_a_body_is_searched_by_the_office(question, expected):
    language, asked = expected
    assert with_offices(question, language) == asked
    assert understand(Question(question), known_decisions=()).searched == asked


@pytest.mark.parametrize("question", HEADED)
def test_whoever_heads_a_body_has_a_name(question):
    assert Asked.NAME in asked_for(question, HEADED[question][0])


@pytest.mark.parametrize(
    "question",
    [
        "What did the Permanent Secretariat publish?",
        "Which meeting did the Secretariat hold?",
        "Who wrote to the Ministry?",
    ],
)
def test_a_body_that_nobody_is_said_to_head_stays_what_it_is(question):
    assert with_offices(question, "en") == question


def test_the_head_of_a_body_is_found_by_the_office(tmp_path, glossary):
    said = "The Harbour Secretary, Ms. Ana Pineda, greeted the pilots. The Harbour Secretariat paid for their tugs."
    notes = f"# Notes\n\nCallao, 7 May 2014\n\n## Opening\n\n{said}\n"
    answer = asking(home_of(tmp_path, notes=notes), glossary, None).ask(Question("Who headed the Harbour Secretariat?"))
    assert "Ana Pineda" in answer.citations[0].quote


def test_a_name_is_told_where_a_sentence_without_one_reads_better(tmp_path, glossary):
    opened = "The tugs were greeted by Ms. Ana Pineda, Harbour Secretary, who then spoke of the tides for an hour."
    notes = f"# Notes\n\nCallao, 7 May 2014\n\n## Opening\n\nThe Harbour Secretary spoke in May 2014.\n\n{opened}\n"
    assistant = asking(home_of(tmp_path, notes=notes), glossary, None)
    answer = assistant.ask(Question("Who was the Harbour Secretary in May 2014?"))
    assert "Ana Pineda" in answer.citations[0].quote


def test_a_person_named_elsewhere_is_no_answer(tmp_path, glossary):
    notes = (
        "# Notes\n\n## Treaties\n\nIn 2018 the port of Callao signed a treaty on pilots with Guayaquil.\n\n"
        "The treaty on cranes was brought by Ms. Ana Pineda in 2018.\n"
    )
    answer = asking(home_of(tmp_path, notes=notes), glossary, None).ask(
        Question("Who signed the treaty on pilots with Guayaquil for the port of Callao in 2018?")
    )
    assert answer.outcome is Outcome.NO_EVIDENCE
