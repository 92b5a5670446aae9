"""The page where questions are asked, run by Streamlit's own tester with an assistant that a test scripts."""

from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace

import pytest
from index_samples import ingest
from page_samples import READER, Site, contradiction, open_site, refusal

from assistant.answers import Question
from assistant.messages import message
from ui.api.access import Caller
from ui.api.feedback import FeedbackStore
from ui.api.keys import Scope
from ui.api.problems import Problem
from ui.page.answer_parts import is_grave, paragraphs
from ui.page.context import Visitor
from ui.page.place_view import ShownPlace
from ui.page.stage import open_stage, stage

QUESTION = "How many cranes has the harbour of Valparaíso?"


@pytest.fixture(scope="module")
def shared(tmp_path_factory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("page")) as site:
        site.open()
        yield site


@pytest.fixture
def site(shared, request) -> Site:
    open_stage(shared.stage)
    shared.asked.clear()
    shared.reply = shared.held = None
    shared.visitor = Visitor(request.node.name, READER, "en")
    return shared


def words(test) -> str:
    """Return all words that are shown, whatever shows them."""
    shown = [
        e.value
        for kind in ("markdown", "caption", "info", "warning", "error", "code", "header")
        for e in test.get(kind)
    ]
    return "\n".join([*map(str, shown), *(e.proto.body for e in test.get("html"))])


def ask(test, question=QUESTION):
    return test.chat_input[0].set_value(question).run()


def of_address(test, name) -> list[str]:
    value = test.query_params[name]
    return [value] if isinstance(value, str) else list(value)


def button(test, key):
    return next(b for b in test.button if b.key and b.key.startswith(key))


def test_question_is_answered_with_its_sources(site):
    test = ask(site.open())
    assert not test.exception
    assert QUESTION in words(test)
    assert [b.label for b in test.button if b.key.startswith("source_")] == ["1\\. Report on the harbours"]


def test_source_shows_the_document_and_marks_the_words(site):
    test = ask(site.open())
    test = button(test, "source_").click().run()
    assert "<mark>four cranes</mark>" in words(test)
    assert "Report on the harbours" in words(test)
    assert test.code[0].value == "SELA, Report on the harbours, section “Cranes”."


def test_source_is_closed_again(site):
    test = button(ask(site.open()), "source_").click().run()
    test = button(test, "close_source").click().run()
    assert "<mark>" not in words(test)


def test_example_questions_are_about_the_documents_and_are_answered(site):
    test = site.open()
    examples = [b for b in test.button if b.key.startswith("example_")]
    assert examples
    assert any("777" in b.label or "2031" in b.label or "2033" in b.label for b in examples)
    test = examples[0].click().run()
    assert len(site.asked) == 1


def test_follow_up_hands_over_the_earlier_question_and_shows_what_was_understood(site):
    site.reply = lambda q: site.answer(q, standalone_question="How many cranes has the harbour of Callao?")
    test = ask(ask(site.open()), "And Callao?")
    assert [turn.question for turn in site.asked[1].history] == [QUESTION]
    assert site.asked[1].history[0].answer_id
    assert "How many cranes has the harbour of Callao?" in words(test)


def test_refusal_has_its_badge_and_the_passages_looked_at(site):
    site.reply = lambda q: refusal(site, q)
    test = ask(site.open())
    assert message("page_answer.no_evidence", "en") in words(test)
    assert [e.label for e in test.expander] == ["Passages looked at (1)"]


def test_contradiction_reaches_the_reader(site):
    answer = contradiction(site, Question(QUESTION))
    kinds = [p["kind"] for p in paragraphs(answer)]
    assert kinds == ["statement", "contradiction"]
    assert is_grave("contradiction")
    site.reply = lambda q: answer
    assert not ask(site.open()).exception


def test_filters_of_the_address_narrow_the_question(site):
    test = ask(site.open(year="2031", language="en"))
    assert site.asked[0].narrowing.years == {2031}
    assert site.asked[0].narrowing.languages == {"en"}
    assert of_address(test, "year") == ["2031"]


def test_filter_that_is_chosen_gets_into_the_address_and_out_again(site):
    test = site.open()
    choice = next(m for m in test.multiselect if m.key == "filter_kind")
    test = choice.set_value(["work_programme"]).run()
    assert of_address(test, "kind") == ["work_programme"]
    test = button(test, "clear_filters").click().run()
    assert "kind" not in test.query_params
    assert next(m for m in test.multiselect if m.key == "filter_kind").value == []


def test_conversation_is_there_after_a_reload(site):
    address = of_address(ask(site.open()), "c")[0]
    again = site.open(c=address)
    assert QUESTION in words(again)
    assert any(b.key.startswith("source_") for b in again.button)


def test_second_visitor_sees_nothing_of_the_first(site):
    address = of_address(ask(site.open()), "c")[0]
    site.visitor = Visitor("somebody else", READER, "en")
    other = site.open(c=address)
    assert QUESTION not in words(other)
    assert not [b for b in other.button if b.key.startswith("open_")]
    assert "c" not in other.query_params


def test_conversations_are_renamed_and_deleted(site):
    test = ask(site.open())
    name = next(t for t in test.text_input if t.key.startswith("title_"))
    test = name.set_value("Cranes").run()
    assert [b.label for b in test.button if b.key.startswith("open_")] == ["Cranes"]
    test = button(test, "delete_").click().run()
    assert not [b for b in test.button if b.key.startswith("open_")]
    assert QUESTION not in words(test)


