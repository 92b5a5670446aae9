"""Several questions in one are told apart, each with the subject they share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Question
from assistant.messages import LANGUAGES
from assistant.understanding.asked import Asked, asked_for
from assistant.understanding.parts import MOST_PARTS, split_questions
from assistant.understanding.question import understand

SEVERAL = [
    (
        "en",
        "When and where was the VII Meeting of Directors held and who organised it?",
        ["When and where was the VII Meeting of Directors held?", "VII Meeting of Directors"],
    ),
    (
        "en",
        "What is the objective of activity I.1.1 and which countries took part in the II meeting of ports?",
        ["What is the objective of activity I.1.1?", "Which countries took part in the II meeting of ports?"],
    ),
    ("en", "What is TFP? Who measured it first?", ["What is TFP?", "TFP"]),
    (
        "en",
        "Who signed the memorandum with the Union, and in which city was it signed?",
        ["Who signed the memorandum with the Union?", "memorandum with the Union"],
    ),
    (
        "es",
        "¿Dónde se celebró la VII Reunión de Directores y quién la inauguró?",
        ["Dónde se celebró la VII Reunión de Directores?", "VII Reunión de Directores"],
    ),
    ("es", "¿Qué dispuso la Decisión 440? ¿Y cuántos estudios prevé el programa de 2019?", ["440", "2019"]),
    (
        "es",
        "¿Cuándo fue el taller de abril y con qué apoyo se organizó?",
        ["Cuándo fue el taller de abril?", "taller de abril"],
    ),
    ("pt", "Onde foi a oficina de abril e quem representou a ALADI?", ["Onde foi a oficina de abril?", "ALADI"]),
    ("pt", "Quem representou a Comunidade Andina na oficina e que projeto citou?", ["Comunidade Andina", "projeto"]),
    (
        "fr",
        "Où s'est tenue la réunion de Lima et combien de jours a-t-elle duré ?",
        ["la réunion de Lima", "réunion de Lima"],
    ),
    ("fr", "Que prévoit la décision 440 et qui a ouvert l'atelier d'avril ?", ["440", "l'atelier d'avril"]),
    (
        "en",
        "Where was the meeting of ports held? When was it? Who opened it?",
        ["Where", "meeting of ports", "meeting of ports"],
    ),
]
ONE = [
    ("en", "When and where was the meeting held?"),
    ("en", "By when and how do the secretariats have to say which axis they will lead?"),
    ("en", "Which meeting adopted Decision 440, and when?"),
    ("en", "What are the objectives and the schedule of activity I.1.1?"),
    ("en", "Compare the programmes of 2017 and 2019"),
    ("en", "Benjamin Blanco proposed the digital agenda. Which subjects did he say it covers?"),
    ("en", "decision 440 and decision 530"),
    ("es", "¿Cuándo y dónde se celebró la reunión?"),
    ("es", "decisión que creó el grupo de comercio y competencia, número y año"),
    ("pt", "Em que reunião e em que datas foi tomada a Decisão 440?"),
    ("fr", "Quand et où les mécanismes ont-ils confié le dialogue au SELA ?"),
    ("fr", "Combien d'études et de réunions le programme 2019 prévoit-il ?"),
]


@pytest.mark.parametrize(("language", "text", "expected"), SEVERAL)
def test_several_questions_are_told_apart(language, text, expected):
    parts = split_questions(text, language)
    assert len(parts) == len(expected)
    assert [held for held, part in zip(expected, parts, strict=True) if held not in part] == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "Pilot scheme: when and where was it set up and whose idea was it?",
            "Whose idea was it",
        ),
        (
            "es",
            "Plan Marea: ¿cuándo y en qué país se aprobó y cuáles son sus metas?",
            "Cuáles son sus metas",
        ),
        (
            "pt",
            "Plano Maré: quando e em que país foi aprovado e quais são as suas metas?",
            "Quais são as suas metas",
        ),
        (
            "fr",
            "Plan Marée : quand et dans quel pays est-il né et lesquels de ses buts sont atteints ?",
            "Lesquels de ses buts sont atteints",
        ),
    ],
)
def test_when_and_where_stay_together(language, text, expected):
    first, second = split_questions(text, language)
    assert text.startswith(first[:-1].rstrip())
    assert second.startswith(expected)


@pytest.mark.parametrize(("language", "text"), ONE)
def test_one_question_that_asks_for_several_things_stays_one(language, text):
    assert split_questions(text, language) == (text,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Which body decides what and who pays for the programme?", ["Which body decides what", "Who pays for"]),
        (
            "Who chaired the meeting and when and where was it held?",
            ["Who chaired the meeting?", "When and where was it"],
        ),
    ],
)
def test_a_question_word_that_ends_a_clause_does_not_hide_the_next(text, expected):
    parts = split_questions(text, "en")
    assert len(parts) == len(expected)
    assert all(part.startswith(begin) for part, begin in zip(parts, expected, strict=True))


def test_each_part_asks_for_its_own():
    first, second = split_questions("When was the VII Meeting of Directors held and who opened it?", "en")
    assert Asked.DATE in asked_for(first, "en")
    assert Asked.NAME in asked_for(second, "en")


def test_a_question_in_full_asks_for_all_and_names_its_parts():
    question = Question("When and where was the VII Meeting of Directors held and who organised it?")
    understood = understand(question, known_decisions=())
    assert {Asked.DATE, Asked.PLACE} <= understood.asked
    assert understood.asked & {Asked.PERSON, Asked.ORGANISATION, Asked.NAME}
    assert len(understood.parts) == 2


@given(st.text(max_size=120), st.sampled_from(LANGUAGES))
def test_no_words_make_it_fail(text, language):
    assert 1 <= len(split_questions(text, language)) <= MOST_PARTS
