"""Ingestions asked for over the API: one after the other in the background, each on record from beginning to end."""

import json
import logging
import secrets
import sqlite3
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.catalogue import Catalogue
from ingest.errors import SelaError, UnknownRecord
from ingest.ingestion import IngestionReport, Progress
from ui.api.access import Caller
from ui.api.database import open_database
from ui.api.problems import Problem, problem_of

_MOST_WAITING = 20
_SHARE = {"reading": 0.5, "embedding": 0.9, "publishing": 1.0}
_WAITING = {"stage": "waiting", "fraction": 0.0}
_ENDED = {"stage": "ended", "fraction": 1.0}
_log = logging.getLogger("sela.api")

Work = Callable[[Callable[[Progress], None]], IngestionReport]


@dataclass(frozen=True, slots=True)
class JobRequest:
    """What was asked for.

    Args:
        caller: who asked.
        idempotency_key: under which the same request is done only once, None if none was given.
        facts: what tells one request from another (folder, names and digests of files).
    """

    caller: Caller
    idempotency_key: str | None
    facts: dict[str, Any]


class IngestionJobs:
    """Runs ingestions one at a time and remembers what became of each."""

    def __init__(self, home: Path, served: Callable[[], Catalogue]) -> None:
        """Take over the records of an earlier process.

        Args:
            home: the index home.
            served: gives the catalogue being served.
        """
        self._home = home
        self._served = served
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="sela-ingestion")
        self._progress: dict[str, dict[str, Any]] = {}

    def known(self, request: JobRequest) -> dict[str, Any] | None:
        """Return the job of the same request under the same idempotency key, None if there is none.

        Raises:
            Problem: "conflict" if the key was used for another request.
        """
        if request.idempotency_key is None:
            return None
        with open_database(self._home) as connection:
            row = connection.execute(
                "SELECT id, request FROM ingestions WHERE caller = ? AND idempotency_key = ?",
                (request.caller.id, request.idempotency_key),
            ).fetchone()
        if row is None:
            return None
        if json.loads(row[1])["facts"] != request.facts:
            raise Problem("conflict", "The idempotency key was used for another request; take a new one.")
        return self.find(row[0], request.caller)

    def start(self, request: JobRequest, work: Work) -> dict[str, Any]:
        """Put an ingestion into the queue and return its job.

        Raises:
            Problem: "busy" if too many wait; "conflict" if its idempotency key was taken meanwhile.
        """
        if len(self._progress) >= _MOST_WAITING:
            raise Problem("busy", "Many ingestions wait already; ask again later.", {"Retry-After": "30"})
        job = {"id": f"ing_{secrets.token_hex(10)}", "state": "queued", "created": _now(), "report": None}
        self._insert(job | {"problem": None}, request)
        self._progress[job["id"] or ""] = _WAITING
        self._executor.submit(self._run, str(job["id"]), request.caller, work)
        return self.find(str(job["id"]), request.caller)

    def find(self, job_id: str, caller: Caller) -> dict[str, Any]:
        """Return a job as it stands.

        Raises:
            UnknownRecord: if there is none, or it may name documents that the caller must not see.
        """
        progress = self._progress.get(job_id, _WAITING)  # before the state: it is dropped after the state is kept
        with open_database(self._home) as connection:
            row = connection.execute("SELECT job, request FROM ingestions WHERE id = ?", (job_id,)).fetchone()
        if row is None or not caller.hidden_statuses <= set(json.loads(row[1])["hidden_statuses"]):
            raise UnknownRecord(f"No ingestion {job_id} is on record.", next_step="Start one: POST /v1/ingestions.")
        job: dict[str, Any] = json.loads(row[0])
        return job | {"progress": _ENDED if job["state"] in ("done", "failed") else progress}

    def mark_interrupted(self) -> None:
        """Note that what an earlier process left undone will not be done."""
        with open_database(self._home) as connection:
            rows = connection.execute("SELECT job FROM ingestions WHERE state IN ('queued', 'running')").fetchall()
        for (text,) in rows:
            interrupted = {"detail": "The service was stopped before the end; ask for it again.", "type": "interrupted"}
            self._keep(json.loads(text) | {"state": "failed", "problem": interrupted})

    def close(self) -> None:
        """Begin no other ingestion; the one at work is left to end."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _run(self, job_id: str, caller: Caller, work: Work) -> None:
        job = self.find(job_id, caller)
        job.pop("progress")
        self._keep(job | {"state": "running"})
        try:
            hidden = self._hidden_files(caller)
            report = work(lambda progress: self._note(job_id, progress))
            told = _told(report, hidden | self._hidden_files(caller), caller)
            ended = {"state": "done", "report": told}
        except (SelaError, Problem) as error:
            problem = error if isinstance(error, Problem) else problem_of(error)
            ended = {"state": "failed", "problem": {"type": problem.name, "detail": problem.detail}}
        except Exception:  # noqa: BLE001, the outermost edge of the thread
            _log.exception("ingestion %s failed", job_id)
            ended = {"state": "failed", "problem": {"type": "internal", "detail": f"Report ingestion {job_id}."}}
        self._keep(job | ended)
        self._progress.pop(job_id, None)

    def _hidden_files(self, caller: Caller) -> frozenset[str]:
        try:
            catalogue = self._served()
        except (SelaError, Problem):
            return frozenset()
        internal = {file for file, state in catalogue.states().items() if '"internal"' in state.overrides}
        if not caller.hidden_statuses:
            return frozenset()
        return frozenset(internal | {card.file for card in catalogue.cards.values() if not caller.sees(card)})

    def _note(self, job_id: str, progress: Progress) -> None:
        before = {"reading": 0.0, "embedding": 0.5, "publishing": 0.9}[progress.stage]
        share = progress.done / progress.total if progress.total else 1.0
        fraction = before + share * (_SHARE[progress.stage] - before)
        self._progress[job_id] = {"stage": progress.stage, "fraction": round(fraction, 3)}

    def _insert(self, job: dict[str, Any], request: JobRequest) -> None:
        asked = {"facts": request.facts, "hidden_statuses": sorted(request.caller.hidden_statuses)}
        row = (job["id"], job["created"], request.caller.id, request.idempotency_key, json.dumps(asked))
        try:
            with open_database(self._home) as connection:
                connection.execute(
                    "INSERT INTO ingestions VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, job["state"], json.dumps(job))
                )
        except sqlite3.IntegrityError as error:
            raise Problem("conflict", "The same idempotency key was sent twice at once.") from error

    def _keep(self, job: dict[str, Any]) -> None:
        with open_database(self._home) as connection:
            connection.execute(
                "UPDATE ingestions SET state = ?, job = ? WHERE id = ?", (job["state"], json.dumps(job), job["id"])
            )


def _told(report: IngestionReport, hidden: frozenset[str], caller: Caller) -> dict[str, Any]:
    """Return the report without files that the caller must not know of."""

    def seen(files: Iterable[str]) -> list[str]:
        return [file for file in files if file not in hidden]

    return {
        "generation": report.generation,
        "added": seen(report.added),
        "changed": seen(report.changed),
        "unchanged": len(seen(report.unchanged)),
        "removed": seen(report.removed),
        "rejected": [{"file": r.file, "reason": r.reason} for r in report.rejected if r.file not in hidden],
        "warnings": list(report.warnings) if not caller.hidden_statuses else [],
        "seconds": round(report.seconds, 3),
    }


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
