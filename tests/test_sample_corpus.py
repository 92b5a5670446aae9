"""The sample corpus and its question set: complete, reproducible, in words of our own, and in agreement."""

import json
import re
import subprocess
import sys
import tomllib
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import docx  # noqa: TID251 (reads the built files with nothing of ours in between)
import pypdfium2  # noqa: TID251
import pytest
from docx.table import Table  # noqa: TID251

from ingest.documents import Kind, Status
from ingest.normalisation import fold, normalise

PROJECT = Path(__file__).resolve().parent.parent
CORPUS = PROJECT / "corpus"
SOURCES = CORPUS / ".sources"
QUESTIONS = PROJECT / "eval" / "questions" / "sample.jsonl"
BUILT = {".pdf", ".docx"}
COPIED_RUN = 14
OPTIONAL_KEYS = {"symbol", "date"}
KEYS = {"title", "kind", "status", "language", "work"} | OPTIONAL_KEYS
TYPES = {
    *("decision", "meeting", "fact", "list", "schedule", "comparison", "participants"),
    *("conclusion", "definition", "figure", "crossdoc", "followup", "unanswerable"),
}


def files() -> list[str]:
    found = (path.relative_to(CORPUS) for path in CORPUS.rglob("*") if path.is_file())
    return sorted(p.as_posix() for p in found if not any(part.startswith(".") for part in p.parts) and len(p.parts) > 1)


def manifest() -> dict[str, dict[str, str]]:
    return tomllib.loads((CORPUS / "manifest.toml").read_text(encoding="utf-8"))["documents"]


