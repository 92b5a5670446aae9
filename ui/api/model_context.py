"""The Model Context Protocol: the assistant as tools, the documents as resources, under the same keys and rules."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from functools import partial
from typing import Annotated, Any, TypeVar

from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.server.mcpserver import Context, Image, MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.shared.exceptions import MCPError
from mcp_types import INVALID_PARAMS, INVALID_REQUEST, ListResourcesResult, Resource
from pydantic import Field
from starlette.applications import Starlette

from assistant.answers import Question, Turn, answer_to_json
from ingest.errors import SelaError
from ingest.identifiers import Body
from ingest.registers.meeting_register import meetings_matching
from ui.api.access import Caller, require
from ui.api.answer_schemas import Filters
from ui.api.document_views import Span, original_file
from ui.api.keys import Scope
from ui.api.pagination import paginate
from ui.api.problems import Problem
from ui.api.register_json import RegisterWriter, documents_in
from ui.api.service import Service
from ui.api.texts import LONGEST_HISTORY, LONGEST_TEXT, KindName, LanguageCode

T = TypeVar("T")
Words = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT, pattern=r"^[^\u0000]*$")]
_INSTRUCTIONS = (
    "Answers questions about the documents of SELA with citations that were checked. Quote only what a citation"
    " quotes; if the outcome is not `answered`, say so."
)
_ADDRESS = "sela://documents/{document_id}"
_LISTED = 200


def build_mcp_app(service: Service) -> tuple[MCPServer[Any], Starlette]:
    """Return the MCP server and the application that speaks it over HTTP at /mcp; no request leaves state behind."""
    server: MCPServer[Any] = MCPServer(
        "sela",
        title="SELA document assistant",
        instructions=_INSTRUCTIONS,
        version=service.version,
        middleware=[ListsDocuments(service)],
        log_level="WARNING",
    )
    tools = Tools(service)
    for name in ("ask", "search_documents", "get_decision", "list_meetings"):
        server.tool(name)(getattr(tools, name))
    server.tool("get_page", structured_output=False)(tools.get_page)
    server.resource(_ADDRESS, name="document", mime_type="text/plain")(tools.document_text)
    unguarded = TransportSecuritySettings(enable_dns_rebinding_protection=False)  # the gatekeeper checks host names
    app = server.streamable_http_app(
        stateless_http=True,
        json_response=True,
        transport_security=unguarded,
        max_request_body_size=service.exposure.body_bytes,
    )
    return server, app


class Tools:
    """What an MCP host may do; each method is a tool and its docstring is what the host reads."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def ask(
        self,
        question: Words,
        context: Context,
        history: Annotated[list[Words], Field(max_length=LONGEST_HISTORY)] = [],  # noqa: B006, never changed
        year: list[int] = [],  # noqa: B006
        language: LanguageCode | None = None,
    ) -> dict[str, Any]:
        """Answer a question about SELA's documents with citations that were checked.

        Args:
            question: in English, Spanish, Portuguese or French.
            context: of the request.
            history: earlier questions of the conversation, the oldest first.
            year: only documents of these years.
            language: of the answer; that of the question if not given.
        """
        caller = _caller(context)
        asked = Question(question, tuple(map(Turn, history)), Filters(year=year).narrowing(), language)
        return answer_to_json(await self._queued(partial(self._service.ask, asked, caller)))

    async def search_documents(
        self,
        query: Words,
        context: Context,
        limit: Annotated[int, Field(ge=1, le=50)] = 10,
        year: list[int] = [],  # noqa: B006
        kind: list[KindName] = [],  # noqa: B006
    ) -> dict[str, Any]:
        """Find the passages nearest to some words, verbatim, without an answer.

        Args:
            query: what to look for.
            context: of the request.
            limit: most passages.
            year: only documents of these years.
            kind: only documents of these kinds.
        """
        narrowing = Filters(year=year, kind=kind).narrowing()
        work = partial(self._service.search, query, narrowing, limit=limit, caller=_caller(context))
        return {"passages": [asdict(item) for item in await self._queued(work)]}

    async def get_decision(self, number: int, context: Context, body: Body | None = None) -> dict[str, Any]:
        """Say what every document states of a decision: dates, session, mandate, and where documents disagree.

        Args:
            number: of the decision.
            context: of the request.
            body: the body that took it; SELA's own if not given.
        """
        caller = _caller(context)

        def work() -> dict[str, Any]:
            entry = self._service.registers(caller).decision(number, body=body)
            if entry is None:
                raise ToolError(f"No decision {number} is on record.")
            shown = RegisterWriter(self._service.snapshot().catalogue).decision(entry)
            self._service.audit.note(caller, f"decision {number}", documents_in(shown))
            return shown

        return await self._threaded(work)

    async def list_meetings(
        self,
        context: Context,
        query: Annotated[str, Field(max_length=300)] = "",
        year: int | None = None,
        limit: Annotated[int, Field(ge=1, le=50)] = 10,
    ) -> dict[str, Any]:
        """List meetings with dates, places and conclusions.

        Args:
            context: of the request.
            query: a name, ordinal, place or date; every meeting if empty.
            year: only meetings of this year.
            limit: most meetings.
        """
        caller = _caller(context)

        def work() -> dict[str, Any]:
            found = meetings_matching(self._service.registers(caller).meetings, query, year=year)
            writer = RegisterWriter(self._service.snapshot().catalogue)
            shown = {"total": len(found), "meetings": [writer.meeting(entry) for entry in found[:limit]]}
            self._service.audit.note(caller, "meetings", documents_in(shown))
            return shown

        return await self._threaded(work)

    async def get_page(
        self,
        document_id: str,
        context: Context,
        page: Annotated[int, Field(ge=1)] = 1,
        start: int | None = None,
        end: int | None = None,
    ) -> Any:  # noqa: ANN401, an image or text
        """Show a page of a PDF as an image with a quoted span marked, or the text of a document without pages.

        Args:
            document_id: id of the document.
            context: of the request.
            page: 1-based page of the file.
            start: first character of the span to mark.
            end: one past its last character.
        """
        caller = _caller(context)
        span = None if start is None or end is None else Span(start, end)

        def work() -> bytes | str:
            catalogue, card = self._service.card(document_id, caller)
            document = catalogue.document(card.id)
            self._service.audit.note(caller, f"page {page}", [card.file])
            if card.format != "pdf":
                return document.text if span is None else document.text[span.start : span.end]
            path = original_file(document, self._service.home)
            return self._service.pages.image(document, path, page, span)

        shown = await self._run(self._service.page_queue.run, work)
        return Image(data=shown, format="png") if isinstance(shown, bytes) else shown

    async def document_text(self, document_id: str, context: Context) -> str:
        """Return the whole text of a document.

        Args:
            document_id: id of the document.
            context: of the request.
        """
        caller = _caller(context)

        def work() -> str:
            catalogue, card = self._service.card(document_id, caller)
            self._service.audit.note(caller, "text", [card.file])
            return catalogue.document(card.id).text

        try:
            return await self._threaded(work)
        except ToolError as error:
            raise ResourceNotFoundError(str(error)) from error

    async def _queued(self, work: Callable[[], T]) -> T:
        return await self._run(self._service.queue.run, work)

    async def _threaded(self, work: Callable[[], T]) -> T:
        return await self._run(self._service.in_thread, work)

    async def _run(self, way: Callable[[Callable[[], T]], Awaitable[T]], work: Callable[[], T]) -> T:
        """Do the work in a way, and tell the host of failures in words."""
        try:
            return await way(work)
        except SelaError as error:
            raise ToolError(str(error)) from error
        except Problem as error:
            raise ToolError(error.detail) from error


