"""The page in a real Chromium, over the sample corpus: from the first question to the marked words and beyond."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import PATIENCE, Visit, chromium, seconds_until, violations, visit
from index_samples import ingest
from live_server import QUICK, Server, serving, serving_samples

from assistant.messages import LANGUAGES, message
from ingest.generations import IndexHome

pytestmark = pytest.mark.slow
CORPUS = Path(__file__).resolve().parents[1] / "corpus"
IN_PDF = "What are the objectives of Activity I.1.1 in 2017?"
IN_MARKDOWN = "What did Decision 440 mandate?"
NOT_THERE = "What is the price of a ticket to the Moon?"
DISPUTED = "When was the III Latin American and Caribbean Regional Meeting of Port Logistics Communities held?"
PAGES = ("/", "/decisions", "/meetings", "/programmes", "/documents", "/quality")


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def server(browser, tmp_path_factory) -> Iterator[Server]:
    home = IndexHome(tmp_path_factory.mktemp("browser") / "data")
    ingest(CORPUS, home)
    with serving(home.folder, QUICK) as running:
        yield running


@pytest.fixture
def visitor(browser, server) -> Iterator[Visit]:
    with visit(browser, server.url) as opened:
        yield opened.open()


def test_first_question_leads_to_the_marked_page_of_a_pdf(visitor):
    visitor.ask(IN_PDF)
    visitor.cite(1)
    image = visitor.page.locator(".st-key-page_image img")
    image.wait_for(timeout=PATIENCE)
    assert "Activity I.1.1" in image.get_attribute("alt")
    yellow = image.evaluate(
        """image => { const c = document.createElement('canvas'); c.width = image.naturalWidth;
        c.height = image.naturalHeight; const x = c.getContext('2d'); x.drawImage(image, 0, 0);
        const d = x.getImageData(0, 0, c.width, c.height).data; let n = 0;
        for (let i = 0; i < d.length; i += 4) if (d[i] > 200 && d[i + 1] > 180 && d[i + 2] < 140) n++; return n; }"""
    )
    assert yellow > 500
    panel = visitor.page.locator(".st-key-source_panel").inner_text()
    assert "SP/CL/XLII.O/DT N° 4-16" in panel
    assert re.search(r"p\. \d+, page \d+ of the file", panel)


def test_pages_of_the_source_are_turned(visitor):
    visitor.ask(IN_PDF)
    visitor.cite(1)
    at = visitor.page.locator(".leaf")
    first = int(re.search(r"\d+", at.inner_text())[0])
    visitor.page.get_by_role("button", name="Next").click()
    at.filter(has_text=f"Page {first + 1} of").wait_for(timeout=PATIENCE)
    visitor.page.get_by_role("button", name="Previous").click()
    at.filter(has_text=f"Page {first} of").wait_for(timeout=PATIENCE)


def test_words_of_a_text_document_are_marked(visitor):
    visitor.ask(IN_MARKDOWN)
    source = visitor.page.get_by_role("button", name=re.compile("Decisions of the Latin American Council"))
    source.first.click()
    mark = visitor.page.locator(".document-text mark")
    mark.first.wait_for(timeout=PATIENCE)
    visitor.settle()
    visitor.page.locator(".answer .paragraph").first.wait_for(timeout=PATIENCE)
    quoted = " ".join(mark.all_inner_texts())
    assert " ".join(quoted.split()) in " ".join(visitor.page.locator(".answer").inner_text().split())


def test_follow_up_is_resolved_and_shown_as_understood(visitor):
    visitor.ask(IN_MARKDOWN)
    visitor.ask("When was it adopted?")
    understood = visitor.page.locator(".understood").last.inner_text()
    assert "440" in understood
    assert "2003" in visitor.page.locator(".answer").last.inner_text()


def test_refusal_says_so_and_cites_nothing(visitor):
    visitor.ask(NOT_THERE)
    assert message("page_answer.no_evidence", "en") in visitor.words_with(message("page_answer.no_evidence", "en"))
    assert visitor.page.locator(".answer button").count() == 0


def test_contradiction_is_shown_with_both_places(visitor):
    visitor.ask(DISPUTED)
    note = visitor.page.locator(".paragraph.contradiction").first
    assert message("page_answer.note_contradiction", "en") in note.inner_text()
    assert note.get_by_role("button").count() >= 2


def test_language_is_switched_kept_and_announced(visitor):
    visitor.ask(IN_MARKDOWN)
    for language in ("es", "pt", "fr", "en"):
        visitor.page.locator(f'footer a[hreflang="{language}"]').click()
        visitor.page.get_by_placeholder(message("page_ask.placeholder", language)).wait_for(timeout=PATIENCE)
        assert visitor.page.evaluate("document.documentElement.lang") == language
        visitor.page.locator("[class*=st-key-actions_]").wait_for(timeout=PATIENCE)
        assert visitor.page.title() == message("page_shell.title", language)
    visitor.page.locator('footer a[hreflang="pt"]').click()
    visitor.page.get_by_placeholder(message("page_ask.placeholder", "pt")).wait_for(timeout=PATIENCE)
    visitor.open("/decisions")
    assert visitor.page.evaluate("document.documentElement.lang") == "pt"


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_begins_in_the_browsers_language(browser, server, language):
    with visit(browser, server.url, locale=language) as visitor:
        visitor.open()
        assert message("page_ask.welcome", language) in visitor.words_with(message("page_ask.welcome", language))


def test_filters_are_in_the_address_and_come_from_it(visitor):
    visitor.page.get_by_role("button", name="Filters").click()
    visitor.page.get_by_label("Kind of document").fill("work")
    visitor.page.get_by_role("option", name="work programme").click()
    visitor.page.wait_for_url("**kind=work_programme*", timeout=PATIENCE)
    visitor.open("/?kind=work_programme&language=es")
    chips = visitor.page.locator(".chips li").all_inner_texts()
    assert sorted(chips) == ["Spanish", "work programme"]
    visitor.ask(IN_MARKDOWN)
    sources = visitor.page.locator("[class*=st-key-source_ans] p").all_inner_texts()
    assert all("Programa de Trabajo" in source for source in sources)


def test_reload_keeps_the_conversation(visitor):
    visitor.ask(IN_MARKDOWN)
    visitor.page.reload()
    visitor.page.locator("[class*=st-key-actions_]").wait_for(timeout=PATIENCE)
    visitor.page.locator(".question").filter(has_text=IN_MARKDOWN).wait_for(timeout=PATIENCE)
    assert IN_MARKDOWN in visitor.words_with(IN_MARKDOWN)
    visitor.ask("When was it adopted?")
    assert visitor.page.locator(".question").count() == 2


def test_question_goes_on_when_its_asker_leaves(visitor):
    box = visitor.page.get_by_test_id("stChatInputTextArea")
    box.fill(IN_MARKDOWN)
    box.press("Enter")
    visitor.page.wait_for_url("**c=*", timeout=PATIENCE)
    address = visitor.page.url
    visitor.page.goto("about:blank")
    visitor.page.goto(address)
    visitor.page.locator("[class*=st-key-actions_]").wait_for(timeout=PATIENCE)


def test_another_visitor_sees_nothing_of_it(browser, server, visitor):
    visitor.ask(IN_MARKDOWN)
    visitor.page.wait_for_url("**c=*", timeout=PATIENCE)
    with visit(browser, server.url) as other:
        other.open(visitor.page.url.removeprefix(server.url))
        assert IN_MARKDOWN not in other.page.locator(".question").all_inner_texts()
        assert other.page.locator("[class*=st-key-open_]").count() == 0


def test_twenty_visitors_at_once_do_not_mix(browser, server):
    questions = [f"What did Decision {number} mandate?" for number in range(430, 450)]
    contexts = [browser.new_context(locale="en") for _ in questions]
    pages = [context.new_page() for context in contexts]
    try:
        for page in pages:
            page.goto(server.url)
        for page, question in zip(pages, questions, strict=True):
            box = page.get_by_test_id("stChatInputTextArea")
            box.fill(question, timeout=PATIENCE)
            box.press("Enter")
        for page, question in zip(pages, questions, strict=True):
            page.locator("[class*=st-key-actions_], [class*=st-key-again_]").first.wait_for(timeout=PATIENCE)
            page.locator(".question").first.wait_for(timeout=PATIENCE)
            assert page.locator(".question").all_inner_texts() == [question]
            assert page.get_by_test_id("stException").count() == 0
    finally:
        for context in contexts:
            context.close()


def test_permanent_link_shows_the_answer_to_anybody(browser, server, visitor):
    visitor.ask(IN_MARKDOWN)
    address = visitor.page.get_by_role("link", name="Permanent link").get_attribute("href")
    with visit(browser, server.url) as other:
        other.open(address)
        assert IN_MARKDOWN in other.words_with(IN_MARKDOWN)
        other.cite(1)


def test_export_is_downloaded(visitor):
    visitor.ask(IN_MARKDOWN)
    visitor.page.get_by_role("button", name="Export").click()
    with visitor.page.expect_download(timeout=PATIENCE) as download:
        visitor.page.get_by_role("button", name="Markdown with footnotes").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert IN_MARKDOWN in text
    assert "[^1]: " in text


def test_original_is_downloaded(visitor):
    visitor.ask(IN_PDF)
    visitor.cite(1)
    with visitor.page.expect_download(timeout=PATIENCE) as download:
        visitor.page.get_by_role("link", name="Download the original").click()
    assert Path(download.value.path()).read_bytes() == (CORPUS / "en" / "work-programme-2017.pdf").read_bytes()


def test_keyboard_reaches_a_citation_and_lands_on_its_source(visitor):
    visitor.ask(IN_MARKDOWN)
    visitor.page.locator(".answer button").first.focus()
    visitor.page.keyboard.press("Enter")
    visitor.page.locator(".st-key-source_panel").wait_for(timeout=PATIENCE)
    visitor.page.wait_for_function("document.activeElement?.classList.contains('panel-title')", timeout=PATIENCE)


def test_pasted_mark_up_stays_words(visitor):
    pasted = '<img src="http://elsewhere.example/x.png" onerror="alert(1)"> **bold** [link](http://elsewhere.example)'
    visitor.ask(pasted)
    assert pasted in visitor.words_with(pasted)
    assert visitor.page.locator("a[href*=elsewhere], img[src*=elsewhere]").count() == 0


@pytest.mark.parametrize("width", [320, 390])
def test_phone_shows_everything_without_scrolling_sideways(browser, server, width):
    with visit(browser, server.url, viewport={"width": width, "height": 800}, has_touch=True) as visitor:
        for path in PAGES:
            visitor.open(path)
            assert visitor.page.evaluate("document.querySelector('.stMain').scrollWidth") <= width
        visitor.open()
        visitor.ask(IN_PDF)
        visitor.cite(1)
        assert visitor.page.evaluate("document.querySelector('.stMain').scrollWidth") <= width
        visitor.page.get_by_role("button", name="Close").click()
        visitor.page.locator(".st-key-source_panel").wait_for(state="detached", timeout=PATIENCE)
        visitor.page.locator(".answer").wait_for(state="visible", timeout=PATIENCE)


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_page_is_accessible(browser, server, path, colours):
    with visit(browser, server.url, color_scheme=colours) as visitor:
        visitor.open(path).settle()
        visitor.page.wait_for_timeout(1000)
        assert violations(visitor.page) == []


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_answer_and_source_are_accessible(browser, server, colours):
    with visit(browser, server.url, color_scheme=colours) as visitor:
        visitor.open("/?year=2017")
        visitor.ask(DISPUTED)
        visitor.ask(IN_PDF)
        visitor.cite(1)
        visitor.page.wait_for_timeout(1000)
        assert violations(visitor.page) == []
        visitor.page.get_by_role("button", name="Wrong").last.hover()
        visitor.page.wait_for_timeout(1000)
        assert violations(visitor.page) == []


def test_answer_is_soon_there(visitor, record_property):
    visitor.ask(IN_MARKDOWN)
    box = visitor.page.get_by_test_id("stChatInputTextArea")
    box.fill(IN_PDF)
    began = time.perf_counter()
    box.press("Enter")
    first = seconds_until(visitor.page, ".reading li, [class*=st-key-actions_] >> nth=1", began)
    whole = seconds_until(visitor.page, "[class*=st-key-actions_] >> nth=1", began)
    record_property("seconds to the first source", first)
    record_property("seconds to the whole answer", whole)
    print(f"first source after {first:.2f} s, whole answer after {whole:.2f} s")
    assert whole < 30


def test_page_is_soon_changed(visitor, record_property):
    visitor.page.get_by_role("link", name="Decisions").click()
    visitor.page.get_by_role("heading", name="Decisions", level=1).wait_for(timeout=PATIENCE)
    visitor.settle()
    began = time.perf_counter()
    visitor.page.get_by_role("link", name="Ask").click()
    took = seconds_until(visitor.page, ".welcome", began)
    record_property("seconds to change the page", took)
    print(f"page changed after {took:.2f} s")
    assert took < 20


def test_key_is_asked_for_and_lets_in(browser, tmp_path):
    with serving_samples(tmp_path) as guarded:
        key = guarded.key("read")
        with visit(browser, guarded.url) as visitor:
            visitor.page.goto(guarded.url)
            assert visitor.page.url.endswith("/sign-in")
            assert violations(visitor.page) == []
            visitor.page.get_by_label("Key").fill(key)
            visitor.page.get_by_role("button", name="Sign in").click()
            visitor.page.locator("footer.foot").wait_for(timeout=PATIENCE)
            visitor.ask("How many cranes has the harbour of Valparaíso?")
            assert "zafiros" not in visitor.words()


def test_page_without_an_index_says_how_one_is_made(browser, tmp_path):
    (tmp_path / "data").mkdir()
    with serving(tmp_path / "data", QUICK, is_ready=False) as empty, visit(browser, empty.url) as visitor:
        visitor.open()
        assert "sela ingest" in visitor.words_with("sela ingest")
