"""The judgement on one sentence of a model: which words of the passages it cites support it, or why none do."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from assistant.glossary import Glossary
from assistant.language_model.lines import Drop
from assistant.language_model.verification.binding import is_misplaced
from assistant.language_model.verification.claims import figures, identifiers_of, told_spans, unsaid_numbers
from assistant.language_model.verification.columns import is_in_another_column
from assistant.language_model.verification.structure import Comparison, is_put_together_anew
from assistant.language_model.verification.weighty import changed_weight
from assistant.language_model.verification.wording import Wording, found_words, word
from assistant.reading.units import Unit
from ingest.documents import BlockKind
from ingest.languages import STOPWORDS, detect_language
from ingest.normalisation import fold, normalise

_REMEMBERED = 512  # texts: a sentence is held against each unit of the passages it cites
_QUOTED = re.compile(r"[“«\"„]\s*(?P<words>[^“”«»\"„]{2,}?)\s*[”»\"“]")
_QUOTE_MARK = re.compile(r"[“”«»\"„]")
_WORDS = re.compile(r"[^\W\d_]+")
_FUTURE = {
    "en": re.compile(r"(?<!\w)(?:will|shall|would|should|is to|are to|to be|plans? to|planned|scheduled)(?!\w)"),
    "es": re.compile(r"(?<!\w)(?:sera|seran|habra|habran|debera|deberan|podra|podran|va a|van a|prev\w+)(?!\w)"),
    "pt": re.compile(r"(?<!\w)(?:sera|serao|havera|haverao|devera|deverao|podera|poderao|vai|vao|prev\w+)(?!\w)"),
    "fr": re.compile(r"(?<!\w)(?:sera|seront|aura|auront|devra|devront|pourra|pourront|va|vont|prev\w+)(?!\w)"),
}
_ORDER_TO_READER = re.compile(
    r"(?:ignor\w+|disregard\w*|forget|olvid\w+|esquec\w+|oubli\w+)\W+(?:\w+\W+){0,6}(?:instruc\w+|above|prompt|previous"
    r"|earlier|anterior\w*|preced\w+|consignes)|(?:^|\W)(?:system|assistant|user|sistema|systeme)\s*:"
    r"|(?:answer|respond|reply|output|say|print|write|repeat|tell the user|respond[ae]|contest[ae]|dig[ae]|escrev\w+"
    r"|repond\w+|dites|ecrivez)\W+(?:\w+\W+){0,3}(?:only|with|exactly|that|con|com|avec|que|solo|apenas|\d)"
    r"|(?:prompt|language model|chatbot|as an ai|you are now|modelo de lenguaje|modelo de linguagem|modele de langage)"
)


@dataclass(frozen=True, slots=True)
class Support:
    """A unit that supports a sentence, with how much of the unit's own words the sentence takes up."""

    unit: Unit
    covered: float


class Judge:
    """Decides whether cited words support a sentence; errs on the side of dropping it."""

    def __init__(self, glossary: Glossary) -> None:
        self._word = lru_cache(maxsize=_REMEMBERED)(partial(word, glossary=glossary))

    def support(self, sentence: str, units: Sequence[Unit], *, language: str) -> Support | list[Drop]:
        """Return the unit that supports a sentence best, or what the nearest one lacks.

        Args:
            sentence: the words of a model.
            units: those of the passages that it cites.
            language: that of the answer.
        """
        ours = self._word(sentence, language)
        if not is_in_language(sentence, language):
            return [Drop.LANGUAGE]
        judged = [(self.faults(ours, unit), unit) for unit in units]
        standing = [unit for faults, unit in judged if not faults]
        if not standing:
            nearest = min(judged, key=lambda j: (len(j[0]), -self._covered(ours, j[1])), default=([Drop.WORDS], None))
            return nearest[0]
        best = max(standing, key=lambda unit: self._covered(ours, unit))
        return Support(best, self._covered(ours, best))

    def faults(self, ours: Wording, unit: Unit) -> list[Drop]:
        """Return what speaks against resting a sentence on a unit, the plainest first; [] if nothing does."""
        if _ORDER_TO_READER.search(fold(unit.text)) or _ORDER_TO_READER.search(fold(ours.text)):
            return [Drop.INSTRUCTION]
        if normalise(ours.text) == normalise(unit.text):
            return []
        plain = [*_false_quotes(ours.text, unit.text), *_false_claims(ours, unit)]
        alone = self._word(unit.text, unit.passage.language)
        theirs = self._word(f"{unit.text}\n{unit.context}", unit.passage.language)
        return plain or _false_words(ours, alone, theirs, unit)

    def _covered(self, ours: Wording, unit: Unit) -> float:
        theirs = self._word(unit.text, unit.passage.language)
        taken = {place for found in found_words(ours, theirs) for place in found.places}
        return len(taken) / max(len(theirs.meanings), 1)