def test_new_conversation_keeps_the_old_one(site):
    test = button(ask(site.open()), "new_conversation").click().run()
    assert "c" not in test.query_params
    test = ask(test, "Who opened the new pier of Callao?")
    assert len([b for b in test.button if b.key.startswith("open_")]) == 2
    assert site.asked[1].history == ()


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_interface_speaks_the_visitors_language(site, language):
    site.visitor = replace(site.visitor, language=language)
    test = site.open()
    assert test.chat_input[0].placeholder == message("page_ask.placeholder", language)
    assert message("page_ask.welcome", language) in words(test).replace("&#x27;", "'")


def test_question_of_blanks_asks_nothing(site):
    assert ask(site.open(), "  \n ") is not None
    assert site.asked == []


def test_pasted_mark_up_is_shown_and_not_interpreted(site):
    test = ask(site.open(), '<img src=x onerror="alert(1)"> **bold** [link](http://x.example)')
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt; **bold**" in words(test)
    assert "<img" not in words(test)
    named = next(b for b in test.button if b.key.startswith("open_"))
    assert "\\*\\*bold\\*\\*" in named.label


def test_busy_service_keeps_the_question_and_asks_again(site):
    def busy(question):
        raise Problem("busy", "Many questions wait already; ask again soon.")

    site.reply = busy
    test = ask(site.open())
    assert message("page_trouble.busy", "en") in words(test)
    site.reply = None
    test = button(test, "again_").click().run()
    assert any(b.key.startswith("source_") for b in test.button)
    assert len(site.asked) == 2


def test_question_without_an_answer_after_a_restart_can_be_asked_again(site):
    conversation = site.conversations.begin(site.visitor.owner, QUESTION)
    site.conversations.add(site.visitor.owner, conversation, QUESTION)
    test = site.open(c=conversation)
    assert message("page_trouble.interrupted", "en") in words(test)
    test = button(test, "again_").click().run()
    assert any(b.key.startswith("source_") for b in test.button)


def test_stopped_question_is_kept(site):
    site.held = Future()
    desk = stage().desk
    conversation = site.conversations.begin(site.visitor.owner, QUESTION)
    turn = site.conversations.add(site.visitor.owner, conversation, QUESTION)
    desk.take(turn, Question(QUESTION), READER)
    desk.stop(turn)
    test = site.open(c=conversation)
    assert message("page_trouble.stopped", "en") in words(test)


def test_answer_that_may_not_be_seen_any_more_is_a_message(site):
    test = ask(site.open())
    address = of_address(test, "c")[0]
    with site.service.answers._open() as connection:
        connection.execute("DELETE FROM answers")
    again = site.open(c=address)
    assert message("page_ask.answer_gone", "en") in words(again)
    assert QUESTION in words(again)


def test_source_that_is_gone_is_a_message(site):
    test = ask(site.open())
    test.session_state["source"] = ShownPlace("no-such-document", 0, 4, 1, "ans")
    assert message("page_source.gone", "en") in words(test.run())


def test_feedback_is_kept_where_the_api_keeps_it(site):
    button(ask(site.open()), "right_").click().run()
    kept = FeedbackStore(site.service.settings.data).all()
    assert kept[-1].verdict == "right"


def test_wrong_citation_is_reported_with_a_comment(site):
    test = ask(site.open())
    next(s for s in test.selectbox if s.key.startswith("citation_")).set_value(1)
    next(a for a in test.text_area if a.key.startswith("comment_")).set_value("another harbour")
    next(b for b in test.button if "feedback" in str(b.proto.form_id)).click().run()
    kept = FeedbackStore(site.service.settings.data).all()[-1]
    assert (kept.verdict, kept.wrong_citation, kept.comment) == ("wrong", 1, "another harbour")


def test_what_nobody_foresaw_is_said_in_the_visitors_language_and_logged(site, monkeypatch, caplog):
    def broken(owner):
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(site.conversations, "of", broken)
    site.visitor = replace(site.visitor, language="pt")
    test = site.open()
    assert [error.value for error in test.error] == [message("page_trouble.internal", "pt")]
    assert "the disk is gone" in caplog.text
    assert "the disk is gone" not in words(test)


def test_internal_documents_are_no_choice_for_those_who_may_not_see_them(tmp_path):
    with open_site(tmp_path, vault="# Vault\n\nNinety zafiros.\n") as site:
        manifest = tmp_path / "documents" / "manifest.toml"
        manifest.write_text(manifest.read_text() + '\n[documents."vault.md"]\nstatus = "internal"\n')
        ingest(tmp_path / "documents", site.service.home)
        files = [o for m in site.open().multiselect if m.key == "filter_document" for o in m.options]
        assert files
        assert not any("vault" in file for file in files)
        site.visitor = replace(site.visitor, caller=Caller("k", "k", frozenset({Scope.READ, Scope.INTERNAL})))
        files = [o for m in site.open().multiselect if m.key == "filter_document" for o in m.options]
        assert any("vault" in file for file in files)


def test_page_without_an_index_says_how_one_is_made(tmp_path):
    with open_site(tmp_path, is_empty=True) as site:
        test = site.open()
    assert not test.exception
    assert "sela ingest" in words(test)
