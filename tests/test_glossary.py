"""The words of a question are carried into the language of a passage, term by term."""

import json
from pathlib import Path

import pytest

from assistant.glossary import Glossary, Origin
from assistant.glossary.cognates import cognate
from assistant.glossary.english import plural
from assistant.glossary.entries import load_entries, load_inflections
from assistant.glossary.tokens import tokenise
from ingest.languages import LANGUAGES, STOPWORDS, stem


def test_every_row_has_words_in_all_four_languages():
    for entry in load_entries():
        for language in LANGUAGES:
            assert all(word == word.strip() and word for word in entry.words[language]), entry


def test_no_concept_stands_twice_with_the_same_words():
    rows = [tuple(entry.words.values()) for entry in load_entries()]
    assert len(rows) == len(set(rows))


def test_the_lists_are_broad(glossary: Glossary):
    assert len(glossary) >= 3500


def test_every_irregular_verb_of_the_romance_languages_is_a_word_of_the_lists():
    entries = load_entries()
    known = {language: {word for entry in entries for word in entry.words[language]} for language in LANGUAGES}
    missing = {i.base for i in load_inflections() if i.language != "en" and i.base not in known[i.language]}
    assert len(missing) <= 20, sorted(missing)


@pytest.mark.parametrize(
    ("source", "question", "expected"),
    [
        (
            "es",
            "¿Quién organizó la reunión sobre consorcios de exportación en Lima?",
            "Who organized the meeting on export consortiums in Lima?",
        ),
        ("es", "¿En qué ciudad se aprobó la Decisión N.º 440?", "In what city was approved the Decision N.º 440?"),
        ("es", "relaciones económicas internacionales", "International economic relations"),
        ("pt", "Quantos países participaram do seminário?", "How many countries participated of the seminar?"),
        ("pt", "Quando foi realizada a reunião sobre portos digitais?", "When was held the meeting on digital ports?"),
        (
            "fr",
            "Qui a organisé l'atelier sur la sécurité alimentaire ?",
            "Who organized the workshop on the food security?",
        ),
    ],
)
def test_a_question_reads_as_a_question_in_english(glossary: Glossary, source: str, question: str, expected: str):
    assert glossary.gloss(question, source=source, target="en") == expected


@pytest.mark.parametrize("target", ["es", "pt", "fr"])
def test_an_english_term_is_found_in_the_other_languages(glossary: Glossary, target: str):
    expected = {
        "es": "reducción del riesgo de desastres",
        "pt": "redução do risco de desastres",
        "fr": "réduction des risques de catastrophe",
    }
    assert expected[target] in glossary.gloss("What is disaster risk reduction?", source="en", target=target)


@pytest.mark.parametrize("source", LANGUAGES)
@pytest.mark.parametrize("target", LANGUAGES)
def test_all_directions_work(glossary: Glossary, source: str, target: str):
    meeting = {"en": "meeting", "es": "reunión", "pt": "reunião", "fr": "réunion"}
    assert meeting[target] in glossary.gloss(meeting[source], source=source, target=target).lower()


def test_numbers_codes_quotations_and_names_stay_as_they_are(glossary: Glossary):
    question = (
        "¿Qué dice la actividad I.1.2 del documento SP/CL/XLII.O/DT de 2017 sobre «buenas prácticas» y Paulinich?"
    )
    gloss = glossary.gloss(question, source="es", target="en")
    assert all(kept in gloss for kept in ("I.1.2", "SP/CL/XLII.O/DT", "2017", "«buenas prácticas»", "Paulinich"))


def test_acronyms_become_those_of_the_target_language(glossary: Glossary):
    assert glossary.terms("la CEPAL, la OIT y el BID", source="es", target="en") == ("ECLAC", "ILO", "IDB")


def test_an_acronym_in_small_letters_is_an_ordinary_word(glossary: Glossary):
    assert "OMS" not in glossary.gloss("people who can vote", source="en", target="es")


def test_terms_hold_content_words_alone(glossary: Glossary):
    terms = glossary.terms("Quem participou da reunião sobre segurança alimentar?", source="pt", target="en")
    assert terms == ("participated", "meeting", "food security")


def test_a_word_in_no_list_is_guessed_from_its_ending_and_says_so(glossary: Glossary):
    (word,) = glossary.words("estratificación", source="es", target="en")
    assert (word.text, word.origin) == ("estratification", Origin.COGNATE)
    assert glossary.terms("estratificación", source="es", target="en") == ("estratification", "estratificación")


def test_a_word_without_accents_is_found_too(glossary: Glossary):
    assert glossary.terms("integracion economica", source="es", target="en") == ("economic integration",)


def test_a_short_word_is_never_guessed():
    assert cognate("ación", source="es", target="en") is None


def test_a_text_in_the_target_language_is_left_alone(glossary: Glossary):
    assert glossary.gloss("¿Qué es?", source="es", target="es") == "¿Qué es?"


def test_an_empty_text_gives_an_empty_gloss(glossary: Glossary):
    assert glossary.gloss("", source="es", target="en") == ""
    assert glossary.terms(" ?! ", source="fr", target="en") == ()


def test_tokens_and_gaps_make_up_the_text():
    text = "¿L'État-major, «une citation» (n.º 4-16) ?"
    tokens, rest = tokenise(text)
    assert "".join(token.gap + token.text for token in tokens).replace("--", "-") + rest == text


@pytest.mark.parametrize(
    ("one", "many"), [("country", "countries"), ("point of view", "points of view"), ("tax", "taxes")]
)
def test_english_plurals(one: str, many: str):
    assert plural(one) == many


@pytest.mark.reference
@pytest.mark.slow
def test_most_of_an_english_question_comes_back_from_its_spanish_version(glossary: Glossary, reference: Path):
    english, spanish = (_questions(reference / "multilingual" / f"xquad.{language}.json") for language in ("en", "es"))
    shares = []
    for number, question in enumerate(english):
        wanted = _content(question)
        found = _content(glossary.gloss(spanish[number], source="es", target="en"))
        shares.append(len(wanted & found) / max(1, len(wanted)))
    assert sum(shares) / len(shares) >= 0.6


def _questions(path: Path) -> list[str]:
    articles = json.loads(path.read_text("utf-8"))["data"]
    return [qa["question"] for article in articles for paragraph in article["paragraphs"] for qa in paragraph["qas"]]


def _content(text: str) -> set[str]:
    return {word for word in stem(text, "en") if word not in STOPWORDS["en"]}
