"""Documents: the list, one of them, its text, its file, and its pages with the quoted words marked."""

from dataclasses import asdict
from functools import partial
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request  # noqa: TID251
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response  # noqa: TID251
from pydantic import Field

from ingest.catalogue import Catalogue, DocumentCard
from ingest.documents import Document
from ingest.errors import UnknownRecord
from ui.api.access import Reader
from ui.api.answer_schemas import Filters
from ui.api.conditional import entity_tag, not_modified, tagged
from ui.api.document_schemas import DocumentId, DocumentsBody, WholeDocumentBody
from ui.api.document_views import CLOSED, Span, original_file, text_page
from ui.api.pagination import Cursor, Limit, paginate
from ui.api.reference import representations
from ui.api.service import Served, visible_rejections
from ui.api.texts import KindName, LanguageCode, RequestBody, Year

router = APIRouter(tags=["documents"])
Id = Annotated[DocumentId, Path(description="Id of the document.")]
_MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "markdown": "text/markdown",
    "text": "text/plain",
}
_PNG, _HTML, _TEXT = "image/png", "text/html", "text/plain"


class ListQuery(RequestBody):
    """Which documents are listed."""

    year: list[Year] = Field(default=[], max_length=50, description="Year of the date or named by the title.")
    kind: list[KindName] = Field(default=[], max_length=10, description="Kinds of document.")
    language: list[LanguageCode] = Field(default=[], max_length=4, description="Languages.")
    limit: Limit = 50
    cursor: Cursor = None


class SpanQuery(RequestBody):
    """A span of the document's text."""

    start: int | None = Field(default=None, ge=0, le=10**9, description="First character.")
    end: int | None = Field(default=None, ge=0, le=10**9, description="One past the last character.")

    def span(self) -> Span | None:
        """Return the span, None if none or half of one is given."""
        return None if self.start is None or self.end is None else Span(self.start, self.end)


@router.get(
    "/v1/documents", response_model=DocumentsBody, summary="List the documents", operation_id="listDocuments",
)  # fmt: skip
def list_documents(query: Annotated[ListQuery, Query()], request: Request, caller: Reader, service: Served) -> Response:
    """List the documents and, on the first page, what could not be read."""
    snapshot = service.snapshot()
    filters = Filters(year=query.year, kind=query.kind, language=query.language)
    admitted = snapshot.catalogue.admitted(caller.narrowed(filters.narrowing()))
    cards = [card for card in snapshot.catalogue.cards.values() if card.id in admitted]
    page = paginate(sorted(cards, key=_file), _file, limit=query.limit, cursor=query.cursor)
    service.audit.note(caller, "documents", [card.file for card in page.items])
    rejected = {} if query.cursor else visible_rejections(snapshot.catalogue, caller)
    body = {
        "items": [document_json(card) for card in page.items],
        "rejected": [{"file": file, "reason": reason} for file, reason in rejected.items()],
        "total": len(cards),
        "generation": snapshot.generation,
        "next_cursor": page.next_cursor,
    }
    return conditional_json(request, body)


@router.get(
    "/v1/documents/{document_id}", response_model=WholeDocumentBody, summary="Describe a document",
    operation_id="getDocument",
)  # fmt: skip
def get_document(document_id: Id, request: Request, caller: Reader, service: Served) -> Response:
    """Return what the index knows of a document, and its outline."""
    catalogue, card = service.card(document_id, caller)
    service.audit.note(caller, "document", [card.file])
    return conditional_json(request, _whole(catalogue, card))


@router.get(
    "/v1/documents/{document_id}/text", summary="Read a document's text", operation_id="getDocumentText",
    response_class=Response, responses={200: {"content": representations(_TEXT)}},
)  # fmt: skip
def get_text(document_id: Id, request: Request, caller: Reader, service: Served) -> Response:
    """Return the canonical text, which every offset counts the characters (code points) of."""
    catalogue, card = service.card(document_id, caller)
    document = catalogue.document(card.id)
    service.audit.note(caller, "text", [card.file])
    tag = entity_tag("text", document.sha256, document.text)
    return not_modified(request, tag) or Response(
        document.text.encode("utf-8", "replace"), headers=dict(tagged(tag)), media_type=f"{_TEXT}; charset=utf-8"
    )


