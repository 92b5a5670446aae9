"""The catalogue of one generation: documents, passages, vectors, lexical index and register records in one SQLite file.

The catalogue is the source of truth; the vector index is derived from it and a hit that it does not know is dropped.
"""

import json
import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from ingest.documents import (
    Block,
    BlockKind,
    Document,
    Kind,
    Metadata,
    Passage,
    Place,
    Section,
    Sentence,
    Status,
)
from ingest.errors import IndexUnavailable, UnknownRecord
from ingest.languages import LANGUAGES, stem
from ingest.normalisation import fold

SCHEMA = """
CREATE TABLE identity (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE documents (
    id TEXT PRIMARY KEY, file TEXT UNIQUE NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL,
    modified INTEGER NOT NULL, overrides TEXT NOT NULL, format TEXT NOT NULL, title TEXT NOT NULL,
    symbol TEXT, kind TEXT NOT NULL,
    status TEXT NOT NULL, date TEXT, language TEXT NOT NULL, work TEXT, text TEXT NOT NULL, blocks TEXT NOT NULL,
    sections TEXT NOT NULL, page_count INTEGER NOT NULL, pages_without_text TEXT NOT NULL);
CREATE TABLE rejections (
    file TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL, overrides TEXT NOT NULL,
    reason TEXT NOT NULL);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL,
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL, path TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL,
    search_text TEXT NOT NULL, page INTEGER, page_label TEXT, language TEXT NOT NULL, sentences TEXT NOT NULL,
    vector BLOB NOT NULL);
CREATE INDEX passages_by_document ON passages(document_id, ordinal);
CREATE VIRTUAL TABLE passage_terms USING fts5(en, es, pt, fr, tokenize = "ascii separators ' ' tokenchars '.,-/%'");
CREATE TABLE register_records (
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE, kind TEXT NOT NULL, payload TEXT NOT NULL);
CREATE INDEX register_records_by_kind ON register_records(kind, document_id);
"""


