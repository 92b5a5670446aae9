"""The four languages of SELA's documents: telling them apart, and stems for the lexical index."""

import math
import re
from collections import Counter
from functools import cache, lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from ingest.normalisation import fold

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier
    from snowballstemmer.english_stemmer import EnglishStemmer as Stemmer

LANGUAGES = ("en", "es", "pt", "fr")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STOPWORDS: dict[str, frozenset[str]] = {
    "en": _words(
        "a about after all also an and any are as at be been before being between both but by can could did do does"
        " during each for from had has have he her his how i if in into is it its may more most no nor not of on only"
        " or other our out over shall she should so some such than that the their them then there these they this"
        " those through to under until up was we were what when where which while who whom why will with would"
    ),
    "es": _words(
        "a al ante bajo cada como con contra cual cuales cuando de del desde donde durante e el ella ellas ellos en"
        " entre era es esa esas ese eso esos esta estas este esto estos fue fueron ha han hasta la las le les lo los"
        " mas más me mi muy ni no nos o para pero por que qué quien quién se según ser si sin sobre son su sus también"
        " tan te tiene todo todos tras tu u un una unas uno unos y ya cuál cuáles cuándo cómo dónde"
    ),
    "pt": _words(
        "a ao aos as à às até com como contra da das de dele deles desde do dos durante e é ela elas ele eles em entre"
        " era essa essas esse esses esta está estas este estes eu foi foram há isso isto já lhe lhes mais mas me mesmo"
        " muito na nas nem no nos não o os ou para pela pelas pelo pelos por qual quais quando que quê quem se sem ser"
        " seu seus sobre sua suas são também te tem um uma umas uns onde"
    ),
    "fr": _words(
        "a à au aux avec ce ces cette cet comme comment contre d dans de depuis des dont du durant elle elles en entre"
        " est et été être eu il ils j je l la le les leur leurs lors lui mais même n ne nos notre nous on ont ou où"
        " par pas plus pour qu quand que quel quelle quelles quels qui quoi s sa sans se selon ses si son sont sous"
        " sur ta te tes toi ton tous tout tu un une vos votre vous y"
    ),
}
_STEMMERS = {"en": "english", "es": "spanish", "pt": "portuguese", "fr": "french"}
_TOKEN = re.compile(r"[^\W_]+(?:(?:[.,/\-–](?=[^\W_])|['’](?=[^\W_]))[^\W_]+)*")
_WORD = re.compile(r"[^\W_]+")
_SAMPLE, _SAMPLES = 600, 7
_CAUTION = 5.0  # letters are not independent: the model is surer of a short text than it should be
_STEMMING = Lock()
_LOADING = Lock()
_UNACCENTED_ENDINGS = {
    "es": ((re.compile(r"([cs])ion$"), r"\1ión"),),
    "pt": (
        (re.compile(r"([cs])oes$"), r"\1ões"),
        (re.compile(r"cao$"), "ção"),
        (re.compile(r"sao$"), "são"),
        (re.compile(r"cões$"), "ções"),
    ),
}


def detect_language(text: str) -> str:
    """Return the language that most of `text` is in: "en", "es", "pt" or "fr"; "en" for a text without letters."""
    votes = Counter(_classify(sample) for sample in _samples(text) if any(c.isalpha() for c in sample))
    return votes.most_common(1)[0][0] if votes else "en"


def language_probabilities(text: str) -> dict[str, float]:
    """Return how likely each of the four languages is, by the letters of `text` alone; they add up to 1."""
    with _LOADING:
        ranked = _identifier().rank(text)
    best = max(score for _, score in ranked)
    weights = {str(language): math.exp((float(score) - float(best)) / _CAUTION) for language, score in ranked}
    total = sum(weights.values())
    return {language: weight / total for language, weight in weights.items()}


def stem(text: str, language: str) -> list[str]:
    """Return the stems of the words of `text`, lower-cased and without accents.

    Numbers and codes ("I.1.2", "4-16") are kept whole; other hyphenated words come apart.
    """
    return [_stem_word(token, language) if _is_word(token) else token for token in _tokens(text)]


def _samples(text: str) -> list[str]:
    if len(text) <= _SAMPLE * _SAMPLES:
        return [text]
    step = (len(text) - _SAMPLE) // (_SAMPLES - 1)
    return [text[start : start + _SAMPLE] for start in range(0, step * _SAMPLES, step)]


def _classify(text: str) -> str:
    with _LOADING:  # whoever comes second waits for the model instead of loading it again
        identifier = _identifier()
    return str(identifier.classify(text)[0])


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier


@lru_cache(maxsize=1 << 15)
def _stem_word(word: str, language: str) -> str:
    with _STEMMING:  # a stemmer keeps the word at hand in itself
        return fold(_stemmer(language).stemWord(_with_accent(word, language)))


@cache
def _stemmer(language: str) -> "Stemmer":
    import snowballstemmer

    return snowballstemmer.stemmer(_STEMMERS[language])


def _tokens(text: str) -> list[str]:
    found: list[str] = []
    for match in _TOKEN.finditer(text):
        token = match.group().casefold().replace("–", "-")
        found += [fold(token)] if any(c.isdigit() for c in token) else _WORD.findall(token)
    return found


def _is_word(token: str) -> bool:
    return not any(c.isdigit() for c in token)


def _with_accent(word: str, language: str) -> str:
    """Put back the accent of a common ending, so that words typed without accents have the same stem."""
    for ending, accented in _UNACCENTED_ENDINGS.get(language, ()):
        word = ending.sub(accented, word)
    return word
