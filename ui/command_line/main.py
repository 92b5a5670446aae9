"""The `sela` command: puts the groups of commands together and turns every failure into one line."""

import os
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

import typer  # noqa: TID251

from ingest.errors import SelaError
from ui.command_line import asking, ingesting, keys, listing, maintenance, models, registers, serving
from ui.command_line.extensions import ExtensibleGroup

USAGE_ERROR = 2
INTERRUPTED = 130


def build_app() -> typer.Typer:
    """Return the command line with every command of this package; others come through entry points."""
    app = typer.Typer(
        cls=ExtensibleGroup,
        add_completion=False,
        no_args_is_help=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help="Answers questions about the documents of SELA with citations that can be checked.",
    )
    for group in (serving, ingesting, asking, listing, registers, maintenance, models, keys):
        group.register(app)
    return app


def main() -> NoReturn:
    """Run the command line of this process and exit with its status."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status: 0 done, 1 failed, 2 misused, 3 some files rejected."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        status = _dispatch(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def _dispatch(arguments: Sequence[str]) -> int:
    try:
        status = int(build_app()(list(arguments) or ["--help"], prog_name="sela", standalone_mode=False) or 0)
    except SelaError as error:
        return _complain(str(error), 1)
    except typer.TyperException as error:
        return _complain(f"{error.format_message()} Try `sela {_command(arguments)}--help`.", USAGE_ERROR)
    except (KeyboardInterrupt, typer.Abort):
        status = INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001, the outermost edge
        return _unexpected(error)
    return _complain("Interrupted; nothing was changed.", status) if status == INTERRUPTED else status


def _unexpected(error: Exception) -> int:
    if os.environ.get("SELA_TRACEBACK"):
        traceback.print_exception(error)
    what = f"{type(error).__name__}: {error}"
    return _complain(f"Something unexpected failed ({what}). Run it again with SELA_TRACEBACK=1 and report it.", 1)


def _command(arguments: Sequence[str]) -> str:
    words = [a for a in arguments[:1] if not a.startswith("-")]
    return "".join(f"{word} " for word in words)


def _complain(message: str, status: int) -> int:
    print(f"sela: {' '.join(message.split())}", file=sys.stderr)
    return status