def questions() -> list[dict]:
    return [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


class VisibleText(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def html_text(path: Path) -> str:
    parser = VisibleText()
    parser.feed(path.read_text(encoding="utf-8"))
    return "".join(parser.words)


def word_text(path: Path) -> str:
    blocks = docx.Document(str(path)).iter_inner_content()
    lines = [
        "\n".join(" | ".join(cell.text for cell in row.cells) for row in block.rows)
        if isinstance(block, Table)
        else block.text
        for block in blocks
    ]
    return "\n".join(lines)


def pdf_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return "\n".join(pages)


def plain_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return path.read_text(encoding="cp1252")


READERS = {".pdf": pdf_text, ".docx": word_text, ".html": html_text, ".md": plain_text, ".txt": plain_text}


@cache
def text_of(file: str) -> str:
    path = CORPUS / file
    return READERS[path.suffix](path)


def test_the_corpus_has_five_formats_and_four_languages():
    assert len(files()) >= 14
    assert {Path(file).suffix for file in files()} == {".pdf", ".docx", ".html", ".md", ".txt"}
    assert {entry["language"] for entry in manifest().values()} == {"en", "es", "pt", "fr"}


def test_the_manifest_covers_exactly_the_files():
    assert sorted(manifest()) == files()


def test_file_names_are_unique_without_their_folder():
    names = [Path(file).name for file in files()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("file", sorted(manifest()))
def test_every_manifest_entry_holds_the_known_keys(file):
    entry = manifest()[file]
    assert KEYS - OPTIONAL_KEYS <= set(entry) <= KEYS
    assert entry["kind"] in set(Kind)
    assert entry["status"] in set(Status)
    assert re.fullmatch(r"\d{4}(-\d\d){0,2}", entry.get("date", "2024"))
    assert entry["language"] == file.split("/", maxsplit=1)[0]


@pytest.mark.parametrize("file", [file for file, entry in sorted(manifest().items()) if "symbol" in entry])
def test_a_document_holds_the_symbol_that_the_manifest_gives_it(file):
    assert normalise(manifest()[file]["symbol"]) in normalise(text_of(file))


def test_language_versions_share_a_work():
    languages: dict[str, set[str]] = {}
    for entry in manifest().values():
        languages.setdefault(entry["work"], set()).add(entry["language"])
    assert languages["Work Programme for the year 2019"] == {"en", "es"}
    assert languages["Rapporteur's report of the Workshop on inter-secretariat work"] == {"en", "pt", "fr"}


def test_an_internal_note_says_so():
    internal = [file for file, entry in manifest().items() if entry["status"] == Status.INTERNAL]
    assert internal
    assert all("solo para uso interno" in fold(text_of(file)) for file in internal)


def test_the_corpus_is_small():
    assert sum((CORPUS / file).stat().st_size for file in files()) < 1_500_000


def test_printed_page_numbers_differ_from_the_pages_of_the_file():
    document = pypdfium2.PdfDocument(CORPUS / "en/work-programme-2017.pdf")
    labels = [document.get_page_label(number) for number in range(4)]
    document.close()
    assert labels == ["i", "ii", "iii", "1"]


def test_the_built_files_are_what_their_sources_give(tmp_path):
    subprocess.run([sys.executable, "-B", str(SOURCES / "build.py"), str(tmp_path)], check=True, capture_output=True)
    built = [file for file in files() if Path(file).suffix in BUILT]
    assert built == sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file())
    for file in built:
        assert READERS[Path(file).suffix](tmp_path / file) == text_of(file), f"{file}: run corpus/.sources/build.py"


def test_question_ids_are_unique_and_in_order():
    ids = [question["id"] for question in questions()]
    assert ids == [f"S{number:03d}" for number in range(1, len(ids) + 1)]


def test_no_question_is_asked_twice():
    asked = [(fold(q["question"]), tuple(map(fold, q["history"]))) for q in questions()]
    assert len(set(asked)) == len(asked)


def test_the_question_set_is_as_large_and_as_mixed_as_it_should_be():
    rows = questions()
    share = {lang: sum(q["lang"] == lang for q in rows) / len(rows) for lang in ("en", "es", "pt", "fr")}
    assert len(rows) >= 130
    assert {q["type"] for q in rows} == TYPES
    assert share["en"] == pytest.approx(0.5, abs=0.06)
    assert min(share.values()) >= 0.13
    assert sum(not q["answerable"] for q in rows) / len(rows) == pytest.approx(0.2, abs=0.02)
    assert sum(bool(q["history"]) for q in rows) >= 10


@pytest.mark.parametrize("question", questions(), ids=lambda q: q["id"])
def test_a_question_is_complete_and_its_gold_quotes_stand_in_their_documents(question):
    assert (question["type"] == "followup") == bool(question["history"])
    assert question["answerable"] == bool(question["gold"]) == bool(question["facts"])
    assert question["answerable"] or question["type"] in {"unanswerable", "followup"}
    for gold in question["gold"]:
        assert normalise(gold["quote"]) in normalise(text_of(gold["doc"])), gold


@pytest.mark.parametrize("question", [q for q in questions() if q["answerable"]], ids=lambda q: q["id"])
def test_every_fact_is_said_by_a_gold_quote(question):
    said = re.sub(r"\W+", " ", fold(" ".join(gold["quote"] for gold in question["gold"])))
    for fact in question["facts"]:
        assert any(re.sub(r"\W+", " ", fold(wording)).strip() in said for wording in fact), fact


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def runs(text: str) -> set[tuple[str, ...]]:
    tokens = words(text)
    return {tuple(tokens[i : i + COPIED_RUN]) for i in range(len(tokens) - COPIED_RUN + 1)}


def paragraphs() -> list[tuple[str, str]]:
    """Every paragraph of ours but the headings, which are official titles; built files are judged by their sources."""
    texts = [(file, text_of(file)) for file in files() if Path(file).suffix not in BUILT]
    texts += [(path.name, path.read_text(encoding="utf-8")) for path in SOURCES.glob("*.md")]
    blocks = [(name, block.strip()) for name, text in texts for block in re.split(r"\n\s*\n", text)]
    return [(name, block) for name, block in blocks if not block.startswith("#")]


@pytest.mark.reference
def test_no_sentence_is_copied_from_the_official_documents(reference):
    official: set[tuple[str, ...]] = set()
    for path in (reference / "corpus").glob("*.txt"):
        official |= runs(path.read_text(encoding="utf-8"))
    copied = [(name, block) for name, block in paragraphs() if runs(block) & official]
    assert copied == []
