"""Continuity of activities between two work programmes: continued, renumbered, changed, dropped and new."""

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from itertools import takewhile

from ingest.identifiers import find_ordinals
from ingest.languages import STOPWORDS, stem
from ingest.registers.activity_entries import ActivityEntry

_TRUST_IN_NUMBERED = 0.8
_PIVOT = "en"
_LONGEST_TITLE = 500
_SHORTEST_ROOT = 5
_LONGEST_ENDING = 3
_WEIGHTS = (0.5, 0.25, 0.25)
_LEAST_SCORE = 0.32
_LEAST_RESTATED = 0.6
_LEAST_COMMON_PURPOSE = 0.15
_SAME_TITLE = 0.72
_TITLE_OF_ONE_INSTRUMENT = 0.45
_SAME_TEMPLATE = 0.5
_SAME_OBJECT = 0.4
_NO_OBJECT = 0.15
_FEWEST_SHARED_WORDS = 4
_FEWEST_HEAD_WORDS = 3
_FEWEST_RESTATED = 2
_MOST_USES_OF_A_NAME = 4
_HEAD_END = re.compile(r"\s*(?::|\.\s|\s[–—]\s)")
_PHASE = re.compile(r"\b(?:phase|fase|etapa|stage)\s+[IVX\d]+\b", re.IGNORECASE)
_ACRONYM = re.compile(r"\b[A-Z]{4,}\b")

Weights = Mapping[str, float]
Translate = Callable[[str, str], str]


class Continuity(StrEnum):
    """What became of an activity from one programme to a later one."""

    CONTINUED = "continued"
    RENUMBERED = "renumbered"
    CHANGED = "changed"
    DROPPED = "dropped"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Alignment:
    """An activity of an earlier programme beside the one of a later programme that takes it up.

    Args:
        continuity: what became of it; "continued" keeps code and title, "renumbered" the title, "changed" neither
            title nor content word for word. An activity that is merged with others or split has several alignments.
        earlier: None for a new activity.
        later: None for a dropped one.
        similarity: of titles, objectives and text, from 0 to 1; 0 where one side is missing.
    """

    continuity: Continuity
    earlier: ActivityEntry | None
    later: ActivityEntry | None
    similarity: float = 0.0


@dataclass(frozen=True)
class _Profile:
    """The words of an activity, by what they stand in."""

    entry: ActivityEntry
    reader: "_Reader"

    @cached_property
    def ordered_title(self) -> list[str]:
        return self._words(self.entry.title.words)

    @cached_property
    def title(self) -> Counter[str]:
        return Counter(self.ordered_title)

    @cached_property
    def head(self) -> Counter[str]:
        """The words of the title before its first colon or full stop, where there are enough of them."""
        head = Counter(self._words(_HEAD_END.split(self.entry.title.words, maxsplit=1)[0]))
        return head if len(head) >= _FEWEST_HEAD_WORDS else self.title

    @cached_property
    def statements(self) -> list[Counter[str]]:
        stated = (*self.entry.objectives, *self.entry.expected_results)
        return [Counter(self._words(each.words)) for each in stated]

    @cached_property
    def purpose(self) -> Counter[str]:
        return sum(self.statements, Counter())

    @cached_property
    def content(self) -> Counter[str]:
        return Counter(self._words(self.entry.content))

    @cached_property
    def is_numbered(self) -> bool:
        """Whether its title names one of a series: "XXX Meeting of…"."""
        return bool(find_ordinals(self.entry.title.words))

    @cached_property
    def names(self) -> frozenset[str]:
        """The acronyms of its title."""
        return frozenset(_ACRONYM.findall(self.entry.title.words))

    def _words(self, text: str) -> list[str]:
        return self.reader.words(text, self.entry.language)


def continuity(
    earlier: Iterable[ActivityEntry], later: Iterable[ActivityEntry], *, translate: Translate | None = None
) -> tuple[Alignment, ...]:
    """Return what became of each activity of one programme in another, in the order of the earlier, new ones last.

    Activities are aligned by the words of their titles, objectives and text, never by their codes alone; those whose
    titles differ only in what they are about ("relations with India", "with the United States") are told apart.

    Args:
        earlier: activities of one programme, in one language version.
        later: activities of another, if possible in the same language.
        translate: gives (text, its language) in English, term by term; used where the languages differ.
    """
    before, after = list(earlier), list(later)
    is_needed = len({entry.language for entry in (*before, *after)}) > 1
    reader = _Reader(translate if is_needed else None, (*before, *after))
    found = _Aligner([_Profile(e, reader) for e in before], [_Profile(e, reader) for e in after]).alignments()
    kept = {id(alignment.earlier) for alignment in found} | {id(alignment.later) for alignment in found}
    found += [Alignment(Continuity.DROPPED, entry, None) for entry in before if id(entry) not in kept]
    place = {id(entry): i for i, entry in enumerate((*before, *after))}
    found.sort(key=lambda a: (place[id(a.earlier)], place[id(a.later)] if a.later else 0))
    new = [Alignment(Continuity.NEW, None, entry) for entry in after if id(entry) not in kept]
    return (*found, *new)


