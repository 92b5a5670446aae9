"""Languages: telling the four apart, and stems."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from ingest.languages import STOPWORDS, _stem_word, detect_language, stem


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ministers met to speak about the harbours of the region.", "en"),
        ("Los ministros se reunieron para hablar de los puertos de la región.", "es"),
        ("Os ministros reuniram-se para falar dos portos da região e das suas ligações.", "pt"),
        ("Les ministres se sont réunis pour parler des ports de la région.", "fr"),
        ("08 mayo 2014\n" + "The ministers met to speak about the harbours of the region. " * 200, "en"),
        ("1234", "en"),
    ],
)
def test_the_language_of_most_of_the_text_is_detected(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("meeting", "meetings", "Meet")),
        ("es", ("decisión", "Decisiones", "decision", "DECISIÓN")),
        ("pt", ("cooperação", "cooperações", "cooperacao")),
        ("fr", ("réunion", "Réunions", "reunion")),
    ],
)
def test_forms_of_a_word_have_one_stem_with_and_without_accents(language: str, words: tuple[str, ...]) -> None:
    assert len({tuple(stem(word, language)) for word in words}) == 1


def test_numbers_and_codes_are_kept_whole() -> None:
    text = "Activity I.1.2 of SP/CL/XLII.O/DT N° 4-16 cost 22,965 dollars"
    assert [token for token in stem(text, "en") if any(c.isdigit() for c in token)] == ["i.1.2", "4-16", "22,965"]


def test_hyphenated_words_come_apart() -> None:
    assert len(stem("Intra-Regional", "en")) == 2


def test_there_are_stop_words_for_every_language() -> None:
    assert all("de" in STOPWORDS[language] for language in ("es", "pt", "fr"))
    assert "the" in STOPWORDS["en"]


def test_threads_that_stem_at_once_do_not_mix_up_their_words() -> None:
    words = [f"{start}{ending}" for start in ("nation", "organis", "particip", "transport") for ending in
             ("al", "ations", "ating", "ed", "ers", "ability", "ally", "ment", "ments", "ize")]  # fmt: skip
    texts = [" ".join(f"{word}{letter}" for word in words) for letter in "abcdefghijklmnop"]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda text: stem(text, "en"), texts * 3))
    _stem_word.cache_clear()
    assert together == [stem(text, "en") for text in texts * 3]
