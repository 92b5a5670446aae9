"""Dates, date ranges and years in four languages: found in a text, compared, and written out again."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise

from ingest.identifiers.folding import FoldedText, fold_with_offsets


class Precision(StrEnum):
    """How finely a date is stated."""

    DAY = "day"
    HALF_MONTH = "half_month"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"

    @property
    def names_month(self) -> bool:
        """Whether a month at least is stated."""
        return self in (Precision.DAY, Precision.HALF_MONTH, Precision.MONTH)


@dataclass(frozen=True, slots=True)
class DateRange:
    """A date, or the days from one to another.

    Args:
        start: ISO 8601, as precise as stated: "2003-04-07", "2003-04", "2003"; "--04-22" and "--05" without a year.
        end: the same for the last day, month or year; equal to `start` for a single one.
        precision: what the ends name: days, months, years, or a part of a month or year.
    """

    start: str
    end: str
    precision: Precision

    @property
    def year(self) -> int | None:
        """The year it starts in, None if none is stated."""
        return None if self.start.startswith("--") else int(self.start[:4])

    @property
    def years(self) -> range:
        """The years from the first to the last; none where no year is stated."""
        return range(self.year, int(self.end[:4]) + 1) if self.year else range(0)

    @property
    def is_reversed(self) -> bool:
        """Whether it ends before it starts; without a year, only within one month."""
        if self.start.startswith("--") and self.start[:4] != self.end[:4]:
            return False
        return self.end < self.start[: len(self.end)] or (len(self.end) == len(self.start) and self.end < self.start)

    def agrees_with(self, other: "DateRange") -> bool:
        """Tell whether both can be the same date: "2003" and "7 to 9 April 2003" can."""
        return _may_equal(self.start, other.start) and _may_equal(self.end, other.end)

    def holds(self, other: "DateRange") -> bool:
        """Tell whether `other` lies wholly within this one; dates without a year lie within none that has one."""
        if self.start.startswith("--") != other.start.startswith("--"):
            return False
        return first_day(self.start) <= first_day(other.start) and last_day(other.end) <= last_day(self.end)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date standing in a text.

    Args:
        range: what it names.
        start: first character.
        end: one past the last character.
    """

    range: DateRange
    start: int
    end: int


def _may_equal(one: str, other: str) -> bool:
    if one.startswith("--") != other.startswith("--"):
        dated, dateless = (other, one) if one.startswith("--") else (one, other)
        return len(dated) == 4 or _may_equal("-" + dated[4:], dateless)
    return one.startswith(other) or other.startswith(one)


def first_day(partial: str) -> str:
    """Return the first day of an ISO partial date."""
    return partial + {
        4: "-01" if partial.startswith("--") else "-01-01",
        7: "" if partial.startswith("--") else "-01",
    }.get(len(partial), "")


def last_day(partial: str) -> str:
    """Return the last day of an ISO partial date; 29 February where no year is stated."""
    if partial.startswith("--"):
        return partial if len(partial) == 7 else f"{partial}-{_days_in(None, int(partial[2:4])):02}"
    if len(partial) == 4:
        return f"{partial}-12-31"
    return partial if len(partial) == 10 else f"{partial}-{_days_in(int(partial[:4]), int(partial[5:7])):02}"


def _days_in(year: int | None, month: int) -> int:
    return monthrange(year or 2000, month)[1]


_MONTH_NAMES = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
_SHORT = (
    "jan ene janv",
    "feb fev fevr",
    "mar",
    "apr abr avr",
    "may mai",
    "jun",
    "jul juil",
    "aug ago",
    "sep sept set setiembre",
    "oct out",
    "nov",
    "dec dez dic",
)
# Month names and abbreviations that are words of their own: taken only beside a year, in capitals, or after "in".
_ALSO_WORDS = frozenset(
    {"may", "march", "mars", "mar", "set", "out", "ago", "mai", "jan", "dec", "dic", "sep", "august", "avr", "jun"}
)


_SAFE_IN_CAPITALS = frozenset({"jan", "dec", "sep", "jun", "mar"})
_LESS_COMMON = frozenset({"mars", "mai", "august"})
_MAY_AS_A_VERB = re.compile(r"may (?:not|be|have|also|i|we|you|it)(?!\w)")
_BEFORE_A_MONTH = re.compile(r"(?<!\w)(?:in|of|during|until|by|since|from|de|em|en|du|early|mid|late|month)[ -]$")


