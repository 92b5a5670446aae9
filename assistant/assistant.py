"""The one assistant behind command line, API and page: a question goes in, a verified answer comes out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from time import perf_counter

from assistant.answers import (
    Answer,
    Coverage,
    EvidenceItem,
    Outcome,
    Question,
    new_answer_id,
)
from assistant.composer import compose
from assistant.drafts import Draft
from assistant.evidence import Evidence, gather, interleaved
from assistant.from_registers import answer_from_registers
from assistant.gate import pass_gate
from assistant.glossary import Glossary
from assistant.reading.reader import Reader
from assistant.rendering import Citations, render, render_notes, text_of
from assistant.retrieval import Candidate, Query
from assistant.settings import Settings
from assistant.snapshot import Snapshot, SnapshotKeeper
from assistant.sufficiency import Signals, signals
from assistant.understanding.question import Understanding, question_language, understand
from ingest.catalogue import DocumentFilter
from ingest.errors import InvalidQuestion
from ingest.models.reranker import Reranker

OnSources = Callable[[tuple[EvidenceItem, ...]], None]


def _ignore(_: tuple[EvidenceItem, ...]) -> None:
    """Take the passages for one who does not wait for them."""


class Assistant:
    """Answers questions from the generation being served; safe to use from several threads."""

    def __init__(
        self, keeper: SnapshotKeeper, reranker: Reranker | None, glossary: Glossary, settings: Settings
    ) -> None:
        self._keeper = keeper
        self._reader = Reader(reranker, glossary)
        self._settings = settings

    def snapshot(self) -> Snapshot:
        """Return the generation being served, opened.

        Raises:
            IndexUnavailable: if there is none.
        """
        return self._keeper.current()

    def ask(self, question: Question, *, on_sources: OnSources = _ignore) -> Answer:
        """Return a verified answer, or a refusal that says why.

        Args:
            question: what is asked.
            on_sources: told the passages that are read, before the answer is composed from them.

        Raises:
            InvalidQuestion: if the question is too long.
            IndexUnavailable: if there is no index.
        """
        self._check(question)
        clock = Clock()
        snapshot = self.snapshot()
        understood = understand(question, known_decisions=snapshot.registers.decision_numbers)
        clock.mark("understand")
        documents = snapshot.catalogue.admitted(question.narrowing)
        sides = gather(understood, snapshot, self._reader, documents=documents, mark=clock.mark)
        on_sources(self._evidence(sides, snapshot))
        draft = compose(understood, sides, snapshot, documents=documents)
        answer = self._answer(question, understood, sides, draft, snapshot, documents=documents)
        clock.mark("compose")
        return clock.stamp(answer)

    def signals(self, question: Question) -> Signals | None:
        """Return what reading sees for a question, for calibration; None where registers or several sides answer it."""
        snapshot = self.snapshot()
        understood = understand(question, known_decisions=snapshot.registers.decision_numbers)
        documents = snapshot.catalogue.admitted(question.narrowing)
        sides = gather(understood, snapshot, self._reader, documents=documents, mark=lambda _: None)
        if len(sides) != 1 or not sides[0].read or answer_from_registers(understood, sides, snapshot, documents):
            return None
        seen = signals(understood, sides[0].read, self._reader)
        return None if understood.decisions and sides[0].read[0].agreed > 0 else seen

    def confidence(self, question: Question) -> float:
        """Return how sure it is that the documents answer a question, from 0 to 1."""
        snapshot = self.snapshot()
        understood = understand(question, known_decisions=snapshot.registers.decision_numbers)
        documents = snapshot.catalogue.admitted(question.narrowing)
        sides = gather(understood, snapshot, self._reader, documents=documents, mark=lambda _: None)
        draft = answer_from_registers(understood, sides, snapshot, documents)
        if draft is not None:
            return 0.0 if draft.outcome.is_refusal else 1.0
        return max((side.confidence for side in sides), default=0.0)

    def search(
        self, text: str, *, narrowing: DocumentFilter | None = None, limit: int = 10, language: str | None = None
    ) -> list[EvidenceItem]:
        """Return the best passages for `text`, without an answer.

        Raises:
            InvalidQuestion: if the text is too long.
            IndexUnavailable: if there is no index.
        """
        question = Question(text, narrowing=narrowing or DocumentFilter())
        self._check(question)
        snapshot = self.snapshot()
        documents = snapshot.catalogue.admitted(question.narrowing)
        query = Query(text, language or question_language(question), documents)
        return evidence_items(snapshot.retriever.find(query, limit=limit), snapshot)

    def _check(self, question: Question) -> None:
        if not question.text.isprintable() and any("\ud800" <= c <= "\udfff" for c in question.text):
            raise InvalidQuestion("The question is not text: its encoding is broken.", next_step="Send it as UTF-8.")
        longest = self._settings.question_characters
        if len(question.text) > longest:
            raise InvalidQuestion(
                f"The question has {len(question.text)} characters; {longest} are taken.", next_step="Shorten it."
            )

    def _evidence(self, sides: Sequence[Evidence], snapshot: Snapshot) -> tuple[EvidenceItem, ...]:
        return tuple(evidence_items(interleaved(sides)[: self._settings.evidence], snapshot))

    def _answer(  # noqa: PLR0913, the pieces that the pipeline has made
        self,
        question: Question,
        understood: Understanding,
        sides: Sequence[Evidence],
        draft: Draft,
        snapshot: Snapshot,
        *,
        documents: frozenset[str],
    ) -> Answer:
        catalogue, language = snapshot.catalogue, understood.answer_language
        verdict = pass_gate(draft.statements, catalogue.document, language=language)
        citations = Citations(catalogue)
        statements = render(verdict.statements, citations)
        notes = render_notes(draft.notes, citations, catalogue.document)
        outcome = draft.outcome if statements or draft.outcome.is_refusal or notes else Outcome.NO_EVIDENCE
        return Answer(
            id=new_answer_id(),
            question=question.text,
            standalone_question=understood.text,
            language=language,
            outcome=outcome,
            mode="extractive",
            text=text_of(statements, notes, draft.remark),
            statements=statements,
            citations=tuple(citations.numbered.values()),
            notes=notes,
            evidence=self._evidence(sides, snapshot),
            coverage=Coverage(len(documents), len(catalogue.rejections)),
            index=snapshot.stamp,
            timings_ms={},
        )


def evidence_items(candidates: Sequence[Candidate], snapshot: Snapshot) -> list[EvidenceItem]:
    """Return passages as the answer's JSON shows them, ranked from 1."""
    cards = snapshot.catalogue.cards
    return [
        EvidenceItem(p.id, cards[p.document_id].file, p.path, p.text, rank, round(c.similarity, 4))
        for rank, c in enumerate(candidates, start=1)
        for p in [c.passage]
    ]


class Clock:
    """Milliseconds that each stage of an answer took."""

    def __init__(self) -> None:
        self._began = self._last = perf_counter()
        self._timings: dict[str, float] = {}

    def mark(self, stage: str) -> None:
        """Add the time since the last mark to a stage."""
        now = perf_counter()
        self._timings[stage] = self._timings.get(stage, 0.0) + 1000 * (now - self._last)
        self._last = now

    def stamp(self, answer: Answer) -> Answer:
        """Return the answer with its timings."""
        return replace(answer, timings_ms={**self._timings, "total": 1000 * (perf_counter() - self._began)})
