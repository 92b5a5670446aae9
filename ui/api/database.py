"""The one SQLite file beside the generations that keeps what the service itself knows: keys, feedback, ingestions."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

FILE = "service.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS keys (
    id TEXT PRIMARY KEY, name TEXT UNIQUE NOT NULL, digest TEXT NOT NULL, scopes TEXT NOT NULL, created TEXT NOT NULL,
    expires TEXT, revoked TEXT);
CREATE TABLE IF NOT EXISTS feedback (
    id TEXT PRIMARY KEY, created TEXT NOT NULL, caller TEXT NOT NULL, answer_id TEXT NOT NULL, verdict TEXT NOT NULL,
    citation INTEGER, comment TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS ingestions (
    id TEXT PRIMARY KEY, created TEXT NOT NULL, caller TEXT NOT NULL, idempotency_key TEXT, request TEXT NOT NULL,
    state TEXT NOT NULL, job TEXT NOT NULL, UNIQUE (caller, idempotency_key));
"""


@contextmanager
def open_database(home: Path) -> Iterator[sqlite3.Connection]:
    """Open the file for one transaction, creating what is missing."""
    home.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(home / FILE, timeout=10)) as connection, connection:
        connection.executescript(_SCHEMA)
        yield connection
