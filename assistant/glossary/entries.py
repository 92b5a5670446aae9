"""The rows of the glossary's data files: one concept a row, its words in four languages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from importlib.resources.abc import Traversable

from ingest.languages import LANGUAGES

INFLECTIONS = "inflections.tsv"
_FIRST = "function_words.tsv"
_LAST = "secondary_senses.tsv"


class PartOfSpeech(StrEnum):
    """What a concept is in a sentence, as the fifth column of a data file says it."""

    FUNCTION = "f"
    VERB = "v"
    NOUN = "n"
    NAME = "name"
    ADJECTIVE = "a"
    ADVERB = "adv"
    NUMBER = "num"


class Tense(StrEnum):
    """The form in which a verb stands, as a column of the inflections file says it."""

    PRESENT = "present"
    PAST = "past"
    PARTICIPLE = "participle"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class Entry:
    """One concept.

    Args:
        words: its words for each language, the usual one first.
        part_of_speech: what it is in a sentence.
        order: its row number over all files, function words first.
    """

    words: Mapping[str, tuple[str, ...]]
    part_of_speech: PartOfSpeech
    order: int


@dataclass(frozen=True, slots=True)
class Inflection:
    """The irregular forms of one verb in one tense."""

    language: str
    base: str
    tense: Tense
    forms: tuple[str, ...]


def load_entries() -> tuple[Entry, ...]:
    """Read every concept of every data file: function words first, less usual senses of common words last."""
    parts = {part.value: part for part in PartOfSpeech}
    rows = (row for name in _data_files() for row in _rows(name))
    return tuple(
        Entry(
            {language: tuple(cell.split("|")) for language, cell in zip(LANGUAGES, row, strict=False)},
            parts[row[4]],
            order,
        )
        for order, row in enumerate(rows)
    )


def load_inflections() -> tuple[Inflection, ...]:
    """Read the irregular verb forms of every language."""
    return tuple(
        Inflection(language, base, tense, tuple(cell.split("|")))
        for language, base, *cells in _rows(INFLECTIONS)
        for tense, cell in zip(Tense, cells, strict=True)
        if cell
    )


def _data_files() -> list[str]:
    names = sorted(file.name for file in _folder().iterdir() if file.name.endswith(".tsv"))
    return sorted((name for name in names if name != INFLECTIONS), key=lambda name: (name != _FIRST, name == _LAST))


def _rows(name: str) -> Iterator[list[str]]:
    lines = _folder().joinpath(name).read_text("utf-8").split("\n")
    return (line.split("\t") for line in lines[1:] if line)


def _folder() -> Traversable:
    return files("assistant.glossary")
