"""Questions that are being answered: they go on when a visitor clicks, reloads or loses the connection."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from typing import Protocol

from assistant.answers import Answer, EvidenceItem, Question
from assistant.events import AnswerEvent, SourcesFound
from ingest.errors import SelaError
from ui.api.access import Caller
from ui.api.problems import Problem, problem_of
from ui.api.service import Service
from ui.page.conversations import ConversationStore

STOPPED = "stopped"
_log = logging.getLogger("sela.page")
Sources = tuple[EvidenceItem, ...]


class Asker(Protocol):
    """Puts a question to the assistant."""

    def __call__(self, question: Question, caller: Caller, on_sources: Callable[[Sources], None]) -> "Future[Answer]":
        """Return the answer to come; tell the passages that are read as soon as they are known."""


class QueuedAsker:
    """Puts questions in the queue that the API uses too.

    Args:
        service: that answers.
        loop: of the server.
    """

    def __init__(self, service: Service, loop: asyncio.AbstractEventLoop) -> None:
        self._service = service
        self._loop = loop

    def __call__(self, question: Question, caller: Caller, on_sources: Callable[[Sources], None]) -> "Future[Answer]":
        """Return the answer to come."""

        def hear(event: AnswerEvent) -> None:
            if isinstance(event, SourcesFound):
                on_sources(event.evidence)

        work = partial(self._service.ask, question, caller, on_event=hear)
        return asyncio.run_coroutine_threadsafe(self._run(work), self._loop)

    async def _run(self, work: Callable[[], Answer]) -> Answer:
        return await self._service.queue.run(work)


@dataclass(slots=True)
class Pending:
    """A question at work.

    Args:
        future: of the answer.
        sources: the passages that are read, None until they are known.
    """

    future: "Future[Answer]" = field(default_factory=Future)
    sources: Sources | None = None

    def found(self, sources: Sources) -> None:
        """Note what is read."""
        self.sources = sources


class Desk:
    """Takes questions and keeps what becomes of them, whether or not somebody still waits."""

    def __init__(self, asker: Asker, conversations: ConversationStore) -> None:
        self._asker = asker
        self._conversations = conversations
        self._pending: dict[str, Pending] = {}
        self._lock = Lock()

    def take(self, turn_id: str, question: Question, caller: Caller) -> None:
        """Begin to answer a question that was kept as a turn."""
        pending = Pending()
        with self._lock:
            self._pending[turn_id] = pending
        pending.future = self._asker(question, caller, pending.found)
        pending.future.add_done_callback(partial(self._settle, turn_id))

    def pending(self, turn_id: str) -> Pending | None:
        """Return a question at work, None if it is not."""
        return self._pending.get(turn_id)

    def stop(self, turn_id: str) -> None:
        """Give a question up."""
        pending = self._pending.get(turn_id)
        if pending is not None:
            pending.future.cancel()

    def _settle(self, turn_id: str, future: "Future[Answer]") -> None:
        answer_id, failure = outcome_of(future)
        self._conversations.settle(turn_id, answer_id=answer_id, failure=failure)
        with self._lock:
            self._pending.pop(turn_id, None)


def outcome_of(future: "Future[Answer]") -> tuple[str | None, str | None]:
    """Return the id of the answer that has come, or why none has."""
    try:
        return future.result().id, None
    except CancelledError:
        return None, STOPPED
    except Problem as problem:
        return None, problem.name
    except SelaError as error:
        return None, problem_of(error).name
    except Exception:  # noqa: BLE001, nothing above waits for an answer whose asker has left
        _log.exception("a question failed")
        return None, "internal"
