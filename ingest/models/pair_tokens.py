"""Splits a question and a text into one sequence of tokens for the reader, and tells where each token stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.models.unigram import BEGINNING_ID, BOUNDARY, END_ID, UnigramTokenizer

QUESTION_PREFIX = "query: "
LONGEST_QUESTION = 64
LONGEST_PAIR = 256
REMEMBERED_WORDS = 65_536
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class PairTokens:
    """A question and a text as the reader takes them: `<s> query: question </s> text </s>`.

    Args:
        ids: tokens of both.
        first: position of the text's first token.
        places: (start, end) characters in the text of each of its tokens, in order.
    """

    ids: tuple[int, ...]
    first: int
    places: tuple[tuple[int, int], ...]

    def token_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the positions of the first and last token between two characters; None where they were cut."""
        inside = [i for i, (a, b) in enumerate(self.places) if a < end and b > start]
        if not inside or self.places[inside[-1]][1] < end:
            return None
        return self.first + inside[0], self.first + inside[-1]


class PairTokenizer:
    """Joins questions and texts; safe to use from several threads."""

    def __init__(self, pieces: Sequence[str], scores: Sequence[float]) -> None:
        """Take the vocabulary.

        Args:
            pieces: in order of their ids.
            scores: log probability of each piece.
        """
        self._pieces = pieces
        self._unigram = UnigramTokenizer(pieces, scores, maximum_tokens=LONGEST_PAIR)
        self._word = lru_cache(REMEMBERED_WORDS)(self._split)

    def pair(self, question: str, text: str) -> PairTokens:
        """Return the tokens of both, each cut where it is too long."""
        asked = self._unigram.encode(QUESTION_PREFIX + question)[1:-1][:LONGEST_QUESTION]
        head = [BEGINNING_ID, *asked, END_ID]
        room = LONGEST_PAIR - len(head) - 1
        ids: list[int] = []
        places: list[tuple[int, int]] = []
        for word in _WORD.finditer(text):
            word_ids, word_places = self._word(word.group())
            ids += word_ids
            places += [(word.start() + a, word.start() + b) for a, b in word_places]
            if len(ids) >= room:
                break
        return PairTokens((*head, *ids[:room], END_ID), len(head), tuple(places[:room]))

    def _split(self, word: str) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
        ids = tuple(self._unigram.encode(word)[1:-1])
        lengths = [len(self._pieces[i].replace(BOUNDARY, "")) for i in ids]
        if sum(lengths) != len(word):  # unknown letters, or letters that normalisation joins or takes apart
            return ids, ((0, len(word)),) * len(ids)
        places, at = [], 0
        for length in lengths:
            places.append((at, at + length))
            at += length
        return ids, tuple(places)
