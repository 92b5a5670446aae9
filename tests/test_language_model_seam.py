"""The seam to language models: any provider by name, failures without words, nothing imported where none is set."""

import logging
import subprocess
import sys

import pytest
from language_model_samples import saying, within
from pydantic import SecretStr
from scripted_model_server import Play, scripted_model_server

from assistant.language_model.chat_model import Failure, Message, ModelFailed, Role, complete
from assistant.language_model.langchain_chat_model import open_chat_model
from assistant.language_model.prompts import load_prompt, read_prompt
from assistant.settings import Settings, load_settings
from ingest.errors import ModelUnavailable, SettingsError

KEY = "sk-very-secret-1234"
QUESTION = "What of the purple harbour?"
ASKED = (Message(Role.SYSTEM, "Answer."), Message(Role.USER, QUESTION))


def settings(base_url="http://127.0.0.1:9/v1", **more) -> Settings:
    chosen = {"model": "openai:tiny", "model_base_url": base_url, "model_retries": 0, "model_seconds": 5, **more}
    return Settings(_env_file=None, **chosen)


def test_fake_answers_as_the_seam_promises():
    assert complete(saying("Yes, it is."), ASKED).text.strip() == "Yes, it is."


@pytest.mark.parametrize("provider", ["cohere", "deepseek"])
def test_provider_without_its_package_is_told_what_to_install(provider):
    with pytest.raises(ModelUnavailable, match=f"pip install langchain langchain-{provider}"):
        open_chat_model(settings(model=f"{provider}:some-model"))


@pytest.mark.parametrize("name", ["gpt-4o-mini", "nobody:model", "openai:", ":model"])
def test_name_that_is_no_provider_and_model_is_refused(name):
    with pytest.raises((SettingsError, ModelUnavailable)):
        open_chat_model(settings(model=name))


@pytest.mark.parametrize("address", ["ftp://host/v1", "http://user:key@host/v1", "host:8000"])
def test_address_that_is_none_or_holds_a_key_is_refused(address):
    with pytest.raises(SettingsError, match="model_base_url"):
        load_settings(model_base_url=address)


def test_blank_settings_mean_no_model():
    assert load_settings(model="", model_key="").model is None


def test_key_is_shown_nowhere_in_the_settings():
    chosen = settings(model_key=SecretStr(KEY))
    assert KEY not in repr(chosen) + str(chosen.model_dump(mode="json"))


def test_failures_are_named_without_the_words_of_server_key_or_question(caplog):
    caplog.set_level(logging.DEBUG)
    with scripted_model_server(lambda prompt: Play(status=401, error=f"{KEY} is wrong for {QUESTION}")) as server:
        model = open_chat_model(settings(server.base_url, model_key=SecretStr(KEY)))
        with pytest.raises(ModelFailed) as failed:
            complete(model, ASKED)
    assert failed.value.failure is Failure.REFUSED
    assert failed.value.__cause__ is None
    told = caplog.text + str(failed.value) + repr(model)
    assert KEY not in told
    assert "purple" not in told


def test_server_that_is_not_there_is_unreachable():
    with pytest.raises(ModelFailed) as failed:
        complete(within(open_chat_model(settings()), seconds=20), ASKED)
    assert failed.value.failure is Failure.UNREACHABLE


def test_answer_of_a_server_comes_in_pieces_with_its_tokens():
    with scripted_model_server(lambda prompt: Play("[1] It is so.")) as server:
        told = complete(open_chat_model(settings(server.base_url)), ASKED)
    assert told.text == "[1] It is so."


def test_nothing_is_traced_whatever_the_environment_says(monkeypatch):
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGSMITH_API_KEY", KEY)
    with scripted_model_server(lambda prompt: Play("[1] It is so.")) as server:
        seen = []
        monkeypatch.setattr("langchain_core.tracers.langchain.LangChainTracer.__init__", lambda *a, **k: seen.append(a))
        complete(open_chat_model(settings(server.base_url)), ASKED)
    assert seen == []


def test_models_left_hanging_are_counted_and_no_more_are_begun():
    class Hanging:
        name = "hanging:model"

        def stream(self, messages):
            import time

            time.sleep(3)
            yield

    model = within(Hanging(), seconds=0.01)
    for _ in range(20):
        with pytest.raises(ModelFailed) as failed:
            complete(model, ASKED)
        assert failed.value.failure is Failure.TOO_SLOW


def test_every_prompt_has_its_placeholders():
    answer = frozenset({"language", "fence", "evidence", "question"})
    assert load_prompt("answer", wanted=answer).digest
    assert load_prompt("standalone", wanted=frozenset({"earlier", "question"})).digest
    assert load_prompt("translate", wanted=frozenset({"language", "question"})).digest


@pytest.mark.parametrize("text", ["", "## System\n\nHello {name}\n\n## User\n\n{question}", "## System\n\nHello"])
def test_prompt_with_other_parts_or_placeholders_is_refused(text):
    with pytest.raises(SettingsError, match=r"greeting\.md"):
        read_prompt("greeting", text, wanted=frozenset({"question"}))


def test_assistant_without_a_model_imports_nothing_of_langchain():
    code = (
        "import sys, assistant.assistant, assistant.assembly, assistant.settings as s;"
        "assistant.assembly.build_model(s.Settings(_env_file=None), None);"
        "print([m for m in sys.modules if m.startswith(('langchain', 'openai', 'assistant.language_model'))])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
