"""Typing errors and abbreviations in a question do not hide what was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Question, Turn
from assistant.messages import LANGUAGES
from assistant.understanding.question import understand
from assistant.understanding.spelling import corrections, with_decisions_written_out

KNOWN = frozenset({"harbour", "pier"})


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        ("en", "the meting of ports", ("meeting",)), ("en", "conferense on disastr risk", ("conference", "disaster")),
        ("es", "programa de travajo", ("trabajo",)), ("es", "la reunuon del consejo", ("reunion",)),
        ("pt", "segurança alimntar", ("alimentar",)), ("fr", "l'ateleir d'avril", ("atelier",)),
    ],
)  # fmt: skip
def test_an_unknown_word_next_to_one_word_is_corrected(language, text, meant):
    assert corrections(text, language, known=KNOWN) == meant


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [("en", "the rpogramme", "programme"), ("en", "the ecretariat", "secretariat"), ("es", "la istoria", "historia")],
)
def test_a_first_letter_left_out_or_swapped_is_mended(language, text, meant):
    assert corrections(text, language, known=frozenset({"nothing"})) == (meant,)


@pytest.mark.parametrize(("language", "text"), [("en", "who brought the tugs"), ("es", "cuánto creció el puerto")])
def test_a_word_that_begins_with_another_letter_was_not_meant(language, text):
    assert corrections(text, language, known=frozenset({"tugs", "puerto"})) == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text", ["harbour", "Guevera", "IPPALC", "I.1.1", "SELA-PYMES", "2019", "xqzzkwv", "", "a@b.com"]
)
def test_names_codes_and_words_of_the_documents_are_left(language, text):
    assert corrections(text, language, known=KNOWN) == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "founded"),
        ("en", "tabled"),
        ("fr", "prévoit"),
        ("fr", "soutient"),
        ("es", "acordaron"),
        ("pt", "decidiram"),
    ],
)
def test_forms_of_a_word_are_no_errors(language, text):
    assert corrections(text, language, known=KNOWN) == ()


@pytest.mark.parametrize(
    "text",
    ["what did dec. 530 say", "dec 530", "que dit la déc. n° 530 ?", "dec. nº 530", "decison 530", "desición 530",
     "decisao 530", "DECISION 530", "décision n°530"],
)  # fmt: skip
def test_a_decision_is_known_however_it_is_written(text):
    assert [d.number for d in understand(Question(text), known_decisions=()).decisions] == [530]


@pytest.mark.parametrize("text", ["Dec. 2018", "on Dec 5, 2010", "dec 31", "in december 2018"])
def test_december_is_no_decision(text):
    assert with_decisions_written_out(text) == text


def test_errors_are_corrected_in_what_is_searched_and_not_in_what_is_shown():
    understood = understand(Question("the meting of ports"), known_decisions=(), known_words=KNOWN)
    assert (understood.text, understood.searched) == ("the meting of ports", "the meting of ports (meeting)")


def test_a_follow_up_may_abbreviate():
    question = Question("and dec. 530?", history=(Turn("What does Decision 440 mandate?"),))
    understood = understand(question, known_decisions=(440, 530))
    assert [d.number for d in understood.decisions] == [530]


@given(st.text(max_size=80), st.sampled_from(LANGUAGES))
def test_no_words_make_it_fail(text, language):
    corrections(with_decisions_written_out(text), language, known=KNOWN)