@dataclass(frozen=True, slots=True)
class FileState:
    """What tells an unchanged file from a changed one without reading it.

    Args:
        size: in bytes.
        modified: modification time in nanoseconds since the epoch.
        overrides: what the manifest says of the file, as JSON; "" if nothing.
    """

    size: int
    modified: int
    overrides: str = ""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A file that could not be read, and why."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class RegisterRecord:
    """One entry a register extractor found in one document, as JSON of its own shape."""

    kind: str
    document_id: str
    payload: str


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """Everything ingestion derives from one file, ready to be written."""

    document: Document
    state: FileState
    passages: Sequence[Passage]
    sentences: Sequence[Sequence[Sentence]]
    vectors: NDArray[np.float32]
    records: Sequence[RegisterRecord]


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """What lists and citations show of a document, without its text."""

    id: str
    file: str
    format: str
    metadata: Metadata
    page_count: int
    pages_without_text: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Narrows a search; an empty field admits everything, an unmet one nothing.

    Args:
        years: the year of a document's date, or a year its title names.
        kinds: as in `Kind`.
        languages: ISO 639-1 codes.
        documents: document ids or files.
        hidden_statuses: statuses the asker may not see.
    """

    years: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    hidden_statuses: frozenset[str] = frozenset()

    def admits(self, card: DocumentCard) -> bool:
        """Tell whether a document passes every field."""
        metadata = card.metadata
        return (
            (not self.years or not self.years.isdisjoint(_years(metadata)))
            and (not self.kinds or metadata.kind in self.kinds)
            and (not self.languages or metadata.language in self.languages)
            and (not self.documents or card.id in self.documents or card.file in self.documents)
            and metadata.status not in self.hidden_statuses
        )


class Catalogue:
    """Reads one generation's catalogue; safe to share between threads because the file never changes."""

    def __init__(self, path: Path) -> None:
        """Open the catalogue read-only.

        Raises:
            IndexUnavailable: if the file is missing or not a catalogue.
        """
        self.path = path
        try:
            self._connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            self.identity: dict[str, str] = dict(self._connection.execute("SELECT key, value FROM identity"))
        except sqlite3.Error as error:
            raise IndexUnavailable(
                f"The catalogue {path} cannot be opened ({error}).", next_step="Run `sela ingest` or `sela doctor`."
            ) from error
        self._document = lru_cache(maxsize=64)(self._load_document)
        self._count = lru_cache(maxsize=4096)(self._count_passages)

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    @cached_property
    def cards(self) -> dict[str, DocumentCard]:
        """Every document by id, in the order of their files."""
        rows = self._connection.execute(f"SELECT {_CARD} FROM documents ORDER BY file")
        return {row[0]: _card(row) for row in rows}

    @cached_property
    def rejections(self) -> tuple[Rejection, ...]:
        """Files of the folder that could not be read."""
        rows = self._connection.execute("SELECT file, reason FROM rejections ORDER BY file")
        return tuple(Rejection(*row) for row in rows)

    @cached_property
    def passage_count(self) -> int:
        """Return how many passages are held."""
        return int(self._connection.execute("SELECT count(*) FROM passages").fetchone()[0])

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Languages of the passages held, the most frequent first."""
        rows = self._connection.execute("SELECT language FROM passages GROUP BY language ORDER BY count(*) DESC")
        return tuple(row[0] for row in rows)

    @cached_property
    def common_words(self) -> frozenset[str]:
        """Folded words that the passages (the first thousands) also write small: no names of persons."""
        rows = self._connection.execute("SELECT text FROM passages ORDER BY number LIMIT 4000")
        return frozenset(fold(word) for (text,) in rows for word in _SMALL_WORD.findall(text))

    def document(self, document_id: str) -> Document:
        """Return a whole document.

        Raises:
            UnknownRecord: if no document has that id.
        """
        return self._document(document_id)

    def _load_document(self, document_id: str) -> Document:
        row = self._connection.execute(
            f"SELECT {_CARD}, sha256, text, blocks, sections FROM documents WHERE id = ?", (document_id,)
        ).fetchone()
        if row is None:
            raise UnknownRecord(f"No document {document_id} is on record.", next_step="List them: `sela documents`.")
        card, (sha256, text, blocks, sections) = _card(row), row[-4:]
        return Document(
            id=card.id, file=card.file, sha256=sha256, format=card.format, metadata=card.metadata, text=text,
            blocks=tuple(Block(BlockKind(b[0]), *b[1:]) for b in json.loads(blocks)),
            sections=tuple(Section(tuple(s[0]), *s[1:]) for s in json.loads(sections)),
            page_count=card.page_count, pages_without_text=card.pages_without_text,
        )  # fmt: skip

    def states(self) -> dict[str, FileState]:
        """Return the state of every file when it was last read, rejected ones included."""
        rows = self._connection.execute(
            "SELECT file, size, modified, overrides FROM documents"
            " UNION ALL SELECT file, size, modified, overrides FROM rejections"
        )
        return {file: FileState(*state) for file, *state in rows}

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        """Return the passages of those ids that are known."""
        wanted = list(ids)
        marks = ",".join("?" * len(wanted))
        rows = self._connection.execute(f"SELECT {_PASSAGE} FROM passages WHERE id IN ({marks})", wanted)
        return {row[0]: _passage(row) for row in rows}

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """Return the passages of a document in reading order."""
        rows = self._connection.execute(
            f"SELECT {_PASSAGE} FROM passages WHERE document_id = ? ORDER BY ordinal", (document_id,)
        )
        return tuple(_passage(row) for row in rows)

    def passage_at(self, document_id: str, offset: int) -> Passage | None:
        """Return the passage of a document that holds a character, or None between passages."""
        row = self._connection.execute(
            f"SELECT {_PASSAGE} FROM passages WHERE document_id = ? AND start <= ? AND end > ?",
            (document_id, offset, offset),
        ).fetchone()
        return _passage(row) if row else None

    def sentences(self, passage_id: str) -> tuple[Sentence, ...]:
        """Return the sentences that begin in a passage, in order."""
        row = self._connection.execute("SELECT sentences FROM passages WHERE id = ?", (passage_id,)).fetchone()
        spans = json.loads(row[0]) if row else []
        return tuple(Sentence(tuple((a, b) for a, b in s[1]), BlockKind(s[0])) for s in spans)

    def vectors(self) -> Iterator[tuple[str, str, bytes]]:
        """Yield (passage id, document id, float32 vector bytes) for rebuilding the vector index."""
        yield from self._connection.execute("SELECT id, document_id, vector FROM passages ORDER BY number")

    def vectors_of(self, ids: Iterable[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors, shape (dimensions,), of the passages of those ids that are known."""
        wanted = list(ids)
        marks = ",".join("?" * len(wanted))
        rows = self._connection.execute(f"SELECT id, vector FROM passages WHERE id IN ({marks})", wanted)
        return {row[0]: np.frombuffer(row[1], dtype=np.float32) for row in rows}

    def lexical(self, terms: Sequence[str], *, language: str, among: Collection[str] | None, limit: int) -> list[str]:
        """Return ids of passages in one language that hold any of the stems, best BM25 first.

        Args:
            terms: stems as `ingest.languages.stem` makes them.
            language: only passages of this language.
            among: ids of the documents to search, None for all.
            limit: most ids returned.
        """
        match = _match(self._rarest(terms, language), language)
        if not match:
            return []
        if among is None:
            query = (
                "SELECT p.id FROM (SELECT rowid, rank FROM passage_terms WHERE passage_terms MATCH ?"
                " ORDER BY rank LIMIT ?) f JOIN passages p ON p.number = f.rowid ORDER BY f.rank"
            )
            return [row[0] for row in self._connection.execute(query, (match, limit))]
        marks = ",".join("?" * len(among))
        query = (
            "SELECT p.id FROM passage_terms f JOIN passages p ON p.number = f.rowid"
            f" WHERE passage_terms MATCH ? AND p.document_id IN ({marks}) ORDER BY f.rank LIMIT ?"
        )
        return [row[0] for row in self._connection.execute(query, (match, *among, limit))]

    def _rarest(self, terms: Sequence[str], language: str) -> list[str]:
        """Return the rarest terms, as many as are in 1,000 passages: ranking more would take too long."""
        counted = sorted((self._count(term, language), term) for term in dict.fromkeys(terms))
        held = [(count, term) for count, term in counted if count]
        sums = accumulate(count for count, _ in held)
        return [term for place, (total, (_, term)) in enumerate(zip(sums, held, strict=True))
                if place == 0 or total <= _MOST_RANKED]  # fmt: skip

    def document_frequency(self, term: str) -> int:
        """Return how many passages hold a stem."""
        return sum(self._count(term, language) for language in LANGUAGES)

    def _count_passages(self, term: str, language: str) -> int:
        match = _match([term], language)
        if not match:
            return 0
        row = self._connection.execute("SELECT count(*) FROM passage_terms WHERE passage_terms MATCH ?", (match,))
        return int(row.fetchone()[0])

    def records(self, kind: str) -> tuple[RegisterRecord, ...]:
        """Return every record of one register, in the order of documents' files."""
        rows = self._connection.execute(
            "SELECT r.kind, r.document_id, r.payload FROM register_records r JOIN documents d ON d.id = r.document_id"
            " WHERE r.kind = ? ORDER BY d.file, r.rowid",
            (kind,),
        )
        return tuple(RegisterRecord(*row) for row in rows)

    def admitted(self, narrowing: DocumentFilter) -> frozenset[str]:
        """Return ids of the documents that a filter admits."""
        return frozenset(card.id for card in self.cards.values() if narrowing.admits(card))


