"""The register of decisions: every mention, what is stated of each, and where the statements disagree."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from rapidfuzz import fuzz

from ingest.documents import BlockKind, Document, Kind, Sentence
from ingest.identifiers import (
    Body,
    DateMention,
    DateRange,
    DecisionNumber,
    Precision,
    SessionMention,
    find_dates,
    find_decisions,
    find_ordinals,
    find_sessions,
    issuer_of_decisions,
)
from ingest.normalisation import fold
from ingest.registers.entries import (
    Attribute,
    DecisionEntry,
    DecisionMention,
    Disagreement,
    RegisterPlace,
    StatedValue,
    Variant,
)
from ingest.sentences import split_sentences

_TAKEN = (
    r"adopted|taken|approved|passed|issued|agreed|came|adoptada|tomada|aprobada|emanada|emitida|adotada|aprovada|prise"
    r"|adoptee|approuvee|foi tomada|took|adopto|aprobo|adotou|aprovou|adopta"
)
_LINKS = (
    r"by|of|at|in|on|out|from|its|the|which|was|en|el|la|le|las|su|sus|de|del|da|do|na|no|em|pela|pelo|por|sua|seu|du|des"
    r"|dans|lors|par|sa|a|que|fue|foi|ha|sido|et|and|y|e|held|celebrada|realizada|tenue|latin|american|council|sela"
    r"|consejo|latinoamericano|conselho|latino|americano|conseil|americain|through|mediante|traves|meio|travers|under|with"
)
_ONLY_LINKS = re.compile(rf"(?:[ ,(.:'\"-]|(?:{_LINKS}|{_TAKEN})(?!\w))*")
_TAKEN_AT = re.compile(rf"(?:^|\W)(?:{_TAKEN})(?!\w)(?P<rest>.{{0,45}})$")
_ANOTHER_OBJECT = re.compile(r"\b(?:programmes?|programas?|reports?|informes?|budget|presupuesto|relatorio|rapport)\b")
_BEFORE_LOCATION = re.compile(
    r"^[\s,.:;(–-]*(?:(?:was |which was |fue |foi )?(?:held|celebrada|realizada|tenue|taken|adopted)\s*,?\s*)?"
    r"(?:(?:in|at|en|em|na|no|à|a|el|la|of|del?|do|da|from|du)\s+)*"
)
_AFTER_LOCATION = re.compile(
    r"[\s,;:(]*(?:(?:on|from|between|the|del?|los|las|el|d[eo]|du|les|le|entre|em|en|on the|days|días|dias)\s*)*$"
)
_CAPITALISED = r"[A-ZÀ-Þ(][\w'’.()-]*"
_LOCATION = re.compile(
    rf"(?!\(){_CAPITALISED}(?:[ ,]+(?:(?:of|de|del|da|do|du|la|el|and|y|e|d')\s+)*{_CAPITALISED}){{0,7}}"
)
_TITLE_IN_WORDS = re.compile(
    r"(?:title|titled|entitled|called|chama-se|título|titulad[ao]|se titula|denominad[ao]|intitulad[ao]|intitulée?"
    r"|titre)\s*:?\s*[\"“«]\s*(?P<title>[^\"”»]{3,300}?)\s*[\"”»]",
    re.IGNORECASE,
)
_LEADING_YEAR = re.compile(
    r"(?:^|, (?:and|y|e|et) |; )(?P<since>since|desde|depuis|in|en|em)(?: (?:the year|el ano|o ano))?"
    r" (?P<year>(?:19|20)\d\d),"
)
_FOR_THE_YEAR = re.compile(
    r"^\)?(?: ?,)?(?: (?:of|del|do|du) (?:the )?(?:latin american council|consejo latinoamericano"
    r"|conselho latino-americano|conseil latino-americain))?"
    r" (?:of|for|del?|do|da|para|pour) (?:(?:the year|el ano|o ano|ano|l'annee) )?(?P<year>(?:19|20)\d\d)(?!\d)"
)
_THROUGH = re.compile(
    r"(?:through|by|under|in|mediante|por|segun|a traves de|par|atraves da|por meio da)(?: the| la| a)?$"
)
_CLAUSE_BREAK = re.compile(
    r"; |, (?:and|y|e|et|while|mientras|enquanto|tandis) | (?:and|y|e|et) (?=(?:in|en|em) (?:19|20))"
    r"| (?:and|y|e|et) (?=(?:the |el |la |a )?$)"
)
_CLAUSE_EDGE = " ,;"
_TRAILING_LINK = re.compile(r"[ ,;]+(?:(?:and|y|e|et|while|mientras|enquanto)[ ,;]*)?$")
_QUOTED = re.compile(r"[\"“«][^\"”»]*[\"”»]")
_ORIGIN = re.compile(  # whence a mandate comes is not what it says
    r"(?<!\w)mandat[eo]?s?\s+(?:\w+\s+){0,4}?(?:comes?|came|stems?|arises?|derive[ds]?|originates?|emanates?|proced\w+"
    r"|provien\w+|deriva\w*|emana\w*|resulta\w*|surge\w*|provem|vem|decorre\w*|vient|viennent|decoule\w*|resulte\w*"
    r"|emane\w*|issus?)(?!\w)"
)
_MANDATES = re.compile(
    r"(?<!\w)(?:establish(?:ed|es)|designat(?:ed|es)|appoint(?:ed|s)|instruct(?:ed|s)|mandat(?:ed|es?)"
    r"|decid(?:ed|es)|agreed|urg(?:ed|es)|request(?:ed|s)|recommend(?:ed|s)|creat(?:ed|es)|set up|sets up|sets|made"
    r"|makes|asked|asks|support(?:ed|s)|back(?:ed|s)|recogni[sz](?:ed|es)|welcom(?:ed|es)|took note|according to"
    r"|in accordance with|pursuant to|based on|following|group(?:ed|s)|structur(?:ed|es)|links|had the|under it"
    r"|because of it|regulates|told|praised|referred to|govern(?:ed|s)|arranged|falls? into"
    r"|sigue|rige\w*"
    r"|establec\w+|design\w+|instru[iy]\w+|mand[ao]\w*|encarg\w+|acord\w+|inst[ao]|solicit\w+|recomend\w+|cre[oa]"
    r"|respald\w+|pidi\w+|reconoc\w+|estructura\w*|agrup\w+|segun|con base en|de acuerdo con|conforme a|marcando"
    r"|estabelec\w+|encarreg\w+|cri[oa]u?|apoi[ao]u?|pediu|reconhec\w+|determin\w+|organiz\w+|fez|liga|com base em"
    r"|trata|etabli\w*|charg\w+|demand\w+|recommand\w+|cree\w*|appuy\w+|reconn\w+|regroup\w+|selon|conformement"
    r"|sur la base de)(?!\w)"
)
_GOES_ON = re.compile(
    r"^(?:(?:under|because of|through|by|with|in) it\b|(?:this|the|that) decision\b|it (?!is not\b)"
    r"|(?:por|con|en|segun) ella\b|(?:esta|dicha|la) decision\b|(?:por|com) ela\b|nela\b|(?:essa|esta|a) decisao\b"
    r"|elle |par elle\b|cette decision\b)"
)
_HEADER = re.compile(r"^\W*decis\w+(?: n\w?\W*)?\s*\|")
_YEAR_CELL = re.compile(r"\|\s*(?P<year>(?:19|20)\d\d)\s*(?=\|)")
_NUMBER_CELL = re.compile(r"^\W*(?P<number>\d{1,5})\s*\|")
_MOST_SENTENCES_UNDER_HEADING = 12
_SAME_TITLE = 85.0


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence as one run of text, with the way back to the canonical text."""

    document: Document
    sentence: Sentence
    text: str

    def place(self, start: int, end: int) -> RegisterPlace:
        """Return the place of the characters from `start` to `end` of the run."""
        first, last = self._canonical(start), self._canonical(end - 1) + 1
        where = self.document.place(first)
        return RegisterPlace(self.document.id, first, last, where.page, where.page_label)

    def spans(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return the spans of the canonical text behind the characters from `start` to `end` of the run."""
        first, last = self._canonical(start), self._canonical(end - 1) + 1
        cut = ((max(a, first), min(b, last)) for a, b in self.sentence.spans)
        return tuple((a, b) for a, b in cut if a < b)

    def _canonical(self, offset: int) -> int:
        for start, end in self.sentence.spans:
            if offset < end - start:
                return start + offset
            offset -= end - start + 1
            if offset < 0:
                return end - 1
        return self.sentence.end - 1


def decision_mentions(document: Document) -> tuple[DecisionMention, ...]:
    """Return every place of `document` that names a numbered decision, with what is stated of it there.

    A heading that names one stands for its section: what the section states is stated of it. The first column of a
    table of decisions names one in each row. Tables of contents and running heads name none.
    """
    lines = [_Line(document, s, s.text(document.text)) for s in split_sentences(document)]
    mentions: list[DecisionMention] = []
    for i, line in enumerate(lines):
        found = find_decisions(line.text) or _in_first_column(lines, i)
        following = _following(lines, i) if found else ()
        mentions += [_mention(line, each, region, following) for each, region in _with_regions(line.text, found)]
    return tuple(_with_issuer(mention, lines) for mention in mentions)


def _in_first_column(lines: Sequence[_Line], i: int) -> tuple[DecisionNumber, ...]:
    """Return the decision of a table row whose table's first column is headed "Decision"."""
    if lines[i].sentence.kind is not BlockKind.TABLE_ROW:
        return ()
    cell = _NUMBER_CELL.match(lines[i].text)
    first = i
    while first and lines[first - 1].sentence.kind is BlockKind.TABLE_ROW:
        first -= 1
    if cell is None or not _HEADER.match(fold(lines[first].text)):
        return ()
    (found, *_) = find_decisions(f"decision no {cell['number']}")
    issuer = issuer_of_decisions(f"decision of the {lines[i].text.split('|')[1].strip()}")
    placed = replace(found, start=cell.start("number"), end=cell.end("number"))
    return (replace(placed, body=issuer, body_is_stated=True) if issuer else placed,)


def _following(lines: Sequence[_Line], i: int) -> tuple[_Line, ...]:
    """Return what goes on speaking of the decision: all under its heading, or a next sentence that begins with "it"."""
    if lines[i].sentence.kind is not BlockKind.HEADING:
        return tuple(line for line in lines[i + 1 : i + 2] if _GOES_ON.match(fold(line.text)))
    under: list[_Line] = []
    for line in lines[i + 1 : i + 1 + _MOST_SENTENCES_UNDER_HEADING]:
        if line.sentence.kind is BlockKind.HEADING:
            break
        under.append(line)
    return tuple(under)


def _with_regions(text: str, found: Sequence[DecisionNumber]) -> Iterator[tuple[DecisionNumber, tuple[int, int]]]:
    """Yield each decision with the part of the sentence that speaks of it; those of one list share theirs."""
    cuts = [0, *(_cut_between(text, a, b) for a, b in pairwise(found)), len(text)]
    for i, each in enumerate(found):
        start = max((cut for cut in cuts[: i + 1] if cut is not None), default=0)
        end = min((cut for cut in cuts[i + 1 :] if cut is not None), default=len(text))
        yield each, (start, end)


def _cut_between(text: str, one: DecisionNumber, other: DecisionNumber) -> int | None:
    """Return where the second decision's clause begins, None if both stand in one list."""
    breaks = [m.end() for m in _CLAUSE_BREAK.finditer(fold(text[one.end : other.start]))]
    if other.start - one.end < 20:
        return None
    return one.end + breaks[-1] if breaks else other.start


def _mention(
    line: _Line, found: DecisionNumber, region: tuple[int, int], following: Sequence[_Line]
) -> DecisionMention:
    under = following if line.sentence.kind is BlockKind.HEADING else ()
    values = [*_values_beside(line, found, region), *(value for each in under for value in _values_of_section(each))]
    place = line.place(found.start, found.end)
    is_last = region[1] == len(line.text)
    going_on = tuple(span for each in following if is_last for span in each.sentence.spans)
    mandate = (*_mandate(line, region), *going_on)
    return DecisionMention(
        found.number, found.body, found.body_is_stated, place, line.sentence.spans, mandate, tuple(values)
    )


def _mandate(line: _Line, region: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    start, end = region
    words = line.text[start:end]
    if line.sentence.kind in (BlockKind.HEADING, BlockKind.TABLE_ROW):
        return ()
    if not _MANDATES.search(_ORIGIN.sub(" ", fold(_QUOTED.sub(" ", words)))):
        return ()
    first = start + len(words) - len(words.lstrip(_CLAUSE_EDGE))
    return line.spans(first, start + len(_TRAILING_LINK.sub("", words)))


def _values_beside(line: _Line, found: DecisionNumber, region: tuple[int, int]) -> Iterator[StatedValue]:
    """Yield what a sentence states of one decision: its title, session, dates and place."""
    after = found.end
    if found.title:
        after = _end_of_title(line.text, found)
        yield _stated(Attribute.TITLE, found.title, line, _title_span(line.text, found))
    session = _session_of(line.text, found, after, region)
    if session:
        yield _stated(Attribute.SESSION, str(session.number), line, (session.start, session.end))
    dates = _dates_after(line.text, session.end if session else after, region[1], is_of_session=session is not None)
    if dates:
        yield _stated(Attribute.DATES, dates_value(dates.range), line, (dates.start, dates.end))
        yield from _location(line, session.end if session else after, dates.start)
    elif (year := _year_of(line.text, found, region)) is not None:
        yield _stated(Attribute.DATES, line.text[year[0] : year[1]], line, year)


def _values_of_section(line: _Line) -> Iterator[StatedValue]:
    """Yield what a sentence under a decision's heading states of that decision."""
    title = _TITLE_IN_WORDS.search(line.text)
    if title:
        yield _stated(Attribute.TITLE, title["title"], line, title.span("title"))
    for number, start, end in _sessions_of_section(line.text):
        yield _stated(Attribute.SESSION, str(number), line, (start, end))
        dates = _dates_after(line.text, end, len(line.text), is_of_session=True)
        if dates:
            yield _stated(Attribute.DATES, dates_value(dates.range), line, (dates.start, dates.end))
            yield from _location(line, end, dates.start)


def _sessions_of_section(text: str) -> list[tuple[int, int, int]]:
    """Return (number, start, end) of each session; once one is named, "the XXXVIII (17 to 19 October…" is one too."""
    named = [(session.number, session.start, session.end) for session in find_sessions(text)]
    bare = [
        (ordinal.number, ordinal.start, ordinal.end)
        for ordinal in find_ordinals(text)
        if named and ordinal.is_roman and ordinal.start > named[0][2] and text[ordinal.end :].lstrip().startswith("(")
    ]
    return sorted({*named, *bare}, key=lambda session: session[1])


def _stated(attribute: Attribute, value: str, line: _Line, span: tuple[int, int]) -> StatedValue:
    words = " ".join(line.text[span[0] : span[1]].split())
    return StatedValue(attribute, value, words, line.place(*span))


def _title_span(text: str, found: DecisionNumber) -> tuple[int, int]:
    pattern = r"\s+".join(re.escape(word) for word in (found.title or "").split())
    match = re.compile(pattern).search(text, found.end)
    return match.span() if match else (found.start, found.end)


def _end_of_title(text: str, found: DecisionNumber) -> int:
    end = _title_span(text, found)[1]
    closing = re.compile(r"\s*[\"”»']*").match(text, end)
    return closing.end() if closing else end


def _session_of(text: str, found: DecisionNumber, after: int, region: tuple[int, int]) -> SessionMention | None:
    """Return the session said to have taken the decision, after it ("adopted at…") or before it ("…, through")."""
    sessions = [s for s in find_sessions(text) if region[0] <= s.start and s.end <= region[1]]
    later = next((s for s in sessions if s.start >= after), None)
    if later and _is_taken_at(fold(text[after : later.start])):
        return later
    before = [s for s in sessions if s.end <= found.start]
    if before:
        between = re.sub(r"\([^)]*\)", "", fold(text[before[-1].end : found.start]))
        if _ONLY_LINKS.fullmatch(between):
            return before[-1]
    return None


def _is_taken_at(between: str) -> bool:
    if _ONLY_LINKS.fullmatch(between):
        return True
    taken = _TAKEN_AT.search(between)
    return taken is not None and _ANOTHER_OBJECT.search(taken["rest"]) is None


def _dates_after(text: str, start: int, end: int, *, is_of_session: bool) -> DateMention | None:
    """Return the date that follows a session or a decision, no more than the name of a place between them."""
    tail = text[start:end]
    for found in find_dates(tail, with_years=False):
        between = tail[: found.start]
        if found.range.precision not in {Precision.DAY, Precision.MONTH} or len(between) > 110:
            return None
        if _is_place_only(between) and (is_of_session or _names_a_date(between)):
            return replace(found, start=found.start + start, end=found.end + start)
        return None
    return None


def _names_a_date(between: str) -> bool:
    """Tell "Decision 440 (Caracas, 7 to 9 April" and "Decision 440 of 9 April" from a date met by chance."""
    return (
        "(" in between
        or re.search(r"(?:^|\W)(?:of|on|del?|do|du|em|el|le|from)\s*$", between, re.IGNORECASE) is not None
    )


def _is_place_only(between: str) -> bool:
    rest = _split_location(between)[1]
    return _AFTER_LOCATION.fullmatch(rest) is not None


def _split_location(between: str) -> tuple[tuple[int, int] | None, str]:
    """Return where the name of a place stands in `between`, and the words that follow it."""
    lead = _BEFORE_LOCATION.match(between)
    offset = lead.end() if lead else 0
    name = _LOCATION.match(between, offset)
    return (name.span(), between[name.end() :]) if name else (None, between[offset:])


def _location(line: _Line, start: int, end: int) -> Iterator[StatedValue]:
    span, _ = _split_location(line.text[start:end])
    if span:
        words = line.text[start + span[0] : start + span[1]].rstrip(" ,.(")
        yield _stated(Attribute.LOCATION, words, line, (start + span[0], start + span[0] + len(words)))


def _year_of(text: str, found: DecisionNumber, region: tuple[int, int]) -> tuple[int, int] | None:
    """Return where the decision's year stands: "(2010)", "for the year 2003", "In 2010, Decision…"."""
    if found.year is not None:
        written = re.search(rf"{found.year}", text[found.start : found.end])
        return (found.start + written.start(), found.start + written.end()) if written else None
    in_cell = _YEAR_CELL.search(text, found.end) if text[found.end :].lstrip().startswith("|") else None
    if in_cell:
        return in_cell.span("year")
    folded = fold(text)
    if len(folded) != len(text):
        return None
    after = _FOR_THE_YEAR.match(folded[found.end : region[1]])
    if after:
        return found.end + after.start("year"), found.end + after.end("year")
    leading = list(_LEADING_YEAR.finditer(folded, 0, found.start))
    if not leading or leading[-1].start() < region[0] - len(", and "):
        return None
    between = folded[leading[-1].end() : found.start].strip(" ,")
    is_since = leading[-1]["since"] in {"since", "desde", "depuis"} and _THROUGH.search(between) is not None
    return leading[-1].span("year") if is_since or _ONLY_LINKS.fullmatch(between) else None


def dates_value(dates: DateRange) -> str:
    """Return the normal form of a date range, "2003-04-07/2003-04-09", one date alone for a single one."""
    return dates.start if dates.start == dates.end else f"{dates.start}/{dates.end}"


def _with_issuer(mention: DecisionMention, lines: Sequence[_Line]) -> DecisionMention:
    """Give a mention that names no body the one that its list's opening words or its headings name."""
    if mention.body_is_stated:
        return mention
    document = lines[0].document
    before = [line for line in lines if line.sentence.end <= mention.sentence[0][0]]
    opening = next((line.text for line in reversed(before) if _opens_a_list(line)), "")
    is_listed = before and document.section_path(before[-1].sentence.start) == document.section_path(
        mention.place.start
    )
    for text in (opening if is_listed else "", *reversed(document.section_path(mention.place.start))):
        issuer = issuer_of_decisions(text)
        if issuer:
            return replace(mention, body=issuer, body_is_stated=True)
    return mention


def _opens_a_list(line: _Line) -> bool:
    return line.sentence.kind not in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)


def merge_decisions(mentions: Iterable[DecisionMention], documents: Iterable[Document]) -> tuple[DecisionEntry, ...]:
    """Return the register: one entry for each body and number, SELA's first, each in the order of the numbers.

    A mention that names no body goes to the one body that the others of its number name, if none of them is SELA's.
    """
    held = list(documents)
    languages = {document.id: document.metadata.language for document in held}
    grouped: dict[tuple[Body, int], list[DecisionMention]] = defaultdict(list)
    for mention in _with_known_bodies(list(mentions)):
        grouped[mention.body, mention.number].append(mention)
    keys = sorted(grouped, key=lambda key: (not key[0].is_own, key[0], key[1]))
    return tuple(_entry(key, grouped[key], held, languages) for key in keys)


def _with_known_bodies(mentions: list[DecisionMention]) -> list[DecisionMention]:
    stated: dict[int, set[Body]] = defaultdict(set)
    for mention in mentions:
        if mention.body_is_stated:
            stated[mention.number].add(mention.body)
    return [
        m if m.body_is_stated or len(stated[m.number]) != 1 else replace(m, body=next(iter(stated[m.number])))
        for m in mentions
    ]


def _entry(
    key: tuple[Body, int], mentions: list[DecisionMention], documents: list[Document], languages: dict[str, str]
) -> DecisionEntry:
    body, number = key
    ordered = tuple(sorted(mentions, key=lambda m: (m.place.document_id, m.place.start)))
    variants = {a: found for a in Attribute if (found := _variants(a, ordered))}
    disagreements = tuple(
        Disagreement(attribute, clashing)
        for attribute, found in variants.items()
        if (clashing := _clashing(attribute, found, languages))
    )
    held_in = tuple(d.id for d in documents if body.is_own and _holds_text(d, number))
    return DecisionEntry(number, body, ordered, variants, disagreements, held_in)


def _variants(attribute: Attribute, mentions: Iterable[DecisionMention]) -> tuple[Variant, ...]:
    by_value: dict[str, list[StatedValue]] = defaultdict(list)
    for value in (v for mention in mentions for v in mention.values if v.attribute is attribute):
        by_value[_comparable(value)].append(value)
    found = [Variant(values[0].value, tuple(values)) for values in by_value.values()]
    return tuple(sorted(found, key=lambda variant: -len(variant.stated)))


def _comparable(value: StatedValue) -> str:
    return re.sub(r"\W+", " ", fold(value.value)).strip() if value.attribute is not Attribute.DATES else value.value


def _clashing(attribute: Attribute, variants: Sequence[Variant], languages: dict[str, str]) -> tuple[Variant, ...]:
    """Return the variants that cannot be right together with some other."""
    clashes = {
        id(variant)
        for pair in combinations(variants, 2)
        if not _agree(attribute, *pair, languages=languages)
        for variant in pair
    }
    return tuple(variant for variant in variants if id(variant) in clashes)


def _agree(attribute: Attribute, one: Variant, other: Variant, *, languages: dict[str, str]) -> bool:
    if attribute is Attribute.DATES:
        return _dates(one.value).agrees_with(_dates(other.value))
    if attribute is Attribute.LOCATION:
        return fold(one.value).split(",")[0].strip() == fold(other.value).split(",")[0].strip()
    if attribute is Attribute.TITLE:
        shared = _languages(one, languages) & _languages(other, languages)
        return not shared or fuzz.partial_ratio(fold(one.value), fold(other.value)) >= _SAME_TITLE
    return one.value == other.value


def _languages(variant: Variant, languages: dict[str, str]) -> set[str]:
    return {languages.get(value.place.document_id, "") for value in variant.stated}


def _dates(value: str) -> DateRange:
    start, _, end = value.partition("/")
    return DateRange(start, end or start, Precision.DAY if len(start) > 7 else Precision.MONTH)


def _holds_text(document: Document, number: int) -> bool:
    """Tell whether a document is the decision itself, by its kind and the number its title or opening gives."""
    if document.metadata.kind is not Kind.DECISION:
        return False
    named = find_decisions(document.metadata.title) or find_decisions(document.text[:600])[:1]
    return any(found.number == number for found in named)
