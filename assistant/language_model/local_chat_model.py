"""A language model that runs on this machine: started when it is first asked, and reached as any server is."""

import logging
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from threading import Lock

from pydantic import SecretStr

from assistant.language_model.chat_model import ChatModel, Failure, Message, ModelFailed, Piece
from assistant.language_model.langchain_chat_model import open_chat_model
from assistant.settings import Settings
from ingest.errors import ModelUnavailable
from ingest.models.language_model_files import LanguageModelFile, find_language_model
from ingest.models.local_server import LocalModelServer

PREFIX = "local:"
_PACKAGES = ("xllamacpp", "langchain_openai")
_ROOM_FOR_TEMPLATE = 200  # tokens of roles and the like
_log = logging.getLogger("sela.language_model")


class LocalChatModel:
    """A model from a GGUF file; loading it counts against the time of the first answer."""

    def __init__(self, file: LanguageModelFile, settings: Settings) -> None:
        self._file = file
        self._settings = settings
        self._lock = Lock()
        self._opened: ChatModel | None = None
        self._server: LocalModelServer | None = None

    @property
    def name(self) -> str:
        """Return "local:name"."""
        return f"{PREFIX}{self._file.name}"

    def stream(self, messages: Sequence[Message]) -> Iterator[Piece]:
        """Yield the answer piece by piece.

        Raises:
            ModelFailed: if the model cannot be loaded, or fails.
        """
        yield from self._ready().stream(messages)

    def _ready(self) -> ChatModel:
        with self._lock:
            if self._opened is None:
                self._opened = self._start()
            return self._opened

    def _start(self) -> ChatModel:
        settings = self._settings
        room = settings.model_prompt_tokens + settings.model_answer_tokens + _ROOM_FOR_TEMPLATE
        try:
            self._server = server = LocalModelServer.start(self._file, context_tokens=room)
        except ModelUnavailable as error:
            _log.error("%s", error)
            raise ModelFailed(Failure.UNREACHABLE) from error
        address = {"model_base_url": server.base_url, "model_key": SecretStr(server.key)}
        return open_chat_model(settings.model_copy(update={"model": f"openai:{self._file.name}", **address}))


def open_local_model(settings: Settings) -> LocalChatModel:
    """Return the local model that the settings name; it is loaded when it is first asked.

    Raises:
        ModelUnavailable: if it was not fetched, or the extra is not installed.
    """
    name = (settings.model or "").removeprefix(PREFIX)
    file = find_language_model(name, settings.models)
    missing = [package for package in _PACKAGES if find_spec(package) is None]
    if missing:
        raise ModelUnavailable(
            f"The local language model {name} needs {' and '.join(missing)}, which cannot be found.",
            next_step='Install it: pip install "sela-document-assistant[local-llm]".',
        )
    return LocalChatModel(file, settings)
