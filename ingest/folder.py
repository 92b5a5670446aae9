"""What is in a folder of documents: every file, its state, and the links that cannot be followed."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.catalogue import Rejection
from ingest.errors import CorpusError
from ingest.manifest import MANIFEST_NAME


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of the folder.

    Args:
        file: path relative to the folder, with forward slashes.
        path: where it is.
        size: in bytes.
        modified: nanoseconds since the epoch.
    """

    file: str
    path: Path
    size: int
    modified: int


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of a folder, and the entries that lead nowhere or round in a circle."""

    files: tuple[FoundFile, ...]
    unfollowed: tuple[Rejection, ...]


def list_folder(folder: Path) -> Listing:
    """Return every file below `folder` except hidden ones and the manifest, in the order of their names.

    Raises:
        CorpusError: if the folder is missing or is not a folder.
    """
    if not folder.is_dir():
        raise CorpusError(f"There is no folder {folder}.", next_step="Name an existing folder: `sela ingest FOLDER`.")
    files: list[FoundFile] = []
    unfollowed: list[Rejection] = []
    for path in _walk(folder, (folder.resolve(),), unfollowed, folder):
        name = path.relative_to(folder).as_posix()
        try:
            state = path.stat()
        except OSError as error:
            reason = f"{path.name} cannot be reached ({error.strerror}). Check the link or its permissions."
            unfollowed.append(Rejection(name, reason))
            continue
        files.append(FoundFile(name, path, state.st_size, state.st_mtime_ns))
    return Listing(tuple(files), tuple(unfollowed))


def _walk(folder: Path, above: tuple[Path, ...], unfollowed: list[Rejection], root: Path) -> Iterator[Path]:
    for entry in sorted(os.scandir(folder), key=lambda e: e.name):
        path = Path(entry.path)
        if entry.name.startswith(".") or (folder == root and entry.name == MANIFEST_NAME):
            continue
        if not entry.is_dir():
            yield path
        elif path.resolve() in above:
            name = path.relative_to(root).as_posix()
            unfollowed.append(Rejection(name, f"{path.name} is a link to a folder above it. Remove the link."))
        else:
            yield from _walk(path, (*above, path.resolve()), unfollowed, root)
