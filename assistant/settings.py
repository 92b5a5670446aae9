"""Everything a user may configure, read once in the composition root."""

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.errors import SettingsError


class Settings(BaseSettings):
    """Settings from `SELA_…` environment variables or a `.env` file; unknown keys are refused."""

    model_config = SettingsConfigDict(
        env_prefix="SELA_", env_file=".env", extra="forbid", frozen=True, hide_input_in_errors=True
    )

    data: Path = Field(default=Path("data"), description="Index home: generations, answers, embedding cache.")
    models: Path | None = Field(
        default=None, description="Folder of prepared models; None for the user's cache folder."
    )
    embedding_model: str = Field(
        default="multilingual-e5-small", description="The default model, or a sentence-transformers name or folder."
    )
    rerank: bool = Field(default=True, description="Read the best passages closely with the reader and the reranker.")
    candidates: int = Field(default=24, ge=5, le=200, description="Passages reranked for one question.")
    evidence: int = Field(default=10, ge=1, le=50, description="Passages shown as evidence of an answer.")
    question_characters: int = Field(default=4000, ge=100, le=100_000, description="Longest question taken.")
    model: str | None = Field(
        default=None, description="The language model as provider:model or local:name; None for none."
    )
    model_base_url: str | None = Field(default=None, description="Address of its server; None for the provider's own.")
    model_key: SecretStr | None = Field(default=None, description="Key for its server; never shown or recorded.")
    model_temperature: float = Field(default=0.0, ge=0, le=2, description="How freely it chooses its words.")
    model_connect_seconds: float = Field(default=3, gt=0, le=60, description="Longest wait for its server to be there.")
    model_seconds: float = Field(default=20, gt=0, le=600, description="Longest wait for a whole answer of it.")
    model_prompt_tokens: int = Field(default=4000, ge=500, le=200_000, description="Most tokens put to it at once.")
    model_answer_tokens: int = Field(default=600, ge=50, le=20_000, description="Most tokens it may answer with.")
    model_rewrites: bool = Field(
        default=False, description="Let it complete follow-up questions and translate questions, checked."
    )
    model_retries: int = Field(default=1, ge=0, le=5, description="How often a failed request is repeated.")

    @field_validator("model", "model_base_url", "model_key", mode="before")
    @classmethod
    def _blank_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("model_base_url")
    @classmethod
    def _plain_address(cls, value: str | None) -> str | None:
        if value is not None and (urlsplit(value).scheme not in ("http", "https") or "@" in urlsplit(value).netloc):
            raise ValueError("an http or https address without a key in it is needed; the key goes into SELA_MODEL_KEY")
        return value


def load_settings(**overrides: object) -> Settings:
    """Return the settings of the environment, with those named here instead where they are not None.

    Raises:
        SettingsError: if a setting is unknown or out of bounds.
    """
    try:
        return Settings(**{k: v for k, v in overrides.items() if v is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise SettingsError(f"The settings are not usable ({faults}).", next_step="See docs/settings.md.") from error