@cache
def _months() -> dict[str, int]:
    full = {
        fold_with_offsets(name).text: n
        for names in _MONTH_NAMES.values()
        for n, name in enumerate(names.split(), start=1)
    }
    return full | {short: n for n, shorts in enumerate(_SHORT, start=1) for short in shorts.split()}


def _named(name: str) -> int:
    return _months()[name.rstrip(".")]


MONTH_WORDS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre"
    "|janeiro|fevereiro|marco|maio|junho|julho|setembro|outubro|novembro|dezembro"
    "|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
)
_MONTH_SHORT = "janv|jan|ene|fevr|feb|fev|mar|apr|abr|avr|jun|juil|jul|aug|ago|sept|sep|set|oct|out|nov|dec|dez|dic"
_MONTH = rf"(?:(?:{MONTH_WORDS})|(?:{_MONTH_SHORT})\.?)(?![\w])"
_ENGLISH_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\.?)(?!\w)"
)
_DAY = (
    r"(?:0?[1-9]|[12]\d|3[01])(?!\d)(?:\.?[oa°](?!\w)|st(?!\w)|nd(?!\w)|rd(?!\w)|th(?!\w)|er(?!\w)|ero(?!\w)|re(?!\w))?"
)
_YEAR = r"(?:19|20)\d\d(?![\d]|[.,]\d|%)"
_OF = r"(?: ?,? ?(?:of|de|del|do|da|du|d')(?: the| el| mes de| month of)?)? ?"
_YEAR_AFTER = rf"(?:,? ?(?:(?:of|de|del|do|da|du|in|en|em)(?: the year| ano| l'annee)? )?(?P<{{}}>{_YEAR}))?"
_ARTICLE = r"(?:(?:the|el|o|le|les|dia|day) )?"
_TO = rf" ?(?:-|(?:to|through|until|till|al?|ate|hasta|au|jusqu'au|ao|y hasta|thru)(?![a-z])) ?{_ARTICLE}"
_AND = rf"(?: ?, ?| ?,? ?(?:and|y|e|et|&)(?![a-z]) ?){_ARTICLE}"
_JOIN = rf"(?:{_TO}|{_AND})"
_START = r"(?<![\w/,.$€-])"


def _year(name: str) -> str:
    return _YEAR_AFTER.format(name)


_DAYS_OF_MONTH = re.compile(
    rf"{_START}(?P<days>{_DAY}(?:{_JOIN}{_DAY}){{0,5}}){_OF}(?P<m>{_MONTH})(?! ?-? ?\d{{1,2}}(?!\d)[ ,]){_year('y')}"
)
_ACROSS_MONTHS = re.compile(
    rf"{_START}(?P<d1>{_DAY}){_OF}(?P<m1>{_MONTH}){_year('y1')}{_JOIN}(?P<d2>{_DAY}){_OF}(?P<m2>{_MONTH}){_year('y2')}"
)
_DAYS_AFTER_MONTH = rf"(?P<days>{_DAY}(?:{_JOIN}{_DAY}){{0,5}})(?![\d%]|[.,:]\d| ?(?:{_MONTH}))"
_MONTH_FIRST = re.compile(rf"{_START}(?P<m>{_ENGLISH_MONTH}) {_DAYS_AFTER_MONTH}{_year('y')}")
_MONTH_FIRST_ACROSS = re.compile(
    rf"{_START}(?P<m1>{_ENGLISH_MONTH}) (?P<d1>{_DAY}){_year('y1')}"
    rf"{_JOIN}(?P<m2>{_ENGLISH_MONTH}) (?P<d2>{_DAY}){_year('y2')}"
)
_OF_YEAR = r"(?: ?,)? (?:(?:of|de|del|do|da|du)(?: the year| ano| l'annee)? )?"
_MONTHS = re.compile(rf"{_START}{_MONTH}(?:{_OF_YEAR}{_YEAR})?(?:{_JOIN}{_MONTH}(?:{_OF_YEAR}{_YEAR})?){{0,5}}")
_ONE_MONTH = re.compile(rf"(?P<m>{_MONTH})(?:{_OF_YEAR}(?P<y>{_YEAR}))?")
_ISO = re.compile(rf"{_START}((?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)(?![\w-])")
_NUMERIC = re.compile(rf"{_START}(?P<d>\d{{1,2}})(?P<s>[/.-])(?P<m>\d{{1,2}})(?P=s)(?P<y>(?:19|20)\d\d)(?![\w/])")
_YEARS = re.compile(
    rf"{_START}(?P<y1>(?:19|20)\d\d)"
    r"(?:(?P<join> ?- ?| to | a | au | and | y | e | et | until | hasta | ate )(?:the |el |o )?"
    r"(?P<y2>(?:19|20)\d\d|(?<=-)\d\d))?(?![\w%/]|[.,]\d|-\d)"
)

