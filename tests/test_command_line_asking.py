"""`sela ask` and `sela search`: what is asked reaches the assistant, and the whole answer reaches the reader."""

import io
import json
from contextlib import closing
from dataclasses import replace

import pytest
from index_samples import ingest, small_folder

from assistant.answer_store import AnswerStore
from assistant.answers import (
    Answer,
    Citation,
    CitedDocument,
    Coverage,
    EvidenceItem,
    IndexStamp,
    Note,
    NoteKind,
    Outcome,
    Question,
    Statement,
    answer_from_json,
)
from ingest.catalogue import Catalogue, DocumentFilter
from ingest.generations import IndexHome
from ui.command_line.answer_text import answer_text
from ui.command_line.main import run
from ui.command_line.output import Ink

DOCUMENT = CitedDocument(
    "doc_1", "reports/harbours.pdf", "Report on the harbours", "SP/X/DT N° 1-31", "study", "draft", "2031-03", "en"
)
CITATION = Citation(
    1, "Callao has nine cranes.", True, 10, 33, DOCUMENT, ("Harbours", "Cranes"), 4, "ii", "/v1/documents/doc_1"
)
ANSWER = Answer(
    id="ans_01TEST",
    question="And in Callao?",
    standalone_question="How many cranes are in Callao?",
    language="en",
    outcome=Outcome.PARTLY_ANSWERED,
    mode="extractive",
    text="Nine [1].",
    statements=(Statement("Nine", (1,)),),
    citations=(CITATION,),
    notes=(Note(NoteKind.COVERAGE, "One document could not be read.", (1,)),),
    evidence=(EvidenceItem("p1", "reports/harbours.pdf", ("Harbours",), "Callao has nine cranes.", 1, 0.83),),
    coverage=Coverage(5, 1),
    index=IndexStamp("20310101T000000000000Z", 12, "hashing-256"),
    timings_ms={"total": 1.0},
)


