"""Markers in front of list items: bullets, numbers, letters and Roman numbers."""

import re
from dataclasses import dataclass

_BULLET = re.compile(r"[-–—•·●○▪■◦‣∙➢✓*\uf000-\uf0ff](?:\s+|(?<=[\uf000-\uf0ff]))")
_ORDINAL = re.compile(r"(?P<open>\(?)(?P<number>\d{1,3}|[ivx]{1,5}|[a-z]|[A-Z])(?P<close>[.)]|º\.?)\s+")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class ListMarker:
    """What stands in front of a list item.

    Args:
        style: "bullet" or the shape of the marker, so that items of one list agree.
        ordinal: position that the marker claims, 0 for a bullet.
        length: characters of the marker, white space included.
    """

    style: str
    ordinal: int
    length: int


def read_marker(text: str) -> ListMarker | None:
    """Return the list marker at the start of `text`, None where there is none."""
    bullet = _BULLET.match(text)
    if bullet:
        return ListMarker("bullet", 0, bullet.end())
    match = _ORDINAL.match(text)
    if match is None or (match["open"] and match["close"] != ")"):
        return None
    style, ordinal = _read_ordinal(match["number"])
    return ListMarker(f"{match['open']}{style}{match['close']}", ordinal, match.end())


def next_marker_text(text: str) -> str | None:
    """Return the marker that would follow the one in front of `text`: "ii)" for "i) …"."""
    match = _ORDINAL.match(text)
    if match is None:
        return None
    style, ordinal = _read_ordinal(match["number"])
    return f"{match['open']}{_write_ordinal(style, ordinal + 1)}{match['close']}"


def _read_ordinal(number: str) -> tuple[str, int]:
    if number.isdigit():
        return "1", int(number)
    if set(number) <= set(_ROMAN_VALUES) and number not in ("x", "v"):
        return "i", _roman_value(number)
    return ("a", ord(number) - ord("a") + 1) if number.islower() else ("A", ord(number) - ord("A") + 1)


def _write_ordinal(style: str, ordinal: int) -> str:
    if style == "1":
        return str(ordinal)
    if style == "i":
        return "x" * (ordinal // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ordinal % 10]
    return chr(ord(style) + ordinal - 1)


def _roman_value(number: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in number]
    return sum(-v if later > v else v for v, later in zip(values, [*values[1:], 0], strict=True))
