"""`sela up`: serves the API, the page and MCP in one process on one port."""

import logging
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Annotated

import typer  # noqa: TID251

from ui.command_line.options import Data

if TYPE_CHECKING:
    from ui.api.settings import ServiceSettings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("up")(up)


def up(
    *,
    host: Annotated[
        str | None, typer.Option("--host", help="Address to listen on; 127.0.0.1 if not given.", show_default=False)
    ] = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port to listen on.")] = 8000,
    data: Data = None,
) -> int:
    """Serve answers until interrupted."""
    import uvicorn

    from assistant.settings import load_settings
    from ui.api.application import create_app
    from ui.api.settings import load_service_settings
    from ui.command_line.announcing import AnnouncingServer
    from ui.page.mounting import mount_page

    settings = load_settings(data=data)
    exposure = load_service_settings(host=host)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr)
    with _listening(exposure.host, port) as sockets:
        application = create_app(settings, exposure)
        mount_page(application)
        config = uvicorn.Config(
            application, log_level="warning", access_log=False, server_header=False,
            h11_max_incomplete_event_size=64 * 1024, timeout_keep_alive=30, timeout_graceful_shutdown=5,
        )  # fmt: skip
        keys_exist = application.state.service.keys.any_exists()
        server = AnnouncingServer(config, _greeting(exposure, sockets[0].getsockname()[1], keys_exist=keys_exist))
        with suppress(KeyboardInterrupt):
            server.run(sockets=sockets)
    return 0 if server.started else 3


@contextmanager
def _listening(host: str, port: int) -> Iterator[list[socket.socket]]:
    """Listen on every address of a host, on one port, before anything heavy is loaded; callers wait until it is.

    Raises:
        SettingsError: the port is taken, or the host is none of this machine's.
    """
    from ingest.errors import SettingsError

    with ExitStack() as stack:
        held: list[socket.socket] = []
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
            for family, *_, address in dict.fromkeys(found):
                free = held[0].getsockname()[1] if held else port
                held.append(stack.enter_context(socket.create_server((str(address[0]), free), family=family)))
        except OSError as error:
            raise SettingsError(
                f"Port {port} of {host} cannot be listened on ({str(error.strerror).partition(' (')[0]}).",
                next_step="Stop the program that holds it, or give another address with --host and --port.",
            ) from error
        yield held


def _greeting(exposure: "ServiceSettings", port: int, *, keys_exist: bool) -> str:
    address = f"http://{f'[{exposure.host}]' if ':' in exposure.host else exposure.host}:{port}"
    where = f"Serving on {address} (reference: {address}/docs). "
    if keys_exist:
        return where + "Every request needs a key."
    if exposure.on_loopback:
        return where + "No key exists, so reading is open to every program of this machine."
    return where + "A key is required and none exists yet: `sela keys create NAME --scope read`."
