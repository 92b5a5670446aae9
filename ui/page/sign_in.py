"""Signing in with a key, signing out, and choosing a language: small pages of plain HTML that need no script."""

from collections.abc import Awaitable, Callable
from html import escape
from importlib.resources import files
from string import Template
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from assistant.messages import LANGUAGES, message
from ui.api.access import Caller
from ui.api.keys import KeyStore, Scope
from ui.page.door import SIGN_IN, cookie
from ui.page.sessions import LASTS, SessionStore
from ui.page.visitors import LANGUAGE_COOKIE, SESSION_COOKIE, interface_language

SIGN_OUT = "/sign-out"
_YEAR = 365 * 24 * 3600
_MOST_BYTES = 4096
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


def sign_in_routes(keys: KeyStore, sessions: SessionStore) -> list[Route]:
    """Return the addresses for signing in and out and for choosing a language."""
    return [
        Route(SIGN_IN, _show_form, methods=["GET"]),
        Route(SIGN_IN, _taking_keys(keys, sessions), methods=["POST"]),
        Route(SIGN_OUT, _ending(sessions), methods=["GET", "POST"]),
        Route("/language/{language}", _choose_language, methods=["GET"]),
    ]


def language_address(language: str, back: str) -> str:
    """Return the address that chooses a language and leads back to a page."""
    return f"/language/{language}?{urlencode({'back': back})}"


async def _show_form(request: Request) -> Response:
    return _form(request)


def _taking_keys(keys: KeyStore, sessions: SessionStore) -> Callable[[Request], Awaitable[Response]]:
    async def sign_in(request: Request) -> Response:
        if int(request.headers.get("content-length") or _MOST_BYTES + 1) > _MOST_BYTES:
            return _form(request, refused=True)
        form = await request.form()
        token = await run_in_threadpool(_session, str(form.get("key", "")), keys, sessions)
        if token is None:
            return _form(request, refused=True)
        response = RedirectResponse("/", 303)
        kept = cookie(SESSION_COOKIE, token, request.scope, lasts=int(LASTS.total_seconds()))
        response.headers.append("set-cookie", kept)
        return response

    return sign_in


def _session(presented: str, keys: KeyStore, sessions: SessionStore) -> str | None:
    key = keys.find(presented.strip())
    if key is None or not Caller(key.id, key.name, key.scopes).may(Scope.READ):
        return None
    return sessions.begin(key.id)


def _ending(sessions: SessionStore) -> Callable[[Request], Awaitable[Response]]:
    async def sign_out(request: Request) -> Response:
        await run_in_threadpool(sessions.end, request.cookies.get(SESSION_COOKIE, ""))
        response = RedirectResponse(SIGN_IN, 303)
        response.headers.append("set-cookie", cookie(SESSION_COOKIE, "", request.scope, lasts=0))
        return response

    return sign_out


async def _choose_language(request: Request) -> Response:
    language, back = request.path_params["language"], request.query_params.get("back", "/")
    is_ours = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable()
    response = RedirectResponse(back if is_ours else "/", 303)
    if language in LANGUAGES:
        kept = cookie(LANGUAGE_COOKIE, language, request.scope, lasts=_YEAR)
        response.headers.append("set-cookie", kept)
    return response


def _form(request: Request, *, refused: bool = False) -> Response:
    language = interface_language(request.cookies, request.headers.get("accept-language", ""))
    words = {
        name: escape(message(f"page_sign_in.{name}", language)) for name in ("title", "explanation", "key", "enter")
    }
    fault = escape(message("page_sign_in.refused", language)) if refused else ""
    page = Template(files("ui.page").joinpath("sign_in.html").read_text(encoding="utf-8"))
    body = page.substitute(words, language=language, fault=f'<p role="alert" id="fault">{fault}</p>' if fault else "")
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}
    return HTMLResponse(body, 401 if refused else 200, headers=headers)
