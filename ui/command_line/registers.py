"""`sela decisions`, `sela meetings`, `sela activities` and `sela compare`: the registers as tables or JSON."""

from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer  # noqa: TID251

from ui.command_line.options import Data, Json
from ui.command_line.output import ink_of_output, print_json, print_table

if TYPE_CHECKING:
    from assistant.registers import Activity, Comparison, ComparisonRow, FigureRow, Registers
    from ingest.catalogue import Catalogue
    from ingest.registers.activity_entries import FigureEntry
    from ingest.registers.entries import DecisionEntry, RegisterPlace
    from ingest.registers.meeting_entries import MeetingEntry
    from ingest.registers.paragraphs import Cited

_TAKES_NEGATIVE_NUMBERS = {"ignore_unknown_options": True}

OneYear = Annotated[int | None, typer.Option("--year", help="Only of this year.")]
Row = tuple[str, ...]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("decisions", context_settings=_TAKES_NEGATIVE_NUMBERS)(decisions)
    app.command("meetings")(meetings)
    app.command("activities")(activities)
    app.command("compare", context_settings=_TAKES_NEGATIVE_NUMBERS)(compare)


def decisions(
    number: Annotated[str | None, typer.Argument(help="A decision: 440. All of them if not given.")] = None,
    *,
    data: Data = None,
    json: Json = False,
) -> int:
    """List the decisions on record, or show all that is said of one."""
    registers, catalogue = _open(data)
    if number is None:
        _print_list(
            ("NUMBER", "BODY", "SESSION", "DATES", "MENTIONS", "TEXT HELD", "TITLE"),
            [_decision_row(entry) for entry in registers.decisions],
            [_decision_json(entry, catalogue) for entry in registers.decisions] if json else None,
        )
        return 0
    entries = _decisions_numbered(number, registers)
    if json:
        print_json([_decision_json(entry, catalogue) for entry in entries])
    else:
        print("\n\n".join(_decision_text(entry, catalogue) for entry in entries))
    return 0


def meetings(
    *,
    text: Annotated[str, typer.Option("--text", help="Words of its name, place or theme.")] = "",
    year: OneYear = None,
    data: Data = None,
    json: Json = False,
) -> int:
    """List the meetings that the documents plan or report."""
    from ingest.registers.meeting_register import meetings_matching

    registers, catalogue = _open(data)
    found = meetings_matching(registers.meetings, text, year=year)
    if not found:
        years = sorted({known for entry in registers.meetings for known in entry.years})
        raise _not_found(f"No meeting {_asked(text, year)} is on record.", f"Years on record: {_listed(years)}.")
    _print_list(
        ("DATES", "PLACE", "STANDING", "DOCUMENTS", "MEETING"),
        [_meeting_row(entry) for entry in found],
        [_meeting_json(entry, catalogue) for entry in found] if json else None,
    )
    return 0


def activities(
    *,
    code: Annotated[str | None, typer.Option("--code", help="An activity, project or area: II.2.3.")] = None,
    year: OneYear = None,
    data: Data = None,
    json: Json = False,
) -> int:
    """List the activities of the work programmes; a whole code shows all that is planned."""
    registers, catalogue = _open(data)
    found = _activities(registers, code, year)
    is_one = code is not None and all(a.code == found[0].code for a in found)
    if json:
        print_json([_activity_json(activity, catalogue) for activity in found])
    elif is_one:
        print("\n\n".join(_activity_text(activity, catalogue) for activity in found))
    else:
        _print_list(("YEAR", "CODE", "LANGUAGES", "TITLE"), [_activity_row(activity) for activity in found], None)
    return 0


def compare(
    earlier: Annotated[int, typer.Argument(metavar="YEAR", help="Of one work programme.")],
    later: Annotated[int, typer.Argument(metavar="YEAR", help="Of another.")],
    *,
    about: Annotated[str | None, typer.Option("--about", help="Only activities on this theme.")] = None,
    data: Data = None,
    json: Json = False,
) -> int:
    """Compare two work programmes: what was continued, renumbered, changed, dropped, and what is new."""
    from ingest.languages import detect_language

    registers, catalogue = _open(data)
    comparison = registers.compare(earlier, later)
    if about:
        comparison = comparison.about(about, language=detect_language(about), translate=registers.in_english)
    if json:
        print_json(_comparison_json(comparison, catalogue))
    else:
        _show_comparison(comparison, catalogue)
    return 0


def _open(data: Path | None) -> "tuple[Registers, Catalogue]":
    from assistant.glossary import Glossary
    from assistant.registers import Registers
    from assistant.settings import load_settings
    from ingest.catalogue import Catalogue
    from ingest.errors import IndexUnavailable
    from ingest.generations import IndexHome
    from ingest.registers import REGISTERS_VERSION

    generation = IndexHome(load_settings(data=data).data).require_current()
    catalogue = Catalogue(generation.catalogue)
    if catalogue.identity.get("registers") != str(REGISTERS_VERSION):
        raise IndexUnavailable(
            f"The registers of {generation.id} were made by another version.", next_step="Run `sela ingest`."
        )

    glossary = cache(Glossary.load)
    return Registers(
        catalogue, translate=lambda text, language: glossary().gloss(text, source=language, target="en")
    ), catalogue


