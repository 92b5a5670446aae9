"""Every failure the API reports, as RFC 9457 problem details with types that never change."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from fastapi import FastAPI, Request  # noqa: TID251
from fastapi.exceptions import RequestValidationError  # noqa: TID251
from fastapi.responses import JSONResponse  # noqa: TID251
from starlette.exceptions import HTTPException
from starlette.routing import compile_path
from starlette.types import Scope

from ingest import errors

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of failure.

    Args:
        name: last part of its address, `/problems/NAME`.
        status: HTTP status.
        title: what it is, the same every time.
        meaning: when it happens and what a client does about it.
    """

    name: str
    status: int
    title: str
    meaning: str


_TYPES = (
    ProblemType("invalid-request", 422, "The request is not valid", "A value is missing, unknown or out of bounds;"
                " `errors` points to each."),
    ProblemType("malformed-request", 400, "The request cannot be read", "The body is not JSON in UTF-8, or a header or"
                " the address is malformed."),
    ProblemType("key-required", 401, "A key is required", "Send `Authorization: Bearer KEY` or `X-API-Key: KEY`."),
    ProblemType("key-not-valid", 401, "The key is not valid", "It is unknown, expired or revoked; ask for another."),
    ProblemType("scope-missing", 403, "The key may not do this", "The key lacks the scope that `scope` names."),
    ProblemType("folder-not-allowed", 403, "The folder may not be ingested", "The settings do not name it."),
    ProblemType("host-not-allowed", 421, "The service is not called by this name", "While no key is required, only"
                " the names in the setting `allowed_hosts` are served."),
    ProblemType("not-found", 404, "There is no such record", "The id or address is not on record for this key."),
    ProblemType("file-unavailable", 404, "The file is not available", "The original is gone from the ingested folder or"
                " changed since; the text is still served."),
    ProblemType("method-not-allowed", 405, "The method is not allowed", "`Allow` names the methods that are."),
    ProblemType("not-acceptable", 406, "No such representation", "Ask for one of the media types in the reference."),
    ProblemType("conflict", 409, "The request conflicts with another", "The idempotency key was used for another"
                " request, or the index is being changed by another process."),
    ProblemType("too-large", 413, "The body is too large", "Send less; the limits are in the reference."),
    ProblemType("unsupported-media-type", 415, "The media type is not supported", "Send JSON, or multipart form data"
                " where files are taken."),
    ProblemType("rate-limited", 429, "Too many requests", "The limit is used up; wait for `Retry-After` seconds."),
    ProblemType("busy", 429, "The service is busy", "More questions wait than can be answered soon; try again after"
                " `Retry-After` seconds."),
    ProblemType("not-ready", 503, "The service is not ready", "There is no index or it is being opened; try again"
                " after `Retry-After` seconds."),
    ProblemType("too-slow", 504, "The answer took too long", "The question was given up; ask a narrower one."),
    ProblemType("internal", 500, "Something unexpected failed", "Report it with the request id."),
)  # fmt: skip
PROBLEM_TYPES: Mapping[str, ProblemType] = {t.name: t for t in _TYPES}
_BY_STATUS = {400: "malformed-request", 401: "key-required", 403: "scope-missing", 404: "not-found",
              405: "method-not-allowed", 406: "not-acceptable", 409: "conflict", 413: "too-large",
              415: "unsupported-media-type", 422: "invalid-request", 429: "rate-limited", 503: "not-ready"}  # fmt: skip
_BY_ERROR: tuple[tuple[type[errors.SelaError], str], ...] = (
    (errors.InvalidQuestion, "invalid-request"),
    (errors.UnknownRecord, "not-found"),
    (errors.CorpusError, "invalid-request"),
    (errors.IndexLocked, "conflict"),
    (errors.IndexUnavailable, "not-ready"),
    (errors.ModelUnavailable, "not-ready"),
    (errors.ReadingError, "file-unavailable"),
)
_RETRY_SECONDS = "5"


class Problem(Exception):
    """A failure to be reported to the caller.

    Attributes:
        name: of its `ProblemType`.
        detail: what failed this time and what to do next.
        headers: added to the response.
        extra: members added to the problem details.
    """

    def __init__(
        self,
        name: str,
        detail: str,
        headers: Mapping[str, str] = MappingProxyType({}),
        *,
        extra: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        super().__init__(detail)
        self.name = name
        self.detail = detail
        self.headers = headers
        self.extra = extra

    @property
    def type(self) -> ProblemType:
        """The kind of failure."""
        return PROBLEM_TYPES[self.name]


def problem_of(error: errors.SelaError) -> Problem:
    """Return the problem that tells a caller of one of our errors."""
    name = next((name for kind, name in _BY_ERROR if isinstance(error, kind)), "internal")
    headers = {"Retry-After": _RETRY_SECONDS} if name in ("not-ready", "conflict") else {}
    if name in {"internal", "not-ready"}:
        return Problem(name, PROBLEM_TYPES[name].meaning, headers)
    return Problem(name, str(error), headers)


def problem_response(problem: Problem, scope: Scope) -> JSONResponse:
    """Return the problem details document for the request of `scope`."""
    kind = problem.type
    body: dict[str, Any] = {
        "type": f"/problems/{kind.name}",
        "title": kind.title,
        "status": kind.status,
        "detail": problem.detail,
        "instance": scope.get("path", ""),
        "request_id": scope.get("state", {}).get("request_id", ""),
        **problem.extra,
    }
    body["error"] = {"message": problem.detail, "type": kind.name, "code": kind.name, "param": None}
    return JSONResponse(body, kind.status, dict(problem.headers), MEDIA_TYPE)


def install_problem_handlers(app: FastAPI) -> None:
    """Make the application report every failure as a problem."""
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(errors.SelaError, _on_our_error)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)


async def _on_problem(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, Problem):
        raise error
    return problem_response(error, request.scope)


async def _on_our_error(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, errors.SelaError):
        raise error
    return problem_response(problem_of(error), request.scope)


async def _on_invalid(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    faults = [{"at": _pointer(e["loc"]), "detail": _said(e)} for e in error.errors()[:20]]
    broken = any(e["type"] == "json_invalid" for e in error.errors())
    detail = "; ".join(f"{f['at']}: {f['detail']}" for f in faults) + "."
    name = "malformed-request" if broken else "invalid-request"
    return problem_response(Problem(name, detail, extra={"errors": faults}), request.scope)


async def _on_http(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    name = _BY_STATUS.get(error.status_code, "internal" if error.status_code >= 500 else "malformed-request")
    detail = PROBLEM_TYPES[name].meaning
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = _allowed(request)
    if error.status_code == HTTPStatus.NOT_FOUND:
        detail = "There is nothing at this address; the reference is at /docs."
    return problem_response(Problem(name, detail, headers), request.scope)


def _allowed(request: Request) -> str:
    """Return every method of an address, those of other routes with the same path included."""
    paths: Mapping[str, Mapping[str, Any]] = request.app.openapi()["paths"]
    methods = {m.upper() for path, item in paths.items() if compile_path(path)[0].match(request.url.path) for m in item}
    return ", ".join(sorted(methods)) or "GET"


def _pointer(location: tuple[Any, ...]) -> str:
    return "/".join(str(part) for part in location).encode("utf-8", "replace").decode()


def _said(fault: Mapping[str, Any]) -> str:
    return str(fault["msg"]).encode("utf-8", "replace").decode()
