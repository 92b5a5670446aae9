"""Splits text into the pieces of a SentencePiece unigram model, as multilingual-e5-small wants it.

The tokenizers library gives the same ids, but holds this vocabulary of 250,002 pieces in 300 MB and takes a
second to load it. Words repeat, so remembering the pieces of each word makes plain Python fast enough.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

BOUNDARY = "▁"
BEGINNING_ID, END_ID, UNKNOWN_ID = 0, 2, 3
UNKNOWN_PENALTY = 10.0
REMEMBERED_WORDS = 65_536
WORD = re.compile(f"{BOUNDARY}?[^{BOUNDARY}]+|{BOUNDARY}")

_DELETED = [*range(0x01, 0x09), 0x0B, *range(0x0E, 0x20), 0x7F, 0x8F, 0x9F]
_SPACES = [0x09, 0x0A, 0x0C, 0x0D, 0x1680, *range(0x200B, 0x2010), 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD]
CLEANING: dict[int, str | None] = {**dict.fromkeys(_DELETED), **dict.fromkeys(_SPACES, " ")}


class UnigramTokenizer:
    """Finds the most probable pieces of each word (Kudo 2018, https://arxiv.org/abs/1804.10959)."""

    def __init__(self, pieces: Sequence[str], scores: Sequence[float], *, maximum_tokens: int) -> None:
        """Take the vocabulary.

        Args:
            pieces: in order of their ids.
            scores: log probability of each piece.
            maximum_tokens: longest sequence of ids to return, the two special ones included.
        """
        self._ids = {piece: number for number, piece in enumerate(pieces)}
        self._scores = scores
        self._longest = max(map(len, pieces))
        self._unknown_score = min(scores) - UNKNOWN_PENALTY
        self._maximum = maximum_tokens - 2
        self._word_ids = lru_cache(REMEMBERED_WORDS)(self._best_pieces)

    def encode(self, text: str) -> list[int]:
        """Return the ids of the pieces of `text` between the special ones, cut at the maximum."""
        ids: list[int] = []
        for word in WORD.findall(_normalise(text)):
            ids.extend(self._word_ids(word))
            if len(ids) >= self._maximum:
                break
        return [BEGINNING_ID, *ids[: self._maximum], END_ID]

    def _best_pieces(self, word: str) -> tuple[int, ...]:
        scores = [0.0] + [float("-inf")] * len(word)
        steps = [(0, UNKNOWN_ID)] * (len(word) + 1)
        for start in range(len(word)):
            for end, piece_id, score in self._pieces_from(word, start):
                if scores[start] + score > scores[end]:
                    scores[end] = scores[start] + score
                    steps[end] = (start, piece_id)
        return _walk_back(steps)

    def _pieces_from(self, word: str, start: int) -> list[tuple[int, int, float]]:
        found = [
            (end, piece_id, self._scores[piece_id])
            for end in range(start + 1, min(start + self._longest, len(word)) + 1)
            if (piece_id := self._ids.get(word[start:end])) is not None
        ]
        if not found or found[0][0] > start + 1:
            found.append((start + 1, UNKNOWN_ID, self._unknown_score))
        return found


def _normalise(text: str) -> str:
    cleaned = unicodedata.normalize("NFKC", text.translate(CLEANING))
    spaced = re.sub(" {2,}", " ", cleaned).replace(" ", BOUNDARY)
    return BOUNDARY + spaced if spaced and not spaced.startswith(BOUNDARY) else spaced


def _walk_back(steps: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    ids: list[int] = []
    end = len(steps) - 1
    while end:
        end, piece_id = steps[end]
        if not (piece_id == UNKNOWN_ID and ids and ids[-1] == UNKNOWN_ID):
            ids.append(piece_id)
    return tuple(reversed(ids))
