"""Words of ours, one catalogue for each language."""

import string
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "es", "pt", "fr")


def message(key: str, language: str, /, **values: object) -> str:  # noqa: D417
    """Return a message in a language, its placeholders filled.

    Args:
        key: table and name, for example "outcome.no_evidence".
        language: one of `LANGUAGES`; any other gives English.

    Raises:
        KeyError: if there is no such message, or a placeholder is left empty.
    """
    table, name = key.split(".")
    return catalogue(language if language in LANGUAGES else "en")[table][name].format(**values)


@cache
def catalogue(language: str) -> Mapping[str, Mapping[str, str]]:
    """Return every message of a language by table and name."""
    return tomllib.loads(files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8"))


def placeholders(text: str) -> frozenset[str]:
    """Return the names of the placeholders in a message."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)
