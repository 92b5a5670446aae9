"""Numbered decisions, and resolutions, named in a text, with the body that each belongs to."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import OSA

from ingest.identifiers.bodies import Body, BodyMention, find_bodies
from ingest.identifiers.dates import MONTH_WORDS
from ingest.identifiers.folding import FoldedText, fold_with_offsets


@dataclass(frozen=True, slots=True)
class DecisionNumber:
    """A numbered decision standing in a text.

    Args:
        number: as written; negative or beyond what exists where the text says so.
        body: the body that took it, the Latin American Council where the text names none.
        body_is_stated: whether the text around names the body.
        year: the year written with the number ("519 (2010)", "32/00", "608 of 2005"), None without one.
        title: what stands in quotation marks right after it, None without one.
        start: first character, the word "decision" included for the first of a list.
        end: one past the last character of the number and its year.
    """

    number: int
    body: Body
    body_is_stated: bool
    year: int | None
    title: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ResolutionNumber:
    """A numbered resolution standing in a text; SELA's Council takes decisions, so it is another body's.

    Args:
        number: as written, "70/1".
        body: the body named around it, None if none is.
        start: first character.
        end: one past the last character.
    """

    number: str
    body: Body | None
    start: int
    end: int


_MARKERS = ("decision", "decisions", "decisiones", "decisao", "decisoes")
_SINGULAR = frozenset({"decision", "decisao"})
_NOT_MARKERS = frozenset({"division", "derision", "precision", "decided", "decides", "deciding"})
_WORD = re.compile(r"(?<![\w-])d[a-z]{5,10}(?![\w]|-[a-z])")

_SIGN = r"(?:(?:numeros?|numbers?|numeral|nums?|nos?|nrs?|ns?)(?: ?\. ?| ?)(?:[o°]s?)?\.? ?|# ?)"
_DIGITS = r"(-?\d{1,9})(?:/(\d{2}|\d{4})(?![\d/]))?(?![\w%]|/(?!cp)|[.,:]\d|-\d|- ?[a-z])"
_ISSUER = r"(?:(?:can|cmc|cmc/dec\.?|andin[ao]|andean|andine|sela|mercosu[rl]|cl) )?"
_OF_ITS_BODY = r"(?:(?:of|del|de|do|da|du) [a-z' -]{3,60}? (?=n))"
_FIRST = re.compile(rf"[ :]? ?['\"]?(?:{_ISSUER}|{_OF_ITS_BODY})(?P<sign>{_SIGN})?['\"]?(?<!-){_DIGITS}")
_ATTACHED = re.compile(r"-(\d{1,9})()(?![\w%/]|[.,:]\d|-)")
_LINK = re.compile(
    r" ?(?:,|;|/|&|and|or|y|o|e|ou|et|u|,? ?(?:and|or|y|e|ou|et))"
    r"(?: (?:the|the one|la|las|a|as|les|no|la decision)(?= ))? ?"
    rf"(?P<sign>{_SIGN})?{_DIGITS}"
)
_YEAR_IN_BRACKETS = re.compile(r" ?[(\[]((?:19|20)\d\d)[)\]]")
_OF_YEAR = re.compile(
    r",? (?:of|de|del|do|da|du|dated|from)(?: (?:the|el|o|l'))? ?(?:year |ano |annee |de )?((?:19|20)\d\d)(?!\d)"
)
_TITLE = re.compile(
    r"(?: ?[(\[](?:19|20)\d\d[)\]])?[ ,:;.-]{0,4}(?:(?:entitled|titled|called|titulad[ao]|denominada|intitulad[ao]"
    r"|intitulee|on|sobre|about|sur|relativa a|as) )?\"([^\"]{3,300})\""
)
_COUNTED = re.compile(
    r" ?(?:%|(?:percent|per cent|por ciento|por cento|pour cent|millions?|millones|milh\w+|mil|thousand|days?"
    r"|weeks?|months?|years?|hours?|minutes?|times?|dias?|semanas?|meses|mes|anos?|horas?|vezes|veces|fois|jours?|semaines?|mois"
    r"|annees?|ans|people|persons|personas|pessoas|countries|paises|pays|companies|empresas|studies|meetings|members?"
    r"|pages?|points?|articles?|km|kms|kilom\w+|tons?|tonnes|toneladas|kg|projects?|proyectos|activities|usd|dollars?"
    rf"|euros?|(?!may |march )(?:of |de )?(?:{MONTH_WORDS})"
    rf"|(?:to|al?|-) ?\d{{1,2}} (?:of |de )?(?:{MONTH_WORDS}))(?!\w))"
)

_SENTENCE_END = re.compile(r"(?<!\bno)(?<!\bn)(?<!\bnos)(?<!\bnum)[.!?]['\")\]]* (?=[\"'(¿¡]?[^\W\d_])|(?<=\w)[?!] ")
_REACH = 500
_OF = (
    r"(?:of|de|del|do|da|du|des|dos|from|by|par|por|pela|pelo"
    r"|adopted by|taken by|adoptada por|adotada pela|adoptee par)"
)
_THE = r"(?: (?:the|la|el|o|a|le|l'|les))?"
_TIED_AFTER = re.compile(rf"^['\")\]]*(?: ?,)?(?: ?\(?{_OF}{_THE} ?(?:[a-z]+ (?:of|de|del|da|do|du){_THE} )?| ?\(| )$")
_TIED_BEFORE = re.compile(
    r"^(?:'s?|\)|,)*(?:,? ?(?:through|under|by|in|with|has|had|adopted|approved|issued|took|establish(?:ed|es)|in its"
    r"|by its|mediante|por|en|segun|a traves de|conforme a|adopto|aprobo|emitio|en su|por meio de|atraves d[ae]|adotou"
    r"|aprovou|em sua|par|dans|a adopte|dans sa|a travers|selon|the|la|a|le|su|sua|sa|its|,| ))*$"
)
_CASE = r"(?:case|framework|context|caso|marco|ambito|quadro|contexto|cas|cadre|contexte)"
_LOCATIVE = re.compile(
    rf"(?:^|[.;,] )(?:(?:in|within|for|under|en|em|no|na|dans|pour|au sein de)"
    rf"(?:{_THE} {_CASE} (?:of|de|del|da|do|du))?{_THE}|(?:por su parte|por sua vez|de son cote),?{_THE}) ?$"
)
_TAKE_DECISIONS = frozenset(
    {Body.ANDEAN_COMMUNITY, Body.MERCOSUR, Body.WTO, Body.EUROPEAN_UNION, Body.UNFCCC, Body.UNASUR}
)
_LONGEST_ADJECTIVE = 8
_BY_ADJECTIVE = (("andin", Body.ANDEAN_COMMUNITY), ("andean", Body.ANDEAN_COMMUNITY), ("cmc", Body.MERCOSUR))


@dataclass(frozen=True, slots=True)
class _Found:
    number: int
    year: int | None
    start: int
    end: int
    words: str


def find_decisions(text: str) -> tuple[DecisionNumber, ...]:
    """Return the numbered decisions of `text` in reading order, the marker's typos forgiven."""
    folded = fold_with_offsets(text)
    bodies = _folded_bodies(folded)
    found = sorted(
        (item for marker in _markers(folded.text) for item in _numbers_after(folded.text, marker)), key=_start
    )
    once = {item.end: item for item in reversed(found)}  # "Decisión 440 y la Decisión 527" leads to 527 twice
    return tuple(_decision(folded, item, bodies) for item in sorted(once.values(), key=_start))


