"""Looks after the index: checks it, rebuilds its vector index, copies it, and goes back to an earlier generation."""

import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

from ingest.catalogue import Catalogue
from ingest.documents import Document
from ingest.errors import IndexUnavailable, IngestionFailed, ModelUnavailable, UnknownRecord
from ingest.generations import Generation, IndexHome
from ingest.ingestion import derive_vector_index, index_identity
from ingest.models.loading import load_embedder, load_reader, load_reranker

_REPAIR = "Run `sela doctor --repair`."
_ROLL_BACK = "Run `sela rollback`, then `sela ingest`."
_INGEST = "Run `sela ingest` to renew the index."
_ARCHIVES = (".tar.gz", ".tgz")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Args:
        name: what.
        passed: whether it is as it should be.
        detail: what was found.
        next_step: what to do if it did not pass; "" if it did.
    """

    name: str
    passed: bool
    detail: str
    next_step: str = ""


def examine(home: IndexHome, embedding_model: str, *, models: Path | None = None) -> list[Check]:
    """Check the models, the pointer, the generations and everything in the generation served.

    Args:
        home: where the index is.
        embedding_model: the model of the settings.
        models: the folder of prepared models; the user's cache folder where None.
    """
    checks = [*_check_models(embedding_model, models), _check_pointer(home), _check_generations(home)]
    try:
        generation = home.current()
        if generation is None:
            return checks
        with closing(Catalogue(generation.catalogue)) as catalogue:
            checks += _check_contents(generation, catalogue, embedding_model, models)
    except (IndexUnavailable, sqlite3.DatabaseError) as error:
        checks.append(Check("catalogue", passed=False, detail=str(error), next_step=_ROLL_BACK))
    return checks


def rebuild_vector_index(home: IndexHome) -> Generation:
    """Publish a copy of the generation served whose vector index is made anew from its catalogue.

    Raises:
        IndexUnavailable: if there is no generation to copy.
        IndexLocked: if an ingestion is running.
        IngestionFailed: if it cannot be written.
    """
    with home.locked():
        base, renewed = home.require_current(), home.next_generation()
        try:
            home.begin(renewed, base)
            derive_vector_index(renewed)
            home.publish(renewed)
        except BaseException as error:
            home.discard(renewed)
            if isinstance(error, OSError | sqlite3.Error):
                raise _cannot_write(home.folder, error) from error
            raise
    return renewed


def roll_back(home: IndexHome, identifier: str | None = None) -> Generation:
    """Serve an earlier generation again: the one named, or the one before the one served.

    Raises:
        UnknownRecord: if there is no such generation.
        IndexLocked: if an ingestion is running.
    """
    with home.locked():
        generation = home.find(identifier) if identifier else _generation_before(home)
        home.point_to(generation)
    return generation


def back_up(home: IndexHome, destination: Path, *, records: Sequence[str] = ()) -> Generation:
    """Copy the generation served to a folder or archive that can itself serve as an index home.

    The documents that it was made from are copied where they are kept in the home itself.

    Args:
        home: where the index is.
        destination: a folder that does not exist yet, or a file whose name ends in .tar.gz or .tgz.
        records: patterns of the files beside the generations to copy too; SQLite's even while they are written.

    Raises:
        IndexUnavailable: if there is nothing to copy.
        IngestionFailed: if the destination exists already or cannot be written.
    """
    generation = home.require_current()
    if destination.exists():
        raise IngestionFailed(f"{destination} exists already.", next_step="Name a destination that does not exist.")
    try:
        destination.absolute().parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=destination.absolute().parent) as building:
            copy = Path(building) / "copy"
            _copy(home, generation, copy, records=records)
            _put(copy, destination)
    except (OSError, sqlite3.Error, shutil.Error) as error:
        raise _cannot_write(destination, error) from error
    return generation


def _cannot_write(place: Path, error: Exception) -> IngestionFailed:
    return IngestionFailed(
        f"{place} cannot be written ({error}).",
        next_step="Free some disk space, mend its permissions, or name another.",
    )


def _copy(home: IndexHome, generation: Generation, copy: Path, *, records: Sequence[str]) -> None:
    target = IndexHome(copy)
    shutil.copytree(generation.folder, copy / "generations" / generation.id)
    for record in chain.from_iterable(home.folder.glob(pattern) for pattern in records):
        copy_file = _copy_database if record.suffix == ".sqlite" else shutil.copy2
        copy_file(record, copy / record.name)
    copied, source = target.find(generation.id), generation.source
    if source is not None and source.is_dir() and home.folder.resolve() in source.parents:
        documents = copy / source.relative_to(home.folder.resolve())
        shutil.copytree(source, documents)
        copied.record_source(documents)
    target.point_to(copied)


def _copy_database(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as reading, closing(sqlite3.connect(target)) as writing:
        reading.backup(writing)


def _put(copy: Path, destination: Path) -> None:
    if not destination.name.endswith(_ARCHIVES):
        copy.rename(destination)
        return
    archive = copy.with_name("archive")
    with tarfile.open(archive, "w:gz") as writing:
        writing.add(copy, arcname=destination.name.split(".")[0])
    archive.rename(destination)


def _generation_before(home: IndexHome) -> Generation:
    current = home.current_id()
    earlier = [g for g in home.complete() if current is None or g.id < current]
    if not earlier:
        raise UnknownRecord(
            f"There is no earlier generation in {home.folder}.", next_step="Run `sela ingest FOLDER` instead."
        )
    return earlier[-1]


def _check_models(embedding_model: str, models: Path | None) -> Iterator[Check]:
    def reader() -> str:
        return load_reader(cache=models).fingerprint

    def embedder() -> str:
        chosen = load_embedder(embedding_model, cache=models)
        chosen.embed_question("SELA")
        return chosen.fingerprint

    def reranker() -> str:
        return load_reranker(cache=models).fingerprint

    for name, load in (("embedding model", embedder), ("reader", reader), ("reranker", reranker)):
        try:
            yield Check(name, passed=True, detail=f"ready ({load()})")
        except ModelUnavailable as error:
            yield Check(name, passed=False, detail=str(error), next_step=error.next_step)


def _check_pointer(home: IndexHome) -> Check:
    try:
        return Check("pointer", passed=True, detail=f"serves {home.require_current().id}")
    except IndexUnavailable as error:
        return Check("pointer", passed=False, detail=str(error), next_step=error.next_step)


def _check_generations(home: IndexHome) -> Check:
    complete = home.complete()
    unfinished = home.unfinished()
    rest = f", {len(unfinished)} unfinished (the next ingestion removes them)" if unfinished else ""
    passed = bool(complete)
    return Check("generations", passed, f"{len(complete)} complete{rest}", "" if passed else _INGEST)


def _check_contents(
    generation: Generation, catalogue: Catalogue, embedding_model: str, models: Path | None
) -> Iterator[Check]:
    yield _check("catalogue", _damage(generation), f"{catalogue.passage_count} passages, no damage", _ROLL_BACK)
    yield _check("identity", _differences(catalogue, embedding_model, models), "made with the model in use", _INGEST)
    yield _check("vectors", _bad_vectors(catalogue), "one of length 1 for every passage", _ROLL_BACK)
    yield _check("vector index", _strays(generation, catalogue), "holds exactly the passages", _REPAIR)
    yield _check("quotations", _misplaced(catalogue), "every passage stands in its document", _ROLL_BACK)


def _check(name: str, faults: Iterable[str], fine: str, next_step: str) -> Check:
    found = list(faults)
    if not found:
        return Check(name, passed=True, detail=fine)
    return Check(name, passed=False, detail="; ".join(found[:3]), next_step=next_step)


def _damage(generation: Generation) -> Iterator[str]:
    with closing(sqlite3.connect(f"{generation.catalogue.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        verdicts = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
        yield from (v for v in verdicts if v != "ok")
        yield from (f"a row of {row[0]} leads nowhere" for row in connection.execute("PRAGMA foreign_key_check"))
        unindexed = connection.execute(
            "SELECT count(*) FROM passages WHERE number NOT IN (SELECT rowid FROM passage_terms)"
        ).fetchone()[0]
        if unindexed:
            yield f"{unindexed} passages are not in the lexical index"


def _differences(catalogue: Catalogue, embedding_model: str, models: Path | None) -> Iterator[str]:
    try:
        expected = index_identity(load_embedder(embedding_model, cache=models))
    except ModelUnavailable as error:
        yield str(error)
        return
    for key, value in expected.items():
        if catalogue.identity.get(key) != value:
            yield f"{key} is {catalogue.identity.get(key)}, not {value}"


def _bad_vectors(catalogue: Catalogue) -> Iterator[str]:
    dimensions = int(catalogue.identity.get("dimensions", 0))
    for passage_id, _, data in catalogue.vectors():
        vector = np.frombuffer(data, dtype=np.float32)
        if len(vector) != dimensions or abs(float(np.linalg.norm(vector)) - 1) > 1e-3:
            yield f"the vector of passage {passage_id} is not one of length 1 with {dimensions} numbers"


def _strays(generation: Generation, catalogue: Catalogue) -> Iterator[str]:
    from ingest.vector_index import ChromaPassageIndex

    try:
        with closing(ChromaPassageIndex(generation.chroma)) as index:
            held = index.ids()
    except IndexUnavailable as error:
        yield str(error)
        return
    known = {passage_id for passage_id, _, _ in catalogue.vectors()}
    if held != known:
        yield f"{len(known - held)} passages are missing in it and {len(held - known)} are unknown"


def _misplaced(catalogue: Catalogue) -> Iterator[str]:
    for card in catalogue.cards.values():
        document = catalogue.document(card.id)
        faults: tuple[Callable[[Catalogue, Document], Iterator[str]], ...] = (_misplaced_passages, _misplaced_sentences)
        for find in faults:
            yield from find(catalogue, document)


def _misplaced_passages(catalogue: Catalogue, document: Document) -> Iterator[str]:
    for passage in catalogue.passages_of(document.id):
        if passage.text != document.text[passage.start : passage.end]:
            yield f"passage {passage.id} does not stand in {document.file}"


def _misplaced_sentences(catalogue: Catalogue, document: Document) -> Iterator[str]:
    for passage in catalogue.passages_of(document.id):
        for sentence in catalogue.sentences(passage.id):
            if not passage.start <= sentence.start < sentence.end <= len(document.text):
                yield f"a sentence of passage {passage.id} lies outside {document.file}"
