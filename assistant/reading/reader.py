"""Reads units with the question in mind: a cheap look at all of them, a close one at the most promising."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.glossary import Glossary
from assistant.reading.agreement import (
    agreement,
    identifiers_of,
    programme_agreement,
    section_agreement,
)
from assistant.reading.close_reading import CloseReading
from assistant.reading.expectations import holds, is_checkable
from assistant.reading.subjects import subject_agreement, subjects_of
from assistant.reading.times import may_speak_of, years_asked
from assistant.reading.units import Unit
from assistant.understanding.asked import Asked
from assistant.understanding.question import Understanding
from ingest.documents import BlockKind
from ingest.identifiers import find_dates
from ingest.identifiers.spelled_numbers import spelled_numbers
from ingest.languages import STOPWORDS, stem
from ingest.models.reader import Reading

READ_CLOSELY = 12
SHARED, ALIKE, AGREEING = 0.8, 0.55, 0.5  # the question's words, similarity and identifiers in a unit's promise
HOLDING, NAMING = 0.8, 1.0  # what is asked for in it, and a name where one is asked for
LESS_HELD = 0.2  # of the question than the best unit, where somebody is named
OVERLAP, LACKING, RANK = 4.0, -5.0, -0.05
ELSEWHERE = -4.0  # of what does not speak of the decision asked about
PER_OVERLAP, EVEN_OVERLAP = 28.0, 0.22  # share of the question's words at which a sentence answers as often as not
DOUBT = 3.7  # how much less sure of an answer the words that are shared make than a model's logit would
FRAGMENT, OWN_VERSION = -2.0, 0.5


@dataclass(frozen=True, slots=True)
class ReadUnit:
    """A unit with what reading it told.

    Args:
        unit: the unit.
        relevance: how well it answers, higher is better; the models' logit plus what it is seen to hold.
        logit: what the models alone say.
        answerable: logit of our own that some words of it answer, rather than none.
        overlap: share of the question's content words, weighted by rarity, that it or its context holds.
        agreed: how well what it speaks of agrees with what the question names; negative where that is something else.
        lacking: the checkable things asked for that it does not hold.
        held: the question's stems that it or its context holds, with the share of the question that each makes.
    """

    unit: Unit
    relevance: float
    logit: float
    answerable: float
    overlap: float
    agreed: float
    lacking: frozenset[Asked]
    held: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Sight:
    """What is seen of a unit without a model; names as in `ReadUnit`."""

    unit: Unit
    held: Mapping[str, float]
    lacking: frozenset[Asked]
    share_lacking: float
    agreed: float

    @property
    def overlap(self) -> float:
        return sum(self.held.values())

    def read(self, reading: Reading, gain: float) -> ReadUnit:
        logit = reading.relevance
        return ReadUnit(
            self.unit, logit + gain, logit, reading.answerable, self.overlap, self.agreed, self.lacking, self.held
        )


class Reader:
    """Ranks units by how well they answer."""

    def __init__(self, closely: CloseReading | None, glossary: Glossary) -> None:
        self._closely = closely
        self._glossary = glossary

    def read(self, understood: Understanding, units: Sequence[Unit], *, common_words: frozenset[str]) -> list[ReadUnit]:
        """Return the most promising units, the best first.

        Args:
            understood: the question.
            units: what may answer, in the order of their passages.
            common_words: folded words that are no personal names.
        """
        if not units:
            return []
        sights = self._sights(understood, units, common_words)
        promise = _promise(sights, naming=Asked.NAME in understood.asked)
        chosen = np.argsort(-promise, kind="stable")[:READ_CLOSELY]
        near, ranks = [sights[int(i)] for i in chosen], np.array(_ranks(units))[chosen]
        gains = np.array([_gain(understood, sight) for sight in near]) + RANK * ranks
        expected = _expected(promise[chosen], np.array([sight.overlap for sight in near]))
        readings = self._readings(understood, [sight.unit for sight in near], expected, gains)
        read = [sight.read(reading, float(gain)) for sight, reading, gain in zip(near, readings, gains, strict=True)]
        read.sort(key=lambda r: -r.relevance)
        return _named_first(read) if Asked.NAME in understood.asked else read

    def held(self, understood: Understanding, units: Sequence[Unit]) -> list[dict[str, float]]:
        """Return for each unit the question's stems it holds, with their share of the question; rare ones have more."""
        there = [_stems(f"{u.context} {u.text}", u.passage.language) for u in units]
        spread = Counter(term for terms in there for term in terms)
        shares = {
            language: _shares(self.terms(understood, language), spread, len(units))
            for language in {unit.passage.language for unit in units}
        }
        return [
            {term: share for term, share in shares[unit.passage.language].items() if term in terms}
            for unit, terms in zip(units, there, strict=True)
        ]

    def terms(self, understood: Understanding, language: str) -> frozenset[str]:
        """Return the stems of the question's content words as passages of `language` write them.

        The date for which a person is asked counts for nothing: `may_speak_of` tells whether a unit speaks of it.
        """
        words = _without_dates(understood.searched) if Asked.NAME in understood.asked else understood.searched
        if language == understood.language:
            return _stems(words, language)
        carried = self._glossary.terms(words, source=understood.language, target=language)
        return _stems(" ".join(carried), language)

    def _readings(
        self,
        understood: Understanding,
        units: Sequence[Unit],
        expected: NDArray[np.float64],
        gains: NDArray[np.float64],
    ) -> list[Reading]:
        """Return what the models read in each unit, or what is expected of it where there are none."""
        if self._closely is None:
            return [Reading(float(logit), 0, 0, float(logit) - DOUBT) for logit in expected]
        return self._closely.readings(understood.searched, understood.language, units, gains=gains)

    def _lacking(
        self, understood: Understanding, units: Sequence[Unit], common_words: frozenset[str]
    ) -> list[tuple[frozenset[Asked], float]]:
        """Return for each unit the checkable things asked for that it does not hold, and which share they are.

        Offices pass from person to person, so a person named for another year than the one asked about is none.
        """
        checkable = frozenset(thing for thing in understood.asked if is_checkable(thing))
        years = years_asked(understood.text) if Asked.NAME in checkable else frozenset()
        vocabulary = self._glossary.vocabulary

        def lacks(thing: Asked, unit: Unit) -> bool:
            if not holds(thing, unit, common_words=common_words, vocabulary=vocabulary):
                return True
            return thing is Asked.NAME and bool(years) and not may_speak_of(unit, years)

        lacking = [frozenset(thing for thing in checkable if lacks(thing, unit)) for unit in units]
        return [(lacked, len(lacked) / max(len(checkable), 1)) for lacked in lacking]

    def _sights(self, understood: Understanding, units: Sequence[Unit], common_words: frozenset[str]) -> list[_Sight]:
        """Return what is seen of each unit without a model."""
        held, lacking = self.held(understood, units), self._lacking(understood, units, common_words)
        agreed = _agreements(understood, units)
        return [
            _Sight(unit, shares, *lacks, agrees)
            for unit, shares, lacks, agrees in zip(units, held, lacking, agreed, strict=True)
        ]