class ListsDocuments:
    """Answers `resources/list` with the documents that the caller may see, and checks the scope of every request."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def __call__(self, ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
        """Handle one message."""
        if ctx.method != "resources/list":
            return await call_next(ctx)
        cursor = (ctx.params or {}).get("cursor")
        try:
            return await self._service.in_thread(partial(self._list, _sender(ctx), cursor))
        except Problem as problem:
            raise MCPError(code=INVALID_REQUEST, message=problem.detail) from problem
        except (SelaError, ValueError) as error:
            raise MCPError(code=INVALID_PARAMS, message=str(error)) from error

    def _list(self, caller: Caller, cursor: str | None) -> ListResourcesResult:
        require(caller, Scope.READ)
        cards = [card for card in self._service.snapshot().catalogue.cards.values() if caller.sees(card)]
        page = paginate(sorted(cards, key=lambda c: c.file), lambda c: c.file, limit=_LISTED, cursor=cursor)
        resources = [
            Resource(
                uri=_ADDRESS.format(document_id=card.id), name=card.file, title=card.metadata.title,
                mime_type="text/plain",
            )
            for card in page.items
        ]  # fmt: skip
        return ListResourcesResult(resources=resources, next_cursor=page.next_cursor)


def _caller(context: Context) -> Caller:
    """Return who sent the message, once it is sure that they may read.

    Raises:
        ToolError: if they may not.
    """
    caller = _sender(context.request_context)
    if not caller.may(Scope.READ):
        raise ToolError("This needs a key with the scope `read`.")
    return caller


def _sender(context: ServerRequestContext[Any, Any]) -> Caller:
    if context.request is None:
        raise ToolError("The server speaks over HTTP only.")
    caller: Caller = context.request.state.caller
    return caller
