"""Ordinal numbers from 1 to 99 as Roman numerals, digits and words of four languages."""

import re
from dataclasses import dataclass
from functools import cache

from ingest.identifiers.folding import FoldedText, fold_with_offsets

HIGHEST = 99

_ROMAN_TENS = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")
_ROMAN_UNITS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")

_ENGLISH_UNITS = "first second third fourth fifth sixth seventh eighth ninth"
_ENGLISH_TEENS = "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"

_SPANISH_UNITS = "primer segund tercer cuart quint sext septim octav noven"
_PORTUGUESE_UNITS = "primeir segund terceir quart quint sext setim oitav non"
_SPANISH_TENS = "decim vigesim trigesim cuadragesim quincuagesim sexagesim septuagesim octogesim nonagesim"
_PORTUGUESE_TENS = "decim vigesim trigesim quadragesim quinquagesim sexagesim septuagesim octogesim nonagesim"

_FRENCH_UNITS = "unieme deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme"
_FRENCH_TEENS = "dixieme onzieme douzieme treizieme quatorzieme quinzieme seizieme"
_FRENCH_TENS = "vingt trente quarante cinquante soixante"

_LONGEST_IN_WORDS = 5
_WORD = re.compile(r"[a-z]+")
_DIGITS = re.compile(
    r"(?<![\w.,/-])(\d{1,2})"
    r"(?: ?\.?°| ?(?:st|nd|rd|th)|(?:ieme|eme|iere|ere|era|er|re|ro|da|do|ra|ta|to|va|vo|na|no|ma|mo)"
    r"|\.?[oa](?= [a-z]{4})|e(?= )|\.[oa])(?!\w)"
)
_ROMAN = re.compile(
    r"(?<![\w/.-])(?=[ivxlc])((?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3}))"
    r"((?:\.?[oae]|°|th|st|nd|rd|eme|ieme)?)(?![\w/'-])"
)


@dataclass(frozen=True, slots=True)
class Ordinal:
    """An ordinal number standing in a text.

    Args:
        number: from 1 to 99.
        start: first character.
        end: one past the last character.
        is_roman: whether it is written as a Roman numeral.
    """

    number: int
    start: int
    end: int
    is_roman: bool = False


