"""What `/metrics` shows is counted as it happens, and documented."""

import re

import pytest
from api_samples import settings_for
from fastapi.testclient import TestClient  # noqa: TID251
from model_assistants import documents, make_index
from prometheus_client.parser import text_string_to_metric_families
from scripted_model_server import Play, scripted_model_server

from ui.api.application import create_app
from ui.api.metrics import Metrics
from ui.api.settings import ServiceSettings

QUESTION = "Where was the Third Regatta of Harbour Pilots held?"
UNSUPPORTED = "[1] The Third Regatta of Harbour Pilots was held in Quito.\n[99] It was held nowhere."


@pytest.fixture
def asked(tmp_path):
    """Ask a service whose language model says what a test wants, and return its metrics."""
    home = make_index(tmp_path, documents())
    with scripted_model_server() as server:
        update = {"model": "openai:scripted", "model_base_url": server.base_url, "model_retries": 0}
        settings = settings_for(home.folder).model_copy(update=update)
        with TestClient(create_app(settings, ServiceSettings()), base_url="http://localhost") as client:

            def ask(*plays):
                for play in plays:
                    server.script = lambda _, play=play: play
                    assert client.post("/v1/answers", json={"question": QUESTION}).status_code == 200
                families = text_string_to_metric_families(client.get("/metrics").text)
                samples = [sample for family in families for sample in family.samples]
                return {(s.name, *s.labels.values()): s.value for s in samples if s.name.startswith("sela_model")}

            yield ask


def test_what_the_language_model_did_is_counted(asked):
    told = "[1] The Third Regatta of Harbour Pilots was held in Montevideo."
    found = asked(Play(told), Play(UNSUPPORTED), Play(status=500))
    assert found["sela_model_answers_total",] == 3
    assert found["sela_model_sentences_told_total",] == 1
    assert found["sela_model_sentences_dropped_total", "unknown_marker"] == 1
    assert found["sela_model_failures_total", "unsupported"] == 1
    assert sum(n for (name, *_), n in found.items() if name == "sela_model_failures_total") == 2
    assert found["sela_model_seconds_count",] == 3
    assert found["sela_model_seconds_sum",] > 0


def test_an_answer_by_quotations_alone_counts_nothing_of_a_model(asked):
    assert asked()["sela_model_answers_total",] == 0


def test_every_metric_is_documented_and_no_other(request):
    page = (request.config.rootpath / "docs/api.md").read_text(encoding="utf-8")
    documented = {re.sub("_total$", "", name) for name in re.findall(r"^\| `(sela_\w+)` \|", page, re.MULTILINE)}
    shown = Metrics().show(pending=0, generation="20310101T000000000000Z").decode()
    names = {family.name for family in text_string_to_metric_families(shown)}
    assert documented == {name for name in names if not name.endswith("_created")}
