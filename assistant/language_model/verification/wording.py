"""The words of a sentence, each looked for among the words that it cites, in whatever language these are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from assistant.glossary import Glossary
from assistant.glossary.meanings import Meaning
from ingest.languages import STOPWORDS, stem
from ingest.normalisation import fold

_SHORTEST_COGNATE, _SHARED = 5, 0.7
_FRAME = {
    "en": "according document documents text passage states state stated says say said indicates indicate mentions"
    " mention mentioned notes namely specifically addition furthermore moreover respectively well including includes",
    "es": "segun documento documentos texto pasaje senala indica dice menciona ademas asimismo tambien saber"
    " respectivamente incluye incluyendo incluyen",
    "pt": "segundo conforme documento documentos texto trecho assinala indica diz menciona alem disso tambem saber"
    " respectivamente inclui incluindo incluem",
    "fr": "selon document documents texte passage indique dit mentionne outre egalement aussi savoir respectivement"
    " comprend comprennent notamment",
}
_FRAMES = {language: frozenset(words.split()) for language, words in _FRAME.items()}
_CAPITAL = re.compile(r"[^\W\d_a-z]")


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as it is compared.

    Args:
        text: the words.
        language: of them.
        meanings: each word with its senses.
        stems: of each word, "" where it has none.
        keys: what each word may mean, in a form in which words that say the same agree.
    """

    text: str
    language: str
    meanings: tuple[Meaning, ...]
    stems: tuple[str, ...]
    keys: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class FoundWord:
    """A content word of a sentence and where the cited words have it.

    Args:
        word: as it stands.
        start: first character in the sentence.
        places: first characters of the words that say the same; () where none does.
        is_name: whether it is written large within the sentence.
    """

    word: str
    start: int
    places: tuple[int, ...]
    is_name: bool


def word(text: str, language: str, glossary: Glossary) -> Wording:
    """Return a text as it is compared."""
    meanings = glossary.meanings(text, language=language)
    own = [_keys_of(fold(m.word)) if language == "en" else frozenset[str]() for m in meanings]
    keys = tuple(k.union(*map(_keys_of, m.senses)) for k, m in zip(own, meanings, strict=True))
    return Wording(text, language, meanings, tuple(_stem(m.word, language) for m in meanings), keys)


def found_words(sentence: Wording, quoted: Wording, *, told: Sequence[tuple[int, int]] = ()) -> list[FoundWord]:
    """Return the content words of a sentence with the places where the cited words say them.

    Args:
        sentence: the words of a model.
        quoted: what it cites.
        told: spans of the sentence that are looked at elsewhere: dates and identifiers.
    """
    return [
        FoundWord(m.word, m.start, _places(i, sentence, quoted), _is_name(m, sentence.text))
        for i, m in enumerate(sentence.meanings)
        if is_content(m, sentence.language) and not any(start <= m.start < end for start, end in told)
    ]


def is_content(meaning: Meaning, language: str) -> bool:
    """Tell whether a word says something of its own; figures and codes are looked at elsewhere."""
    plain = fold(meaning.word).rstrip("'’")
    if any(c.isdigit() for c in plain) or len(plain) < 2 or plain in _FRAMES[language]:
        return False
    is_stopword = meaning.word.lower() in STOPWORDS[language] or plain in STOPWORDS[language]
    return not is_stopword and not meaning.is_function


def kind_of(meaning: Meaning, text: Wording) -> str:
    """Return "name", "number" or "word" for a word that says something, "" for one that does not."""
    if any(c.isdigit() for c in meaning.word):
        return "number"
    if not is_content(meaning, text.language):
        return ""
    return "name" if _is_name(meaning, text.text) else "word"


def _is_name(meaning: Meaning, text: str) -> bool:
    """Tell whether a word is written large where no sentence begins."""
    begins = not text[: meaning.start].rstrip(" \"“«¿¡('’") or text[: meaning.start].rstrip().endswith((":", ";"))
    return _CAPITAL.match(meaning.word) is not None and not begins


def _places(index: int, sentence: Wording, quoted: Wording) -> tuple[int, ...]:
    """Return where the cited words say what one word of a sentence says."""
    same = sentence.language == quoted.language
    word, stemmed, keys = fold(sentence.meanings[index].word), sentence.stems[index], sentence.keys[index]
    return tuple(
        other.start
        for other, stem_of_other, other_keys in zip(quoted.meanings, quoted.stems, quoted.keys, strict=True)
        if word == fold(other.word)
        or (same and stemmed != "" and stemmed == stem_of_other)
        or not keys.isdisjoint(other_keys)
        or (not same and _are_cognates(word, fold(other.word)))
    )


@lru_cache(maxsize=1 << 14)
def _keys_of(sense: str) -> frozenset[str]:
    """Return the stems of an English word or term, and the numbers of the groups of words that say the same."""
    stemmed = " ".join(stem(sense, "en"))
    return frozenset({stemmed, *_groups().get(stemmed, ())} - {""})


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    lines = files(__package__).joinpath("synonyms.txt").read_text(encoding="utf-8").splitlines()
    groups: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(line for line in lines if not line.startswith("#")):
        for sense in line.split(","):
            stemmed = " ".join(stem(sense.strip(), "en"))
            groups[stemmed] = (*groups.get(stemmed, ()), f"={number}")
    return groups


def _are_cognates(one: str, other: str) -> bool:
    """Tell whether two words of different languages begin alike for most of their length."""
    shared = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared >= max(_SHORTEST_COGNATE, _SHARED * max(len(one), len(other)))


@lru_cache(maxsize=1 << 14)
def _stem(written: str, language: str) -> str:
    return "".join(stem(written, language))
