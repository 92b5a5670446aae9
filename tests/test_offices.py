"""Who heads a body is asked for by the body, and named by the office."""

import pytest
from language_model_samples import asking, home_of

from assistant.answers import Question
from assistant.understanding.asked import Asked, asked_for
from assistant.understanding.offices import offices_headed
from assistant.understanding.question import understand

HEADED = {
    "Who headed the Permanent Secretariat in May 2018?": ("en", "permanent secretary"),
    "Who is in charge of the Secretariat?": ("en", "secretary"),
    "Who leads the Ministry of Ports?": ("en", "minister"),
    "¿Quién dirigía la Secretaría Permanente en 2014?": ("es", "secretario permanente"),
    "¿Quién estaba al frente del Ministerio de Puertos?": ("es", "ministro"),
    "Quem chefiava a Secretaria Permanente em 2014?": ("pt", "secretario permanente"),
    "Quem está à frente da Embaixada?": ("pt", "embaixador"),
    "Qui dirigeait le Secrétariat permanent en 2014 ?": ("fr", "secretaire permanent"),
    "Qui est à la tête du Ministère des ports ?": ("fr", "ministre"),
}


@pytest.mark.parametrize(("question", "expected"), HEADED.items())
def test_who_heads_a_body_holds_its_office(question, expected):
    language, office = expected
    assert offices_headed(question, language) == (office,)
    assert understand(Question(question), known_decisions=()).searched.endswith(f"({office})")


@pytest.mark.parametrize("question", [q for q, (_, office) in HEADED.items() if "minist" not in office])
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
    assert offices_headed(question, "en") == ()


def test_the_head_of_a_body_is_found_by_the_office(tmp_path, glossary):
    said = "The Harbour Secretary, Ms. Ana Pineda, greeted the pilots. The Harbour Secretariat paid for their tugs."
    notes = f"# Notes\n\nCallao, 7 May 2014\n\n## Opening\n\n{said}\n"
    answer = asking(home_of(tmp_path, notes=notes), glossary, None).ask(Question("Who headed the Harbour Secretariat?"))
    assert "Ana Pineda" in answer.citations[0].quote
