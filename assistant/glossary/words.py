"""A word or term of a text after it was carried into another language."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.glossary.entries import PartOfSpeech, Tense


class Origin(StrEnum):
    """Where a glossed word comes from."""

    TERM = "term"
    COGNATE = "cognate"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class GlossedWord:
    """A word or term of the source and what it became.

    Args:
        text: in the target language, empty where the word is left out there.
        source: as it stands in the source.
        gap: what stands before it in the source.
        origin: from a word list, guessed from its ending, or kept.
        part_of_speech: what it is, None where it is in no word list.
        tense: of a verb.
        plural: whether the source word is plural.
    """

    text: str
    source: str
    gap: str
    origin: Origin
    part_of_speech: PartOfSpeech | None = None
    tense: Tense | None = None
    plural: bool = False

    @property
    def is_content(self) -> bool:
        """Whether it says something of its own, as a function word does not."""
        return bool(self.text) and self.part_of_speech is not PartOfSpeech.FUNCTION
