"""Assistants over made-up documents that ask a language model whose words a test writes."""

from collections.abc import Callable, Sequence
from pathlib import Path

from index_samples import ingest

from assistant.assistant import Assistant
from assistant.glossary import Glossary
from assistant.language_model.bounded import BoundedChatModel
from assistant.language_model.chat_model import ChatModel, Message
from assistant.language_model.composing import ModelComposer
from assistant.language_model.rewording import Rewording
from assistant.language_model.scripted import ScriptedChatModel
from assistant.settings import Settings
from assistant.snapshot import SnapshotKeeper
from ingest.generations import IndexHome
from ingest.models.embedder import HashingEmbedder

CRANES = """# Report on the harbours

## Cranes

The harbour of Valparaíso has four cranes, and the harbour of Callao has nine cranes. The cranes were counted in Lima
from 7 to 9 April 2003.

## Register

SELA will keep a register of the harbour cranes. The Council did not approve the tariff on tugs.
"""
VISITS = """# Informe sobre las visitas

## Visitas

El Consejo Latinoamericano se celebró en Caracas del 7 al 9 de abril de 2003, con la participación de 27 delegados.
"""
TRAFFIC = """# Report on the traffic of the harbours

## Traffic

| Harbour | Ships | Containers |
|---|---|---|
| Callao | 812 | 40,500 |
| Valparaíso | 655 | 31,200 |
"""
WHERE_CRANES = "How many cranes has the harbour of Callao?"


def home_of(parent: Path, **documents: str) -> IndexHome:
    """Ingest documents ("cranes" becomes "cranes.md") and return their home."""
    folder = parent / "documents"
    folder.mkdir()
    for name, text in documents.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    home = IndexHome(parent / "data")
    ingest(folder, home)
    return home


def asking(home: IndexHome, glossary: Glossary, model: ChatModel | None, *, rewrites: bool = False) -> Assistant:
    """Return an assistant over an index that asks a model."""
    settings = Settings(data=home.folder, embedding_model="hashing", rerank=False, _env_file=None)
    rewording = Rewording(model, glossary) if rewrites and model else None
    composer = ModelComposer(model, glossary, prompt_tokens=2000, rewording=rewording) if model else None
    return Assistant(SnapshotKeeper(home, HashingEmbedder(), glossary), None, glossary, settings, model=composer)


def saying(text: str | Callable[[Sequence[Message]], str], **more) -> ScriptedChatModel:
    """Return a model that says a text."""
    return ScriptedChatModel(text, **more)


def within(model: ChatModel, seconds: float = 0.3, most_characters: int = 2000) -> BoundedChatModel:
    """Return a model held to a short time."""
    return BoundedChatModel(model, seconds=seconds, most_characters=most_characters)
