"""Neither the key nor the words of a question get into logs, errors or figures, however the model's server fails."""

import logging
import os
import subprocess
import sys

import pytest
from fastapi.testclient import TestClient  # noqa: TID251
from model_assistants import KEY, documents, make_index, with_server
from model_misbehaviour import PROTOCOL
from scripted_model_server import Play, scripted_model_server

from assistant.answers import Question, answer_to_json
from assistant.settings import Settings, load_settings
from ingest.errors import SettingsError
from ui.api.application import create_app
from ui.api.settings import ServiceSettings

CANARY = "quetzalcanary"
QUESTION = f"How much did the register of cranes of {CANARY} cost?"
SHORT = 0.4
FAILING = [name for name in PROTOCOL if not name.startswith("never-ending")]


@pytest.fixture(scope="module")
def server():
    with scripted_model_server() as running:
        yield running


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return make_index(tmp_path_factory.mktemp("secrets"), documents())


@pytest.fixture
def everything_logged(caplog):
    """Every logger writes everything, those of the libraries too."""
    caplog.set_level(logging.DEBUG)
    return caplog


def secrets_in(text):
    return [secret for secret in (KEY, CANARY) if secret in text]


def talkative(play):
    """Return a play whose error repeats what it was sent."""

    def script(prompt):
        given = play(prompt)
        return Play(status=given.status, error=f"{KEY} {prompt.whole}") if given.status != 200 else given

    return script


@pytest.mark.parametrize("name", FAILING)
def test_no_failure_of_the_server_writes_a_secret_anywhere(home, glossary, server, everything_logged, capfd, name):
    for library in ("openai", "httpx", "httpcore", "langchain", "langchain_core"):
        everything_logged.set_level(logging.DEBUG, library)
    assistant = with_server(home, glossary, server, seconds=SHORT)
    server.script = talkative(PROTOCOL[name])
    answer = assistant.ask(Question(QUESTION))
    assert KEY in server.keys, "the server was asked with the key"
    assert secrets_in(everything_logged.text) == []
    assert secrets_in("".join(capfd.readouterr())) == []
    assert KEY not in str(answer_to_json(answer))
    assert CANARY not in answer.text


def test_a_server_that_is_not_there_writes_no_secret(home, glossary, everything_logged, capfd):
    with scripted_model_server() as gone:
        pass
    answer = with_server(home, glossary, gone).ask(Question(QUESTION))
    assert answer.model.failure == "unreachable"
    assert secrets_in(everything_logged.text + "".join(capfd.readouterr())) == []


def test_neither_metrics_nor_health_nor_logs_of_the_service_hold_a_secret(home, server, everything_logged):
    server.script = talkative(PROTOCOL["server error"])
    settings = Settings(
        data=home.folder, embedding_model="hashing", rerank=False, model="openai:scripted", model_retries=0,
        model_base_url=server.base_url, model_key=KEY, _env_file=None,
    )  # fmt: skip
    app = create_app(settings, ServiceSettings(rate="100000/minute"))
    with TestClient(app, base_url="http://localhost") as client:
        answered = client.post("/v1/answers", json={"question": QUESTION}).json()
        streamed = client.post("/v1/answers", json={"question": QUESTION, "stream": True}).text
        seen = [client.get(path).text for path in ("/metrics", "/health", "/health/ready", "/openapi.json")]
    assert answered["model"]["failure"]
    assert secrets_in("".join(seen)) == []
    assert secrets_in(everything_logged.text) == []
    assert KEY not in str(answered) + streamed
    kept = b"".join(path.read_bytes() for path in home.folder.rglob("*") if path.is_file())
    assert KEY.encode() not in kept
    audit = home.folder / "audit.jsonl"
    assert not audit.is_file() or CANARY not in audit.read_text(encoding="utf-8")


def test_settings_show_no_key():
    settings = Settings(model="openai:x", model_key=KEY, _env_file=None)
    assert KEY not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"


@pytest.mark.parametrize(
    "wrong", [{"model_base_url": f"https://me:{KEY}@example.org"}, {"model_seconds": -1, "model_key": KEY}]
)
def test_settings_that_are_wrong_show_no_key(wrong, monkeypatch):
    for name, value in wrong.items():
        monkeypatch.setenv(f"SELA_{name.upper()}", str(value))
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert KEY not in str(refused.value)


@pytest.mark.slow
def test_no_switch_of_a_library_makes_the_command_write_or_send_a_secret(home, server):
    """The environment asks every library for its loudest log and for tracing to a service of its own."""
    server.script = talkative(PROTOCOL["server error"])
    loud = {
        "OPENAI_LOG": "debug", "HTTPX_LOG_LEVEL": "debug", "LANGCHAIN_TRACING_V2": "true", "LANGSMITH_TRACING": "true",
        "LANGSMITH_ENDPOINT": server.base_url.removesuffix("/v1"), "LANGSMITH_API_KEY": "none", "LANGCHAIN_DEBUG": "1",
        "LANGCHAIN_VERBOSE": "1", "PYTHONWARNINGS": "default",
    }  # fmt: skip
    ours = {
        "SELA_DATA": str(home.folder), "SELA_EMBEDDING_MODEL": "hashing", "SELA_RERANK": "false",
        "SELA_MODEL": "openai:scripted", "SELA_MODEL_BASE_URL": server.base_url, "SELA_MODEL_KEY": KEY,
        "SELA_MODEL_RETRIES": "0", "SELA_TRACEBACK": "1",
    }  # fmt: skip
    asked = len(server.prompts)
    command = [sys.executable, "-m", "ui.command_line", "ask", QUESTION]
    environment = {**os.environ, **loud, **ours}
    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    assert secrets_in(done.stderr) == []
    assert KEY not in done.stdout
    assert len(server.prompts) > asked
    assert all(path.endswith("/chat/completions") for path in server.paths), "nothing was sent anywhere else"
