"""Small words that turn a statement into another one: "not", "only", "may", "before"."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.normalisation import fold


@dataclass(frozen=True, slots=True)
class WeightyWords:
    """One kind of such words.

    Args:
        kind: what they say.
        pattern: finds them in the folded text of one language.
        must_be_kept: whether a sentence without them may not rest on a text with them.
    """

    kind: str
    pattern: re.Pattern[str]
    must_be_kept: bool


def changed_weight(sentence: str, quoted: str, *, language: str, quoted_language: str) -> list[str]:
    """Return the kinds of weighty words that a sentence adds to what it cites, or leaves out of it.

    Args:
        sentence: the words of a model.
        quoted: what it cites.
        language: of the sentence.
        quoted_language: of what it cites.

    In the same language, words that must be kept must be there as often: one "not" more is another statement.
    """
    there = {w.kind: len(w.pattern.findall(fold(quoted))) for w in weighty_words(quoted_language)}
    countable = language == quoted_language  # French says "not" in two words, others in one
    changed = []
    for words in weighty_words(language):
        here, held = len(words.pattern.findall(fold(sentence))), there[words.kind]
        is_lost = words.must_be_kept and (here != held if countable else held and not here)
        if (here and not held) or is_lost:
            changed.append(words.kind)
    return changed


@cache
def weighty_words(language: str) -> tuple[WeightyWords, ...]:
    """Return every kind for one language."""
    tables = tomllib.loads(files(__package__).joinpath("weighty.toml").read_text(encoding="utf-8"))
    return tuple(
        WeightyWords(kind, re.compile(rf"(?<!\w)(?:{'|'.join(words[language])})(?!\w)"), table == "kept")
        for table, kinds in tables.items()
        for kind, words in kinds.items()
    )