class CatalogueWriter:
    """Changes a catalogue that nobody serves yet, in one transaction."""

    def __init__(self, path: Path) -> None:
        """Open the file, creating an empty catalogue if there is none."""
        new = not path.exists()
        self._connection = sqlite3.connect(path)
        self._connection.execute("PRAGMA foreign_keys = ON")
        if new:
            self._connection.executescript(SCHEMA)

    def __enter__(self) -> "CatalogueWriter":
        """Return the writer itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Commit, or abandon the changes after a failure."""
        if error is None:
            self.commit()
        else:
            self.abandon()

    def set_identity(self, identity: dict[str, str]) -> None:
        """Record what the generation was made with."""
        self._connection.executemany("INSERT OR REPLACE INTO identity VALUES (?, ?)", identity.items())

    def remove(self, file: str) -> None:
        """Forget a file: its document, passages, terms, vectors, records or its rejection."""
        self._connection.execute(
            "DELETE FROM passage_terms WHERE rowid IN (SELECT p.number FROM passages p"
            " JOIN documents d ON d.id = p.document_id WHERE d.file = ?)",
            (file,),
        )
        self._connection.execute("DELETE FROM documents WHERE file = ?", (file,))
        self._connection.execute("DELETE FROM rejections WHERE file = ?", (file,))

    def reject(self, rejection: Rejection, state: FileState) -> None:
        """Record why a file is not in the index."""
        self._connection.execute(
            "INSERT OR REPLACE INTO rejections VALUES (?, ?, ?, ?, ?)",
            (rejection.file, state.size, state.modified, state.overrides, rejection.reason),
        )

    def add(self, item: IndexedDocument) -> None:
        """Write a document with all that was derived from it."""
        self._connection.execute(
            f"INSERT INTO documents VALUES ({','.join('?' * 19)})", _document_row(item.document, item.state)
        )
        for passage, sentences, vector in zip(item.passages, item.sentences, item.vectors, strict=True):
            self._add_passage(passage, sentences, vector)
        self._connection.executemany(
            "INSERT INTO register_records VALUES (?, ?, ?)", [(r.document_id, r.kind, r.payload) for r in item.records]
        )

    def _add_passage(self, passage: Passage, sentences: Sequence[Sentence], vector: NDArray[np.float32]) -> None:
        cursor = self._connection.execute(
            "INSERT INTO passages (id, document_id, ordinal, path, start, end, text, search_text, page, page_label,"
            f" language, sentences, vector) VALUES ({','.join('?' * 13)})",
            (
                passage.id, passage.document_id, passage.ordinal, _json(passage.path), passage.start, passage.end,
                passage.text, passage.search_text, passage.place.page, passage.place.page_label, passage.language,
                _json([[s.kind, s.spans] for s in sentences]), vector.astype(np.float32).tobytes(),
            ),
        )  # fmt: skip
        terms = " ".join(stem(passage.search_text, passage.language))
        self._connection.execute(
            f"INSERT INTO passage_terms (rowid, {passage.language}) VALUES (?, ?)", (cursor.lastrowid, terms)
        )

    def commit(self) -> None:
        """Make the changes last and shrink the file to one without a journal."""
        self._connection.commit()
        self._connection.execute("PRAGMA optimize")
        self._connection.close()

    def abandon(self) -> None:
        """Close without keeping the changes."""
        self._connection.rollback()
        self._connection.close()


