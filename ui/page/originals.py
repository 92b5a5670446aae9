"""The whole text and the original file of a document, for links of the page; the key of the page's session counts."""

from collections.abc import Awaitable, Callable
from functools import partial
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from ingest.errors import SelaError
from ui.api.access import Caller
from ui.api.document_views import CLOSED, Span, original_file, text_page
from ui.api.problems import Problem
from ui.api.service import Service
from ui.page.visitors import Visitors

ORIGINALS, TEXTS = "/originals/", "/texts/"
_HEADERS = {**CLOSED, "Cache-Control": "private, no-store"}
Give = Callable[[Service, Caller, Request], Response]


def original_routes(service: Service, visitors: Visitors) -> list[Route]:
    """Return the addresses of originals and texts."""
    return [
        Route(f"{ORIGINALS}{{document_id}}", _giving(_original, service, visitors), methods=["GET"]),
        Route(f"{TEXTS}{{document_id}}", _giving(_text, service, visitors), methods=["GET"]),
    ]


def original_address(document_id: str) -> str:
    """Return where the original file of a document is given."""
    return f"{ORIGINALS}{document_id}"


def text_address(document_id: str, span: Span | None) -> str:
    """Return where the whole text of a document is shown, with a span marked."""
    query = f"?{urlencode({'start': span.start, 'end': span.end})}" if span else ""
    return f"{TEXTS}{document_id}{query}"


def _giving(give: Give, service: Service, visitors: Visitors) -> Callable[[Request], Awaitable[Response]]:
    async def handle(request: Request) -> Response:
        address = request.client.host if request.client else "?"
        caller = await run_in_threadpool(visitors.caller, request.cookies, address)
        if caller is None:
            return PlainTextResponse("Sign in.", 401)
        try:
            return await run_in_threadpool(partial(give, service, caller, request))
        except (SelaError, Problem) as error:
            return PlainTextResponse(str(error), 404)

    return handle


def _original(service: Service, caller: Caller, request: Request) -> Response:
    catalogue, card = service.card(request.path_params["document_id"], caller)
    path = original_file(catalogue.document(card.id), service.home)
    service.audit.note(caller, "file", [card.file])
    name = quote(card.file.rsplit("/", 1)[-1])
    return FileResponse(path, headers={**_HEADERS, "Content-Disposition": f"attachment; filename*=UTF-8''{name}"})


def _text(service: Service, caller: Caller, request: Request) -> Response:
    catalogue, card = service.card(request.path_params["document_id"], caller)
    service.audit.note(caller, "view", [card.file])
    page = text_page(catalogue.document(card.id), _span(request))
    return Response(page, headers=_HEADERS, media_type="text/html; charset=utf-8")


def _span(request: Request) -> Span | None:
    given = [request.query_params.get(name, "") for name in ("start", "end")]
    return Span(int(given[0]), int(given[1])) if all(n.isascii() and n.isdigit() for n in given) else None
