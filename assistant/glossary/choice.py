"""Which concept a word stands for where it may stand for several."""

from collections.abc import Sequence

from assistant.glossary.entries import PartOfSpeech
from assistant.glossary.lexicon import Match
from assistant.glossary.words import GlossedWord

_NAMING = (PartOfSpeech.NOUN, PartOfSpeech.NAME)


def choose(matches: Sequence[Match], word: str, *, before: Sequence[GlossedWord], language: str) -> Match | None:
    """Return the concept that `word` stands for after the words `before`, None if none fits.

    An acronym is one only in capitals, and a capital within a sentence speaks for a name. After a noun of a Romance
    language an adjective is likelier than a noun; otherwise the first of `matches` stands.
    """
    fitting = [match for match in matches if not _is_acronym(match, language) or word.isupper()]
    if word.isupper() and len(word) > 1:
        fitting = [m for m in fitting if _is_acronym(m, language)] or fitting
    last = before[-1] if before else None
    if last and word[:1].isupper():
        fitting = sorted(fitting, key=lambda m: not _word(m, language)[:1].isupper())
    if language != "en" and last and last.part_of_speech in _NAMING:
        fitting = sorted(fitting, key=lambda m: m.entry.part_of_speech in _NAMING)
    return fitting[0] if fitting else None


def _is_acronym(match: Match, language: str) -> bool:
    word = _word(match, language)
    return len(word) > 1 and word.isupper()


def _word(match: Match, language: str) -> str:
    return match.entry.words[language][match.position]
