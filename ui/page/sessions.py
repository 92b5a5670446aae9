"""Who is signed in: random tokens in a cookie of the browser, their hashes and the key behind them kept here."""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from ui.page.conversations import FILE

LASTS = timedelta(hours=12)
_SCHEMA = "CREATE TABLE IF NOT EXISTS sessions (token TEXT PRIMARY KEY, key TEXT NOT NULL, expires TEXT NOT NULL)"


class SessionStore:
    """Sessions in the file of the conversations."""

    def __init__(self, home: Path) -> None:
        self._path = home / FILE

    def begin(self, key_id: str) -> str:
        """Begin a session for a key and return its token, which is kept nowhere else."""
        token = secrets.token_urlsafe(32)
        with self._open() as connection:
            connection.execute("DELETE FROM sessions WHERE expires < ?", (_after(timedelta()),))
            connection.execute("INSERT INTO sessions VALUES (?, ?, ?)", (digest(token), key_id, _after(LASTS)))
        return token

    def key_id(self, token: str) -> str | None:
        """Return the id of the key behind a token, None if there is no such session any more."""
        if not token or not self._path.exists():
            return None
        with self._open() as connection:
            row = connection.execute(
                "SELECT key FROM sessions WHERE token = ? AND expires > ?", (digest(token), _after(timedelta()))
            ).fetchone()
        return None if row is None else str(row[0])

    def end(self, token: str) -> None:
        """Forget a session."""
        with self._open() as connection:
            connection.execute("DELETE FROM sessions WHERE token = ?", (digest(token),))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._path, timeout=10)) as connection, connection:
            connection.execute(_SCHEMA)
            yield connection


def digest(token: str) -> str:
    """Return what is kept of a secret of 256 random bits."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def _after(duration: timedelta) -> str:
    return (datetime.now(UTC) + duration).isoformat(timespec="seconds")
