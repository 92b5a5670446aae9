"""Register views as HTML: real tables, lists and links that a screen reader can read; every word is escaped."""

from collections.abc import Callable, Iterable, Sequence

from ui.page.addresses import source_address
from ui.page.entry_parts import Moment, Saying
from ui.page.library import Say
from ui.page.marks import MARKS
from ui.page.meeting_tables import PointsOfDocument
from ui.page.plain import as_html
from ui.page.programme_tables import ActivityView, BranchView, ProgrammeView
from ui.page.tables import DESCENDING, Cell, Column, Piece, Table

SortAddress = Callable[[str], str]


def table_html(table: Table, *, sorting: str = "", sort_address: SortAddress | None = None) -> str:
    """Return a table.

    Args:
        table: its rows, already sorted.
        sorting: the column it is sorted by, as in `Table.sorted_by`.
        sort_address: gives the address that sorts by a column; None where headings sort nothing.
    """
    heads = "".join(_head(column, sorting, sort_address) for column in table.columns)
    rows = "".join(_row(table.columns, cells) for cells in table.rows)
    caption = as_html(table.caption)
    return (
        f'<div class="register-table" role="region" aria-label="{caption}" tabindex="0"><table role="table">'
        f'<caption>{caption}</caption><thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table></div>'
    )


def sayings_html(sayings: Iterable[Saying]) -> str:
    """Return what each document says, one document after the other."""
    return "".join(
        f'<section class="register-saying"><h3>{piece_html(saying.title)}</h3>'
        f'<p class="register-facts">{as_html(saying.facts)}</p>'
        f"{''.join(_quotation(piece) for piece in saying.quotations)}</section>"
        for saying in sayings
    )


def timeline_html(moments: Iterable[Moment], say: Say) -> str:
    """Return where an entry is mentioned, as a list of years with lists of documents."""
    items = "".join(
        f'<li><span class="register-year">{as_html(moment.year or say("register.undated"))}</span><ul>'
        + "".join(
            f"<li>{piece_html(document)} <span class='register-facts'>{_joined(places, ', ')}</span></li>"
            for document, places in moment.documents
        )
        + "</ul></li>"
        for moment in moments
    )
    return f'<ol class="register-timeline">{items}</ol>'


def points_html(documents: Iterable[PointsOfDocument]) -> str:
    """Return conclusions or recommendations by the document that reports them."""
    return "".join(
        f"<h3>{piece_html(reported.document)}</h3>" + "".join(_quotation(piece) for piece in reported.points)
        for reported in documents
    )


def pieces_html(pieces: Sequence[Piece]) -> str:
    """Return words as a list, or as they are if there is only one run of them."""
    if len(pieces) == 1:
        return f"<p>{piece_html(pieces[0])}</p>"
    return "<ul>" + "".join(f"<li>{piece_html(piece)}</li>" for piece in pieces) + "</ul>"


def programme_html(programme: ProgrammeView, say: Say, *, opened: str = "") -> str:
    """Return the tree of a programme; branches fold.

    Args:
        programme: its areas and activities.
        say: gives words of the interface.
        opened: code of the activity that is open from the beginning, with all above it; "*" for all of them.
    """
    loose = "".join(_activity(activity, say, opened) for activity in programme.activities)
    return "".join(_branch(branch, say, opened) for branch in programme.branches) + loose


def piece_html(piece: Piece) -> str:
    """Return words, as a link where they lead somewhere."""
    words, lang = as_html(piece.words), f' lang="{as_html(piece.language)}"' if piece.language else ""
    target = piece_address(piece)
    if target:
        hint = f' title="{as_html(piece.hint)}"' if piece.hint else ""
        return f'<a href="{as_html(target)}" target="_self"{hint}{lang}>{words}</a>'
    return f"<span{lang}>{words}</span>" if lang else words


def piece_address(piece: Piece) -> str:
    """Return where words lead, "" if nowhere."""
    if piece.place is not None:
        return source_address(piece.place.document_id, piece.place.start, piece.place.end)
    return piece.address


def _head(column: Column, sorting: str, sort_address: SortAddress | None) -> str:
    kind = ' class="number"' if column.is_number else ""
    title = as_html(column.title)
    if not column.is_sortable or sort_address is None:
        return f'<th scope="col" role="columnheader"{kind}>{title}</th>'
    is_up, is_down = sorting == column.key, sorting == DESCENDING + column.key
    state = "ascending" if is_up else "descending" if is_down else "none"
    arrow = "▲" if is_up else "▼" if is_down else "↕"
    target = as_html(sort_address(DESCENDING + column.key if is_up else column.key))
    return (
        f'<th scope="col" role="columnheader" aria-sort="{state}"{kind}><a href="{target}" target="_self">{title}'
        f'<span class="register-arrow" aria-hidden="true">{arrow}</span></a></th>'
    )


