"""Whether a sentence holds the kind of thing that a question asks for."""

import re
from collections.abc import Callable, Mapping

from assistant.reading.names import names_an_organisation, person_names
from assistant.reading.units import Unit
from assistant.understanding.asked import Asked
from ingest.documents import BlockKind
from ingest.identifiers import Precision, find_dates, find_numbers, find_symbols
from ingest.identifiers import Unit as UnitOfNumber
from ingest.normalisation import fold

_NUMBER_WORD = re.compile(
    r"(?<!\w)(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dos|tres|cuatro|cinco|seis|siete|ocho|nueve"
    r"|diez|once|doce|dois|duas|quatro|sete|oito|nove|dez|onze|doze|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze"
    r"|half|third|thirds|quarters?|dozens?|mitad|tercio|cuarto|metade|terco|moitie|tiers|quart|one-\w+)(?!\w)"
)
_SPAN_OF_TIME = re.compile(
    r"(?<!\w)(?:days?|weeks?|months?|years?|hours?|dias?|semanas?|mes(?:es)?|anos?|horas?|jours?|semaines?|mois|annees?|ans)(?!\w)"
)
_OFTEN = re.compile(
    r"(?<!\w)(?:every|each|cada|chaque|tous les|toutes les|annual\w*|biannual\w*|quarterly|monthly|weekly|daily|yearly"
    r"|(?:two|three|four|six)-monthly|half-yearly|semi-?annual\w*|anual\w*|semestral\w*|trimestral\w*|mensual\w*"
    r"|mensal\w*|cuatrimestral\w*|quadrimestral\w*|annuel\w*|semestriel\w*|trimestriel\w*|mensuel\w*)(?!\w)"
)
_NO_CITY = (  # what follows "in" and is neither city nor country
    r"(?!(?:Latin America|América Latina|Amérique latine|Caribbean|Caribe|Caraïbes?|Central America|Centroamérica"
    r"|January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Decisi|Activi|Project|Area|Member|[A-ZÀ-Ý]{3,}(?![\w'’-])))"
)
_PLACE = re.compile(
    r"(?:(?<!\w)(?:[Ii]n|[Aa]t|[Ee][nm]|[Nn][oa]|[AÀaà]|[Aa]ux?|[Dd]ans)\s+"
    r"(?:the (?:city|island) of\s+|la ciudad de\s+|a cidade de\s+|la ville de\s+)?"
    rf"{_NO_CITY}[A-ZÀ-Ý][\w'’.-]+)|(?<=\()\s*[A-ZÀ-Ý][a-zà-ÿ]+\s*,|headquarters|sede|siege|premises"
)


def holds(thing: Asked, unit: Unit, *, common_words: frozenset[str], vocabulary: frozenset[str]) -> bool:
    """Tell whether a unit holds a thing of that kind; kinds that leave no trace in the words always hold.

    Args:
        thing: what is asked for.
        unit: the words to look at.
        common_words: folded words that are no personal names.
        vocabulary: folded words that no personal name begins with.
    """
    if thing is Asked.NAME:
        return bool(person_names(unit.text, common_words=common_words, vocabulary=vocabulary))
    if thing is Asked.PERSON:
        return names_an_organisation(unit.text) or bool(
            person_names(unit.text, common_words=common_words, vocabulary=vocabulary)
        )
    if thing is Asked.CONCLUSION:
        return bool(_CONCLUDING.search(fold(f"{unit.context} {unit.text}"))) and not _plans(unit)
    if thing is Asked.LIST:
        return unit.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW) or bool(_ENUMERATION.search(unit.text))
    check = _CHECKS.get(thing)
    return check is None or check(unit.text)


def _plans(unit: Unit) -> bool:
    """Tell whether a unit stands among what a programme still wants to reach."""
    return bool(_AIMS.search(fold(unit.passage.path[-1]))) if unit.passage.path else False


def is_checkable(thing: Asked) -> bool:
    """Tell whether the words of a sentence can show that it holds a thing of that kind."""
    return thing in (Asked.NAME, Asked.PERSON, Asked.CONCLUSION, Asked.LIST) or thing in _CHECKS


_ENUMERATION = re.compile(
    r":\s*$|;[^;]+;|,[^,;:]{2,60}(?:,[^,;:]{2,60})*,?\s(?:and|y|e|et|as well as|así como)\s"
    r"|\bi\).*\bii\)|\ba\).*\bb\)|\b1\).*\b2\)",
    re.DOTALL,
)
_AIMS = re.compile(r"objecti[vf]|objetiv|expected results|resultados esperados|resultats attendus|schedule|cronograma")
_CONCLUDING = re.compile(
    r"(?<!\w)(?:conclu|recommend|agree[ds]|resolv|decid|adopted|acord|acuerd|resuelt|recomend|recommand|convenu|noted|adopt)"
)


def _has_day(sentence: str) -> bool:
    return any(d.range.precision is Precision.DAY for d in find_dates(sentence))


def _has_month(sentence: str) -> bool:
    return any(d.range.precision.names_month for d in find_dates(sentence))


_ENUMERATOR = re.compile(r"^\W*(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+")


def _has_number(sentence: str) -> bool:
    sentence = _ENUMERATOR.sub("", sentence)
    dates = find_dates(sentence)
    numbers = (n for n in find_numbers(sentence) if not any(d.start <= n.start and n.end <= d.end for d in dates))
    return any(numbers) or bool(_NUMBER_WORD.search(fold(sentence)))


def _has_money(sentence: str) -> bool:
    return any(n.unit in (UnitOfNumber.US_DOLLAR, UnitOfNumber.EURO) for n in find_numbers(sentence))


def _has_percent(sentence: str) -> bool:
    fraction = re.search(r"(?<!\w)(?:half|third|quarter|mitad|tercio|metade|moitie|tiers|quart)", fold(sentence))
    return bool(fraction) or any(n.unit is UnitOfNumber.PERCENT for n in find_numbers(sentence))


def _has_duration(sentence: str) -> bool:
    return bool(_SPAN_OF_TIME.search(fold(sentence)))


_CHECKS: Mapping[Asked, Callable[[str], bool]] = {
    Asked.DATE: lambda s: bool(find_dates(s)) or bool(_OFTEN.search(fold(s))),
    Asked.DAY: _has_day,
    Asked.MONTH: _has_month,
    Asked.PLACE: lambda s: bool(_PLACE.search(s)),
    Asked.ORGANISATION: names_an_organisation,
    Asked.NUMBER: _has_number,
    Asked.MONEY: _has_money,
    Asked.PERCENT: _has_percent,
    Asked.DURATION: _has_duration,
    Asked.FREQUENCY: lambda s: bool(_OFTEN.search(fold(s))),
    Asked.SYMBOL: lambda s: bool(find_symbols(s)),
}
