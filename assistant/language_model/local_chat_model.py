"""A language model that runs on this machine: started when it is first asked, and reached as any server is."""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
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
_ISSUED = re.compile(r"passage (\[\d+\]):")
_MARKED_LINES = r"""
root ::= "NONE" | line line? line? line? line?
line ::= marker " " first other+ "." "\n"
first ::= [^\n\[\] ]
other ::= [^\n\[\]]
marker ::= """
_PACKAGES = ("xllamacpp", "langchain_openai")
_ROOM_FOR_TEMPLATE = 200  # tokens of roles and the like
_log = logging.getLogger("sela.language_model")


class LocalModel:
    """A model from a GGUF file, loaded when it is first spoken to; loading counts against the time of that answer."""

    def __init__(self, file: LanguageModelFile, settings: Settings) -> None:
        self._file = file
        self._settings = settings
        self._lock = Lock()
        self._server: LocalModelServer | None = None
        self._opened: dict[str, ChatModel] = {}

    @property
    def name(self) -> str:
        """Return "local:name"."""
        return f"{PREFIX}{self._file.name}"

    def speaking(self, grammar: str) -> ChatModel:
        """Return the model held to a grammar, "" for none.

        Raises:
            ModelFailed: if the model cannot be loaded.
        """
        with self._lock:
            server = self._server = self._server or self._start()
        address = {"model_base_url": server.base_url, "model_key": SecretStr(server.key)}
        settings = self._settings.model_copy(update={"model": f"openai:{self._file.name}", **address})
        if grammar not in self._opened:
            self._opened[grammar] = open_chat_model(settings, body={"grammar": grammar} if grammar else {})
        return self._opened[grammar]

    def _start(self) -> LocalModelServer:
        room = self._settings.model_prompt_tokens + self._settings.model_answer_tokens + _ROOM_FOR_TEMPLATE
        try:
            return LocalModelServer.start(self._file, context_tokens=room)
        except ModelUnavailable as error:
            _log.error("%s", error)
            raise ModelFailed(Failure.UNREACHABLE) from error


class LocalChatModel:
    """A local model as the composer sees it.

    Args:
        model: what speaks.
        grammar: gives what the model can say to messages, in the notation of llama.cpp; "" for anything.
    """

    def __init__(self, model: LocalModel, *, grammar: Callable[[Sequence[Message]], str]) -> None:
        self._model = model
        self._grammar = grammar

    @property
    def name(self) -> str:
        """Return "local:name"."""
        return self._model.name

    def stream(self, messages: Sequence[Message]) -> Iterator[Piece]:
        """Yield the answer piece by piece.

        Raises:
            ModelFailed: if the model cannot be loaded, or fails.
        """
        yield from self._model.speaking(self._grammar(messages)).stream(messages)


def marked_lines(messages: Sequence[Message]) -> str:
    """Return a grammar of lines that begin with a marker issued in the messages: even a tiny model keeps to it."""
    issued = dict.fromkeys(marker for message in messages for marker in _ISSUED.findall(message.text))
    return _MARKED_LINES + " | ".join(f'"{marker}"' for marker in issued) if issued else ""


def open_local_model(settings: Settings) -> LocalModel:
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
    return LocalModel(file, settings)
