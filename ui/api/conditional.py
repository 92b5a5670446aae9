"""Entity tags, so that a client that holds a representation already is told so."""

from collections.abc import Mapping
from hashlib import sha256

from fastapi import Request  # noqa: TID251
from fastapi.responses import Response  # noqa: TID251


def entity_tag(*parts: object) -> str:
    """Return a strong entity tag that changes with any of the parts."""
    return '"' + sha256("\0".join(map(str, parts)).encode()).hexdigest()[:32] + '"'


def not_modified(request: Request, tag: str) -> Response | None:
    """Return 304 if the client holds the representation of `tag`, None if it must be sent."""
    held = request.headers.get("if-none-match", "")
    candidates = {part.strip().removeprefix("W/") for part in held.split(",")}
    return Response(status_code=304, headers=tagged(tag)) if tag in candidates or "*" in candidates else None


def tagged(tag: str) -> Mapping[str, str]:
    """Return the headers of a representation that must be asked for again each time."""
    return {"ETag": tag, "Cache-Control": "private, no-cache"}
