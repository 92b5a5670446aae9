"""Builds documents for the tests of the registers."""

from functools import cache
from pathlib import Path

from ingest.document_building import build_document
from ingest.documents import Document
from ingest.manifest import load_manifest
from ingest.reading import read_file
from ingest.reading.markdown import read_markdown

SAMPLE = Path(__file__).resolve().parents[1] / "corpus"


def markdown(text: str, file: str = "programme.md") -> Document:
    return build_document(read_markdown(text), file=file, sha256="")


@cache
def sample(file: str) -> Document:
    overrides = load_manifest(SAMPLE).overrides(file)
    return build_document(read_file(SAMPLE / file), file=file, sha256="", overrides=overrides)


@cache
def from_folder(folder: Path, prefix: str) -> Document:
    (path,) = folder.glob(f"{prefix}*")
    return build_document(read_file(path), file=path.name, sha256="")
