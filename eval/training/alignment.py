"""Finds which questions of two languages mean the same."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from eval.training.squad import Asked

LEAST_SIMILARITY = 0.86
Align = Callable[[Sequence[str]], NDArray[np.float32]]


def same_questions(one: Sequence[Asked], other: Sequence[Asked], embed: Align) -> list[tuple[int, int]]:
    """Return pairs of positions whose questions are each other's nearest, and both answerable or both not.

    Args:
        one: questions of one language.
        other: questions of another.
        embed: gives each text a vector of length 1.
    """
    if not one or not other:
        return []
    similarity = embed([a.text for a in one]) @ embed([a.text for a in other]).T
    nearest, nearest_back = similarity.argmax(1), similarity.argmax(0)
    return [
        (i, int(j))
        for i, j in enumerate(nearest)
        if nearest_back[j] == i
        and similarity[i, j] > LEAST_SIMILARITY
        and (one[i].answer is None) == (other[int(j)].answer is None)
    ]
