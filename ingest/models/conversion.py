"""Converts any sentence-transformers model to a quantised ONNX graph, whatever its pooling: torch traces the whole."""

import hashlib
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ingest.errors import ModelUnavailable
from ingest.models.model_folders import Description
from ingest.models.preparation import GRAPH_FILE, TOKENIZER_FILE

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer  # noqa: TID251

OPSET = 18
LOWEST_FIDELITY = 0.98
PROBES = (
    "The Latin American Council approved the work programme.",
    "La reunión tuvo lugar en Caracas, del 7 al 9 de abril.",
    "O programa de trabalho prevê três áreas. " * 12,
)
QUESTION_PROMPTS, PASSAGE_PROMPTS = ("query", "question"), ("passage", "document", "corpus")


def convert_sentence_transformer(name: str, folder: Path) -> Description:
    """Write the graph and the tokenizer of a sentence-transformers model into `folder`, and describe the model.

    The graph is int8 by channel; it stays float32 where that would bend a vector (cosine below 0.98).

    Args:
        name: the model's folder, or its name on the model hub.
        folder: exists and is empty.

    Raises:
        ModelUnavailable: the model is not found or is of a kind that cannot be converted.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = _load(name)
        _save_tokenizer(name, model, folder)
        vectors = _export(name, model, folder)
    return {
        "weights": _weights_digest(model),
        "dimensions": vectors.shape[1],
        "maximum_tokens": int(model.max_seq_length or 512),
        "question_prefix": _prompt(model, QUESTION_PROMPTS),
        "passage_prefix": _prompt(model, PASSAGE_PROMPTS),
    }


def _load(name: str) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer  # noqa: TID251

    try:
        return SentenceTransformer(name, device="cpu").eval()
    except (OSError, ValueError, ImportError, RuntimeError) as error:
        raise ModelUnavailable(
            f"The embedding model {name} cannot be loaded ({error}).",
            next_step="Name the folder of a sentence-transformers model, then run `sela model prepare`.",
        ) from error


def _cannot_convert(name: str, reason: object) -> ModelUnavailable:
    next_step = "Name a sentence-transformers model that is a transformer with a fast tokenizer."
    return ModelUnavailable(f"The embedding model {name} cannot be converted ({reason}).", next_step=next_step)


def _save_tokenizer(name: str, model: "SentenceTransformer", folder: Path) -> None:
    backend = getattr(model.tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise _cannot_convert(name, "it has no fast tokenizer")
    backend.save(str(folder / TOKENIZER_FILE))


def _export(name: str, model: "SentenceTransformer", folder: Path) -> NDArray[np.float32]:
    """Write the graph; return what the original gives for the probes."""
    expected: NDArray[np.float32] = model.encode(list(PROBES), prompt="", normalize_embeddings=True)
    exact, quantised = folder / "float32.onnx", folder / GRAPH_FILE
    try:
        _trace(model, exact)
        _quantise(exact, quantised)
    except (RuntimeError, TypeError, ValueError, KeyError, AttributeError) as error:
        raise _cannot_convert(name, error) from error
    if _fidelity(quantised, model, expected) < LOWEST_FIDELITY:
        exact.replace(quantised)
    if _fidelity(quantised, model, expected) < LOWEST_FIDELITY:
        raise _cannot_convert(name, "the converted model gives other vectors")
    exact.unlink(missing_ok=True)
    return expected


def _trace(model: "SentenceTransformer", path: Path) -> None:
    import torch  # noqa: TID251

    class Encoder(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            pooled = self.model({"input_ids": input_ids, "attention_mask": attention_mask})["sentence_embedding"]
            return torch.nn.functional.normalize(pooled, dim=-1)

    ids = model.tokenizer(list(PROBES[:2]), padding=True, return_tensors="pt")
    names = ["input_ids", "attention_mask"]
    axes = {name: {0: "texts", 1: "tokens"} for name in names}
    torch.onnx.export(
        Encoder().eval(), (ids["input_ids"], ids["attention_mask"]), str(path), dynamo=False, opset_version=OPSET,
        input_names=names, output_names=["embedding"], dynamic_axes=axes,
    )  # fmt: skip


def _quantise(source: Path, target: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: TID251

    quantize_dynamic(source, target, per_channel=True, weight_type=QuantType.QInt8)


def _fidelity(graph: Path, model: "SentenceTransformer", expected: NDArray[np.float32]) -> float:
    from ingest.models.sessions import GraphSession

    session = GraphSession(graph)
    given = [session.run(model.tokenizer(text, truncation=True)["input_ids"]) for text in PROBES]
    return float(min(mine @ its for mine, its in zip(given, expected, strict=True)))


def _prompt(model: "SentenceTransformer", names: tuple[str, ...]) -> str:
    prompts = model.prompts or {}
    return next((prompts[name] for name in names if prompts.get(name)), "")


def _weights_digest(model: "SentenceTransformer") -> str:
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(tensor.float().numpy()).tobytes())
    return digest.hexdigest()
