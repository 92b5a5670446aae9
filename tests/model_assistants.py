"""Assistants over made-up documents whose answers a scripted model server writes."""

from collections.abc import Mapping
from pathlib import Path

from index_samples import ingest
from model_trials import LANGUAGES, held
from scripted_model_server import ScriptedModelServer

from assistant.assembly import build_model
from assistant.assistant import Assistant
from assistant.glossary import Glossary
from assistant.settings import Settings
from assistant.snapshot import SnapshotKeeper
from ingest.generations import IndexHome
from ingest.models.embedder import HashingEmbedder

KEY = "sk-canary-5f2e1c"
PATIENT = 60.0


def documents() -> dict[str, str]:
    """Return the four reports, by the names of their files."""
    return {f"report-{language}.md": held(language)["document"].lstrip() for language in LANGUAGES}


def make_index(parent: Path, texts: Mapping[str, str]) -> IndexHome:
    """Ingest documents given by the names of their files."""
    folder = parent / "documents"
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    home = IndexHome(parent / "data")
    ingest(folder, home)
    return home


def with_server(
    home: IndexHome, glossary: Glossary, server: ScriptedModelServer | None, *, seconds: float = PATIENT
) -> Assistant:
    """Return an assistant over an index whose answers the server writes; None for quotations only.

    Args:
        home: the index.
        glossary: words of four languages.
        server: the model.
        seconds: how long a whole answer of the model may take.
    """
    settings = Settings(
        data=home.folder,
        embedding_model="hashing",
        rerank=False,
        model="openai:scripted" if server else None,
        model_base_url=server.base_url if server else None,
        model_key=KEY,
        model_seconds=seconds,
        model_retries=0,
        _env_file=None,
    )
    keeper = SnapshotKeeper(home, HashingEmbedder(), glossary)
    return Assistant(keeper, None, glossary, settings, model=build_model(settings, glossary))
