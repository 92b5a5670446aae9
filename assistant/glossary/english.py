"""English forms: the past, the participle, the plural and the adverb of a base form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.glossary.entries import Tense

_DOUBLED = re.compile(r"^(?:[^aeiou]*[aeiou][bdgmnprt]|.*(?:fer|(?<!li)mit|pel|rol|cur|bat))$")
_PLURALS = {
    "child": "children", "person": "people", "man": "men", "woman": "women", "foot": "feet", "half": "halves",
    "life": "lives", "wife": "wives", "criterion": "criteria", "phenomenon": "phenomena", "analysis": "analyses",
    "crisis": "crises", "basis": "bases", "diagnosis": "diagnoses", "staff": "staff", "fish": "fish",
    "people": "people", "information": "information", "series": "series", "species": "species",
    "evidence": "evidence", "advice": "advice", "knowledge": "knowledge", "equipment": "equipment",
    "progress": "progress", "news": "news", "money": "money", "research": "research", "youth": "youth",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EnglishForms:
    """Inflects English words.

    Args:
        irregular: (base, tense) to the irregular form.
    """

    irregular: Mapping[tuple[str, Tense], str]

    def verb(self, base: str, tense: Tense | None) -> str:
        """Return the verb `base`, which may have a particle after it ("carry out"), in `tense`."""
        head, space, rest = base.partition(" ")
        if tense is Tense.FUTURE:
            return f"will {base}"
        if tense in (Tense.PAST, Tense.PARTICIPLE):
            return (self.irregular.get((head, tense)) or past(head)) + space + rest
        return base


def past(verb: str) -> str:
    """Return the regular past of `verb`."""
    if verb.endswith("e"):
        return verb + "d"
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ied"
    return verb + (verb[-1] if _DOUBLED.match(verb) else "") + "ed"


def plural(noun: str) -> str:
    """Return the plural of `noun`, of the word before "of" where it has one, of its last word otherwise."""
    head, of, rest = noun.partition(" of ")
    first, space, last = head.rpartition(" ")
    return first + space + _plural_word(last) + of + rest


def adverb(adjective: str) -> str:
    """Return the adverb made of `adjective`."""
    if adjective.endswith("ic"):
        return adjective + "ally"
    if adjective.endswith("le"):
        return adjective[:-1] + "y"
    return (adjective[:-1] + "ily") if adjective.endswith("y") else adjective + "ly"


def _plural_word(word: str) -> str:
    if word in _PLURALS:
        return _PLURALS[word]
    if re.search(r"(?:[sxz]|ch|sh)$", word):
        return word if word.endswith("s") and not word.endswith("ss") else word + "es"
    return word[:-1] + "ies" if re.search(r"[^aeiou]y$", word) else word + "s"