def decisions_in_question(question: str, known: Collection[int]) -> tuple[DecisionNumber, ...]:
    """Return the decisions a question asks for, those named by a bare number of `known` ("and the 440?") included.

    A bare number counts where the question speaks of decisions, or is nothing but it, or puts an article or a verb of
    deciding beside it; never where it counts something ("440 companies").
    """
    named = find_decisions(question)
    folded = fold_with_offsets(question)
    taken = {(d.start, d.end) for d in named}
    bare = [
        item
        for item in _bare_numbers(folded, known)
        if not any(start <= folded.span(item.start, item.end)[0] < end for start, end in taken)
    ]
    bodies = _folded_bodies(folded)
    return tuple(sorted((*named, *(_decision(folded, item, bodies) for item in bare)), key=lambda d: d.start))


def issuer_of_decisions(text: str) -> Body | None:
    """Return the other body in "decisions of the Andean Community" and the like, None if `text` says nothing of it."""
    folded = fold_with_offsets(text)
    others = [body for body in _folded_bodies(folded) if not body.body.is_own]
    for marker in _markers(folded.text):
        for body in others:
            if body.start >= marker.end() and _TIED_AFTER.match(folded.text[marker.end() : body.start]):
                return body.body
    return None


def find_resolutions(text: str) -> tuple[ResolutionNumber, ...]:
    """Return the numbered resolutions of `text` in reading order."""
    folded = fold_with_offsets(text)
    bodies = _folded_bodies(folded)
    found = []
    for match in _RESOLUTION.finditer(folded.text):
        near = min(
            bodies, key=lambda body: min(abs(body.start - match.end()), abs(match.start() - body.end)), default=None
        )
        is_near = near is not None and _same_sentence(folded.text, near, match.start())
        body = near.body if near is not None and is_near and not near.body.is_own else None
        found.append(ResolutionNumber(match[1].upper(), body, *folded.span(*match.span())))
    return tuple(found)


