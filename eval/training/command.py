"""The command: makes the data, trains, and writes weights and card, each stage only where it is not done yet."""

import argparse
import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from eval.training.batches import tokenised
from eval.training.card import counted, figures_of, write_card
from eval.training.data import Sources, load_sources, make_groups
from eval.training.examples import Examples, Origins, embedded, make_examples
from eval.training.network import ReaderNetwork
from eval.training.pairs import finished
from eval.training.smoke import smoke_sources, smoke_weights
from eval.training.training import Learning, Recipe, planned, train
from ingest.models.e5_weights import E5Weights, read_e5_weights
from ingest.models.embedder import HashingEmbedder
from ingest.models.loading import load_embedder, load_reranker
from ingest.models.pair_tokens import PairTokenizer
from ingest.models.preparation import (
    DEFAULT_EMBEDDING_MODEL,
    E5_FILE,
    E5_PACKAGE,
    E5_SHA256,
    READER,
    PreparedReranker,
    package_file,
    write_reader,
)
from ingest.models.reader import OnnxReader
from ingest.models.reranker import Reranker
from ingest.models.trained import TRAINED_FILE
from ingest.models.trained_weights import write_trained

PROJECT = Path(__file__).resolve().parents[2]
SMOKE = Recipe(layers=2, frozen=1, general_steps=20, epochs=4, learning_rate=3e-3)


@dataclass(frozen=True, slots=True)
class Material:
    """What a run learns from and is measured with.

    Args:
        examples: to learn.
        sources: the question sets, whose test halves measure.
        weights: of the encoder to begin from.
        packaged: the reranker to compare with; None for none.
    """

    examples: Examples
    sources: Sources
    weights: E5Weights
    packaged: Reranker | None


def main(arguments: Sequence[str] | None = None) -> None:
    """Train the reader."""
    given = _parser().parse_args(arguments)
    given.output.mkdir(parents=True, exist_ok=True)
    recipe = Recipe(
        layers=given.layers,
        frozen=given.frozen,
        general_steps=given.general_steps,
        epochs=given.epochs,
        minutes=given.minutes,
    )
    if given.smoke:
        run(smoke_material(), replace(SMOKE, minutes=given.minutes), output=given.output)
    else:
        run(full_material(given.shared, given.output, recipe.seed), recipe, output=given.output)


def run(material: Material, recipe: Recipe, *, output: Path) -> Path:
    """Train, write and measure a reader; return the file of its weights.

    Args:
        material: what to learn.
        recipe: how.
        output: folder for checkpoint, weights and card.
    """
    tokenizer = PairTokenizer(material.weights.pieces, material.weights.scores.tolist())
    torch.manual_seed(recipe.seed)
    network = ReaderNetwork(material.weights.encoder, layers=recipe.layers, frozen=recipe.frozen)
    network.to("cuda" if torch.cuda.is_available() else "cpu")
    general, domain = (tokenised(g, tokenizer) for g in (material.examples.general, material.examples.domain))
    steps = planned(general, domain, recipe)
    learning = train(network, steps, recipe, checkpoint=output / "checkpoint.pt", report=_say)
    digest = write_trained(output / TRAINED_FILE, network.tensors(), layers=recipe.layers)
    _say(f"weights written, SHA-256 {digest}")
    _measure(material, recipe, learning, output=output, sha256=digest)
    return output / TRAINED_FILE


def full_material(shared: Path, output: Path, seed: int) -> Material:
    """Return the real thing.

    Args:
        shared: folder of the reference data.
        output: folder for what is made.
        seed: decides what is drawn.
    """
    sources, teacher = load_sources(shared), load_reranker()
    questions = PROJECT / "eval" / "questions" / "sample.jsonl"
    embedder = load_embedder(DEFAULT_EMBEDDING_MODEL)
    origins = Origins(sources, PROJECT / "corpus", questions, embedder, teacher)
    weights = read_e5_weights(package_file(E5_PACKAGE, E5_FILE, E5_SHA256))
    return Material(make_examples(origins, output=output, seed=seed), sources, weights, teacher)


def smoke_material() -> Material:
    """Return a miniature that needs neither reference data nor prepared models."""
    sources = smoke_sources()
    embedder = HashingEmbedder()
    groups = make_groups(sources, align=lambda texts: embedded(texts, embedder), seed=Recipe().seed)
    general = [finished(group, {}) for group in groups]
    return Material(Examples(general, general), sources, smoke_weights(), None)


def _measure(material: Material, recipe: Recipe, learning: Learning, *, output: Path, sha256: str) -> None:
    folder = output / "prepared"
    folder.mkdir(exist_ok=True)
    write_reader(material.weights, output / TRAINED_FILE, folder, sha256=sha256)
    reader = OnnxReader.load(PreparedReranker(READER, folder, _fingerprint(sha256), recipe.layers))
    figures = figures_of(reader, material.packaged, material.sources)
    learnt = counted(material.examples, learning)
    write_card(output / "reader.json", recipe, learnt, figures, sha256=sha256)
    for name, values in figures.items():
        _say(f"{name}: {values}")


def _fingerprint(sha256: str) -> str:
    return hashlib.sha256(sha256.encode()).hexdigest()[:16]


def _parser() -> argparse.ArgumentParser:
    usual = Recipe()
    parser = argparse.ArgumentParser(prog="python -m eval.training", description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="try the whole on a miniature, in seconds")
    parser.add_argument("--shared", type=Path, default=PROJECT.parent / "shared", help="the reference data")
    parser.add_argument("--output", type=Path, default=PROJECT / "data" / "training", help="for all that is made")
    parser.add_argument("--layers", type=int, default=usual.layers)
    parser.add_argument("--frozen", type=int, default=usual.frozen)
    parser.add_argument("--general-steps", type=int, default=usual.general_steps, help="on the question sets alone")
    parser.add_argument("--epochs", type=int, default=usual.epochs)
    parser.add_argument("--minutes", type=float, default=usual.minutes, help="of learning at most; 0 for no limit")
    return parser


def _say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)
