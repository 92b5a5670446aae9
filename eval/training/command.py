"""The command: makes the data, trains, and writes weights and card, each stage only where it is not done yet."""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import torch

from eval.training.batches import tokenised
from eval.training.data import load_sources
from eval.training.examples import Origins, make_examples
from eval.training.network import ReaderNetwork
from eval.training.training import Recipe, train
from ingest.models.e5_weights import read_e5_weights
from ingest.models.loading import load_embedder, load_reranker
from ingest.models.pair_tokens import PairTokenizer
from ingest.models.preparation import DEFAULT_EMBEDDING_MODEL, E5_FILE, E5_PACKAGE, E5_SHA256, package_file

PROJECT = Path(__file__).resolve().parents[2]


def main(arguments: Sequence[str] | None = None) -> None:
    """Train the reader."""
    given = _parser().parse_args(arguments)
    given.output.mkdir(parents=True, exist_ok=True)
    recipe = Recipe(layers=given.layers, frozen=given.frozen, epochs=given.epochs, minutes=given.minutes)
    origins = Origins(
        sources=load_sources(given.shared),
        sample=PROJECT / "corpus",
        questions=PROJECT / "eval" / "questions" / "sample.jsonl",
        embedder=load_embedder(DEFAULT_EMBEDDING_MODEL),
        teacher=load_reranker(),
    )
    examples = make_examples(origins, output=given.output, seed=recipe.seed)
    if given.data_only:
        return
    weights = read_e5_weights(package_file(E5_PACKAGE, E5_FILE, E5_SHA256))
    tokenizer = PairTokenizer(weights.pieces, weights.scores.tolist())
    torch.manual_seed(recipe.seed)
    network = ReaderNetwork(weights.encoder, layers=recipe.layers, frozen=recipe.frozen)
    train(
        network,
        tokenised(examples, tokenizer),
        recipe,
        checkpoint=given.output / "checkpoint.pt",
        report=_say,
    )


def _parser() -> argparse.ArgumentParser:
    usual = Recipe()
    parser = argparse.ArgumentParser(prog="python -m eval.training", description=__doc__)
    parser.add_argument("--shared", type=Path, default=PROJECT.parent / "shared", help="the reference data")
    parser.add_argument("--output", type=Path, default=PROJECT / "data" / "training", help="for all that is made")
    parser.add_argument("--layers", type=int, default=usual.layers)
    parser.add_argument("--frozen", type=int, default=usual.frozen)
    parser.add_argument("--epochs", type=int, default=usual.epochs)
    parser.add_argument("--minutes", type=float, default=usual.minutes, help="of learning at most; 0 for no limit")
    parser.add_argument("--data-only", action="store_true", help="make the examples and stop")
    return parser


def _say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)