_FIRST = r"first|1st|primer[ao]?|primeir[ao]|premiere?|1a|1er|1o|1re|1ere|i"
_SECOND = r"second|2nd|segund[ao]|seconde?|deuxieme|2a|2o|2e|2eme|ii|last|ultim[ao]"
_THIRD = r"third|3rd|tercer[ao]?|terceir[ao]|troisieme|3er|3o|3e|3eme|iii"
_FOURTH = r"fourth|4th|cuart[ao]|quart[ao]|quatrieme|4o|4e|4eme|iv"
_HALF = r"half|semester|semestre|mitad|metade|moitie|quincena|quinzena|quinzaine"
_QUARTER = r"quarter|trimester|trimestre"
_PART = re.compile(
    rf"(?<![\w-])(?:(?P<n1>{_FIRST})|(?P<n2>{_SECOND})|(?P<n3>{_THIRD})|(?P<n4>{_FOURTH}))"
    rf" (?:(?P<half>{_HALF})|(?P<quarter>{_QUARTER}))"
    rf"(?!\w)(?: ?,?(?: (?:of|in|de|del|do|da|du|en|em|d'))?(?: ?(?:the year|ano|el ano|o ano|l'annee|mes de))?"
    rf"(?: de)? ?"
    rf"(?:(?P<m>{_MONTH})(?:{_OF}(?P<y>{_YEAR}))?|(?P<yy>{_YEAR})))?"
)

_Builder = Callable[[FoldedText, re.Match[str]], list[DateMention]]


def find_dates(text: str, *, with_years: bool = True) -> tuple[DateMention, ...]:
    """Return the dates of `text` in reading order.

    Days joined by "and" that do not follow one another ("5 and 20 April") are dates of their own. A year that stands
    alone is a date too unless `with_years` is false.
    """
    folded = fold_with_offsets(text)
    taken: list[tuple[int, int]] = []
    found: list[DateMention] = []
    for pattern, build in _shapes():
        if pattern is _YEARS and not with_years:
            continue
        for match in pattern.finditer(folded.text):
            if not any(match.start() < end and start < match.end() for start, end in taken):
                mentions = build(folded, match)
                found.extend(mentions)
                taken.extend([match.span()] if mentions else [])
    return tuple(sorted(found, key=lambda mention: mention.start))


def find_years(text: str) -> tuple[int, ...]:
    """Return the years that `text` names, in dates or alone, in order and each once."""
    years = (int(end[:4]) for d in find_dates(text) for end in (d.range.start, d.range.end) if not end.startswith("--"))
    return tuple(dict.fromkeys(years))


@cache
def _shapes() -> tuple[tuple[re.Pattern[str], _Builder], ...]:
    """Return every shape of a date, the longest first, with what makes dates of it."""
    return (
        (_ISO, _iso),
        (_NUMERIC, _numeric),
        (_ACROSS_MONTHS, _across_months),
        (_MONTH_FIRST_ACROSS, _across_months),
        (_PART, _part),
        (_DAYS_OF_MONTH, _days_of_month),
        (_MONTH_FIRST, _days_of_month),
        (_MONTHS, _several_months),
        (_YEARS, _years),
    )


def _iso(folded: FoldedText, match: re.Match[str]) -> list[DateMention]:
    precision = Precision.DAY if len(match[1]) == 10 else Precision.MONTH
    return [DateMention(DateRange(match[1], match[1], precision), *folded.span(*match.span()))]


