"""What the page is made of, without Streamlit: conversations, questions at work, citations in words, exports."""

import re
import threading
from concurrent.futures import Future
from io import BytesIO
from xml.etree import ElementTree

import pytest
from docx import Document as WordDocument  # noqa: TID251
from hypothesis import given
from hypothesis import strategies as st
from page_samples import READER, Site, open_site

from assistant.answers import Question
from assistant.messages import LANGUAGES, catalogue, message
from ingest.errors import InvalidQuestion
from ui.api.answer_export import answers_markdown
from ui.api.answer_word import answers_word
from ui.api.document_views import Span
from ui.page.answer_parts import paragraphs, parts
from ui.page.citation_words import formal_citation, page_words
from ui.page.conversations import ConversationStore
from ui.page.desk import STOPPED, Desk
from ui.page.place_view import part_html, part_of, text_parts
from ui.page.plain import as_html, as_markdown

HOSTILE = '<script>alert(1)</script> [x](http://e.example) **b** `c` :red[d] $e$ & "f"'


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with open_site(tmp_path_factory.mktemp("parts")) as opened:
        yield opened


@pytest.fixture
def store(tmp_path) -> ConversationStore:
    return ConversationStore(tmp_path)


def say(language="en"):
    return lambda key, **values: message(f"page_{key}", language, **values)


def test_conversations_come_back_the_latest_first(store):
    first, second = store.begin("me", "One?"), store.begin("me", "Two?")
    store.add("me", first, "One?")
    assert [c.id for c in store.of("me")] == [first, second]
    assert [t.question for t in store.turns("me", first)] == ["One?"]


def test_nobody_reads_changes_or_deletes_what_is_anothers(store):
    mine = store.begin("me", "One?")
    store.add("me", mine, "One?")
    assert store.of("you") == []
    assert store.turns("you", mine) == []
    assert store.title("you", mine) is None
    assert store.add("you", mine, "Mine now?") is None
    store.rename("you", mine, "Yours")
    store.delete("you", mine)
    assert [c.title for c in store.of("me")] == ["One?"]
    assert len(store.turns("me", mine)) == 1


def test_deleting_a_conversation_deletes_its_questions(store, tmp_path):
    mine = store.begin("me", "A question nobody may find again?")
    store.add("me", mine, "A question nobody may find again?")
    store.delete("me", mine)
    with store._open() as connection:
        assert connection.execute("SELECT count(*) FROM turns").fetchone() == (0,)


def test_empty_name_changes_nothing_and_a_long_one_is_cut(store):
    mine = store.begin("me", "One?")
    store.rename("me", mine, "  ")
    assert store.title("me", mine) == "One?"
    store.rename("me", mine, "x" * 500)
    assert len(store.title("me", mine)) == 80