class ScriptedAssistant:
    """Gives one answer and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Question] = []
        self.searched: list[tuple[str, DocumentFilter, int]] = []

    def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        return ANSWER

    def search(self, text: str, *, narrowing: DocumentFilter, limit: int) -> list[EvidenceItem]:
        self.searched.append((text, narrowing, limit))
        return list(ANSWER.evidence)


@pytest.fixture
def assistant(monkeypatch, tmp_path) -> ScriptedAssistant:
    scripted = ScriptedAssistant()
    monkeypatch.setattr("assistant.assembly.build_assistant", lambda _: scripted)
    monkeypatch.setenv("SELA_DATA", str(tmp_path / "data"))
    return scripted


def test_question_history_language_and_filters_reach_the_assistant(assistant):
    arguments = "ask|And there?|--history|First?|--history|Second?|--language|es|--year|2017|--year|2019"
    arguments += "|--kind|work_programme|--document|a.pdf|--document-language|en"
    assert run(arguments.split("|")) == 0
    (question,) = assistant.asked
    assert (question.text, question.language) == ("And there?", "es")
    assert [turn.question for turn in question.history] == ["First?", "Second?"]
    assert question.narrowing == DocumentFilter(
        years=frozenset({2017, 2019}),
        kinds=frozenset({"work_programme"}),
        languages=frozenset({"en"}),
        documents=frozenset({"a.pdf"}),
    )


def test_a_question_can_come_through_a_pipe(assistant, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("How many cranes?\n"))
    assert run(["ask", "-"]) == 0
    assert assistant.asked[0].text == "How many cranes?"


def test_the_answer_is_printed_with_everything_needed_to_check_it(assistant, capsys):
    assert run(["ask", "And in Callao?"]) == 0
    out, error = capsys.readouterr()
    assert error == ""
    assert out == (
        "Understood as: How many cranes are in Callao?\n"
        "\n"
        "Nine [1].\n"
        "\n"
        "[1] Report on the harbours, SP/X/DT N° 1-31 (study, draft, 2031-03, en)\n"
        "    Harbours › Cranes · printed page ii, page 4 of the file · reports/harbours.pdf\n"
        "    “Callao has nine cranes.”\n"
        "\n"
        "Coverage: One document could not be read. [1]\n"
        "\n"
        "ans_01TEST · partly answered · 5 documents searched, 1 unreadable\n"
    )


def test_what_the_text_shows_already_is_not_shown_twice():
    shown = replace(
        ANSWER,
        question=ANSWER.standalone_question,
        text="“Callao has nine\ncranes.” [1] One document could not be read.",
    )
    text = answer_text(shown, Ink())
    assert text.count("Callao has nine") == 1
    assert text.count("could not be read") == 1
    assert "Understood as" not in text


def test_a_page_that_is_not_known_is_not_guessed():
    unpaged = replace(ANSWER, citations=(replace(CITATION, page=None, page_label=None),))
    assert "page" not in answer_text(unpaged, Ink()).split("[1] Report")[1].split("“")[0]


def test_a_terminal_gets_wrapped_lines_and_a_pipe_whole_ones():
    long = replace(ANSWER, text="harbour " * 60)
    assert max(len(line) for line in answer_text(long, Ink(width=60)).splitlines()) <= 60
    assert "\x1b" not in answer_text(long, Ink())
    assert "\x1b[1m[1]" in answer_text(long, Ink(styled=True, width=60))


def test_the_json_of_an_answer_is_the_whole_answer(assistant, capsys):
    assert run(["ask", "And in Callao?", "--json"]) == 0
    assert answer_from_json(json.loads(capsys.readouterr().out)) == ANSWER


def test_every_answer_is_stored_with_what_was_asked(assistant, tmp_path):
    run(["ask", "And in Callao?", "--history", "How many cranes are in Lima?", "--year", "2031"])
    record = AnswerStore(tmp_path / "data" / "answers.sqlite").load("ans_01TEST")
    assert record.answer == ANSWER
    assert record.asked == {
        "question": "And in Callao?",
        "history": [{"question": "How many cranes are in Lima?", "answer_id": None}],
        "filters": {"year": [2031], "kind": [], "language": [], "document": []},
        "language": None,
    }
    assert record.settings["embedding_model"] == "multilingual-e5-small"


def test_an_answer_that_cannot_be_stored_is_still_given(assistant, tmp_path, capsys):
    (tmp_path / "data").write_text("in the way", encoding="utf-8")
    assert run(["ask", "And in Callao?"]) == 0
    out, error = capsys.readouterr()
    assert "Nine [1]." in out
    assert error.startswith("sela: The answer was not stored")


def test_search_prints_passages_with_their_scores(assistant, capsys):
    assert run(["search", "cranes", "--limit", "3", "--kind", "study"]) == 0
    assert assistant.searched == [("cranes", DocumentFilter(kinds=frozenset({"study"})), 3)]
    out = capsys.readouterr().out
    assert out == "1. reports/harbours.pdf · similarity 0.830\n    Harbours\n    Callao has nine cranes.\n"


def test_search_prints_json(assistant, capsys):
    run(["search", "cranes", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert found["query"] == "cranes"
    assert found["passages"][0]["similarity"] == 0.83


def test_a_backup_holds_the_answers(assistant, tmp_path):
    ingest(small_folder(tmp_path), IndexHome(tmp_path / "data"))
    run(["ask", "And in Callao?"])
    assert run(["backup", str(tmp_path / "copy")]) == 0
    assert AnswerStore(tmp_path / "copy" / "answers.sqlite").load("ans_01TEST").answer == ANSWER


QUESTIONS = {
    "en": "What did Decision 440 mandate?",
    "es": "¿Qué dispuso la Decisión 440?",
    "pt": "O que determinou a Decisão 440?",
    "fr": "Qu'a prévu la Décision 440 ?",
}
AREAS = ["Intra-Regional Relations", "Economic and Technical Cooperation", "Extra-Regional Relations"]


@pytest.fixture(scope="module")
def home_of(tmp_path_factory):
    """Ingest a folder with the default models, once for all questions."""
    homes = {}

    def ingested(folder):
        if folder not in homes:
            homes[folder] = tmp_path_factory.mktemp("home")
            assert run(["ingest", str(folder), "--data", str(homes[folder])]) == 0
        return homes[folder]

    return ingested


def ask_and_check(question, home, capsys):
    capsys.readouterr()
    assert run(["ask", question, "--data", str(home), "--json"]) == 0
    answer = answer_from_json(json.loads(capsys.readouterr().out))
    with closing(catalogue_of(home)) as catalogue:
        for citation in answer.citations:
            text = catalogue.document(citation.document.id).text
            assert citation.verified
            assert text[citation.start : citation.end] == citation.quote
    return answer


def catalogue_of(home):
    return Catalogue(IndexHome(home).require_current().catalogue)


@pytest.mark.slow
@pytest.mark.reference
@pytest.mark.parametrize("language", QUESTIONS)
def test_decision_440_is_answered_from_the_real_documents_in_four_languages(language, reference, home_of, capsys):
    answer = ask_and_check(QUESTIONS[language], home_of(reference / "corpus"), capsys)
    assert answer.outcome is Outcome.ANSWERED
    assert answer.language == language
    quoted = " ".join(" ".join(c.quote.split()) for c in answer.citations).replace("- ", "-")
    assert [area for area in AREAS if area.casefold() not in quoted.casefold()] == []
    assert {"001_59bff0e62e5b70a4.txt", "003_28d2b85c100913ec.txt"} <= {c.document.file for c in answer.citations}


@pytest.mark.slow
@pytest.mark.parametrize("language", QUESTIONS)
def test_decision_440_is_answered_from_the_sample_corpus_in_four_languages(language, home_of, capsys, request):
    answer = ask_and_check(QUESTIONS[language], home_of(request.config.rootpath / "corpus"), capsys)
    assert answer.outcome is Outcome.ANSWERED
    assert answer.language == language
    years = {c.document.title[-4:] for c in answer.citations if c.document.kind == "work_programme"}
    assert years == {"2017", "2019"}
