"""`sela keys`: makes, lists and revokes keys of the API."""

import re
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer  # noqa: TID251

from ui.command_line.options import Data, Json
from ui.command_line.output import ink_of_output, print_json, print_table

if TYPE_CHECKING:
    from ui.api.keys import ApiKey

_DURATION = re.compile(r"(\d{1,5})([hdwmy])")
_HOURS = {"h": 1, "d": 24, "w": 168, "m": 720, "y": 8760}


class KeyScope(StrEnum):
    """What a key may do."""

    READ = "read"
    INGEST = "ingest"
    ADMIN = "admin"
    INTERNAL = "internal"


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(rich_markup_mode=None, help="Make, list and revoke keys of the API.")
    group.command("create")(create)
    group.command("list")(list_keys)
    group.command("revoke")(revoke)
    app.add_typer(group, name="keys")


def create(
    name: Annotated[str, typer.Argument(help="Who the key is for.")],
    *,
    scope: Annotated[
        list[KeyScope] | None,
        typer.Option(
            "--scope", help="What it may do; `internal` shows internal documents. Repeatable.", show_default="read"
        ),
    ] = None,
    expires: Annotated[
        str | None, typer.Option("--expires", metavar="WHEN", help="A date (2027-06-30) or a time from now (90d).")
    ] = None,
    data: Data = None,
    json: Json = False,
) -> int:
    """Make a key for NAME and show it, this once."""
    from assistant.settings import load_settings
    from ui.api.keys import KeyStore, Scope

    scopes = frozenset(Scope(each.value) for each in scope or [KeyScope.READ])
    until = _moment(expires)
    secret = KeyStore(load_settings(data=data).data).create(name, scopes, expires=until)
    if json:
        print_json({"name": name, "scopes": sorted(scopes), "expires": until, "key": secret})
    else:
        print(secret)
    return 0


def list_keys(*, data: Data = None, json: Json = False) -> int:
    """List the keys, never their secrets."""
    from assistant.settings import load_settings
    from ui.api.keys import KeyStore

    keys = KeyStore(load_settings(data=data).data).all()
    if json:
        print_json([_facts(key) for key in keys])
    elif keys:
        rows = [(k.name, k.id, " ".join(sorted(k.scopes)), k.created, k.expires or "–", _state(k)) for k in keys]
        print_table([("NAME", "ID", "SCOPES", "CREATED", "EXPIRES", "STATE"), *rows], ink_of_output())
    else:
        print("There are no keys. Make one: `sela keys create NAME`.")
    return 0


def revoke(
    name: Annotated[str, typer.Argument(help="Name or id of the key.")], *, data: Data = None, json: Json = False
) -> int:
    """Make the key worthless at once."""
    from assistant.settings import load_settings
    from ui.api.keys import KeyStore

    key = KeyStore(load_settings(data=data).data).revoke(name)
    if json:
        print_json(_facts(key))
    else:
        print(f"The key {key.name} ({key.id}) opens nothing any more.")
    return 0


def _facts(key: "ApiKey") -> dict[str, Any]:
    return {**asdict(key), "scopes": sorted(key.scopes), "state": _state(key)}


def _state(key: "ApiKey") -> str:
    if key.revoked:
        return "revoked"
    return "valid" if key.is_valid else "expired"


def _moment(expires: str | None) -> str | None:
    """Return the end of validity in UTC, from a date or a time from now."""
    from ingest.errors import SettingsError

    if expires is None:
        return None
    duration = _DURATION.fullmatch(expires)
    if duration:
        hours = int(duration[1]) * _HOURS[duration[2]]
        return (datetime.now(UTC) + timedelta(hours=hours)).isoformat(timespec="seconds")
    try:
        moment = datetime.fromisoformat(expires)
    except ValueError as error:
        raise SettingsError(
            f"{expires} is neither a date nor a time from now.", next_step="Write 2027-06-30 or 90d."
        ) from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="seconds")
