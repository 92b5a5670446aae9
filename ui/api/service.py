"""What the routes share: the assistant, the stores and the queue, put together once for each application."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from fastapi import Depends, Request  # noqa: TID251
from starlette.concurrency import run_in_threadpool

from assistant.answer_store import AnswerRecord, AnswerStore
from assistant.answers import Answer, Coverage, EvidenceItem, Question, Turn
from assistant.events import AnswerDone, AnswerEvent, SourcesFound
from assistant.settings import Settings
from ingest.catalogue import Catalogue, DocumentCard, DocumentFilter
from ingest.documents import Status
from ingest.errors import SelaError, UnknownRecord
from ingest.generations import IndexHome
from ui.api.access import Caller
from ui.api.audit import AuditLog
from ui.api.document_views import PageImages
from ui.api.ingestion_jobs import IngestionJobs
from ui.api.keys import KeyStore
from ui.api.metrics import Metrics
from ui.api.model_queue import ModelQueue
from ui.api.problems import Problem
from ui.api.settings import ServiceSettings
from ui.questions import question_to_json

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.registers import Registers
    from assistant.snapshot import Snapshot

_log = logging.getLogger("sela.api")
_WARMING = "documents"
_CHANGE_SECONDS = 120.0
T = TypeVar("T")


class Service:
    """One service: everything a route may need."""

    def __init__(self, settings: Settings, exposure: ServiceSettings) -> None:
        self.settings = settings
        self.exposure = exposure
        self.home = IndexHome(settings.data)
        self.keys = KeyStore(settings.data)
        self.answers = AnswerStore(settings.data / "answers.sqlite")
        self.audit = AuditLog(settings.data, with_questions=exposure.audit_questions)
        self.metrics = Metrics()
        self.queue = ModelQueue(
            exposure.workers,
            exposure.waiting,
            patience_seconds=exposure.patience_seconds,
            wait_seconds=exposure.wait_seconds,
            on_refusal=self.metrics.count_refusal,
        )
        self.page_queue = ModelQueue(1, exposure.waiting, patience_seconds=exposure.patience_seconds)
        self.change_queue = ModelQueue(1, exposure.waiting, patience_seconds=_CHANGE_SECONDS)
        self.pages = PageImages()
        self.jobs = IngestionJobs(settings.data, lambda: self.snapshot().catalogue)
        self._assistant: Assistant | None = None
        self.version = version("sela-document-assistant")

    def load(self) -> None:
        """Build the assistant and put one search to it, so that the first question finds everything open."""
        from assistant.assembly import build_assistant

        self.settings.data.mkdir(parents=True, exist_ok=True)
        self.jobs.mark_interrupted()
        try:
            self._assistant = build_assistant(self.settings)
            self._assistant.search(_WARMING, limit=1)
        except SelaError as error:
            _log.warning("not ready: %s", error)

    async def in_thread(self, work: Callable[[], T]) -> T:
        """Return what work that needs no model returns, without holding up other requests."""
        return await run_in_threadpool(work)

    def close(self) -> None:
        """Let what is at work end and begin nothing more."""
        self.queue.close()
        self.page_queue.close()
        self.change_queue.close()
        self.jobs.close()
        self.pages.close()

    def refresh(self) -> None:
        """Open a generation that was just published, so that the next question does not wait for it."""
        try:
            self.assistant.search(_WARMING, limit=1)
        except (SelaError, Problem) as error:
            _log.warning("the new index cannot be opened yet: %s", error)

    @property
    def assistant(self) -> "Assistant":
        """The assistant.

        Raises:
            Problem: "not-ready" while it is being loaded or its models are missing.
        """
        if self._assistant is None:
            raise Problem("not-ready", "The service is being started, or its models are missing.", {"Retry-After": "5"})
        return self._assistant

    def snapshot(self) -> "Snapshot":
        """Return the generation being served.

        Raises:
            IndexUnavailable: if there is none.
            Problem: "not-ready".
        """
        return self.assistant.snapshot()

    def ask(
        self,
        question: Question,
        caller: Caller,
        *,
        on_event: Callable[[AnswerEvent], None] = lambda _: None,
    ) -> Answer:
        """Return an answer that holds nothing the caller may not see, after keeping it; call it through the queue.

        Args:
            question: what is asked.
            caller: who asks.
            on_event: told the evidence and each statement as soon as it is verified, but not the whole answer.

        Raises:
            InvalidQuestion: if the question is too long.
            IndexUnavailable: if there is no index.
        """
        permitted = replace(question, narrowing=caller.narrowed(question.narrowing))
        heard = replace(permitted, history=tuple(self._heard(turn, caller) for turn in permitted.history))
        answer = self._without_hidden_counts(self._made(heard, caller, on_event), caller)
        self.answers.save(answer, asked=question_to_json(permitted), settings=self.stamp())
        self.metrics.count_answer(answer)
        files = {c.document.file for c in answer.citations} | {e.file for e in answer.evidence}
        self.audit.note(caller, "answer", files, question=question.text)
        return answer

    def may_see(self, record: AnswerRecord, caller: Caller) -> bool:
        """Tell whether an answer was made without what the caller may not see, and rests on nothing hidden since."""
        if not caller.hidden_statuses:
            return True
        hidden = {c.file for c in self.snapshot().catalogue.cards.values() if not caller.sees(c)}
        answer = record.answer
        used = {c.document.file for c in answer.citations} | {e.file for e in answer.evidence}
        restricted = set(record.asked.get("hidden_statuses", ())) >= caller.hidden_statuses
        cites_internal = any(c.document.status == Status.INTERNAL for c in answer.citations)
        return (restricted or not hidden) and not cites_internal and not used & hidden

    def _heard(self, turn: Turn, caller: Caller) -> Turn:
        """Return an earlier question with the answer to it, where that is on record and the caller may see it."""
        if turn.answer_id is None:
            return turn
        try:
            record = self.answers.load(turn.answer_id)
        except UnknownRecord:
            return turn
        return replace(turn, answer=record.answer.text) if self.may_see(record, caller) else turn

    def _made(
        self,
        question: Question,
        caller: Caller,
        on_event: Callable[[AnswerEvent], None],
    ) -> Answer:
        """Return the answer, telling what is found and verified meanwhile."""
        for event in self.assistant.ask_stream(question):
            if isinstance(event, AnswerDone):
                return event.answer
            if isinstance(event, SourcesFound):
                on_event(replace(event, coverage=self._visible_coverage(event.coverage, caller)))
            else:
                on_event(event)
        raise AssertionError("An answer always ends with itself.")

    def search(self, text: str, narrowing: DocumentFilter, *, limit: int, caller: Caller) -> list[EvidenceItem]:
        """Return the passages nearest to `text` that the caller may see; call it through the queue.

        Raises:
            InvalidQuestion: if the text is too long.
            IndexUnavailable: if there is no index.
        """
        found = self.assistant.search(text, narrowing=caller.narrowed(narrowing), limit=limit)
        self.audit.note(caller, "search", {item.file for item in found}, question=text)
        return found

    def registers(self, caller: Caller) -> "Registers":
        """Return the registers of the documents that the caller may see.

        Raises:
            IndexUnavailable: if there is no index.
        """
        snapshot = self.snapshot()
        hidden = hidden_documents(snapshot.catalogue, caller)
        return snapshot.registers.among(frozenset(snapshot.catalogue.cards) - hidden if hidden else None)

    def stamp(self) -> Mapping[str, Any]:
        """Return what answers are made with."""
        return {**self.settings.model_dump(mode="json"), "version": self.version}

    def card(self, document_id: str, caller: Caller) -> tuple[Catalogue, DocumentCard]:
        """Return a document's card with its catalogue.

        Raises:
            UnknownRecord: if there is no such document, or the caller may not know of it.
        """
        catalogue = self.snapshot().catalogue
        card = catalogue.cards.get(document_id)
        if card is None or not caller.sees(card):
            raise UnknownRecord(f"No document {document_id} is on record.", next_step="List them: GET /v1/documents.")
        return catalogue, card

    def _without_hidden_counts(self, answer: Answer, caller: Caller) -> Answer:
        catalogue = self.snapshot().catalogue
        hidden = hidden_documents(catalogue, caller)
        if not hidden and not caller.hidden_statuses:
            return answer
        return replace(
            answer,
            index=replace(answer.index, passages=visible_passages(catalogue, hidden)),
            coverage=self._visible_coverage(answer.coverage, caller),
        )

    def _visible_coverage(self, coverage: Coverage, caller: Caller) -> Coverage:
        """Return how much was searched, without files that the caller may not know of."""
        catalogue = self.snapshot().catalogue
        if not caller.hidden_statuses and not hidden_documents(catalogue, caller):
            return coverage
        return replace(coverage, documents_unreadable=len(visible_rejections(catalogue, caller)))


def hidden_documents(catalogue: Catalogue, caller: Caller) -> frozenset[str]:
    """Return ids of the documents that the caller may not know of."""
    return frozenset(card.id for card in catalogue.cards.values() if not caller.sees(card))


@lru_cache(maxsize=8)
def visible_passages(catalogue: Catalogue, hidden: frozenset[str]) -> int:
    """Return how many passages are left without those of hidden documents."""
    return catalogue.passage_count - sum(len(catalogue.passages_of(identifier)) for identifier in hidden)


def visible_rejections(catalogue: Catalogue, caller: Caller) -> dict[str, str]:
    """Return why files could not be read, without those that the manifest calls internal."""
    states = catalogue.states()
    return {
        r.file: r.reason
        for r in catalogue.rejections
        if not caller.hidden_statuses or f'"{Status.INTERNAL.value}"' not in states[r.file].overrides
    }


def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


Served = Annotated[Service, Depends(_service)]
