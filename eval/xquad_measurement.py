"""Measures finding, reading and refusing on XQuAD: questions of one language over paragraphs of another.

Run `python -m eval.xquad_measurement FOLDER`, where the folder holds `xquad.en.json` and `xquad.es.json`.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.answers import Question
from assistant.assembly import build_embedder
from assistant.glossary import Glossary
from assistant.retrieval import Query, fuse
from assistant.snapshot import Snapshot, SnapshotKeeper
from eval.asking import AnswersQuestions, confidence_of
from eval.indexing import MeasuredCorpus, open_corpus
from eval.removal import measure_removal
from eval.xquad import (
    Rank,
    ReadingQuestion,
    ReadingSet,
    Select,
    load_xquad,
    reading_share,
    removal_cases,
    retrieval_ndcg,
    write_paragraphs,
)
from ingest.catalogue import DocumentFilter

LANGUAGES = ("en", "es")
FOUND = 40


@dataclass(frozen=True, slots=True)
class LegFigures:
    """nDCG@10 of finding the paragraph by each leg alone and by both together."""

    dense: float
    lexical: float
    fused: float


def measure_legs(snapshot: Snapshot, questions: Sequence[ReadingQuestion], *, language: str) -> LegFigures:
    """Return how well each leg and the fusion find the paragraphs of questions in `language`."""
    retriever = snapshot.retriever

    def by_fusion(query: Query) -> list[str]:
        return [candidate.passage.id for candidate in retriever.find(query, limit=FOUND)]

    def by_meaning(query: Query) -> list[str]:
        return [identifier for identifier, _ in retriever.dense(query)]

    def by_words(query: Query) -> list[str]:
        scores = fuse(retriever.lexical_legs(query))
        return sorted(scores, key=lambda identifier: -scores[identifier])

    dense, lexical, fused = (
        retrieval_ndcg(questions, _rank_files(snapshot, leg, language)) for leg in (by_meaning, by_words, by_fusion)
    )
    return LegFigures(dense, lexical, fused)


def select_by_asking(assistant: AnswersQuestions) -> Select:
    """Return what the assistant quotes first when only the question's own paragraph may be used."""

    def select(question: ReadingQuestion) -> str:
        given = DocumentFilter(documents=frozenset({question.paragraph}))
        citations = assistant.ask(Question(question.text, narrowing=given)).citations
        return citations[0].quote if citations else ""

    return select


def open_paragraphs(reading: ReadingSet, home: Path) -> MeasuredCorpus:
    """Return an assistant over the paragraphs, each a document of its own, with index and files in `home`."""
    write_paragraphs(reading, home / "paragraphs")
    return open_corpus(home / "paragraphs", data=home / "data")


def open_snapshot_of(corpus: MeasuredCorpus) -> Snapshot:
    """Return the generation that was made of a corpus, opened for searching."""
    return SnapshotKeeper(corpus.home, build_embedder(corpus.settings), Glossary.load()).current()


def main() -> None:
    """Print how well paragraphs are found over both languages, and read and refused within each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=1, help="ask every n-th question only")
    options = parser.parse_args()
    with TemporaryDirectory() as home:
        for line in measure_folder(options.folder, Path(home), every=options.every):
            print(json.dumps(line), flush=True)


def measure_folder(folder: Path, home: Path, *, every: int) -> Iterator[dict[str, object]]:
    """Yield figures: finding English paragraphs by questions of each language, then reading and refusing in each.

    Args:
        folder: holds the files of XQuAD.
        home: an empty folder for the index.
        every: ask every n-th question only.
    """
    sets = {language: load_xquad(folder / f"xquad.{language}.json") for language in LANGUAGES}
    corpus = open_paragraphs(sets["en"], home)
    snapshot = open_snapshot_of(corpus)
    for language, held in sets.items():
        questions = held.questions[::every]
        legs = measure_legs(snapshot, questions, language=language)
        yield {"questions": language, "paragraphs": "en", **asdict(legs)}
    for language, held in sets.items():
        own = corpus if language == "en" else open_paragraphs(held, home / language)
        yield {"reading": language, **_reading(own, held.questions[::every])}


def _reading(corpus: MeasuredCorpus, questions: Sequence[ReadingQuestion]) -> dict[str, object]:
    assistant = corpus.assistant
    removal = measure_removal(removal_cases(questions), corpus.texts.files, assistant, confidence_of(assistant))
    return {"share": reading_share(questions, select_by_asking(assistant)), **asdict(removal)}


def _rank_files(snapshot: Snapshot, leg: Callable[[Query], list[str]], language: str) -> Rank:
    cards = snapshot.catalogue.cards

    def rank(text: str) -> list[str]:
        ids = leg(Query(text, language))
        passages = snapshot.catalogue.passages(ids)
        return list(dict.fromkeys(cards[passages[i].document_id].file for i in ids if i in passages))

    return rank


if __name__ == "__main__":
    main()