def _numeric(folded: FoldedText, match: re.Match[str]) -> list[DateMention]:
    day, month = int(match["d"]), int(match["m"])
    if month > 12:
        day, month = month, day
    if not (1 <= month <= 12 and 1 <= day <= _days_in(int(match["y"]), month)):
        return []
    return [_mention(folded, match.span(), _partial(match["y"], month, day))]


def _partial(year: str | None, month: int, day: int | None = None) -> str:
    start = f"{year}-{month:02}" if year else f"--{month:02}"
    return start if day is None else f"{start}-{day:02}"


def _mention(
    folded: FoldedText, span: tuple[int, int], start: str, end: str | None = None, precision: Precision = Precision.DAY
) -> DateMention:
    return DateMention(DateRange(start, end or start, precision), *folded.span(*span))


def _across_months(folded: FoldedText, match: re.Match[str]) -> list[DateMention]:
    first, last = _named(match["m1"]), _named(match["m2"])
    start_year, end_year = _years_across(match["y1"], match["y2"], is_over_new_year=first > last)
    start, end = _partial(start_year, first, _day(match["d1"])), _partial(end_year, last, _day(match["d2"]))
    return [_mention(folded, match.span(), start, end)]


def _years_across(start: str | None, end: str | None, *, is_over_new_year: bool) -> tuple[str | None, str | None]:
    """Give "November" its year in "November to March 2019", and "February" in "December 2016-February"."""
    if start and not end:
        return start, str(int(start) + is_over_new_year)
    if end and not start:
        return str(int(end) - is_over_new_year), end
    return start, end


def _day(written: str) -> int:
    return int(re.match(r"\d+", written).group())  # type: ignore[union-attr]


def _days_of_month(folded: FoldedText, match: re.Match[str]) -> list[DateMention]:
    month, year = _named(match["m"]), match["y"]
    if not year and not _is_month(folded, match.span("m"), has_day=True):
        return []
    days = [
        (_day(m.group()), m.start(), m.end())
        for m in re.finditer(_DAY, folded.text[: match.end("days")])
        if m.start() >= match.start("days")
    ]
    if any(day > _days_in(int(year) if year else None, month) for day, _, _ in days):
        return []
    numbers = [day for day, _, _ in days]
    if _are_apart(numbers, match["days"]) and not _is_between(folded.text, match.start()):
        return _separate_days(folded, match, days)
    return [_mention(folded, match.span(), _partial(year, month, numbers[0]), _partial(year, month, numbers[-1]))]


def _are_apart(days: list[int], written: str) -> bool:
    """Tell "5 and 20 April" from "7 to 9" and "7, 8 and 9"."""
    joined_by_to = re.search(_TO, written) is not None
    return len(days) > 1 and not joined_by_to and days != list(range(days[0], days[0] + len(days)))


def _separate_days(folded: FoldedText, match: re.Match[str], days: list[tuple[int, int, int]]) -> list[DateMention]:
    month, year = _named(match["m"]), match["y"]
    spans = [(start, end) for _, start, end in days]
    outer = [match.start(), match.end()]
    edge = 0 if match.re is _MONTH_FIRST else -1
    spans[edge] = (outer[0], spans[0][1]) if edge == 0 else (spans[-1][0], outer[1])
    return [_mention(folded, span, _partial(year, month, day)) for (day, _, _), span in zip(days, spans, strict=True)]


def _is_month(folded: FoldedText, span: tuple[int, int], *, has_day: bool) -> bool:
    """Tell the month May, March, août… from the other words that these letters make."""
    name = folded.text[span[0] : span[1]].rstrip(".")
    written = folded.original(*span)
    if name == "marco":
        return has_day or "ç" in unicodedata.normalize("NFC", written).lower()
    if name not in _ALSO_WORDS:
        return has_day or name in _full_names()
    if name not in _full_names():
        return has_day and name in _SAFE_IN_CAPITALS and written[0].isupper()
    if _MAY_AS_A_VERB.match(folded.text, span[0]):
        return False
    in_place = has_day or _stands_alone(folded.text, span)
    is_named = written[0].isupper() and in_place
    return is_named or _BEFORE_A_MONTH.search(folded.text[: span[0]]) is not None or (has_day and name in _LESS_COMMON)


