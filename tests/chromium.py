"""Drives the page in a real Chromium, where this machine has one."""

import json
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 60_000


@contextmanager
def chromium() -> Iterator[Any]:
    """Start the browser; the test is skipped where there is none."""
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        pytest.skip(f"no browser to look at the page with: none of {', '.join(_NAMES)} is installed")
    with pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed"
    ).sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Visit:
    """One visitor's browser.

    Args:
        page: of Playwright.
        url: of the service.
        elsewhere: addresses of other hosts that were asked for.
        faults: errors that the browser reported.
    """

    page: Any
    url: str
    elsewhere: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> "Visit":
        """Go to an address and wait until it is whole."""
        self.page.goto(f"{self.url}{path}")
        self.page.locator("footer.foot").wait_for(timeout=PATIENCE)
        return self

    def ask(self, question: str) -> None:
        """Ask and wait for the answer."""
        before = self.page.locator("[class*=st-key-actions_]").count()
        box = self.page.get_by_test_id("stChatInputTextArea")
        box.fill(question)
        box.press("Enter")
        self.page.locator("[class*=st-key-actions_]").nth(before).wait_for(timeout=PATIENCE)
        self.page.locator(".question").nth(before).wait_for(timeout=PATIENCE)
        self.settle()

    def settle(self) -> None:
        """Wait until the script has run."""
        self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for(timeout=PATIENCE)

    def words(self) -> str:
        """Return the words on the page."""
        return str(self.page.locator(".stMain").inner_text())

    def words_with(self, words: str) -> str:
        """Return the words on the page once these are there: some parts come after the rest."""
        self.page.locator(".stMain").filter(has_text=words).wait_for(timeout=PATIENCE)
        return self.words()

    def cite(self, number: int, *, answer: int = -1) -> None:
        """Click a citation in the text of an answer."""
        block = self.page.locator(".answer")
        block.nth(answer if answer >= 0 else block.count() + answer).get_by_role(
            "button", name=re.compile(r"\S")
        ).filter(has_text=re.compile(rf"^{number}$")).first.click()
        self.page.locator(".st-key-source_panel").wait_for(timeout=PATIENCE)
        self.settle()


@contextmanager
def visit(browser: Any, url: str, **options: Any) -> Iterator[Visit]:
    """Open a browser of its own, with its own cookies."""
    context = browser.new_context(**{"locale": "en", "viewport": {"width": 1360, "height": 900}, **options})
    visitor = Visit(context.new_page(), url)
    own = (url, url.replace("http", "ws"), "data:", "blob:")
    context.on("request", lambda r: None if r.url.startswith(own) else visitor.elsewhere.append(r.url))
    visitor.page.on("pageerror", lambda error: visitor.faults.append(str(error)))
    visitor.page.on("dialog", lambda dialog: visitor.faults.append(f"dialog {dialog.message}"))
    try:
        yield visitor
        assert visitor.elsewhere == []
        assert visitor.faults == []
    finally:
        context.close()


def violations(page: Any) -> list[str]:
    """Return what axe-core finds serious or critical on a page."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed").Axe()
    page.evaluate("() => document.documentElement.scrollTop")
    found = json.loads(json.dumps(axe.run(page).response))["violations"]
    return [
        f"{v['id']} ({v['impact']}): {node['html'][:300]}"
        for v in found
        if v["impact"] in {"serious", "critical"}
        for node in v["nodes"]
    ]


def seconds_until(page: Any, selector: str, began: float) -> float:
    """Return how long it took until something was on the page."""
    page.locator(selector).first.wait_for(timeout=PATIENCE)
    return time.perf_counter() - began
