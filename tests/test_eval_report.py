"""Reports, gates and the command show what was measured."""

import json
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from assistant.answers import Answer, Coverage, IndexStamp, Outcome, Question
from eval import command
from eval.asking import ask_all, confidence_of
from eval.baseline import Chunk, PlainPipeline
from eval.errors import AnswerFileError, GateFileError
from eval.gate import Bound, find_failures, load_gates
from eval.given_answers import given_answer
from eval.questions import ExamQuestion
from eval.rendering import Heading, Paragraph, Plot, Table, to_html, to_markdown
from eval.report import html_report, markdown_report
from eval.results import stored_figures, write_results
from eval.run import PlainRun, measure
from eval.sources import CorpusTexts
from ingest.errors import InvalidQuestion

QUESTIONS = (
    ExamQuestion("T002", "en", "fact", "Where is it?", (), False, (), ()),
    ExamQuestion("T003", "es", "fact", "¿Dónde está?", (), False, (), ()),
    ExamQuestion("T004", "en", "fact", "", (), False, (), ()),
)


class ScriptedAssistant:
    """Answers what it is asked with its own words; refuses an empty question."""

    def ask(self, question: Question) -> Answer:
        if not question.text:
            raise InvalidQuestion("The question is empty.", next_step="Ask something.")
        outcome = Outcome.ANSWERED if question.text.startswith("Where") else Outcome.NO_EVIDENCE
        return Answer(
            "ans_1", question.text, question.text, "en", outcome, "extractive", "Nowhere.", (), (), (), (),
            Coverage(1, 0), IndexStamp("g", 1, "m"), {"total": 2.0},
        )  # fmt: skip


class SureAssistant(ScriptedAssistant):
    """Also says how sure it is: the longer the question, the surer."""

    def confidence(self, question: Question) -> float:
        return len(question.text) / 100


@pytest.fixture
def run(tmp_path):
    asked = ask_all(QUESTIONS, SureAssistant(), confidence=confidence_of(SureAssistant()))
    return measure(QUESTIONS, asked, CorpusTexts(tmp_path, {}), name="set", plain=PlainRun(None, "No weights."))


class Resources(HTMLParser):
    """Collects what a page would fetch."""

    def __init__(self):
        super().__init__()
        self.fetched = []

    def handle_starttag(self, tag, attrs):
        self.fetched += [tag for name, value in attrs if name in ("src", "href") and not value.startswith("#")]
        self.fetched += [tag] if tag in ("script", "link", "iframe", "object") else []


def test_every_answer_is_kept_with_its_question_and_time():
    asked = ask_all(QUESTIONS, ScriptedAssistant())
    assert [a["question_id"] for a in asked.answers] == ["T002", "T003"]
    assert given_answer(asked.answers[0]).milliseconds is not None
    assert asked.failures == {"T004": "The question is empty. Ask something."}


def test_confidence_is_asked_for_where_the_assistant_states_it():
    assert confidence_of(ScriptedAssistant()) is None
    asked = ask_all(QUESTIONS, SureAssistant(), confidence=confidence_of(SureAssistant()))
    assert asked.confidence == {"T002": 0.12, "T003": 0.12}


