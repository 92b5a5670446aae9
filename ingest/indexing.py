"""Derives from one file everything the catalogue holds of it: document, passages, sentences, vectors, records."""

import hashlib
from collections.abc import Callable, Sequence
from itertools import pairwise

from ingest.catalogue import FileState, IndexedDocument
from ingest.document_building import build_document
from ingest.documents import Document, Passage, Sentence
from ingest.embedding_cache import EmbeddingCache
from ingest.errors import DamagedFile, FileChanged
from ingest.folder import FoundFile
from ingest.manifest import Manifest
from ingest.reading import ReadingProcess, read_file
from ingest.registers import extract_records
from ingest.sentences import split_sentences
from ingest.splitting import split_passages

_DEFECTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def index_file(  # noqa: PLR0913, what is known of one file and what works on it
    found: FoundFile,
    state: FileState,
    cache: EmbeddingCache,
    *,
    manifest: Manifest,
    process: ReadingProcess,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> IndexedDocument:
    """Return what the catalogue is to hold of a file.

    Args:
        found: the file.
        state: what tells it from a changed one.
        cache: embeds its passages.
        manifest: what the folder says of its files.
        process: reads PDF and DOCX.
        progress: told how many passages are embedded, of how many.

    Raises:
        ReadingError: if the file cannot be read or made sense of, or changed meanwhile.
        ModelUnavailable: if the embedding model cannot be started.
    """
    document = _read(found, manifest, process)
    try:
        passages = split_passages(document)
        sentences = _by_passage(passages, split_sentences(document))
        records = extract_records(document)
    except _DEFECTS as error:
        raise _defect(found, error) from error
    vectors = cache.embed([p.search_text for p in passages], progress=lambda done: progress(done, len(passages)))
    return IndexedDocument(document, state, passages, sentences, vectors, records)


def _read(found: FoundFile, manifest: Manifest, process: ReadingProcess) -> Document:
    before = _digest(found)
    try:
        source = read_file(found.path, process=process)
        document = build_document(source, file=found.file, sha256=before, overrides=manifest.overrides(found.file))
    except _DEFECTS as error:
        raise _defect(found, error) from error
    if _digest(found) != before:
        raise FileChanged(f"{found.path.name} changed while it was read.", next_step="Run `sela ingest` again.")
    return document


def _digest(found: FoundFile) -> str:
    try:
        with found.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise DamagedFile(
            f"{found.path.name} cannot be read ({error.strerror or error}).",
            next_step="Check that it is there and may be read, then run `sela ingest` again.",
        ) from error


def _defect(found: FoundFile, error: Exception) -> DamagedFile:
    """Turn a defect of ours into a rejection: one odd file must not keep the others out of the index."""
    return DamagedFile(
        f"{found.path.name} could not be made sense of ({type(error).__name__}: {error}).",
        next_step="Save it again with another program, or report it with the file.",
    )


def _by_passage(passages: Sequence[Passage], sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    bounds = [p.start for p in passages]
    ends = [b for _, b in pairwise(bounds)] + [float("inf")] if bounds else []
    return [[s for s in sentences if start <= s.start < end] for start, end in zip(bounds, ends, strict=True)]
