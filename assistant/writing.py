"""Writes an answer down statement by statement: each passes the gate before its citations get their numbers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.answers import (
    Answer,
    Coverage,
    EvidenceItem,
    Mode,
    ModelUse,
    Outcome,
    Question,
    Statement,
    new_answer_id,
)
from assistant.drafts import Draft
from assistant.events import SourcesFound, StatementTold
from assistant.evidence import Evidence, interleaved
from assistant.gate import DraftStatement, pass_gate
from assistant.rendering import Citations, render, render_notes, text_of
from assistant.retrieval import Candidate
from assistant.snapshot import Snapshot
from assistant.understanding.question import Understanding


@dataclass(frozen=True, slots=True)
class Seen:
    """A question that was understood, and what was found for it.

    Args:
        question: as it was asked.
        understood: what its words tell.
        standalone: the question as it needs no history, in the asker's language.
        snapshot: the generation it is answered from.
        documents: ids of the documents that may be used.
        sides: the evidence.
        prompts: name and digest of each prompt that a language model was given to put the question into other words.
    """

    question: Question
    understood: Understanding
    standalone: str
    snapshot: Snapshot
    documents: frozenset[str]
    sides: Sequence[Evidence]
    prompts: Mapping[str, str]


class Writing:
    """One answer being written.

    Args:
        seen: the question and its evidence.
        evidence: most passages shown as evidence.
    """

    def __init__(self, seen: Seen, *, evidence: int) -> None:
        self._seen = seen
        self._id = new_answer_id()
        self._citations = Citations(seen.snapshot.catalogue)
        self._statements: list[Statement] = []
        self._evidence = tuple(evidence_items(interleaved(seen.sides)[:evidence], seen.snapshot))
        self._coverage = Coverage(len(seen.documents), len(seen.snapshot.catalogue.rejections))

    def sources(self) -> SourcesFound:
        """Return what was found."""
        return SourcesFound(self._id, self._evidence, self._coverage)

    def told(self, statements: Iterable[DraftStatement]) -> Iterator[StatementTold]:
        """Yield each statement that passes the gate, as it is shown."""
        document, language = self._seen.snapshot.catalogue.document, self._seen.understood.answer_language
        for proposed in statements:
            for statement in render(pass_gate([proposed], document, language=language).statements, self._citations):
                self._statements.append(statement)
                cited = self._citations.numbered.values()
                yield StatementTold(statement, tuple(c for c in cited if c.number in statement.citations))

    def answer(self, draft: Draft, *, model: ModelUse | None = None) -> Answer:
        """Return the whole answer, once its statements are told."""
        seen, catalogue = self._seen, self._seen.snapshot.catalogue
        statements = tuple(self._statements)
        notes = render_notes(draft.notes, self._citations, catalogue.document)
        outcome = draft.outcome if statements or draft.outcome.is_refusal or notes else Outcome.NO_EVIDENCE
        return Answer(
            id=self._id,
            question=seen.question.text,
            standalone_question=seen.standalone,
            language=seen.understood.answer_language,
            outcome=outcome,
            mode=Mode.MODEL if model is not None and model.kept else Mode.EXTRACTIVE,
            text=text_of(statements, notes, draft.remark),
            statements=statements,
            citations=tuple(self._citations.numbered.values()),
            notes=notes,
            evidence=self._evidence,
            coverage=self._coverage,
            index=seen.snapshot.stamp,
            timings_ms={},
            model=model,
        )


def evidence_items(candidates: Sequence[Candidate], snapshot: Snapshot) -> list[EvidenceItem]:
    """Return passages as the answer's JSON shows them, ranked from 1."""
    cards = snapshot.catalogue.cards
    return [
        EvidenceItem(p.id, cards[p.document_id].file, p.path, p.text, rank, round(c.similarity, 4))
        for rank, c in enumerate(candidates, start=1)
        for p in [c.passage]
    ]
