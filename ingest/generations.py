"""The home of the index: immutable generations, the pointer to the one served, and the lock of the one writer.

data/
├── current                 the id of the generation served, swapped atomically
├── lock, lock.holder       one ingestion at a time, and who it is
├── embeddings.sqlite       vectors by (model fingerprint, text hash), kept between generations
└── generations/ID/         catalogue.sqlite, chroma/, source.json (the folder that was ingested)
"""

import json
import os
import shutil
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.errors import IndexLocked, IndexUnavailable, IngestionFailed, UnknownRecord

KEPT = 4
_SOURCE = "source.json"


@dataclass(frozen=True, slots=True)
class Generation:
    """One immutable state of the index on disk."""

    id: str
    folder: Path

    @property
    def catalogue(self) -> Path:
        """The source of truth."""
        return self.folder / "catalogue.sqlite"

    @property
    def chroma(self) -> Path:
        """The derived vector index."""
        return self.folder / "chroma"

    @property
    def source(self) -> Path | None:
        """The folder that was ingested, None if it is not known; its files may have changed since."""
        try:
            named: str = json.loads((self.folder / _SOURCE).read_text(encoding="utf-8"))["folder"]
            return (self._home / named).resolve()
        except (OSError, ValueError, KeyError):
            return None

    def record_source(self, folder: Path) -> None:
        """Note which folder was ingested; one in the index home moves with it."""
        place, home = folder.resolve(), self._home.resolve()
        named = place.relative_to(home) if place.is_relative_to(home) else place
        temporary = self.folder / f"{_SOURCE}.new"
        temporary.write_text(json.dumps({"folder": str(named)}), encoding="utf-8")
        temporary.replace(self.folder / _SOURCE)

    @property
    def _home(self) -> Path:
        return self.folder.parents[1]


class IndexHome:
    """The folder in which generations live."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pointer = folder / "current"
        self._generations = folder / "generations"

    @property
    def embeddings(self) -> Path:
        """The embedding cache."""
        return self.folder / "embeddings.sqlite"

    def current_id(self) -> str | None:
        """Return the id of the generation served, None before the first ingestion."""
        try:
            return self._pointer.read_text(encoding="utf-8").strip() or None
        except FileNotFoundError:
            return None

    def current(self) -> Generation | None:
        """Return the generation served, None before the first ingestion.

        Raises:
            IndexUnavailable: if the pointer names a generation that is not there.
        """
        identifier = self.current_id()
        if identifier is None:
            return None
        generation = Generation(identifier, self._generations / identifier)
        if not generation.catalogue.is_file():
            raise IndexUnavailable(
                f"Generation {identifier} in {self.folder} is incomplete.", next_step="Run `sela rollback`."
            )
        return generation

    def require_current(self) -> Generation:
        """Return the generation served.

        Raises:
            IndexUnavailable: if nothing was ingested yet.
        """
        generation = self.current()
        if generation is None:
            raise IndexUnavailable(f"There is no index in {self.folder}.", next_step="Make one: `sela ingest FOLDER`.")
        return generation

    def complete(self) -> list[Generation]:
        """Return every complete generation, the oldest first."""
        found = sorted(p for p in self._generations.glob("*") if (p / "complete").is_file())
        return [Generation(p.name, p) for p in found]

    def unfinished(self) -> list[Path]:
        """Return the folders that an interrupted ingestion left behind, and that of one that is running."""
        return sorted(p for p in self._generations.glob("*") if not (p / "complete").is_file())

    def find(self, identifier: str) -> Generation:
        """Return a complete generation by its id.

        Raises:
            UnknownRecord: if there is none.
        """
        for generation in self.complete():
            if generation.id == identifier:
                return generation
        raise UnknownRecord(
            f"There is no generation {identifier} in {self.folder}.", next_step="List them: `sela rollback --list`."
        )

    def next_generation(self) -> Generation:
        """Return a generation that does not exist yet; ids follow the clock."""
        identifier = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
        return Generation(identifier, self._generations / identifier)

    def begin(self, generation: Generation, base: Generation | None) -> None:
        """Make the folder of a new generation, with a copy of the catalogue and source of `base` if given."""
        generation.folder.mkdir(parents=True)
        if base is not None:
            shutil.copyfile(base.catalogue, generation.catalogue)
            if base.source is not None:
                generation.record_source(base.source)

    def publish(self, generation: Generation) -> None:
        """Mark a generation complete, swap the pointer to it, and drop the oldest beyond those kept."""
        (generation.folder / "complete").touch()
        self.point_to(generation)
        for old in self.complete()[:-KEPT]:
            if old.id != generation.id:
                shutil.rmtree(old.folder, ignore_errors=True)

    def point_to(self, generation: Generation) -> None:
        """Serve `generation` from now on; readers notice and reopen."""
        temporary = self._pointer.with_suffix(".new")
        with temporary.open("w", encoding="utf-8") as file:
            file.write(generation.id + "\n")
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self._pointer)

    def discard(self, generation: Generation) -> None:
        """Remove a generation that was not published."""
        shutil.rmtree(generation.folder, ignore_errors=True)

    def sweep(self) -> None:
        """Remove what an interrupted ingestion left behind; call it while holding the lock."""
        for folder in self.unfinished():
            shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the index for writing.

        Raises:
            IndexLocked: if another process holds it; the message says which.
            IngestionFailed: if the folder cannot be written.
        """
        holder = self.folder / "lock.holder"
        lock = self._acquire(holder)
        try:
            yield
        finally:
            holder.unlink(missing_ok=True)
            lock.release()

    def _acquire(self, holder: Path) -> FileLock:
        lock = FileLock(self.folder / "lock")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=0)
            _write_holder(holder)
        except Timeout as error:
            raise IndexLocked(
                f"The index in {self.folder} is being changed by {_describe(holder)}.",
                next_step="Wait until it has finished and run the command again.",
            ) from error
        except OSError as error:
            lock.release()
            raise IngestionFailed(
                f"The index home {self.folder} cannot be written ({error.strerror or error}).",
                next_step="Free some space, mend its permissions, or name another: `--data DIR`.",
            ) from error
        return lock


def check_integrity(generation: Generation) -> None:
    """Verify a catalogue that was just written.

    Raises:
        IndexUnavailable: if SQLite finds it damaged.
    """
    try:
        with closing(sqlite3.connect(generation.catalogue)) as connection:
            verdict = connection.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        verdict = str(error)
    if verdict != "ok":
        raise IndexUnavailable(
            f"The new catalogue is damaged ({verdict}); the old index is still served.",
            next_step="Run `sela doctor`; if the old one is damaged too, `sela rollback`, then ingest again.",
        )


def _write_holder(holder: Path) -> None:
    facts = {"process": os.getpid(), "host": socket.gethostname(), "since": _now()}
    holder.write_text(json.dumps(facts), encoding="utf-8")


def _describe(holder: Path) -> str:
    try:
        facts = json.loads(holder.read_text(encoding="utf-8"))
        return f"process {facts['process']} on {facts['host']} since {facts['since']}"
    except (OSError, ValueError, KeyError):
        return "another process"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
