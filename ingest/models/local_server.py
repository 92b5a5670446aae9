"""Serves a local language model with llama.cpp inside this process, on a loopback port that only this process can use.

The server speaks the protocol of OpenAI, so that a local model is one more model at a base URL.
"""

import secrets
from typing import TYPE_CHECKING

from ingest.errors import ModelUnavailable
from ingest.models.language_model_files import LanguageModelFile, check_language_model
from ingest.models.sessions import usable_processors

if TYPE_CHECKING:
    import xllamacpp  # noqa: TID251

LOOPBACK = "127.0.0.1"
SILENT = -1
CONTEXT_TOKENS = 4096


class LocalModelServer:
    """A model being served; it ends with the process, or when it is closed."""

    def __init__(self, model: LanguageModelFile, server: "xllamacpp.Server", key: str) -> None:
        self.model = model
        self._server: xllamacpp.Server | None = server
        self.key = key
        self.base_url = f"{server.listening_address}/v1"

    @classmethod
    def start(cls, model: LanguageModelFile, *, context_tokens: int = CONTEXT_TOKENS) -> "LocalModelServer":
        """Load a model and serve it on a free port of the loopback address, under a key made up for the occasion.

        Args:
            model: what to serve; its hash is checked first.
            context_tokens: longest prompt and answer together.

        Raises:
            ModelUnavailable: the extra is not installed, or the file is not a model that llama.cpp can load.
        """
        check_language_model(model)
        key = secrets.token_urlsafe(32)
        return cls(model, _serve(model, key, context_tokens), key)

    def close(self) -> None:
        """Stop serving and free the memory of the model."""
        self._server = None


def _serve(model: LanguageModelFile, key: str, context_tokens: int) -> "xllamacpp.Server":
    try:
        import xllamacpp  # noqa: TID251
    except ImportError as error:
        raise ModelUnavailable(
            f"The local language model {model.name} needs xllamacpp, which is not installed.",
            next_step="Run `pip install 'sela-document-assistant[local-llm]'`.",
        ) from error
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(model.path)
    parameters.model_alias = {model.name}
    parameters.hostnames, parameters.port, parameters.api_keys = [LOOPBACK], 0, [key]
    parameters.n_ctx, parameters.n_parallel = context_tokens, 1
    threads = max(1, usable_processors() // 2)  # more than are free at the moment make it dozens of times slower
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = threads
    parameters.ui = parameters.endpoint_slots = parameters.endpoint_props = False
    parameters.verbosity = SILENT  # llama.cpp would write prompts to standard error
    try:
        return xllamacpp.Server(parameters)
    except (RuntimeError, ValueError) as error:
        raise ModelUnavailable(
            f"The language model {model.name} cannot be loaded ({error}).",
            next_step=f"Remove {model.path.parent} and fetch a model that llama.cpp can run.",
        ) from error
