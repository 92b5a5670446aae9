"""API keys: made once, shown once, kept only as hashes, revoked at once."""

import hmac
import re
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from ingest.errors import SettingsError, UnknownRecord
from ui.api.database import FILE, open_database

_SHAPE = re.compile(r"sela_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_NOBODY = "0" * 64


class Scope(StrEnum):
    """What a key may do."""

    READ = "read"
    INGEST = "ingest"
    ADMIN = "admin"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What is kept of a key: everything but its secret.

    Args:
        id: its public part, shown in lists and logs.
        name: who it was made for.
        scopes: what it may do.
        created: ISO 8601, UTC.
        expires: ISO 8601, UTC; None if never.
        revoked: when it was revoked, None if it was not.
    """

    id: str
    name: str
    scopes: frozenset[Scope]
    created: str
    expires: str | None
    revoked: str | None

    @property
    def is_valid(self) -> bool:
        """Tell whether it opens anything now."""
        return self.revoked is None and (self.expires is None or self.expires > _now())


class KeyStore:
    """Keys in the service's database; what the command line does to them counts for a running service at once."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def create(self, name: str, scopes: frozenset[Scope], *, expires: str | None = None) -> str:
        """Make a key and return its secret, which nobody can be shown again.

        Raises:
            SettingsError: if the name is taken or empty.
        """
        identifier, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
        row = (identifier, name, _digest(secret), " ".join(sorted(scopes)), _now(), expires, None)
        if not name.strip():
            raise SettingsError("A key needs a name.", next_step="Name who it is for.")
        try:
            with open_database(self._home) as connection:
                connection.execute("INSERT INTO keys VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        except sqlite3.IntegrityError as error:
            raise SettingsError(
                f"There is a key named {name} already.", next_step="Choose another name; revoked keys keep theirs."
            ) from error
        return f"sela_{identifier}_{secret}"

    def all(self) -> list[ApiKey]:
        """Return every key ever made, the oldest first."""
        if not (self._home / FILE).exists():
            return []
        with open_database(self._home) as connection:
            rows = connection.execute(f"SELECT {_COLUMNS} FROM keys ORDER BY created, rowid").fetchall()
        return [_key(row) for row in rows]

    def revoke(self, name_or_id: str) -> ApiKey:
        """Make a key worthless from now on.

        Raises:
            UnknownRecord: if there is none of that name or id.
        """
        with open_database(self._home) as connection:
            connection.execute(
                "UPDATE keys SET revoked = coalesce(revoked, ?) WHERE name = ? OR id = ?",
                (_now(), name_or_id, name_or_id),
            )
            row = connection.execute(
                f"SELECT {_COLUMNS} FROM keys WHERE name = ? OR id = ?", (name_or_id, name_or_id)
            ).fetchone()
        if row is None:
            raise UnknownRecord(f"There is no key {name_or_id}.", next_step="List them: `sela keys list`.")
        return _key(row)

    def any_exists(self) -> bool:
        """Tell whether a key was ever made; from then on none may be left out."""
        if not (self._home / FILE).exists():
            return False
        with open_database(self._home) as connection:
            return connection.execute("SELECT 1 FROM keys LIMIT 1").fetchone() is not None

    def find(self, presented: str) -> ApiKey | None:
        """Return the valid key that was presented, None for any other text; takes as long either way."""
        shape = _SHAPE.fullmatch(presented)
        identifier, secret = shape.groups() if shape else ("", presented)
        row = self._row(identifier)
        digest = row[-1] if row else _NOBODY
        if not hmac.compare_digest(digest, _digest(secret)) or row is None:
            return None
        key = _key(row)
        return key if key.is_valid else None

    def _row(self, identifier: str) -> tuple[str, ...] | None:
        if not (self._home / FILE).exists():
            return None
        with open_database(self._home) as connection:
            row: tuple[str, ...] | None = connection.execute(
                f"SELECT {_COLUMNS}, digest FROM keys WHERE id = ?", (identifier,)
            ).fetchone()
        return row


_COLUMNS = "id, name, scopes, created, expires, revoked"


def _key(row: tuple[str, ...]) -> ApiKey:
    identifier, name, scopes, created, expires, revoked = row[:6]
    return ApiKey(identifier, name, frozenset(Scope(s) for s in scopes.split()), created, expires, revoked)


def _digest(secret: str) -> str:
    """Return the hash that is kept; the secret has 256 random bits, so no slow hash is needed."""
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
