"""Ten places of two real reports, each checked by eye on the rendered page: PDF page, printed label, words."""

from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.document_building import build_document
from ingest.documents import Document, Place
from ingest.reading import read_file

pytestmark = [pytest.mark.reference, pytest.mark.slow]

PLACES = [
    ("2019", 1, None, "Fiscal Year 2019"),
    ("2019", 8, "8", "had 5,497 full-time equivalent employees"),
    ("2019", 23, "23", "reskills IT and cybersecurity talent"),
    ("2019", 47, "47", "“mini agency personas”"),
    ("2019", 70, "70", "FSEM | Facilities, Security & Emergency Management"),
    ("2020", 1, "i", "Fiscal Year 2020"),
    ("2020", 3, "1", "from 73.5 percent to 77.9 percent"),
    ("2020", 14, "12", "five different types of offices"),
    ("2020", 33, "31", "maximum, long-term telework posture"),
    ("2020", 60, "58", "Percent of OPM policies that embed data analysis and research"),
]


@pytest.fixture(scope="module")
def report(reference: Path) -> Callable[[str], Document]:
    @cache
    def read(year: str) -> Document:
        path = reference / "reports" / f"{year}-annual-performance-report.pdf"
        digest = sha256(path.read_bytes()).hexdigest()
        return build_document(read_file(path), file=path.name, sha256=digest)

    return read


@pytest.mark.parametrize(("year", "page", "label", "words"), PLACES)
def test_words_stand_on_the_page_and_under_the_label_that_a_reader_sees(
    report: Callable[[str], Document], year: str, page: int, label: str | None, words: str
) -> None:
    document = report(year)
    found = [document.place(start) for start in starts(document.text, words)]
    assert Place(page, label) in found


def starts(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)
