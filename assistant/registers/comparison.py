"""Two work programmes side by side: what became of each activity and figure, every cell with its places."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import fuzz

from assistant.registers.activities import Activity
from assistant.registers.figures import Figure
from assistant.registers.themes import theme_stems
from ingest.normalisation import fold
from ingest.registers.activity_entries import ActivityEntry, FigureEntry
from ingest.registers.continuity import Continuity, Translate, continuity
from ingest.registers.paragraphs import Cited

_SAME_PART = 60.0
_MOST_OF_A_LANGUAGE = 0.5
_ENOUGH_WORDS = 0.6

Cell = tuple[Cited, ...]


class Aspect(StrEnum):
    """What of an activity is compared."""

    TITLE = "title"
    OBJECTIVES = "objectives"
    EXPECTED_RESULTS = "expected_results"
    SCHEDULE = "schedule"
    PARTNERS = "partners"


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """An activity of the earlier programme beside the one of the later programme that takes it up.

    Args:
        continuity: what became of it.
        earlier: None for a new activity.
        later: None for a dropped one.
        similarity: from 0 to 1; 0 where one side is missing.
    """

    continuity: Continuity
    earlier: ActivityEntry | None
    later: ActivityEntry | None
    similarity: float

    def cells(self, aspect: Aspect) -> tuple[Cell | None, Cell | None]:
        """Return what the earlier and the later programme state of an aspect; None where one states nothing."""
        return _cell(self.earlier, aspect), _cell(self.later, aspect)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure of the earlier programme beside the same of the later one; None where one does not state it."""

    subject: str
    earlier: FigureEntry | None
    later: FigureEntry | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two programmes side by side.

    Args:
        earlier_year: of the first programme.
        later_year: of the second.
        rows: in the order of the earlier programme's codes, then the new activities.
        figures: what each programme counts of itself.
        documents: ids of the documents compared.
        is_across_languages: whether no language holds both, so that the alignment rests on a word list.
    """

    earlier_year: int
    later_year: int
    rows: tuple[ComparisonRow, ...]
    figures: tuple[FigureRow, ...]
    documents: tuple[str, ...]
    is_across_languages: bool

    def of(self, kind: Continuity) -> tuple[ComparisonRow, ...]:
        """Return the rows of one kind."""
        return tuple(row for row in self.rows if row.continuity is kind)

    def about(
        self,
        words: str,
        *,
        language: str,
        translate: Translate | None = None,
        ignored: frozenset[str] = frozenset(),
        least_share: float = _ENOUGH_WORDS,
    ) -> "Comparison":
        """Return only the rows in which a title, project or objectives hold most of the words, those of titles first.

        Args:
            words: a theme, in any of the four languages.
            language: of the words, ISO 639-1.
            translate: gives (text, its language) in English, for activities in another language than the words.
            ignored: stems that are no part of the theme.
            least_share: of the words that a row must hold.
        """
        theme = _Theme(words, language, translate, ignored, least_share)
        kept = [r for r in self.rows if any(theme.is_of(e) for e in (r.earlier, r.later) if e is not None)]
        kept.sort(key=lambda r: not any(theme.is_titled(e) for e in (r.earlier, r.later) if e is not None))
        return replace(self, rows=tuple(kept))

    def under(self, code: str) -> "Comparison":
        """Return only the rows of an area or project: "II" or "II.1", in either programme."""
        sides = ((row, [e.code for e in (row.earlier, row.later) if e is not None]) for row in self.rows)
        return replace(self, rows=tuple(row for row, codes in sides if any(c.startswith(f"{code}.") for c in codes)))


def compare_programmes(
    activities: Iterable[Activity],
    figures: Iterable[Figure],
    years: tuple[int, int],
    *,
    language: str | None = None,
    translate: Translate | None = None,
) -> Comparison:
    """Return two programmes side by side, in one language version where there is one of both.

    Args:
        activities: of all programmes held.
        figures: of all programmes held.
        years: of the earlier and the later programme.
        language: of the reader, preferred where both programmes are held in it as fully as in any.
        translate: as in `ingest.registers.continuity`.
    """
    held = list(activities)
    before, after = ([a for a in held if a.year == year] for year in years)
    chosen = _shared_language(before, after, language)
    earlier, later = ([a.version(chosen) for a in side] for side in (before, after))
    rows = tuple(
        ComparisonRow(a.continuity, a.earlier, a.later, a.similarity)
        for a in continuity(earlier, later, translate=translate)
    )
    documents = tuple(dict.fromkeys(entry.document_id for entry in (*earlier, *later)))
    languages = {entry.language for entry in (*earlier, *later)}
    compared = tuple(_figure_rows(list(figures), years, chosen))
    return Comparison(*years, rows, compared, documents, is_across_languages=len(languages) > 1)


def _shared_language(before: Sequence[Activity], after: Sequence[Activity], wanted: str | None) -> str | None:
    """Return the language that describes most of both programmes; None if none describes half of each."""
    shares = {
        language: min(_share(before, language), _share(after, language))
        for language in sorted({version.language for a in (*before, *after) for version in a.versions})
    }
    best = max(shares, key=lambda language: (shares[language], language == wanted), default=None)
    return best if best and shares[best] >= _MOST_OF_A_LANGUAGE else None


def _share(activities: Sequence[Activity], language: str) -> float:
    described = [a for a in activities if any(v.language == language and v.content for v in a.versions)]
    return len(described) / len(activities) if activities else 0.0


def _figure_rows(figures: Sequence[Figure], years: tuple[int, int], language: str | None) -> list[FigureRow]:
    before, after = ([f for f in figures if f.year == year] for year in years)
    rows: list[FigureRow] = []
    taken: set[int] = set()
    for figure in before:
        other = next((f for f in after if id(f) not in taken and _is_same(figure, f, language)), None)
        if other:
            taken.add(id(other))
        later = other.statement(language) if other else None
        rows.append(FigureRow(figure.subject, figure.statement(language), later))
    rows += [FigureRow(f.subject, None, f.statement(language)) for f in after if id(f) not in taken]
    return rows


def _is_same(one: Figure, other: Figure, language: str | None) -> bool:
    if (one.subject, one.unit) != (other.subject, other.unit):
        return False
    if not one.is_partial:
        return True
    mine, theirs = (fold(figure.statement(language).counted.words) for figure in (one, other))
    return fuzz.token_set_ratio(mine, theirs) >= _SAME_PART


def _cell(entry: ActivityEntry | None, aspect: Aspect) -> Cell | None:
    if entry is None:
        return None
    cells: dict[Aspect, Cell] = {
        Aspect.TITLE: (entry.title,),
        Aspect.OBJECTIVES: entry.objectives,
        Aspect.EXPECTED_RESULTS: entry.expected_results,
        Aspect.SCHEDULE: tuple(cited for row in entry.schedule for cited in (row.step, row.time)),
        Aspect.PARTNERS: tuple(partner.name for partner in entry.partners),
    }
    return cells[aspect] or None


class _Theme:
    """A theme beside activities in its own language, or in others by way of English."""

    def __init__(
        self, words: str, language: str, translate: Translate | None, ignored: frozenset[str], least_share: float
    ) -> None:
        self._least_share = least_share
        self._language = language
        self._translate = translate
        self._own = theme_stems(words) - ignored
        self._english = theme_stems(self._in_english(words, language)) - ignored

    def is_of(self, entry: ActivityEntry) -> bool:
        """Tell whether an activity's title, project or objectives hold most words of the theme."""
        spoken = (entry.title, *(branch.title for branch in entry.branches), *entry.objectives)
        return self._is_in(" ".join(cited.words for cited in spoken), entry)

    def is_titled(self, entry: ActivityEntry) -> bool:
        """Tell whether an activity's title alone does."""
        return self._is_in(entry.title.words, entry)

    def _is_in(self, words: str, entry: ActivityEntry) -> bool:
        if entry.language == self._language:
            return self._holds(theme_stems(words), self._own)
        return self._holds(theme_stems(self._in_english(words, entry.language)), self._english)

    def _in_english(self, words: str, language: str) -> str:
        return words if language == "en" or self._translate is None else self._translate(words, language)

    def _holds(self, held: Collection[str], wanted: Collection[str]) -> bool:
        return bool(wanted) and sum(word in held for word in wanted) >= self._least_share * len(wanted)
