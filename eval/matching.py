"""When words count as found: the three comparisons that every figure rests on.

All of them fold case and accents and ignore Markdown and HTML mark-up, so that an answer is not marked down for
how it is set.
"""

import re
from collections.abc import Iterable

from ingest.normalisation import fold

OVERLAP_LENGTH, OVERLAP_SHARE = 3, 0.5
COVER_LENGTH, COVER_SHARE = 4, 0.7

_MARKUP = re.compile(r"[*_#|\\]|</?\w+>")
_WORD = re.compile(r"[a-z0-9]+(?:[.,]\d+)*%?")

WordRuns = frozenset[tuple[str, ...]]


def word_runs(text: str, length: int) -> WordRuns:
    """Return every run of `length` words of a text; the whole text where it is shorter."""
    words = _WORD.findall(fold(_MARKUP.sub(" ", text)))
    return frozenset(tuple(words[i : i + length]) for i in range(max(1, len(words) - length + 1)))


def overlaps(quote: str, gold: str) -> bool:
    """Tell whether two quotations share half of the word trigrams of the shorter one."""
    given, wanted = word_runs(quote, OVERLAP_LENGTH), word_runs(gold, OVERLAP_LENGTH)
    return len(given & wanted) >= OVERLAP_SHARE * min(len(given), len(wanted))


def first_covering(gold: str, texts: Iterable[str]) -> int | None:
    """Return how many of the texts, from the first, cover 70 % of the word 4-grams of `gold`; None if all do not.

    A text that cannot count (of another file) is given as "".
    """
    target = word_runs(gold, COVER_LENGTH)
    pool: set[tuple[str, ...]] = set()
    for count, text in enumerate(texts, start=1):
        pool |= word_runs(text, COVER_LENGTH) if text else frozenset()
        if len(target & pool) >= COVER_SHARE * len(target):
            return count
    return None


def readable(text: str) -> str:
    """Return words as a reader compares them: folded, one space between any two."""
    return re.sub(r"\s+", " ", fold(text))


def says(wording: str, shown: str) -> bool:
    """Tell whether `shown` (as `readable` gives it) holds a wording as whole words."""
    pattern = r"\s+".join(re.escape(word) for word in fold(wording).split())
    return re.search(rf"(?<!\w){pattern}(?!\w)", shown) is not None
