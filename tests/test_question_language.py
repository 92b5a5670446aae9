"""The language of what people type: keywords, no accents, typing errors, names, and the conversation before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Question, Turn
from assistant.messages import LANGUAGES
from assistant.understanding.language import language_of
from assistant.understanding.question import question_language

SHORT = {
    "en": (
        "meeting dates 2017", "decision 440", "Decision 440 mandate", "budget 2017 ports", "work programme 2019",
        "who opened it?", "and in 2019?", "export consortiums lima", "single window", "port communities meeting panama",
        "wich countries particpated", "dates pls", "list of participants", "what is TFP", "SME programme",
        "conclusions workshop april 2024", "objectives I.1.1", "number of studies 2019", "venue of the VII meeting",
        "directors of cooperation",
        "decison 440", "food security seminar", "Decision 156 - content?", "where?", "INTERCOM?? what is it",
        "2017 v 2019: studies done in-house, in per cent?", "competition rules andean community decision number",
        "disaster risk reduction partnerships", "free trade zones portal", "thanks", "what's next?",
    ),
    "es": (
        "fecha reunion pymes", "decisión 440", "programa de trabajo 2019", "fechas taller abril", "¿y en 2019?",
        "y en 2019?", "quien la inauguro", "presupuesto puertos", "ventanilla única", "reunion de alto nivl",
        "comunidades portuarias panama", "participantes taller 2024", "lista de decisiones", "IVE qué es",
        "cuantos estudios 2019", "sede de la reunion", "directores de cooperacion", "conclusiones seminario",
        "seguridad alimentaria junio", "consorcios de exportacion lima", "gestion del riesgo de desastres",
        "objetivos actividad I.1.1", "piloto del IPPALC, ciudad o estado y mes en que arrancó", "donde fue?",
        "que significa ACR", "zonas francas", "cadenas de valor", "dirección de correo de Jean Paul Guevara",
        "que dise la decicion 440", "gracias",
    ),
    "pt": (
        "decisão 440", "programa de trabalho 2019", "datas da reuniao", "e em 2019?", "quem a abriu?",
        "orçamento portos", "janela unica", "comunidades portuarias do panama", "participantes da oficina",
        "quantos estudos 2019", "diretores de cooperacao", "conclusoes da oficina", "seguranca alimentar junho",
        "consorcios de exportacao", "gestao de riscos de desastres", "objetivos da atividade I.1.1", "onde foi?",
        "o que é o IINTALC", "zonas francas do brasil", "cadeias de valor", "o que dis a decisao 440", "obrigado",
        "pequenas e medias empresas", "reunioes previstas em 2017",
    ),
    "fr": (
        "décision 440", "programme de travail 2019", "dates de la réunion", "et en 2019 ?", "qui l'a ouverte ?",
        "budget des ports", "guichet unique", "communautés portuaires panama", "participants atelier 2024",
        "combien d'etudes en 2019", "directeurs de coopération", "conclusions de l'atelier", "securite alimentaire",
        "consortiums d'exportation lima", "gestion des risques de catastrophe", "objectifs activité I.1.1", "où ?",
        "que veut dire ACR", "zones franches", "chaines de valeur", "que dit la decison 440", "merci",
        "petites et moyennes entreprises", "reunions prevues en 2017", "decision 527 date de la reunion",
    ),
}  # fmt: skip
CASES = [(language, text) for language, texts in SHORT.items() for text in texts]
NAMES = (
    *("Jean Paul Guevara", "Benjamin Blanco", "SELA", "IPPALC", "CELAC 2013"),
    *("I.1.1", "440", "2019?", "SP/CL/XLII.O", "Lima"),
)


@pytest.mark.parametrize(("language", "text"), CASES)
def test_the_language_of_a_short_question_is_told(language, text):
    assert language_of(text) == language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", NAMES)
def test_names_and_numbers_take_the_language_of_the_conversation(text, language):
    assert language_of(text, earlier=language) == language


@pytest.mark.parametrize("text", NAMES)
def test_names_and_numbers_alone_are_answered_in_english(text):
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "¿y en 2019?"), ("en", "and who opened it?"), ("fr", "et qui l'a ouverte ?"), ("pt", "e quem a abriu?"),
        ("es", "¿quién la inauguró?"), ("pt", "e em 2019?"), ("en", "where was it held?"), ("fr", "et la quatrième ?"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("earlier", LANGUAGES)
def test_another_language_may_be_spoken_in_mid_conversation(language, text, earlier):
    assert language_of(text, earlier=earlier) == language


def test_the_last_turn_decides_before_the_first():
    history = (Turn("When was the meeting of the directors held?"), Turn("¿Quién inauguró la reunión de directores?"))
    assert question_language(Question("2019?", history=history)) == "es"


@given(st.text(max_size=80), st.sampled_from((None, *LANGUAGES)))
def test_no_words_make_it_fail(text, earlier):
    assert language_of(text, earlier=earlier) in LANGUAGES
