"""Work programmes as values: the tree from area to activity, and two years side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.registers import Activity, Aspect, Comparison, ComparisonRow, FigureRow
from assistant.registers.activities import code_order
from ingest.identifiers import Level
from ingest.normalisation import fold
from ingest.registers.activity_entries import ActivityEntry, FigureEntry
from ingest.registers.continuity import Continuity
from ingest.registers.entries import RegisterPlace
from ingest.registers.paragraphs import Cited
from ui.page.addresses import PROGRAMMES, address
from ui.page.entry_parts import document_piece
from ui.page.library import Library
from ui.page.tables import Cell, Column, Piece, Table, plain_cell, text_cell

DETAILS = (Aspect.OBJECTIVES, Aspect.EXPECTED_RESULTS, Aspect.SCHEDULE, Aspect.PARTNERS)
_MARK_ORDER = {kind: float(order) for order, kind in enumerate(Continuity)}


@dataclass(frozen=True, slots=True)
class ActivityView:
    """An activity as the tree shows it.

    Args:
        code: its code.
        title: leading to its heading.
        objectives: each leading to its place.
        results: each leading to its place.
        partners: each leading to its place.
        schedule: its steps and when they are planned; no rows where none are.
        documents: every document that describes it.
    """

    code: str
    title: Piece
    objectives: tuple[Piece, ...]
    results: tuple[Piece, ...]
    partners: tuple[Piece, ...]
    schedule: Table
    documents: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class BranchView:
    """An area, programme or project.

    Args:
        level: which of the three.
        code: its code, "" where it has none.
        title: leading to its heading.
        branches: below it.
        activities: directly below it.
    """

    level: Level
    code: str
    title: Piece
    branches: tuple["BranchView", ...]
    activities: tuple[ActivityView, ...]

    @property
    def size(self) -> int:
        """How many activities it holds at any depth."""
        return len(self.activities) + sum(branch.size for branch in self.branches)


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """A whole programme: its areas, and the activities whose documents name no area."""

    branches: tuple[BranchView, ...]
    activities: tuple[ActivityView, ...]


def programme_tree(activities: Iterable[Activity], library: Library) -> ProgrammeView:
    """Return the areas of one programme with all below them, in the order of the codes."""
    described = [(activity, activity.version(library.language)) for activity in activities]
    loose = tuple(_activity(activity, version, library) for activity, version in described if not version.branches)
    return ProgrammeView(_branches(described, 0, library), loose)


def activities_matching(activities: Iterable[Activity], text: str) -> tuple[Activity, ...]:
    """Return the activities that hold every word of a search in any of their versions."""
    wanted = fold(text).split()
    return tuple(activity for activity in activities if any(_holds(version, wanted) for version in activity.versions))


def comparison_table(comparison: Comparison, aspect: Aspect, library: Library) -> Table:
    """Return two programmes side by side: what became of each activity, every cell leading to its place.

    Args:
        comparison: of the two.
        aspect: what is shown of each activity below its title.
        library: of the documents.
    """
    say = library.say
    years = (comparison.earlier_year, comparison.later_year)
    columns = (
        Column("mark", say("programmes.mark"), is_head=True),
        *(Column(name, str(year)) for name, year in zip(("earlier", "later"), years, strict=True)),
    )
    rows = tuple(_comparison_row(row, aspect, years, library) for row in comparison.rows)
    return Table(say("programmes.compared", earlier=years[0], later=years[1]), columns, rows)


def of_marks(table: Table, comparison: Comparison, marks: Sequence[Continuity]) -> Table:
    """Return the rows of a comparison that have one of some marks, all of them if none is named."""
    kept = tuple(
        cells for cells, row in zip(table.rows, comparison.rows, strict=True) if not marks or row.continuity in marks
    )
    return Table(table.caption, table.columns, kept)


def figures_table(comparison: Comparison, library: Library) -> Table:
    """Return what both programmes count of themselves."""
    say = library.say
    columns = (
        Column("subject", say("programmes.figure"), is_sortable=False, is_head=True),
        Column("earlier", str(comparison.earlier_year), is_sortable=False, is_number=True),
        Column("later", str(comparison.later_year), is_sortable=False, is_number=True),
    )
    rows = tuple(_figure_row(row, library) for row in comparison.figures)
    return Table(say("programmes.figures"), columns, rows)


def activity_address(code: str, year: int | None) -> str:
    """Return the address of an activity in the tree of its programme."""
    return address(PROGRAMMES, year=year, activity=code)


def cited_piece(cited: Cited, library: Library) -> Piece:
    """Return words of a document that lead to all of them, from their first place to their last."""
    first, last = cited.places[0], cited.places[-1]
    whole = RegisterPlace(first.document_id, first.start, last.end, first.page, first.page_label)
    return library.piece(cited.words, whole)


def _branches(
    described: Sequence[tuple[Activity, ActivityEntry]], depth: int, library: Library
) -> tuple[BranchView, ...]:
    groups: dict[tuple[str, str], list[tuple[Activity, ActivityEntry]]] = {}
    for activity, version in described:
        if depth < len(version.branches):
            branch = version.branches[depth]
            groups.setdefault((branch.level.value, branch.code or fold(branch.title.words)), []).append(
                (activity, version)
            )
    return tuple(_branch(group, depth, library) for group in groups.values())


def _branch(described: Sequence[tuple[Activity, ActivityEntry]], depth: int, library: Library) -> BranchView:
    branch = described[0][1].branches[depth]
    return BranchView(
        level=branch.level,
        code=branch.code or "",
        title=cited_piece(branch.title, library),
        branches=_branches(described, depth + 1, library),
        activities=tuple(
            _activity(activity, version, library)
            for activity, version in described
            if len(version.branches) == depth + 1
        ),
    )


def _activity(activity: Activity, version: ActivityEntry, library: Library) -> ActivityView:
    return ActivityView(
        code=activity.code,
        title=cited_piece(version.title, library),
        objectives=tuple(cited_piece(each, library) for each in version.objectives),
        results=tuple(cited_piece(each, library) for each in version.expected_results),
        partners=tuple(cited_piece(partner.name, library) for partner in version.partners),
        schedule=_schedule(activity.code, version, library),
        documents=tuple(document_piece(each.document_id, library) for each in activity.versions),
    )


def _schedule(code: str, version: ActivityEntry, library: Library) -> Table:
    columns = (
        Column("step", library.say("programmes.step"), is_sortable=False),
        Column("time", library.say("programmes.time"), is_sortable=False),
    )
    rows = tuple(
        (text_cell([cited_piece(row.step, library)]), text_cell([cited_piece(row.time, library)]))
        for row in version.schedule
    )
    return Table(library.say("programmes.schedule_of", code=code), columns, rows)


def _holds(version: ActivityEntry, wanted: Sequence[str]) -> bool:
    spoken = (version.code, version.title.words, *(branch.title.words for branch in version.branches), version.content)
    held = fold(" ".join(spoken))
    return all(word in held for word in wanted)


def _comparison_row(row: ComparisonRow, aspect: Aspect, years: tuple[int, int], library: Library) -> tuple[Cell, ...]:
    mark = library.say(f"programmes.{row.continuity.value}")
    told = row.cells(aspect) if aspect is not Aspect.TITLE else (None, None)
    sides = zip((row.earlier, row.later), told, years, strict=True)
    return (
        Cell((Piece(mark),), (_MARK_ORDER[row.continuity], ""), mark=row.continuity.value),
        *(_side(entry, cited or (), year, library) for entry, cited, year in sides),
    )


def _side(entry: ActivityEntry | None, cited: Iterable[Cited], year: int, library: Library) -> Cell:
    if entry is None:
        return Cell((Piece(library.say("programmes.not_in", year=year)),))
    open_it = Piece(entry.code, address=activity_address(entry.code, entry.year))
    pieces = (open_it, cited_piece(entry.title, library), *(cited_piece(each, library) for each in cited))
    return Cell(pieces, (0.0, _code_key(entry.code)))


def _code_key(code: str) -> str:
    return ".".join(f"{part:04}" for part in code_order(code))


def _figure_row(row: FigureRow, library: Library) -> tuple[Cell, ...]:
    stated = row.earlier or row.later
    is_part = row.subject.startswith("some ")
    words = stated.counted.words if stated and is_part else row.subject
    return (plain_cell(words), _figure_cell(row.earlier, library), _figure_cell(row.later, library))


def _figure_cell(figure: FigureEntry | None, library: Library) -> Cell:
    if figure is None:
        return Cell((Piece("–"),))
    whole = cited_piece(figure.sentence, library)
    shown = f"{figure.value} %" if figure.unit == "percent" else figure.value
    return Cell((Piece(shown, whole.place, hint=whole.hint),), (float(figure.value), ""))