_RESOLUTION = re.compile(
    rf"(?<!\w)(?:resolutions?|resolucion(?:es)?|resolu(?:cao|coes))(?: [a-z]{{2,5}})? ?{_SIGN}?"
    r"([a-z]?(?:/res/)?\d{1,4}(?:[/-]\d{1,4})*)(?![\w%]|[.,]\d)"
)


def _start(item: _Found) -> int:
    return item.start


def _markers(text: str) -> Iterator[re.Match[str]]:
    return (match for match in _WORD.finditer(text) if _is_marker(match.group()))


def _is_marker(word: str) -> bool:
    """Tell whether `word` is "decision" in one of the languages, at most one letter off once s, c and z sound alike."""
    if word in _MARKERS:
        return True
    if word in _NOT_MARKERS:
        return False
    sound = _sound(word)
    return any(OSA.distance(sound, _sound(marker), score_cutoff=1) <= 1 for marker in _MARKERS)


def _sound(word: str) -> str:
    return word.translate(str.maketrans("szxy", "ccci"))


def _numbers_after(text: str, marker: re.Match[str]) -> Iterator[_Found]:
    match = _FIRST.match(text, marker.end()) or _ATTACHED.match(text, marker.end())
    if match is None or not _is_number_of_one(text, match):
        return
    start = marker.start()
    is_plural = marker.group() not in _SINGULAR
    while match is not None:
        group = 1 if match.re is _ATTACHED else 2
        yield _found(text, match, start, group)
        match = _LINK.match(text, match.end())
        if match is None or not _goes_on(text, match, is_plural=is_plural):
            return
        start = match.start(2)


def _found(text: str, match: re.Match[str], start: int, group: int) -> _Found:
    year = _full_year(match[group + 1]) or _year_after(text, match.end())
    return _Found(int(match[group]), year, start, _end_with_year(text, match.end()), text[start : match.end()])


def _full_year(written: str | None) -> int | None:
    if not written:
        return None
    return int(written) if len(written) == 4 else 1900 + int(written) + (100 if int(written) < 60 else 0)


def _year_after(text: str, end: int) -> int | None:
    match = _YEAR_IN_BRACKETS.match(text, end) or _OF_YEAR.match(text, end)
    return int(match[1]) if match else None


def _end_with_year(text: str, end: int) -> int:
    match = _YEAR_IN_BRACKETS.match(text, end) or _OF_YEAR.match(text, end)
    return match.end() if match else end


def _is_number_of_one(text: str, match: re.Match[str]) -> bool:
    """Tell a decision's number from a year or a count that happens to follow the word."""
    is_attached = match.re is _ATTACHED
    sign = None if is_attached else match["sign"]
    digits = match[1 if is_attached else 2]
    if sign:
        return True
    return not _is_year(digits) and _COUNTED.match(text, match.end()) is None


def _goes_on(text: str, match: re.Match[str], *, is_plural: bool) -> bool:
    if match["sign"]:
        return True
    digits = match[2]
    is_long = len(digits) >= 3 or is_plural
    return is_long and not _is_year(digits) and _COUNTED.match(text, match.end()) is None