def to_roman(number: int) -> str:
    """Return the Roman numeral of a number from 1 to 99.

    Raises:
        ValueError: the number is outside 1–99.
    """
    if not 1 <= number <= HIGHEST:
        raise ValueError(f"no Roman numeral is written here for {number}: it is outside 1–{HIGHEST}")
    return _ROMAN_TENS[number // 10] + _ROMAN_UNITS[number % 10]


def from_roman(numeral: str) -> int | None:
    """Return the number of a Roman numeral from I to XCIX in either case, None if it is not one."""
    return _numerals().get(numeral.upper())


@cache
def _numerals() -> dict[str, int]:
    return {to_roman(number): number for number in range(1, HIGHEST + 1)}


@cache
def ordinal_words() -> dict[str, int]:
    """Return every folded ordinal in words of the four languages, hyphens as blanks, and its number."""
    portuguese = _iberian(_PORTUGUESE_UNITS.split(), _PORTUGUESE_TENS.split())
    return _english() | portuguese | _iberian(_SPANISH_UNITS.split(), _SPANISH_TENS.split()) | _french()


def _english() -> dict[str, int]:
    units = _ENGLISH_UNITS.split()
    words = {word: n for n, word in enumerate(units + _ENGLISH_TEENS.split(), start=1)}
    for ten, stem in enumerate(_ENGLISH_TENS.split(), start=2):
        words[stem[:-1] + "ieth"] = ten * 10
        for unit, word in enumerate(units, start=1):
            words[f"{stem} {word}"] = words[stem + word] = ten * 10 + unit
    return words


def _iberian(units: list[str], tens: list[str]) -> dict[str, int]:
    words = {"primer": 1, "tercer": 3}
    for gender in "oa":
        words |= {unit + gender: n for n, unit in enumerate(units, start=1)}
        words |= {ten + gender: 10 * n for n, ten in enumerate(tens, start=1)}
        for n, ten in enumerate(tens, start=1):
            for unit_number, unit in enumerate(units, start=1):
                words |= dict.fromkeys(_joined(ten, unit, gender=gender), 10 * n + unit_number)
        words |= {f"undecim{gender}": 11, f"duodecim{gender}": 12, f"decimprimer{gender}": 11}
        words |= {f"septim{gender}": 7, f"setim{gender}": 7, f"setuagesim{gender}": 70}
    return words


def _joined(ten: str, unit: str, *, gender: str) -> set[str]:
    """Return "vigésima octava", "vigesimo octava", "vigesimoctava" and "vigesimooctava"."""
    last = unit + gender
    written = {f"{ten}{gender} {last}", f"{ten}o {last}", f"{ten}o{last}", f"{ten}a{last}"}
    return written | ({f"{ten}{last}"} if last.startswith("o") else set())


def _french() -> dict[str, int]:
    units = _FRENCH_UNITS.split()
    words = {"premier": 1, "premiere": 1, "second": 2, "seconde": 2}
    words |= {word: n for n, word in enumerate(units, start=1) if n > 1}
    teens = [*_FRENCH_TEENS.split(), "dix septieme", "dix huitieme", "dix neuvieme"]
    words |= {word: n for n, word in enumerate(teens, start=10)}
    for n, ten in enumerate(_FRENCH_TENS.split(), start=2):
        words |= _french_decade(ten, n * 10, endings=units)
        words[ten.removesuffix("e") + "ieme"] = n * 10
    words |= _french_decade("soixante", 69, endings=teens) | _french_decade("quatre vingt", 80, endings=units)
    return words | _french_decade("quatre vingt", 89, endings=teens) | {"quatre vingtieme": 80}


def _french_decade(ten: str, base: int, *, endings: list[str]) -> dict[str, int]:
    words = {f"{ten} {ending}": base + n for n, ending in enumerate(endings, start=1)}
    return words | {f"{ten} et {ending}": base + n for n, ending in enumerate(endings[:2], start=1)}


def find_ordinals(text: str) -> tuple[Ordinal, ...]:
    """Return the ordinals of `text` with offsets into it, in reading order."""
    folded = fold_with_offsets(text)
    return tuple(Ordinal(o.number, *folded.span(o.start, o.end), is_roman=o.is_roman) for o in ordinals(folded))


def ordinals(folded: FoldedText) -> tuple[Ordinal, ...]:
    """Return the ordinals of a folded text, offsets into it; a lower-case Roman numeral needs two letters."""
    found = [*_in_words(folded.text), *_in_digits(folded.text), *_in_roman(folded)]
    return tuple(sorted(found, key=lambda ordinal: ordinal.start))


def _in_digits(text: str) -> list[Ordinal]:
    return [Ordinal(int(m[1]), m.start(), m.end()) for m in _DIGITS.finditer(text) if int(m[1])]


def _in_roman(folded: FoldedText) -> list[Ordinal]:
    found = []
    for match in _ROMAN.finditer(folded.text):
        number = from_roman(match[1])
        if number and _is_numeral(folded.original(*match.span(1)), suffix=folded.original(*match.span(2))):
            found.append(Ordinal(number, match.start(), match.end(), is_roman=True))
    return found


def _is_numeral(written: str, *, suffix: str) -> bool:
    """Tell "XXVIIIª" and "xxviii" from the words "La", "via" and "live"."""
    if written.isupper():
        return not suffix or (written not in {"L", "C"} and not suffix.isupper())
    return not suffix and len(written) > 1


def _in_words(text: str) -> list[Ordinal]:
    words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]
    table, found, i = ordinal_words(), [], 0
    while i < len(words):
        taken = _longest(words[i : i + _LONGEST_IN_WORDS], table)
        if taken:
            number = table[" ".join(word for word, _, _ in words[i : i + taken])]
            found.append(Ordinal(number, words[i][1], words[i + taken - 1][2]))
        i += max(taken, 1)
    return found


def _longest(words: list[tuple[str, int, int]], table: dict[str, int]) -> int:
    for taken in range(len(words), 0, -1):
        together = all(words[k + 1][1] - words[k][2] == 1 for k in range(taken - 1))
        if together and " ".join(word for word, _, _ in words[:taken]) in table:
            return taken
    return 0
