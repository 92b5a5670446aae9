"""Owns the folder that prepared models are kept in: where it is, what is whole, and how one gets in."""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from ingest.errors import ModelUnavailable

VARIABLE = "SELA_MODELS"
APPLICATION = "sela-document-assistant"
DESCRIPTION = "prepared.json"

Description = Mapping[str, str | int]


def default_models_folder() -> Path:
    """Return where prepared models are kept: `SELA_MODELS`, or a folder in the platform's cache of the user."""
    chosen = os.environ.get(VARIABLE)
    return Path(chosen).expanduser() if chosen else _user_cache() / APPLICATION / "models"


def _user_cache() -> Path:
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if sys.platform == "darwin":
        return home / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")


def read_description(folder: Path) -> Description | None:
    """Return what `folder` says of itself, or None where it is missing or one of its files is not whole."""
    try:
        description = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
        sizes = {name: (folder / name).stat().st_size for name in description["sizes"]}
        return description["about"] if sizes == description["sizes"] else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def build_folder(folder: Path, build: Callable[[Path], Description]) -> Description:
    """Return the description of `folder`, building it first where it is missing or damaged.

    It appears under its name only once it is whole, so that a build broken off leaves nothing behind that
    could be mistaken for a model, and two builds at once do no harm.

    Args:
        folder: the prepared model's own folder.
        build: writes the files into the folder it is given, and describes the model.

    Raises:
        ModelUnavailable: the folder cannot be written.
    """
    known = read_description(folder)
    if known is not None:
        return known
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".building-", dir=folder.parent, ignore_cleanup_errors=True) as name:
            return _build_and_move(Path(name) / folder.name, folder, build)
    except OSError as error:
        raise ModelUnavailable(
            f"The prepared model cannot be written to {folder} ({error}).",
            next_step=f"Free space there or set {VARIABLE} to another folder, then run `sela model prepare`.",
        ) from error


def _build_and_move(building: Path, folder: Path, build: Callable[[Path], Description]) -> Description:
    building.mkdir()
    about = build(building)
    sizes = {path.name: path.stat().st_size for path in sorted(building.iterdir())}
    text = json.dumps({"about": dict(about), "sizes": sizes}, indent=2)
    (building / DESCRIPTION).write_text(text, encoding="utf-8")
    if read_description(folder) is None:
        shutil.rmtree(folder, ignore_errors=True)
        _move(building, folder)
    return about


def _move(building: Path, folder: Path) -> None:
    try:
        building.rename(folder)
    except OSError:
        if read_description(folder) is None:  # else another process has just put the same model there
            raise
