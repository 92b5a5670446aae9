"""What a question asks for, from its words in four languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.messages import LANGUAGES
from assistant.understanding.asked import Asked, asked_for

QUESTIONS = {
    Asked.DATE: ("When was it held?", "¿Cuándo se celebró?", "Quando se realizou?", "Quand s'est-elle tenue ?"),
    Asked.MONTH: ("Which month was it?", "¿En qué mes fue?", "Em que mês foi?", "Quel mois était-ce ?"),
    Asked.DAY: (
        "On what dates was it held?", "¿En qué fechas se celebró?", "Em que datas se realizou?",
        "À quelles dates s'est-elle tenue ?",
    ),
    Asked.PLACE: ("Where was it held?", "¿Dónde se celebró?", "Onde se realizou?", "Où s'est-elle tenue ?"),
    Asked.NAME: (
        "Who opened the meeting?", "¿Quién inauguró la reunión?", "Quem abriu a reunião?", "Qui a ouvert la réunion ?",
    ),
    Asked.ORGANISATION: (
        "Which organisations took part?", "¿Qué organismos participaron?", "Que organismos participaram?",
        "Quels organismes ont participé ?",
    ),
    Asked.NUMBER: (
        "How many delegates came?", "¿Cuántos delegados vinieron?", "Quantos delegados vieram?",
        "Combien de délégués sont venus ?",
    ),
    Asked.MONEY: (
        "What is the budget?", "¿Cuál es el presupuesto?", "Qual é o orçamento?", "Quel est le budget ?",
    ),
    Asked.PERCENT: (
        "What percentage of firms export?", "¿Qué porcentaje de empresas exporta?",
        "Que porcentagem das empresas exporta?", "Quel pourcentage des entreprises exporte ?",
    ),
    Asked.DURATION: (
        "How long did the course last?", "¿Cuánto duró el curso?", "Quanto tempo durou o curso?",
        "Combien de temps a duré le cours ?",
    ),
    Asked.FREQUENCY: (
        "How often does it meet?", "¿Con qué frecuencia se reúne?", "Com que frequência se reúne?",
        "À quelle fréquence se réunit-il ?",
    ),
    Asked.SYMBOL: (
        "What is the symbol of the report?", "¿Cuál es la signatura del informe?", "Qual é a cota do relatório?",
        "Quelle est la cote du rapport ?",
    ),
    Asked.DEFINITION: ("What is SELA?", "¿Qué es el SELA?", "O que é o SELA?", "Qu'est-ce que le SELA ?"),
    Asked.LIST: (
        "Which activities are planned?", "¿Cuáles son las actividades?", "Quais são as atividades?",
        "Quelles activités sont prévues ?",
    ),
    Asked.REASON: ("Why was it created?", "¿Por qué se creó?", "Por que foi criado?", "Pourquoi a-t-il été créé ?"),
    Asked.MANDATE: (
        "What did Decision 440 mandate?", "¿Qué dispuso la Decisión 440?", "O que dispôs a Decisão 440?",
        "Qu'a prescrit la Décision 440 ?",
    ),
    Asked.COMPARISON: (
        "Compare the programmes of 2017 and 2019", "Compare los programas de 2017 y 2019",
        "Compare os programas de 2017 e 2019", "Comparez les programmes de 2017 et 2019",
    ),
    Asked.MENTIONS: (
        "Where is Decision 440 mentioned?", "¿Dónde se menciona la Decisión 440?", "Onde se menciona a Decisão 440?",
        "Où la Décision 440 est-elle mentionnée ?",
    ),
    Asked.CONCLUSION: (
        "What conclusions were reached?", "¿Qué conclusiones hubo?", "Que conclusões houve?",
        "Quelles conclusions ont été tirées ?",
    ),
}  # fmt: skip
CASES = [
    (thing, language, question)
    for thing, asked in QUESTIONS.items()
    for language, question in zip(LANGUAGES, asked, strict=True)
]


@pytest.mark.parametrize(("thing", "language", "question"), CASES, ids=lambda value: str(value)[:20])
def test_a_kind_is_recognised_in_every_language(thing, language, question):
    assert thing in asked_for(question, language)


@pytest.mark.parametrize(("thing", "language", "question"), CASES, ids=lambda value: str(value)[:20])
def test_capitals_and_accents_do_not_matter(thing, language, question):
    assert thing in asked_for(question.upper(), language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("precise", "general"),
    [
        (Asked.NAME, Asked.PERSON),
        (Asked.DAY, Asked.DATE),
        (Asked.MONTH, Asked.DATE),
        (Asked.MONEY, Asked.NUMBER),
        (Asked.PERCENT, Asked.NUMBER),
        (Asked.DURATION, Asked.NUMBER),
    ],
)
def test_the_precise_stands_instead_of_the_general(precise, general, language):
    question = QUESTIONS[precise][LANGUAGES.index(language)]
    assert general not in asked_for(question, language)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "harbour cranes"), ("es", "grúas del puerto"), ("pt", "guindastes do porto"), ("fr", "grues du port")],
)
def test_mere_keywords_ask_for_nothing(language, words):
    assert asked_for(words, language) == frozenset()


@pytest.mark.parametrize("text", ["", " ", "???", "¿?", "Ω λ", "你好"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_ask_for_nothing(language, text):
    assert asked_for(text, language) == frozenset()


def test_a_question_may_ask_for_two_things():
    assert {Asked.DATE, Asked.PLACE} <= asked_for("When and where was it held?", "en")


def test_cues_are_whole_words():
    assert asked_for("whenever nowhere whoso", "en") == frozenset()


@pytest.mark.parametrize(
    ("language", "question"),
    [("en", "What is SELA?"), ("es", "¿Qué es el SELA?"), ("es", "¿En qué mes fue?"), ("pt", "Em que mês foi?")],
)
def test_one_thing_asked_for_is_no_list(language, question):
    assert Asked.LIST not in asked_for(question, language)


@given(st.text(max_size=80), st.sampled_from(LANGUAGES))
def test_no_words_make_it_fail(text, language):
    assert asked_for(text, language) <= frozenset(Asked)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Who is the Permanent Secretary?", "en"),
        ("Who was Permanent Secretary in 2014?", "en"),
        ("Who has been the director since 2020?", "en"),
        ("¿Quién fue Secretario Permanente en 2014?", "es"),
        ("¿Quién dirigía la Secretaría en 2014?", "es"),
        ("Quem foi Secretário Permanente em 2014?", "pt"),
        ("Quem eram os diretores?", "pt"),
        ("Qui a été le Secrétaire permanent en 2014 ?", "fr"),
        ("Qui dirigeait le Secrétariat ?", "fr"),
        ("Qui est l’auteur de l’étude ?", "fr"),
    ],
)
def test_who_holds_an_office_asks_for_a_name(question, language):
    assert Asked.NAME in asked_for(question, language)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Who were the participants in the 2018 meeting?", "en"),
        ("Who is the Australian partner?", "en"),
        ("Who presented the report in 2018?", "en"),
        ("¿A quiénes dirigió SELA la encuesta en 2018?", "es"),
        ("Quem é o parceiro do projeto?", "pt"),
        ("Qui est le partenaire du projet ?", "fr"),
    ],
)
def test_who_may_be_a_body_too(question, language):
    assert asked_for(question, language) & {Asked.PERSON, Asked.ORGANISATION}
    assert Asked.NAME not in asked_for(question, language)
