"""The form in which a concept's word stands in the target language."""

from assistant.glossary.english import EnglishForms
from assistant.glossary.english import plural as english_plural
from assistant.glossary.entries import PartOfSpeech
from assistant.glossary.lexicon import Match

_PLURAL = {"en": ("s",), "es": ("s",), "pt": ("s",), "fr": ("s", "x")}
_SYLLABLE = 2
_UNCHANGED = ("s", "x")
_PORTUGUESE = (
    ("ão", "ões"),
    ("ês", "eses"),
    ("m", "ns"),
    ("al", "ais"),
    ("el", "eis"),
    ("ol", "ois"),
    ("r", "res"),
    ("z", "zes"),
)
_SPANISH = (("z", "ces"), ("ión", "iones"), ("ís", "íses"), ("és", "eses"))
_FRENCH = (("al", "aux"), ("eau", "eaux"), ("eu", "eux"))


def inflect(match: Match, *, target: str, plural: bool, english: EnglishForms) -> str:
    """Return the usual word of the concept in `target`, in the tense found and the number asked for."""
    word = match.entry.words[target][0]
    part = match.entry.part_of_speech
    if target == "en" and part is PartOfSpeech.VERB:
        return english.verb(word, match.tense)
    if not plural or part not in (PartOfSpeech.NOUN, PartOfSpeech.NAME) or word.isupper():
        return word
    return english_plural(word) if target == "en" else _romance_plural(match.entry.words[target], target)


def is_plural(source: str, match: Match, language: str) -> bool:
    """Say whether `source` is a plural of the concept found, by its first word (its last one in English)."""
    place = -1 if language == "en" else 0
    here, base = (text.split()[place].lower() for text in (source, match.entry.words[language][0]))
    longer = len(here) - len(base) >= _SYLLABLE and here.startswith(base[:_SYLLABLE])
    return here.endswith(_PLURAL[language]) and (longer or not base.endswith(_PLURAL[language]))


def _romance_plural(words: tuple[str, ...], language: str) -> str:
    listed = (w for w in words[1:] if w[:3] == words[0][:3] and w.split()[0].endswith(_PLURAL[language]))
    return next(listed, None) or " ".join([_plural_word(words[0].split()[0], language), *words[0].split()[1:]])


def _plural_word(word: str, language: str) -> str:
    for ending, replacement in {"es": _SPANISH, "pt": _PORTUGUESE, "fr": _FRENCH}[language]:
        if word.endswith(ending):
            return word[: -len(ending)] + replacement
    if word.endswith(_UNCHANGED):
        return word
    return word + ("es" if language == "es" and word[-1] not in "aeiouáéíóú" else "s")
