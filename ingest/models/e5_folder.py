"""Writes the weights of multilingual-e5-small as a plain sentence-transformers folder, for whoever wants PyTorch."""

import json
from pathlib import Path

import numpy as np
import tokenizers
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Regex, models, normalizers, pre_tokenizers, processors

from ingest.models.e5_weights import E5Weights, read_e5_weights
from ingest.models.encoder_weights import EncoderShape
from ingest.models.preparation import E5_FILE, E5_PACKAGE, E5_SHA256, package_file
from ingest.models.unigram import BEGINNING_ID, END_ID, UNKNOWN_ID

EMBEDDINGS = {
    "embeddings.position_embeddings.weight": "emb.pos",
    "embeddings.token_type_embeddings.weight": "emb.type",
    "embeddings.LayerNorm.weight": "emb.ln.w",
    "embeddings.LayerNorm.bias": "emb.ln.b",
}
PARTS = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi",
    "output.dense": "fo",
    "output.LayerNorm": "oln",
}


def write_e5_folder(folder: Path) -> Path:
    """Write what `SentenceTransformer(folder)` loads: the same weights in float32 (470 MB), the same tokenizer.

    Raises:
        ModelUnavailable: the package with the weights is missing or not the expected one.
    """
    weights = read_e5_weights(package_file(E5_PACKAGE, E5_FILE, E5_SHA256))
    (folder / "1_Pooling").mkdir(parents=True, exist_ok=True)
    save_file(_tensors(weights), folder / "model.safetensors", metadata={"format": "pt"})
    library_tokenizer(weights).save(str(folder / "tokenizer.json"))
    for name, content in _descriptions(weights.encoder.shape).items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    return folder


def library_tokenizer(weights: E5Weights) -> tokenizers.Tokenizer:
    """Return the model's tokenizer as the tokenizers library builds it."""
    pieces = list(zip(weights.pieces, weights.scores.tolist(), strict=True))
    tokenizer = tokenizers.Tokenizer(models.Unigram(pieces, unk_id=UNKNOWN_ID))
    single_space = normalizers.Replace(Regex(" {2,}"), " ")
    tokenizer.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC(), single_space])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    special = [("<s>", BEGINNING_ID), ("</s>", END_ID)]
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=special)
    return tokenizer


def _tensors(weights: E5Weights) -> dict[str, NDArray[np.float32]]:
    encoder, width = weights.encoder, weights.encoder.shape.hidden
    tensors = {"embeddings.word_embeddings.weight": encoder.words.dense()}
    for name, short in EMBEDDINGS.items():
        vector = encoder.vectors[short]
        tensors[name] = vector if "LayerNorm" in name else vector.reshape(-1, width)
    for layer in range(encoder.shape.layers):
        for name, short in PARTS.items():
            key = f"l{layer}.{short}.w"
            held = encoder.matrices if key in encoder.matrices else encoder.vectors
            tensors[f"encoder.layer.{layer}.{name}.weight"] = held[key]
            tensors[f"encoder.layer.{layer}.{name}.bias"] = encoder.vectors[f"l{layer}.{short}.b"]
    return {name: np.ascontiguousarray(tensor, np.float32) for name, tensor in tensors.items()}


def _descriptions(shape: EncoderShape) -> dict[str, object]:
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_act": "gelu",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.feed_forward,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.types,
            "layer_norm_eps": shape.epsilon,
            "pad_token_id": 1,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "bos_token": "<s>",
            "eos_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "model_max_length": shape.positions,
        },
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {"prompts": {"query": "query: ", "passage": "passage: "}},
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
        "1_Pooling/config.json": {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True},
    }
