"""What the files of a corpus say, for checking that quotations stand in them."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from ingest.normalisation import normalise

PLAIN_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown"})


class CorpusTexts:
    """The words of every file: the file itself where it is text or Markdown, the canonical text otherwise."""

    def __init__(self, folder: Path, canonical: Mapping[str, str]) -> None:
        """Remember where the words are.

        Args:
            folder: the corpus.
            canonical: canonical text of each document, by path relative to the corpus.
        """
        self._folder = folder
        self._canonical = canonical
        self._normalised = lru_cache(maxsize=None)(self._normalise)

    @property
    def name(self) -> str:
        """Name of the folder."""
        return self._folder.resolve().name

    @property
    def files(self) -> tuple[str, ...]:
        """Every document, as its path relative to the corpus."""
        return tuple(self._canonical)

    def text(self, file: str) -> str:
        """Return the words of a file; "" if the corpus has no such file."""
        if Path(file).suffix.lower() in PLAIN_SUFFIXES and file in self._canonical:
            try:
                return (self._folder / file).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                pass
        return self._canonical.get(file, "")

    def holds(self, file: str, quote: str) -> bool:
        """Tell whether a quotation stands in a file, contiguous, under the declared normalisation."""
        return normalise(quote) in self._normalised(file)

    def _normalise(self, file: str) -> str:
        return normalise(self.text(file))