def _row(columns: Sequence[Column], cells: Sequence[Cell]) -> str:
    return '<tr role="row">' + "".join(_cell(*pair) for pair in zip(columns, cells, strict=True)) + "</tr>"


def _cell(column: Column, cell: Cell) -> str:
    tag, role = ('th scope="row"', "rowheader") if column.is_head else ("td", "cell")
    kind = "number" if column.is_number and cell.pieces else _kind_of(column, cell)
    content = _joined(cell.pieces, cell.separator) or '<span aria-hidden="true">–</span>'
    style = f' class="{kind}"' if kind else ""
    start = f'<{tag} role="{role}" data-label="{as_html(column.title)}"{style}>'
    return f"{start}<div>{_mark(cell.mark)}{content}</div></{tag.split()[0]}>"


def _kind_of(column: Column, cell: Cell) -> str:
    if not cell.pieces:
        return "empty number" if column.is_number else "empty"
    if column.is_code:
        return "code"
    return "marked" if cell.mark and len(cell.pieces) == 1 else ""


def _mark(mark: str) -> str:
    if not mark:
        return ""
    return f'<span class="register-mark {as_html(mark)}" aria-hidden="true">{as_html(MARKS[mark])}</span> '


def _joined(pieces: Sequence[Piece], separator: str) -> str:
    if separator or len(pieces) < 2:
        return as_html(separator).join(piece_html(piece) for piece in pieces)
    return '<ul class="plain">' + "".join(f"<li>{piece_html(piece)}</li>" for piece in pieces) + "</ul>"


def _quotation(piece: Piece) -> str:
    lang = f' lang="{as_html(piece.language)}"' if piece.language else ""
    place = f'<cite><a href="{as_html(piece_address(piece))}" target="_self">{as_html(piece.hint)}</a></cite>'
    return f'<blockquote class="register-quotation"><p{lang}>{as_html(piece.words)}</p>{place}</blockquote>'


def _branch(branch: BranchView, say: Say, opened: str) -> str:
    is_open = " open" if opened == "*" or (opened and _holds(branch, opened)) else ""
    level = as_html(say(f"programmes.{branch.level.value}"))
    label = f"{level} {as_html(branch.code)}".strip()
    lang = f' lang="{as_html(branch.title.language)}"' if branch.title.language else ""
    inner = "".join(_branch(below, say, opened) for below in branch.branches) + "".join(
        _activity(activity, say, opened) for activity in branch.activities
    )
    title = f'<span class="register-level">{label}</span> <span{lang}>{as_html(branch.title.words)}</span>'
    return (
        f'<details class="register-branch {branch.level.value}"{is_open}>'
        f'<summary>{title} <span class="register-facts">({branch.size})</span></summary>'
        f'<div class="register-inner">{_source_link(branch.title)}{inner}</div></details>'
    )


def _activity(activity: ActivityView, say: Say, opened: str) -> str:
    is_open = " open" if opened in {"*", activity.code} else ""
    lang = f' lang="{as_html(activity.title.language)}"' if activity.title.language else ""
    parts = "".join(
        f"<h2>{as_html(say(f'programmes.{name}'))}</h2>{pieces_html(pieces)}"
        for name, pieces in (
            ("objectives", activity.objectives),
            ("expected_results", activity.results),
            ("partners", activity.partners),
        )
        if pieces
    )
    schedule = table_html(activity.schedule) if activity.schedule.rows else ""
    described = f"<h2>{as_html(say('programmes.described_in'))}</h2>{pieces_html(activity.documents)}"
    return (
        f'<details class="register-activity"{is_open}><summary><span class="register-level">{as_html(activity.code)}'
        f'</span> <span{lang}>{as_html(activity.title.words)}</span></summary><div class="register-inner">'
        f"{_source_link(activity.title)}{schedule}{parts}{described}</div></details>"
    )


def _source_link(piece: Piece) -> str:
    target = as_html(piece_address(piece))
    return f'<p class="register-source"><a href="{target}" target="_self">{as_html(piece.hint)}</a></p>'


def _holds(branch: BranchView, code: str) -> bool:
    return any(activity.code == code for activity in branch.activities) or any(_holds(b, code) for b in branch.branches)
