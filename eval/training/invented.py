"""Pairs from texts invented for training: each in English and one other language, asked about in all four."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random
from string import ascii_lowercase

from eval.errors import QuestionSetError
from eval.training.pairs import Group, Kind, Pair
from eval.training.sentences import LikelyMistakes, Shown
from eval.training.swapping import names_in, swapped
from ingest.languages import LANGUAGES
from ingest.models.embedder import crude_stems

TEXTS = Path(__file__).parent / "texts"
DRAWN = 2  # of the eight pairings of the question's and the text's language
MOST_RIGHT, BESIDE, FROM_SIBLINGS, FROM_ELSEWHERE = 3, 2, 2, 1
SWAPPED_SHARE = 0.2

_LIST_ITEM = re.compile(r"(?:[-•*–]|\(?(?:[a-z]|[ivx]+|\d{1,2})[).])\s")
_FAMILY = re.compile(r"[a-z]+(\d+)")
Wordings = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question about an extract.

    Args:
        wordings: by language.
        right: numbers of the sentences that answer; () where none does.
        near: numbers of the sentences that look like an answer and are none.
        answer: the words that answer, by language of the text; empty where they are no short span.
    """

    wordings: Wordings
    right: tuple[int, ...]
    near: tuple[int, ...]
    answer: Wordings


@dataclass(frozen=True, slots=True)
class Extract:
    """A short invented text in two languages, sentence by sentence.

    Args:
        family: extracts of one family are easily taken for each other.
        title: by language.
        heading: by language.
        sentences: each by language.
        inquiries: what is asked about it.
    """

    family: str
    title: Wordings
    heading: Wordings
    sentences: tuple[Wordings, ...]
    inquiries: tuple[Inquiry, ...]

    def shown(self, number: int, language: str) -> Shown:
        """Return a sentence after title, heading and the words that open its list."""
        lead = self._lead_in(number, language)
        named = [self.title[language], self.heading[language], *([lead] if lead else [])]
        context = ". ".join(part.rstrip(".:") for part in named)
        text = self.sentences[number][language]
        return Shown(f"{context}. {text}", 0, len(text), len(context) + 2)

    def _lead_in(self, number: int, language: str) -> str:
        if not _LIST_ITEM.match(self.sentences[number][language]):
            return ""
        before = (self.sentences[n][language] for n in range(number - 1, -1, -1))
        return next((text for text in before if text.endswith(":")), "")


def load_extracts(folder: Path = TEXTS) -> list[Extract]:
    """Read all extracts of a folder.

    Raises:
        QuestionSetError: naming the line that is not as it should be.
    """
    return [extract for file in sorted(folder.glob("*.jsonl")) for extract in _extracts(file)]


def is_kept_out(extract: Extract) -> bool:
    """Tell whether a family is kept from training, to calibrate and measure with: every fourth one."""
    return int(extract.family.lstrip(ascii_lowercase)) % 4 == 0


def invented_groups(extracts: Sequence[Extract], *, seed: int) -> list[Group]:
    """Return groups of sentences for every question, in some of the pairings of languages.

    Args:
        extracts: the texts.
        seed: decides what is drawn.
    """
    maker = _Maker(extracts, Random(seed))
    return [group for extract in extracts for inquiry in extract.inquiries for group in maker.groups(extract, inquiry)]


Place = tuple[Extract, int]  # a sentence of an extract


