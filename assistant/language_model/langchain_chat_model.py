"""The only place that knows LangChain: any provider it can open, behind the seam.

Nothing of LangChain is imported before a model is opened. What a provider raises is translated without its words: they
may hold the key, the address or the question.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from assistant.language_model.chat_model import Failure, Message, ModelFailed, Piece
from assistant.settings import Settings
from ingest.errors import ModelUnavailable, SettingsError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel  # noqa: TID251
    from langchain_core.messages import BaseMessageChunk  # noqa: TID251

_PACKAGES = {
    "anthropic": "langchain-anthropic",
    "mistralai": "langchain-mistralai",
    "ollama": "langchain-ollama",
    "openai": "langchain-openai",
    "google_genai": "langchain-google-genai",
    "google_vertexai": "langchain-google-vertexai",
    "bedrock": "langchain-aws",
    "bedrock_converse": "langchain-aws",
    "azure_openai": "langchain-openai",
}
_EXTRAS = {"openai": "openai", "anthropic": "anthropic", "mistralai": "mistral", "ollama": "ollama"}
_TALKATIVE = (
    "openai",
    "anthropic",
    "httpx",
    "httpcore",
    "langchain",
    "langchain_core",
    "langsmith",
    "ollama",
    "urllib3",
)
_NO_KEY = "none"
_ENDED = frozenset({"stop", "end_turn", "stop_sequence", "eos", "eos_token", "complete", "completed"})
_FINISH = ("finish_reason", "stop_reason", "done_reason")
_REFUSING_STATUSES = frozenset({400, 401, 403, 404, 405, 422})


class LangChainChatModel:
    """A chat model of LangChain, with the settings it was opened with."""

    def __init__(self, model: "BaseChatModel", *, name: str) -> None:
        self._model = model
        self._name = name

    @property
    def name(self) -> str:
        """Return "provider:model"."""
        return self._name

    def stream(self, messages: Sequence[Message]) -> Iterator[Piece]:
        """Yield the answer piece by piece; nothing of it is traced, whatever the environment says.

        Raises:
            ModelFailed: if the provider fails in any way.
        """
        from langsmith import tracing_context  # noqa: TID251

        told = [(message.role.value, message.text) for message in messages]
        try:
            with tracing_context(enabled=False):
                for chunk in self._model.stream(told):
                    yield _piece(chunk)
        except Exception as error:  # noqa: BLE001, every provider has errors of its own and no common base
            raise ModelFailed(_failure(error)) from None  # the cause holds what must not be shown


def open_chat_model(settings: Settings, *, body: Mapping[str, str] | None = None) -> LangChainChatModel:
    """Return the language model that the settings name; nothing is sent to it yet.

    Args:
        settings: name it, with address, key and limits.
        body: sent with each request besides, to a server that understands it.

    Raises:
        ModelUnavailable: if the package of its provider is not installed.
        SettingsError: if the name is not "provider:model" of a known provider.
    """
    name = settings.model or ""
    provider, _, model = name.partition(":")
    if not provider or not model:
        raise SettingsError(f"SELA_MODEL is {name!r}.", next_step="Write provider:model, such as openai:gpt-4o-mini.")
    for talkative in _TALKATIVE:  # on DEBUG they would write keys and questions into the log
        logging.getLogger(talkative).setLevel(logging.WARNING)
    return LangChainChatModel(_initialised(provider, model, settings, body or {}), name=name)


def _initialised(provider: str, model: str, settings: Settings, body: Mapping[str, str]) -> "BaseChatModel":
    try:
        from langchain.chat_models import init_chat_model  # noqa: TID251

        opened: BaseChatModel = init_chat_model(model, model_provider=provider, **_options(provider, settings, body))
    except ImportError:
        raise _missing(provider) from None
    except Exception as error:  # noqa: BLE001, providers check their options in ways of their own
        fault = type(error).__name__
        raise SettingsError(
            f"The language model {provider}:{model} cannot be opened ({fault}).",
            next_step="Check SELA_MODEL, SELA_MODEL_BASE_URL and SELA_MODEL_KEY; see docs/language-model.md.",
        ) from None
    return opened


def _missing(provider: str) -> ModelUnavailable:
    package = _PACKAGES.get(provider, f"langchain-{provider.replace('_', '-')}")
    extra = f'pip install "sela-document-assistant[{_EXTRAS[provider]}]"' if provider in _EXTRAS else ""
    return ModelUnavailable(
        f"The provider {provider} needs the package {package}, which is not installed.",
        next_step=f"Install it: {extra or f'pip install langchain {package}'}.",
    )


def _options(provider: str, settings: Settings, body: Mapping[str, str]) -> dict[str, Any]:
    """Return what a provider is opened with; every value stays within this module."""
    options: dict[str, Any] = {
        "temperature": settings.model_temperature,
        "max_tokens": settings.model_answer_tokens,
        "max_retries": settings.model_retries,
        "timeout": settings.model_seconds,
    }
    if settings.model_base_url:
        options["base_url"] = settings.model_base_url
    if settings.model_key is not None:
        options["api_key"] = settings.model_key.get_secret_value()
    return options | (_openai_options(settings, body) if provider == "openai" else {})


def _openai_options(settings: Settings, body: Mapping[str, str]) -> dict[str, Any]:
    """Return what servers that speak OpenAI's language need besides: usage while streaming, both names of the limit."""
    import httpx

    times = httpx.Timeout(settings.model_seconds, connect=settings.model_connect_seconds)
    options: dict[str, Any] = {"timeout": times, "stream_usage": True}
    if settings.model_base_url:
        options["extra_body"] = {"max_tokens": settings.model_answer_tokens, **body}
        if settings.model_key is None:  # never another service's OPENAI_API_KEY
            options["api_key"] = _NO_KEY
    return options


def _piece(chunk: "BaseMessageChunk") -> Piece:
    usage = getattr(chunk, "usage_metadata", None) or {}
    told = [chunk.response_metadata.get(key) for key in _FINISH]
    reason = next((str(t).lower() for t in told if t), None)
    return Piece(
        text=str(chunk.text),
        prompt_tokens=usage.get("input_tokens", 0),
        answer_tokens=usage.get("output_tokens", 0),
        ends=reason in _ENDED,
        is_cut=reason is not None and reason not in _ENDED,
    )


def _failure(error: Exception) -> Failure:
    """Return what kind of failure a provider's error is, by its status and its type's name."""
    names = {kind.__name__ for kind in type(error).__mro__}
    if any("Timeout" in name for name in names):
        return Failure.TOO_SLOW
    if any(name in names for name in ("APIConnectionError", "ConnectError", "NetworkError", "ConnectionError")):
        return Failure.UNREACHABLE
    status = getattr(error, "status_code", None) or getattr(getattr(error, "response", None), "status_code", None)
    return Failure.REFUSED if status in _REFUSING_STATUSES else Failure.FAILED
