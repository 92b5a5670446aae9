"""Codes of areas, projects and activities, and the years of the work programmes that a text speaks of."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from ingest.identifiers.folding import FoldedText, fold_with_offsets
from ingest.identifiers.ordinals import from_roman, to_roman


class Level(StrEnum):
    """Where in the tree of a work programme a code points, as the word before it says."""

    AREA = "area"
    PROGRAMME = "programme"
    PROJECT = "project"
    ACTIVITY = "activity"


@dataclass(frozen=True, slots=True)
class CodeMention:
    """A code of a work programme standing in a text.

    Args:
        code: normal form, "II.2.3".
        level: what the word before it calls it; for a bare code, by the count of its parts.
        year: year of the programme where the text ties one to it, None otherwise.
        start: first character, the word before it included.
        end: one past the last character.
    """

    code: str
    level: Level
    year: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ProgrammeYear:
    """The year of a work programme that a text names.

    Args:
        year: the four-digit year.
        start: first character of the year's digits.
        end: one past the last.
    """

    year: int
    start: int
    end: int


_LEVEL_WORDS = {
    Level.AREA: r"areas?|aires?|domaines?|ejes?|eixos?|axis|axe",
    Level.PROGRAMME: r"programmes?|programs?|programas?",
    Level.PROJECT: r"projects?|proyectos?|projetos?|projets?|proj\.?|proy\.?",
    Level.ACTIVITY: r"activit(?:y|ies|ys?|e|es)|activty|actvity|actividad(?:es)?|activiades|atividades?|act\.?",
}
_LEVEL_OF_PARTS = (Level.AREA, Level.PROJECT, Level.ACTIVITY, Level.ACTIVITY)
_MARKER = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?P<{level}>{words})" for level, words in _LEVEL_WORDS.items()) + r")"
    r"(?: (?:tematica|thematic|tematico|thematique))?[ :]{1,2}(?:(?:no|nr|n)\.? ?[o°]?\.? ?|code |codigo )?$"
)
_ROMAN = r"(?:x{0,3}(?:ix|iv|v?i{0,3}))"
_PART = r"(?: ?[.] ?|-)(\d{1,2})"
_CODE = re.compile(rf"(?<![\w/.-])(?=[ivx])({_ROMAN})(?:{_PART})?(?:{_PART})?(?:{_PART})?(?![\w/]|[.,-]\d|\.[a-z])")
_DIGIT_CODE = re.compile(r"(?<![\w/.,-])([1-9])(?:\.(\d{1,2}))?(?:\.(\d{1,2}))?()(?![\w/%]|[.,-]\d)")
_LONGEST_MARKER = 40
_REACH_OF_A_YEAR = 60

_YEAR = r"(?:19|20)\d\d"
_PROGRAMME = (
    r"(?:work ?program(?:me|m)?s?|programmes?|programs?|workprogram(?:me)?s?|program(?:me)?s? of work|work ?plans?|wps?"
    r"|programas?(?: de (?:trabajo|trabalho))?|pt|planos? de trabalho|plan(?:es)? de trabajo"
    r"|programmes? de travail|plans? de travail)"
)
_JOIN = (
    r"(?: ?,? ?(?:and|y|e|et|&|vs\.?|versus|against|or|o|ou|frente a|contra|contre|n|to|a|with|con|com|avec) ?"
    r"(?:the |el |o |le |del? |da |do )?| ?[,/-] ?)"
)
_TO_THE_YEAR = (
    r"(?: (?:of|for|from|de|del|do|da|du|para|pour|in|em|en|no|ao|al))?"
    r"(?: (?:the|el|o|l'|la|le))?(?: ?(?:year|ano|annee))?(?: (?:of|de))? ?[(]?"
)
_YEAR_AFTER = re.compile(rf"(?<!\w){_PROGRAMME} ?{_TO_THE_YEAR}({_YEAR}(?:{_JOIN}{_YEAR}){{0,3}})(?![\w-]|,\d)")
_YEAR_BEFORE = re.compile(
    rf"(?<![\w,.-])({_YEAR}(?:{_JOIN}{_YEAR}){{0,3}})(?:'s)? ?(?:sela |draft |annual )?{_PROGRAMME}(?!\w)"
)
_YEARS = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
_CODE_YEAR_AFTER = re.compile(
    r"^[ ,]*(?:\(|(?:of|in|for|from|de|del|do|da|du|em|en|para|pour)(?: (?:the|el|o|la|le))?"
    r"(?: (?:year|ano|annee))? )?"
    rf" ?({_YEAR})(?!\d)"
)
_CODE_YEAR_BEFORE = re.compile(rf"(?<!\d)({_YEAR})(?:'s)?[ :,]*$")


def programme_years(text: str) -> tuple[ProgrammeYear, ...]:
    """Return the years of the work programmes that `text` names, in reading order."""
    return _programme_years(fold_with_offsets(text))


def _programme_years(folded: FoldedText) -> tuple[ProgrammeYear, ...]:
    found: dict[int, ProgrammeYear] = {}
    for pattern in (_YEAR_AFTER, _YEAR_BEFORE):
        for match in pattern.finditer(folded.text):
            for year in _YEARS.finditer(folded.text, match.start(1), match.end(1)):
                span = folded.span(*year.span())
                found[span[0]] = ProgrammeYear(int(year.group()), *span)
    return tuple(found[start] for start in sorted(found))


def find_codes(text: str) -> tuple[CodeMention, ...]:
    """Return the codes of `text` in reading order.

    A bare code needs a Roman numeral and a part after it ("II.2"); "Area I", "area 1" and "activity 2.2.3" need the
    word. The year is the one tied to the code ("II.2.3 of 2017"), or else the only programme year of the text.
    """
    folded = fold_with_offsets(text)
    years = {found.year for found in _programme_years(folded)}
    only_year = next(iter(years)) if len(years) == 1 else None
    found = [
        mention
        for pattern in (_CODE, _DIGIT_CODE)
        for match in pattern.finditer(folded.text)
        if (mention := _code(folded, match, only_year))
    ]
    if len(found) == 1 and len(years) > 1:
        found = [replace(found[0], year=None)]
    return tuple(sorted(found, key=lambda mention: mention.start))


def _code(folded: FoldedText, match: re.Match[str], only_year: int | None) -> CodeMention | None:
    parts = [part for part in match.groups()[1:] if part]
    roman = to_roman(int(match[1])) if match[1].isdigit() else match[1].upper()
    marker = _MARKER.search(folded.text, max(0, match.start() - _LONGEST_MARKER), match.start())
    if from_roman(roman) is None or not _is_code(folded, match, has_marker=marker is not None):
        return None
    level = _level_named(marker) if marker else _LEVEL_OF_PARTS[len(parts)]
    start, end = folded.span(marker.start() if marker else match.start(), match.end())
    code = ".".join([roman, *(str(int(part)) for part in parts)])
    return CodeMention(code, level, _tied_year(folded.text, match, only_year), start, end)


def _level_named(marker: re.Match[str]) -> Level:
    return Level(marker.lastgroup or Level.ACTIVITY)


def _is_code(folded: FoldedText, match: re.Match[str], *, has_marker: bool) -> bool:
    written = folded.original(*match.span(1))
    parts = sum(1 for part in match.groups()[1:] if part)
    if written.isdigit():
        return has_marker and (parts > 0 or _follows_area(folded.text, match.start()))
    if not has_marker and "-" in match.group():
        return False
    if parts == 0:
        return has_marker and (written.isupper() or len(written) > 1)
    return written.isupper() or has_marker or parts > 1


def _follows_area(text: str, start: int) -> bool:
    marker = _MARKER.search(text, max(0, start - _LONGEST_MARKER), start)
    return marker is not None and _level_named(marker) is Level.AREA


def _tied_year(text: str, match: re.Match[str], only_year: int | None) -> int | None:
    after = _CODE_YEAR_AFTER.search(text[match.end() : match.end() + _REACH_OF_A_YEAR])
    marker = _MARKER.search(text, max(0, match.start() - _LONGEST_MARKER), match.start())
    before = _CODE_YEAR_BEFORE.search(text[: marker.start() if marker else match.start()])
    tied = after or before
    return int(tied[1]) if tied else only_year
