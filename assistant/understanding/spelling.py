"""Mends typing errors in the words of a question, so that a search finds what was meant."""

import re
from collections.abc import Collection
from functools import cache, lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from assistant.glossary.entries import load_entries
from ingest.languages import LANGUAGES, STOPWORDS, stem
from ingest.normalisation import fold

_WORD = re.compile(r"(?<![\w.@/-])[^\W\d_]{6,}(?![\w@/-]|\.\w)")
_ENDING = 1  # letters at the end of a word whose difference is more likely another form than an error
_ABBREVIATED = re.compile(r"(?<!\w)(?:dec|déc|decs)\.? ?(?:n[o°º]?\.? ?)?(?=\d{3}(?!\d))", re.IGNORECASE)


def with_decisions_written_out(text: str) -> str:
    """Return a text with "dec. 530" as "decision 530"."""
    return _ABBREVIATED.sub("decision ", text)


def corrections(text: str, language: str, *, known: Collection[str]) -> tuple[str, ...]:
    """Return what unknown words of a text were meant to be, where that is one word.

    Words written large, which may be names, and words that are next to two are left alone.

    Args:
        text: a question.
        language: its language.
        known: folded words of the documents.
    """
    words = [word for word in _WORD.findall(text) if not word[0].isupper()]
    unknown = [fold(word) for word in words if fold(word) not in known and not _is_word(fold(word))]
    found = (_nearest(word, language) for word in unknown)
    return tuple(word for word in found if word is not None)


@lru_cache(maxsize=4096)
def _nearest(folded: str, language: str) -> str | None:
    """Return the one word of a language that is an error away from a folded word, None if there is none or several.

    One that only begins with another letter is more likely another word ("brought", "drought") than an error.
    """
    found = extract(folded, _words(language), scorer=OSA.distance, score_cutoff=1, limit=None)
    near = [word for word, _, _ in found if word[0] == folded[0] or word[1:] != folded[1:]]
    stems = {tuple(stem(word, language)) for word in near}
    is_inflected = any(
        word[:-_ENDING] == folded[:-_ENDING] or word.startswith(folded) or folded.startswith(word) for word in near
    )
    return near[0] if len(stems) == 1 and not is_inflected else None


def _is_word(folded: str) -> bool:
    return any(folded in _words(lang) or set(stem(folded, lang)) & _stems(lang) for lang in LANGUAGES)


@cache
def _words(language: str) -> frozenset[str]:
    terms = (term for entry in load_entries() for term in entry.words.get(language, ()))
    found = {fold(word) for term in terms for word in _WORD.findall(term)}
    return frozenset(found | {fold(word) for word in STOPWORDS[language]})


@cache
def _stems(language: str) -> frozenset[str]:
    return frozenset(s for word in _words(language) for s in stem(word, language))
