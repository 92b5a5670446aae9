"""Uploaded files on their way into the ingested folder."""

import os
import secrets
import shutil
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from ingest.errors import IngestionFailed
from ingest.manifest import MANIFEST_NAME
from ui.api.problems import Problem

FOLDER = "uploads"
_REMOVED = ".removed"
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent.

    Args:
        name: checked; it goes into the folder under this name.
        content: opened for reading.
        digest: SHA-256 of the content, hexadecimal.
    """

    name: str
    content: BinaryIO
    digest: str


def check_name(name: str | None) -> str:
    """Return the name of an uploaded file.

    Raises:
        Problem: "invalid-request" if it is no plain file name.
    """
    plain = unicodedata.normalize("NFC", name or "")
    harmful = not plain.strip() or plain.startswith(".") or plain == MANIFEST_NAME or plain != plain.strip()
    odd = any(c in '/\\:*?"<>|' or not c.isprintable() for c in plain)
    if harmful or odd or len(plain.encode("utf-8", "replace")) > _LONGEST_NAME:
        raise Problem("invalid-request", "A file needs a plain name, without folders, such as `report.pdf`.")
    return plain


def told_apart(names: Sequence[str]) -> list[str]:
    """Return the names, those sent twice in one request numbered so that no file is lost."""
    apart: list[str] = []
    for name in names:
        stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
        numbered = (f"{stem} ({count}){dot}{ending}" for count in range(2, len(names) + 2))
        apart.append(name if name not in apart else next(n for n in numbered if n not in apart and n not in names))
    return apart


def digest_of(content: BinaryIO) -> str:
    """Return the SHA-256 of a file and wind it back."""
    digest = sha256()
    while block := content.read(1 << 20):
        digest.update(block)
    content.seek(0)
    return digest.hexdigest()


def put_into_folder(uploads: Sequence[Upload], folder: Path) -> tuple[str, ...]:
    """Write files into the folder's own place for uploads, each whole or not at all, and return their names there.

    Raises:
        Problem: "conflict" if the folder cannot be written.
    """
    target = folder / FOLDER
    try:
        target.mkdir(parents=True, exist_ok=True)
        for upload in uploads:
            _write(upload, target)
    except OSError as error:
        detail = f"Files cannot be kept in the ingested folder ({error.strerror}); make it writable for the service."
        raise Problem("conflict", detail) from error
    return tuple(f"{FOLDER}/{upload.name}" for upload in uploads)


def set_aside(file: str, folder: Path) -> bool:
    """Move a file to the folder's hidden place for removed ones, so that no ingestion brings it back; tell if it did.

    Raises:
        IngestionFailed: if the folder cannot be written.
    """
    path = folder / file
    if not path.is_file():
        return False
    aside = folder / _REMOVED / file
    try:
        aside.parent.mkdir(parents=True, exist_ok=True)
        path.replace(aside)
    except OSError as error:
        raise IngestionFailed(
            f"{file} cannot be moved out of the ingested folder ({error.strerror}).",
            next_step="Make the folder writable for the service, or remove the file there and ingest again.",
        ) from error
    return True


def _write(upload: Upload, target: Path) -> None:
    temporary = target / f".{secrets.token_hex(8)}"
    try:
        with temporary.open("wb") as file:
            shutil.copyfileobj(upload.content, file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target / upload.name)
    finally:
        temporary.unlink(missing_ok=True)
