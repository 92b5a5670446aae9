"""The reader's trained layers as they are stored: matrices in bytes, one scale a row, the rest in float32."""

import hashlib
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.errors import ModelUnavailable
from ingest.models.encoder_weights import EncoderWeights

LAYERS, BYTES, SCALES = "layers", ".int8", ".scales"
Tensors = Mapping[str, NDArray[np.float32]]


def write_trained(path: Path, tensors: Tensors, *, layers: int) -> str:
    """Write the trained tensors; return the SHA-256 of the file.

    Args:
        path: the file to write.
        tensors: by the names of `EncoderWeights`, and "head.w" and "head.b".
        layers: of the encoder that the reader keeps.
    """
    stored: dict[str, NDArray[np.generic]] = {LAYERS: np.array(layers)}
    for name, values in sorted(tensors.items()):
        if values.ndim == 2 and not name.startswith("head."):
            scales = np.maximum(np.abs(values).max(axis=1) / 127, np.finfo(np.float32).tiny).astype(np.float32)
            stored[name + BYTES] = np.rint(values / scales[:, None]).clip(-127, 127).astype(np.int8)
            stored[name + SCALES] = scales
        else:
            stored[name] = values.astype(np.float32)
    with path.open("wb") as file:
        _save(file, stored)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_trained(path: Path, *, sha256: str) -> Tensors:
    """Return the trained tensors, and "layers", the number of layers to keep.

    Raises:
        ModelUnavailable: the file is missing, damaged or not the expected one.
    """
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest != sha256:
            raise ValueError(f"its SHA-256 is {digest}, not {sha256}")
        with np.load(path, allow_pickle=False) as stored:
            return {name.removesuffix(BYTES): _dense(stored, name) for name in stored.files if SCALES not in name}
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ModelUnavailable(
            f"The reader's weights in {path} cannot be used ({error}).", next_step="Install this project again."
        ) from error


def with_trained(weights: EncoderWeights, trained: Tensors) -> EncoderWeights:
    """Return the encoder's lower layers with the trained ones in their place."""
    layers = int(trained[LAYERS])
    kept = {f"l{number}" for number in range(layers)} | {"emb", "head"}
    tensors = {n: t for n, t in {**weights.matrices, **weights.vectors, **trained}.items() if n.split(".")[0] in kept}
    return EncoderWeights(
        replace(weights.shape, layers=layers),
        weights.words,
        {name: values for name, values in tensors.items() if values.ndim == 2},
        {name: values for name, values in tensors.items() if values.ndim == 1},
    )


def _dense(stored: Mapping[str, NDArray[np.generic]], name: str) -> NDArray[np.float32]:
    values = stored[name].astype(np.float32)
    if not name.endswith(BYTES):
        return values
    scales = stored[name.removesuffix(BYTES) + SCALES].astype(np.float32)
    return np.asarray(values * scales[:, None], np.float32)


def _save(file: object, stored: Mapping[str, NDArray[np.generic]]) -> None:
    np.savez(file, **stored)  # type: ignore[arg-type]