class _Reader:
    """Reads the words of all activities that are compared, in one language if it can translate."""

    def __init__(self, translate: Translate | None, entries: Iterable[ActivityEntry]) -> None:
        self._translate = translate
        self._stems: dict[tuple[str, str], list[str]] = {}
        self._read: dict[tuple[str, str], list[str]] = {}
        self._roots: dict[str, str] = {}
        texts = [(text, entry.language) for entry in entries for text in (entry.title.words, entry.content)]
        self._roots = _roots(word for text, language in texts for word in self._words(text, language))

    def words(self, text: str, language: str) -> list[str]:
        """Return the stems of `text`, each brought to its root."""
        return [self._roots.get(word, word) for word in self._words(text, language)]

    def _words(self, text: str, language: str) -> list[str]:
        """Return the stems of `text`, function words, ordinals, numbers and phases left out."""
        if (text, language) not in self._read:
            self._read[text, language] = list(self._stemmed(text, language))
        return self._read[text, language]

    def _stemmed(self, text: str, language: str) -> Iterator[str]:
        plain = _without_ordinals(text)
        if self._translate is not None and language != _PIVOT:
            plain, language = self._translate(plain, language), _PIVOT
        ignored = _ignored(language)
        for word in plain.split():
            if (word, language) not in self._stems:
                self._stems[word, language] = stem(word, language)
            yield from (s for s in self._stems[word, language] if s not in ignored and not any(map(str.isdigit, s)))


class _Aligner:
    """Compares the activities of two programmes, words weighing the more the fewer activities have them."""

    def __init__(self, earlier: Sequence[_Profile], later: Sequence[_Profile]) -> None:
        self._earlier, self._later = earlier, later
        profiles = (*earlier, *later)
        held = Counter(word for p in profiles for word in {*p.title, *p.purpose, *p.content})
        self._idf = {word: math.log(1 + len(profiles) / count) for word, count in held.items()}
        self._names = Counter(name for p in profiles for name in p.names)
        self._vectors: dict[int, dict[str, float]] = {}
        self._series = (_Series(earlier, self._idf), _Series(later, self._idf))

    def alignments(self) -> list[Alignment]:
        """Return the aligned pairs: one to one by descending similarity, then merged and split activities."""
        scored = sorted(self._scored(), key=lambda pair: -pair[2])
        taken: set[int] = set()
        chosen: list[tuple[_Profile, _Profile, float]] = []
        for one, other, similarity in scored:
            if similarity >= _LEAST_SCORE and not {id(one), id(other)} & taken and not self._is_sum(one, other):
                taken |= {id(one), id(other)}
                chosen.append((one, other, similarity))
        chosen += [p for p in scored if not {id(p[0]), id(p[1])} <= taken and self._belong_together(p[0], p[1])]
        sides = Counter(id(profile) for pair in chosen for profile in pair[:2])
        return [self._alignment(*pair, is_alone=sides[id(pair[0])] == sides[id(pair[1])] == 1) for pair in chosen]

    def _alignment(self, one: _Profile, other: _Profile, similarity: float, *, is_alone: bool) -> Alignment:
        kind = Continuity.CHANGED
        if is_alone and self._title_similarity(one, other) >= _SAME_TITLE:
            kind = Continuity.CONTINUED if one.entry.code == other.entry.code else Continuity.RENUMBERED
        return Alignment(kind, one.entry, other.entry, similarity)

    def _scored(self) -> Iterator[tuple[_Profile, _Profile, float]]:
        for one in self._earlier:
            for other in self._later:
                if not self._differ_in_object(one, other):
                    yield one, other, self._similarity(one, other)

    def _similarity(self, one: _Profile, other: _Profile) -> float:
        purpose, content = self._cosine(one.purpose, other.purpose), self._cosine(one.content, other.content)
        restated = self._restated(one, other) if purpose >= _LEAST_COMMON_PURPOSE else 0.0
        parts = (self._title_similarity(one, other), purpose, content)
        numbered = self._cosine(one.head, other.head) if one.is_numbered and other.is_numbered else 0.0
        weighted = sum(weight * part for weight, part in zip(_WEIGHTS, parts, strict=True))
        return max(weighted, restated, numbered * _TRUST_IN_NUMBERED)

    def _title_similarity(self, one: _Profile, other: _Profile) -> float:
        return max(self._cosine(one.title, other.title), self._cosine(one.head, other.head))

    def _restated(self, one: _Profile, other: _Profile) -> float:
        """Return how many of the objectives the later activity states again, 0 where it is one or none."""
        best = [max((self._cosine(a, b) for b in other.statements), default=0.0) for a in one.statements]
        again = [similarity for similarity in best if similarity >= _LEAST_RESTATED]
        return sum(again) / len(best) if len(again) >= _FEWEST_RESTATED else 0.0

    def _differ_in_object(self, one: _Profile, other: _Profile) -> bool:
        return self._series[0].excludes(one, other) or self._series[1].excludes(other, one)

    def _is_sum(self, one: _Profile, other: _Profile) -> bool:
        return self._series[0].sums_up(one, other) or self._series[1].sums_up(other, one)

    def _belong_together(self, one: _Profile, other: _Profile) -> bool:
        """Tell whether an activity is one of several merged into the other, or one of several it was split into."""
        if self._is_sum(one, other):
            return True
        shared = {name for name in one.names & other.names if self._names[name] <= _MOST_USES_OF_A_NAME}
        return bool(shared) and self._cosine(one.title, other.title) >= _TITLE_OF_ONE_INSTRUMENT

    def _cosine(self, one: Counter[str], other: Counter[str]) -> float:
        mine, theirs = self._vector(one), self._vector(other)
        if len(theirs) < len(mine):
            mine, theirs = theirs, mine
        return sum(value * theirs.get(word, 0.0) for word, value in mine.items())

    def _vector(self, words: Counter[str]) -> dict[str, float]:
        """Return the weights of words, of length one; the profiles keep the counters, so that each has its own id."""
        if id(words) not in self._vectors:
            weights = {word: (1 + math.log(count)) * self._idf[word] for word, count in words.items()}
            length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
            self._vectors[id(words)] = {word: weight / length for word, weight in weights.items()}
        return self._vectors[id(words)]


