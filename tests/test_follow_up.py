"""Follow-up questions: what leans on the conversation stands alone, what does not is left as it was asked."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Question, Turn
from assistant.messages import LANGUAGES
from assistant.understanding.follow_up import leans_on_history, stand_alone
from assistant.understanding.question import question_language, understand

PROGRAMME = {
    "en": "What is the budget of the Work Programme 2017?",
    "es": "¿Qué dice el Programa de Trabajo 2017 sobre las PYMES?",
    "pt": "O que diz o Programa de Trabalho 2017 sobre as PME?",
    "fr": "Que dit le Programme de travail 2017 sur les PME ?",
}
DIRECTORS = "Where was the VII Meeting of International Cooperation Directors held?"
DIRECTORS_ES = "¿Dónde se celebró la VII Reunión de Directores de Cooperación Internacional?"
CASES = [
    json.loads(line)
    for line in Path(__file__).with_name("follow_up_cases.jsonl").read_text(encoding="utf-8").splitlines()
]
ON_RECORD = (156, 440, 486, 519, 527, 530, 538, 608)
TEXTS = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=50)


def follow(question, *history, language="en"):
    return stand_alone(question, history, language=language)


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "And in 2019?"),
        ("en", "and 2019"),
        ("en", "What about 2019?"),
        ("es", "¿Y en 2019?"),
        ("es", "y en 2019?"),
        ("pt", "E em 2019?"),
        ("fr", "Et en 2019 ?"),
    ],
)
def test_another_year_takes_the_place_of_the_year(language, question):
    followed = follow(question, PROGRAMME[language], language=language)
    assert followed.text == PROGRAMME[language].replace("2017", "2019")
    assert followed.resolved
    assert followed.claim == ""


@pytest.mark.parametrize(
    ("language", "question", "first", "expected"),
    [
        ("en", "And the VIII?", DIRECTORS, DIRECTORS.replace("VII", "VIII")),
        ("es", "¿Y la VIII?", DIRECTORS_ES, DIRECTORS_ES.replace("VII", "VIII")),
        ("en", "And the eighth?", "Where was the seventh meeting held?", "Where was the eighth meeting held?"),
    ],
)
def test_another_ordinal_takes_the_place_of_the_ordinal(language, question, first, expected):
    assert follow(question, first, language=language).text == expected


@pytest.mark.parametrize(
    ("language", "question", "first"),
    [
        ("en", "Who opened it?", DIRECTORS),
        ("en", "Who attended?", DIRECTORS),
        ("es", "¿Quién la inauguró?", DIRECTORS_ES),
        ("pt", "Quem a abriu?", PROGRAMME["pt"]),
        ("fr", "Qui l'a ouverte ?", PROGRAMME["fr"]),
    ],
)
def test_a_question_about_it_takes_the_subject(language, question, first):
    followed = follow(question, first, language=language)
    assert followed.resolved
    assert question.strip("¿ ?").split()[-1] in followed.text
    assert [
        word for word in ("VII", "Directors", "Directores", "2017") if word in first and word not in followed.text
    ] == []


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "yes, please"),
        ("en", "Yes"),
        ("en", "OK"),
        ("es", "sí, por favor"),
        ("es", "Claro"),
        ("pt", "sim"),
        ("fr", "oui"),
        ("fr", "d'accord"),
    ],
)
def test_agreeing_asks_the_last_question_again(language, question):
    followed = follow(question, PROGRAMME[language], language=language)
    assert (followed.text, followed.claim, followed.resolved) == (PROGRAMME[language], "", True)


@pytest.mark.parametrize(
    ("language", "question", "claim"),
    [
        ("en", "no, it was 2005", "it was 2005"),
        ("en", "No. It was in 2005.", "It was in 2005"),
        ("es", "no, fue en 2005", "fue en 2005"),
        ("pt", "não, foi em 2005", "foi em 2005"),
        ("fr", "non, c'était en 2005", "c'était en 2005"),
        ("en", "no", ""),
    ],
)
def test_an_objection_keeps_the_question_and_states_the_claim(language, question, claim):
    followed = follow(question, PROGRAMME[language], language=language)
    assert followed.text == PROGRAMME[language], "a claim never becomes part of what is asked"
    assert followed.claim == claim


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Where was the XLII Regular Meeting of the Latin American Council held?"),
        ("en", "Which ports of the region use a single window for foreign trade today?"),
        ("en", "What did Decision 440 mandate?"),
        ("es", "¿Dónde se celebró la XLII Reunión Ordinaria del Consejo Latinoamericano?"),
        ("pt", "Que portos da região usam hoje uma janela única de comércio exterior?"),
        ("fr", "Quels ports de la région utilisent un guichet unique pour le commerce extérieur ?"),
    ],
)
def test_a_change_of_subject_is_left_as_it_is(language, question):
    followed = follow(question, PROGRAMME[language], language=language)
    assert (followed.text, followed.resolved) == (question, False)


def test_the_subject_is_carried_over_several_turns():
    followed = follow("And of the VIII?", DIRECTORS, "Who opened it?")
    assert followed.text.startswith("Who opened it")
    assert "VIII Meeting of International Cooperation Directors" in followed.text


def test_the_year_of_the_last_turn_is_the_one_replaced():
    assert follow("And in 2018?", PROGRAMME["en"], "And in 2019?").text == PROGRAMME["en"].replace("2017", "2018")


def test_another_decision_takes_the_place_of_the_decision():
    assert "440" not in follow("And Decision 441?", "What did Decision 440 mandate?").text


def test_another_code_takes_the_place_of_the_code():
    assert "I.1.1" not in follow("And I.1.2?", "What are the objectives of activity I.1.1?").text


@pytest.mark.parametrize("question", ["And in 2019?", "Who opened it?", "yes", "no, it was 2005", "", "?", " \n"])
def test_without_history_a_question_is_left_as_it_is(question):
    assert follow(question).text == question
    assert not follow(question).resolved


@pytest.mark.parametrize("question", ["", "   ", "\n\t"])
def test_nothing_asked_takes_nothing_from_the_history(question):
    assert follow(question, DIRECTORS).text == question


@given(TEXTS, st.lists(TEXTS, max_size=3), st.sampled_from(LANGUAGES))
def test_no_words_make_a_follow_up_fail(question, history, language):
    followed = stand_alone(question, history, language=language)
    assert followed.resolved or followed.text == question


@given(TEXTS)
def test_a_question_that_does_not_lean_is_never_changed(question):
    if not leans_on_history(question, "en") and follow(question, DIRECTORS).text not in (question, DIRECTORS):
        pytest.fail(f"{question!r} was changed")


def test_a_short_question_borrows_the_language_of_the_conversation():
    question = Question("2019?", history=(Turn(DIRECTORS_ES),))
    assert question_language(question) == "es"


def test_what_is_asked_is_in_the_new_words_and_the_year_is_carried():
    question = Question("And in 2019?", history=(Turn(PROGRAMME["en"]),))
    understood = understand(question, known_decisions=())
    assert understood.years == (2019,)
    assert understood.programmes == (2019,)


def test_the_language_of_the_answer_may_be_another():
    understood = understand(Question(DIRECTORS, language="fr"), known_decisions=())
    assert (understood.language, understood.answer_language) == ("en", "fr")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['lang']}-{case['question'][:40]}")
def test_a_question_of_a_conversation_names_its_subject_and_nothing_replaced(case):
    question = Question(case["question"], history=tuple(map(Turn, case["history"])))
    understood = understand(question, known_decisions=ON_RECORD)
    assert understood.answer_language == case["lang"]
    assert [held for held in case["holds"] if held.casefold() not in understood.text.casefold()] == []
    assert [lacking for lacking in case["lacks"] if lacking in understood.text] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['lang']}-{case['standalone'][:40]}")
def test_a_question_that_stands_alone_is_left_as_it_is_in_any_conversation(case):
    history = (Turn("Which hotels of Reykjavik have a swimming pool?"),)
    understood = understand(Question(case["standalone"], history=history), known_decisions=ON_RECORD)
    assert (understood.text, understood.resolved) == (case["standalone"], False)


@pytest.mark.parametrize(
    ("language", "question", "wanted"),
    [
        ("en", "and in Spanish?", "es"), ("en", "in French, please", "fr"), ("es", "¿en inglés?", "en"),
        ("pt", "em espanhol, por favor", "es"), ("fr", "et en portugais ?", "pt"),
    ],
)  # fmt: skip
def test_another_language_of_the_answer_may_be_asked_for(language, question, wanted):
    understood = understand(Question(question, history=(Turn(PROGRAMME[language]),)), known_decisions=())
    assert (understood.text, understood.language, understood.answer_language) == (PROGRAMME[language], language, wanted)


@pytest.mark.parametrize(
    ("language", "question", "claim"),
    [
        ("en", "wasn't it 2005?", "2005"), ("en", "I thought it was 2005", "it was 2005"),
        ("en", "that's wrong, it was Lima", "it was Lima"), ("es", "creía que fue en 2005", "fue en 2005"),
        ("es", "¿no fue en 2005?", "fue en 2005"), ("pt", "acho que foi em 2005", "foi em 2005"),
        ("fr", "c'est faux, c'était en 2005", "c'était en 2005"), ("fr", "je croyais que c'était Lima", "c'était Lima"),
    ],
)  # fmt: skip
def test_a_doubt_is_a_claim_too(language, question, claim):
    followed = follow(question, PROGRAMME[language], language=language)
    assert (followed.text, followed.claim) == (PROGRAMME[language], claim)


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "no, I mean the second one"), ("es", "no, me refiero a la segunda"),
        ("pt", "não, quero dizer a segunda"), ("fr", "non, je veux dire la deuxième"),
    ],
)  # fmt: skip
def test_a_correction_of_the_question_changes_the_question(language, question):
    first = {
        "en": "Where was the first meeting of ports held?",
        "es": "¿Dónde se celebró la primera reunión de puertos?",
        "pt": "Onde se realizou a primeira reunião de portos?",
        "fr": "Où s'est tenue la première réunion des ports ?",
    }[language]
    followed = follow(question, first, language=language)
    assert followed.claim == ""
    assert any(word in followed.text for word in ("second", "segunda", "deuxième"))
    assert not any(word in followed.text for word in ("first", "primera", "primeira", "première"))


def test_what_an_answer_named_is_the_subject_of_the_next_question():
    turn = Turn("Who adopted Decision 440?", answer="“It was adopted at the XXVIII Regular Meeting in Caracas” [1]")
    understood = understand(Question("Who opened it?", history=(turn,)), known_decisions=ON_RECORD)
    assert "XXVIII Regular Meeting" in understood.text


def test_thanks_in_a_conversation_leave_its_subject():
    assert "VII Meeting" in follow("Who opened it?", DIRECTORS, "Thanks!").text


def test_a_long_conversation_adds_no_more_than_its_subject():
    history = [DIRECTORS, *["Who opened it?", "And when was it held?", "yes", "and where?"] * 20]
    assert len(follow("And who closed it?", *history).text) < 2 * len(DIRECTORS)


def test_only_the_last_turns_count():
    old = (Turn("¿Qué dispuso la Decisión 440?"), *[Turn("How many port systems does the network have?")] * 12)
    assert "440" not in understand(Question("And who pays for it?", history=old), known_decisions=ON_RECORD).text