def _decisions_numbered(number: str, registers: "Registers") -> "list[DecisionEntry]":
    from ingest.identifiers import find_decisions

    asked = [int(number)] if number.isdecimal() else [d.number for d in find_decisions(f"Decision {number}")]
    found = [entry for entry in registers.decisions if entry.number in asked and not number.startswith("-")]
    if not found:
        known = sorted({entry.number for entry in registers.decisions if entry.body.is_own})
        raise _not_found(f"Decision {number} is not on record.", f"On record: {_listed(known)}.")
    return found


def _activities(registers: "Registers", code: str | None, year: int | None) -> "tuple[Activity, ...]":
    if code is None:
        found = tuple(a for a in registers.activities if year is None or a.year == year)
        if not found:
            raise _not_found(f"No work programme {_asked('', year)} is on record.", _years(registers))
        return found
    found = registers.activities_with_code(code, year) or registers.activities_under(code, year)
    if found:
        return found
    others = registers.activities_with_code(code)
    if others:
        raise _not_found(
            f"Activity {code} is not in the programme for {year}.", f"It is in {_listed(a.year for a in others)}."
        )
    nearest = _listed(f"{a.code} ({a.year})" for a in registers.nearest_activities(code))
    raise _not_found(
        f"Activity {code} is not on record.", f"The nearest are {nearest}." if nearest else _years(registers)
    )


def _years(registers: "Registers") -> str:
    return f"Years on record: {_listed(registers.known_years) or 'none'}."


def _asked(text: str, year: int | None) -> str:
    return " ".join([*([f"like “{text}”"] if text else []), *([f"of {year}"] if year is not None else [])])


def _listed(values: Iterable[object]) -> str:
    return ", ".join(str(value) for value in values)


def _not_found(message: str, next_step: str) -> Exception:
    from ingest.errors import UnknownRecord

    return UnknownRecord(" ".join(message.split()), next_step=next_step)


def _print_list(head: Row, rows: list[Row], values: list[Any] | None) -> None:
    """Print rows as JSON where their values are given, as a ruled table on a terminal, in columns in a pipe."""
    if values is not None:
        print_json(values)
    elif ink_of_output().width is None:
        print_table([head, *rows], ink_of_output())
    else:
        _print_ruled(head, rows)


