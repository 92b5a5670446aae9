"""Lets clients of OpenAI's API ask and search unchanged."""

import json
import re
import time
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Request  # noqa: TID251
from fastapi.responses import JSONResponse, Response  # noqa: TID251

from assistant.answers import Answer, EvidenceItem, Question, Turn
from assistant.events import AnswerDone, AnswerEvent, SourcesFound, StatementTold
from ingest.catalogue import DocumentCard, DocumentFilter
from ui.api.access import Reader
from ui.api.answer_export import reference
from ui.api.openai_schemas import (
    MODEL,
    ChatBody,
    CompletionBody,
    ModelBody,
    ModelsBody,
    PassageHitsBody,
    PassageQueryBody,
)
from ui.api.problems import Problem
from ui.api.reference import event_schema
from ui.api.service import Served
from ui.api.streaming import LiveEvents, event_stream, guarded_events
from ui.api.texts import LONGEST_HISTORY

router = APIRouter(tags=["OpenAI-compatible"])
_BEGAN = 1_750_000_000
_PIECES = re.compile(r"\S+\s*|\s+")
_ModelName = Annotated[str, Path(max_length=100, description="Name of the model.")]


@router.get("/v1/models", response_model=ModelsBody, summary="List the models", operation_id="listModels")
async def list_models(caller: Reader) -> Response:
    """Name the one model there is."""
    return JSONResponse({"object": "list", "data": [_model()]})


@router.get("/v1/models/{model}", response_model=ModelBody, summary="Describe a model", operation_id="getModel")
async def get_model(model: _ModelName, caller: Reader) -> Response:
    """Describe the model."""
    _check_model(model)
    return JSONResponse(_model())


@router.post(
    "/v1/chat/completions", response_model=CompletionBody, summary="Answer the last question of a conversation",
    operation_id="chat", responses={200: {"content": event_schema()}},
)  # fmt: skip
async def chat(body: ChatBody, request: Request, caller: Reader, service: Served) -> Response:
    """Answer the last thing a user said; what users said before is the history, everything else is passed over."""
    _check_model(body.model)
    question = _question(body)
    service.snapshot()
    live = LiveEvents()
    work = service.queue.run(partial(service.ask, question, caller, on_event=live.tell))
    base = str(request.base_url).rstrip("/")
    if body.stream:
        with_usage = body.stream_options is not None and body.stream_options.include_usage
        chunks, pause = Chunks(base, with_usage=with_usage), service.exposure.keep_alive_seconds
        return event_stream(guarded_events(work, chunks.of, _error, request.scope, pause=pause, live=live))
    return JSONResponse(_completion(await work, base))


@router.post(
    "/v1/vector_stores/{store}/search", response_model=PassageHitsBody, summary="Search the passages",
    operation_id="searchVectorStore",
)  # fmt: skip
async def search_store(
    store: Annotated[str, Path(max_length=100, description=f"`{MODEL}`.")],
    body: PassageQueryBody,
    caller: Reader,
    service: Served,
) -> Response:
    """Return the passages nearest to the query."""
    _check_model(store)
    words = [body.query] if isinstance(body.query, str) else list(body.query)
    cards = {card.file: card for card in service.snapshot().catalogue.cards.values()}
    work = partial(service.search, " ".join(words), DocumentFilter(), limit=body.max_num_results, caller=caller)
    found = await service.queue.run(work)
    hits = [_hit(item, cards[item.file]) for item in found if item.file in cards]
    page = {"object": "vector_store.search_results.page", "search_query": words, "data": hits}
    return JSONResponse({**page, "has_more": False, "next_page": None})


def _check_model(name: str) -> None:
    if name != MODEL:
        raise Problem("not-found", f"There is only `{MODEL}` here.")


def _model() -> dict[str, Any]:
    return {"id": MODEL, "object": "model", "created": _BEGAN, "owned_by": "sela"}


