"""Decisions, resolutions and the bodies they belong to, as people write them in four languages."""

import pytest

from ingest.identifiers import (
    Body,
    body_name,
    decisions_in_question,
    find_bodies,
    find_decisions,
    find_resolutions,
)

OWN = Body.LATIN_AMERICAN_COUNCIL
KNOWN = frozenset({156, 440, 519, 527, 530, 538})

SPELLINGS = [
    ("Decision No. 440", [440]),
    ("decision no 440", [440]),
    ("DECISION NO.440", [440]),
    ("Decision N° 519 (2010)", [519]),
    ("decision #440", [440]),
    ("Decision number 440", [440]),
    ("decisions 440 and 527", [440, 527]),
    ("Decisions Nos. 440, 527 and 530", [440, 527, 530]),
    ("Decision 440 or Decision 527", [440, 527]),
    ("Decision\n No.\n\n 440", [440]),
    ("Deci-\nsion No. 440", [440]),
    ("Decision of the Latin American Council No. 440", [440]),
    ("decision 440's date?", [440]),
    ("Decisión N.º 440", [440]),
    ("decisión número 440", [440]),
    ("Decisiones 440, 527 y 530", [440, 527, 530]),
    ("las decisiones n.os 440 y 527", [440, 527]),
    ("la Decisión Nro. 440", [440]),
    ("DECISIÓN Nº 440", [440]),
    ("Decisión 440, 7 al 9 de abril de 2003", [440]),
    ("Decisão nº 440", [440]),
    ("as Decisões n.ºs 440 e 527", [440, 527]),
    ("decisao 440", [440]),
    ("Décision n° 440", [440]),
    ("décisions n° 440, 527 et 530", [440, 527, 530]),
    ("la De\u0301cision nº 440", [440]),
    ("desicion 440", [440]),
    ("decison no 440", [440]),
    ("desición nro 527", [527]),
    ("dicision 527", [527]),
    ("decsion 440", [440]),
    ("decisoin 440", [440]),
    ("descisão 440", [440]),
    # nobody's, or nobody's yet: kept as they stand, never turned into another
    ("Decision 99999", [99999]),
    ("Decision -1", [-1]),
    ("decision 441", [441]),
    ("Decisión 4400", [4400]),
    ("Decisão nº 44", [44]),
    ("décision 1", [1]),
    ("decision 0440", [440]),
    # no decision at all
    ("the decision-making process of 440 firms", []),
    ("decision-making 440", []),
    ("decision-makers in 12 countries", []),
    ("a decision 3 days later", []),
    ("took the decision in 2003", []),
    ("the decision 2019 brought about", []),
    ("their decision to take part", []),
    ("la decisión de 12 países", []),
    ("a decisão 3 meses depois", []),
    ("une décision 10 ans plus tard", []),
    ("division 4 of the report", []),
    ("precision 440", []),
    ("a decision 7 to 9 April", []),
    ("decision 5 %", []),
    ("decidió 5 veces", []),
    ("decided 440", []),
    ("Decision 4.5", []),
    ("indecision 440", []),
]


@pytest.mark.parametrize(("text", "numbers"), SPELLINGS)
def test_decision_is_found_however_it_is_written(text: str, numbers: list[int]) -> None:
    assert [decision.number for decision in find_decisions(text)] == numbers


BODIES = [
    ("Decision 440 set the three areas.", OWN),
    ("Decision 440 of the Latin American Council", OWN),
    ("SELA decision 486", OWN),
    ("SELA follows CELAC closely, as Decision 527 asks.", OWN),
    ("SELA works with MERCOSUR, through Decision 530 of the Latin American Council", OWN),
    ("Decision 527, “Links between SELA and CELAC”", OWN),
    ("Work with MERCOSUR went on. Decision 530 asks for it.", OWN),
    ("la Decisión 486 de la Comunidad Andina", Body.ANDEAN_COMMUNITY),
    ("a Decisão 486 da Comunidade Andina", Body.ANDEAN_COMMUNITY),
    ("la décision 486 de la Communauté andine", Body.ANDEAN_COMMUNITY),
    ("Decision 486 (Andean Community)", Body.ANDEAN_COMMUNITY),
    ("Decision 486 of the CAN", Body.ANDEAN_COMMUNITY),
    ("Decision 486 of the Commission of the Andean Community", Body.ANDEAN_COMMUNITY),
    ("CAN Decision 486", Body.ANDEAN_COMMUNITY),
    ("the CAN's Decision 486", Body.ANDEAN_COMMUNITY),
    ("Andean Decision 486", Body.ANDEAN_COMMUNITY),
    ("Decisión Andina 486", Body.ANDEAN_COMMUNITY),
    ("In the Andean Community (CAN), trade marks have one law (Decision 486).", Body.ANDEAN_COMMUNITY),
    ("En el caso de la Comunidad Andina, la Decisión 608 rige la competencia.", Body.ANDEAN_COMMUNITY),
    ("No caso da Comunidade Andina, a Decisão 608 rege a concorrência.", Body.ANDEAN_COMMUNITY),
    ("MERCOSUR, through Decision 32/00, agreed", Body.MERCOSUR),
    ("Decisión CMC N° 32/00 del MERCOSUR", Body.MERCOSUR),
    ("Decision 1/CP.21", Body.UNFCCC),
    ("can decision 486 be found?", OWN),
]


