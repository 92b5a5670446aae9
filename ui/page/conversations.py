"""Conversations, kept for each visitor under a secret that nobody else has; answers are kept by their id only."""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

FILE = "conversations.sqlite"
_LONGEST_TITLE = 80
_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, updated TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS conversations_by_owner ON conversations(owner, updated);
CREATE TABLE IF NOT EXISTS turns (
    id TEXT PRIMARY KEY, conversation TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    question TEXT NOT NULL, answer TEXT, failure TEXT);
CREATE INDEX IF NOT EXISTS turns_by_conversation ON turns(conversation);
"""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as the list shows it.

    Args:
        id: random, 128 bits.
        title: its first question, or what its owner called it.
        updated: ISO 8601, UTC.
    """

    id: str
    title: str
    updated: str


@dataclass(frozen=True, slots=True)
class ConversationTurn:
    """A question and what became of it.

    Args:
        id: random.
        question: the words of the asker.
        answer_id: of the stored answer, None while there is none.
        failure: why there is none: "stopped", or the name of a problem of the API; None if it did not fail.
    """

    id: str
    question: str
    answer_id: str | None
    failure: str | None


class ConversationStore:
    """Conversations in one SQLite file; whoever asks must name the owner and gets nothing of another's."""

    def __init__(self, home: Path) -> None:
        self._path = home / FILE
        self._is_made = False

    def of(self, owner: str) -> list[Conversation]:
        """Return an owner's conversations, the latest first."""
        with self._open() as connection:
            rows = connection.execute(
                "SELECT id, title, updated FROM conversations WHERE owner = ? ORDER BY updated DESC, rowid DESC",
                (owner,),
            ).fetchall()
        return [Conversation(*row) for row in rows]

    def turns(self, owner: str, conversation_id: str) -> list[ConversationTurn]:
        """Return the questions of a conversation, the oldest first; none if it is not the owner's."""
        with self._open() as connection:
            rows = connection.execute(
                "SELECT t.id, t.question, t.answer, t.failure FROM turns t"
                " JOIN conversations c ON c.id = t.conversation WHERE c.owner = ? AND c.id = ? ORDER BY t.rowid",
                (owner, conversation_id),
            ).fetchall()
        return [ConversationTurn(*row) for row in rows]

    def title(self, owner: str, conversation_id: str) -> str | None:
        """Return what a conversation is called, None if it is not the owner's."""
        with self._open() as connection:
            row = connection.execute(
                "SELECT title FROM conversations WHERE owner = ? AND id = ?", (owner, conversation_id)
            ).fetchone()
        return None if row is None else str(row[0])

    def begin(self, owner: str, question: str) -> str:
        """Begin a conversation named after its first question and return its id."""
        identifier = secrets.token_urlsafe(16)
        with self._open() as connection:
            connection.execute(
                "INSERT INTO conversations VALUES (?, ?, ?, ?)", (identifier, owner, _title(question), _now())
            )
        return identifier

    def add(self, owner: str, conversation_id: str, question: str) -> str | None:
        """Keep a question before it is answered and return the id of its turn, None if it is not the owner's."""
        identifier = secrets.token_urlsafe(12)
        with self._open() as connection:
            changed = connection.execute(
                "UPDATE conversations SET updated = ? WHERE owner = ? AND id = ?", (_now(), owner, conversation_id)
            )
            if not changed.rowcount:
                return None
            connection.execute(
                "INSERT INTO turns (id, conversation, question) VALUES (?, ?, ?)",
                (identifier, conversation_id, question),
            )
        return identifier

    def settle(self, turn_id: str, *, answer_id: str | None = None, failure: str | None = None) -> None:
        """Keep what became of a question."""
        with self._open() as connection:
            connection.execute("UPDATE turns SET answer = ?, failure = ? WHERE id = ?", (answer_id, failure, turn_id))

    def rename(self, owner: str, conversation_id: str, title: str) -> None:
        """Call a conversation something else; an empty title changes nothing."""
        if title.strip():
            with self._open() as connection:
                connection.execute(
                    "UPDATE conversations SET title = ? WHERE owner = ? AND id = ?",
                    (_title(title), owner, conversation_id),
                )

    def delete(self, owner: str, conversation_id: str) -> None:
        """Forget a conversation; its answers keep their permanent addresses."""
        with self._open() as connection:
            connection.execute("DELETE FROM conversations WHERE owner = ? AND id = ?", (owner, conversation_id))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._path, timeout=10)) as connection, connection:
            if not self._is_made:
                connection.executescript(_SCHEMA)
                self._is_made = True
            connection.execute("PRAGMA foreign_keys = ON")
            yield connection


def _title(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_TITLE else line[: _LONGEST_TITLE - 1].rstrip() + "…"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
