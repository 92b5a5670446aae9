"""The gate in front of every protected address: host names, keys, rate limits and body sizes."""

import math
import time
from collections.abc import Mapping

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.api.access import Caller, identify
from ui.api.keys import KeyStore
from ui.api.problems import Problem, problem_response
from ui.api.settings import ServiceSettings

_PROTECTED = ("/v1", "/mcp", "/metrics")
_UPLOADS = "/v1/ingestions"


class Gatekeeper:
    """Lets a request through with its caller noted, or answers with a problem before anything is read."""

    def __init__(self, app: ASGIApp, *, keys: KeyStore, settings: ServiceSettings) -> None:
        self._app = app
        self._keys = keys
        self._settings = settings
        self._rates = RateLimits(settings.rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http" or not is_protected(scope["path"]) or scope["method"] == "OPTIONS":
            await self._app(scope, receive, send)
            return
        headers: Mapping[str, str] = {}
        try:
            caller = await self._admit(scope)
            headers = self._rates.take(caller.id)
            receiving = self._limited(scope, receive)
        except Problem as problem:
            await _drain(scope, receive)
            await problem_response(problem, scope)(scope, receive, with_headers(send, headers))
            return
        await self._app(scope, receiving, with_headers(send, headers))

    async def _admit(self, scope: Scope) -> Caller:
        caller = await run_in_threadpool(identify, scope, self._keys, on_loopback=self._settings.on_loopback)
        if caller.id.startswith("open:") and host_of(scope) not in self._settings.allowed_hosts:
            raise Problem("host-not-allowed", "Call the service by localhost, or create a key.")
        scope["state"]["caller"] = caller
        return caller

    def _limited(self, scope: Scope, receive: Receive) -> Receive:
        """Return a `receive` that stops at the largest body taken."""
        upload = scope["path"].startswith(_UPLOADS)
        most = self._settings.upload_bytes if upload else self._settings.body_bytes
        if _content_length(scope) > most:
            raise Problem("too-large", f"The body may have {most} bytes.")
        taken = 0

        async def receiving() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise HTTPException(413)
            return message

        return receiving


class RateLimits:
    """Counts the requests of each caller in a moving window."""

    def __init__(self, rate: str) -> None:
        self._limit = parse(rate)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def take(self, caller_id: str) -> Mapping[str, str]:
        """Count one request and return the headers that say what is left.

        Raises:
            Problem: "rate-limited".
        """
        admitted = self._limiter.hit(self._limit, caller_id)
        window = self._limiter.get_window_stats(self._limit, caller_id)
        wait = max(1, math.ceil(window.reset_time - time.time()))
        headers = {
            "RateLimit-Limit": str(self._limit.amount),
            "RateLimit-Remaining": str(window.remaining),
            "RateLimit-Reset": str(wait),
            "RateLimit-Policy": f"{self._limit.amount};w={self._limit.get_expiry()}",
        }
        if not admitted:
            detail = f"{self._limit.amount} requests in {self._limit.get_expiry()} seconds are used up."
            raise Problem("rate-limited", detail, {**headers, "Retry-After": str(wait)})
        return headers


def is_protected(path: str) -> bool:
    """Tell whether an address gives anything of the documents."""
    return any(path == prefix or path.startswith(f"{prefix}/") for prefix in _PROTECTED)


def with_headers(send: Send, headers: Mapping[str, str]) -> Send:
    """Return a `send` that adds headers to the response."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(headers)
        await send(message)

    return sending


def host_of(scope: Scope) -> str:
    """Return the name by which a request calls the service, without its port."""
    host = Headers(scope=scope).get("host", "")
    return host[1:].split("]")[0] if host.startswith("[") else host.split(":")[0].lower()


def _content_length(scope: Scope) -> int:
    stated = Headers(scope=scope).get("content-length", "")
    return int(stated) if stated.isascii() and stated.isdigit() else 0


async def _drain(scope: Scope, receive: Receive) -> None:
    """Read the rest of a refused body, up to a bound, so that its sender lives to read the answer."""
    left = min(_content_length(scope), _DRAINED)
    while left > 0:
        message = await receive()
        left -= len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body", False):
            return


_DRAINED = 64 * 2**20
