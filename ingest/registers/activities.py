"""The register of activities: what each work programme plans, with the place of every value."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from ingest.documents import BlockKind, Document
from ingest.identifiers import Level, Precision, find_codes, find_dates
from ingest.normalisation import fold
from ingest.registers.activity_entries import ActivityEntry, Branch, ScheduleRow
from ingest.registers.entries import RegisterPlace
from ingest.registers.paragraphs import Cited, Paragraph, paragraphs_of
from ingest.registers.partners import partners_in
from ingest.registers.programmes import work_of, year_of_programme
from ingest.sentences import sentence_spans


class _Part(StrEnum):
    BACKGROUND = "background"
    OBJECTIVES = "objectives"
    RESULTS = "results"
    SCHEDULE = "schedule"
    BUDGET = "budget"


_LABELS = {
    _Part.BACKGROUND: r"background|antecedent\w*|justifi\w+|context\w*|contexte",
    _Part.OBJECTIVES: r"(?:main |specific )?(?:objectives?|objetivos?|objectifs?)",
    _Part.RESULTS: r"(?:expected )?(?:results?|outcomes?|outputs?)|resultados?(?: esperados?| previstos?)?"
    r"|resultats?(?: attendus?)?",
    _Part.SCHEDULE: r"(?:activities and |actividades y |atividades e |activites et )?"
    r"(?:schedule|timetable|timeline|calendar|cronograma|calendario|calendrier)",
    _Part.BUDGET: r"budget|presupuesto|orcamento",
}
_AND_MORE = r"(?: (?:and|y|e|et|de|of|des?|das?|do) [\w ]{1,40})?"
_LABEL = re.compile(
    r"^(?:(?:[a-h]|[ivx]{1,4}|\d)[.)] ?)?(?:"
    + "|".join(f"(?P<{part}>(?:{words}){_AND_MORE})" for part, words in _LABELS.items())
    + r") ?[:.]?$"
)
_LONGEST_LABEL = 60
_LONGEST_TITLE = 500
_PROGRAMME = re.compile(r"^\s*(?:programmes?|programas?)\s*:\s*(?=\S)", re.IGNORECASE)
_BETWEEN_CODE_AND_TITLE = " \t\n.:;|–—-"
_FOOTNOTE = re.compile(r"^\s*(?:\[?\^?\d{1,3}\]?|[*†¹²³⁴-⁹]+)\s+[^\W\d_]")
_CELL = re.compile(r"[^|]+")
_HEADER_OF_CODES = re.compile(r"^(?:activit\w*|actividad\w*|atividade\w*|codes?|codigos?)$")
_HEADER_OF_TIME = re.compile(
    r"\b(?:month|date|schedule|when|time|mes|fecha|cronograma|calendario|data|mois|calendrier|periode|periodo)s?\b"
)
_STATEMENT_END = re.compile(r"[.;!?…]['\"”»)]*$|[.;,]? (?:and|y|e|et)[,;]?$")
_FEWEST_WORDS = 6


@dataclass(slots=True)
class _Draft:
    """An activity while its paragraphs are being gathered."""

    code: str
    heading: Paragraph
    title: Cited
    branches: tuple[Branch, ...]
    parts: dict[_Part, list[Paragraph]] = field(default_factory=lambda: defaultdict(list))

    @property
    def body(self) -> list[Paragraph]:
        return sorted((p for part in self.parts.values() for p in part), key=lambda paragraph: paragraph.start)


def activities_of(document: Document) -> tuple[ActivityEntry, ...]:
    """Return the activities that `document` plans, in reading order.

    An activity is a heading with an activity's code and what follows it, or a row of a table whose first column holds
    codes. Of two entries with one code, one without any text (a list of contents) gives way to the other.
    """
    paragraphs = paragraphs_of(document)
    drafts = _gather(paragraphs)
    entries = [_entry(document, draft) for draft in drafts]
    known = {entry.code for entry in entries}
    entries += [entry for entry in _from_tables(document, paragraphs) if entry.code not in known]
    return tuple(_without_doubles(entries))


def _gather(paragraphs: Sequence[Paragraph]) -> list[_Draft]:
    drafts: list[_Draft] = []
    branches: tuple[Branch, ...] = ()
    part: _Part | None = None
    for i, paragraph in enumerate(paragraphs):
        branch = _branch(paragraph)
        opened = None if branch else _opened(paragraph, branches, paragraphs[i + 1 : i + 2])
        if branch:
            branches, part = _put(branches, branch), None
        elif opened:
            drafts.append(opened)
            part = _Part.BACKGROUND
        elif part and paragraph.kind is BlockKind.HEADING and _label(paragraph) is None:
            part = _goes_on(paragraph, part)
        elif part:
            part = _label(paragraph) or part
            if _label(paragraph) is None:
                drafts[-1].parts[part].append(paragraph)
    return drafts


def _branch(paragraph: Paragraph) -> Branch | None:
    """Return the area, programme or project that a heading opens."""
    if paragraph.kind is not BlockKind.HEADING:
        return None
    programme = _PROGRAMME.match(paragraph.text)
    if programme:
        return Branch(Level.PROGRAMME, None, paragraph.cite(programme.end()))
    found = next((code for code in find_codes(paragraph.text) if code.start == 0), None)
    if found is None or found.level not in (Level.AREA, Level.PROJECT) or not _is_named(paragraph, found.end):
        return None
    return Branch(found.level, found.code, paragraph.cite(_title_start(paragraph.text, found.end)))


def _is_named(paragraph: Paragraph, end: int) -> bool:
    """Tell a heading that begins with the word "project" from one that is a bare number, which is no branch."""
    return paragraph.text[:1].isalpha() and find_codes(paragraph.text)[0].end == end and not paragraph.text[0].isdigit()


def _put(branches: tuple[Branch, ...], branch: Branch) -> tuple[Branch, ...]:
    order = [Level.AREA, Level.PROGRAMME, Level.PROJECT]
    above = (b for b in branches if order.index(b.level) < order.index(branch.level))
    return (*above, branch)


def _opened(paragraph: Paragraph, branches: tuple[Branch, ...], following: Sequence[Paragraph]) -> _Draft | None:
    """Return the activity that a paragraph is the heading of."""
    is_heading = paragraph.kind is BlockKind.HEADING
    if not is_heading and not (paragraph.kind is BlockKind.PARAGRAPH and any(map(_label, following))):
        return None
    found = next((code for code in find_codes(paragraph.text) if code.start == 0), None)
    if found is None or found.level is not Level.ACTIVITY or len(paragraph.text) > _LONGEST_TITLE:
        return None
    title = paragraph.cite(_title_start(paragraph.text, found.end))
    return _Draft(found.code, paragraph, title, branches) if title.words else None


def _title_start(text: str, start: int) -> int:
    return start + len(text[start:]) - len(text[start:].lstrip(_BETWEEN_CODE_AND_TITLE))


def _label(paragraph: Paragraph) -> _Part | None:
    """Return the part that a paragraph is the label of: "B. Objectives"."""
    if len(paragraph.text) > _LONGEST_LABEL or paragraph.kind is BlockKind.TABLE_ROW:
        return None
    match = _LABEL.match(fold(paragraph.text).strip())
    return _Part(match.lastgroup) if match and match.lastgroup else None


def _goes_on(heading: Paragraph, part: _Part) -> _Part | None:
    """Keep the part under a heading within an activity; a heading in capitals or of the document's level ends it."""
    depth = [s.level for s in heading.document.sections if s.start == heading.start]
    opened = [s for s in heading.document.sections if s.start < heading.start < s.end]
    inside = any(find_codes(s.path[-1])[:1] for s in opened)
    return part if depth and inside else None


