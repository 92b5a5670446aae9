"""Brings the index in line with a folder: a new generation with what was added, changed and removed.

The generation being served is never touched. Everything is written into a new folder and published by an atomic
swap of the pointer, so a crash at any instant leaves the old generation whole.
"""

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter

from ingest.catalogue import Catalogue, CatalogueWriter, FileState, Rejection
from ingest.embedding_cache import EmbeddingCache
from ingest.errors import (
    CorpusError,
    IndexUnavailable,
    IngestionFailed,
    ReadingError,
    UnknownRecord,
)
from ingest.folder import FoundFile, Listing, list_folder
from ingest.generations import Generation, IndexHome, check_integrity
from ingest.manifest import Manifest, load_manifest
from ingest.models.embedder import Embedder
from ingest.registers import REGISTERS_VERSION
from ingest.splitting import SPLITTER_VERSION

SCHEMA_VERSION = "2"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingestion has come.

    Args:
        stage: "reading", "embedding" or "publishing".
        done: files (reading) or passages (embedding) done so far.
        total: how many there are in all.
        file: the file at hand, "" if none.
    """

    stage: str
    done: int
    total: int
    file: str = ""


OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class IngestionReport:
    """What an ingestion did.

    Args:
        generation: id of the generation served afterwards.
        added: files that are new.
        changed: files whose content or manifest entry changed.
        unchanged: files that were in the index already.
        removed: files that are no longer in the folder.
        rejected: files that could not be read, with the reason; those of earlier runs included.
        warnings: what is odd but stopped nothing.
        passages: passages in the index afterwards.
        embedded: passages that the model had to embed.
        seconds: how long it took.
    """

    generation: str | None
    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    rejected: tuple[Rejection, ...]
    warnings: tuple[str, ...]
    passages: int
    embedded: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What has to be done to bring the index in line.

    Args:
        to_read: files that are new or changed.
        unreachable: entries that cannot be followed to a file and are not on record as such yet.
        added: names of the new ones.
        changed: names of the changed ones.
        unchanged: names of the files that stay as they are.
        removed: names on record that are no longer there.
    """

    to_read: tuple[FoundFile, ...]
    unreachable: tuple[Rejection, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether the index is in line already."""
        return not (self.to_read or self.removed or self.unreachable)


_UNREACHABLE = FileState(-2, 0)
_TRY_AGAIN = FileState(-1, 0)


@dataclass(frozen=True, slots=True)
class _Work:
    plan: Plan
    manifest: Manifest
    embedder: Embedder
    progress: OnProgress
    source: Path | None = None


def ingest_folder(
    folder: Path, home: IndexHome, embedder: Embedder, *, progress: OnProgress = lambda _: None
) -> IngestionReport:
    """Bring the index in `home` in line with `folder` and return what was done.

    Raises:
        CorpusError: if the folder or its manifest cannot be used.
        IndexLocked: if another ingestion is running.
        IngestionFailed: if the disk is full or fails; the old index is still served.
    """
    began = perf_counter()
    listing, manifest = list_folder(folder), load_manifest(folder)
    with home.locked():
        home.sweep()
        base = _reusable_base(home, embedder)
        plan = _make_plan(listing, manifest, _known_states(base))
        _refuse_nothing(folder, listing, base)
        if base is not None and plan.is_empty:
            embedded, generation = 0, base
        else:
            embedded, generation = _write_generation(home, base, _Work(plan, manifest, embedder, progress, folder))
        _note_source(generation, folder)
    warnings = (*manifest.warnings, *_warn_of_emptiness(folder, listing))
    return _report(generation, plan, embedded, warnings=warnings, seconds=perf_counter() - began)


def remove_file(file: str, home: IndexHome, embedder: Embedder) -> IngestionReport:
    """Publish a generation without one file.

    Raises:
        IndexUnavailable: if there is no index, or it was made with another model.
        UnknownRecord: if the index does not hold the file.
        IndexLocked: if an ingestion is running.
        IngestionFailed: if the disk is full or fails; the old index is still served.
    """
    began = perf_counter()
    with home.locked():
        base = _reusable_base(home, embedder)
        if base is None:
            raise IndexUnavailable(
                f"There is no index of this model in {home.folder}.", next_step="Make one: `sela ingest FOLDER`."
            )
        plan = _plan_removal(file, _known_states(base))
        embedded, generation = _write_generation(home, base, _Work(plan, Manifest.empty(), embedder, lambda _: None))
    return _report(generation, plan, embedded, warnings=(), seconds=perf_counter() - began)


def index_identity(embedder: Embedder) -> dict[str, str]:
    """Return what an index must have been made with to be extended or searched with `embedder`."""
    return {
        "schema": SCHEMA_VERSION,
        "splitter": str(SPLITTER_VERSION),
        "registers": str(REGISTERS_VERSION),
        "embedding": embedder.fingerprint,
        "dimensions": str(embedder.dimensions),
    }


def _reusable_base(home: IndexHome, embedder: Embedder) -> Generation | None:
    """Return the generation served if it can be extended; a damaged one or one of another model is made anew."""
    try:
        current = home.current()
        if current is None:
            return None
        catalogue = Catalogue(current.catalogue)
    except IndexUnavailable:
        return None
    same = catalogue.identity == index_identity(embedder)
    catalogue.close()
    return current if same else None


def _known_states(base: Generation | None) -> dict[str, FileState]:
    if base is None:
        return {}
    catalogue = Catalogue(base.catalogue)
    states = catalogue.states()
    catalogue.close()
    return states


def _make_plan(listing: Listing, manifest: Manifest, known: dict[str, FileState]) -> Plan:
    present = {f.file: f for f in listing.files}
    added = [f for f in present if f not in known]
    changed = [n for n, f in present.items() if n in known and known[n] != _state(f, manifest)]
    again = {*added, *changed}
    unreachable = [u for u in listing.unfollowed if known.get(u.file) != _UNREACHABLE]
    return Plan(
        to_read=tuple(present[name] for name in present if name in again),
        unreachable=tuple(unreachable),
        added=tuple(added),
        changed=(*changed, *(u.file for u in unreachable if u.file in known)),
        unchanged=tuple(name for name in present if name not in again),
        removed=tuple(n for n in known if n not in present and n not in {u.file for u in listing.unfollowed}),
    )


def _plan_removal(file: str, known: dict[str, FileState]) -> Plan:
    if file not in known:
        raise UnknownRecord(f"The index does not hold {file}.", next_step="List its files: `sela documents`.")
    return Plan((), (), (), (), tuple(f for f in known if f != file), (file,))


def _refuse_nothing(folder: Path, listing: Listing, base: Generation | None) -> None:
    if base is None and not listing.files and not listing.unfollowed:
        raise CorpusError(
            f"The folder {folder} holds no documents.", next_step="Put documents in it, or name another folder."
        )


def _warn_of_emptiness(folder: Path, listing: Listing) -> tuple[str, ...]:
    if listing.files or listing.unfollowed:
        return ()
    return (f"The folder {folder} is empty, so the index is too. `sela rollback` brings the documents back.",)


def _state(found: FoundFile, manifest: Manifest) -> FileState:
    return FileState(found.size, found.modified, manifest.fingerprint(found.file))


def _write_generation(home: IndexHome, base: Generation | None, work: _Work) -> tuple[int, Generation]:
    generation = home.next_generation()
    try:
        home.begin(generation, base)
        if work.source is not None:
            generation.record_source(work.source)
        embedded = _fill(generation, home, work)
        work.progress(Progress("publishing", 0, 1))
        derive_vector_index(generation)
        check_integrity(generation)
        home.publish(generation)
    except (OSError, sqlite3.Error) as error:
        home.discard(generation)
        raise _cannot_write(home.folder, error) from error
    except BaseException:
        home.discard(generation)
        raise
    return embedded, generation


def _note_source(generation: Generation, folder: Path) -> None:
    """Record where the files of a generation are, if that folder has moved."""
    if generation.source == folder.resolve():
        return
    try:
        generation.record_source(folder)
    except OSError as error:
        raise _cannot_write(generation.folder, error) from error


def _cannot_write(place: Path, error: Exception) -> IngestionFailed:
    return IngestionFailed(
        f"The new index could not be written in {place} ({error}); the old index is still served.",
        next_step="Free some disk space or mend its permissions, then run `sela ingest` again.",
    )


def _fill(generation: Generation, home: IndexHome, work: _Work) -> int:
    """Write what the plan asks for into a new generation's catalogue and return how many passages were embedded."""
    plan = work.plan
    with CatalogueWriter(generation.catalogue) as writer, EmbeddingCache(home.embeddings, work.embedder) as cache:
        writer.set_identity(index_identity(work.embedder))
        for file in (*plan.removed, *plan.changed):
            writer.remove(file)
        for unreachable in plan.unreachable:
            writer.reject(unreachable, _UNREACHABLE)
        _add_files(writer, cache, work)
        return cache.embedded


def _add_files(writer: CatalogueWriter, cache: EmbeddingCache, work: _Work) -> None:
    """Read, split and embed what is new or changed; what that takes is imported only where there is something."""
    if not work.plan.to_read:
        return
    from ingest.indexing import index_file
    from ingest.reading import DEFAULT_LIMITS, ReadingProcess

    with ReadingProcess(DEFAULT_LIMITS) as process:
        for done, found in enumerate(work.plan.to_read):
            work.progress(Progress("reading", done, len(work.plan.to_read), found.file))
            state, embedding = _state(found, work.manifest), partial(_tell_embedding, work.progress, found.file)
            try:
                item = index_file(found, state, cache, manifest=work.manifest, process=process, progress=embedding)
            except ReadingError as error:
                writer.reject(Rejection(found.file, str(error)), _TRY_AGAIN if error.retryable else state)
            else:
                writer.add(item)


def _tell_embedding(progress: OnProgress, file: str, done: int, total: int) -> None:
    progress(Progress("embedding", done, total, file))


def derive_vector_index(generation: Generation) -> None:
    """Build the vector index of a generation out of its catalogue.

    Raises:
        IndexUnavailable: if the catalogue cannot be opened.
        IngestionFailed: if the vector index cannot be written.
    """
    from ingest.vector_index import build_vector_index

    catalogue = Catalogue(generation.catalogue)
    shutil.rmtree(generation.chroma, ignore_errors=True)
    languages = {card.id: card.metadata.language for card in catalogue.cards.values()}
    build_vector_index(generation.chroma, catalogue.vectors(), languages=languages)
    catalogue.close()


def _report(
    generation: Generation, plan: Plan, embedded: int, *, warnings: tuple[str, ...], seconds: float
) -> IngestionReport:
    catalogue = Catalogue(generation.catalogue)
    refused = {r.file for r in catalogue.rejections}
    report = IngestionReport(
        generation=generation.id,
        added=tuple(f for f in plan.added if f not in refused),
        changed=tuple(f for f in plan.changed if f not in refused),
        unchanged=tuple(f for f in plan.unchanged if f not in refused),
        removed=plan.removed,
        rejected=catalogue.rejections,
        warnings=warnings,
        passages=catalogue.passage_count,
        embedded=embedded,
        seconds=seconds,
    )
    catalogue.close()
    return report
