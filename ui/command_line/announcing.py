"""A server that says where it listens once it does."""

import socket
import sys

import uvicorn


class AnnouncingServer(uvicorn.Server):
    """Prints a greeting to standard error as soon as connections are accepted."""

    def __init__(self, config: uvicorn.Config, greeting: str) -> None:
        super().__init__(config)
        self._greeting = greeting

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        if self.started:
            print(self._greeting, file=sys.stderr, flush=True)
