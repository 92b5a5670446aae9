"""The index a measurement asks over: made or reused in a folder of its own, never the one being served."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant.assembly import build_assistant, build_embedder
from assistant.assistant import Assistant
from assistant.settings import Settings, load_settings
from eval.sources import CorpusTexts
from ingest.catalogue import Catalogue
from ingest.generations import IndexHome
from ingest.ingestion import Progress, ingest_folder

NO_MODEL = ""


@dataclass(frozen=True, slots=True)
class MeasuredCorpus:
    """A folder of documents, ready to be asked about.

    Args:
        assistant: answers over it.
        texts: what its files say.
        home: where its index is.
        settings: what the assistant was built with.
    """

    assistant: Assistant
    texts: CorpusTexts
    home: IndexHome
    settings: Settings


def open_corpus(
    folder: Path, *, data: Path | None = None, progress: Callable[[Progress], None] = lambda _: None
) -> MeasuredCorpus:
    """Bring the index of a folder in line with it and return the assistant over it.

    Args:
        folder: the documents.
        data: the data home; None for that of the settings.
        progress: told how far ingestion has come.

    Raises:
        CorpusError: if the folder cannot be used.
        ModelUnavailable: if a model is not prepared.
    """
    home_of_all = data or load_settings().data
    settings = load_settings(data=evaluation_home(folder, data=home_of_all), model=NO_MODEL)
    home = IndexHome(settings.data)
    ingest_folder(folder, home, build_embedder(settings), progress=progress)
    return MeasuredCorpus(build_assistant(settings), CorpusTexts(folder, canonical_texts(home)), home, settings)


def with_model(measured: MeasuredCorpus, model: str) -> Assistant:
    """Return an assistant over the same index whose answers a language model writes.

    Args:
        measured: the folder.
        model: as the settings name it; its address and key come from the settings.

    Raises:
        SettingsError: if there is no such model.
        ModelUnavailable: if what it needs is not installed.
    """
    return build_assistant(load_settings(data=measured.settings.data, model=model))


def evaluation_home(folder: Path, *, data: Path) -> Path:
    """Return the data home for measuring over a folder, one for each folder."""
    digest = hashlib.sha256(folder.resolve().as_posix().encode()).hexdigest()
    return data / "eval" / digest[:16]


def canonical_texts(home: IndexHome) -> dict[str, str]:
    """Return the canonical text of every document of an index by its file.

    Raises:
        IndexUnavailable: if there is no index.
    """
    catalogue = Catalogue(home.require_current().catalogue)
    texts = {card.file: catalogue.document(card.id).text for card in catalogue.cards.values()}
    catalogue.close()
    return texts
