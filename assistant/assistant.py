"""The one assistant behind command line, API and page: a question goes in, a verified answer comes out."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

from assistant.answers import Answer, EvidenceItem, Question
from assistant.composer import compose
from assistant.drafts import Draft
from assistant.events import AnswerDone, AnswerEvent
from assistant.evidence import gather
from assistant.from_registers import answer_from_registers
from assistant.glossary import Glossary
from assistant.reading.close_reading import CloseReading
from assistant.reading.reader import Reader
from assistant.retrieval import Query
from assistant.settings import Settings
from assistant.snapshot import Snapshot, SnapshotKeeper
from assistant.sufficiency import Signals, signals
from assistant.understanding.question import question_language, understand
from assistant.writing import Seen, Writing, evidence_items
from ingest.catalogue import DocumentFilter
from ingest.errors import InvalidQuestion
from ingest.models.embedder import Embedder

if TYPE_CHECKING:
    from assistant.language_model.composing import ModelComposer


class Assistant:
    """Answers questions from the generation being served; safe to use from several threads."""

    def __init__(
        self,
        keeper: SnapshotKeeper,
        closely: CloseReading | None,
        glossary: Glossary,
        settings: Settings,
        *,
        model: "ModelComposer | None" = None,
    ) -> None:
        self._keeper = keeper
        self._reader = Reader(closely, glossary)
        self._settings = settings
        self._model = model

    @property
    def embedder(self) -> Embedder:
        """The embedding model, for ingestion beside the questions: no second copy need be loaded."""
        return self._keeper.embedder

    def snapshot(self) -> Snapshot:
        """Return the generation being served, opened.

        Raises:
            IndexUnavailable: if there is none.
        """
        return self._keeper.current()

    def ask(self, question: Question) -> Answer:
        """Return a verified answer, or a refusal that says why.

        Raises:
            InvalidQuestion: if the question is too long.
            IndexUnavailable: if there is no index.
        """
        for event in self.ask_stream(question):
            if isinstance(event, AnswerDone):
                return event.answer
        raise AssertionError("An answer always ends with itself.")

    def ask_stream(self, question: Question) -> Iterator[AnswerEvent]:
        """Yield the evidence, then each statement as soon as it is verified, then the whole answer.

        This is the pipeline, the same with a language model and without; no statement is ever withdrawn. With a model,
        its sentences come one by one while it speaks, and what the extractive answer adds to them comes after.

        Raises:
            InvalidQuestion: if the question is too long.
            IndexUnavailable: if there is no index.
        """
        self._check(question)
        clock = Clock()
        seen = self._see(question, mark=clock.mark)
        writing = Writing(seen, evidence=self._settings.evidence)
        yield writing.sources()
        draft = compose(seen.understood, seen.sides, seen.snapshot, documents=seen.documents)
        clock.mark("compose")
        spoken = self._model.speak(seen, draft) if self._model and _may_be_told_freely(draft) else None
        if spoken is not None:
            yield from writing.told(spoken)
            draft = spoken.rest()
            clock.mark("model")
        yield from writing.told(draft.statements)
        answer = writing.answer(draft, model=spoken.use() if spoken else None)
        clock.mark("compose")
        yield AnswerDone(clock.stamp(answer))

    def signals(self, question: Question) -> Signals | None:
        """Return what reading sees for a question, for calibration; None where registers or several sides answer it."""
        seen = self._see(question)
        read = seen.sides[0].read if len(seen.sides) == 1 else ()
        if not read or _from_registers(seen):
            return None
        known = seen.understood.decisions and read[0].agreed > 0
        return None if known else signals(seen.understood, read)

    def confidence(self, question: Question) -> float:
        """Return how sure it is that the documents answer a question, from 0 to 1."""
        seen = self._see(question)
        draft = _from_registers(seen)
        if draft is not None:
            return 0.0 if draft.outcome.is_refusal else 1.0
        return max((side.confidence for side in seen.sides), default=0.0)

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
        if any(len(turn.question) > longest for turn in question.history):
            raise InvalidQuestion(
                f"A question earlier in the conversation has more than {longest} characters.",
                next_step="Start a new conversation.",
            )
        if len(question.text) > longest:
            raise InvalidQuestion(
                f"The question has {len(question.text)} characters; {longest} are taken.", next_step="Shorten it."
            )

    def _see(self, question: Question, *, mark: Callable[[str], None] = lambda _: None) -> Seen:
        """Return the question understood, with what the generation being served holds for it."""
        snapshot = self.snapshot()
        understood = understand(
            question, known_decisions=snapshot.registers.decision_numbers, known_words=snapshot.common_words
        )
        documents = snapshot.catalogue.admitted(question.narrowing)
        standalone, prompts = understood.text, dict[str, str]()
        if self._model and self._model.rewording:
            reworded = self._model.rewording.reword(question, understood, snapshot, documents=documents)
            understood, standalone, prompts = reworded.understood, reworded.shown, dict(reworded.prompts)
        mark("understand")
        sides = gather(understood, snapshot, self._reader, documents=documents, mark=mark)
        return Seen(question, understood, standalone, snapshot, documents, sides, prompts)


def _may_be_told_freely(draft: Draft) -> bool:
    """Tell whether a language model may put an answer into words: never a refusal, nor a list complete as it is."""
    return not draft.outcome.is_refusal and not draft.is_whole


def _from_registers(seen: Seen) -> Draft | None:
    return answer_from_registers(seen.understood, seen.sides, seen.snapshot, seen.documents)


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
