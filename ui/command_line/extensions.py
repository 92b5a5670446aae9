"""Commands that other packages offer through the entry-point group `sela.commands`, loaded when they are asked for."""

from importlib.metadata import EntryPoint, entry_points
from typing import Any, TypeAlias

import typer  # noqa: TID251
from typer.core import TyperGroup  # noqa: TID251

GROUP = "sela.commands"

_Context: TypeAlias = Any  # typer keeps the types of what it builds on to itself
_Command: TypeAlias = Any


class ExtensibleGroup(TyperGroup):
    """The commands registered here and, after them, those of the entry points.

    An entry point names a function whose parameters are annotated as typer wants them and that returns the
    exit status; its module must load nothing heavy, because `sela --help` lists it.
    """

    def list_commands(self, ctx: _Context) -> list[str]:
        """Return the names of all commands."""
        return [*super().list_commands(ctx), *sorted(_offered())]

    def get_command(self, ctx: _Context, cmd_name: str) -> _Command:
        """Return a command by its name, None if there is none."""
        known = super().get_command(ctx, cmd_name)
        if known is not None:
            return known
        offered = _offered().get(cmd_name)
        return None if offered is None else _load(offered)


def _offered() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}


def _load(point: EntryPoint) -> _Command:
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(point.name)(point.load())
    return typer.main.get_command(app)