def _print_ruled(head: Row, rows: list[Row]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(*head, box=box.SIMPLE_HEAD, highlight=False)
    for row in rows:
        table.add_row(*row)
    Console(markup=False).print(table)


def _decision_row(entry: "DecisionEntry") -> Row:
    from ingest.identifiers import body_name
    from ingest.registers.entries import Attribute

    first = {a: " / ".join(v.value for v in entry.variants.get(a, ())) or "–" for a in Attribute}
    held = "yes" if entry.held_in else "no"
    return (
        str(entry.number), body_name(entry.body, "en"), first[Attribute.SESSION], first[Attribute.DATES],
        str(len(entry.mentions)), held, first[Attribute.TITLE],
    )  # fmt: skip


def _decision_text(entry: "DecisionEntry", catalogue: "Catalogue") -> str:
    from ingest.identifiers import body_name

    ink = ink_of_output()
    held = "Its text is held." if entry.held_in else "Its text is not held; the documents only refer to it."
    lines = [ink.strong(f"Decision {entry.number}, {body_name(entry.body, 'en')}"), held]
    for attribute, variants in entry.variants.items():
        for variant in variants:
            places = ", ".join(dict.fromkeys(_where(value.place, catalogue) for value in variant.stated))
            lines.append(f"{attribute.value}: {variant.value} {ink.faint(f'({places})')}")
    lines += [f"disagreement: {each.attribute.value}" for each in entry.disagreements]
    lines.append(ink.strong(f"Mentions ({len(entry.mentions)})"))
    lines += [
        f"{_where(m.place, catalogue)}: {_quote(m.mandate or m.sentence, m.place, catalogue)}" for m in entry.mentions
    ]
    return "\n".join(ink.wrap(line) for line in lines)


def _decision_json(entry: "DecisionEntry", catalogue: "Catalogue") -> dict[str, Any]:
    return {
        **asdict(entry),
        "mentions": [
            {**asdict(m), "file": _file(m.place, catalogue), "quote": _quote(m.sentence, m.place, catalogue)}
            for m in entry.mentions
        ],
    }


def _meeting_row(entry: "MeetingEntry") -> Row:
    from ingest.registers.entries import Attribute

    first = {a: " / ".join(v.value for v in entry.variants.get(a, ())) or "–" for a in Attribute}
    documents = {record.place.document_id for record in entry.records}
    return (first[Attribute.DATES], first[Attribute.LOCATION], entry.standing.value, str(len(documents)), entry.name)


def _meeting_json(entry: "MeetingEntry", catalogue: "Catalogue") -> dict[str, Any]:
    records = [
        {**asdict(r), "file": _file(r.place, catalogue), "quote": _quote(r.sentence, r.place, catalogue)}
        for r in entry.records
    ]
    return {**asdict(entry), "standing": entry.standing.value, "years": list(entry.years), "records": records}


def _activity_row(activity: "Activity") -> Row:
    languages = sorted({version.language for version in activity.versions})
    return (str(activity.year or "–"), activity.code, " ".join(languages), activity.title)


def _activity_text(activity: "Activity", catalogue: "Catalogue") -> str:
    ink, version = ink_of_output(), activity.versions[0]
    lines = [ink.strong(f"{activity.code}  {activity.title}"), f"Work Programme {activity.year or '(year unknown)'}"]
    lines += [f"{b.level.value} {b.code or ''} {b.title.words}".replace("  ", " ") for b in version.branches]
    parts = {
        "Objectives": [cited.words for cited in version.objectives],
        "Expected results": [cited.words for cited in version.expected_results],
        "Schedule": [f"{row.time.words}: {row.step.words}" for row in version.schedule],
        "Partners": [partner.name.words for partner in version.partners],
    }
    for name, items in parts.items():
        lines += [ink.strong(name), *(f"- {item}" for item in items)] if items else []
    lines.append(ink.faint("in " + ", ".join(_where(each.place, catalogue) for each in activity.versions)))
    return "\n".join(ink.wrap(line) for line in lines)


def _activity_json(activity: "Activity", catalogue: "Catalogue") -> dict[str, Any]:
    versions = [{"file": _file(version.place, catalogue), **asdict(version)} for version in activity.versions]
    return {"code": activity.code, "year": activity.year, "title": activity.title, "versions": versions}


def _show_comparison(comparison: "Comparison", catalogue: "Catalogue") -> None:
    ink, years = ink_of_output(), (str(comparison.earlier_year), str(comparison.later_year))
    rows = [(row.continuity.value, *_sides(row, years, catalogue)) for row in comparison.rows]
    _print_list(("", *years), rows, None)
    figures: list[Row] = [(_shown(row.earlier), _shown(row.later), _counted(row)) for row in comparison.figures]
    print(ink.strong("\nFigures"))
    _print_list((*years, ""), figures, None)


def _shown(figure: "FigureEntry | None") -> str:
    return f"{figure.value}{'%' if figure.unit == 'percent' else ''}" if figure else "–"


def _counted(row: "FigureRow") -> str:
    """Return what a figure counts: in a word for the whole programme, as the document says it for a part."""
    stated = row.earlier or row.later
    return stated.counted.words if stated and row.subject.startswith("some ") else row.subject


def _sides(row: "ComparisonRow", years: Row, catalogue: "Catalogue") -> Row:
    return tuple(
        f"{entry.code} {entry.title.words} ({_where(entry.place, catalogue)})"
        if entry
        else f"not found in the {year} programme"
        for entry, year in zip((row.earlier, row.later), years, strict=True)
    )


def _comparison_json(comparison: "Comparison", catalogue: "Catalogue") -> dict[str, Any]:
    from assistant.registers import Aspect

    def side(row: "ComparisonRow", which: int) -> dict[str, Any] | None:
        entry = (row.earlier, row.later)[which]
        cells = {aspect.value: _cell_json(row.cells(aspect)[which]) for aspect in Aspect}
        return {"code": entry.code, "file": _file(entry.place, catalogue), **cells} if entry else None

    rows = [
        {"continuity": r.continuity.value, "similarity": r.similarity, "earlier": side(r, 0), "later": side(r, 1)}
        for r in comparison.rows
    ]
    figures = [asdict(row) for row in comparison.figures]
    return {
        "earlier_year": comparison.earlier_year,
        "later_year": comparison.later_year,
        "rows": rows,
        "figures": figures,
        "documents": [catalogue.cards[document_id].file for document_id in comparison.documents],
    }


def _cell_json(cell: "tuple[Cited, ...] | None") -> list[dict[str, Any]] | None:
    return [asdict(cited) for cited in cell] if cell else None


def _file(place: "RegisterPlace", catalogue: "Catalogue") -> str:
    return catalogue.cards[place.document_id].file


def _where(place: "RegisterPlace", catalogue: "Catalogue") -> str:
    page = place.page_label or place.page
    return f"{_file(place, catalogue)}{f', p. {page}' if page else ''}"


def _quote(spans: tuple[tuple[int, int], ...], place: "RegisterPlace", catalogue: "Catalogue") -> str:
    text = catalogue.document(place.document_id).text
    return " ".join(" ".join(text[start:end] for start, end in spans).split())
