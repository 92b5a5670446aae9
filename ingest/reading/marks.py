"""From places in normalised text back to the glyphs that stand there."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.normalisation import normalise
from ingest.reading.page_layout import Box


def normalised_owners(characters: Sequence[str]) -> list[int]:
    """Return, for each character of `normalise("".join(characters))`, the index of the character it comes from."""
    owners: list[int] = []
    pieces: list[str] = []
    for start, end in pairwise(_clusters(characters)):
        piece = normalise("".join(characters[start:end]))
        pieces.append(piece)
        owners.extend([start] * len(piece))
    return _aligned("".join(pieces), normalise("".join(characters)), owners)


def marked_characters(characters: Sequence[tuple[str, Box | None]], marks: Sequence[tuple[int, int]]) -> Iterator[Box]:
    """Yield the box of every glyph that lies in one of `marks`, (start, end) in the normalised text."""
    owners = normalised_owners([text for text, _ in characters])
    chosen = sorted({owner for start, end in marks for owner in owners[max(0, start) : max(0, end)]})
    for index in chosen:
        box = characters[index][1]
        if box is not None:
            yield box


def _clusters(characters: Sequence[str]) -> Iterator[int]:
    """Yield where each base character with its combining marks starts, then the end."""
    for index, character in enumerate(characters):
        if index == 0 or not unicodedata.combining(character[0]):
            yield index
    yield len(characters)


def _aligned(pieces: str, whole: str, owners: list[int]) -> list[int]:
    """Return the owners of `whole`, from which normalising as a whole may have taken more than piece by piece."""
    if pieces == whole:
        return owners
    aligned: list[int] = []
    at = 0
    for character in whole:
        found = pieces.find(character, at)
        at = found + 1 if found >= 0 else at
        aligned.append(owners[min(max(at - 1, 0), len(owners) - 1)] if owners else 0)
    return aligned
