"""The grammar of headings: documents' own numbering in four languages, and lines set in capitals."""

import re
from dataclasses import dataclass

_ROMAN = r"[IVXLC]+"
_END = r"(?:\s*[.:)\-–—]+\s*|\s+|$)"
_NAMED = (
    (
        5,
        r"(?:part|parte|partie|chapter|cap[íi]tulo|chapitre|t[íi]tulo|titre|annex|anexo|annexe)"
        rf"\s+(?:{_ROMAN}|\d+|[A-H])",
    ),
    (10, rf"(?:area|área|domaine|aire)\s+(?:{_ROMAN}|\d+)"),
    (20, rf"(?:programme|program|programa)(?:\s+(?:{_ROMAN}|\d+)(?:\.\d+)*)?\s*:"),
    (30, rf"(?:project|proyecto|projeto|projet)\s+(?:{_ROMAN}|\d+)(?:\.\d+)*"),
    (40, rf"(?:activity|actividad|atividade|activité|activite)\s+(?:{_ROMAN}|\d+)(?:\.\d+)*"),
    (42, r"(?:article|art[íi]culo|artigo)\s+(?:\d+|único|unique)"),
)
_UNNAMED = (
    (8, rf"(?![CDLM]\W){_ROMAN}\s*[.\-–—]\s+(?=[^\W\d_])"),  # a lone C or D is a letter of the alphabet
    (50, r"[A-H]\s*[.\-–—]\s+(?=[^\W\d_])"),
    (61, r"\d{1,2}\.\d{1,2}\.?\s+(?=[^\W\d_])"),
    (62, r"\d{1,2}\.\d{1,2}\.\d{1,2}\.?\s+(?=[^\W\d_])"),
    (63, r"\d{1,2}(?:\.\d{1,2}){3}\.?\s+(?=[^\W\d_])"),
    (60, r"\d{1,2}\s*[.\-–—]\s+(?=[^\W\d_])"),
)
LOWEST_RANK = 70
_NAMED_PATTERNS = tuple((rank, re.compile(pattern + _END, re.IGNORECASE)) for rank, pattern in _NAMED)
_UNNAMED_PATTERNS = tuple((rank, re.compile(pattern)) for rank, pattern in _UNNAMED)
_LETTERS = re.compile(r"[^\W\d_]")
_SPACED_OUT = re.compile(r"^(?:[^\W\d_] ){3,}[^\W\d_]$")


@dataclass(frozen=True, slots=True)
class Numbering:
    """The number in front of a heading.

    Args:
        rank: place in the hierarchy of numberings, the lower the higher up.
        named: whether a word such as AREA or Activity stands before the number.
        length: characters up to the first word of the heading proper.
    """

    rank: int
    named: bool
    length: int


def read_numbering(text: str) -> Numbering | None:
    """Return the numbering at the start of `text`, None where there is none."""
    for rank, pattern in _NAMED_PATTERNS:
        match = pattern.match(text)
        if match and text[0].isupper():
            return Numbering(rank, named=True, length=match.end())
    for rank, pattern in _UNNAMED_PATTERNS:
        match = pattern.match(text)
        if match:
            return Numbering(rank, named=False, length=match.end())
    return None


def is_title_like(text: str, *, most_words: int) -> bool:
    """Say whether `text` is short and does not end like a sentence or a lead-in."""
    return len(text.split()) <= most_words and not text.endswith((".", ";", ",", ":", "?", "!"))


def is_upper_case(text: str) -> bool:
    """Say whether `text` is set in capitals, spaced-out capitals included."""
    letters: list[str] = _LETTERS.findall(text)
    if len(letters) < 4 or not (_SPACED_OUT.match(text) or re.search(r"[^\W\d_]{4,}", text)):
        return False
    return sum(letter.isupper() for letter in letters) > 0.85 * len(letters)


def close_up(text: str) -> str:
    """Return a heading with spaced-out letters ("F O R E W O R D") closed up."""
    return text.replace(" ", "") if _SPACED_OUT.match(text) else text
