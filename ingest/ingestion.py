"""Brings the index in line with a folder: a new generation with what was added, changed and removed.

The generation being served is never touched. Everything is written into a new folder and published by an atomic
swap of the pointer, so a crash at any instant leaves the old generation whole.
"""

import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from ingest.catalogue import Catalogue, CatalogueWriter, FileState, IndexedDocument, Rejection
from ingest.document_building import build_document
from ingest.documents import Document, Passage, Sentence
from ingest.embedding_cache import EmbeddingCache
from ingest.errors import IngestionFailed, ReadingError
from ingest.folder import FoundFile, Listing, list_folder
from ingest.generations import Generation, IndexHome, check_integrity
from ingest.manifest import Manifest, load_manifest
from ingest.models.embedder import Embedder
from ingest.reading import read_file
from ingest.registers import REGISTERS_VERSION, extract_records
from ingest.sentences import split_sentences
from ingest.splitting import SPLITTER_VERSION, split_passages

SCHEMA_VERSION = "1"


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
    """What has to be done to bring the index in line."""

    to_read: tuple[FoundFile, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether the index is in line already."""
        return not (self.to_read or self.removed)


@dataclass(slots=True)
class _Outcome:
    """What was gathered while files were read and embedded."""

    rejected: list[Rejection] = field(default_factory=list)
    embedded: int = 0


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
        known = _known_states(base)
        plan = _make_plan(listing, manifest, known)
        if base is not None and plan.is_empty:
            outcome, generation = _Outcome(), base
        else:
            outcome, generation = _write_generation(home, base, plan, embedder, manifest=manifest, progress=progress)
    return _report(generation, plan, outcome, listing, manifest, seconds=perf_counter() - began)


def remove_file(file: str, home: IndexHome, embedder: Embedder) -> IngestionReport:
    """Publish a generation without one file.

    Raises:
        IndexUnavailable: if there is no index.
        IndexLocked: if an ingestion is running.
    """
    began = perf_counter()
    with home.locked():
        base = home.require_current()
        plan = Plan((), (), (), tuple(f for f in _known_states(base) if f != file), (file,))
        outcome, generation = _write_generation(home, base, plan, embedder, manifest=Manifest.empty())
    return _report(generation, plan, outcome, Listing((), ()), Manifest.empty(), seconds=perf_counter() - began)


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
    current = home.current()
    if current is None:
        return None
    catalogue = Catalogue(current.catalogue)
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
    return Plan(
        to_read=tuple(present[name] for name in present if name in again),
        added=tuple(added),
        changed=tuple(changed),
        unchanged=tuple(name for name in present if name not in again),
        removed=tuple(name for name in known if name not in present),
    )


def _state(found: FoundFile, manifest: Manifest) -> FileState:
    return FileState(found.size, found.modified, manifest.fingerprint(found.file))


def _write_generation(
    home: IndexHome,
    base: Generation | None,
    plan: Plan,
    embedder: Embedder,
    *,
    manifest: Manifest,
    progress: OnProgress = lambda _: None,
) -> tuple[_Outcome, Generation]:
    generation = home.begin(base)
    try:
        outcome = _fill(generation, home, plan, embedder, manifest=manifest, progress=progress)
        progress(Progress("publishing", 0, 1))
        _derive_vector_index(generation)
        check_integrity(generation)
        home.publish(generation)
    except (OSError, sqlite3.Error) as error:
        home.discard(generation)
        raise IngestionFailed(
            f"The new index could not be written in {home.folder} ({error}); the old one is still served.",
            next_step="Free some disk space or mend its permissions, then run `sela ingest` again.",
        ) from error
    except BaseException:
        home.discard(generation)
        raise
    return outcome, generation


def _fill(
    generation: Generation,
    home: IndexHome,
    plan: Plan,
    embedder: Embedder,
    *,
    manifest: Manifest,
    progress: OnProgress,
) -> _Outcome:
    outcome = _Outcome()
    writer = CatalogueWriter(generation.catalogue)
    writer.set_identity(index_identity(embedder))
    for file in (*plan.removed, *plan.changed):
        writer.remove(file)
    with EmbeddingCache(home.embeddings, embedder) as cache:
        for done, found in enumerate(plan.to_read):
            progress(Progress("reading", done, len(plan.to_read), found.file))
            _add_file(found, writer, cache, outcome, manifest=manifest, progress=progress)
        outcome.embedded = cache.embedded
    writer.commit()
    return outcome


def _add_file(
    found: FoundFile,
    writer: CatalogueWriter,
    cache: EmbeddingCache,
    outcome: _Outcome,
    *,
    manifest: Manifest,
    progress: OnProgress,
) -> None:
    state = _state(found, manifest)
    try:
        document = _read_document(found, manifest)
    except ReadingError as error:
        rejection = Rejection(found.file, str(error))
        outcome.rejected.append(rejection)
        writer.reject(rejection, FileState(-1, 0) if error.retryable else state)
        return
    writer.add(_index(document, state, cache, progress))


def _read_document(found: FoundFile, manifest: Manifest) -> Document:
    source = read_file(found.path)
    sha256 = hashlib.sha256(found.path.read_bytes()).hexdigest()
    return build_document(source, file=found.file, sha256=sha256, overrides=manifest.overrides(found.file))


def _index(
    document: Document, state: FileState, cache: EmbeddingCache, progress: OnProgress
) -> IndexedDocument:
    passages = split_passages(document)
    vectors = cache.embed(
        [p.search_text for p in passages],
        progress=lambda done: progress(Progress("embedding", done, len(passages), document.file)),
    )
    sentences = _by_passage(passages, split_sentences(document))
    return IndexedDocument(document, state, passages, sentences, vectors, extract_records(document))


def _by_passage(passages: Sequence[Passage], sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    bounds = [p.start for p in passages]
    ends = [b for _, b in pairwise(bounds)] + [float("inf")] if bounds else []
    return [
        [s for s in sentences if start <= s.start < end] for start, end in zip(bounds, ends, strict=True)
    ]


def _derive_vector_index(generation: Generation) -> None:
    from ingest.vector_index import build_vector_index

    catalogue = Catalogue(generation.catalogue)
    shutil.rmtree(generation.chroma, ignore_errors=True)
    build_vector_index(generation.chroma, catalogue.vectors())
    catalogue.close()


def _report(
    generation: Generation,
    plan: Plan,
    outcome: _Outcome,
    listing: Listing,
    manifest: Manifest,
    *,
    seconds: float,
) -> IngestionReport:
    catalogue = Catalogue(generation.catalogue)
    rejected = (*catalogue.rejections, *(Rejection(f, why) for f, why in listing.unfollowed))
    refused = {r.file for r in rejected}
    report = IngestionReport(
        generation=generation.id,
        added=tuple(f for f in plan.added if f not in refused),
        changed=tuple(f for f in plan.changed if f not in refused),
        unchanged=tuple(f for f in plan.unchanged if f not in refused),
        removed=plan.removed,
        rejected=rejected,
        warnings=manifest.warnings,
        passages=catalogue.passage_count,
        embedded=outcome.embedded,
        seconds=seconds,
    )
    catalogue.close()
    return report
