"""Makes groups of pairs from paragraphs: a question, the sentence that answers it, and others that do not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from assistant.glossary import Glossary
from eval.training.pairs import Group, Kind, Pair
from eval.training.sentences import LikelyMistakes, Shown, shown_passage, shown_sentences
from eval.training.squad import Asked, Paragraph
from eval.training.swapping import names_in, swapped
from ingest.models.embedder import crude_stems

FROM_THE_PARAGRAPH, FROM_ELSEWHERE = 2, 1
PASSAGE_SHARE, SWAPPED_SHARE = 0.35, 0.2
Wording = tuple[str, str]  # question, English question


@dataclass(frozen=True, slots=True)
class Side:
    """A paragraph's text in one language.

    Args:
        paragraph: the text and the places of the answers.
        sentences: of the paragraph, as they are shown.
        english: the same sentences in English, for the teacher; () where there are none.
    """

    paragraph: Paragraph
    sentences: tuple[Shown, ...]
    english: tuple[Shown, ...]


def sides_of(paragraphs: Sequence[Paragraph], random: Random) -> list[Side]:
    """Return the paragraphs of one language, ready to be asked about."""
    sides = []
    for paragraph in paragraphs:
        shown = tuple(shown_sentences(paragraph, random))
        sides.append(Side(paragraph, shown, shown if paragraph.language == "en" else ()))
    return sides


def with_english(side: Side, english: Side) -> Side:
    """Return a side whose sentences are matched with their translations, where there are as many of them."""
    matched = len(side.sentences) == len(english.sentences)
    return replace(side, english=english.sentences if matched else ())


class Maker:
    """Makes the groups of questions about paragraphs."""

    def __init__(self, mistakes: Mapping[str, LikelyMistakes], names: Sequence[str], random: Random) -> None:
        """Take what wrong answers are made of.

        Args:
            mistakes: sentences of each language.
            names: to swap into questions.
            random: decides what is drawn.
        """
        self._mistakes = mistakes
        self._names = list(names)
        self._random = random

    def groups(self, side: Side, asked: Asked, question: str, english: str) -> list[Group]:
        """Return the group of sentences for a question, and sometimes its passage and a near miss.

        Args:
            side: the paragraph and its sentences.
            asked: the question with its places in this paragraph.
            question: the words to show, in any language.
            english: the same question in English, for the teacher; "" if there is none.
        """
        found = self._sentences(side, asked, question, english)
        groups = [found] if found else []
        if self._random.random() < PASSAGE_SHARE:
            groups.append((self._passage(side, asked, question, english),))
        if asked.answer is not None and self._random.random() < SWAPPED_SHARE:
            groups += self._near_miss(side, asked, question)
        return groups

    def _sentences(self, side: Side, asked: Asked, question: str, english: str) -> Group:
        span = asked.answer or asked.plausible
        holders = [s for s in side.sentences if span and s.holds(span)]
        if not holders and asked.answer is not None:
            return ()
        chosen = holders + self._others(side, asked, holders, english or question)
        taught = [self._taught(side, shown, english) for shown in chosen]
        pairs = [
            _pair(question, shown, asked, shown in holders, key) for shown, key in zip(chosen, taught, strict=True)
        ]
        return (*pairs, *self._elsewhere(side, asked, question, english))

    def _others(self, side: Side, asked: Asked, holders: list[Shown], question: str) -> list[Shown]:
        rest = [s for s in side.sentences if s not in holders and not _also_answers(s, asked)]
        wanted = set(crude_stems(question))
        rest.sort(key=lambda s: -len(wanted & set(crude_stems(s.text))) + self._random.random())
        return rest[:FROM_THE_PARAGRAPH]

    def _elsewhere(self, side: Side, asked: Asked, question: str, english: str) -> list[Pair]:
        language = side.paragraph.language
        alike = english if language == "en" and english else question
        found = self._mistakes[language].find(alike, besides=side.sentences, most=3 * FROM_ELSEWHERE)
        wrong = [s for s in found if not _also_answers(s, asked)][:FROM_ELSEWHERE]
        return [_wrong(question, s, (english, s.text) if language == "en" and english else None) for s in wrong]

    def _taught(self, side: Side, shown: Shown, english: str) -> tuple[str, str] | None:
        if not english or not side.english:
            return None
        return english, side.english[side.sentences.index(shown)].text

    def _passage(self, side: Side, asked: Asked, question: str, english: str) -> Pair:
        return _pair(question, shown_passage(side.paragraph), asked, asked.answer is None, None)

    def _near_miss(self, side: Side, asked: Asked, question: str) -> list[Group]:
        other = swapped(question, side.paragraph.text, names=self._names, random=self._random)
        holders = [s for s in side.sentences if asked.answer and s.holds(asked.answer)]
        if other is None or not holders:
            return []
        shown = holders[0]
        right = Pair(question, shown.text, shown.place(asked.answer or (0, 0)), Kind.RIGHT, None)
        return [(right, Pair(other, shown.text, None, Kind.NEAR, None))]


def _pair(question: str, shown: Shown, asked: Asked, is_holder: bool, key: tuple[str, str] | None) -> Pair:  # noqa: FBT001
    if asked.answer is not None and shown.holds(asked.answer):
        return Pair(question, shown.text, shown.place(asked.answer), Kind.RIGHT, key)
    return Pair(question, shown.text, None, Kind.NEAR if is_holder else Kind.WRONG, key)


def _wrong(question: str, shown: Shown, key: tuple[str, str] | None) -> Pair:
    return Pair(question, shown.text, None, Kind.WRONG, key)


def _also_answers(shown: Shown, asked: Asked) -> bool:
    return any(accepted.casefold() in shown.text.casefold() for accepted in asked.accepted)


def glossed(question: str, glossary: Glossary, *, source: str, random: Random) -> str:
    """Return a question term by term in another language than its own and English."""
    target = random.choice([language for language in ("es", "pt", "fr") if language != source])
    return glossary.gloss(question, source=source, target=target)


def names_of(paragraphs: Sequence[Paragraph]) -> list[str]:
    """Return the names that questions hold, each once."""
    return sorted({name for p in paragraphs for q in p.questions for name in names_in(q.text)})
