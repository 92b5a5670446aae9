"""Server-sent events: evidence, then statements as they are verified, then the whole answer.

A stream ends cleanly when the client goes away.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from typing import Any

from fastapi.responses import StreamingResponse  # noqa: TID251
from starlette.types import Scope

from assistant.answers import Answer, answer_to_json
from assistant.events import AnswerDone, AnswerEvent, SourcesFound, StatementTold
from ingest.errors import SelaError
from ui.api.problems import Problem, problem_of, problem_response

MEDIA_TYPE = "text/event-stream"
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
_KEEP_ALIVE = ": waiting\n\n"
_log = logging.getLogger("sela.api")


def event_stream(events: AsyncIterator[str]) -> StreamingResponse:
    """Return the response that sends events as they come."""
    return StreamingResponse(events, media_type=MEDIA_TYPE, headers=_HEADERS)


class LiveEvents:
    """Carries what is told of an answer from the thread that makes it to the stream that sends it."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._queue: asyncio.Queue[AnswerEvent] = asyncio.Queue()

    def tell(self, event: AnswerEvent) -> None:
        """Take an event; from any thread, and in vain once the server has stopped."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._queue.put_nowait, event)

    async def until(self, task: "asyncio.Future[Answer]", *, pause: float) -> AsyncIterator[AnswerEvent | None]:
        """Yield events until the task is done and all are told, and None where none came for `pause` seconds."""
        while not (task.done() and self._queue.empty()):
            event = asyncio.ensure_future(self._queue.get())
            awaited: set[asyncio.Future[Any]] = {event, task}
            try:
                done, _ = await asyncio.wait(awaited, timeout=pause, return_when=asyncio.FIRST_COMPLETED)
            finally:
                event.cancel()
            if event in done:
                yield event.result()
            elif not done:
                yield None


Teller = Callable[[AnswerEvent], Iterator[str]]


def answer_events(
    work: Awaitable[Answer], scope: Scope, *, pause: float, live: LiveEvents | None = None
) -> AsyncIterator[str]:
    """Yield an answer as the named events `sources`, `statement` and `done`, or `error`.

    Args:
        work: the answer to be awaited.
        scope: of the request.
        pause: seconds between signs of life.
        live: tells evidence and statements before the answer is done; without it all come at its end.
    """
    return guarded_events(work, _named_event, partial(named, "error"), scope, pause=pause, live=live)


async def guarded_events(  # noqa: PLR0913, one parameter for each thing that a kind of stream does its own way
    work: Awaitable[Answer],
    told: Teller,
    failed: Callable[[dict[str, Any]], str],
    scope: Scope,
    *,
    pause: float,
    live: LiveEvents | None = None,
) -> AsyncIterator[str]:
    """Yield what is told of an answer, with signs of life while nothing is, or its failure.

    Args:
        work: the answer to be awaited; cancelled when the client goes away.
        told: gives the server-sent events for what is told.
        failed: gives the event of a failure from its problem details.
        scope: of the request.
        pause: seconds between signs of life.
        live: tells evidence and statements before the answer is done; without it all come at its end.
    """
    task = asyncio.ensure_future(work)
    early = False
    try:
        async for event in (live or LiveEvents()).until(task, pause=pause):
            early = early or event is not None
            for sent in [_KEEP_ALIVE] if event is None else told(event):
                yield sent
        for event in _events(task.result(), is_told=early):
            for sent in told(event):
                yield sent
    except (Problem, SelaError) as error:
        yield failed(problem_document(error, scope))
    except Exception:  # noqa: BLE001, nothing above can answer once a stream has begun
        _log.exception("a stream failed")
        yield failed(problem_document(Problem("internal", "Report the request id."), scope))
    finally:
        task.cancel()


def problem_document(error: Problem | SelaError, scope: Scope) -> dict[str, Any]:
    """Return the problem details of an error."""
    problem = problem_of(error) if isinstance(error, SelaError) else error
    document: dict[str, Any] = json.loads(bytes(problem_response(problem, scope).body))
    return document


def named(event: str, data: object) -> str:
    """Return one event."""
    return f"event: {event}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _events(answer: Answer, *, is_told: bool) -> Iterator[AnswerEvent]:
    """Yield what is still to be told of a whole answer."""
    if not is_told:
        yield SourcesFound(answer.id, answer.evidence, answer.coverage)
        for statement in answer.statements:
            yield StatementTold(statement, tuple(c for c in answer.citations if c.number in statement.citations))
    yield AnswerDone(answer)


def _named_event(event: AnswerEvent) -> Iterator[str]:
    match event:
        case SourcesFound():
            evidence = [asdict(item) for item in event.evidence]
            yield named("sources", {"id": event.answer_id, "evidence": evidence, "coverage": asdict(event.coverage)})
        case StatementTold():
            yield named("statement", {**asdict(event.statement), "sources": [asdict(c) for c in event.citations]})
        case AnswerDone():
            yield named("done", answer_to_json(event.answer))
