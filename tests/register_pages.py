"""Shows one page at a time to a visitor, over a small folder of two work programmes, a report and a digest."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from unittest.mock import patch

from api_samples import SECRET, settings_for
from index_samples import ingest
from streamlit.testing.v1 import AppTest  # noqa: TID251

from ingest.generations import IndexHome
from ui.api.access import Caller
from ui.api.keys import Scope
from ui.api.service import Service
from ui.api.settings import ServiceSettings
from ui.page.context import PageContext, Visitor

READER = frozenset({Scope.READ})
ARCHIVIST = frozenset({Scope.INGEST})
HOSTILE = "<img src=x onerror=alert(1)>"

_DIGEST = """# Decisions of the Latin American Council

## Decision No. 900 (2014)

Title: "A fund for cranes". The Council took it at its XL Regular Meeting, in Lima, from 2 to 4 June 2014. \
It creates a fund for the cranes of the region.

## Decision No. 901 (2015)

It asks for a report on harbours.
"""
_REPORT = """# Report of the III Regional Meeting of Harbours

The III Regional Meeting of Harbours was held in Lima, from 2 to 4 June 2031, by the Permanent Secretariat.

## Mandate

Decision No. 900 of the Latin American Council, adopted at its XL Regular Meeting (Lima, 5 to 7 June 2014), \
asks the Secretariat to count the cranes. The Andean Community took Decision 486 in 2000.

## Conclusions

1. Every harbour counts its cranes each year.
2. The cranes are counted by night.
"""


def _programme(year: int, *activities: tuple[str, str, str]) -> str:
    head = f"# Work Programme for the year {year}\n\n## AREA II. COOPERATION\n\n### PROGRAMME: SUPPORT TO HARBOURS\n\n"
    body = "".join(
        f"##### Activity {code}. {title}\n\nB. Objectives\n\n1. {objective}\n\nC. Expected results\n\nA document.\n\n"
        "D. Activities and schedule\n\n| Activities | Schedule |\n| --- | --- |\n"
        "| Study prepared | January - March |\n\n"
        for code, title, objective in activities
    )
    return f"{head}#### PROJECT II.1. Harbours of the south\n\n{body}"


FILES = {
    "decisions.md": _DIGEST,
    "report.md": _REPORT,
    "odd.html": f"<p>Decision No. 901 of the Latin American Council speaks of {escape(HOSTILE)} in 2033.</p>\n",
    "programme-2031.md": _programme(
        2031,
        ("II.1.1", "Workshop on cranes and hoists of the region", "Count the cranes of every harbour."),
        ("II.1.2", "Seminar on lighthouses and their keepers", "Visit the lighthouses of the coast."),
        ("II.1.3", "Survey of fishing boats in winter", "Count the boats that fish in winter."),
    ),
    "programme-2032.md": _programme(
        2032,
        ("II.1.1", "Workshop on cranes and hoists of the region", "Count the cranes of every harbour."),
        ("II.1.4", "Seminar on lighthouses and their keepers", "Visit the lighthouses of the coast."),
        ("II.1.5", "Course on customs forms for traders", "Teach how forms are filled in."),
    ),
    "vault.md": SECRET,
}
MANIFEST = """
[documents."decisions.md"]
kind = "decision"
date = "2015"
[documents."report.md"]
kind = "rapporteur_report"
date = "2031-07-01"
[documents."programme-2031.md"]
kind = "work_programme"
date = "2030-10"
[documents."programme-2032.md"]
kind = "work_programme"
date = "2031-10"
[documents."odd.html"]
kind = "other"
[documents."vault.md"]
status = "internal"
"""


@dataclass(frozen=True)
class Pages:
    """The pages of a service over the small folder.

    Args:
        service: of the API.
        folder: that was ingested.
    """

    service: Service
    folder: Path

    def context(self, language: str = "en", scopes: frozenset[Scope] = READER) -> PageContext:
        """Return what a page is given."""
        visitor = Visitor("somebody", Caller("key", "key", scopes), language)
        return PageContext(self.service, visitor, _nobody(), _nobody())

    def open(self, name: str, *, language: str = "en", scopes: frozenset[Scope] = READER, **query: str) -> "Shown":
        """Show a page, and keep it so that something can be clicked."""
        app = AppTest.from_string(_script(name), default_timeout=20)
        app.query_params.update(query)
        return Shown(app, lambda: _giving(self.context(language, scopes))).run()


@dataclass(frozen=True)
class Shown:
    """A page as a visitor sees it."""

    app: AppTest
    giving: Callable[[], AbstractContextManager[Any]]

    def run(self) -> "Shown":
        """Run the script of the page again."""
        with self.giving():
            self.app.run()
        assert not self.app.exception, self.app.exception[0]
        return self

    @property
    def html(self) -> str:
        """Everything that `st.html` shows, style left out."""
        return "".join(element.proto.body for element in self.app.get("html") if "<style>" not in element.proto.body)

    @property
    def words(self) -> str:
        """Every word that is shown, whatever shows it."""
        kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error", "success", "code")
        said = [element.value for kind in kinds for element in self.app.get(kind)]
        return " ".join([*said, text_of(self.html)])

    @property
    def links(self) -> list[str]:
        """Where links lead."""
        reader = _Reader()
        reader.feed(self.html)
        return reader.links

    def rows(self) -> list[str]:
        """Return the words of each row of the tables."""
        reader = _Reader()
        reader.feed(self.html)
        return [" ".join(row.split()) for row in reader.rows]


def write_folder(parent: Path) -> Path:
    """Write the small folder, ingest it without a model, and return it."""
    folder = parent / "documents"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "scan.pdf").write_bytes(b"no pdf")
    (folder / "manifest.toml").write_text(MANIFEST, encoding="utf-8")
    ingest(folder, IndexHome(parent / "data"))
    return folder


def serve(parent: Path) -> Pages:
    """Ingest the small folder and build the service over it, without models."""
    folder = write_folder(parent)
    service = Service(settings_for(parent / "data"), ServiceSettings())
    service.load()
    return Pages(service, folder)


def text_of(html: str) -> str:
    """Return the words of HTML."""
    reader = _Reader()
    reader.feed(html)
    return " ".join("".join(reader.text).split())


class _Reader(HTMLParser):
    """Reads words, links and table rows."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.links: list[str] = []
        self.rows: list[str] = []
        self._in_row = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.append(dict(attrs)["href"] or "")
        if tag == "tr":
            self.rows.append("")
        self._in_row = tag == "tr" or self._in_row
        self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        self._in_row = self._in_row and tag != "tr"
        self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self._in_row:
            self.rows[-1] += data


def _script(name: str) -> str:
    return f"import register_pages\nfrom ui.page import {name}\n{name}.show(register_pages.given())\n"


_given: list[PageContext] = []


def given() -> PageContext:
    """Return what the page being shown is given."""
    return _given[-1]


def _giving(context: PageContext) -> AbstractContextManager[Any]:
    return patch.object(__import__("register_pages"), "_given", [context])


def _nobody() -> Any:
    return None