def _question(body: ChatBody) -> Question:
    """Return what a user asked last, after what users asked before; "" where none says anything."""
    *earlier, last = ["", *(m.words() for m in body.messages if m.role == "user" and m.words().strip())]
    return Question(last, tuple(Turn(text) for text in earlier[1:][-LONGEST_HISTORY:]))


def _completion(answer: Answer, base: str) -> dict[str, Any]:
    content = _content(answer)
    message = {"role": "assistant", "content": content, "refusal": None, "annotations": _annotations(answer, base)}
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    return {
        **_envelope(answer.id, "chat.completion"),
        "choices": [choice],
        "usage": _usage(answer, content),
        "sela": {"answer_id": answer.id, "outcome": answer.outcome, "href": f"{base}/v1/answers/{answer.id}"},
    }


def _envelope(answer_id: str, kind: Literal["chat.completion", "chat.completion.chunk"]) -> dict[str, Any]:
    return {"id": f"chatcmpl-{answer_id}", "object": kind, "created": int(time.time()), "model": MODEL}


def _content(answer: Answer) -> str:
    """Return the answer's text with its references below, since most clients show nothing else."""
    if not answer.citations:
        return answer.text
    references = "\n".join(f"[{c.number}] {reference(c)}" for c in answer.citations)
    return f"{answer.text}\n\n{references}"


def _annotations(answer: Answer, base: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for citation in answer.citations:
        mark = f"[{citation.number}]"
        start = max(answer.text.find(mark), 0)
        cited = {
            "start_index": start,
            "end_index": start + len(mark),
            "title": citation.document.title,
            "url": base + citation.href,
        }
        found.append({"type": "url_citation", "url_citation": cited})
    return found


def _usage(answer: Answer, content: str) -> Mapping[str, int]:
    asked, said = len(answer.question.split()), len(content.split())
    return {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said}


class Chunks:
    """An answer in OpenAI's chunks: each statement as soon as it is verified, then what else there is to read.

    Args:
        base: address of the service.
        with_usage: whether counts end the stream.
    """

    def __init__(self, base: str, *, with_usage: bool) -> None:
        self._base = base
        self._with_usage = with_usage
        self._envelope: dict[str, Any] = {}
        self._said = ""

    def of(self, event: AnswerEvent) -> Iterator[str]:
        """Yield the chunks for what is told."""
        match event:
            case SourcesFound():
                self._envelope = _envelope(event.answer_id, "chat.completion.chunk")
                yield self._delta({"role": "assistant", "content": ""})
            case StatementTold():
                yield from self._content(("\n" if self._said else "") + event.statement.text)
            case AnswerDone():
                yield from self._rest(event.answer)

    def _content(self, words: str) -> Iterator[str]:
        self._said += words
        yield from (self._delta({"content": piece}) for piece in _PIECES.findall(words))

    def _rest(self, answer: Answer) -> Iterator[str]:
        yield from self._content(_content(answer)[len(self._said) :])
        yield self._delta({"annotations": _annotations(answer, self._base)})
        yield self._delta({}, finish="stop")
        if self._with_usage:
            yield _data({**self._envelope, "choices": [], "usage": _usage(answer, _content(answer))})
        yield "data: [DONE]\n\n"

    def _delta(self, delta: dict[str, Any], *, finish: str | None = None) -> str:
        return _data({**self._envelope, "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})


def _error(problem: dict[str, Any]) -> str:
    return _data({"error": problem["error"]})


def _data(value: object) -> str:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n"


def _hit(item: EvidenceItem, card: DocumentCard) -> dict[str, Any]:
    metadata = card.metadata
    facts = {
        "title": metadata.title,
        "kind": metadata.kind.value,
        "status": metadata.status.value,
        "date": metadata.date,
        "language": metadata.language,
        "section": " › ".join(item.section),
    }
    return {
        "file_id": card.id,
        "filename": card.file,
        "score": item.similarity,
        "attributes": {name: value for name, value in facts.items() if value},
        "content": [{"type": "text", "text": item.text}],
    }