@pytest.mark.parametrize(("text", "body"), BODIES)
def test_decision_belongs_to_the_body_its_sentence_names(text: str, body: Body) -> None:
    assert [decision.body for decision in find_decisions(text)] == [body]


def test_body_that_nobody_names_is_marked_as_assumed() -> None:
    assert not find_decisions("What is Decision 486 about?")[0].body_is_stated
    assert find_decisions("What is Andean Decision 486 about?")[0].body_is_stated


def test_year_and_title_are_read_beside_the_number() -> None:
    (decision,) = find_decisions("Decision No. 440 (2003), “Restructuring SELA”, adopted in Caracas")
    assert (decision.year, decision.title) == (2003, "Restructuring SELA")
    assert find_decisions("Decision 608 of 2005")[0].year == 2005
    assert find_decisions("Decisión 608 del año 2005")[0].year == 2005
    assert find_decisions("Decisión CMC N° 32/00")[0].year == 2000


def test_a_decision_that_a_row_leads_to_is_found_once() -> None:
    found = find_decisions("¿Qué dispusieron la Decisión 440 y la Decisión 527?")
    assert [(d.number, d.start) for d in found] == [(440, 20), (527, 38)]


def test_offsets_give_back_the_words() -> None:
    text = "  As the  Decisión\u00a0N.º\n440 and «Décision n° 527» say"
    assert [text[d.start : d.end] for d in find_decisions(text)] == ["Decisión\u00a0N.º\n440", "Décision n° 527"]


BARE = [
    ("what did 440 mandate?", [440]),
    ("440", [440]),
    ("440?", [440]),
    ("and the 527?", [527]),
    ("¿y la 527?", [527]),
    ("qué manda la 440", [440]),
    ("o que diz a 440?", [440]),
    ("que dit la 440 ?", [440]),
    ("which decision, 440 or 527?", [440, 527]),
    ("decision 440 vs 527", [440, 527]),
    ("date of decision 527?? i have two", [527]),
    ("440 companies decided", []),
    ("US$ 440 million", []),
    ("about 440 kilometres", []),
    ("which decision concerns 440 companies?", []),
    ("and the 441?", []),
    ("440 %", []),
    ("527 millones", []),
    ("SP/CL/440", []),
]


@pytest.mark.parametrize(("question", "numbers"), BARE)
def test_bare_number_counts_only_where_the_question_makes_it_a_decision(question: str, numbers: list[int]) -> None:
    assert [decision.number for decision in decisions_in_question(question, KNOWN)] == numbers


def test_resolutions_carry_their_body() -> None:
    texts = [
        "United Nations Resolution 70/1",
        "Resolución A/RES/70/1 de las Naciones Unidas",
        "resolution of conflicts",
    ]
    found = [[(r.number, r.body) for r in find_resolutions(text)] for text in texts]
    assert found == [[("70/1", Body.UNITED_NATIONS)], [("A/RES/70/1", Body.UNITED_NATIONS)], []]


def test_bodies_are_known_by_name_and_acronym_but_can_is_a_verb() -> None:
    text = "We can ask the CAN, el Consejo Latinoamericano, le Conseil latino-américain and the sela"
    assert [found.body for found in find_bodies(text)] == [Body.ANDEAN_COMMUNITY, OWN, OWN, Body.SELA]


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_every_body_is_recognised_by_its_own_name(language: str) -> None:
    assert all([found.body for found in find_bodies(body_name(body, language))] == [body] for body in Body)
