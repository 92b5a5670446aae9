"""What an asker holds against an answer, and what no document answers, over made-up documents and no model."""

import pytest
from assistant_samples import build

from assistant.answers import NoteKind, Outcome, Question, Turn
from assistant.glossary import Glossary

CRANES = "How many cranes has the harbour of Callao?"
PIER = "When was the new pier of Callao opened?"
DENIALS = {
    "en": ("no, it has twelve", "do not confirm"),
    "es": ("no, tiene doce", "no confirman"),
    "pt": ("não, tem doze", "não confirmam"),
    "fr": ("non, il en a douze", "ne confirment pas"),
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return build(tmp_path_factory.mktemp("claims"), Glossary.load())


def ask(assistant, text, *history):
    return assistant.ask(Question(text, history=tuple(map(Turn, history))))


@pytest.mark.parametrize("language", DENIALS)
def test_a_false_correction_is_not_taken_up_and_that_is_said(assistant, language):
    words, said = DENIALS[language]
    first, second = ask(assistant, CRANES), ask(assistant, words, CRANES)
    assert second.statements == first.statements
    assert [note.kind for note in second.notes] == [NoteKind.CONTRADICTION]
    assert said in second.notes[0].text
    assert "12" in second.notes[0].text


def test_a_false_date_is_named_in_the_note(assistant):
    answer = ask(assistant, "no, it was 2005", PIER)
    assert "3 May 2029" in answer.text
    assert answer.notes[0].text == "The documents do not confirm 2005."


@pytest.mark.parametrize("words", ["no, it was in 2029", "wasn't it in May 2029?", "I thought it was on 3 May 2029"])
def test_a_true_correction_is_confirmed_and_not_denied(assistant, words):
    answer = ask(assistant, words, PIER)
    assert answer.notes == ()
    assert "The documents do say this" in answer.text


def test_an_objection_without_a_claim_gets_the_same_answer(assistant):
    assert ask(assistant, "no", CRANES).text == ask(assistant, CRANES).text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Hello!"), ("es", "¡Buenos días!"), ("pt", "Bom dia"), ("fr", "Bonjour"), ("en", "Thank you!"),
        ("es", "gracias"), ("pt", "obrigado"), ("fr", "merci"), ("en", "Who are you?"), ("es", "¿Quién eres?"),
        ("pt", "Quem é você?"), ("fr", "Qui êtes-vous ?"), ("en", "Write me a poem about the sea"),
        ("es", "¿Qué tiempo hace hoy en Caracas?"), ("pt", "Escreva um poema sobre o mar"),
        ("fr", "Quel temps fait-il aujourd'hui ?"), ("en", "I have a headache, what should I take?"),
    ],
)  # fmt: skip
def test_what_no_document_answers_is_out_of_scope(assistant, language, text):
    answer = ask(assistant, text)
    assert (answer.outcome, answer.language) == (Outcome.OUT_OF_SCOPE, language)
    assert (answer.statements, answer.citations, answer.evidence) == ((), (), ())
    assert "SELA" in answer.text


def test_thanks_do_not_end_the_conversation(assistant):
    assert ask(assistant, "and of Valparaíso?", CRANES, "thanks!").statements != ()