class _Series:
    """The activities of one programme whose titles begin alike and go on to say what each is about."""

    def __init__(self, profiles: Sequence[_Profile], weights: Weights) -> None:
        self._weights = weights
        self._common: dict[int, frozenset[str]] = {}
        for profile in profiles:
            shared = [_shared_beginning(profile, other) for other in profiles if other is not profile]
            long = [words for words in shared if len(set(words)) >= _FEWEST_SHARED_WORDS]
            if long:
                shortest: list[str] = min(long, key=len)
                self._common[id(profile)] = frozenset(shortest)

    def excludes(self, member: _Profile, other: _Profile) -> bool:
        """Tell whether `other` cannot be what became of `member`, being about another object."""
        common = self._common.get(id(member))
        if common is None or self.sums_up(member, other):
            return False
        if self._share(common, set(other.title)) < _SAME_TEMPLATE:
            return True
        mine, theirs = set(member.title) - common, set(other.title) - common
        smaller = mine if self._weigh(mine) <= self._weigh(theirs) else theirs
        return self._share(smaller, mine & theirs) < _SAME_OBJECT

    def sums_up(self, member: _Profile, other: _Profile) -> bool:
        """Tell whether `other` has the words that the series has in common and is about no object of its own."""
        common = self._common.get(id(member))
        if common is None:
            return False
        own = self._weigh(set(other.title) - common)
        return self._share(common, set(other.title)) >= _SAME_TEMPLATE and own <= _NO_OBJECT * self._weigh(common)

    def _share(self, words: Collection[str], held: Collection[str]) -> float:
        total = self._weigh(words)
        return self._weigh([word for word in words if word in held]) / total if total else 0.0

    def _weigh(self, words: Collection[str]) -> float:
        return sum(self._weights.get(word, 0.0) for word in words)


def _shared_beginning(one: _Profile, other: _Profile) -> list[str]:
    pairs = zip(one.ordered_title, other.ordered_title, strict=False)
    return [a for a, _ in takewhile(lambda pair: pair[0] == pair[1], pairs)]


def _without_ordinals(text: str) -> str:
    """Leave out what tells one member of a series from the next, where `text` is no longer than a title."""
    if len(text) > _LONGEST_TITLE:
        return text
    plain = _PHASE.sub(" ", text)
    for ordinal in reversed(find_ordinals(plain)):
        plain = plain[: ordinal.start] + " " + plain[ordinal.end :]
    return plain


@cache
def _ignored(language: str) -> frozenset[str]:
    return frozenset(stem(" ".join(STOPWORDS[language]), language))


def _roots(words: Iterable[str]) -> dict[str, str]:
    """Return for each stem the shortest one that it continues by a few letters: "migratori" goes to "migrat"."""
    known = set(words)
    lengths = {word: range(max(_SHORTEST_ROOT, len(word) - _LONGEST_ENDING), len(word) + 1) for word in known}
    return {word: next((word[:n] for n in lengths[word] if word[:n] in known), word) for word in known}