def _is_year(digits: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", digits) is not None


def _decision(folded: FoldedText, item: _Found, bodies: list[BodyMention]) -> DecisionNumber:
    body = _body_of(folded.text, item, bodies)
    start, end = folded.span(item.start, item.end)
    title = _TITLE.match(folded.text, item.end)
    words = " ".join(folded.original(*title.span(1)).split()) if title else None
    return DecisionNumber(
        item.number, body or Body.LATIN_AMERICAN_COUNCIL, body is not None, item.year, words, start, end
    )


def _folded_bodies(folded: FoldedText) -> list[BodyMention]:
    """Return the bodies named, with offsets into the folded text."""
    where = {offset: i for i, offset in reversed(list(enumerate(folded.offsets)))}
    return [
        BodyMention(found.body, where[found.start], where[found.end - 1] + 1)
        for found in find_bodies(folded.source)
        if found.start in where and found.end - 1 in where
    ]


def _body_of(text: str, item: _Found, bodies: list[BodyMention]) -> Body | None:
    """Return the body of a decision as its sentence names it, None where it names none."""
    words = text[max(0, item.start - _LONGEST_ADJECTIVE) : item.start] + item.words
    by_adjective = [body for stem, body in _BY_ADJECTIVE if re.search(rf"(?<!\w){stem}\w* (?:d[a-z]+|n|\d)", words)]
    if by_adjective:
        return by_adjective[0]
    if re.match(r"/cp\b", text[item.end :]):
        return Body.UNFCCC
    start, end = _sentence(text, item)
    here = [body for body in bodies if start <= body.start and body.end <= end]
    return _tied_body(text, item, here) or _governing_body(text, item, here, start)


def _sentence(text: str, item: _Found) -> tuple[int, int]:
    low, high = max(0, item.start - _REACH), min(len(text), item.end + _REACH)
    ends = [low, *(m.end() for m in _SENTENCE_END.finditer(text, low, high)), high]
    return next(((a, b) for a, b in pairwise(ends) if a <= item.start < b), (low, high))


def _tied_body(text: str, item: _Found, bodies: list[BodyMention]) -> Body | None:
    for body in bodies:
        if body.start >= item.end and _TIED_AFTER.match(text[item.end : body.start]):
            return _as_taker(body.body)
        if item.start <= body.start < item.end:
            return _as_taker(body.body)
    for body in reversed(bodies):
        if body.end <= item.start and _TIED_BEFORE.match(text[body.end : item.start]):
            return _as_taker(body.body) if body.body.is_own or body.body in _TAKE_DECISIONS else None
    return None


def _governing_body(text: str, item: _Found, bodies: list[BodyMention], start: int) -> Body | None:
    """Return the body whose affairs the sentence is about: SELA where it is named, or else one put in front."""
    if any(body.body.is_own for body in bodies):
        return Body.LATIN_AMERICAN_COUNCIL
    before = [body for body in bodies if body.end <= item.start and body.body in _TAKE_DECISIONS]
    leading = [body for body in before if _LOCATIVE.search(text[start : body.start])]
    return leading[-1].body if leading else None


def _as_taker(body: Body) -> Body:
    return Body.LATIN_AMERICAN_COUNCIL if body.is_own else body


def _same_sentence(text: str, body: BodyMention, start: int) -> bool:
    low, high = sorted((body.start, start))
    return _SENTENCE_END.search(text, low, high) is None


_BARE = re.compile(r"(?<![\w.,/%$€-])(\d{1,5})(?![\w%/]|[.,:]\d|-)")
_SPEAKS_OF_DECISIONS = re.compile(
    r"(?<!\w)(?:mandat|decid|adopt|adot|establec|establish|resolv|say|said|dice|diz|dit|about|sobre|sur)\w*"
)
_ARTICLE_BEFORE = re.compile(
    r"(?:^|(?<!\w))(?:(?:the|la|las|a|as|les|and|y|e|et|or|o|ou|del?|da|no|n\.?o?|numero|number|vs|than|que|#) )$"
)
_GOES_WITH_BARE = re.compile(
    r"^ ?(?:$|[?.!,;:)'\"]|(?:one|and|or|y|o|e|ou|et|says?|said|mandate[sd]?|adopted|was|is|were|decided?|establish"
    r"|mando|manda|mandata|dice|decidio|adoptada|fue|es|establece|establecio|diz|decidiu|adotada|foi|estabelece|dit|a|est"
    r"|prevoit|means?|about|vs|versus|de|del|of|from|in|en|em)(?!\w))"
)


def _bare_numbers(folded: FoldedText, known: Collection[int]) -> list[_Found]:
    text = folded.text
    speaks = any(True for _ in _markers(text))
    found = []
    for match in _BARE.finditer(text):
        if int(match[1]) in known and _stands_for_decision(text, match, speaks_of_decisions=speaks):
            year = _year_after(text, match.end())
            found.append(_Found(int(match[1]), year, match.start(), _end_with_year(text, match.end()), match[1]))
    return found


def _stands_for_decision(text: str, match: re.Match[str], *, speaks_of_decisions: bool) -> bool:
    if _COUNTED.match(text, match.end()) or not _GOES_WITH_BARE.match(text[match.end() :]):
        return False
    alone = not re.search(r"\w", text[: match.start()] + text[match.end() :])
    article = _ARTICLE_BEFORE.search(text[: match.start()]) is not None
    return speaks_of_decisions or alone or article or _SPEAKS_OF_DECISIONS.search(text) is not None
