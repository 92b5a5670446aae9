"""Everything a user may configure, read once in the composition root."""

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.errors import SettingsError


class Settings(BaseSettings):
    """Settings from `SELA_…` environment variables or a `.env` file; unknown keys are refused."""

    model_config = SettingsConfigDict(env_prefix="SELA_", env_file=".env", extra="forbid", frozen=True)

    data: Path = Field(default=Path("data"), description="Index home: generations, answers, embedding cache.")
    models: Path | None = Field(
        default=None, description="Folder of prepared models; None for the user's cache folder."
    )
    embedding_model: str = Field(
        default="multilingual-e5-small", description="The default model, or a sentence-transformers name or folder."
    )
    rerank: bool = Field(default=True, description="Reread the best passages with the English cross-encoder.")
    candidates: int = Field(default=24, ge=5, le=200, description="Passages reranked for one question.")
    evidence: int = Field(default=10, ge=1, le=50, description="Passages shown as evidence of an answer.")
    question_characters: int = Field(default=4000, ge=100, le=100_000, description="Longest question taken.")


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