def test_twenty_visitors_at_once_get_their_own(store):
    def write(owner):
        conversation = store.begin(owner, f"Question of {owner}?")
        for number in range(5):
            store.add(owner, conversation, f"{owner} {number}")

    threads = [threading.Thread(target=write, args=(f"visitor {n}",)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number in range(20):
        owner = f"visitor {number}"
        [conversation] = store.of(owner)
        assert [t.question for t in store.turns(owner, conversation.id)] == [f"{owner} {n}" for n in range(5)]


def test_answer_is_kept_although_nobody_waits_any_more(store, site):
    coming = Future()
    desk = Desk(lambda question, caller, on_sources: coming, store)
    turn = store.add("me", mine := store.begin("me", "One?"), "One?")
    desk.take(turn, Question("One?"), READER)
    assert desk.pending(turn) is not None
    coming.set_result(answer := site.answer(Question("One?")))
    assert desk.pending(turn) is None
    assert store.turns("me", mine)[0].answer_id == answer.id


@pytest.mark.parametrize(
    ("error", "failure"),
    [(InvalidQuestion("Too long.", next_step="Shorten it."), "invalid-request"), (RuntimeError("?"), "internal")],
)
def test_failure_is_kept_by_its_name(store, error, failure):
    coming = Future()
    desk = Desk(lambda question, caller, on_sources: coming, store)
    turn = store.add("me", mine := store.begin("me", "One?"), "One?")
    desk.take(turn, Question("One?"), READER)
    coming.set_exception(error)
    assert store.turns("me", mine)[0].failure == failure


def test_stopped_question_is_kept_as_stopped(store):
    coming = Future()
    desk = Desk(lambda question, caller, on_sources: coming, store)
    turn = store.add("me", mine := store.begin("me", "One?"), "One?")
    desk.take(turn, Question("One?"), READER)
    desk.stop(turn)
    assert coming.cancelled()
    assert store.turns("me", mine)[0].failure == STOPPED


def test_numbers_of_citations_are_taken_out_of_the_words():
    assert parts("One [1] and two [2].", (1, 2)) == [
        {"words": "One", "number": 0}, {"words": "", "number": 1}, {"words": " and two", "number": 0},
        {"words": "", "number": 2}, {"words": ".", "number": 0},
    ]  # fmt: skip


def test_number_that_was_never_issued_stays_a_word():
    assert parts("See [7].", (1,)) == [{"words": "See [7].", "number": 0}]


@given(st.text(), st.sets(st.integers(0, 99)))
def test_no_word_is_lost_between_the_numbers(text, numbers):
    shown = "".join(part["words"] for part in parts(text, numbers))
    expected = re.sub(r"\[(\d+)\]", lambda marker: "" if int(marker[1]) in numbers else marker[0], text)
    assert "".join(shown.split()) == "".join(expected.split())


def test_remark_comes_after_statements_and_notes(site):
    answer = site.answer(Question("?"), text="The harbour has “four cranes” [1]\nNot found in the documents: pilots.")
    assert [(p["kind"], p["parts"][0]["words"]) for p in paragraphs(answer)] == [
        ("statement", "The harbour has “four cranes”"),
        ("remark", "Not found in the documents: pilots."),
    ]


def test_words_of_others_are_shown_letter_by_letter():
    assert "<" not in as_html(HOSTILE)
    assert '"' not in as_html(HOSTILE)
    assert "\\<script\\>" in as_markdown(HOSTILE)
    assert "\\[x\\]\\(http" in as_markdown(HOSTILE)
    assert "\\:red\\[d\\]" in as_markdown(HOSTILE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_status_outcome_and_note_has_words(language):
    from assistant.answers import NoteKind, Outcome
    from ingest.documents import Kind, Status

    tables = catalogue(language)
    assert {f"kind_{kind}" for kind in Kind} <= set(tables["page_register"])
    assert {f"status_{status}" for status in Status} <= set(tables["page_register"])
    assert {str(outcome) for outcome in Outcome} <= set(tables["page_answer"])
    assert {f"note_{kind}" for kind in NoteKind} <= set(tables["page_answer"])


def test_reference_names_symbol_section_and_page(site):
    catalogue_ = site.service.snapshot().catalogue
    card = next(c for c in catalogue_.cards.values() if c.file == "programme-2031.md")
    document = catalogue_.document(card.id)
    start = document.text.index("April 2031")
    assert formal_citation(document, start, say(), "en") == (
        "SELA, Work Programme for the year 2031, SP/CL/LVI.O/DT N° 4-30 (draft, October 2030), section “Schedule”."
    )
    assert page_words(5, "2", say()) == "p. 2, page 5 of the file"
    assert page_words(None, None, say()) == ""


def test_parts_of_a_text_hold_every_block_and_begin_before_the_cited_one(site):
    catalogue_ = site.service.snapshot().catalogue
    for card in catalogue_.cards.values():
        document = catalogue_.document(card.id)
        for block in document.blocks:
            divided = text_parts(document, block.start)
            assert [b for part in divided for b in part] == list(document.blocks)
            assert block in divided[part_of(divided, block.start)]


def test_hostile_text_of_a_document_is_shown_and_not_interpreted(tmp_path):
    with open_site(tmp_path, hostile=f"# Note\n\n&lt;script&gt;alert(1)&lt;/script&gt; {HOSTILE}\n") as opened:
        catalogue_ = opened.service.snapshot().catalogue
        document = catalogue_.document(next(c.id for c in catalogue_.cards.values() if c.file == "hostile.md"))
        shown = part_html(document, document.blocks, Span(0, 8))
        assert "<script" not in shown
        assert "<a " not in shown


def exported(site: Site):
    first, second = (site.answer(Question(q)) for q in ("How many *cranes*?", "And <b>then</b>?"))
    return [(first, "2031-01-01T00:00:00+00:00"), (second, "2031-01-02T00:00:00+00:00")]


def test_conversation_as_markdown_numbers_its_footnotes_through(site):
    text = answers_markdown(exported(site))
    assert text.count("# ") >= 2
    assert "How many \\*cranes\\*?" in text
    assert "“four cranes”[^1]" in text
    assert "“four cranes”[^2]" in text
    assert "[^1]: Report on the harbours" in text
    assert "[^2]: Report on the harbours" in text
    assert "<b>" not in text


def test_conversation_as_word_has_real_footnotes(site):
    document = WordDocument(BytesIO(answers_word(exported(site))))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    marks = [e.get(f"{space}id") for e in document.element.iter(f"{space}footnoteReference")]
    part = next(r.target_part for r in document.part.rels.values() if r.reltype.endswith("/footnotes"))
    notes = {note.get(f"{space}id"): "".join(note.itertext()) for note in ElementTree.fromstring(part.blob)}
    assert marks == ["1", "2"]
    assert set(marks) <= set(notes)
    assert "Report on the harbours" in notes["1"]
    assert "four cranes" in notes["2"]


def test_characters_that_word_cannot_hold_are_left_out(site):
    answer = site.answer(Question("a\x00b\ufffec"))
    assert "abc" in "".join(p.text for p in WordDocument(BytesIO(answers_word([(answer, "now")]))).paragraphs)