def test_progress_is_told_for_each_question():
    seen = []
    ask_all(QUESTIONS, ScriptedAssistant(), progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_the_report_lists_misses_but_not_the_words_of_held_out_questions(run):
    text = markdown_report(run)
    assert "| T002 | en | fact | 0.00 | Where is it? |" in text
    assert "¿Dónde está?" not in text
    assert "No weights." in text


def test_the_report_compares_with_an_earlier_run(run):
    earlier = {"refusal_recall": 0.5, "by_language": {"en": {"facts": 0.25}}}
    text = markdown_report(run, earlier)
    assert "| refusal_recall | 0.667 | 0.500 | +0.167 | – |" in text
    assert "| 0.250 | – |" in text


def test_the_page_needs_nothing_from_elsewhere(run):
    page = html_report(run)
    parser = Resources()
    parser.feed(page)
    assert parser.fetched == []
    assert not re.search(r"@import|url\((?!#)", page)


def test_the_page_shows_plots(run):
    pytest.importorskip("matplotlib")
    page = html_report(run)
    assert page.count("<svg") >= 2
    assert page == html_report(run)


def test_words_are_escaped_in_html_and_bars_in_markdown():
    blocks = [Heading("A & B"), Paragraph("<b>"), Table(["x"], [["a|b"]]), Plot("<svg/>")]
    assert "<p>&lt;b&gt;</p>" in to_html("t", blocks)
    assert to_markdown(blocks) == "## A & B\n\n<b>\n\n| x |\n| --- |\n| a\\|b |\n"


def test_results_hold_answers_figures_and_both_reports(run, tmp_path):
    write_results(tmp_path / "out", run, [{"question_id": "T002", "outcome": "answered"}])
    assert {p.name for p in (tmp_path / "out").iterdir()} == {
        "answers.jsonl", "figures.json", "report.html", "report.md",
    }  # fmt: skip
    assert json.loads((tmp_path / "out" / "figures.json").read_text())["refusal_recall"] == 0.667


def test_earlier_figures_are_found_by_name(tmp_path):
    (tmp_path / "set.json").write_text('{"facts": 0.5}')
    (tmp_path / "bad.json").write_text("{")
    assert stored_figures("set", folder=tmp_path) == {"facts": 0.5}
    assert stored_figures("none", folder=tmp_path) is None
    with pytest.raises(AnswerFileError):
        stored_figures("bad", folder=tmp_path)


def test_a_missed_limit_is_named():
    figures = {"facts": 0.7, "by_language": {"es": {"facts": 0.9}}, "words_p95": 300}
    bounds = [
        Bound("facts", minimum=0.8), Bound("by_language.es.facts", minimum=0.8), Bound("words_p95", maximum=260),
        Bound("by_language.fr.facts", minimum=0.8),
    ]  # fmt: skip
    assert find_failures(bounds, figures) == (
        "facts is 0.7, at least 0.8 is asked for",
        "words_p95 is 300, at most 260 is allowed",
        "by_language.fr.facts is not there",
    )


def test_the_projects_own_limits_name_figures_that_exist(run):
    sets = load_gates()
    assert [s.name for s in sets if s.everywhere] == ["sample"]
    top_level = {b.figure for s in sets for b in s.bounds if "." not in b.figure}
    assert top_level <= set(run.to_json())


def test_limits_of_an_unknown_kind_are_refused(tmp_path):
    (tmp_path / "gates.toml").write_text('[sample]\nquestions = "q"\ncorpus = "c"\nleast = 1\n')
    with pytest.raises(GateFileError, match="least"):
        load_gates(tmp_path / "gates.toml")


def test_gating_a_set_without_limits_is_refused(tmp_path):
    with pytest.raises(GateFileError, match="No limits"):
        command.evaluate(tmp_path / "mine.jsonl", gate=True)


@pytest.fixture
def gated(run, tmp_path, monkeypatch):
    """The command over one gated set whose measuring is replaced by a run made here."""
    (tmp_path / "gates.toml").write_text(
        '[set]\nquestions = "q.jsonl"\ncorpus = "."\neverywhere = true\n[set.minimum]\nrefusal_recall = 0.9\n'
    )
    from eval import measuring

    monkeypatch.setattr(measuring, "load_gates", lambda: load_gates(tmp_path / "gates.toml"))
    monkeypatch.setattr(measuring, "measure_task", lambda task: run)


@pytest.mark.usefixtures("gated")
def test_the_gate_fails_and_names_the_figure(capsys):
    assert command.evaluate(gate=True) == 1
    assert "MISSED  refusal_recall is 0.667, at least 0.9 is asked for" in capsys.readouterr().out


@pytest.mark.usefixtures("gated")
def test_without_the_gate_a_missed_limit_does_not_fail(capsys):
    assert command.evaluate(json=True) == 0
    assert json.loads(capsys.readouterr().out)["set"]["refusal_recall"] == 0.667


def test_the_plain_pipeline_answers_with_the_three_nearest_chunks():
    def encode(texts):
        return np.array([[text.count("a"), text.count("b")] for text in texts], dtype=np.float32)

    chunks = [Chunk("f.md", text) for text in ("a", "b", "bb", "bbb")]
    question = ExamQuestion("T2", "en", "fact", "b", (), False, (), ())
    answer = PlainPipeline(chunks, encode).answer(question)
    assert answer["text"] == "bbb\n\nbb\n\nb"
    assert [e["text"] for e in answer["evidence"]] == ["bbb", "bb", "b", "a"]
