"""The keys under which words are looked up: as written, without accents, and without endings of number and gender."""

import re
import unicodedata

_ACCENT = re.compile("[\u0300-\u036f]")
_ELISION = re.compile(r"['’](?=\S)")
_ENDINGS: dict[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    "en": (
        (re.compile(r"ies\b"), "y"),
        (re.compile(r"(?<=[sxz])es\b|(?<=[cs]h)es\b"), ""),
        (re.compile(r"(?<=[^su\W])s\b"), ""),
    ),
    "es": (
        (re.compile(r"(?<=\w\w)ces\b"), "z"),
        (re.compile(r"(?<=\w\w\w)(?:[aoe]?s|[aoe])\b"), ""),
    ),
    "pt": (
        (re.compile(r"oes\b|aes\b"), "ao"),
        (re.compile(r"(?<=\w\w)([aeou])is\b"), r"\1l"),
        (re.compile(r"ns\b"), "m"),
        (re.compile(r"(?<=\w\w\w)(?:[aoe]?s|[aoe])\b"), ""),
    ),
    "fr": (
        (re.compile(r"(?<=\w\w)aux\b"), "al"),
        (re.compile(r"(?<=\w)euses?\b"), "eux"),
        (re.compile(r"(?<=\w\w)ifs?\b"), "iv"),
        (re.compile(r"(?<=\w\w)([lnt])\1es?\b"), r"\1"),
        (re.compile(r"(?<=\w\w\w)(?:e?s|[ex])\b"), ""),
    ),
}


def written(text: str) -> str:
    """Return `text` in lower case, hyphens as spaces and an elided word apart ("l' eau"), accents kept."""
    return _ELISION.sub("' ", text.replace("-", " ").replace("’", "'")).lower()


def unaccented(key: str) -> str:
    """Return the key `key` without accents."""
    return _ACCENT.sub("", unicodedata.normalize("NFKD", key))


def unnumbered(key: str, language: str) -> str:
    """Return the unaccented key `key` with the endings of number and gender off every word."""
    for ending, replacement in _ENDINGS[language]:
        key = ending.sub(replacement, key)
    return key