def _entry(document: Document, draft: _Draft) -> ActivityEntry:
    end = max([draft.heading.end, *(paragraph.end for paragraph in draft.body)])
    where = document.place(draft.heading.start)
    return ActivityEntry(
        document_id=document.id,
        work=work_of(document),
        language=document.metadata.language,
        year=year_of_programme(document),
        code=draft.code,
        title=draft.title,
        branches=draft.branches,
        objectives=tuple(_items(draft.parts[_Part.OBJECTIVES])),
        expected_results=tuple(_items(draft.parts[_Part.RESULTS])),
        schedule=tuple(_schedule(draft, year_of_programme(document))),
        partners=partners_in(draft.body),
        place=RegisterPlace(document.id, draft.heading.start, end, where.page, where.page_label),
        content=" ".join(" ".join(paragraph.text.split()) for paragraph in draft.body),
    )


def _items(paragraphs: Sequence[Paragraph]) -> Iterator[Cited]:
    """Yield the items of a list and the statements before it, or every paragraph where there is no list.

    Captions ("Specific objectives"), words that only announce the list, footnotes and what comes after the list are
    none of its items.
    """
    listed = [i for i, paragraph in enumerate(paragraphs) if paragraph.kind is BlockKind.LIST_ITEM]
    for i, paragraph in enumerate(paragraphs):
        is_item = paragraph.kind is BlockKind.LIST_ITEM
        if is_item or (_is_statement(paragraph) and (not listed or i < listed[0])):
            yield paragraph.cite()


