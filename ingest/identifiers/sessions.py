"""Meetings with an ordinal, and among them the sessions of the Latin American Council, in four languages."""

import re
from dataclasses import dataclass
from enum import StrEnum

from ingest.identifiers.folding import FoldedText, fold_with_offsets
from ingest.identifiers.ordinals import Ordinal, from_roman, ordinals


class SessionKind(StrEnum):
    """What kind of session of the Council a meeting is."""

    REGULAR = "regular"
    EXTRAORDINARY = "extraordinary"


@dataclass(frozen=True, slots=True)
class MeetingMention:
    """A meeting named by its ordinal ("IX Regional Meeting", "novena reunión").

    Args:
        ordinal: its number in its series.
        noun: the folded word for the meeting, "meeting", "reunion", "seminar"….
        name: the words from the ordinal to the noun, as written, white space made one blank.
        start: first character.
        end: one past the last character of the noun, or of "regular" and its like after it.
    """

    ordinal: int
    noun: str
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SessionMention:
    """A regular or extraordinary session of the Latin American Council standing in a text.

    Args:
        number: its ordinal.
        kind: regular or extraordinary.
        start: first character.
        end: one past the last character, the name of the Council included where it follows.
    """

    number: int
    kind: SessionKind
    start: int
    end: int


_NOUN = (
    r"meetings?|sessions?|summits?|seminars?|conferences?|forums?|fora|workshops?|assembl(?:y|ies)|congress(?:es)?|rounds?"
    r"|coll?oqui(?:um|a)|consultations?|symposi(?:um|a)|encounters?|dialogues?|courses?"
    r"|reunion(?:es|s)?|sesion(?:es)?|seminarios?|conferencias?|foros?|cumbres?|talleres|taller|encuentros?|asambleas?"
    r"|congresos?|rondas?|coloquios?|simposios?|consultas?|dialogos?|cursos?|jornadas?"
    r"|reunia?o|reunioes|sess(?:ao|oes)|foruns?|cupulas?|oficinas?|encontros?|assembleias?|congressos?|rodadas?"
    r"|seminaires?|sommets?|ateliers?|rencontres?|assemblees?|congres|cours|colloques?"
)
_REGULAR = r"regular|ordinary|ordinarias?|ordinarios?|ordinaires?|reg\.?|ord\.?"
_EXTRAORDINARY = r"extra-?ordinary|extra-?ordinari[ao]s?|extra-?ordinaires?"
_KIND = rf"(?:{_REGULAR}|{_EXTRAORDINARY})"
_WORDS_BETWEEN = r"(?:[a-z&'/-]+ ){0,8}?"
_AFTER_ORDINAL = re.compile(rf" ?{_WORDS_BETWEEN}({_NOUN})(?!\w)(?: {_KIND}(?!\w))?")
_ORDINAL_AFTER = re.compile(
    rf"(?<!\w)(?:({_KIND}) )?({_NOUN})(?: ({_KIND}))? (?:(?:no|nr|n|numero|number|num)\.? ?[o°]?\.? ?)?"
    r"([ivxlc]+|\d{1,2})(?![\w/]|[.,-]\d)"
)
_PLAIN_DIGITS = re.compile(rf"(?<![\w.,/-])(\d{{1,2}}) {_KIND} (?:{_NOUN})(?!\w)")
_COUNCIL_AFTER = re.compile(
    r"^(?: (?:of|de|del|do|da|du))?(?: (?:the|el|o|la|le))?(?: sela)?(?:'s)? "
    r"(?:latin[ -]?american council|consejo latino-? ?americano|conselho latino-? ?americano"
    r"|conseil latino-? ?americain|sela|(?:council|consejo|conselho|conseil)(?! (?:of|de|des|do)))(?!\w)"
)
_OF_ANOTHER = re.compile(r"^ (?:of|de|del|do|da|du|des|dos|de l') ?[a-z]")
_NOT_IN_A_NAME = (
    "or that which who was were is are will would o que fue foi ou qui est to with con com avec at by por from of de"
    " del do da du des dos quarter half semester trimester trimestre semestre mitad metade day week year time dia"
)


