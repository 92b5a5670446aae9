"""Carries the words of a question into the language of a passage, with word lists and no model."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from assistant.glossary.choice import choose
from assistant.glossary.cognates import cognate
from assistant.glossary.english import EnglishForms, adverb
from assistant.glossary.entries import Entry, Inflection, PartOfSpeech, Tense, load_entries, load_inflections
from assistant.glossary.inflecting import inflect, is_plural
from assistant.glossary.lexicon import Lexicon, Match
from assistant.glossary.meanings import Meaning, meanings_of
from assistant.glossary.tokens import Token, tokenise
from assistant.glossary.word_order import reorder
from assistant.glossary.words import GlossedWord, Origin
from ingest.languages import LANGUAGES
from ingest.normalisation import fold

_OPENING_MARK = re.compile("[¿¡]")
_BLANK_BEFORE_MARK = re.compile(r"\s+(?=[?!,.;:])")
_ADVERB = {"es": "mente", "pt": "mente", "fr": "ment"}
_REFLEXIVE = {"es": ("se",), "pt": ("se",), "fr": ("se", "s'")}
_PERFECT = {"es": (), "pt": (), "fr": ("a", "ont", "avait", "avaient")}
_PASSIVES = ("was", "were")
_PLURAL_VERB = ("n", "m", "nt")
_FUNCTION = PartOfSpeech.FUNCTION
_INFINITIVE_WITH_PRONOUN = ("arse", "erse", "irse")


class Glossary:
    """Word lists in English, Spanish, Portuguese and French.

    Build it once a process with `Glossary.load()`; it does not change after that but for its lookup tables,
    which are filled in as languages are first asked for.
    """

    def __init__(self, entries: Sequence[Entry], inflections: Sequence[Inflection]) -> None:
        self._entries = entries
        self._inflections: Mapping[str, list[Inflection]] = {
            language: [i for i in inflections if i.language == language] for language in LANGUAGES
        }
        self._english = EnglishForms({(i.base, i.tense): i.forms[0] for i in self._inflections["en"]})
        self._lexicons: dict[str, Lexicon] = {}

    @classmethod
    def load(cls) -> "Glossary":
        """Read all data files of the package."""
        return cls(load_entries(), load_inflections())

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every single word of the lists in all languages, folded."""
        return frozenset(
            fold(part)
            for entry in self._entries
            for words in entry.words.values()
            for word in words
            for part in word.split()
        )

    def __len__(self) -> int:
        """Return the number of concepts."""
        return len(self._entries)

    def gloss(self, text: str, *, source: str, target: str) -> str:
        """Return `text` term by term in the language `target`, in its word order where that is simple.

        Numbers, codes, quoted words, names and words in no list stay as they are.

        Args:
            text: a question or title.
            source: language of `text`: "en", "es", "pt" or "fr".
            target: language wanted, of the same four.
        """
        if source == target:
            return text
        words = reorder(self.words(text, source=source, target=target), source=source, target=target)
        glossed = "".join(word.gap + word.text for word in words if word.text) + tokenise(text)[1]
        glossed = _BLANK_BEFORE_MARK.sub("", _OPENING_MARK.sub("", glossed)).strip()
        return glossed[:1].upper() + glossed[1:]

    def terms(self, text: str, *, source: str, target: str) -> tuple[str, ...]:
        """Return the content words and terms of `text` in the language `target`, for a lexical search.

        A word guessed from its ending comes with its original after it.
        """
        found: list[str] = []
        for word in self.words(text, source=source, target=target):
            if word.is_content:
                found += [word.text] if word.origin is not Origin.COGNATE else [word.text, word.source]
        return tuple(dict.fromkeys(found))

    def words(self, text: str, *, source: str, target: str) -> tuple[GlossedWord, ...]:
        """Return every word or term of `text` and what it becomes in `target`, in the order of `text`."""
        tokens, _ = tokenise(text)
        reading = _Reading(self._lexicon(source), self._english, source, target)
        found: list[GlossedWord] = []
        index = 0
        while index < len(tokens):
            word, length = reading.next_word(tokens, index, found)
            found.append(word)
            index += length
        return tuple(found)

    def meanings(self, text: str, *, language: str) -> tuple[Meaning, ...]:
        """Return the words of `text` with what each may mean, in English words."""
        return meanings_of(text, self._lexicon(language))

    def _lexicon(self, language: str) -> Lexicon:
        if language not in self._lexicons:
            self._lexicons[language] = Lexicon(self._entries, self._inflections[language], language)
        return self._lexicons[language]