def _is_statement(paragraph: Paragraph) -> bool:
    text = " ".join(paragraph.text.split())
    if paragraph.kind is not BlockKind.PARAGRAPH or _FOOTNOTE.match(text) or text.endswith(":"):
        return False
    return _STATEMENT_END.search(text) is not None or len(text.split()) >= _FEWEST_WORDS


def _schedule(draft: _Draft, year: int | None) -> Iterator[ScheduleRow]:
    rows = [(p, _cells(p)) for p in draft.parts[_Part.SCHEDULE] if p.kind is BlockKind.TABLE_ROW]
    header = fold(rows[0][1][0].words) if rows and rows[0][1] else None
    for i, (_, cells) in enumerate(rows):
        if len(cells) > 1 and not (i == 0 and _HEADER_OF_TIME.search(fold(cells[-1].words))):
            is_repeated = fold(cells[0].words) == header and _HEADER_OF_TIME.search(fold(cells[-1].words))
            if not is_repeated:
                yield ScheduleRow(cells[0], cells[-1])
    if year is not None:
        yield from _schedule_in_prose(draft.body, year)


def _cells(row: Paragraph) -> list[Cited]:
    return [row.cite(*cell.span()) for cell in _CELL.finditer(row.text) if cell.group().strip()]


def _schedule_in_prose(body: Iterable[Paragraph], year: int) -> Iterator[ScheduleRow]:
    """Yield the sentences that name a time within the programme's year, with that time."""
    for paragraph in body:
        if paragraph.kind is BlockKind.TABLE_ROW:
            continue
        for start, end in sentence_spans(paragraph.text):
            for found in find_dates(paragraph.text[start:end], with_years=False):
                if found.range.year == year and found.range.precision is not Precision.YEAR:
                    time = paragraph.cite(start + found.start, start + found.end)
                    yield ScheduleRow(paragraph.cite(start, end), time)


def _from_tables(document: Document, paragraphs: Sequence[Paragraph]) -> Iterator[ActivityEntry]:
    """Yield an entry for each row of a table whose first column is headed "Activity" and holds codes."""
    header: list[str] | None = None
    for i, paragraph in enumerate(paragraphs):
        if paragraph.kind is not BlockKind.TABLE_ROW:
            header = None
            continue
        cells = _cells(paragraph)
        if i == 0 or paragraphs[i - 1].kind is not BlockKind.TABLE_ROW:
            header = [fold(cell.words) for cell in cells]
        elif header and len(cells) > 1 and _HEADER_OF_CODES.match(header[0]):
            yield from _row_entry(document, paragraph, cells, header)


def _row_entry(
    document: Document, row: Paragraph, cells: Sequence[Cited], header: Sequence[str]
) -> Iterator[ActivityEntry]:
    found = find_codes(cells[0].words)
    if len(found) != 1 or found[0].level is not Level.ACTIVITY or found[0].end < len(cells[0].words.rstrip(".")):
        return
    times = [cell for cell, name in zip(cells[2:], header[2:], strict=False) if _HEADER_OF_TIME.search(name)]
    where = document.place(row.start)
    yield ActivityEntry(
        document_id=document.id,
        work=work_of(document),
        language=document.metadata.language,
        year=year_of_programme(document),
        code=found[0].code,
        title=cells[1],
        branches=(),
        objectives=(),
        expected_results=(),
        schedule=tuple(ScheduleRow(cells[1], time) for time in times),
        partners=(),
        place=RegisterPlace(document.id, row.start, row.end, where.page, where.page_label),
        content="",
    )


def _without_doubles(entries: Sequence[ActivityEntry]) -> Iterator[ActivityEntry]:
    """Yield the entries, those left out that say nothing and whose code another entry has."""
    by_code: dict[str, list[ActivityEntry]] = defaultdict(list)
    for entry in entries:
        by_code[entry.code].append(entry)
    for entry in entries:
        others = [other for other in by_code[entry.code] if other is not entry]
        if entry.content or not any(other.content for other in others):
            yield entry