_MOST_RANKED = 1000
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_SMALL_WORD = re.compile(r"\b[a-zà-ÿ]{2,}\b")
_CARD = "id, file, format, title, symbol, kind, status, date, language, work, page_count, pages_without_text"
_PASSAGE = "id, document_id, ordinal, path, start, end, text, search_text, page, page_label, language"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _match(terms: Sequence[str], language: str) -> str:
    """Return the FTS5 query for any of the terms, each a string so that none is taken for search syntax."""
    words = dict.fromkeys(term.replace('"', "").strip() for term in terms)
    wanted = " OR ".join(f'"{word}"' for word in words if word)
    return f"{language} : ({wanted})" if wanted else ""


def _years(metadata: Metadata) -> set[int]:
    return {int(year) for year in _YEAR.findall(f"{metadata.date or ''} {metadata.title}")}


def _card(row: Sequence[str]) -> DocumentCard:
    identifier, file, form, title, symbol, kind, status, date, language, work, pages, unread = row[:12]
    metadata = Metadata(title, symbol, Kind(kind), Status(status), date, language, work)
    return DocumentCard(identifier, file, form, metadata, int(pages), tuple(json.loads(unread)))


def _passage(row: Sequence[str]) -> Passage:
    identifier, document_id, ordinal, path, start, end, text, search_text, page, label, language = row
    return Passage(
        identifier, document_id, int(ordinal), tuple(json.loads(path)), int(start), int(end), text, search_text,
        Place(None if page is None else int(page), label), language,
    )  # fmt: skip


def _document_row(document: Document, state: FileState) -> tuple[object, ...]:
    m = asdict(document.metadata)
    return (
        document.id, document.file, document.sha256, state.size, state.modified, state.overrides, document.format,
        m["title"], m["symbol"], m["kind"], m["status"], m["date"], m["language"], m["work"], document.text,
        _json([[b.kind, b.start, b.end, b.level, b.page, b.page_label, b.continues] for b in document.blocks]),
        _json([[s.path, s.level, s.start, s.body, s.end] for s in document.sections]),
        document.page_count, _json(document.pages_without_text),
    )  # fmt: skip