def is_in_language(sentence: str, language: str) -> bool:
    """Tell whether a sentence is in a language: by its function words, and for a long one by its letters too."""
    words = [w.lower() for w in _WORDS.findall(sentence)]
    counts = {name: sum(w in stopwords for w in words) for name, stopwords in STOPWORDS.items()}
    most = max(counts.values())
    if counts[language] == most and most:
        return True
    return most - counts[language] <= 1 and detect_language(sentence) == language


def _false_quotes(sentence: str, quoted: str) -> list[Drop]:
    """Return a fault if a sentence puts words between quotation marks that the cited words do not hold as they are."""
    claimed = [match["words"] for match in _QUOTED.finditer(sentence)]
    if not claimed:
        return [Drop.QUOTE] if _QUOTE_MARK.search(sentence) else []
    return [] if all(normalise(words) in normalise(quoted) for words in claimed) else [Drop.QUOTE]


def _false_claims(ours: Wording, unit: Unit) -> list[Drop]:
    there = unit.passage.language
    told = figures(ours.text, unit.text, title=unit.title, language=ours.language, quoted_language=there)
    faults = [Drop.DATE if f.is_date else Drop.NUMBER for f in told if not f.spans]
    if unsaid_numbers(ours.text, unit.text, language=ours.language, quoted_language=there):
        faults.append(Drop.NUMBER)
    if identifiers_of(ours.text) - identifiers_of(f"{unit.text}\n{unit.context}"):
        faults.append(Drop.IDENTIFIER)
    return list(dict.fromkeys(faults))


def _false_words(ours: Wording, alone: Wording, theirs: Wording, unit: Unit) -> list[Drop]:
    found = found_words(ours, theirs, told=told_spans(ours.text))
    missing = [w for w in found if not w.places]
    faults = [Drop.NAME] if any(w.is_name for w in missing) else []
    faults += [Drop.WORDS] if any(not w.is_name for w in missing) else []
    there = unit.passage.language
    if changed_weight(ours.text, unit.text, language=ours.language, quoted_language=there) or _changes_time(ours, unit):
        faults.append(Drop.POLARITY)
    told = figures(ours.text, unit.text, title=unit.title, language=ours.language, quoted_language=there)
    compared = Comparison(ours, alone, found, told)
    if not faults and unit.kind is BlockKind.TABLE_ROW:
        return [Drop.ORDER] if is_in_another_column(compared, unit.context) else []
    if not faults and (is_misplaced(compared) or is_put_together_anew(compared)):
        faults.append(Drop.ORDER)
    return faults


def _changes_time(ours: Wording, unit: Unit) -> bool:
    """Tell whether a sentence puts what is planned as done."""
    here, there = _is_future(ours.text, ours.language), _is_future(unit.text, unit.passage.language)
    return there and not here


def _is_future(text: str, language: str) -> bool:
    return _FUTURE[language].search(fold(text)) is not None
