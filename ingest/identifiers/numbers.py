"""Plain numbers, percentages and sums of money in a text, with the separators of four languages."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ingest.identifiers.folding import FoldedText, fold_with_offsets


class Unit(StrEnum):
    """What a number counts, where it is a percentage or money."""

    PERCENT = "percent"
    US_DOLLAR = "usd"
    EURO = "eur"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number standing in a text.

    Args:
        value: the whole value, "10,079 million" being 10079000000.
        other_value: the value if its only separator is read the other way ("24.600" as 24.6), None if it cannot be.
        unit: percent, a currency, or none.
        start: first character, currency sign included.
        end: one past the last character, unit included.
    """

    value: Decimal
    other_value: Decimal | None
    unit: Unit
    start: int
    end: int

    def agrees_with(self, other: "NumberMention") -> bool:
        """Tell whether both can be read as the same value of the same unit."""
        mine = {self.value, self.other_value} - {None}
        return self.unit is other.unit and bool(mine & ({other.value, other.other_value} - {None}))


_SCALES = (
    (r"thousand millions?|mil millones|mil milhoes|mil milhao|mille millions|milliards?|bilh(?:ao|oes)|bi(?!\w)", 9),
    (r"billones|billon", 12),
    (r"trillions?|trilh(?:ao|oes)", 12),
    (r"billions?|bn", 9),
    (r"millions?|millones|millon|milh(?:ao|oes)|mn", 6),
    (r"thousands?|mil|mille|miles", 3),
)
_SCALE = "|".join(f"(?P<e{i}>{words})" for i, (words, _) in enumerate(_SCALES))
_DOLLAR = r"us ?\\?\$|u\$s|usd|eeuu ?\$|\\?\$"
_EURO = r"€|eur"
_DOLLAR_WORD = (
    r"us dollars?|u\.s\. dollars?|dollars?(?: us| americains?| des etats-unis)?"
    r"|dolares(?: estadounidenses| americanos)?|dolar|usd"
)
_EURO_WORD = r"euros?|eur|€"
_PERCENT = r"%|per ?cent(?!\w)|por ciento|por cento|pour ?cents?"
_FIGURE = r"\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_NUMBER = re.compile(
    rf"(?<![\w.,/$])(?:(?P<before_usd>{_DOLLAR})|(?P<before_eur>{_EURO}))? ?(?P<sign>(?<![\w)-])-)?"
    rf"(?P<figure>{_FIGURE})"
    rf"(?: ?(?:{_SCALE})(?!\w))?(?: ?(?:de |d')?(?:(?P<percent>{_PERCENT})|(?P<after_usd>(?:{_DOLLAR_WORD})(?!\w))"
    rf"|(?P<after_eur>(?:{_EURO_WORD})(?!\w))))?(?![\w/]|[.,]\d)"
)
_DECIMAL_COMMA = frozenset({"es", "pt", "fr"})


def find_numbers(text: str, *, language: str | None = None) -> tuple[NumberMention, ...]:
    """Return the numbers of `text` in reading order.

    Args:
        text: the text to look through.
        language: whose separators decide "10.079"; without one, a group of three digits is thousands.
    """
    folded = fold_with_offsets(text)
    return tuple(_number(folded, match, language) for match in _NUMBER.finditer(folded.text))


def _number(folded: FoldedText, match: re.Match[str], language: str | None) -> NumberMention:
    power = next((power for i, (_, power) in enumerate(_SCALES) if match[f"e{i}"]), 0)
    scale = Decimal(10) ** power * (-1 if match["sign"] else 1)
    value, other = _read_figure(match["figure"], language)
    other_value = None if other is None else other * scale
    return NumberMention(value * scale, other_value, _unit(match), *folded.span(*match.span()))


def _unit(match: re.Match[str]) -> Unit:
    if match["percent"]:
        return Unit.PERCENT
    if match["before_usd"] or match["after_usd"]:
        return Unit.US_DOLLAR
    return Unit.EURO if match["before_eur"] or match["after_eur"] else Unit.NONE


def _read_figure(figure: str, language: str | None) -> tuple[Decimal, Decimal | None]:
    """Return the value of a figure and, where its one separator can be read both ways, the other value."""
    plain = figure.replace(" ", "").replace("'", "")
    separators = re.findall(r"[.,]", plain)
    if not separators:
        return Decimal(plain), None
    thousands = Decimal(re.sub(r"[.,]", "", plain))
    if len(separators) > 1:
        return _many_separators(plain, separators, thousands), None
    decimal = Decimal(plain.replace(",", "."))
    if not re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", plain):
        return decimal, None
    marks_decimals = language is not None and (separators[0] == ",") == (language in _DECIMAL_COMMA)
    return (decimal, thousands) if marks_decimals else (thousands, decimal)


def _many_separators(plain: str, separators: list[str], thousands: Decimal) -> Decimal:
    if len(set(separators)) == 1:
        return thousands
    whole, fraction = plain.rsplit(separators[-1], 1)
    return Decimal(re.sub(r"[.,]", "", whole) + "." + fraction)