class _Reading:
    """One pass over the tokens of a text, from left to right."""

    def __init__(self, lexicon: Lexicon, english: EnglishForms, source: str, target: str) -> None:
        self._lexicon = lexicon
        self._english = english
        self._source = source
        self._target = target

    def next_word(self, tokens: Sequence[Token], index: int, before: Sequence[GlossedWord]) -> tuple[GlossedWord, int]:
        """Return the longest term that starts at `index`, or the word there, and its length in tokens."""
        token = tokens[index]
        if token.kept:
            return GlossedWord(token.text, token.text, token.gap, Origin.KEPT), 1
        for length in range(min(self._lexicon.longest, len(tokens) - index), 1, -1):
            run = tokens[index : index + length]
            if all(t.joined and not t.kept for t in run[1:]) and (match := self._term(run)):
                return self._glossed(run, match), length
        if self._is_auxiliary(tokens, index):
            return GlossedWord(self._auxiliary(tokens, index), token.text, token.gap, Origin.TERM, _FUNCTION), 1
        return self._single(token, before), 1

    def _term(self, run: Sequence[Token]) -> Match | None:
        found = self._lexicon.find(" ".join(token.text.replace("’", "'").lower() for token in run))
        return found[0] if found else None

    def _single(self, token: Token, before: Sequence[GlossedWord]) -> GlossedWord:
        word = token.text.replace("’", "'").lower()
        is_name = token.text[:1].isupper() and bool(before)
        matches = self._lexicon.find_unchanged(word) if is_name else self._lexicon.find(word)
        match = choose(matches, token.text, before=before, language=self._source)
        if match:
            passive = before and before[-1].text in _PASSIVES and match.tense is not None
            return self._glossed([token], replace(match, tense=Tense.PARTICIPLE) if passive else match)
        return self._guessed(token, word) if not is_name else _kept(token)

    def _guessed(self, token: Token, word: str) -> GlossedWord:
        if adverb_of := self._adverb(word):
            return GlossedWord(adverb_of, token.text, token.gap, Origin.TERM, PartOfSpeech.ADVERB)
        if word.endswith(_INFINITIVE_WITH_PRONOUN) and (matches := self._lexicon.find(word[:-2])):
            return self._glossed([token], matches[0])
        guess = None if token.text.isupper() else cognate(word, source=self._source, target=self._target)
        return GlossedWord(guess, token.text, token.gap, Origin.COGNATE) if guess else _kept(token)

    def _adverb(self, word: str) -> str | None:
        ending = _ADVERB.get(self._source)
        if self._target != "en" or not ending or not word.endswith(ending):
            return None
        matches = self._lexicon.find(word.removesuffix(ending))
        adjective = next((m for m in matches if m.entry.part_of_speech is PartOfSpeech.ADJECTIVE), None)
        return adverb(adjective.entry.words["en"][0]) if adjective else None

    def _glossed(self, run: Sequence[Token], match: Match) -> GlossedWord:
        source = "".join((token.gap if index else "") + token.text for index, token in enumerate(run))
        plural = is_plural(source, match, self._source)
        text = inflect(match, target=self._target, plural=plural, english=self._english)
        if run[0].text[:1].isupper() and not source.isupper():
            text = text[:1].upper() + text[1:]
        return GlossedWord(
            text, source, _spaced(run[0].gap), Origin.TERM,
            match.entry.part_of_speech, match.tense, plural,
        )  # fmt: skip

    def _is_auxiliary(self, tokens: Sequence[Token], index: int) -> bool:
        """Say whether a reflexive pronoun or the auxiliary of a perfect stands at `index`."""
        word = tokens[index].text.replace("’", "'").lower()
        if word in _REFLEXIVE.get(self._source, ()) and index > 0:
            return tokens[index].gap == "-" or self._next_verb(tokens, index) is not None
        following = self._next_verb(tokens, index) if word in _PERFECT.get(self._source, ()) else None
        return following is not None and following.tense is Tense.PARTICIPLE

    def _auxiliary(self, tokens: Sequence[Token], index: int) -> str:
        """Return the auxiliary of an English passive for a reflexive pronoun before a past, nothing otherwise."""
        word = tokens[index].text.replace("’", "'").lower()
        verb = self._next_verb(tokens, index) if word in _REFLEXIVE[self._source] else None
        if self._target != "en" or verb is None or verb.tense is not Tense.PAST:
            return ""
        return _PASSIVES[tokens[index + 1].text.endswith(_PLURAL_VERB)]

    def _next_verb(self, tokens: Sequence[Token], index: int) -> Match | None:
        matches = self._lexicon.find(tokens[index + 1].text.lower()) if index + 1 < len(tokens) else ()
        return next((m for m in matches if m.entry.part_of_speech is PartOfSpeech.VERB), None)


def _kept(token: Token) -> GlossedWord:
    return GlossedWord(token.text, token.text, _spaced(token.gap), Origin.KEPT)


def _spaced(gap: str) -> str:
    return " " if gap in ("-", "") else gap
