"""Server-sent events: evidence, then statements, then the whole answer; ends cleanly when the client goes away."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from functools import partial
from typing import Any

from fastapi.responses import StreamingResponse  # noqa: TID251
from starlette.types import Scope

from assistant.answers import Answer, answer_to_json
from ingest.errors import SelaError
from ui.api.problems import Problem, problem_of, problem_response

MEDIA_TYPE = "text/event-stream"
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
_KEEP_ALIVE = ": waiting\n\n"
_log = logging.getLogger("sela.api")


def event_stream(events: AsyncIterator[str]) -> StreamingResponse:
    """Return the response that sends events as they come."""
    return StreamingResponse(events, media_type=MEDIA_TYPE, headers=_HEADERS)


def answer_events(work: Awaitable[Answer], scope: Scope, *, pause: float) -> AsyncIterator[str]:
    """Yield an answer as the named events `sources`, `statement` and `done`, or `error`."""
    return guarded_events(work, _events, partial(named, "error"), scope, pause=pause)


async def guarded_events(
    work: Awaitable[Answer],
    told: Callable[[Answer], Iterator[str]],
    failed: Callable[[dict[str, Any]], str],
    scope: Scope,
    *,
    pause: float,
) -> AsyncIterator[str]:
    """Yield signs of life while an answer is awaited, then the answer, or its failure.

    Args:
        work: the answer to be awaited; cancelled when the client goes away.
        told: gives the events of an answer.
        failed: gives the event of a failure from its problem details.
        scope: of the request.
        pause: seconds between signs of life.
    """
    task = asyncio.ensure_future(work)
    try:
        async for sign in signs_of_life(task, pause=pause):
            yield sign
        for event in told(task.result()):
            yield event
    except (Problem, SelaError) as error:
        yield failed(problem_document(error, scope))
    except Exception:  # noqa: BLE001, nothing above can answer once a stream has begun
        _log.exception("a stream failed")
        yield failed(problem_document(Problem("internal", "Report the request id."), scope))
    finally:
        task.cancel()


async def signs_of_life(task: "asyncio.Future[Answer]", *, pause: float) -> AsyncIterator[str]:
    """Yield a comment each `pause` seconds until the task is done."""
    while not task.done():
        await asyncio.wait({task}, timeout=pause)
        if not task.done():
            yield _KEEP_ALIVE


def problem_document(error: Problem | SelaError, scope: Scope) -> dict[str, Any]:
    """Return the problem details of an error."""
    problem = problem_of(error) if isinstance(error, SelaError) else error
    document: dict[str, Any] = json.loads(bytes(problem_response(problem, scope).body))
    return document


def named(event: str, data: object) -> str:
    """Return one event."""
    return f"event: {event}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _events(answer: Answer) -> Iterator[str]:
    whole = answer_to_json(answer)
    yield named("sources", {"id": answer.id, "evidence": whole["evidence"], "coverage": whole["coverage"]})
    for statement in whole["statements"]:
        cited = [c for c in whole["citations"] if c["number"] in statement["citations"]]
        yield named("statement", {**statement, "sources": cited})
    yield named("done", whole)
