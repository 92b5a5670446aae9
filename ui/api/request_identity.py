"""Gives every request an id, echoes it, turns what nobody foresaw into a problem, and counts."""

import logging
import re
import secrets
from time import perf_counter

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.api.metrics import Metrics
from ui.api.problems import Problem, problem_response

_GIVEN = re.compile(r"[A-Za-z0-9._:-]{1,100}")
_log = logging.getLogger("sela.api")


class RequestIdentity:
    """The outermost layer: nothing leaves without `X-Request-ID`, and no failure leaves as anything but a problem."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        identifier = _identifier(Headers(scope=scope).get("x-request-id", ""))
        scope.setdefault("state", {})["request_id"] = identifier
        began, status = perf_counter(), 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _add_headers(message, identifier)
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception:  # noqa: BLE001, the outermost edge
            _log.exception("request %s failed", identifier)
            if not status:
                await problem_response(Problem("internal", f"Report request {identifier}."), scope)(
                    scope, receive, sending
                )
        self._metrics.count_request(scope, status, perf_counter() - began)


def _identifier(given: str) -> str:
    return given if _GIVEN.fullmatch(given) else f"req_{secrets.token_hex(12)}"


def _add_headers(message: Message, identifier: str) -> None:
    headers = MutableHeaders(scope=message)
    headers["X-Request-ID"] = identifier
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "no-referrer")
