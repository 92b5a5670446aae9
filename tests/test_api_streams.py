"""Answers come in events, in the shape that OpenAI's clients read, and through MCP."""

import asyncio
import json
import time
from collections.abc import Iterator
from threading import Event

import pytest
from api_samples import SECRET_WORDS, Api, running
from test_api import is_problem

from assistant.answers import Answer
from ui.api.model_queue import ModelQueue
from ui.api.problems import Problem
from ui.api.streaming import answer_events

QUESTION = "How many cranes has the harbour of Valparaíso?"


@pytest.fixture(scope="module")
def api(tmp_path_factory) -> Iterator[Api]:
    with running(tmp_path_factory.mktemp("streams"), secret=True) as started:
        started.keys["read"] = started.key("read")
        started.client.headers.update(started.keys["read"])
        yield started


def events(text):
    found = []
    for block in text.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if line and not line.startswith(":"))
        if lines:
            found.append((lines.get("event"), json.loads(lines["data"])))
    return found


@pytest.mark.parametrize("how", [{"json": {"stream": True}}, {"headers": {"Accept": "text/event-stream"}}])
def test_stream_gives_evidence_then_statements_then_the_whole_answer(api, how):
    body = {"question": QUESTION, **how.get("json", {})}
    response = api.client.post("/v1/answers", json=body, headers=how.get("headers", {}))
    assert response.headers["content-type"].startswith("text/event-stream")
    told = events(response.text)
    assert [name for name, _ in told] == ["sources", *["statement"] * (len(told) - 2), "done"]
    whole = told[-1][1]
    assert told[0][1]["evidence"] == whole["evidence"]
    assert [s["text"] for name, s in told if name == "statement"] == [s["text"] for s in whole["statements"]]
    assert api.client.get(f"/v1/answers/{whole['id']}").json() == whole


def test_stream_that_finds_the_queue_full_is_refused_before_it_begins(tmp_path):
    with running(tmp_path, workers=1, waiting=0) as api:
        queue, release = api.client.app.state.service.queue, Event()

        async def occupy():
            return queue.run(release.wait)

        api.client.portal.call(occupy)
        refused = api.ask(QUESTION, stream=True)
        release.set()
        assert is_problem(refused, 429, "busy")


def collected(work, pause=10.0):
    async def gather():
        return [event async for event in answer_events(work(), {"path": "/v1/answers"}, pause=pause)]

    return asyncio.run(gather())


def test_stream_shows_signs_of_life_and_ends_with_an_error_event():
    async def fails() -> Answer:
        await asyncio.sleep(0.2)
        raise Problem("too-slow", "No answer.")

    told = collected(fails, pause=0.05)
    assert told[0].startswith(":")
    assert events(told[-1])[0][0] == "error"
    assert events(told[-1])[0][1]["type"] == "/problems/too-slow"


def test_unforeseen_failure_in_a_stream_is_an_error_event_without_its_words():
    async def fails() -> Answer:
        raise RuntimeError("a secret path")

    told = collected(fails)
    assert "secret" not in "".join(told)
    assert events(told[-1])[0][1]["type"] == "/problems/internal"


def test_caller_who_hangs_up_takes_the_waiting_question_along():
    async def hang_up():
        queue, began = ModelQueue(1, 5, patience_seconds=5), []
        release = asyncio.Event()
        loop = asyncio.get_running_loop()

        def slow():
            asyncio.run_coroutine_threadsafe(release.wait(), loop).result()

        first = asyncio.ensure_future(queue.run(slow))
        await asyncio.sleep(0.05)
        second = asyncio.ensure_future(queue.run(lambda: began.append(1)))
        await asyncio.sleep(0.05)
        second.cancel()
        release.set()
        await first
        await asyncio.sleep(0.05)
        queue.close()
        return began, queue.pending

    assert asyncio.run(hang_up()) == ([], 0)


def test_full_queue_refuses_at_once_and_says_when_to_come_back():
    async def fill():
        queue = ModelQueue(1, 0, patience_seconds=5)
        release = asyncio.Event()
        loop = asyncio.get_running_loop()
        first = asyncio.ensure_future(
            queue.run(lambda: asyncio.run_coroutine_threadsafe(release.wait(), loop).result())
        )
        await asyncio.sleep(0.05)
        with pytest.raises(Problem) as refused:
            await queue.run(lambda: None)
        release.set()
        await first
        queue.close()
        return refused.value

    problem = asyncio.run(fill())
    assert (problem.type.status, problem.name) == (429, "busy")
    assert problem.headers["Retry-After"]


def test_queue_refuses_when_the_expected_wait_is_too_long():
    async def crowd():
        queue = ModelQueue(1, 100, patience_seconds=5, wait_seconds=0.1)
        await queue.run(lambda: time.sleep(0.3))
        let_in = []

        def rush():
            while True:
                let_in.append(queue.run(lambda: time.sleep(0.01)))

        with pytest.raises(Problem):
            rush()
        await asyncio.gather(*let_in)
        queue.close()
        return len(let_in)

    assert 1 <= asyncio.run(crowd()) < 10


def test_work_that_never_waits_but_takes_too_long_is_told_so():
    async def toil():
        queue = ModelQueue(1, 1, patience_seconds=0.1)
        with pytest.raises(Problem) as told:
            await queue.run(lambda: time.sleep(0.5))
        queue.close()
        return told.value.name

    assert asyncio.run(toil()) == "too-slow"


