"""Reads `manifest.toml`: what a folder says of its documents, which overrides what their texts say.

[documents."reports/one.pdf"]
title = "…"                     # every key is optional
symbol = "SP/CL/XLII.O/DT N° 4-16"
kind = "work_programme"
status = "draft"
date = "2016-10-26"             # or "2016-10" or "2016"
language = "en"
work = "…"                      # the official document that it restates or is a language version of
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from ingest.documents import Kind, Metadata, Status
from ingest.errors import CorpusError

MANIFEST_NAME = "manifest.toml"
_DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"


class Overrides(BaseModel):
    """What the manifest says of one document; None where it leaves the text's own word."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str | None = Field(None, min_length=1)
    symbol: str | None = Field(None, min_length=1)
    kind: Kind | None = None
    status: Status | None = None
    date: str | None = Field(None, pattern=_DATE)
    language: Literal["en", "es", "pt", "fr"] | None = None
    work: str | None = Field(None, min_length=1)

    @field_validator("date", mode="before")
    @classmethod
    def _accept_toml_dates(cls, value: object) -> object:
        """Take a bare TOML date (`date = 2016-10-26`) as well as a string."""
        return str(value) if type(value).__name__ == "date" else value

    def applied_to(self, metadata: Metadata) -> Metadata:
        """Return `metadata` with every field that is given here in place of its own."""
        return Metadata(
            title=self.title or metadata.title,
            symbol=self.symbol or metadata.symbol,
            kind=self.kind or metadata.kind,
            status=self.status or metadata.status,
            date=self.date or metadata.date,
            language=self.language or metadata.language,
            work=self.work or metadata.work,
        )


class _ManifestFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    documents: dict[str, Overrides] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a folder says of its documents.

    Args:
        documents: by path relative to the folder, with forward slashes.
        warnings: one sentence for every entry without a file.
    """

    documents: Mapping[str, Overrides] = field(default_factory=lambda: MappingProxyType({}))
    warnings: tuple[str, ...] = ()

    @classmethod
    def empty(cls) -> "Manifest":
        """Return a manifest that says nothing."""
        return cls()

    def overrides(self, file: str) -> Overrides | None:
        """Return what is said of `file`, None if nothing."""
        return self.documents.get(file)

    def fingerprint(self, file: str) -> str:
        """Return what is said of `file` as JSON, "" if nothing: it changes when the entry does."""
        overrides = self.overrides(file)
        if overrides is None:
            return ""
        return json.dumps(overrides.model_dump(mode="json", exclude_none=True), sort_keys=True, ensure_ascii=False)


def load_manifest(folder: Path) -> Manifest:
    """Return the manifest of `folder`, an empty one where there is none.

    Raises:
        CorpusError: the manifest is not valid TOML, or a key or value in it is not known.
    """
    path = folder / MANIFEST_NAME
    if not path.is_file():
        return Manifest.empty()
    try:
        documents = _ManifestFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).documents
    except ValidationError as error:
        raise _refusal(error) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{MANIFEST_NAME} is not valid TOML: {error}.", next_step="Mend that line.") from error
    except OSError as error:
        raise CorpusError(
            f"{MANIFEST_NAME} cannot be read ({error.strerror}).", next_step="Check its permissions."
        ) from error
    return Manifest(MappingProxyType(documents), tuple(_warn_of_missing(folder, documents)))


def _refusal(error: ValidationError) -> CorpusError:
    first = error.errors(include_url=False)[0]
    where = " → ".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        known = Overrides.model_fields if len(first["loc"]) > 1 else _ManifestFile.model_fields
        fix = f"Remove the key or use one of: {', '.join(known)}."
        return CorpusError(f"{MANIFEST_NAME} has an unknown key: {where}.", next_step=fix)
    if first["type"] == "string_pattern_mismatch":
        fix = 'Write the date as "2016-10-26", "2016-10" or "2016".'
    else:
        fix = f"{first['msg']}."
    return CorpusError(f"{MANIFEST_NAME} has a wrong value at {where}: {first['input']!r}.", next_step=fix)


def _warn_of_missing(folder: Path, documents: Mapping[str, Overrides]) -> list[str]:
    return [
        f"{MANIFEST_NAME} speaks of {file}, which is not in the folder. Correct the path or remove the entry."
        for file in documents
        if not (folder / file).is_file()
    ]
