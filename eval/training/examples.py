"""Makes the examples once and keeps them in a file, so that training can be taken up again."""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from assistant.glossary import Glossary
from eval.indexing import open_corpus
from eval.questions import load_questions
from eval.training.data import Sources, make_groups
from eval.training.invented import invented_groups, is_kept_out, load_extracts
from eval.training.pairs import Example, Group, finished
from eval.training.sample_corpus import SampleCorpus
from eval.training.teaching import teach
from ingest.models.embedder import Embedder
from ingest.models.reranker import Reranker

Groups = list[tuple[Example, ...]]


@dataclass(frozen=True, slots=True)
class Examples:
    """What is learnt, each question with its texts.

    Args:
        general: from the question sets, learnt first.
        domain: in the style of the documents served, learnt afterwards beside some of the general ones.
    """

    general: Groups
    domain: Groups


@dataclass(frozen=True, slots=True)
class Origins:
    """What examples are made from.

    Args:
        sources: the question sets.
        sample: the sample corpus.
        questions: about the sample corpus; only the tuning half is used.
        embedder: tells which questions of two languages mean the same.
        teacher: the English reranker.
    """

    sources: Sources
    sample: Path
    questions: Path
    embedder: Embedder
    teacher: Reranker


def make_examples(origins: Origins, *, output: Path, seed: int) -> Examples:
    """Return all examples, from the file of an earlier run where there is one.

    Args:
        origins: what they are made from.
        output: folder for the examples and the teacher's judgements.
        seed: decides what is drawn.
    """
    files = [output / f"{name}.jsonl" for name in ("general", "domain")]
    if not all(file.exists() for file in files):
        general = make_groups(origins.sources, align=lambda texts: embedded(texts, origins.embedder), seed=seed)
        extracts = [extract for extract in load_extracts() if not is_kept_out(extract)]
        domain = _from_sample(origins.sample, origins.questions, seed) + invented_groups(extracts, seed=seed)
        for file, groups in zip(files, (general, domain), strict=True):
            logits = teach(groups, origins.teacher, memory=output / "teacher.json")
            write_groups([finished(group, logits) for group in groups], file)
    return Examples(*(read_groups(file) for file in files))


def write_groups(groups: Sequence[Sequence[Example]], file: Path) -> None:
    """Write one group a line."""
    rows = ([[e.question, e.text, e.answer, round(e.relevance, 3), e.pointed] for e in group] for group in groups)
    building = file.with_suffix(".part")
    building.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    building.replace(file)


def read_groups(file: Path) -> Groups:
    """Return what `write_groups` wrote."""
    rows = (json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line)
    return [tuple(Example(q, t, tuple(a) if a else None, r, p) for q, t, a, r, p in row) for row in rows]


def _from_sample(corpus: Path, questions: Path, seed: int) -> list[Group]:
    with tempfile.TemporaryDirectory() as home:
        opened = open_corpus(corpus, data=Path(home))
        sample = SampleCorpus(opened.assistant.snapshot(), Glossary.load(), Random(seed))
        return sample.groups(load_questions(questions))


def embedded(texts: Sequence[str], embedder: Embedder) -> NDArray[np.float32]:
    """Return the vectors of questions, shape (texts, dimensions)."""
    return np.stack([embedder.embed_question(text) for text in texts])
