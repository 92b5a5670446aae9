"""The words of a sentence, each looked for among the words that it cites, in whatever language these are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

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
        meanings: each word with its concepts.
        stems: of each word, "" where it has none.
    """

    text: str
    language: str
    meanings: tuple[Meaning, ...]
    stems: tuple[str, ...]


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
    return Wording(text, language, meanings, tuple(_stem(m.word, language) for m in meanings))


def found_words(sentence: Wording, quoted: Wording, *, told: Sequence[tuple[int, int]] = ()) -> list[FoundWord]:
    """Return the content words of a sentence with the places where the cited words say them.

    Args:
        sentence: the words of a model.
        quoted: what it cites.
        told: spans of the sentence that are looked at elsewhere: dates and identifiers.
    """
    return [
        FoundWord(m.word, m.start, _places(m, s, sentence, quoted), _is_name(m, sentence.text))
        for m, s in zip(sentence.meanings, sentence.stems, strict=True)
        if is_content(m, sentence.language) and not any(start <= m.start < end for start, end in told)
    ]


def is_content(meaning: Meaning, language: str) -> bool:
    """Tell whether a word says something of its own; figures and codes are looked at elsewhere."""
    plain = fold(meaning.word).rstrip("'’")
    if any(c.isdigit() for c in plain) or len(plain) < 2 or plain in _FRAMES[language]:
        return False
    is_stopword = meaning.word.lower() in STOPWORDS[language] or plain in STOPWORDS[language]
    return not is_stopword and not meaning.is_function


def _is_name(meaning: Meaning, text: str) -> bool:
    """Tell whether a word is written large where no sentence begins."""
    begins = not text[: meaning.start].rstrip(" \"“«¿¡('’") or text[: meaning.start].rstrip().endswith((":", ";"))
    return _CAPITAL.match(meaning.word) is not None and not begins


def _places(meaning: Meaning, stemmed: str, sentence: Wording, quoted: Wording) -> tuple[int, ...]:
    same = sentence.language == quoted.language
    return tuple(
        other.start
        for other, stem_of_other in zip(quoted.meanings, quoted.stems, strict=True)
        if fold(meaning.word) == fold(other.word)
        or (same and stemmed != "" and stemmed == stem_of_other)
        or bool(meaning.concepts & other.concepts)
        or (not same and _are_cognates(fold(meaning.word), fold(other.word)))
    )


def _are_cognates(one: str, other: str) -> bool:
    """Tell whether two words of different languages begin alike for most of their length."""
    shared = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared >= max(_SHORTEST_COGNATE, _SHARED * max(len(one), len(other)))


@lru_cache(maxsize=1 << 14)
def _stem(written: str, language: str) -> str:
    return "".join(stem(written, language))