def test_chat_answers_the_last_question_with_its_references(api):
    messages = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "What is in the harbours?"},
        {"role": "assistant", "content": None},
        {"role": "user", "content": [{"type": "text", "text": QUESTION}, {"type": "image_url", "image_url": {}}]},
    ]
    body = {"model": "sela", "messages": messages, "temperature": 0.1}
    answer = api.client.post("/v1/chat/completions", json=body).json()
    message = answer["choices"][0]["message"]
    stored = api.client.get(f"/v1/answers/{answer['sela']['answer_id']}").json()
    assert message["content"].startswith(stored["text"])
    assert len(message["annotations"]) == len(stored["citations"])
    assert stored["question"] == QUESTION


def test_chat_refuses_other_models(api):
    other = {"model": "gpt-4", "messages": [{"role": "user", "content": "a"}]}
    refused = api.client.post("/v1/chat/completions", json=other)
    assert is_problem(refused, 404, "not-found")
    assert refused.json()["error"]["message"]


@pytest.mark.parametrize(
    "content", ["", " \ufeff\n", None, [], [{"type": "text", "text": "\x1c"}, {"type": "image_url"}]]
)
def test_chat_asks_for_a_question_where_no_user_says_anything(api, content):
    silent = {"model": "sela", "messages": [{"role": "system", "content": "a"}, {"role": "user", "content": content}]}
    answer = api.client.post("/v1/chat/completions", json=silent).json()
    assert answer["sela"]["outcome"] == "needs_clarification"
    assert answer["choices"][0]["message"]["content"].strip()


def test_chat_streams_chunks_that_make_up_the_message(api):
    body = {"model": "sela", "messages": [{"role": "user", "content": QUESTION}]}
    whole = api.client.post("/v1/chat/completions", json=body).json()["choices"][0]["message"]["content"]
    options = {"stream": True, "stream_options": {"include_usage": True}}
    lines = api.client.post("/v1/chat/completions", json=body | options).text.strip().split("\n\n")
    assert lines[-1] == "data: [DONE]"
    chunks = [json.loads(line.removeprefix("data: ")) for line in lines[:-1]]
    assert "".join(c["choices"][0]["delta"].get("content", "") for c in chunks if c["choices"]) == whole
    assert chunks[-2]["choices"][0]["finish_reason"] == "stop"
    assert chunks[-1]["usage"]["total_tokens"] > 0


def test_vector_store_search_names_documents(api):
    found = api.client.post("/v1/vector_stores/sela/search", json={"query": ["cranes", "harbour"]}).json()
    assert found["data"][0]["filename"] == "harbours.md"
    described = api.client.get(f"/v1/documents/{found['data'][0]['file_id']}").json()
    assert found["data"][0]["attributes"]["title"] == described["title"]


def called(api, method, params=None, key="read"):
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params or {}}
    headers = {"Accept": "application/json, text/event-stream", **api.keys[key]}
    return api.client.post("/mcp", json=message, headers=headers)


def use(api, tool, **arguments):
    return called(api, "tools/call", {"name": tool, "arguments": arguments}).json()["result"]


def test_mcp_offers_its_tools(api):
    tools = {tool["name"]: tool for tool in called(api, "tools/list").json()["result"]["tools"]}
    assert set(tools) == {"ask", "search_documents", "get_decision", "list_meetings", "get_page"}
    for tool in tools.values():
        assert "context" not in tool["inputSchema"]["properties"]
        assert tool["description"]


def test_mcp_asks_and_searches(api):
    assert use(api, "ask", question=QUESTION)["structuredContent"]["evidence"]
    found = use(api, "search_documents", query="cranes of the harbour", limit=1)["structuredContent"]["passages"]
    assert found[0]["file"] == "harbours.md"


def test_mcp_keeps_internal_documents_to_itself(api):
    told = [
        called(api, "resources/list").text,
        json.dumps(use(api, "search_documents", query="signed by the keeper", limit=50)),
        json.dumps(use(api, "ask", question="Who signed, the keeper?")),
        json.dumps(use(api, "list_meetings")),
        json.dumps(use(api, "get_decision", number=778)),
    ]
    for text in told:
        assert "quetzal" not in text.lower()
        assert "vault" not in text.lower()
        assert SECRET_WORDS not in text
    assert use(api, "get_decision", number=777)["isError"]


def test_mcp_lists_and_reads_documents(api):
    listed = called(api, "resources/list").json()["result"]["resources"]
    assert {r["name"] for r in listed} == {"harbours.md", "barcos.md"}
    address = next(r["uri"] for r in listed if r["name"] == "harbours.md")
    read = called(api, "resources/read", {"uri": address}).json()["result"]["contents"][0]["text"]
    assert "nine of them" in read
    shown = use(api, "get_page", document_id=address.rsplit("/", 1)[-1], start=0, end=6)
    assert shown["content"][0]["text"] == read[:6]


def test_mcp_needs_the_same_key(api):
    without = {k: v for k, v in api.client.headers.items() if k != "authorization"}
    api.client.headers.pop("authorization")
    try:
        refused = api.client.post("/mcp", json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"}, headers=without)
    finally:
        api.client.headers.update(api.keys["read"])
    assert is_problem(refused, 401, "key-required")


def test_mcp_says_what_is_wrong(api):
    assert use(api, "ask", question="")["isError"]
    assert use(api, "get_page", document_id="nothing")["isError"]
    assert "error" in called(api, "resources/read", {"uri": "sela://documents/nothing"}).json()
    assert "error" in called(api, "resources/list", {"cursor": "no cursor"}).json()
