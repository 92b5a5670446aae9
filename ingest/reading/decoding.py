"""From bytes to characters, whatever the encoding."""

import codecs

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LATIN = ("cp1252", "latin_1", "iso8859_15", "cp1250", "mac_roman", "cp850", "cp437")


def decode(content: bytes, *, declared: str | None = None) -> str:
    """Return the characters of `content`.

    A byte order mark decides, then the `declared` encoding, then strict UTF-8, then UTF-16 without a mark; what is
    left is told apart among the encodings of western Europe. No byte makes it fail.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    for encoding in filter(None, ("utf-8", declared, _wide_encoding(content))):
        text = _attempt(content, encoding)
        if text is not None:
            return text
    return _western(content)


def _attempt(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return text if encoding.startswith("utf-16") or "\x00" not in text else None


def _wide_encoding(content: bytes) -> str | None:
    even, odd = content[0::2].count(0), content[1::2].count(0)
    if max(even, odd) * 5 < len(content):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _western(content: bytes) -> str:
    best = from_bytes(content, cp_isolation=list(_LATIN)).best()
    encoding = best.encoding if best is not None else "latin_1"
    cp1252 = _attempt(content, "cp1252")
    if encoding in {"latin_1", "iso8859_15", "cp1250", "cp1252"} and cp1252 is not None:
        return cp1252
    return content.decode(encoding, errors="replace")
