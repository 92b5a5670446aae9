"""The OpenAPI document: what FastAPI derives, completed with security, problems and headers that hold everywhere."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI  # noqa: TID251

from ui.api.answer_schemas import ProblemBody
from ui.api.gatekeeping import is_protected
from ui.api.problems import MEDIA_TYPE, PROBLEM_TYPES

_METHODS = ("get", "post", "delete", "put", "patch")
_EVERYWHERE = (400, 422)
_PROTECTED = (401, 403, 404, 413, 421, 429, 503)
_SECURITY: list[dict[str, list[str]]] = [{"bearer": []}, {"apiKey": []}]
_SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "A key made by `sela keys create`."},
    "apiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "The same key."},
}


def representations(*media_types: str) -> dict[str, Any]:
    """Return the OpenAPI content of a response that is a file in one of several forms."""
    return {kind.split(";")[0]: {"schema": {"type": "string", "format": "binary"}} for kind in media_types}


def follows(parameter: str, *operations: str) -> dict[str, Any]:
    """Return OpenAPI links that put the `id` of a response into later operations."""
    return {name: {"operationId": name, "parameters": {parameter: "$response.body#/id"}} for name in operations}


def event_schema(*names: str) -> dict[str, Any]:
    """Return the OpenAPI content of a stream of server-sent events."""
    event: dict[str, Any] = {"type": "string", "enum": list(names)} if names else {"type": "string"}
    properties = {"event": event, "data": {"type": "string", "description": "JSON."}}
    return {"text/event-stream": {"itemSchema": {"type": "object", "properties": properties, "required": ["data"]}}}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI responses for problems of these statuses."""
    return {status: _problem(status) for status in statuses}


def complete_reference(app: FastAPI) -> None:
    """Make the application give the completed OpenAPI document, built once."""
    derive = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            _complete(derive())
        return app.openapi_schema or {}

    app.openapi = openapi  # type: ignore[method-assign]


def _complete(document: dict[str, Any]) -> None:
    components = document.setdefault("components", {})
    components["securitySchemes"] = _SCHEMES
    schemas = components.setdefault("schemas", {})
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    own = ProblemBody.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(own.pop("$defs", {}))
    schemas["ProblemBody"] = own
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                _complete_operation(path, item[method])


def _complete_operation(path: str, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    responses.pop("422", None)
    statuses = (*_EVERYWHERE, *_PROTECTED) if is_protected(path) else _EVERYWHERE
    for status in statuses:
        responses.setdefault(str(status), _problem(status))
    if is_protected(path):
        operation["security"] = _SECURITY
    for response in responses.values():
        response.setdefault("headers", {}).update(_HEADERS)


def _problem(status: int) -> dict[str, Any]:
    meanings = [f"`{kind.name}`: {kind.meaning}" for kind in PROBLEM_TYPES.values() if kind.status == status]
    return {
        "description": " ".join(meanings) or "A problem.",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemBody"}}},
    }


_HEADERS: Mapping[str, Any] = {
    "X-Request-ID": {
        "description": "Id of the request: the one that was sent, or a new one.",
        "schema": {"type": "string"},
    }
}