@router.get(
    "/v1/documents/{document_id}/file", summary="Fetch the original file", operation_id="getDocumentFile",
    response_class=Response, responses={200: {"content": representations(*_MEDIA_TYPES.values())}},
)  # fmt: skip
def get_file(document_id: Id, request: Request, caller: Reader, service: Served) -> Response:
    """Return the file as it was ingested; 404 if it is gone or was changed since."""
    catalogue, card = service.card(document_id, caller)
    document = catalogue.document(card.id)
    path = original_file(document, service.home)
    service.audit.note(caller, "file", [card.file])
    tag = entity_tag("file", document.sha256)
    name = quote(card.file.rsplit("/", 1)[-1])
    headers = {**tagged(tag), **CLOSED, "Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return not_modified(request, tag) or FileResponse(
        path, headers=headers, media_type=_MEDIA_TYPES.get(card.format, "application/octet-stream")
    )


@router.get(
    "/v1/documents/{document_id}/pages/{page}", summary="Show a page with a span marked",
    operation_id="getDocumentPage", response_class=Response,
    responses={200: {"content": representations(_PNG, _HTML)}},
)  # fmt: skip
async def get_page(  # noqa: PLR0913, PLR0917, one parameter for each part of the request
    document_id: Id,
    page: Annotated[int, Path(ge=1, le=100_000, description="1-based page of the file; 1 where it has none.")],
    query: Annotated[SpanQuery, Query()],
    request: Request,
    caller: Reader,
    service: Served,
) -> Response:
    """Return a page of a PDF as PNG, or the whole document as HTML where the format has no pages."""
    catalogue, card = await service.in_thread(partial(service.card, document_id, caller))
    document = await service.in_thread(partial(catalogue.document, card.id))
    if page > max(card.page_count, 1):
        raise UnknownRecord(f"{card.file} has no page {page}.", next_step=f"It has {max(card.page_count, 1)}.")
    service.audit.note(caller, f"page {page}", [card.file])
    tag = entity_tag("page", document.sha256, document.text, page, query.span())
    held = not_modified(request, tag)
    if held is not None:
        return held
    if card.format != "pdf":
        return HTMLResponse(text_page(document, query.span()), headers={**tagged(tag), **CLOSED})
    path = await service.in_thread(partial(original_file, document, service.home))
    image = await service.page_queue.run(partial(service.pages.image, document, path, page, query.span()))
    return Response(image, headers=dict(tagged(tag)), media_type=_PNG)


@router.get(
    "/v1/documents/{document_id}/view", summary="Read a document with a span marked",
    operation_id="viewDocument", response_class=HTMLResponse,
)  # fmt: skip
def view(
    document_id: Id, query: Annotated[SpanQuery, Query()], request: Request, caller: Reader, service: Served
) -> Response:
    """Return the whole document as HTML with the span marked, whatever its format."""
    catalogue, card = service.card(document_id, caller)
    document = catalogue.document(card.id)
    service.audit.note(caller, "view", [card.file])
    tag = entity_tag("view", document.sha256, document.text, query.span())
    page = HTMLResponse(text_page(document, query.span()), headers={**tagged(tag), **CLOSED})
    return not_modified(request, tag) or page


def document_json(card: DocumentCard) -> dict[str, Any]:
    """Return a document as lists show it."""
    return {
        "id": card.id,
        "file": card.file,
        "format": card.format,
        **asdict(card.metadata),
        "pages": card.page_count or None,
        "pages_without_text": list(card.pages_without_text),
    }


def conditional_json(request: Request, body: dict[str, Any]) -> Response:
    """Return JSON with an entity tag of its own content, or 304 if the client holds it."""
    response = JSONResponse(body)
    tag = entity_tag(bytes(response.body).decode())
    response.headers.update(tagged(tag))
    return not_modified(request, tag) or response


def _whole(catalogue: Catalogue, card: DocumentCard) -> dict[str, Any]:
    document = catalogue.document(card.id)
    return {
        **document_json(card),
        "sha256": document.sha256,
        "characters": len(document.text),
        "passages": len(catalogue.passages_of(card.id)),
        "sections": [
            {"path": list(s.path), "level": s.level, "start": s.start, "end": s.end} for s in document.sections
        ],
        "links": _links(document),
    }


def _links(document: Document) -> dict[str, str]:
    own = f"/v1/documents/{document.id}"
    return {"text": f"{own}/text", "file": f"{own}/file", "view": f"{own}/view", "pages": f"{own}/pages/1"}


def _file(card: DocumentCard) -> str:
    return card.file
