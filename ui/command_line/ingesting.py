"""`sela ingest`: brings the index in line with a folder."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer  # noqa: TID251

from ui.command_line.options import Data, Json
from ui.command_line.output import ink_of_output, print_json

if TYPE_CHECKING:
    from ingest.ingestion import IngestionReport

SOME_REJECTED = 3
_FILES_NAMED = 10


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("ingest")(ingest)


def ingest(
    folder: Annotated[Path, typer.Argument(help="The folder of documents.")] = Path("corpus"),
    *,
    data: Data = None,
    json: Json = False,
) -> int:
    """Bring the index in line with FOLDER.

    Exits 0 when every file was read, 3 when some were rejected and the others are in, 1 when nothing changed.
    """
    from assistant.assembly import build_embedder
    from assistant.settings import load_settings
    from ingest.generations import IndexHome
    from ingest.ingestion import ingest_folder
    from ui.command_line.progress import shown_progress

    settings = load_settings(data=data)
    with shown_progress() as progress:
        report = ingest_folder(folder, IndexHome(settings.data), build_embedder(settings), progress=progress)
    if json:
        print_json(asdict(report))
    else:
        _show(report)
    return SOME_REJECTED if report.rejected else 0


def _show(report: "IngestionReport") -> None:
    ink = ink_of_output()
    for word, files in (
        ("Added", report.added), ("Changed", report.changed), ("Unchanged", report.unchanged),
        ("Removed", report.removed),
    ):  # fmt: skip
        if files:
            print(f"{ink.strong(f'{word:<10}')} {_count(files)}")
    if report.rejected:
        print(f"{ink.strong('Rejected  ')} {len(report.rejected)}")
    for rejection in report.rejected:
        print(f"  {rejection.file}: {rejection.reason}")
    for warning in report.warnings:
        print(f"{ink.strong('Warning   ')} {warning}")
    print(
        f"{report.passages:,} passages, {report.embedded:,} embedded now, in {report.seconds:.1f} s;"
        f" generation {report.generation}"
    )


def _count(files: Sequence[str]) -> str:
    named = ", ".join(files) if len(files) <= _FILES_NAMED else f"{', '.join(files[:_FILES_NAMED])}, …"
    return f"{len(files)}: {named}"
