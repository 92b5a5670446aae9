"""Text folded for matching, with the way back to the offsets of the text it came from."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SHORT, _REMEMBERED = 600, 1_024  # characters of a sentence that several finders look at; how many of them
_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
_QUOTES = dict.fromkeys("“”„‟«»″＂", '"') | dict.fromkeys("‘’‚‛′´`", "'")
_INVISIBLE = dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
_PLAIN = _DASHES | _QUOTES | _INVISIBLE | {"\u00a6": "|"}
_BROKEN_WORD = re.compile(r"(?<=[a-zß-ÿ])-[ \t]*\r?\n\s*(?=[a-zß-ÿ])")


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text in lower case, without accents, each run of white space one blank, dashes and quotes made plain.

    Args:
        source: the text it was made from.
        text: the folded text.
        offsets: offset in `source` of each folded character, and the length of `source` at the end.
    """

    source: str
    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the folded characters from `start` to `end` stand in the source."""
        while end > start and self.text[end - 1] == " ":
            end -= 1
        while start < end and self.text[start] == " ":
            start += 1
        return self.offsets[start], self._end_of(end)

    def original(self, start: int, end: int) -> str:
        """Return the words of the source behind the folded characters from `start` to `end`."""
        first, last = self.span(start, end)
        return self.source[first:last]

    def _end_of(self, end: int) -> int:
        if end == 0:
            return self.offsets[0]
        last = self.offsets[end - 1] + 1
        while last < len(self.source) and unicodedata.combining(self.source[last]):
            last += 1
        return last


def fold_with_offsets(text: str) -> FoldedText:
    """Fold `text`, words broken at the end of a line joined again; short ones of late are remembered."""
    return _remembered(text) if len(text) <= _SHORT else _folded(text)


def _folded(text: str) -> FoldedText:
    skipped = {i for m in _BROKEN_WORD.finditer(text) for i in range(*m.span())}
    characters: list[str] = []
    offsets: list[int] = []
    known: dict[str, str] = {}
    for offset, character in enumerate(text):
        folded = known.get(character)
        if folded is None:
            folded = known[character] = _fold_character(character)
        if offset in skipped or (folded == " " and characters and characters[-1] == " "):
            continue
        characters.extend(folded)
        offsets.extend([offset] * len(folded))
    return FoldedText(text, "".join(characters), (*offsets, len(text)))


_remembered = lru_cache(_REMEMBERED)(_folded)


def _fold_character(character: str) -> str:
    if character.isspace():
        return " "
    plain = _PLAIN.get(character)
    if plain is not None:
        return plain
    decomposed = unicodedata.normalize("NFKD", character)
    folded = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return " " if folded.isspace() else folded
