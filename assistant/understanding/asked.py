"""Which things a question asks for: a date, a place, a person, a number, a list."""

import re
import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files

from ingest.normalisation import fold


class Asked(StrEnum):
    """A thing that can be asked for; the names are those of the tables in `cues.toml`."""

    DATE = "date"
    DAY = "day"
    MONTH = "month"
    PLACE = "place"
    PERSON = "person"
    NAME = "name"
    ORGANISATION = "organisation"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    DURATION = "duration"
    FREQUENCY = "frequency"
    SYMBOL = "symbol"
    DEFINITION = "definition"
    LIST = "list"
    REASON = "reason"
    MANDATE = "mandate"
    COMPARISON = "comparison"
    MENTIONS = "mentions"
    CONCLUSION = "conclusion"


_IMPLIED = (
    (Asked.NAME, Asked.PERSON),
    (Asked.DAY, Asked.DATE),
    (Asked.MONTH, Asked.DATE),
    (Asked.MONEY, Asked.NUMBER),
    (Asked.PERCENT, Asked.NUMBER),
    (Asked.DURATION, Asked.NUMBER),
    (Asked.ORGANISATION, Asked.PERSON),
)


def asked_for(question: str, language: str) -> frozenset[Asked]:
    """Return every thing a question asks for, the precise instead of the general; empty for mere keywords."""
    folded = fold(question)
    found = frozenset(thing for thing, pattern in _patterns(language).items() if pattern.search(folded))
    return found - {general for precise, general in _IMPLIED if precise in found}


@cache
def _patterns(language: str) -> dict[Asked, re.Pattern[str]]:
    cues = tomllib.loads(files(__package__).joinpath("cues.toml").read_text(encoding="utf-8"))
    return {Asked(thing): _any_of(by_language[language]) for thing, by_language in cues.items()}


def _any_of(alternatives: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(f"(?:{a})(?<= )|(?:{a})(?!\\w)" for a in alternatives) + ")")
