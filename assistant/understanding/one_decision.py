"""A question about several decisions as it is asked of each of them."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.identifiers import DecisionNumber

_JOINT = re.compile(
    r"\s*(?:,|,?\s*(?:and|as well as|y|e|así como|assim como|et|ainsi que))"
    r"(?:\s+(?:of|de|du|by|por|par|in|en|em|dans))?(?:\s+(?:the|la|las|a|as|les|da|das|des))?"
    r"(?:\s+(?:n|no|nos|number|num[eé]ros?)(?:\.\s?[ºo]|\s?[.º°])?)?\s*",
    re.IGNORECASE,
)  # between two decisions that are asked about alike


def asked_of_each(text: str, decisions: Sequence[DecisionNumber]) -> tuple[str, ...]:
    """Return the question once for each decision, the others left out; itself where they are not told in one row.

    "When were Decisions 440 and 527 adopted?" becomes "When were Decisions 440 adopted?" and "When were Decisions 527
    adopted?". An "or" asks which of them, so nothing is taken apart.

    Args:
        text: the question.
        decisions: those it names, in reading order.
    """
    gaps = pairwise(decisions)
    if len(decisions) < 2 or not all(_JOINT.fullmatch(text, one.end, other.start) for one, other in gaps):
        return (text,)
    first, last = decisions[0], decisions[-1]
    word = text[first.start : first.end].removesuffix(str(first.number))
    before, after = text[: first.start], text[last.end :]
    return tuple(f"{before}{word}{number}{after}" for number in dict.fromkeys(d.number for d in decisions))