def _stands_alone(text: str, span: tuple[int, int]) -> bool:
    """Tell a month in a table or a list from a word that begins a sentence."""
    return re.match(r" ?(?:$|[-,;.:()|/?])", text[span[1] :]) is not None


@cache
def _full_names() -> frozenset[str]:
    return frozenset(fold_with_offsets(name).text for names in _MONTH_NAMES.values() for name in names.split()) | {
        "setiembre"
    }


def _several_months(folded: FoldedText, match: re.Match[str]) -> list[DateMention]:
    pieces = list(_ONE_MONTH.finditer(folded.text, match.start(), match.end()))
    months = [_named(piece["m"]) for piece in pieces]
    if len(pieces) == 1:
        return _one_month(folded, pieces[0], year=pieces[0]["y"])
    is_range = re.search(_TO, match.group()) is not None or _is_between(folded.text, match.start())
    if not is_range and any((b - a) % 12 != 1 for a, b in pairwise(months)):
        return [m for piece in pieces for m in _one_month(folded, piece, year=piece["y"] or pieces[-1]["y"])]
    over_new_year = months[0] > months[-1]
    start_year, end_year = _years_across(pieces[0]["y"], pieces[-1]["y"], is_over_new_year=over_new_year)
    if not (end_year or all(piece["m"] in _full_names() for piece in pieces)):
        return []
    ends = _partial(start_year, months[0]), _partial(end_year, months[-1])
    return [_mention(folded, match.span(), *ends, Precision.MONTH)]


def _one_month(folded: FoldedText, match: re.Match[str], *, year: str | None) -> list[DateMention]:
    if not year and not _is_month(folded, match.span("m"), has_day=False):
        return []
    return [_mention(folded, match.span(), _partial(year, _named(match["m"])), precision=Precision.MONTH)]


def _years(folded: FoldedText, match: re.Match[str]) -> list[DateMention]:
    first, last, join = match["y1"], match["y2"], match["join"]
    if folded.text[: match.start()].rstrip().endswith(("$", "€")):
        return []
    if last is None:
        return [_mention(folded, match.span(), first, precision=Precision.YEAR)]
    if len(last) == 2:
        last = first[:2] + last
    if join.strip() in {"and", "y", "e", "et"} and not _is_between(folded.text, match.start()):
        spans = ((match.start(), match.start() + 4), (match.end() - 4, match.end()))
        return [
            _mention(folded, span, year, precision=Precision.YEAR)
            for year, span in zip((first, last), spans, strict=True)
        ]
    return [_mention(folded, match.span(), first, last, Precision.YEAR)]


def _is_between(text: str, start: int) -> bool:
    return re.search(r"(?:between|entre|from)(?: el| o| the)? $", text[:start]) is not None


def _part(folded: FoldedText, match: re.Match[str]) -> list[DateMention]:
    which = next(n for n in range(1, 5) if match[f"n{n}"])
    month = match["m"]
    year = match["y"] or match["yy"]
    if match["quarter"]:
        return [] if month else [_mention(folded, match.span(), *_months_of(year, which, 3), Precision.QUARTER)]
    if which > 2 or (month is None and not (year or _is_half_of_year(match["half"]))):
        return []
    if month is None:
        return [_mention(folded, match.span(), *_months_of(year, which, 6), Precision.HALF_YEAR)]
    return [_mention(folded, match.span(), *_half_of_month(year, _named(month), which), Precision.HALF_MONTH)]


def _is_half_of_year(word: str) -> bool:
    return word.startswith("semest")


def _months_of(year: str | None, which: int, length: int) -> tuple[str, str]:
    return _partial(year, (which - 1) * length + 1), _partial(year, which * length)


def _half_of_month(year: str | None, month: int, which: int) -> tuple[str, str]:
    if which == 1:
        return _partial(year, month, 1), _partial(year, month, 15)
    return _partial(year, month, 16), _partial(year, month, _days_in(int(year) if year else None, month))


