"""Whether two sentences of different documents make the same statement about the same thing, but for a value."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.reading.reader import ReadUnit
from assistant.reading.units import Unit
from assistant.reading.values import Value
from ingest.documents import BlockKind
from ingest.identifiers import find_codes, find_dates, find_decisions, find_ordinals, find_symbols, find_years
from ingest.languages import STOPWORDS, stem
from ingest.normalisation import fold

SHARED = 0.6  # of the words of two sentences
_FEWEST_SHARED = 2
_INTERROGATIVE = re.compile(r"(?:qu|cu)ant[oa]?s?|combien|many|much|donde|onde|where|when|quand[o]?|cuando")
_APPOSITION = re.compile(r"^,[^,;.]{3,80},")
_KINDS_OF_DOCUMENT = (
    "report note draft final minutes document informe nota borrador acta documento relatorio minuta ata rapport"
    " projet compte rendu"
)
_NARROWING = re.compile(
    r"(?<!\w)(?:part|share|portion|stages?|phases?|half|initial\w*|total\w*|overall|altogether|additional\w*|further"
    r"|other|remaining|annual\w*|yearly|monthly|per|each|average|estimated?|planned|expected|projected|budgeted"
    r"|about|around|nearly|almost|approximately|over|than|least|most|only|up|will|shall|would|should|not|no|parte"
    r"|porcion|parcela|etapas?|fases?|mitad|metade|inicial\w*|adicional\w*|otr[oa]s?|outr[oa]s?|restantes?|anual\w*"
    r"|mensual\w*|mensal\w*|por (?:ano|mes|dia|pessoa|persona|pais)|cada|promedio|media|estimad\w*|previst\w*"
    r"|proyectad\w*|presupuestad\w*|orcad\w*|cerca|casi|quase|aproximad\w*|unos|unas|mas|mais|menos|solo|sera|seran"
    r"|serao|tendra|tera|nao|partie|etapes?|moitie|supplementaires?|autres?|annuel\w*|mensuel\w*"
    r"|par (?:an|mois|jour|personne|pays)|chaque|moyenne|estime\w*|prevu\w*|environ|presque|pres|plus|moins"
    r"|seulement|aura|auront|seront|pas)(?!\w)"
)  # words by which one sentence speaks of less, or less surely, than another that lacks them


@dataclass(frozen=True, slots=True)
class Stated:
    """A sentence with the values taken out that are compared.

    Args:
        read: the sentence as it was read.
        words: what it says besides.
        stems: of the content words of that.
        around: stems of its title, headings and lead-in.
    """

    read: ReadUnit
    words: str
    stems: frozenset[str]
    around: frozenset[str]

    @property
    def unit(self) -> Unit:
        """The sentence."""
        return self.read.unit


def stated(read: ReadUnit, values: Sequence[Value]) -> Stated:
    """Return a sentence without the values in it, nor what it says of a person between commas."""
    unit, words = read.unit, read.unit.text
    for value in reversed(values):
        rest = words[value.end :]
        words = f"{words[: value.start]} {_APPOSITION.sub(' ', rest) if isinstance(value.meaning, str) else rest}"
    language = unit.passage.language
    return Stated(read, words, _content(words, language), _content(unit.context, language))


def are_comparable(one: Unit, other: Unit) -> bool:
    """Tell whether two units are sentences in one language, of two documents, with words in common.

    Language versions of one work are not held against each other, nor are rows of tables.
    """
    language = one.passage.language
    return (
        one.document_id != other.document_id
        and language == other.passage.language
        and BlockKind.TABLE_ROW not in (one.kind, other.kind)
        and len(_content(one.text, language) & _content(other.text, language)) >= _FEWEST_SHARED
    )


def same_but_for_values(one: Stated, other: Stated, *, is_of_event: bool) -> bool:
    """Tell whether two comparable sentences say the same of the same thing, but for the values taken out of them.

    Args:
        one: a sentence.
        other: one comparable to it.
        is_of_event: whether the values are when, where or by whom, which a date in one sentence does not narrow.
    """
    return (
        _shares_words(one, other, is_of_event=is_of_event)
        and _is_of_one_subject(one, other)
        and _is_one_of_a_kind(one.unit, other.unit)
    )


def _is_one_of_a_kind(one: Unit, other: Unit) -> bool:
    """Tell whether the years and identifiers of two units agree, in the text and around it, or are absent."""
    for mine, theirs in zip(_marks(one), _marks(other), strict=True):
        if any(m and t and m != t for m, t in zip(mine, theirs, strict=True)):
            return False
        here, there = frozenset().union(*mine), frozenset().union(*theirs)
        if here and there and not here & there:
            return False
    return True


def _marks(unit: Unit) -> tuple[tuple[frozenset[object], frozenset[object]], ...]:
    """Return years, decisions, codes, ordinals and symbols: those in the text, those in title and headings."""
    around = ". ".join((unit.title, *unit.passage.path))
    return tuple(zip(_families(unit.text), _families(around), strict=True))


def _families(text: str) -> tuple[frozenset[object], ...]:
    return (
        frozenset(find_years(text)),
        frozenset(d.number for d in find_decisions(text)),
        frozenset(c.code for c in find_codes(text)),
        frozenset(o.number for o in find_ordinals(text)),
        frozenset(s.normal for s in find_symbols(text)),
    )


def _shares_words(one: Stated, other: Stated, *, is_of_event: bool) -> bool:
    """Tell whether two sentences have most words in common, and at most one of them says more, without narrowing."""
    shared = one.stems & other.stems
    mine, theirs = _own(one, other, is_of_event=is_of_event), _own(other, one, is_of_event=is_of_event)
    if (mine and theirs) or len(shared) < _FEWEST_SHARED:
        return False
    enough = len(shared) >= SHARED * len(shared | mine | theirs)
    return enough and _narrowings(one) == _narrowings(other) and not (_names(one, mine) or _names(other, theirs))


def _own(one: Stated, other: Stated, *, is_of_event: bool) -> frozenset[str]:
    """Return the words that one sentence has and neither the other nor what stands around that."""
    dated = _content(_dates(one.words), one.unit.passage.language) if is_of_event else frozenset()
    return one.stems - other.stems - other.around - dated


def _dates(words: str) -> str:
    return " ".join(words[d.start : d.end] for d in find_dates(words))


def _narrowings(statement: Stated) -> frozenset[str]:
    return frozenset(_NARROWING.findall(fold(statement.words)))


def _names(statement: Stated, stems: Iterable[str]) -> bool:
    """Tell whether one of the stems is of a name or figure: of another country or year, other values are no wonder."""
    large = " ".join(re.findall(r"(?<=[\w,;] )[A-ZÀ-Ý][\w'’-]+|\w*\d\S*", statement.words))
    return not _content(large, statement.unit.passage.language).isdisjoint(stems)


def _is_of_one_subject(one: Stated, other: Stated) -> bool:
    """Tell whether both hold the same words of the question, and what a heading adds to one holds for the other."""
    asked = {t for t in (*one.read.held, *other.read.held) if not _INTERROGATIVE.match(t)}
    said = {t for t in asked if t in one.stems or t in other.stems}
    if not all(said <= s.stems | s.around for s in (one, other)):
        return False
    return _lends(one, other, asked) and _lends(other, one, asked)


def _lends(one: Stated, other: Stated, asked: set[str]) -> bool:
    """Tell whether the title or headings that lend a sentence its subject speak of nothing foreign to the other."""
    borrowed = {t for t in asked if t in one.around and t not in one.stems}
    language = one.unit.passage.language
    ignored = _content(_KINDS_OF_DOCUMENT, language)
    places = (_content(place, language) - ignored for place in (one.unit.title, *one.unit.passage.path[-2:]))
    known = other.stems | other.around
    return all(place <= known for place in places if place & borrowed)


@lru_cache(maxsize=4096)
def _content(text: str, language: str) -> frozenset[str]:
    ignored = STOPWORDS[language]
    words = (w for w in re.split(r"[\s'’]+", text) if w.casefold().strip('?¿.,;:()“”"') not in ignored)
    return frozenset(stem(" ".join(words), language))
