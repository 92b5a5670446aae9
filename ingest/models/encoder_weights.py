"""The weights of a BERT encoder, wherever they were read from."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BLOCK = 32


@dataclass(frozen=True, slots=True)
class EncoderShape:
    """The sizes of a BERT encoder."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class FourBitMatrix:
    """A matrix in blocks of 32 four-bit weights along its columns, each block with one scale.

    Args:
        scales: shape (rows, columns / 32).
        nibbles: in 0..15, shape (rows, columns); a weight is `(nibble - 8) * scale`.
    """

    scales: NDArray[np.float32]
    nibbles: NDArray[np.uint8]

    def dense(self) -> NDArray[np.float32]:
        """Return the weights, shape (rows, columns)."""
        rows, columns = self.nibbles.shape
        centred = self.nibbles.reshape(rows, columns // BLOCK, BLOCK).astype(np.float32) - 8.0
        dense: NDArray[np.float32] = (centred * self.scales[:, :, None]).reshape(rows, columns)
        return dense

    def packed(self) -> NDArray[np.uint8]:
        """Return two's complement weights, two a byte, the even one in the low nibble: ONNX's INT4."""
        pairs = self.nibbles[:, 0::2] | (self.nibbles[:, 1::2] << 4)
        return np.asarray(pairs ^ 0x88, np.uint8)


@dataclass(frozen=True, slots=True)
class EightBitMatrix:
    """A matrix of bytes with one scale and zero point: a weight is `(byte - zero_point) * scale`."""

    scale: float
    zero_point: int
    values: NDArray[np.uint8] | NDArray[np.int8]

    def dense(self) -> NDArray[np.float32]:
        """Return the weights, in the shape of the bytes."""
        return (self.values.astype(np.float32) - self.zero_point) * np.float32(self.scale)


@dataclass(frozen=True, slots=True)
class EncoderWeights:
    """What an encoder computes with.

    The first layer holds "l0.q", "l0.k", "l0.v", "l0.ao" (attention output), "l0.fi" and "l0.fo" (feed forward in
    and out), each a matrix "….w" and a vector "….b", and the layer norms "l0.aln" and "l0.oln".

    Args:
        shape: sizes of the encoder.
        words: the embedding of each token, shape (vocabulary, hidden).
        matrices: dense matrices by name, shape (outputs, inputs).
        vectors: every other tensor by name ("emb.pos", "emb.type", "emb.ln.w", "l0.q.b", …), flat.
    """

    shape: EncoderShape
    words: FourBitMatrix | EightBitMatrix
    matrices: Mapping[str, NDArray[np.float32]]
    vectors: Mapping[str, NDArray[np.float32]]
