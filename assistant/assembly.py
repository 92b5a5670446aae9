"""The composition root: builds everything that the settings ask for, once.

What only an answer needs is imported only when one is asked for, so that an ingestion without work ends at once.
"""

from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

from assistant.settings import Settings
from ingest.errors import SelaError
from ingest.generations import IndexHome
from ingest.languages import detect_language
from ingest.models.embedder import Embedder
from ingest.models.loading import load_embedder, load_reader, load_reranker

CHARACTERS_PER_TOKEN = 8
REWORDING_SHARE = 0.25  # of the time for an answer

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.glossary import Glossary
    from assistant.language_model.chat_model import ChatModel
    from assistant.language_model.composing import ModelComposer
    from assistant.reading.close_reading import CloseReading


def build_assistant(settings: Settings) -> "Assistant":
    """Return the one assistant that serves command line, API and page.

    Raises:
        ModelUnavailable: if a model is not prepared, or a package for the language model is missing.
        SettingsError: if the settings name a language model that nobody provides.
    """
    embedder = build_embedder(settings)
    Thread(target=_start, args=(embedder,), daemon=True).start()
    from assistant.assistant import Assistant
    from assistant.glossary import Glossary
    from assistant.snapshot import SnapshotKeeper

    glossary = Glossary.load()
    keeper = SnapshotKeeper(IndexHome(settings.data), embedder, glossary)
    model = build_model(settings, glossary)
    return Assistant(keeper, build_close_reading(settings, glossary), glossary, settings, model=model)


def _start(embedder: Embedder) -> None:
    """Load what the first question needs while the rest is imported; what fails here fails again where it matters."""
    with suppress(SelaError):
        detect_language("the language of a question")
        embedder.embed_question("")


def build_embedder(settings: Settings) -> Embedder:
    """Return the embedding model of the settings; it starts with the first text it has to embed.

    Raises:
        ModelUnavailable: if it is not prepared.
    """
    return load_embedder(settings.embedding_model, cache=settings.models)


def build_close_reading(settings: Settings, glossary: "Glossary") -> "CloseReading | None":
    """Return the models that read closely, None where the settings switch them off.

    Raises:
        ModelUnavailable: if they are not prepared.
    """
    if not settings.rerank:
        return None
    from assistant.reading.close_reading import CloseReading

    return CloseReading(load_reader(cache=settings.models), load_reranker(cache=settings.models), glossary)


def build_model(settings: Settings, glossary: "Glossary") -> "ModelComposer | None":
    """Return what asks the language model, None where the settings name none; nothing of it is imported then.

    Raises:
        ModelUnavailable: if the package of its provider is missing.
        SettingsError: if the settings name a language model that nobody provides.
    """
    if settings.model is None:
        return None
    from assistant.language_model.bounded import BoundedChatModel
    from assistant.language_model.composing import ModelComposer
    from assistant.language_model.rewording import Rewording

    opened, seconds = open_model(settings), settings.model_seconds
    longest = CHARACTERS_PER_TOKEN * settings.model_answer_tokens
    model = BoundedChatModel(opened, seconds=seconds, most_characters=longest)
    brief = BoundedChatModel(opened, seconds=seconds * REWORDING_SHARE, most_characters=longest)
    rewording = Rewording(brief, glossary) if settings.model_rewrites else None
    return ModelComposer(model, glossary, prompt_tokens=settings.model_prompt_tokens, rewording=rewording)


def open_model(settings: Settings) -> "ChatModel":
    """Return the language model that the settings name; nothing is sent to it yet.

    Raises:
        ModelUnavailable: if the package of its provider is missing, or a local model was not fetched.
        SettingsError: if the settings name a language model that nobody provides.
    """
    from assistant.language_model.langchain_chat_model import open_chat_model
    from assistant.language_model.local_chat_model import PREFIX, LocalChatModel, marked_lines, open_local_model

    if (settings.model or "").startswith(PREFIX):
        return LocalChatModel(open_local_model(settings), grammar=marked_lines)
    return open_chat_model(settings)
