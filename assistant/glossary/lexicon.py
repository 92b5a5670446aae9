"""The words of one language, found in any inflected form."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from assistant.glossary.entries import Entry, Inflection, PartOfSpeech, Tense
from assistant.glossary.keys import unaccented, unnumbered, written
from assistant.glossary.verb_forms import radical, radicals, tense_of
from ingest.languages import stem

_SHORTEST_STEMMED = 4
_INVARIABLE = (PartOfSpeech.FUNCTION, PartOfSpeech.NUMBER)
_BUCKET = 3


@dataclass(frozen=True, slots=True)
class Match:
    """A concept found for a word.

    Args:
        entry: the concept.
        position: which of its words in this language was found, 0 for the usual one.
        tense: the verb form found, None where the word shows none.
    """

    entry: Entry
    position: int
    tense: Tense | None = None

    @property
    def rank(self) -> tuple[bool, bool, int, int]:
        """Sort key: function words, then base forms, then words usual for the concept, then the order of the files."""
        is_function = self.entry.part_of_speech is PartOfSpeech.FUNCTION
        return not is_function, self.tense is not None, 0 if is_function else self.position, self.entry.order


Index = dict[str, list[Match]]


class Lexicon:
    """Finds the concepts of words and terms of one language."""

    def __init__(self, entries: Iterable[Entry], inflections: Iterable[Inflection], language: str) -> None:
        self._language = language
        self._matches = [Match(entry, position) for entry in entries for position in range(len(entry.words[language]))]
        self._exact, self._folded, self._unnumbered = self._indexes()
        self._add_inflections(inflections)
        self.longest = max(key.count(" ") for key in self._folded) + 1
        self._stems: dict[str, dict[str, list[Match]]] = {}

    def find(self, phrase: str) -> Sequence[Match]:
        """Return the concepts of a word or term, best first, empty if there is none.

        Args:
            phrase: lower case, words separated by one space, an elided word with its apostrophe.
        """
        found: Sequence[Match] = self._exact.get(phrase) or self._folded.get(unaccented(phrase)) or ()
        if not found and " " not in phrase:
            found = self._find_word(phrase)
        return sorted(found or self._find_unnumbered(phrase), key=lambda match: match.rank)

    def find_all(self, word: str) -> Sequence[Match]:
        """Return every concept that a word may stand for, not only those of its likeliest form, best first."""
        found = (
            *self._exact.get(word, ()),
            *self._folded.get(unaccented(word), ()),
            *self._find_unnumbered(word),
            *self._find_verb(word),
            *(self._find_stem(word) if len(word) >= _SHORTEST_STEMMED else ()),
        )
        distinct = {match.entry.order: match for match in reversed(found)}
        return sorted(distinct.values(), key=lambda match: match.rank)

    def find_unchanged(self, phrase: str) -> Sequence[Match]:
        """Return the concepts of a word or term that may differ in number and gender alone, best first."""
        found = self._exact.get(phrase) or self._folded.get(unaccented(phrase)) or self._find_unnumbered(phrase)
        return sorted(found, key=lambda match: match.rank)

    def _indexes(self) -> tuple[Index, Index, Index]:
        exact_keys = written("\n".join(m.entry.words[self._language][m.position] for m in self._matches))
        folded_keys = unaccented(exact_keys)
        bare_keys = unnumbered(folded_keys, self._language)
        return self._index(exact_keys), self._index(folded_keys), self._index(bare_keys)

    def _index(self, keys: str) -> Index:
        index: Index = defaultdict(list)
        for key, match in zip(keys.split("\n"), self._matches, strict=True):
            index[key].append(match)
        return dict(index)

    def _add_inflections(self, inflections: Iterable[Inflection]) -> None:
        for inflection in inflections:
            bases = self._exact.get(written(inflection.base), ())
            matches = [
                Match(base.entry, base.position, inflection.tense)
                for base in bases
                if base.entry.part_of_speech is PartOfSpeech.VERB
            ]
            for form in inflection.forms if matches else ():
                key = written(form)
                self._exact.setdefault(key, []).extend(matches)
                self._folded.setdefault(unaccented(key), []).extend(matches)

    def _find_word(self, word: str) -> Sequence[Match]:
        if len(word) < _SHORTEST_STEMMED:
            return self._find_verb(word)
        verbs = self._find_verb(word)
        if verbs and verbs[0].tense not in (None, Tense.PARTICIPLE):
            return verbs
        return self._find_unnumbered(word) or verbs or self._find_stem(word)

    def _find_verb(self, word: str) -> Sequence[Match]:
        tense = tense_of(word, self._language)
        known = (self._verbs.get(base) for base in radicals(unaccented(word), self._language))
        found = next((matches for matches in known if matches), ())
        return [Match(match.entry, match.position, tense) for match in found]

    def _find_unnumbered(self, phrase: str) -> Sequence[Match]:
        if len(phrase) < _SHORTEST_STEMMED:
            return ()
        found = self._unnumbered.get(unnumbered(unaccented(phrase), self._language), ())
        return [match for match in found if match.entry.part_of_speech not in _INVARIABLE]

    def _find_stem(self, word: str) -> Sequence[Match]:
        return self._closest(self._bucket(unaccented(word)[:_BUCKET]).get(self._stem(word), ()), word)

    def _closest(self, matches: Sequence[Match], word: str) -> Sequence[Match]:
        if not matches:
            return ()
        lengths = [
            (-_shared_letters(word, base), len(base))
            for base in (match.entry.words[self._language][match.position] for match in matches)
        ]
        return [match for match, length in zip(matches, lengths, strict=True) if length == min(lengths)]

    def _bucket(self, prefix: str) -> dict[str, list[Match]]:
        if prefix not in self._stems:
            stems: dict[str, list[Match]] = defaultdict(list)
            for key, match in self._words_by_prefix.get(prefix, ()):
                stems[self._stem(key)].append(match)
            self._stems[prefix] = dict(stems)
        return self._stems[prefix]

    @cached_property
    def _verbs(self) -> Index:
        verbs: Index = defaultdict(list)
        for match in self._matches:
            key = match.entry.words[self._language][match.position]
            if match.entry.part_of_speech is PartOfSpeech.VERB and " " not in key:
                verbs[radical(unaccented(written(key)), self._language)].append(match)
        return dict(verbs)

    @cached_property
    def _words_by_prefix(self) -> dict[str, list[tuple[str, Match]]]:
        words: dict[str, list[tuple[str, Match]]] = defaultdict(list)
        for key, matches in self._exact.items():
            for match in matches if " " not in key and "'" not in key else ():
                if match.tense is None and match.entry.part_of_speech is not PartOfSpeech.FUNCTION:
                    words[unaccented(key)[:_BUCKET]].append((key, match))
        return dict(words)

    def _stem(self, word: str) -> str:
        return "".join(stem(word, self._language))


def _shared_letters(word: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False)))