def find_meetings(text: str) -> tuple[MeetingMention, ...]:
    """Return the meetings of `text` that are named with an ordinal, in reading order."""
    return tuple(_as_meeting(folded, *found) for folded in (fold_with_offsets(text),) for found in _meetings(folded))


def find_sessions(text: str) -> tuple[SessionMention, ...]:
    """Return the sessions of the Latin American Council in `text`: "regular meetings" said to be of no other body."""
    folded = fold_with_offsets(text)
    found = []
    for number, start, end, _ in _meetings(folded):
        after = _COUNCIL_AFTER.match(folded.text[end : end + 80])
        of_another = after is None and _OF_ANOTHER.match(folded.text[end : end + 10]) is not None
        kind = _kind_of(folded.text[start:end], is_council=after is not None)
        if kind and not of_another:
            found.append(SessionMention(number, kind, *folded.span(start, end + (after.end() if after else 0))))
    return tuple(found)


def _kind_of(words: str, *, is_council: bool) -> SessionKind | None:
    if re.search(rf"(?<!\w)(?:{_EXTRAORDINARY})(?!\w)", words):
        return SessionKind.EXTRAORDINARY
    if re.search(rf"(?<!\w)(?:{_REGULAR})(?!\w)", words):
        return SessionKind.REGULAR
    return SessionKind.REGULAR if is_council else None


def _as_meeting(folded: FoldedText, number: int, start: int, end: int, noun: str) -> MeetingMention:
    first, last = folded.span(start, end)
    return MeetingMention(number, noun, " ".join(folded.source[first:last].split()), first, last)


def _meetings(folded: FoldedText) -> list[tuple[int, int, int, str]]:
    """Return (number, start, end, noun) in folded offsets, none overlapping another."""
    candidates = [*_ordinal_first(folded), *_noun_first(folded)]
    candidates += [
        (int(m[1]), m.start(), m.end(), m.group().rsplit(" ", 1)[1]) for m in _PLAIN_DIGITS.finditer(folded.text)
    ]
    kept: list[tuple[int, int, int, str]] = []
    for candidate in sorted(candidates, key=lambda c: (c[1], -c[2])):
        if candidate[0] and (not kept or candidate[1] >= kept[-1][2]):
            kept.append(candidate)
    return kept


def _ordinal_first(folded: FoldedText) -> list[tuple[int, int, int, str]]:
    found = []
    all_ordinals = ordinals(folded)
    for i, ordinal in enumerate(all_ordinals):
        match = _AFTER_ORDINAL.match(folded.text, ordinal.end)
        next_start = all_ordinals[i + 1].start if i + 1 < len(all_ordinals) else len(folded.text)
        if match and match.start(1) < next_start and _belongs(folded, ordinal, match):
            found.append((ordinal.number, ordinal.start, match.end(), match[1]))
    return found


def _belongs(folded: FoldedText, ordinal: Ordinal, match: re.Match[str]) -> bool:
    between = folded.text[ordinal.end : match.start(1)].split()
    written = folded.original(ordinal.start, ordinal.start + 1)
    if ordinal.is_roman and written.islower():
        return not between or re.fullmatch(_KIND, between[-1]) is not None
    if (
        ordinal.is_roman
        and ordinal.number == 1
        and folded.original(ordinal.end, match.start(1) + 1).lstrip()[:1].islower()
    ):
        return False
    return not set(between) & set(_NOT_IN_A_NAME.split())


def _noun_first(folded: FoldedText) -> list[tuple[int, int, int, str]]:
    """Find "Reunión Ordinaria XXVIII" and "session XL"; digits only beside "regular" or its like."""
    found = []
    for match in _ORDINAL_AFTER.finditer(folded.text):
        number = int(match[4]) if match[4].isdigit() else from_roman(match[4])
        numeral = folded.original(*match.span(4))
        if number and (match[1] or match[3] or (numeral.isupper() and len(numeral) > 1)):
            found.append((number, match.start(), match.end(), match[2]))
    return found
