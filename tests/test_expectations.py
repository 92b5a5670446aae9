"""Whether words hold the kind of thing asked for: persons told from places and bodies, days from months."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.glossary import Glossary
from assistant.reading.expectations import holds, is_checkable
from assistant.reading.names import names_an_organisation, person_names
from assistant.understanding.asked import Asked
from ingest.documents import BlockKind

TEXTS = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=80)


@pytest.fixture(scope="module")
def vocabulary():
    return Glossary.load().vocabulary


def unit(text, *, kind=BlockKind.PARAGRAPH, context="", path=()):
    return SimpleNamespace(text=text, kind=kind, context=context, passage=SimpleNamespace(path=path))


def held(thing, text, **more):
    return holds(thing, unit(text, **more), common_words=frozenset(), vocabulary=frozenset())


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Ana Pineda opened the meeting.", "Ana Pineda"),
        ("Ambassador Carlos Ortega Blanco spoke.", "Carlos Ortega Blanco"),
        ("The report was signed by Secretary General Rosa Quispe.", "Rosa Quispe"),
        ("O Embaixador João da Silva abriu a reunião.", "João da Silva"),
        ("Dr. Luis Pérez", "Luis Pérez"),
        ("Habló después Inés de la Fuente.", "Inés de la Fuente"),
    ],
)
def test_persons_are_found_without_their_office(sentence, name, vocabulary):
    (found,) = person_names(sentence, common_words=frozenset(), vocabulary=vocabulary)
    assert found.rstrip(".") == name


def test_a_person_behind_an_article_is_found(vocabulary):
    sentence = "La Embajadora María Ruiz inauguró la reunión."
    assert person_names(sentence, common_words=frozenset(), vocabulary=vocabulary) == ["María Ruiz"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The meeting was held in Buenos Aires.",
        "It moved to Santo Domingo and then to Port of Spain.",
        "The Latin American Council met in Caracas, Venezuela.",
        "The Inter-American Development Bank financed it.",
        "The Ministry of Foreign Trade of Costa Rica took part.",
        "The Permanent Secretariat signed.",
        "The XLII Regular Meeting was held.",
        "The Work Programme was approved.",
        "El Consejo Latinoamericano se reunió.",
        "the harbour of callao",
        "",
    ],
)
def test_places_and_bodies_are_no_persons(sentence, vocabulary):
    assert person_names(sentence, common_words=frozenset(), vocabulary=vocabulary) == []


def test_words_that_the_corpus_writes_small_are_no_names():
    assert person_names("Blue Harbour opened.", common_words=frozenset({"harbour"}), vocabulary=frozenset()) == []


def test_a_surname_may_be_a_word_and_a_first_name_may_not():
    words = frozenset({"blanco"})
    assert person_names("Carlos Blanco", common_words=frozenset(), vocabulary=words) == ["Carlos Blanco"]
    assert person_names("Blanco Carlos", common_words=frozenset(), vocabulary=words) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The Inter-American Development Bank financed it.",
        "It was run with CEPAL.",
        "El Ministerio de Comercio Exterior participó.",
        "O Banco do Porto pagou.",
        "La Banque centrale a signé.",
        "The World Bank took part.",
    ],
)
def test_organisations_are_found(sentence):
    assert names_an_organisation(sentence)


@pytest.mark.parametrize(
    "sentence", ["SELA signed.", "The Permanent Secretariat signed.", "The ships carried wheat.", ""]
)
def test_own_bodies_and_plain_words_are_no_other_organisation(sentence):
    assert not names_an_organisation(sentence)


def test_a_roman_numeral_is_no_organisation():
    assert not names_an_organisation("The XLII Regular Meeting was held in March.")


HELD = {
    Asked.DATE: ("It was held in March 2031.", "It meets every year."),
    Asked.DAY: ("It was held on 14 March 2031.", "Se celebró el 14 de marzo de 2031.", "Du 3 au 5 mai 2031."),
    Asked.MONTH: ("It was held in March 2031.", "It was held on 14 March 2031.", "Em março de 2031."),
    Asked.PLACE: ("It was held in Quito.", "Se celebró en Quito.", "SELA headquarters"),
    Asked.NUMBER: ("There are 812 ships.", "There are nine cranes.", "Hay nueve grúas.", "Il y a neuf grues."),
    Asked.MONEY: ("It costs US$ 40,000.", "It costs 40,000 euros."),
    Asked.PERCENT: ("It was 37.5% of them.", "It was a third of them.", "Fue la mitad."),
    Asked.DURATION: ("It lasted three days.", "Duró tres semanas.", "Elle a duré deux mois."),
    Asked.FREQUENCY: ("It meets every year.", "Se reúne cada año.", "É publicado trimestralmente.", "chaque année"),
    Asked.SYMBOL: ("It is SP/CL/LVI.O/DT N° 4-30.",),
    Asked.CONCLUSION: ("The meeting agreed to go on.", "Se acordó seguir.", "Il a été convenu de continuer."),
    Asked.LIST: ("There are cranes, tugs and pilots.", "They need:", "a) cranes; b) tugs; c) pilots"),
}
LACKING = {
    Asked.DATE: ("There are nine cranes.",),
    Asked.DAY: ("It was held in March 2031.", "It was held in 2031."),
    Asked.MONTH: ("It was held in 2031.",),
    Asked.PLACE: ("It was held twice.", "It is the largest in Latin America.", "It was held in May.", "Ports in CELAC"),
    Asked.NUMBER: ("There are many cranes.", "It was held in 2031."),
    Asked.MONEY: ("There are 812 ships.", "It was 37.5% of them."),
    Asked.PERCENT: ("There are 812 ships.",),
    Asked.DURATION: ("There are 812 ships.",),
    Asked.FREQUENCY: ("It was held in 2031.",),
    Asked.SYMBOL: ("It has a symbol.",),
    Asked.CONCLUSION: ("The meeting was held.",),
    Asked.LIST: ("There are cranes.",),
}


def cases(by_thing):
    return [(thing, text) for thing, texts in by_thing.items() for text in texts]


@pytest.mark.parametrize(("thing", "text"), cases(HELD))
def test_words_hold_what_is_asked_for(thing, text):
    assert held(thing, text)


@pytest.mark.parametrize(("thing", "text"), cases(LACKING))
def test_words_lack_what_is_asked_for(thing, text):
    assert not held(thing, text)


@pytest.mark.parametrize("text", ["La réunion s'est tenue à Quito.", "In Quito, the course began."])
def test_a_place_is_found_behind_an_accent_or_a_capital(text):
    assert held(Asked.PLACE, text)


@pytest.mark.parametrize("text", ["It was held in March 2031.", "It was held on 14 March 2031."])
def test_a_date_is_no_number(text):
    assert not held(Asked.NUMBER, text)


def test_an_item_or_a_row_belongs_to_a_list():
    assert held(Asked.LIST, "cranes", kind=BlockKind.LIST_ITEM)
    assert held(Asked.LIST, "cranes | 4", kind=BlockKind.TABLE_ROW)


def test_what_a_programme_wants_to_reach_is_no_conclusion():
    text = "Recommendations on the use of tugs."
    assert held(Asked.CONCLUSION, text)
    assert not held(Asked.CONCLUSION, text, path=("Activity", "Expected results"))


def test_a_person_or_a_body_may_be_who():
    assert held(Asked.PERSON, "The World Bank paid.")
    assert held(Asked.PERSON, "Ana Pineda paid.")
    assert not held(Asked.NAME, "the bank paid.")


def test_what_leaves_no_trace_in_the_words_always_holds():
    free = [thing for thing in Asked if not is_checkable(thing)]
    assert {Asked.DEFINITION, Asked.REASON, Asked.MANDATE} <= set(free)
    assert all(held(thing, "") for thing in free)


@given(TEXTS, st.sampled_from(Asked))
def test_no_words_make_it_fail(text, thing):
    assert held(thing, text) in (True, False)
