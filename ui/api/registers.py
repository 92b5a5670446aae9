"""The registers: decisions, meetings and activities of all documents, and two work programmes side by side."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Path, Query, Request  # noqa: TID251
from fastapi.responses import Response  # noqa: TID251
from pydantic import Field

from ingest.errors import UnknownRecord
from ingest.identifiers import Body
from ingest.languages import detect_language
from ingest.registers.meeting_register import meetings_matching
from ui.api.access import Reader
from ui.api.documents import conditional_json
from ui.api.pagination import Cursor, Limit, paginate
from ui.api.register_json import RegisterWriter, decision_summary, documents_in
from ui.api.register_schemas import ActivitiesBody, ComparisonBody, DecisionBody, DecisionsBody, MeetingsBody
from ui.api.service import Served
from ui.api.texts import LanguageCode, RequestBody, Short, Year

router = APIRouter(tags=["registers"])
T = TypeVar("T")


class PageQuery(RequestBody):
    """Which page of a register is shown."""

    limit: Limit = 50
    cursor: Cursor = None


class MeetingsQuery(PageQuery):
    """Which meetings are listed."""

    query: Short = Field(default="", description="A name, ordinal, place or date, in any of the four languages.")
    year: Year | None = Field(default=None, description="Only meetings dated or planned in this year.")


class ActivitiesQuery(PageQuery):
    """Which activities are listed."""

    code: Short = Field(default="", description="An activity's code, or that of its project or area.")
    year: Year | None = Field(default=None, description="Only activities of this year's programme.")


class ComparisonQuery(RequestBody):
    """Which programmes are compared."""

    from_: Year = Field(alias="from", description="Year of one programme.")
    to: Year = Field(description="Year of the other.")
    language: LanguageCode | None = Field(default=None, description="Language preferred where both are held in it.")
    about: Short = Field(default="", description="Only activities whose title, project or objectives hold these words.")


@router.get(
    "/v1/decisions", response_model=DecisionsBody, summary="List the decisions", operation_id="listDecisions"
)  # fmt: skip
def list_decisions(query: Annotated[PageQuery, Query()], request: Request, caller: Reader, service: Served) -> Response:
    """List every decision that a document names, SELA's own first."""
    body = _page(service.registers(caller).decisions, decision_summary, query)
    service.audit.note(caller, "decisions", documents_in(body))
    return conditional_json(request, body)


@router.get(
    "/v1/decisions/{number}", response_model=DecisionBody, summary="Show a decision", operation_id="getDecision"
)  # fmt: skip
def get_decision(
    number: Annotated[int, Path(ge=1, le=100_000, description="Number of the decision.")],
    request: Request,
    caller: Reader,
    service: Served,
    body: Annotated[Body | None, Query(description="The body that took it; SELA's own if not given.")] = None,
) -> Response:
    """Return what every document says of a decision; another body's is never given for SELA's."""
    entry = service.registers(caller).decision(number, body=body)
    if entry is None:
        raise UnknownRecord(f"No decision {number} is on record.", next_step="List them: GET /v1/decisions.")
    shown = RegisterWriter(service.snapshot().catalogue).decision(entry)
    service.audit.note(caller, f"decision {number}", documents_in(shown))
    return conditional_json(request, shown)


@router.get("/v1/meetings", response_model=MeetingsBody, summary="List the meetings", operation_id="listMeetings")
def list_meetings(
    query: Annotated[MeetingsQuery, Query()], request: Request, caller: Reader, service: Served
) -> Response:
    """List meetings with their dates, places, conclusions and where documents disagree."""
    entries = service.registers(caller).meetings
    found = meetings_matching(entries, query.query, year=query.year) if query.query or query.year else entries
    body = _page(found, RegisterWriter(service.snapshot().catalogue).meeting, query)
    service.audit.note(caller, "meetings", documents_in(body))
    return conditional_json(request, body)


@router.get(
    "/v1/activities", response_model=ActivitiesBody, summary="List the activities", operation_id="listActivities"
)  # fmt: skip
def list_activities(
    query: Annotated[ActivitiesQuery, Query()], request: Request, caller: Reader, service: Served
) -> Response:
    """List activities of the work programmes; one code means different things in different years."""
    registers = service.registers(caller)
    found = registers.activities
    if query.code:
        found = registers.activities_with_code(query.code) or registers.activities_under(query.code)
    shown = [activity for activity in found if query.year is None or activity.year == query.year]
    body = _page(shown, RegisterWriter(service.snapshot().catalogue).activity, query)
    service.audit.note(caller, "activities", documents_in(body))
    return conditional_json(request, body)


@router.get(
    "/v1/comparisons", response_model=ComparisonBody, summary="Compare two work programmes",
    operation_id="comparePrograms",
)  # fmt: skip
def compare(query: Annotated[ComparisonQuery, Query()], request: Request, caller: Reader, service: Served) -> Response:
    """Return what became of each activity and figure from one programme to another, every cell with its places."""
    registers = service.registers(caller)
    comparison = registers.compare(query.from_, query.to, language=query.language)
    if query.about.strip():
        language = query.language or detect_language(query.about)
        comparison = comparison.about(query.about, language=language, translate=registers.in_english)
    service.audit.note(caller, "comparison", comparison.documents)
    return conditional_json(request, RegisterWriter(service.snapshot().catalogue).comparison(comparison))


def _page(entries: Sequence[T], write: Callable[[T], dict[str, Any]], query: PageQuery) -> dict[str, Any]:
    page = paginate(list(enumerate(entries)), _position, limit=query.limit, cursor=query.cursor)
    return {
        "items": [write(entry) for _, entry in page.items],
        "total": len(entries),
        "next_cursor": page.next_cursor,
    }


def _position(numbered: tuple[int, object]) -> str:
    return f"{numbered[0]:06}"