def _agreements(understood: Understanding, units: Sequence[Unit]) -> list[float]:
    """Return for each unit how well what it speaks of agrees with what the question names."""
    wanted, subjects = identifiers_of(understood.text), subjects_of(understood.text)
    return [
        agreement(wanted, unit) + programme_agreement(understood, unit) + subject_agreement(subjects, unit)
        for unit in units
    ]


def _promise(sights: Sequence[_Sight], *, naming: bool) -> NDArray[np.float64]:
    """Return how much each unit promises to answer, shape (units,), higher is more; weights as the models judge it."""
    promise = SHARED * standardised(np.array([sight.overlap for sight in sights]))
    promise += ALIKE * standardised(np.array([sight.unit.similarity for sight in sights]))
    promise += AGREEING * np.array([sight.agreed for sight in sights])
    return promise - (NAMING if naming else HOLDING) * np.array([sight.share_lacking for sight in sights])


def _gain(understood: Understanding, sight: _Sight) -> float:
    """Return what a unit gains or loses beside what the models say."""
    placed = section_agreement(understood, sight.unit) + _standing(understood, sight.unit)
    elsewhere = ELSEWHERE if understood.decisions and sight.agreed <= 0 else 0.0
    return OVERLAP * sight.overlap + LACKING * sight.share_lacking + sight.agreed + placed + elsewhere


def _named_first(read: list[ReadUnit]) -> list[ReadUnit]:
    """Return units, those first that name somebody; who is named beside much less of the question is somebody else."""
    least = max(read, key=lambda r: r.logit + OVERLAP * r.overlap).overlap - LESS_HELD
    told = [replace(r, lacking=r.lacking | {Asked.NAME}) if r.overlap < least else r for r in read]
    return sorted(told, key=lambda r: Asked.NAME in r.lacking)


def _without_dates(text: str) -> str:
    for date in reversed(find_dates(text)):
        text = text[: date.start] + text[date.end :]
    return text


def _shares(terms: frozenset[str], spread: Counter[str], units: int) -> dict[str, float]:
    """Return the share of each term in the weight of all; terms that few units hold weigh more."""
    weights = {term: math.log(1 + units / (1 + spread[term])) for term in terms}
    total = sum(weights.values())
    return {term: weight / total for term, weight in weights.items()}


def _expected(promise: NDArray[np.float64], overlaps: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return logits without a model: ordered by promise, their level told by the words that the best holds."""
    level = PER_OVERLAP * (float(overlaps[int(np.argmax(promise))]) - EVEN_OVERLAP)
    return np.asarray(promise - promise.max() + level, np.float64)


def _standing(understood: Understanding, unit: Unit) -> float:
    """Return what a unit gains as the asker's language version of its work, and loses as a fragment."""
    own_version = unit.work is not None and unit.passage.language == understood.answer_language
    return (OWN_VERSION if own_version else 0.0) + (FRAGMENT if _is_fragment(unit) else 0.0)


def _is_fragment(unit: Unit) -> bool:
    """Tell whether a unit is a byline, date line or title rather than a sentence."""
    return unit.kind is BlockKind.PARAGRAPH and len(unit.text.split()) < 12 and unit.text.rstrip()[-1:] not in '.!?:;”"'


def _ranks(units: Sequence[Unit]) -> list[int]:
    """Return for each unit how many passages come before its own."""
    order = {passage: rank for rank, passage in enumerate(dict.fromkeys(u.passage.id for u in units))}
    return [order[u.passage.id] for u in units]


@lru_cache(maxsize=4096)
def _stems(text: str, language: str) -> frozenset[str]:
    """Return the stems of the content words; a number in words counts as its digits too ("the 5 pillars")."""
    ignored = STOPWORDS[language]
    words = stem(" ".join(w for w in text.split() if w.casefold().strip("?¿.,") not in ignored), language)
    return frozenset(words) | {str(number) for number in spelled_numbers(text, language=language)}


def standardised(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the values with mean 0 and standard deviation 1."""
    spread = float(values.std()) + 1e-6
    return np.asarray((values - values.mean()) / spread, np.float64)
