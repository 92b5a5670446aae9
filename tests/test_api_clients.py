"""The clients shown in docs/api.md run as they stand there against the real server, and the reference holds."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from live_server import Server, serving_samples

pytestmark = pytest.mark.slow
GUIDE = Path(__file__).resolve().parents[1] / "docs" / "api.md"


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    with serving_samples(tmp_path_factory.mktemp("live")) as started:
        yield started


@pytest.fixture(scope="module")
def key(server) -> str:
    return server.key("read")


def example(language, mark):
    blocks = re.findall(rf"```{language}\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    return next(block for block in blocks if mark in block)


def output(command, server, key):
    environment = {**os.environ, "SELA_URL": server.url, "SELA_KEY": key}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_server_is_ready_soon_and_says_who_may_read(server):
    assert "No key exists, so reading is open" in server.greeting
    assert server.seconds < 30  # five seconds on a machine that nobody else is using


def test_curl_asks_and_streams(server, key):
    told = output(["bash", "-ec", example("bash", "curl")], server, key)
    assert '"outcome":' in told
    assert "event: sources" in told
    assert "event: done" in told


def test_openai_client_works_unchanged(server, key):
    told = output([sys.executable, "-c", example("python", "openai")], server, key)
    assert "['sela']" in told
    assert "harbours.md" in told
    assert "vault" not in told


def test_mcp_client_works_unchanged(server, key):
    told = output([sys.executable, "-c", example("python", "mcp")], server, key)
    assert "search_documents" in told
    assert "sela://documents/" in told
    assert "harbours.md" in told
    assert "vault" not in told


@pytest.mark.parametrize(
    ("choice", "examples"),
    [(("--exclude-operation-id", "removeDocument"), "35"), (("--include-tag", "ingestion"), "20")],
)
def test_every_operation_keeps_to_the_reference(tmp_path, choice, examples):
    """Try the whole OpenAPI document with every check; SELA_TEST_EXAMPLES raises the number of cases."""
    with serving_samples(tmp_path) as server:
        key = server.key("read", "ingest", "admin", "internal")
        command = [
            Path(sys.executable).with_name("schemathesis"), "run", f"{server.url}/openapi.json",
            "--header", f"Authorization: Bearer {key}", "--continue-on-failure",
            "--max-examples", os.environ.get("SELA_TEST_EXAMPLES", examples), *choice,
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, timeout=3000, check=False, cwd=tmp_path)
        assert done.returncode == 0, done.stdout[-8000:]
        assert "Traceback" not in (server.data / "server.log").read_text()


def eventually(holds, seconds=10.0):
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.1)
    return holds()


def test_callers_who_hang_up_leave_nothing_behind(server):
    body = b'{"question": "How many cranes has Callao?", "stream": true}'
    head = (
        f"POST /v1/answers HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"X-API-Key: {server.key('read')}\r\nContent-Length: {len(body)}\r\n\r\n"
    )

    def hang_up():
        with socket.create_connection(("127.0.0.1", int(server.url.rsplit(":", 1)[1]))) as connection:
            connection.sendall(head.encode() + body)
            connection.recv(10)

    hang_up()
    time.sleep(1)
    before = server.open_files()
    for _ in range(20):
        hang_up()
    # Worker threads open the index when they first answer; a file left by each caller would make twenty.
    assert eventually(lambda: server.open_files() <= before + 5)
