"""Whether the service lives and is ready, what version it is, and what it has done."""

from typing import Annotated

from fastapi import APIRouter, Path  # noqa: TID251
from fastapi.responses import JSONResponse, PlainTextResponse, Response  # noqa: TID251
from pydantic import Field

from ingest.errors import SelaError
from ui.api.access import Reader
from ui.api.problems import PROBLEM_TYPES, Problem
from ui.api.reference import problems
from ui.api.service import Served
from ui.api.texts import ResponseBody

router = APIRouter(tags=["service"])
_EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"


class HealthBody(ResponseBody):
    """State of the service."""

    status: str = Field(description="`live` or `ready`.")


class VersionBody(ResponseBody):
    """What is running."""

    name: str = Field(description="Name of the software.")
    version: str = Field(description="Its version.")


class ProblemTypeBody(ResponseBody):
    """What a kind of problem means."""

    type: str = Field(description="Its address.")
    title: str = Field(description="What it is.")
    status: int = Field(description="HTTP status it comes with.")
    meaning: str = Field(description="When it happens and what to do.")


@router.get("/health/live", response_model=HealthBody, summary="Is the process alive?", operation_id="live")
async def live() -> Response:
    """Say that the process answers."""
    return JSONResponse({"status": "live"})


@router.get(
    "/health/ready", response_model=HealthBody, summary="Can questions be answered?", operation_id="ready",
    responses=problems(503),
)  # fmt: skip
def ready(service: Served) -> Response:
    """Say that there is an index and the models are loaded; 503 until then."""
    try:
        service.snapshot()
    except (SelaError, Problem) as error:
        raise Problem("not-ready", PROBLEM_TYPES["not-ready"].meaning, {"Retry-After": "5"}) from error
    return JSONResponse({"status": "ready"})


@router.get("/version", response_model=VersionBody, summary="Which version runs?", operation_id="version")
async def show_version(service: Served) -> Response:
    """Name the software and its version."""
    return JSONResponse({"name": "sela-document-assistant", "version": service.version})


@router.get(
    "/metrics", summary="Figures for Prometheus", operation_id="metrics", response_class=PlainTextResponse,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)  # fmt: skip
def show_metrics(caller: Reader, service: Served) -> Response:
    """Return requests, answers by outcome, latency by stage, the language model's work, and the index's age."""
    figures = service.metrics.show(pending=service.queue.pending, generation=service.home.current_id())
    return Response(figures, media_type=_EXPOSITION)


@router.get(
    "/problems/{name}", response_model=ProblemTypeBody, summary="Explain a kind of problem",
    operation_id="explainProblem", responses=problems(404),
)  # fmt: skip
async def explain(
    name: Annotated[str, Path(max_length=60, description="Last part of a `type`.")],
) -> Response:
    """Say what a problem's `type` means."""
    kind = PROBLEM_TYPES.get(name)
    if kind is None:
        raise Problem("not-found", "There is no such kind of problem.")
    body = {"type": f"/problems/{name}", "title": kind.title, "status": kind.status, "meaning": kind.meaning}
    return JSONResponse(body)