class _Maker:
    def __init__(self, extracts: Sequence[Extract], random: Random) -> None:
        self._families: dict[str, list[Place]] = {}
        shown: dict[str, list[Shown]] = {}
        for extract in extracts:
            places = [(extract, number) for number in range(len(extract.sentences))]
            self._families.setdefault(extract.family, []).extend(places)
            for language in extract.title:
                shown.setdefault(language, []).extend(extract.shown(number, language) for _, number in places)
        self._mistakes = {language: LikelyMistakes(texts) for language, texts in shown.items()}
        self._names = sorted({n for e in extracts for i in e.inquiries for n in names_in(i.wordings["en"])})
        self._random = random

    def groups(self, extract: Extract, inquiry: Inquiry) -> Iterator[Group]:
        for asked, read in self._random.sample(list(product(LANGUAGES, extract.title)), DRAWN):
            yield self._group(extract, inquiry, asked, read)
            if inquiry.right and self._random.random() < SWAPPED_SHARE:
                yield from self._near_miss(extract, inquiry, asked, read)

    def _group(self, extract: Extract, inquiry: Inquiry, asked: str, read: str) -> Group:
        right = sorted(self._random.sample(inquiry.right, min(MOST_RIGHT, len(inquiry.right))))
        family = [place for place in self._families[extract.family] if read in place[0].title]
        beside = [(e, n) for e, n in family if e is extract and n not in {*inquiry.right, *inquiry.near}]
        siblings = [(e, n) for e, n in family if e is not extract and not _holds_answer(e, n, inquiry, read)]
        chosen = {
            Kind.RIGHT: [(extract, number) for number in right],
            Kind.NEAR: [*((extract, n) for n in inquiry.near), *self._alike(siblings, inquiry, read, FROM_SIBLINGS)],
            Kind.WRONG: self._alike(beside, inquiry, read, BESIDE),
        }
        pairs = (_pair(place, inquiry, asked, read, kind) for kind, places in chosen.items() for place in places)
        return (*pairs, *self._elsewhere(family, inquiry, asked, read))

    def _alike(self, places: Sequence[Place], inquiry: Inquiry, read: str, most: int) -> list[Place]:
        """Return the sentences that share most words with the question as it would be asked in their language."""
        wanted = set(crude_stems(inquiry.wordings[read]))

        def shared(place: Place) -> float:
            extract, number = place
            return len(wanted & set(crude_stems(extract.sentences[number][read]))) + self._random.random()

        return sorted(places, key=shared, reverse=True)[:most]

    def _elsewhere(self, family: Sequence[Place], inquiry: Inquiry, asked: str, read: str) -> Iterator[Pair]:
        besides = [extract.shown(number, read) for extract, number in family]
        for shown in self._mistakes[read].find(inquiry.wordings[read], besides=besides, most=FROM_ELSEWHERE):
            taught = (inquiry.wordings["en"], shown.text) if read == "en" else None
            yield Pair(inquiry.wordings[asked], shown.text, None, Kind.WRONG, taught)

    def _near_miss(self, extract: Extract, inquiry: Inquiry, asked: str, read: str) -> Iterator[Group]:
        shown = extract.shown(inquiry.right[0], read)
        other = swapped(inquiry.wordings[asked], shown.text, names=self._names, random=self._random)
        if other is not None:
            right = _pair((extract, inquiry.right[0]), inquiry, asked, read, Kind.RIGHT)
            yield right, Pair(other, shown.text, None, Kind.NEAR, None)


def _pair(place: Place, inquiry: Inquiry, asked: str, read: str, kind: Kind) -> Pair:
    extract, number = place
    shown = extract.shown(number, read)
    answer = shown.place(_answer(extract.sentences[number][read], inquiry, read)) if kind is Kind.RIGHT else None
    taught = (inquiry.wordings["en"], extract.shown(number, "en").text)
    return Pair(inquiry.wordings[asked], shown.text, answer, kind, taught)


def _answer(sentence: str, inquiry: Inquiry, language: str) -> tuple[int, int]:
    """Return where a sentence answers; the whole of it where no few words of it do."""
    words = inquiry.answer.get(language, "")
    at = sentence.find(words)
    return (at, at + len(words)) if words and at >= 0 else (0, len(sentence))


def _holds_answer(extract: Extract, number: int, inquiry: Inquiry, language: str) -> bool:
    words = inquiry.answer.get(language, "")
    return bool(words) and words in extract.sentences[number][language]


def _extracts(file: Path) -> Iterator[Extract]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            yield _extract(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise QuestionSetError(f"{file.name}, line {number}, is no extract ({error}).") from error


def _extract(held: dict) -> Extract:  # type: ignore[type-arg]
    if _FAMILY.fullmatch(held["family"]) is None:
        raise ValueError("a family is named by letters and a number")
    sentences = tuple(held["sentences"])
    inquiries = tuple(_inquiry(question, len(sentences)) for question in held["questions"])
    return Extract(held["family"], held["title"], held["heading"], sentences, inquiries)


def _inquiry(held: dict, sentences: int) -> Inquiry:  # type: ignore[type-arg]
    right, near = tuple(held.get("right", ())), tuple(held.get("near", ()))
    if not right + near or set(right) & set(near) or not all(0 <= number < sentences for number in right + near):
        raise ValueError("a question needs sentences that answer or look like it, none of them both")
    return Inquiry({language: held[language] for language in LANGUAGES}, right, near, held.get("answer", {}))
