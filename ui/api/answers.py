"""Questions and answers: asking, finding an answer again, exporting it, asking once more, and searching."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request  # noqa: TID251
from fastapi.responses import JSONResponse, Response  # noqa: TID251

from assistant.answer_store import AnswerRecord
from assistant.answers import Answer, answer_to_json
from ingest.errors import UnknownRecord
from ui.api.access import Caller, Reader
from ui.api.answer_export import MARKDOWN, answer_markdown
from ui.api.answer_schemas import (
    AnswerBody,
    AnswerId,
    AskBody,
    ExportFormat,
    RerunBody,
    SearchBody,
    SearchResultBody,
)
from ui.api.answer_word import WORD, answer_word
from ui.api.conditional import entity_tag, not_modified, tagged
from ui.api.reference import event_schema, representations
from ui.api.service import Served, Service
from ui.api.streaming import MEDIA_TYPE, LiveEvents, answer_events, event_stream
from ui.questions import question_from_json

router = APIRouter(tags=["answers"])
_STREAM = event_schema("sources", "statement", "done", "error")


@router.post(
    "/v1/answers",
    response_model=AnswerBody,
    summary="Ask a question",
    responses={200: {"content": _STREAM}},
    operation_id="ask",
)
async def ask(body: AskBody, request: Request, caller: Reader, service: Served) -> Response:
    """Answer a question with citations that were checked.

    With `"stream": true` or `Accept: text/event-stream` the answer comes as events: `sources` (the evidence, as soon as
    it is found), a `statement` for each assertion as soon as it is verified, `done` (the whole answer), or `error`
    (problem details). Lines that begin with a
    colon are signs of life.
    """
    service.snapshot()
    live = LiveEvents()
    work = service.queue.run(partial(service.ask, body.to_question(), caller, on_event=live.tell))
    if body.stream or MEDIA_TYPE in request.headers.get("accept", ""):
        return event_stream(answer_events(work, request.scope, pause=service.exposure.keep_alive_seconds, live=live))
    answer = await work
    return JSONResponse(answer_to_json(answer), headers={"Content-Location": f"/v1/answers/{answer.id}"})


@router.get(
    "/v1/answers/{answer_id}",
    response_model=AnswerBody,
    summary="Find an answer again",
    operation_id="getAnswer",
    responses={200: {"content": representations(MARKDOWN, WORD)}},
)
def get_answer(
    answer_id: Annotated[AnswerId, Path(description="Id of the answer.")],
    request: Request,
    caller: Reader,
    service: Served,
    form: Annotated[ExportFormat, Query(alias="format", description="JSON, or with references to be pasted.")] = "json",
) -> Response:
    """Return an answer as it was given; it never changes."""
    record = find_record(answer_id, service, caller)
    tag = entity_tag(answer_id, form)
    held = not_modified(request, tag)
    return held if held is not None else _exported(record, form, headers=tagged(tag))


@router.post(
    "/v1/answers/{answer_id}/rerun",
    response_model=RerunBody,
    summary="Ask the question of an answer again",
    operation_id="rerunAnswer",
)
async def rerun_answer(
    answer_id: Annotated[AnswerId, Path(description="Id of the answer.")], caller: Reader, service: Served
) -> Response:
    """Ask again, with today's documents and settings, and say what changed."""
    record = await service.in_thread(partial(find_record, answer_id, service, caller))
    service.snapshot()
    answer = await service.queue.run(partial(service.ask, question_from_json(record.asked), caller))
    changes = changes_since(record, answer, service.stamp())
    return JSONResponse({"previous_id": answer_id, "answer": answer_to_json(answer), "changes": changes})


@router.post("/v1/search", response_model=SearchResultBody, summary="Search passages", operation_id="search")
async def search(body: SearchBody, caller: Reader, service: Served) -> Response:
    """Return the passages nearest to some words, without an answer."""
    service.snapshot()
    work = partial(service.search, body.query, body.filters.narrowing(), limit=body.limit, caller=caller)
    found = await service.queue.run(work)
    return JSONResponse({"query": body.query, "passages": [asdict(item) for item in found]})


def find_record(answer_id: str, service: Service, caller: Caller) -> AnswerRecord:
    """Return a stored answer.

    Raises:
        UnknownRecord: if there is none, or it holds what the caller may not see.
    """
    record = service.answers.load(answer_id)
    if not service.may_see(record, caller):
        raise UnknownRecord(f"No answer {answer_id} is on record.", next_step="Ask the question again.")
    files = {c.document.file for c in record.answer.citations} | {e.file for e in record.answer.evidence}
    service.audit.note(caller, "stored answer", files, question=record.answer.question)
    return record


def changes_since(record: AnswerRecord, answer: Answer, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a new answer says otherwise than a stored one."""
    before = record.answer
    said = {
        "outcome": before.outcome != answer.outcome,
        "text": before.text != answer.text,
        **_difference("citations", [c.quote for c in before.citations], [c.quote for c in answer.citations]),
        **_difference("evidence", [e.passage_id for e in before.evidence], [e.passage_id for e in answer.evidence]),
    }
    names = sorted(set(record.settings) | set(settings))
    return {
        "changed": any(said.values()),
        **said,
        "index": before.index.generation != answer.index.generation,
        "settings": [name for name in names if record.settings.get(name) != settings.get(name)],
    }


def _difference(name: str, before: list[str], now: list[str]) -> dict[str, list[str]]:
    return {
        f"{name}_added": [item for item in now if item not in before],
        f"{name}_removed": [item for item in before if item not in now],
    }


def _exported(
    record: AnswerRecord, form: Literal["json", "markdown", "docx"], *, headers: Mapping[str, str]
) -> Response:
    answer = record.answer
    if form == "json":
        return JSONResponse(answer_to_json(answer), headers=dict(headers))
    name = f"{answer.id}.{'md' if form == 'markdown' else form}"
    saved = {**headers, "Content-Disposition": f'attachment; filename="{name}"'}
    if form == "markdown":
        return Response(answer_markdown(answer, record.created), headers=saved, media_type=MARKDOWN)
    return Response(answer_word(answer, record.created), headers=saved, media_type=WORD)
