"""The door of the page: names, keys and cookies are looked at before Streamlit sees a request.

It also gives the page the visitor's language and title, and tells the browser to ask no other host for anything.
"""

import re
import secrets
from base64 import b64encode
from hashlib import sha256
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.messages import message
from ui.api.gatekeeping import host_of
from ui.api.settings import ServiceSettings
from ui.page.visitors import VISITOR_COOKIE, Visitors, interface_language

SIGN_IN = "/sign-in"
_OPEN = (SIGN_IN, "/language/", "/static/", "/favicon.png", "/_stcore/health")
_YEAR = 365 * 24 * 3600
_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; font-src 'self' data:;"
    " script-src 'self' blob: 'unsafe-eval' 'wasm-unsafe-eval'{scripts}; connect-src 'self' data: blob:;"
    " worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"
)
_POLICY_VIOLATION = 1008


class Door:
    """Lets visitors in who may enter, with a cookie of their own; sends the others to sign in."""

    def __init__(self, app: ASGIApp, *, visitors: Visitors, settings: ServiceSettings) -> None:
        self._app = app
        self._visitors = visitors
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request or web socket."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        refusal = await run_in_threadpool(self._refusal, scope)
        if refusal is not None:
            await _refuse(refusal, scope, receive, send)
        elif scope["type"] == "http" and _wants_page(scope):
            await self._page(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        connection = HTTPConnection(scope)
        if self._visitors.are_open and host_of(scope) not in self._settings.allowed_hosts:
            return PlainTextResponse("Call the service by localhost, or create a key.", 421)
        if scope["type"] == "websocket" and not _same_origin(connection.headers):
            return PlainTextResponse("The web socket is for this service's own page.", 403)
        if scope["path"].startswith(_OPEN):
            return None
        address = connection.client.host if connection.client else "?"
        if self._visitors.caller(connection.cookies, address) is None:
            return RedirectResponse(SIGN_IN, 303) if _wants_page(scope) else PlainTextResponse("Sign in.", 401)
        return None

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the page, in the visitor's language and with a cookie that tells visitors apart."""
        connection = HTTPConnection(scope)
        language = interface_language(connection.cookies, connection.headers.get("accept-language", ""))
        rewriting = PageInLanguage(send, language)
        if not connection.cookies.get(VISITOR_COOKIE):
            rewriting.cookie = cookie(VISITOR_COOKIE, secrets.token_urlsafe(32), scope, lasts=_YEAR)
        await self._app(_without_conditions(scope), receive, rewriting.send)


class PageInLanguage:
    """Rewrites the one HTML file of the page as it is sent."""

    def __init__(self, send: Send, language: str) -> None:
        self._send = send
        self._language = language
        self._start: Message | None = None
        self._body = b""
        self.cookie = ""

    async def send(self, message: Message) -> None:
        """Hold back the page until it is whole; let anything else pass."""
        if message["type"] == "http.response.start":
            self._start = message
            if not Headers(raw=message["headers"]).get("content-type", "").startswith("text/html"):
                await self._send(message)
        elif self._start is None or not self._is_page():
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish()

    def _is_page(self) -> bool:
        headers = Headers(raw=self._start["headers"]) if self._start else Headers()
        return headers.get("content-type", "").startswith("text/html")

    async def _finish(self) -> None:
        assert self._start is not None  # noqa: S101, the body follows the start
        body = in_language(self._body.decode("utf-8"), self._language).encode("utf-8")
        headers = MutableHeaders(raw=list(self._start["headers"]))
        headers["content-length"] = str(len(body))
        headers["cache-control"] = "no-store"
        headers["content-security-policy"] = policy(body.decode("utf-8"))
        headers["vary"] = "Accept-Language, Cookie"
        for stale in ("etag", "last-modified"):
            del headers[stale]
        if self.cookie:
            headers.append("set-cookie", self.cookie)
        await self._send({**self._start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})


def in_language(page: str, language: str) -> str:
    """Return Streamlit's HTML with a language, a title, and without what it would fetch for nothing."""
    title = message("page_shell.title", language)
    page = re.sub(r"<html lang=\"[^\"]*\"", f'<html lang="{language}"', page, count=1)
    page = re.sub(r"<title>[^<]*</title>", f"<title>{title}</title>", page, count=1)
    page = re.sub(r"<link\s+rel=\"preload\"[^>]*as=\"font\"[^>]*>", "", page)
    return re.sub(r"<link rel=\"service-desc\"[^>]*>", "", page)


def policy(page: str) -> str:
    """Return the policy that lets the page's own scripts run and nothing reach another host."""
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = (b64encode(sha256(script.encode("utf-8")).digest()).decode("ascii") for script in scripts)
    return _POLICY.format(scripts="".join(f" 'sha256-{digest}'" for digest in digests))


def cookie(name: str, value: str, scope: Scope, *, lasts: int) -> str:
    """Return a `Set-Cookie` that no script of the browser can read."""
    morsel = SimpleCookie({name: value})[name]
    morsel.update({"path": "/", "max-age": str(lasts), "samesite": "Lax"})
    morsel["httponly"] = True
    if scope.get("scheme") == "https":
        morsel["secure"] = True
    return morsel.OutputString()


def _wants_page(scope: Scope) -> bool:
    plumbing = ("/static/", "/_stcore/", "/media/", "/component/", SIGN_IN, "/sign-out", "/language/", "/favicon.png",
                "/originals/", "/texts/")  # fmt: skip
    return scope["type"] == "http" and scope["method"] in {"GET", "HEAD"} and not scope["path"].startswith(plumbing)


def _without_conditions(scope: Scope) -> Scope:
    """Return the request without what would let the file be answered with 304, in another language perhaps."""
    conditions = (b"if-none-match", b"if-modified-since", b"accept-encoding", b"range")
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name.lower() not in conditions]}


def _same_origin(headers: Headers) -> bool:
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


async def _refuse(refusal: Response, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
    else:
        await refusal(scope, receive, send)
