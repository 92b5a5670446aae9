"""A model server on loopback that speaks the protocol of OpenAI and says what a script tells it to, lies included."""

import json
import re
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, TypeAlias

ENDLESS = "and so on "
PIECE = 17


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the model was sent.

    Args:
        system: the instructions.
        user: the messages of the user, one after the other.
        streaming: whether the answer is wanted in pieces.
    """

    system: str
    user: str
    streaming: bool

    @property
    def whole(self) -> str:
        """Everything that the model reads."""
        return f"{self.system}\n{self.user}"

    def marker(self, words: str) -> str:
        """Return the marker of the first numbered passage that holds some words, "[1]" if none does."""
        parts = re.split(r"(?m)^=== \w+ passage (\[\d+\]):", self.user)
        return next((m for m, text in zip(parts[1::2], parts[2::2], strict=True) if words in text), "[1]")


@dataclass(frozen=True, slots=True)
class Play:
    """How one request is answered.

    Args:
        text: what the model says.
        status: of the response; anything but 200 sends an error in the shape of OpenAI.
        finish: why the model stopped.
        break_after: the connection is broken off after so many pieces.
        stall_after: nothing more is sent after so many pieces until the client goes or the server ends.
        endless: the text never ends.
        tools: tool calls instead of text.
        raw: the very body, whatever it is.
        choices: whether there is a choice at all.
        error: words of the error.
    """

    text: str = ""
    status: int = 200
    finish: str = "stop"
    break_after: int | None = None
    stall_after: int | None = None
    endless: bool = False
    tools: tuple[str, ...] = ()
    raw: str | None = None
    choices: bool = True
    error: str = "the model does not feel like it"


Script: TypeAlias = Callable[[Prompt], Play]


@dataclass
class ScriptedModelServer:
    """The running server.

    Args:
        base_url: to be configured.
        script: plays every request until it is replaced.
        prompts: everything that was asked of it.
        keys: the keys that were presented.
        paths: where requests were sent.
        ending: set when the server ends, so that stalled answers end with it.
    """

    base_url: str
    script: Script
    prompts: list[Prompt] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    ending: Event = field(default_factory=Event)

    def say(self, text: str, **more: Any) -> None:
        """Answer every request from now on with these words."""
        self.script = lambda _: Play(text, **more)


@contextmanager
def scripted_model_server(script: Script = lambda _: Play("")) -> Iterator[ScriptedModelServer]:
    """Run a server until the end of the block."""
    http = _Listener(("127.0.0.1", 0), _Handler)
    server = ScriptedModelServer(f"http://127.0.0.1:{http.server_address[1]}/v1", script)
    http.scripted = server  # type: ignore[attr-defined]
    thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.ending.set()
        http.shutdown()
        http.server_close()
        thread.join(10)


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """Keep silent about clients that went away."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Keep silent."""

    def do_GET(self) -> None:
        self._send(200, json.dumps({"object": "list", "data": [{"id": "scripted", "object": "model"}]}))

    def do_POST(self) -> None:
        server: ScriptedModelServer = self.server.scripted  # type: ignore[attr-defined]
        server.paths.append(self.path)
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        prompt = _prompt(body)
        server.prompts.append(prompt)
        server.keys.append(self.headers.get("Authorization", "").removeprefix("Bearer "))
        try:
            self._play(server.script(prompt), prompt, server.ending)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _play(self, play: Play, prompt: Prompt, ending: Event) -> None:
        if play.status != 200:
            self._send(play.status, json.dumps({"error": {"message": play.error, "type": "scripted", "code": None}}))
        elif play.raw is not None:
            self._send(200, play.raw, kind="text/event-stream" if prompt.streaming else "application/json")
        elif prompt.streaming:
            self._stream(play, ending)
        else:
            self._whole(play, ending)

    def _whole(self, play: Play, ending: Event) -> None:
        if play.stall_after is not None:
            self._stall(ending)
        if play.break_after is not None:
            self._break()
            return
        text = ENDLESS * 20_000 if play.endless else play.text
        message: dict[str, Any] = {"role": "assistant", "content": text or None}
        if play.tools:
            message["tool_calls"] = _tool_calls(play.tools)
        choice = {"index": 0, "message": message, "finish_reason": play.finish}
        self._send(200, json.dumps(_completion("chat.completion", [choice] if play.choices else []) | {"usage": USAGE}))

    def _stream(self, play: Play, ending: Event) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for number, delta in enumerate(_deltas(play)):
            if number == play.break_after:
                self._break()
                return
            if number == play.stall_after or ending.is_set():
                self._stall(ending)
            self._event([{"index": 0, "delta": delta, "finish_reason": None}] if play.choices else [])
        self._event([{"index": 0, "delta": {}, "finish_reason": play.finish}] if play.choices else [])
        self._chunk(f"data: {json.dumps(_completion('chat.completion.chunk', []) | {'usage': USAGE})}\n\n")
        self._chunk("data: [DONE]\n\n")
        self._chunk("")

    def _event(self, choices: list[dict[str, Any]]) -> None:
        self._chunk(f"data: {json.dumps(_completion('chat.completion.chunk', choices))}\n\n")

    def _chunk(self, text: str) -> None:
        data = text.encode()
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _send(self, status: int, text: str, *, kind: str = "application/json") -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _stall(self, ending: Event) -> None:
        """Send nothing more; the client has gone away long before the minute is over."""
        ending.wait(60)
        raise BrokenPipeError

    def _break(self) -> None:
        """Break the connection off with a reset."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()
        raise ConnectionResetError


USAGE = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}


def _prompt(body: dict[str, Any]) -> Prompt:
    said = {"system": "", "user": ""}
    for message in body["messages"]:
        content = message["content"]
        text = content if isinstance(content, str) else "".join(part.get("text", "") for part in content)
        role = "system" if message["role"] in ("system", "developer") else "user"
        said[role] += text + "\n"
    return Prompt(said["system"], said["user"], bool(body.get("stream")))


def _completion(kind: str, choices: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": "chatcmpl-1", "object": kind, "created": 1, "model": "scripted", "choices": choices}


def _tool_calls(names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {"index": i, "id": f"call_{i}", "type": "function", "function": {"name": name, "arguments": "{}"}}
        for i, name in enumerate(names)
    ]


def _deltas(play: Play) -> Iterator[dict[str, Any]]:
    """Give the pieces of a streamed answer, a few characters each, words cut in two included."""
    yield {"role": "assistant", "content": ""}
    if play.tools:
        yield {"tool_calls": _tool_calls(play.tools)}
    for start in range(0, len(play.text), PIECE):
        yield {"content": play.text[start : start + PIECE]}
    while play.endless:
        yield {"content": ENDLESS}