_TO_WORD = {"en": "to", "es": "al", "pt": "a", "fr": "au"}
_AND_WORD = {"en": "and", "es": "y", "pt": "e", "fr": "et"}
_ORDINAL_WORDS = {
    "en": ("first", "second", "third", "fourth"),
    "es": ("primer", "segundo", "tercer", "cuarto"),
    "pt": ("primeiro", "segundo", "terceiro", "quarto"),
    "fr": ("premier", "deuxième", "troisième", "quatrième"),
}
_FEMININE_WORDS = {
    "en": ("first", "second"),
    "es": ("primera", "segunda"),
    "pt": ("primeira", "segunda"),
    "fr": ("première", "seconde"),
}
_PART_WORDS = {
    "en": ("quarter", "half", "half"),
    "es": ("trimestre", "semestre", "quincena"),
    "pt": ("trimestre", "semestre", "quinzena"),
    "fr": ("trimestre", "semestre", "quinzaine"),
}


def render_dates(dates: DateRange, language: str) -> str:
    """Write a date range out in English, Spanish, Portuguese or French: "7 to 9 April 2003", "du 7 au 9 avril 2003"."""
    if dates.precision is Precision.DAY:
        return _render_days(dates, language)
    if dates.precision is Precision.MONTH:
        return _render_ends(_render_month(dates.start, language), _render_month(dates.end, language), language)
    if dates.precision is Precision.YEAR:
        return _render_ends(dates.start, dates.end, language)
    return _render_part(dates, language)


def _render_ends(start: str, end: str, language: str) -> str:
    to = {"en": "to", "es": "a", "pt": "a", "fr": "à"}[language]
    return start if start == end else f"{start} {to} {end}"


def _split(partial: str) -> tuple[str | None, int, int]:
    """Return year, month and day of an ISO partial date that has a month; day 0 where it has none."""
    year = None if partial.startswith("--") else partial[:4]
    rest = partial.removeprefix("--") if year is None else partial[5:]
    return year, int(rest[:2]), int(rest[3:] or 0)


def _month_and_year(year: str | None, month: int, language: str) -> str:
    name = _MONTH_NAMES[language].split()[month - 1]
    link = " de " if language in {"es", "pt"} else " "
    return f"{name}{link}{year}" if year else name


def _render_month(partial: str, language: str) -> str:
    year, month, _ = _split(partial)
    return _month_and_year(year, month, language)


def _render_days(dates: DateRange, language: str) -> str:
    year, month, first = _split(dates.start)
    end_year, end_month, last = _split(dates.end)
    of = " de " if language in {"es", "pt"} else " "
    end = f"{_render_day(last, language)}{of}{_month_and_year(end_year, end_month, language)}"
    if dates.start == dates.end:
        return end
    if (year, month) == (end_year, end_month):
        return _between(_render_day(first, language), end, language, is_next_day=last == first + 1)
    start = f"{_render_day(first, language)}{of}{_month_and_year(year if year != end_year else None, month, language)}"
    return _between(start, end, language, is_next_day=False)


def _between(start: str, end: str, language: str, *, is_next_day: bool) -> str:
    if is_next_day:
        return f"{'les ' if language == 'fr' else ''}{start} {_AND_WORD[language]} {end}"
    return f"{'du ' if language == 'fr' else ''}{start} {_TO_WORD[language]} {end}"


def _render_day(day: int, language: str) -> str:
    return f"1{ {'pt': 'º', 'fr': 'er'}.get(language, '') }" if day == 1 else str(day)


def _render_part(dates: DateRange, language: str) -> str:
    year, month, day = _split(dates.start)
    quarter, half_year, half_month = _PART_WORDS[language]
    if dates.precision is Precision.HALF_MONTH:
        which = _FEMININE_WORDS[language][0 if day == 1 else 1]
        return f"{which} {half_month} {_of(language, month=month)}{_month_and_year(year, month, language)}"
    length, noun = (3, quarter) if dates.precision is Precision.QUARTER else (6, half_year)
    if language == "en" and length == 6 and year is None:
        noun = "semester"
    words = f"{_ORDINAL_WORDS[language][(month - 1) // length]} {noun}"
    return f"{words} {_of(language)}{year}" if year else words


def _of(language: str, *, month: int | None = None) -> str:
    if language == "fr":
        return "d'" if month in {4, 8, 10} else "de "
    return "of " if language == "en" else "de "
