"""A language model's answers are measured beside quotations alone, with what the gate dropped."""

import json

import pytest
from model_assistants import KEY, documents, make_index
from scripted_model_server import Play, scripted_model_server

from eval.asking import Asked
from eval.command import evaluate
from eval.model_answers import measure_model, unsupported_words
from eval.report import html_report, markdown_report
from eval.run import PlainRun, measure
from eval.sources import CorpusTexts

USE = {
    "name": "openai:x", "prompts": {}, "prompt_tokens": 100, "answer_tokens": 20, "latency_ms": 40.0, "kept": 1,
    "dropped": {"number": 2}, "failure": None,
}  # fmt: skip


def answer(text, quote="The harbour of Callao has 9 cranes since 1,250 days.", **model):
    statement = {"text": text, "citations": [1]}
    citation = {"number": 1, "quote": quote, "document": {"file": "a.md"}}
    return {
        "question_id": "T002", "outcome": "answered", "text": text, "statements": [statement], "citations": [citation],
        "evidence": [], "model": {**USE, **model},
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "In Callao there are 9 cranes [1].",
        "It has cranes. “The harbour of Lima has 7.” [1]",
        "1250 days, says Callao [1]",
    ],
)
def test_what_the_quotation_holds_is_supported(text):
    assert list(unsupported_words(answer(text))) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("It has 8 cranes [1].", ["8"]),
        ("The port of Lima has cranes [1].", ["Lima"]),
        ("In 2031, says Ana [1]", ["2031", "Ana"]),
    ],
)
def test_what_the_quotation_does_not_hold_is_found(text, missing):
    assert [word.strip() for word in unsupported_words(answer(text))] == missing


def test_an_answer_made_of_quotations_only_is_not_looked_at():
    assert list(unsupported_words(answer("2019: 8 cranes in Lima [1].", kept=0))) == []


def test_counts_are_added_up_and_shown_in_both_reports(tmp_path):
    asked = Asked((answer("x 8 [1]"), answer("Callao [1]", kept=0, failure="too_slow")), {}, {})
    texts = CorpusTexts(tmp_path, {})
    model = measure_model((), asked, texts, name="openai:x")
    assert (model.asked, model.written, model.kept, model.prompt_tokens) == (2, 1, 1, 200)
    assert (model.dropped, model.failures) == ({"number": 4}, {"too_slow": 1})
    assert model.unsupported == (("T002", "8"),)
    run = measure((), Asked((), {}, {}), texts, name="set", plain=PlainRun(None), model=model)
    for report in (markdown_report(run), html_report(run)):
        for words in ("With the language model openai:x", "quotations only", "number", "too_slow", "T002: 8"):
            assert words in report
    assert run.to_json()["model"]["dropped"] == {"number": 4}


def test_a_run_without_a_model_shows_none(tmp_path):
    run = measure((), Asked((), {}, {}), CorpusTexts(tmp_path, {}), name="set", plain=PlainRun(None))
    assert "language model" not in markdown_report(run)
    assert run.to_json()["model"] is None


def test_the_command_measures_a_model_of_the_settings_server(tmp_path, monkeypatch, capsys):
    home = make_index(tmp_path, documents())
    questions = tmp_path / "few.jsonl"
    asked = {
        "id": "T002", "lang": "en", "type": "fact", "question": "What did the register of cranes cost?", "history": [],
        "answerable": True, "gold": [{"doc": "report-en.md", "quote": "The register of cranes cost US$ 350,000."}],
        "facts": [["350,000"]],
    }  # fmt: skip
    questions.write_text(json.dumps(asked) + "\n", encoding="utf-8")
    with scripted_model_server(lambda prompt: Play(f"{prompt.marker('cranes cost')} It cost US$ 7.")) as server:
        for name, value in {
            "EMBEDDING_MODEL": "hashing", "RERANK": "false", "MODEL_BASE_URL": server.base_url, "MODEL_KEY": KEY,
        }.items():  # fmt: skip
            monkeypatch.setenv(f"SELA_{name}", value)
        options = {"output": tmp_path / "out", "data": home.folder, "plain_baseline": False, "json": True}
        assert evaluate(questions, tmp_path / "documents", model="openai:scripted", **options) == 0
    figures = json.loads(capsys.readouterr().out)["few"]
    assert (figures["verbatim"], figures["model"]["verbatim"]) == (1.0, 1.0)
    assert (figures["model"]["asked"], figures["model"]["kept"], figures["model"]["unsupported"]) == (1, 0, 0)
    assert sum(figures["model"]["dropped"].values()) == 1
    assert (tmp_path / "out" / "few" / "answers-model.jsonl").is_file()
