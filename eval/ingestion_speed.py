"""Measures ingestion beside `SentenceTransformer.encode` on the same weights, the same passages and in the same run.

Run `python -m eval.ingestion_speed FOLDER`. The two take turns, so that a busy machine slows both.
"""

import argparse
import json
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from assistant.assembly import build_embedder
from assistant.settings import load_settings
from ingest.catalogue import Catalogue
from ingest.generations import IndexHome
from ingest.ingestion import ingest_folder
from ingest.models.e5_folder import write_e5_folder
from ingest.models.embedder import Embedder

ROUNDS = 3


@dataclass(frozen=True, slots=True)
class PassagesASecond:
    """How many passages each way takes in a second, the median of a few rounds."""

    ingesting: float
    embedding: float
    encoding: float


def measure(folder: Path, embedder: Embedder, encode: Callable[[list[str]], object]) -> PassagesASecond:
    """Return the speed of a whole ingestion, of its embedding alone, and of `encode` over the same passages."""
    texts = _passages(folder, embedder)
    taken: dict[str, list[float]] = {"ingesting": [], "embedding": [], "encoding": []}
    for _ in range(ROUNDS):
        taken["encoding"].append(_seconds(lambda: encode(texts)))
        taken["embedding"].append(_seconds(lambda: embedder.embed_passages(texts)))
        taken["ingesting"].append(_seconds(lambda: _passages(folder, embedder)))
    return PassagesASecond(**{name: round(len(texts) / statistics.median(all_)) for name, all_ in taken.items()})


def main() -> None:
    """Print the speeds and how many times faster ingestion is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    from sentence_transformers import SentenceTransformer  # noqa: TID251, what is measured against

    with TemporaryDirectory() as home:
        model = SentenceTransformer(str(write_e5_folder(Path(home))), device="cpu")
        found = measure(folder, build_embedder(load_settings()), model.encode)
    speeds = {"ingesting": found.ingesting, "embedding": found.embedding, "encoding": found.encoding}
    print(json.dumps({**speeds, "times_faster": round(found.ingesting / found.encoding, 2)}))


def _passages(folder: Path, embedder: Embedder) -> list[str]:
    """Ingest a folder into an empty index and return what its passages are embedded by."""
    with TemporaryDirectory() as data:
        home = IndexHome(Path(data))
        ingest_folder(folder, home, embedder)
        catalogue = Catalogue(home.require_current().catalogue)
        texts = [p.search_text for card in catalogue.cards for p in catalogue.passages_of(card)]
        catalogue.close()
    return texts


def _seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


if __name__ == "__main__":
    main()
