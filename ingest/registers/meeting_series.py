"""What tells one series of meetings from another: the stems of a name without its ordinal, region and common words."""

import re
from collections.abc import Collection
from functools import lru_cache

from ingest.identifiers import Body, find_bodies, find_meetings
from ingest.languages import STOPWORDS
from ingest.normalisation import fold

_COMMON = frozenset(
    word
    for words in (
        "latin latinoamerican american america caribbean caribe caribena caraib lac regional region annual meeting",
        "session",
        " reunion reuniao seminar seminario seminaire workshop taller oficina atelier summit cumbre cupula sommet",
        "conference",
        " conferencia conferencia forum foro course curso cours virtual working technical training regular ordinary",
        " ordinaria programme project activity latina latino latine rencontre encuentro encontro america amerique sela",
        " entitled joint unctad first second third high level",
    )
    for word in words.split()
)
_STEM = 6
_SMALL_FIRMS = frozenset({"sme", "msme", "pyme", "mipyme", "pme", "mpme", "mpyme"})


@lru_cache(maxsize=4096)
def series_stems(name: str) -> frozenset[str]:
    """Return the stems of the words that set a meeting's name apart."""
    words = re.findall(r"[a-z][a-z]+", fold(_without_ordinal(name)))
    kept = (w for w in words if w not in _COMMON and not any(w in s for s in _stopwords()) and len(w) > 2)
    return frozenset(stem(word) for word in kept)


def stem(word: str) -> str:
    """Return the beginning that the forms of a folded word share; one stem for small firms in the four languages."""
    if word.rstrip("s") in _SMALL_FIRMS:
        return "sme"
    return word[:_STEM] if len(word) > _STEM else word.rstrip("s") if len(word) > 3 else word


@lru_cache(maxsize=4096)
def bodies_of(name: str) -> frozenset[Body]:
    """Return the other bodies that a name holds; SELA's own are in too many names to tell any apart."""
    return frozenset(found.body for found in find_bodies(name.replace("-", " ")) if not found.body.is_own)


def name_similarity(one: str, other: str) -> float:
    """Return the share of the shorter name's stems that the other holds, from 0 to 1; 0 if either has none."""
    return shared_share(series_stems(one), series_stems(other))


def shared_share(one: Collection[str], other: Collection[str]) -> float:
    """Return how much of the smaller set is in the other."""
    first, second = set(one), set(other)
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def _without_ordinal(name: str) -> str:
    found = find_meetings(name)
    return name if not found else re.sub(r"^\W*\S+\s+", "", name[found[0].start :], count=1)


def _stopwords() -> tuple[Collection[str], ...]:
    return tuple(STOPWORDS.values())
