"""`sela doctor`, `sela backup` and `sela rollback`: look after the index."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer  # noqa: TID251

from ui.command_line.options import Data, Json
from ui.command_line.output import Ink, ink_of_output, print_json

if TYPE_CHECKING:
    from ingest.maintenance import Check


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("doctor")(doctor)
    app.command("backup")(backup)
    app.command("rollback")(rollback)


def doctor(
    *,
    repair: Annotated[
        bool, typer.Option("--repair", help="First make the vector index anew out of the catalogue.")
    ] = False,
    data: Data = None,
    json: Json = False,
) -> int:
    """Check the index and the models.

    Exits 1 if something is wrong.
    """
    from assistant.settings import load_settings
    from ingest.errors import IndexUnavailable
    from ingest.generations import IndexHome
    from ingest.maintenance import examine, rebuild_vector_index

    settings = load_settings(data=data)
    home = IndexHome(settings.data)
    if repair:
        rebuild_vector_index(home)
    checks = examine(home, settings.embedding_model, models=settings.models)
    if json:
        print_json({"healthy": all(c.passed for c in checks), "checks": [asdict(c) for c in checks]})
    else:
        _show(checks, ink_of_output())
    failed = [c for c in checks if not c.passed]
    if failed:
        raise IndexUnavailable(f"{len(failed)} of {len(checks)} checks failed.", next_step=failed[0].next_step)
    return 0


def backup(
    destination: Annotated[Path, typer.Argument(help="A folder that does not exist yet, or a .tar.gz file.")],
    *,
    data: Data = None,
    json: Json = False,
) -> int:
    """Copy the index and all that the service keeps to DESTINATION.

    The copy is an index home itself: `--data` can name it.
    """
    from assistant.settings import load_settings
    from ingest.generations import IndexHome
    from ingest.maintenance import back_up

    home = IndexHome(load_settings(data=data).data)
    generation = back_up(home, destination, records=_records())
    if json:
        print_json({"generation": generation.id, "destination": str(destination)})
    else:
        print(f"Generation {generation.id} and all that is kept beside it are in {destination}.")
    return 0


def rollback(
    generation: Annotated[str | None, typer.Argument(help="Which one to serve; the one before if not given.")] = None,
    *,
    only_list: Annotated[bool, typer.Option("--list", help="Only list the generations.")] = False,
    data: Data = None,
    json: Json = False,
) -> int:
    """Serve an earlier generation again."""
    from assistant.settings import load_settings
    from ingest.generations import IndexHome
    from ingest.maintenance import roll_back

    home = IndexHome(load_settings(data=data).data)
    if not only_list:
        roll_back(home, generation)
    current, known = home.current_id(), [g.id for g in home.complete()]
    if json:
        print_json({"current": current, "generations": known})
    else:
        print("\n".join(f"{'*' if identifier == current else ' '} {identifier}" for identifier in known))
    return 0


def _records() -> tuple[str, ...]:
    """Return patterns of the files beside the generations that nothing could make again."""
    from ui.api.audit import FILE as AUDIT_LOG
    from ui.api.database import FILE as SERVICE
    from ui.page.conversations import FILE as CONVERSATIONS

    return ("answers.sqlite", SERVICE, CONVERSATIONS, f"{AUDIT_LOG}*")


def _show(checks: "list[Check]", ink: Ink) -> None:
    for check in checks:
        mark = "ok  " if check.passed else ink.strong("FAIL")
        print(f"{mark}  {check.name:<18} {check.detail}")
        if not check.passed:
            print(f"      {check.next_step}")
