"""How the service is exposed: limits, sizes, time-outs and who may call it."""

import ipaddress
import os
from pathlib import Path

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.errors import SettingsError

_PREFIX = "SELA_API_"


class ServiceSettings(BaseSettings):
    """Settings from `SELA_API_…` environment variables; unknown ones are refused."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, extra="forbid", frozen=True)

    host: str = Field(default="127.0.0.1", description="Address to listen on; a key is required on any but loopback.")
    allowed_hosts: tuple[str, ...] = Field(
        default=("localhost", "127.0.0.1", "::1"),
        description="Names under which the service may be called while no key is required.",
    )
    cors_origins: tuple[str, ...] = Field(
        default=(), description="Origins whose pages may call the API from a browser; none unless named."
    )
    rate: str = Field(default="120/minute", description="Requests of one key, or one address, in a window.")
    body_bytes: int = Field(default=256 * 1024, ge=1024, description="Largest body of a request that is not an upload.")
    upload_bytes: int = Field(default=32 * 2**20, ge=1024, description="Largest upload, all its files together.")
    workers: int = Field(default=2, ge=1, le=64, description="Questions worked on at the same time.")
    waiting: int = Field(default=16, ge=0, le=10_000, description="Questions that may wait for a worker.")
    wait_seconds: float = Field(
        default=5.0, gt=0, le=600, description="Longest wait expected of a question; beyond it, it is refused at once."
    )
    patience_seconds: float = Field(
        default=20.0, gt=0, le=600, description="Longest time for one question to wait, and to be worked on."
    )
    keep_alive_seconds: float = Field(
        default=10.0, gt=0, le=120, description="Pause between signs of life in a stream."
    )
    ingest_roots: tuple[Path, ...] = Field(
        default=(), description="Folders of the server that may be ingested over the API, besides the one in use."
    )
    audit_questions: bool = Field(default=False, description="Write the text of questions to the audit log.")

    @field_validator("rate")
    @classmethod
    def _rate_is_understood(cls, rate: str) -> str:
        from limits import parse

        parse(rate)
        return rate

    @property
    def on_loopback(self) -> bool:
        """Tell whether only programs of this machine can reach the service."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def load_service_settings(**overrides: object) -> ServiceSettings:
    """Return the settings of the environment, with those named here instead where they are not None.

    Raises:
        SettingsError: if a setting is unknown or out of bounds.
    """
    _refuse_unknown()
    try:
        return ServiceSettings(**{k: v for k, v in overrides.items() if v is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise SettingsError(f"The API settings are not usable ({faults}).", next_step="See docs/api.md.") from error


def _refuse_unknown() -> None:
    known = {f"{_PREFIX}{name}".upper() for name in ServiceSettings.model_fields}
    unknown = sorted(n for n in os.environ if n.upper().startswith(_PREFIX) and n.upper() not in known)
    if unknown:
        raise SettingsError(f"There is no setting {', '.join(unknown)}.", next_step="See docs/api.md.")
