"""Adjectives moved to the side of the noun where the target language has them."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.glossary.entries import PartOfSpeech
from assistant.glossary.words import GlossedWord

_NOUNS = (PartOfSpeech.NOUN,)


def reorder(words: Sequence[GlossedWord], *, source: str, target: str) -> tuple[GlossedWord, ...]:
    """Return `words` with each noun and its adjectives in the order of the language `target`."""
    if (source == "en") == (target == "en"):
        return tuple(words)
    return _adjectives_first(words) if target == "en" else _nouns_first(words)


def _adjectives_first(words: Sequence[GlossedWord]) -> tuple[GlossedWord, ...]:
    ordered: list[GlossedWord] = []
    index = 0
    while index < len(words):
        end = index + 1
        if words[index].part_of_speech in _NOUNS:
            while end < len(words) and _goes_on(words[end], PartOfSpeech.ADJECTIVE):
                end += 1
        ordered += _reversed(words[index:end])
        index = end
    return tuple(ordered)


def _nouns_first(words: Sequence[GlossedWord]) -> tuple[GlossedWord, ...]:
    ordered: list[GlossedWord] = []
    index = 0
    while index < len(words):
        end = index + 1
        while words[end - 1].part_of_speech is PartOfSpeech.ADJECTIVE and end < len(words):
            if not _goes_on(words[end], PartOfSpeech.ADJECTIVE, *_NOUNS):
                break
            end += 1
        ends_in_noun = words[end - 1].part_of_speech in _NOUNS
        ordered += _reversed(words[index:end]) if ends_in_noun else words[index:end]
        index = end
    return tuple(ordered)


def _goes_on(word: GlossedWord, *parts: PartOfSpeech) -> bool:
    return word.part_of_speech in parts and word.gap == " "


def _reversed(group: Sequence[GlossedWord]) -> list[GlossedWord]:
    return [replace(word, gap=place.gap) for word, place in zip(reversed(group), group, strict=True)]
