"""Owns the GGUF files of local language models: copied once into the models folder, under a name, with their hash."""

import hashlib
import importlib.metadata
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import ModelUnavailable
from ingest.models.model_folders import Description, build_folder, default_models_folder, read_description

FOLDER = "language-models"
MODEL_FILE = "model.gguf"
SUFFIX = ".gguf"
MAGIC = b"GGUF"
FETCH = "Run `sela model fetch SOURCE --name {name}` with a GGUF file, a folder, or a package that holds one."
_NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,99}", re.ASCII)
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class LanguageModelFile:
    """A local language model in the models folder.

    Args:
        name: as the settings name it after "local:".
        path: its GGUF file.
        sha256: hash of the file when it was fetched.
    """

    name: str
    path: Path
    sha256: str


def fetch_language_model(source: str, cache: Path | None = None, *, name: str = "") -> LanguageModelFile:
    """Copy a GGUF file into the models folder and return it; the same file fetched again is left alone.

    Args:
        source: a file, a folder that holds one, or an installed package that holds one.
        cache: the models folder; `default_models_folder()` where None.
        name: to store it under; the file's own, in small letters, where "".

    Raises:
        ModelUnavailable: there is not exactly one GGUF file, it cannot be copied, or the name is taken by another.
    """
    found = _find_gguf(source)
    chosen = name or found.name.removesuffix(SUFFIX).lower()
    folder = _folder(chosen, cache)
    about = build_folder(folder, lambda building: _copy(found, building))
    stored = LanguageModelFile(chosen, folder / MODEL_FILE, str(about["sha256"]))
    if _digest(found) != stored.sha256:
        raise ModelUnavailable(
            f"Another model is stored as {chosen}.", next_step=f"Choose a name with --name, or remove {folder}."
        )
    return stored


def find_language_model(name: str, cache: Path | None = None) -> LanguageModelFile:
    """Return a model that was fetched before.

    Raises:
        ModelUnavailable: it was not, or its file is not whole.
    """
    folder = _folder(name, cache)
    about = read_description(folder)
    if about is None:
        raise ModelUnavailable(f"No language model {name} is stored.", next_step=FETCH.format(name=name))
    return LanguageModelFile(name, folder / MODEL_FILE, str(about["sha256"]))


def check_language_model(model: LanguageModelFile) -> None:
    """Check that a model's file is still the one that was fetched.

    Raises:
        ModelUnavailable: it is not.
    """
    if _digest(model.path) != model.sha256:
        raise ModelUnavailable(
            f"The file of the language model {model.name} has changed since it was fetched.",
            next_step=f"Remove {model.path.parent}. {FETCH.format(name=model.name)}",
        )


def _folder(name: str, cache: Path | None) -> Path:
    if not _NAME.fullmatch(name):
        raise ModelUnavailable(
            f"{name!r} cannot name a language model.", next_step="Use letters, digits, dots, hyphens and underscores."
        )
    return (cache or default_models_folder()) / FOLDER / name


def _find_gguf(source: str) -> Path:
    path = Path(source).expanduser()
    candidates = [path] if path.is_file() else _inside(path) if path.is_dir() else _packaged(source)
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        names = ", ".join(sorted(c.name for c in candidates)[:5])
        raise ModelUnavailable(f"{source} holds several GGUF files ({names}).", next_step="Name one of the files.")
    raise ModelUnavailable(
        f"{source} holds no GGUF file.", next_step="Name a GGUF file, a folder, or an installed package that holds one."
    )


def _inside(folder: Path) -> list[Path]:
    return _of_suffix(path for path in folder.rglob("*") if path.is_file())


def _packaged(package: str) -> list[Path]:
    """Return the GGUF files of an installed package, which is not imported."""
    try:
        distribution = importlib.metadata.distribution(package)
    except (importlib.metadata.PackageNotFoundError, ValueError) as error:
        raise ModelUnavailable(
            f"{package} is no file, no folder and no installed package.",
            next_step="Name a GGUF file, a folder, or an installed package that holds one.",
        ) from error
    return _of_suffix(Path(str(distribution.locate_file(file))) for file in distribution.files or ())


def _of_suffix(paths: Iterable[Path]) -> list[Path]:
    return [path for path in paths if path.suffix.lower() == SUFFIX]


def _copy(source: Path, building: Path) -> Description:
    """Copy and hash in one pass; what does not begin as GGUF files do is refused."""
    digest = hashlib.sha256()
    with source.open("rb") as given, (building / MODEL_FILE).open("wb") as kept:
        if given.read(len(MAGIC)) != MAGIC:
            raise ModelUnavailable(f"{source} is not a GGUF file.", next_step="Fetch a model in the GGUF format.")
        given.seek(0)
        while piece := given.read(_PIECE):
            digest.update(piece)
            kept.write(piece)
    return {"sha256": digest.hexdigest(), "from": source.name}


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelUnavailable(
            f"{path} cannot be read ({error}).", next_step="Check its rights and fetch it again."
        ) from error
