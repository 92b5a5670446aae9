"""The register pages in a real browser: links, sorting, uploads, accessibility, and many visitors at once."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from chromium import chromium, violations, visit
from live_server import QUICK, Server, serving
from register_pages import write_folder

from ui.page.quality_report import FOLDER, REPORT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
VISITORS = int(os.environ.get("SELA_TEST_VISITORS", "20"))
PATIENCE_MS = 180_000
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
ROOMY = {"SELA_API_WAITING": "64", "SELA_API_WAIT_SECONDS": "120", "SELA_API_PATIENCE_SECONDS": "120"}
COMPARISON = "/programmes?view=two_years&from=2031&to=2032"
PAGES = (
    "/", "/decisions", "/decisions?number=900", "/decisions?number=999", "/meetings", "/programmes?year=2031&open=yes",
    f"{COMPARISON}&detail=schedule", "/documents", "/quality", "/answer?id=nothing",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    parent = tmp_path_factory.mktemp("open")
    write_folder(parent)
    with serving(parent / "data", {**QUICK, **ROOMY}) as running:
        yield running


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Server]:
    write_folder(tmp_path)
    with serving(tmp_path / "data", QUICK) as running:
        yield running


def test_a_decision_is_reached_and_left_without_loading_the_page_anew(browser, server):
    with visiting(browser, server.url) as page:
        open_at(page, "/decisions")
        page.evaluate("window.kept = true")
        page.get_by_role("link", name="900", exact=True).click()
        page.get_by_role("heading", name="Decision No. 900").wait_for()
        page.get_by_role("heading", name="Where the documents disagree").wait_for()
        assert page.url.endswith("/decisions?number=900")
        page.get_by_role("link", name="All decisions").click()
        page.get_by_role("columnheader", name="Mentions").wait_for()
        page.go_back()
        page.get_by_role("heading", name="Decision No. 900").wait_for()
        assert page.evaluate("window.kept")


def has_searched(page: Any, words: str) -> None:
    """Hold that the search field shows these words; they are drawn a moment after the list."""
    expect = pytest.importorskip("playwright.sync_api").expect
    expect(page.get_by_label("Search")).to_have_value(words, timeout=PATIENCE_MS)


def test_a_cell_leads_to_its_marked_place(browser, server):
    with visiting(browser, server.url) as page:
        open_at(page, "/decisions?q=900")
        page.get_by_role("link", name="5 to 7 June 2014").click()
        page.locator("mark", has_text="5 to 7 June 2014").first.wait_for()
        assert "/source?" in page.url


def test_a_register_is_sorted_and_searched_in_its_address(browser, server):
    with visiting(browser, server.url) as page:
        open_at(page, "/decisions")
        page.get_by_role("columnheader", name="No.").get_by_role("link").click()
        page.locator("th[aria-sort=ascending]").wait_for()
        page.get_by_label("Search").fill("andean")
        page.get_by_text("1 of 3").wait_for()
        page.wait_for_url(re.compile("q=andean"))
        page.reload()
        page.get_by_text("1 of 3").wait_for()
        has_searched(page, "andean")


def test_the_comparison_is_narrowed_and_taken_away_as_a_file(browser, server):
    with visiting(browser, server.url) as page:
        open_at(page, f"{COMPARISON}&mark=dropped,new")
        marks = [text.split()[-1] for text in page.locator("tbody th").all_inner_texts()]
        assert marks == ["dropped", "new"]
        with page.expect_download() as kept:
            page.get_by_role("button", name="Download as CSV").click()
        lines = Path(kept.value.path()).read_text(encoding="utf-8-sig").splitlines()
        assert [line.split(",")[0] for line in lines[1:]] == ["dropped", "new"]


def test_a_document_is_brought_in_and_asked_about(browser, guarded):
    key = guarded.key("ingest")
    with visiting(browser, guarded.url) as page:
        _sign_in(page, key)
        open_at(page, "/documents")
        text = b"# Note on the lamp\n\nThe lamp of Puerto Nuevo was lit on 3 May 2033 by the harbour office.\n"
        page.set_input_files("input[type=file]", {"name": "lamp.md", "mimeType": "text/markdown", "buffer": text})
        page.get_by_text("lamp.md").first.wait_for()
        page.get_by_role("button", name="Bring them in").click()
        page.get_by_text("Can be asked about now").wait_for()
        page.get_by_role("link", name="Ask about it").click()
        question = page.get_by_test_id("stChatInputTextArea")
        question.fill("When was the lamp of Puerto Nuevo lit?")
        question.press("Enter")
        page.get_by_text("3 May 2033").first.wait_for()


def test_one_who_must_sign_in_is_shown_nothing_before(browser, guarded):
    guarded.key("read")
    with visiting(browser, guarded.url) as page:
        page.goto("/decisions")
        page.get_by_role("heading", name="Sign in").wait_for()
        assert "900" not in page.content()
        assert violations(page) == []


@pytest.mark.parametrize("look", ["light", "dark"])
def test_no_page_has_a_serious_fault_of_accessibility(browser, server, look):
    faults: dict[str, list[str]] = {}
    _measured(server)
    with visiting(browser, server.url, color_scheme=look, bypass_csp=True) as page:
        page.set_viewport_size(PHONE if look == "dark" else DESKTOP)
        open_at(page, "/decisions?q=900")
        source = page.locator("a[href^='/source']").first.get_attribute("href")
        open_at(page, "/meetings?q=III")
        meeting = page.locator("a[href*='meeting=']").first.get_attribute("href")
        for path in (*PAGES, source, meeting):
            open_at(page, path)
            faults[path] = violations(page)
    assert {path: found for path, found in faults.items() if found} == {}


def test_no_page_is_wider_than_a_phone(browser, server):
    with visiting(browser, server.url) as page:
        page.set_viewport_size(PHONE)
        for path in PAGES:
            open_at(page, path)
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path


@pytest.mark.parametrize(("language", "heading"), [("es", "Decisiones"), ("pt", "Decisões"), ("fr", "Décisions")])
def test_the_page_speaks_the_language_of_the_browser(browser, server, language, heading):
    with visiting(browser, server.url, locale=language) as page:
        open_at(page, "/decisions")
        page.get_by_role("heading", name=heading, level=1).wait_for()
        assert page.locator("html").get_attribute("lang") == language


def test_twenty_visitors_at_once_keep_what_is_their_own(browser, server):
    with ExitStack() as stack:
        pages = [stack.enter_context(visiting(browser, server.url)) for _ in range(VISITORS)]
        for page in pages:
            page.goto("/", wait_until="commit")
        for number, page in enumerate(pages):
            page.get_by_test_id("stChatInputTextArea").fill(f"What is said of harbour {number}?")
        for page in pages:
            page.get_by_test_id("stChatInputTextArea").press("Enter")
        for number, page in enumerate(pages):
            page.get_by_role("heading", name=f"harbour {number}?").wait_for()
            settle(page)
            assert _questions_of_others(page, number) == []
        for page in pages:
            page.goto("/decisions", wait_until="commit")
        for number, page in enumerate(pages):
            page.get_by_label("Search").fill(f"visitor {number}")
        for number, page in enumerate(pages):
            page.get_by_text("Nothing on record fits this search.").wait_for()
            page.wait_for_url(re.compile(rf"q=visitor\+{number}$"))
            has_searched(page, f"visitor {number}")
            assert page.get_by_test_id("stException").count() == 0


def _questions_of_others(page: Any, number: int) -> list[int]:
    words = page.locator("body").inner_text()
    return [other for other in range(VISITORS) if other != number and f"harbour {other}?" in words]


@contextmanager
def visiting(browser: Any, url: str, **options: Any) -> Iterator[Any]:
    """Open a window that waits patiently; a request to another host and a failed script fail the test."""
    with visit(browser, url, viewport=DESKTOP, base_url=url, **options) as visitor:
        visitor.page.set_default_timeout(PATIENCE_MS)
        yield visitor.page


def open_at(page: Any, path: str) -> None:
    """Go to an address and wait until the page is whole."""
    page.goto(path)
    page.locator("footer.foot").wait_for()
    settle(page)


def settle(page: Any) -> None:
    """Wait until the script of the page has ended."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()


def _sign_in(page: Any, key: str) -> None:
    page.goto("/sign-in")
    page.locator("input[name=key]").fill(key)
    page.locator("button").click()
    page.locator("footer.foot").wait_for()
    settle(page)


def _measured(server: Server) -> None:
    """Leave a report, so that its plots are looked at too."""
    group = {"questions": 4, "answerable": 3, "facts": 0.9}
    figures = {"name": "sample", "corpus": "corpus", "questions": 8, "facts": 0.9, "by_language": {"es": group}}
    report = {"measured": "2030-01-02T03:04:05+00:00", "figures": figures, "times_ms": [100, 900], "risk": [[1.0, 0.1]]}
    folder = server.data / FOLDER
    folder.mkdir(exist_ok=True)
    (folder / REPORT).write_text(json.dumps(report), encoding="utf-8")
