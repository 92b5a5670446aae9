"""The one declared normalisation under which a quotation must stand in its document.

Unicode NFKC, all white space removed, Markdown and HTML mark-up removed; nothing else: letters, accents, digits
and punctuation must agree.
"""

import re
import unicodedata

_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_BLANK_OR_MARKUP = re.compile(r"[\s*_#|\\`]+")


def normalise(text: str) -> str:
    """Return `text` under the declared normalisation."""
    return _BLANK_OR_MARKUP.sub("", _TAG.sub("", unicodedata.normalize("NFKC", text)))


def fold(text: str) -> str:
    """Return `text` in lower case without accents, for comparing words, never for checking a quotation."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
