"""The language of a question: its function words, the words of the glossary, its letters and a language model vote.

A language model of letters alone is right for sentences and wrong for the short things people type: keywords without
a verb, words without their accents, names.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from assistant.glossary.entries import load_entries
from ingest.languages import LANGUAGES, STOPWORDS, language_probabilities, stem
from ingest.normalisation import fold

_MORE_FUNCTION_WORDS = {
    "en": "please pls tell give show me my how many much whats there say says said said's yr and's any got yes hello hi"
    " thanks thank list name about wat thx did vs",
    "es": "significa cuanto cuantos cuanta cuantas dime hay del al hubo fue fueron estan era cuales favor gracias hola"
    " si sobre segun hizo dice dijo nuestro nuestra nuestros cual adonde",
    "pt": "significa quanto quantos quanta quantas diga ha do da dos das no na nos nas houve foi foram obrigado"
    " obrigada ola sim segundo fez diz disse nosso nossa ao aos pelo pela isso quais qual e a o",
    "fr": "combien dis ou est-ce c'est quel quelle quels quelles merci bonjour salut oui selon fait dit notre nos l d"
    " qu n j c m t du aux a-t-il t-il a-t-elle t-elle y",
}
_LETTERS = {
    "es": re.compile(r"[ñ¿¡]|[cs]ión(?!\w)|[óú]n(?!\w)"),
    "pt": re.compile(r"[ãõ]|ç[ãõ]o|ç(?=[ãõao])|[êâ](?=n)|(?<!\w)à(?!\w)|(?<!\w)é(?!\w)"),
    "fr": re.compile(r"[èùœëïû]|(?<!\w)à(?!\w)|(?<!\w)[ldnqj][u]?['’](?=\w)|é+e?s?(?!\w)(?<=ée|és|es)"),
    "en": re.compile(r"['’]s(?!\w)|(?<=\w)n['’]t(?!\w)"),
}
_ENDINGS = {
    "en": re.compile(r"(?:ing|tions?|ness|ships?|ies|ings|ised|ized|ally|ity|ities)$"),
    "es": re.compile(r"(?:c[i]on(?:es)?|s[i]on(?:es)?|dad(?:es)?|miento|mientos|illo|illa|anza|ejo|uje|ecer|tad)$"),
    "pt": re.compile(r"(?:cao|coes|sao|soes|dades?|mentos?|agem|agens|inho|inha|ura[ms]|eiro|eira|ncia|ais|eis|ois)$"),
    "fr": re.compile(r"(?:tions?|eaux?|eurs?|euses?|ements?|ites?|iques?|aires?|ees?|oirs?|eux|elles?|ettes?|ois)$"),
}
_CODE = re.compile(r"\S*\d\S*|\S*[A-ZÀ-Ý]\S*/\S*")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_FUNCTION, _KNOWN, _ENDING, _LETTER, _MODEL, _HISTORY = 2.0, 1.5, 0.4, 1.5, 1.5, 1.2
_DOUBT = 0.3  # of words that are all written large: a name
_SENTENCE = 6  # words from which the model of letters counts in full
_EVIDENCE = 0.6  # a lead below this is no evidence of its own


def language_of(text: str, *, earlier: str | None = None) -> str:
    """Return the language of a question: "en", "es", "pt" or "fr".

    Args:
        text: the words of the asker.
        earlier: language of the conversation so far, which decides where the words do not.
    """
    votes = _votes(text)
    if earlier in LANGUAGES:
        votes[earlier] += _HISTORY
    leader = max(LANGUAGES, key=lambda language: votes[language])
    return leader if votes[leader] >= _EVIDENCE else "en"


@lru_cache(maxsize=256)
def _counted(text: str) -> tuple[tuple[str, float], ...]:
    votes: dict[str, float] = dict.fromkeys(LANGUAGES, 0.0)
    words = [word for word in _WORD.findall(_CODE.sub(" ", text)) if not _is_acronym(word)]
    for word in words:
        for language, vote in _votes_of(word.casefold()).items():
            votes[language] += vote
    for language, pattern in _LETTERS.items():
        votes[language] += _LETTER * min(2, len(pattern.findall(text.casefold())))
    if words:
        share = min(1.0, len(words) / _SENTENCE)
        for language, probability in language_probabilities(text).items():
            votes[language] += _MODEL * share**2 * probability
    doubt = _DOUBT if len(words) > 1 and all(word[0].isupper() for word in words) else 1.0
    return tuple((language, doubt * vote) for language, vote in votes.items())


def _votes(text: str) -> dict[str, float]:
    return dict(_counted(text))


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _votes_of(written: str) -> dict[str, float]:
    """Return what one word says: as a function word, as a word of the glossary, or by its ending."""
    word = fold(written)
    function = [language for language in LANGUAGES if word in _function_words(language)]
    if function:
        return _shared(function, _FUNCTION)
    known = [language for language in LANGUAGES if word != written and written in _accented_words(language)]
    known = known or [language for language in LANGUAGES if _knows(word, language)]
    if known:
        return _shared(known, _KNOWN)
    return _shared([language for language, ending in _ENDINGS.items() if ending.search(word)], _ENDING)


def _shared(languages: Iterable[str], weight: float) -> dict[str, float]:
    """Return the vote of a word that several languages have: the more of them, the less it says."""
    found = tuple(languages)
    if not found or len(found) == len(LANGUAGES):
        return {}
    return dict.fromkeys(found, weight / len(found) ** 1.5)


@cache
def _function_words(language: str) -> frozenset[str]:
    return frozenset(fold(w) for w in (*STOPWORDS[language], *_MORE_FUNCTION_WORDS[language].split()))


def _knows(word: str, language: str) -> bool:
    return word in _words(language) or bool(len(word) > 3 and set(stem(word, language)) & _stems(language))


@cache
def _words(language: str) -> frozenset[str]:
    return frozenset(map(fold, _accented_words(language)))


@cache
def _accented_words(language: str) -> frozenset[str]:
    """Return every word of the glossary in a language, but names that all languages write alike."""
    return frozenset(
        word.casefold()
        for entry in load_entries()
        for term in entry.words.get(language, ())
        for word in _WORD.findall(term)
        if len(word) > 1 and not _is_acronym(word)
    )


@cache
def _stems(language: str) -> frozenset[str]:
    return frozenset(s for word in _words(language) for s in stem(word, language) if len(s) > 3)
