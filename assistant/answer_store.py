"""Keeps every answer under its permanent address, with the settings it was made with."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.answers import Answer, answer_from_json, answer_to_json
from ingest.errors import UnknownRecord

_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (
    id TEXT PRIMARY KEY, created TEXT NOT NULL, generation TEXT NOT NULL, asked TEXT NOT NULL, settings TEXT NOT NULL,
    answer TEXT NOT NULL)
"""


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """A stored answer.

    Args:
        answer: as it was given.
        created: ISO 8601, UTC.
        asked: the request that led to it, as JSON (question, history, filters, language).
        settings: what it was made with (models, reranking, versions).
    """

    answer: Answer
    created: str
    asked: Mapping[str, Any]
    settings: Mapping[str, Any]


class AnswerStore:
    """Answers in one SQLite file beside the generations; safe for several processes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def save(self, answer: Answer, *, asked: Mapping[str, Any], settings: Mapping[str, Any]) -> None:
        """Keep an answer for ever."""
        with self._open() as connection:
            connection.execute(
                "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?)",
                (
                    answer.id, datetime.now(UTC).isoformat(timespec="seconds"), answer.index.generation,
                    json.dumps(asked), json.dumps(settings), json.dumps(answer_to_json(answer), ensure_ascii=False),
                ),
            )  # fmt: skip

    def load(self, answer_id: str) -> AnswerRecord:
        """Return a stored answer.

        Raises:
            UnknownRecord: if there is none of that id.
        """
        with self._open() as connection:
            row = connection.execute(
                "SELECT answer, created, asked, settings FROM answers WHERE id = ?", (answer_id,)
            ).fetchone()
        if row is None:
            raise UnknownRecord(f"No answer {answer_id} is on record.", next_step="Ask the question again.")
        answer, created, asked, settings = row
        return AnswerRecord(answer_from_json(json.loads(answer)), created, json.loads(asked), json.loads(settings))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._path, timeout=10)) as connection, connection:
            connection.execute(_SCHEMA)
            yield connection
