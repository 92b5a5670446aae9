"""Acronyms stand for what the documents themselves say, in four languages."""

import pytest
from assistant_samples import build
from hypothesis import given
from hypothesis import strategies as st
from register_documents import markdown

from assistant.answers import Outcome, Question
from assistant.glossary import Glossary
from assistant.understanding.acronyms import Acronyms, find_definitions

DEFINED = [
    ("en", "The Harbour Crane Register (HCR) is kept in Lima.", "HCR", "Harbour Crane Register"),
    ("en", "It is run by UNIDO (United Nations Industrial Development Organization) and others.", "UNIDO",
     "United Nations Industrial Development Organization"),
    ("en", "The WTO, World Trade Organization, keeps the list.", "WTO", "World Trade Organization"),
    ("en", "The Atlas of Lighthouses and Beacons – ALB is new.", "ALB", "Atlas of Lighthouses and Beacons"),
    ("en", "The Inter-American Development Bank (IDB) pays.", "IDB", "Inter-American Development Bank"),
    ("en", "Small and medium-sized enterprises (SMEs) trade.", "SMEs", "Small and medium-sized enterprises"),
    ("en", "Public Policy Index for Ports (IPPP) is old.", "IPPP", "Public Policy Index for Ports"),
    ("es", "El Registro de Grúas de los Puertos (RGP) está en Lima.", "RGP", "Registro de Grúas de los Puertos"),
    ("es", "Lo dirige la OMC (Organización Mundial del Comercio).", "OMC", "Organización Mundial del Comercio"),
    ("es", "La Agencia Española de Cooperación Internacional para el Desarrollo (AECID) ayuda.", "AECID",
     "Agencia Española de Cooperación Internacional para el Desarrollo"),
    ("pt", "O Registro de Guindastes dos Portos (RGP) fica em Lima.", "RGP", "Registro de Guindastes dos Portos"),
    ("pt", "A cooperação técnica entre países em desenvolvimento (CTPD) cresce.", "CTPD",
     "cooperação técnica entre países em desenvolvimento"),
    ("fr", "Le Registre des grues du port (RGP) est à Lima.", "RGP", "Registre des grues du port"),
    ("fr", "L'Organisation mondiale du commerce (OMC) tient la liste.", "OMC", "Organisation mondiale du commerce"),
]  # fmt: skip
NOT_DEFINED = [
    "The meeting (Caracas, April 2003) was short.", "It was held in Lima (Peru).", "The IX meeting (XLII) was held.",
    "See annex (A).", "The programme (see SELA) goes on.", "It grew by 3% (IMF).", "(SELA)",
]  # fmt: skip
QUESTIONS = [
    ("en", "What does HCR stand for?"), ("en", "what does HCR mean"), ("en", "meaning of HCR?"),
    ("es", "¿Qué significa HCR?"), ("es", "¿Qué significan las siglas HCR?"), ("pt", "O que significa HCR?"),
    ("pt", "o que quer dizer a sigla HCR?"), ("fr", "Que signifie HCR ?"), ("fr", "Que veut dire le sigle HCR ?"),
]  # fmt: skip
NOTE = "# Note on lists\n\nThe Harbour Crane Register (HCR) is a list of cranes.\n\nThe HCR has nine pages.\n"


def acronyms(*texts):
    documents = [markdown(f"# Note\n\n{text}\n") for text in texts]
    return Acronyms.of(documents, {document.id: "en" for document in documents})


@pytest.mark.parametrize(("language", "text", "acronym", "long_form"), DEFINED)
def test_an_acronym_is_found_where_it_is_defined(language, text, acronym, long_form):
    document = markdown(f"# Note\n\n{text}\n")
    found = list(find_definitions(document, language))
    assert [(d.acronym, d.long_form, d.language) for d in found] == [(acronym, long_form, language)]
    place = document.text[found[0].start : found[0].end]
    assert acronym in place
    assert long_form in place


@pytest.mark.parametrize("text", NOT_DEFINED)
def test_what_stands_in_brackets_is_not_always_a_definition(text):
    assert list(find_definitions(markdown(f"# Note\n\n{text}\n"), "en")) == []


def test_the_way_an_acronym_is_written_does_not_matter():
    known = acronyms("The World Trade Organization (WTO) met.")
    assert {known.definition_of(w).long_form for w in ("WTO", "wto", "W.T.O.")} == {"World Trade Organization"}
    assert known.definition_of("WHO") is None


def test_the_spelling_out_is_preferred_to_a_translation():
    known = acronyms("Public Policy Index of Ports (IPP).", "Índice de Políticas de Puertos (IPP).")
    assert known.definition_of("IPP").long_form == "Índice de Políticas de Puertos"


def test_a_text_is_expanded_once():
    known = acronyms("The World Trade Organization (WTO) met.")
    assert known.expanded("When did the WTO meet?") == "When did the WTO (World Trade Organization) meet?"
    assert known.expanded("the World Trade Organization, WTO") == "the World Trade Organization, WTO"


@given(st.text(max_size=200))
def test_no_words_make_it_fail(text):
    list(find_definitions(markdown(f"# Note\n\nThe World Trade Organization (WTO) {text}"), "en"))


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return build(tmp_path_factory.mktemp("acronyms"), Glossary.load(), lists=NOTE)


@pytest.mark.parametrize(("language", "text"), QUESTIONS)
def test_what_an_acronym_stands_for_is_answered_with_its_definition(assistant, language, text):
    answer = assistant.ask(Question(text))
    assert (answer.outcome, answer.language) == (Outcome.ANSWERED, language)
    assert [citation.quote for citation in answer.citations] == [
        "The Harbour Crane Register (HCR) is a list of cranes."
    ]


def test_a_question_that_asks_for_more_is_not_answered_with_the_definition_alone(assistant):
    answer = assistant.ask(Question("What does the HCR mean for exporters of mango?"))
    assert [c.quote for c in answer.citations] != ["The Harbour Crane Register (HCR) is a list of cranes."]
