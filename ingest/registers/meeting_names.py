"""Finds the names of meetings in a sentence, in four languages: where each begins and ends, its kind and ordinal."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ingest.documents import BlockKind
from ingest.identifiers import find_bodies, find_dates, find_meetings, find_sessions
from ingest.registers.meeting_entries import MeetingKind
from ingest.registers.meeting_places import places_of_meeting

_NOUNS: dict[str, dict[str, str]] = {
    "en": {
        "meeting": r"meeting|gathering|encounter|videoconference|dialogue session|working session|event",
        "session": r"session",
        "summit": r"summit",
        "workshop": r"workshop",
        "seminar": r"seminar-workshop|seminar|webinar",
        "conference": r"conference|congress|assembly",
        "forum": r"forum",
        "course": r"course",
        "colloquium": r"colloquium|symposium",
        "panel": r"panel of experts|expert panel",
    },
    "es": {
        "meeting": r"reunión|reunion|encuentro|videoconferencia|evento",
        "session": r"sesión|sesion",
        "summit": r"cumbre",
        "workshop": r"taller",
        "seminar": r"seminario[- ]taller|seminario|webinario",
        "conference": r"conferencia|congreso|asamblea",
        "forum": r"foro",
        "course": r"curso",
        "colloquium": r"coloquio|simposio",
        "panel": r"panel de expertos",
    },
    "pt": {
        "meeting": r"reunião|reuniao|encontro|videoconferência|evento",
        "session": r"sessão|sessao",
        "summit": r"cúpula|cimeira|cupula",
        "workshop": r"oficina",
        "seminar": r"seminário-oficina|seminário|seminario|webinário",
        "conference": r"conferência|conferencia|congresso|assembleia",
        "forum": r"fórum|foro|forum",
        "course": r"curso",
        "colloquium": r"colóquio|coloquio|simpósio",
        "panel": r"painel de especialistas",
    },
    "fr": {
        "meeting": r"réunion|reunion|rencontre|visioconférence|événement",
        "session": r"session",
        "summit": r"sommet",
        "workshop": r"atelier",
        "seminar": r"séminaire-atelier|séminaire|seminaire|webinaire",
        "conference": r"conférence|congrès|assemblée",
        "forum": r"forum",
        "course": r"cours",
        "colloquium": r"colloque|symposium",
        "panel": r"panel d'experts",
    },
}
_PLURALS = (
    r"meetings|sessions|summits|seminars|workshops|conferences|fora|forums|courses|events|reuniones|seminarios"
    r"|talleres"
    r"|cumbres|foros|cursos|encuentros|reuniões|seminários|oficinas|cúpulas|encontros|réunions|séminaires|ateliers"
    r"|sommets|rencontres"
)
_MODIFIERS = (
    r"regional|subregional|virtual|working|technical|annual|international|national|training|digital|online|on-line"
    r"|high-level|bi-regional|ministerial|regular|extraordinary|joint|general|special|inaugural"
    r"|preparatory|thematic|face-to-face|scientific|face|specialized|bilateral|consultation|seminar|work"
)
_AFTER_NOUN = (
    r"regional(?:es)?|ordinari[ao]|extraordinari[ao]|anual|annuelle?|virtual|virtuelle?|ministerial|ministérielle"
    r"|régionale?"
    r"|internacional|internationale?|subregional|técnic[ao]|regular|ordinaire|preparatori[ao]|intersecretarial"
    r"|latinoamerican[ao]|latino-americana|conjunta|mundial|birregional|iberoamerican[ao]|nacional|interministerial"
)
_PREPOSITIONS = (
    r"of|on|for|in|to|between|among|about|towards?|with|de|del|da|do|das|dos|sobre|para|entre|des|du|sur|pour|en"
    r"|em|d['’]"
    r"|the|la|el|los|las|le|les|a|as|os|o|al|à|aux|no|na|hacia|and|y|e|et"
)
_STOPS = (
    r"was|were|is|are|has|have|had|will|would|shall|should|be|been|being|which|that|who|whose|where|when|held|took"
    r"|takes"
    r"|carried|conducted|organi[sz]ed|scheduled|planned|includes?|included|focused|focuses|provides?|plans?|decided"
    r"|approved|agreed|established|authori[sz]ed|by|as|under|within|during|through|jointly|together|according"
    r"|since|so"
    r"|from|at|seeks?|convened|led|hosted|attended|serves?|served|gives?|gave|worked|set|supports?|asked|adopted"
    r"|tests?"
    r"|expected|intends?|concluded|dealt|dated|due|runs?|ran|brings?|also|because|but|if|until|before|after|then"
    r"|it|he"
    r"|must|may|might|can|could|not|met|named|called|followed|comes?|came|grew|this|these|its|opened|began|begins"
    r"|starts"
    r"|que|se|fue|fueron|será|serán|sera|tuvo|tendrá|celebrad[ao]s?|realizad[ao]s?|organizad[ao]s?|previst[ao]s?"
    r"|por|con"
    r"|com|foi|serão|tev[eê]|terá|cuy[ao]|donde|onde|dont|qui|est|s['’]est|ser[aá]|sont|a eu|eut|aura|tenue?|par|avec"
    r"|organisée?|prévue?|réunie?|está|estuvo|trabajó|deu|dio|donné|lors|durante|según|convocad[ao]|incluye|inclui"
    r"|pide|reconoce|trabalhou|trabajó|há|hay|il|elle|où|mais|pero|mas|sob|bajo|sous|desde|depuis|ont|ainsi|así|assim"
    r"|permanece|sigue|sigui[óo]|marca|(?:realizou|celebrou|reuniu|realizaram|reuniram)(?:-se)?|autoris\w+|lasts?|defines?|gathered|follows|reprend|solicitó"
    r"|acordó|fixé|fijó|permit\w*|recib\w*|convoc\w*|reuni[óo]"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STOP_LEFT = _words(
    "the a an this that at on in during for conduct hold organize organise conduction holding convocation design"
    " planning prepare its their our and or to of by first-time before after since from with as prior"
    " regarding likewise holds la el una un esta este en durante para a o uma um esta esse essa no na em"
    " ao le une cette ce au l'"
)
_OPENING = '"“«‘„'
_CLOSING = {'"': '"”“', "“": '”"', "«": "»", "‘": "’", "„": "”"}
_ENTITLED = re.compile(
    r"\s*,?\s*(?:(?:was |is )?(?:entitled|titled|called|on)|titulad[ao]|denominad[ao]|intitulad[ao]"
    r"|intitulée?)?\s*(?=[\"“«])",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"\s*([\w'’&/.°º-]*[\w'’°º]|[^\s\w])")
_LEFT_TOKEN = re.compile(r"([\w'’&/.-]*[\w'’&-])\s+$")
_ACRONYM = re.compile(r"\s*\([A-ZÀ-Þ][\w-]*\)")
_LIST_OF_NAMES = re.compile(r"\s*,\s+(?:[A-ZÀ-Þ][\w-]+,?\s+)*(?:[A-ZÀ-Þ][\w-]+\s+)*(?:and|y|e|et)\s+[A-ZÀ-Þ]")
_TRAILING = re.compile(rf"(?:[\s,:;–-]+|\s+(?:{_PREPOSITIONS}))+$", re.IGNORECASE)
_TIME_AFTER = re.compile(
    r"\s*(?:the\s+)?(?:(?:year|month|el año|o ano|ano|año)\s+)?(?:\d{4}\b|\d{1,2}\b(?!st|nd|rd|th))"
)
_PLACE_PREPOSITIONS = _words("in at en em à a au to on on the no na du del de of")
_PREPOSITIONAL = re.compile(
    r"\s*(?:the\s+)?(?:headquarters|city of|island of|sede|siège|framework|coordination|partnership|accordance|order"
    r"|cooperation with|which|presence|participation|support|collaboration|la ciudad|a cidade|which)\b",
    re.IGNORECASE,
)
_DONE_IN_ROW = re.compile(
    r"\s+(?:designed|held|convened|organi[sz]ed|prepared|given|announced|planned|realizad[ao]|organizad[ao]"
    r"|convocad[ao])\b[^|]*$",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?:[IVX]+|\d+)(?:\.\d+)+\.?")
_ANOTHER_FOLLOWS = re.compile(
    r"\s*(?:(?:an?|un|una|um|uma|une)\s|(?:(?:the|la|el|a|o|le|its)\s+)?(?:permanent secretariat"
    r"|secretar[ií]a permanente"
    r"|secr[eé]tariat permanent|meeting|reuni[oó]n|reuni[aã]o|r[eé]union|seminar|summit|workshop)\b)",
    re.IGNORECASE,
)
_WITH_SOMEONE = re.compile(r"with\s+(?:the|an?|its|their)\b")
_ARTICLES = _words("a as os o al the la el los las le les")
_AND = _words("and y e et")
_LONGEST = 320
_ONLY_THE_NOUN = 4


@dataclass(frozen=True, slots=True)
class MeetingName:
    """A meeting named in a sentence.

    Args:
        name: the words, white space made one blank, quotation marks around the whole left out.
        kind: of gathering.
        ordinal: its number in its series, None if none is given.
        start: first character.
        end: one past the last character.
        is_named: whether it is a name (capitals, quotation marks, an ordinal) rather than "a regional meeting".
        is_taken_up: whether it only takes up a meeting named before ("this meeting", "the seminar").
    """

    name: str
    kind: MeetingKind
    ordinal: int | None
    start: int
    end: int
    is_named: bool
    is_taken_up: bool


@dataclass(frozen=True, slots=True)
class _Noun:
    kind: MeetingKind
    start: int
    end: int


def find_meeting_names(text: str, language: str, *, block: BlockKind = BlockKind.PARAGRAPH) -> tuple[MeetingName, ...]:
    """Return every meeting that `text` names or takes up, in reading order, none inside another."""
    nouns = tuple(_nouns(text, language))
    if not nouns:
        return ()
    bodies = [(body.start, body.end) for body in find_bodies(text)]
    ordinals = find_meetings(text)
    found: list[MeetingName] = []
    for noun in nouns:
        if any(start <= noun.start < end for start, end in bodies) or (found and noun.start < found[-1].end):
            continue
        ordinal = next((o for o in ordinals if o.start <= noun.start < o.end or noun.end == o.start), None)
        name = _name(text, noun, (ordinal.start, ordinal.ordinal) if ordinal else None, block=block)
        if name and not name.is_named and any(noun.end < o.start < name.end for o in ordinals):
            continue
        if name and not (found and name.start < found[-1].end):
            found.append(name)
    return tuple(found)


def is_plural(text: str) -> bool:
    """Tell whether `text` speaks of several meetings, which a list may then name."""
    return re.search(rf"(?<!\w)(?:{_PLURALS})(?!\w)", text, re.IGNORECASE) is not None


def kind_of_noun(text: str, language: str) -> MeetingKind:
    """Return the kind of the first meeting noun of `text`, plural or not; a meeting if there is none."""
    nouns = list(_nouns(re.sub(rf"\b({_PLURALS})\b", lambda m: m[1].removesuffix("s"), text), language))
    return nouns[0].kind if nouns else MeetingKind.MEETING


def _nouns(text: str, language: str) -> Iterable[_Noun]:
    for match in _noun_pattern(language).finditer(text):
        kind = MeetingKind(next(name for name, value in match.groupdict().items() if value))
        if kind is MeetingKind.COURSE and re.search(
            r"(?:the|en|au|of|in|em)\s+$", text[: match.start()], re.IGNORECASE
        ):
            continue
        if re.match(r"\s+(?:space|place|room|point)", text[match.end() :], re.IGNORECASE):
            continue
        yield _Noun(kind, match.start(), match.end())


@cache
def _noun_pattern(language: str) -> re.Pattern[str]:
    kinds = _NOUNS.get(language, _NOUNS["en"])
    return re.compile(
        r"(?<![\w])(?:" + "|".join(f"(?P<{k}>{v})" for k, v in kinds.items()) + r")(?![\w])", re.IGNORECASE
    )


def _name(text: str, noun: _Noun, ordinal: tuple[int, int] | None, *, block: BlockKind) -> MeetingName | None:
    start = min(ordinal[0], noun.start) if ordinal else _left(text, noun.start)
    quote = _opening_before(text, start)
    if quote is not None and (end := _closing_after(text, quote)) is not None and end > noun.end:
        return _built(text, noun, ordinal, (quote, end), named=True)
    entitled = _ENTITLED.match(text, noun.end)
    if entitled and (end := _closing_after(text, entitled.end())) is not None:
        return _built(text, noun, ordinal, (start, end), named=True)
    session = next((s for s in find_sessions(text) if ordinal and s.start == ordinal[0]), None)
    end = session.end if session else _right(text, noun.end, whole=block in (BlockKind.HEADING, BlockKind.TABLE_ROW))
    capital = text[noun.start].isupper() or text[start].isupper()
    titled = noun.kind is MeetingKind.MEETING and re.match(r" [A-ZÀ-Þ][\w-]+ \w", text[noun.end : end]) is not None
    named = (
        titled
        or ordinal is not None
        or (capital and end > noun.end and not _starts_sentence_only(text, start, noun.start))
    )
    return _built(text, noun, ordinal, (start, end), named=named)


def _starts_sentence_only(text: str, start: int, noun: int) -> bool:
    return start == noun and not text[:start].strip()


def _built(
    text: str, noun: _Noun, ordinal: tuple[int, int] | None, span: tuple[int, int], *, named: bool
) -> MeetingName:
    words = " ".join(text[span[0] : span[1]].split()).rstrip(" .")
    if noun.kind is MeetingKind.MEETING and (event := re.match(r"event (?=[A-Z])", words)):
        words = words[event.end() :]
    if words[0] in _OPENING and words[-1] in _CLOSING[words[0]]:
        words = words[1:-1].strip()
    taken_up = not named and _takes_up(text, span, noun)
    return MeetingName(words, noun.kind, ordinal[1] if ordinal else None, *span, named, taken_up)


def _takes_up(text: str, span: tuple[int, int], noun: _Noun) -> bool:
    before = re.search(
        r"\b(this|the|that|said|esta|este|la|el|dicha|dicho|essa|esse|a|o|as|da|do|cette|ce|cet|la|le|l['’])\s*$",
        text[: span[0]],
        re.IGNORECASE,
    )
    return before is not None and span[1] - noun.end < _ONLY_THE_NOUN and before[1] != "a"


def _left(text: str, start: int) -> int:
    """Walk back over adjectives and capitalised words."""
    while match := _LEFT_TOKEN.search(text[:start]):
        word = match[1]
        if _CODE.fullmatch(word):
            break
        if word.casefold() in _STOP_LEFT and not _joins_names(text, match.start()):
            break
        if not (
            word[0].isupper() or re.fullmatch(_MODIFIERS, word, re.IGNORECASE) or _joins_names(text, match.start())
        ):
            break
        start = match.start()
    return start


def _joins_names(text: str, start: int) -> bool:
    """Tell "Latin American and Caribbean Meeting" from "in Lima and Meeting"."""
    before = _LEFT_TOKEN.search(text[:start])
    word = text[start:].split(maxsplit=1)[0]
    return word in {"and", "y", "e", "et", "&"} and before is not None and before[1][0].isupper()


def _opening_before(text: str, start: int) -> int | None:
    before = text[:start].rstrip()
    return len(before) - 1 if before and before[-1] in _OPENING else None


def _closing_after(text: str, opening: int) -> int | None:
    if opening >= len(text) or text[opening] not in _OPENING:
        return None
    for i in range(opening + 1, min(len(text), opening + _LONGEST)):
        if text[i] in _CLOSING[text[opening]]:
            return i + 1
    return None


def _right(text: str, noun_end: int, *, whole: bool) -> int:
    """Return where the name ends: at a verb, a date, a place, or punctuation that no name holds."""
    if whole:
        return _right_of_heading(text, noun_end)
    end = noun_end
    while (step := _step(text, end, noun_end)) is not None:
        end = step
    trimmed = _TRAILING.sub("", text[noun_end:end])
    return noun_end + len(trimmed)


def _right_of_heading(text: str, noun_end: int) -> int:
    opening = re.compile(r".{0,40}?(?=[“«])").match(text, noun_end)
    if opening and (end := _closing_after(text, opening.end())) is not None:
        return end
    cell = re.compile(r"\s*(?:\||$|\.\s*$|\.\s+(?=[A-Z][a-z]+ [A-Z]))").search(text, noun_end)
    end = cell.start() if cell else len(text)
    done = _DONE_IN_ROW.search(text, noun_end, end)
    return done.start() if done else end


def _step(text: str, end: int, noun_end: int) -> int | None:
    """Return where the next word of the name ends, None where the name is over."""
    acronym = _ACRONYM.match(text, end)
    if acronym:
        return acronym.end()
    match = _TOKEN.match(text, end)
    if match is None or end - noun_end > _LONGEST:
        return None
    if match[1] in _OPENING:
        return _closing_after(text, match.start(1)) if end > noun_end or text[end:].startswith(" ") else None
    if match[1] in {":", ","}:
        return match.end() if _holds(text, match) else None
    is_over = _is_verb(text, match) or not _goes_on(text, match, is_first=end == noun_end)
    return None if is_over else match.end()


def _holds(text: str, match: re.Match[str]) -> bool:
    """Tell whether a name goes on after its colon, or its comma between capitalised words."""
    after = text[match.end() :]
    if match[1] == ":":
        return re.match(r"\s+[\"“«]?[^\W\d_]", after) is not None and not _lists(after)
    return _LIST_OF_NAMES.match(text, match.start(1)) is not None and not _place_follows(text, match.end())


def _is_verb(text: str, match: re.Match[str]) -> bool:
    word = match[1]
    if word == "a" and re.match(r"\s+(?:\w+ée?s?|eu|été)\b", text[match.end() :]):
        return True
    return not re.match(r"\w", word) or re.fullmatch(_STOPS, word, re.IGNORECASE) is not None


def _lists(after: str) -> bool:
    return re.match(r"\s*\(?(?:i|a|1)\)", after) is not None


def _goes_on(text: str, match: re.Match[str], *, is_first: bool) -> bool:
    word, after = match[1], match.end()
    if not (_may_follow_noun(word) if is_first else _may_go_on(text, match)):
        return False
    if word in _AND:
        return not _ANOTHER_FOLLOWS.match(text, after)
    if re.fullmatch(_PREPOSITIONS, word, re.IGNORECASE):
        return not (_TIME_AFTER.match(text, after) or _PREPOSITIONAL.match(text, after) or _time_or_place(text, match))
    return True


def _may_follow_noun(word: str) -> bool:
    is_known = re.fullmatch(rf"{_PREPOSITIONS}|{_AFTER_NOUN}", word, re.IGNORECASE) is not None
    return word not in _ARTICLES and (is_known or word[0].isupper())


def _may_go_on(text: str, match: re.Match[str]) -> bool:
    word = match[1]
    if word == "to" or _WITH_SOMEONE.match(text, match.start(1)) or re.fullmatch(r"(?:19|20)\d\d", word):
        return False
    return not (word.isdigit() and find_dates(text[match.start() : match.end() + 20]))


def _time_or_place(text: str, match: re.Match[str]) -> bool:
    if match[1].casefold() not in _PLACE_PREPOSITIONS:
        return False
    dates = find_dates(text[match.end() : match.end() + 30])
    if dates and not text[match.end() : match.end() + dates[0].start].strip(" "):
        return True
    return match[1].casefold() in {"in", "at", "en", "em", "à", "a", "no", "na"} and _place_follows(
        text, match.start(1)
    )


def _place_follows(text: str, start: int) -> bool:
    piece = text[start : start + 45]
    return any(place.start <= len(piece.split(maxsplit=1)[0]) + 5 for place in places_of_meeting(piece)[:1])
