"""The audit log: who asked for what, when, and which documents it touched."""

import json
import logging
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from ui.api.access import Caller

FILE = "audit.jsonl"
_log = logging.getLogger("sela.api")


class AuditLog:
    """Appends one line of JSON for each access; rotate it with the system's own means."""

    def __init__(self, home: Path, *, with_questions: bool) -> None:
        self._path = home / FILE
        self._with_questions = with_questions
        self._lock = Lock()

    def note(self, caller: Caller, action: str, documents: Iterable[str], *, question: str | None = None) -> None:
        """Write one access.

        Args:
            caller: who.
            action: what, such as "answer" or "document".
            documents: ids or files that were given or changed.
            question: kept only where the settings ask for it.
        """
        facts: dict[str, object] = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "key": caller.id,
            "name": caller.name,
            "action": action,
            "documents": sorted(set(documents)),
        }
        if question is not None and self._with_questions:
            facts["question"] = question
        self._append(json.dumps(facts, ensure_ascii=False))

    def _append(self, line: str) -> None:
        try:
            with self._lock, self._path.open("a", encoding="utf-8", errors="replace") as file:
                file.write(line + "\n")
        except OSError as error:
            _log.error("the audit log %s cannot be written: %s", self._path, error)
