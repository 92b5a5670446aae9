"""Who calls and what they may see: from the headers of a request to a narrowing of the documents."""

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Request  # noqa: TID251
from starlette.datastructures import Headers
from starlette.types import Scope as AsgiScope

from ingest.catalogue import DocumentCard, DocumentFilter
from ingest.documents import Status
from ui.api.keys import KeyStore, Scope
from ui.api.problems import Problem

_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="sela"'}
_INTERNAL = frozenset({Status.INTERNAL.value})


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls.

    Args:
        id: of the key, or "open:ADDRESS" where no key is required.
        name: of the key, "" without one.
        scopes: what the caller may do.
    """

    id: str
    name: str
    scopes: frozenset[Scope]

    def may(self, scope: Scope) -> bool:
        """Tell whether the caller holds a scope; `ingest` and `admin` include `read`, nothing else includes another."""
        if scope is Scope.READ:
            return bool(self.scopes & {Scope.READ, Scope.INGEST, Scope.ADMIN})
        return scope in self.scopes

    @property
    def hidden_statuses(self) -> frozenset[str]:
        """Statuses of documents that must not reach the caller."""
        return frozenset() if self.may(Scope.INTERNAL) else _INTERNAL

    def narrowed(self, narrowing: DocumentFilter) -> DocumentFilter:
        """Return a filter that also keeps away what the caller may not see."""
        return replace(narrowing, hidden_statuses=narrowing.hidden_statuses | self.hidden_statuses)

    def sees(self, card: DocumentCard) -> bool:
        """Tell whether a document may reach the caller."""
        return card.metadata.status not in self.hidden_statuses


def identify(scope: AsgiScope, keys: KeyStore, *, on_loopback: bool) -> Caller:
    """Return who sends a request.

    Raises:
        Problem: "key-required" or "key-not-valid".
    """
    presented = _presented(Headers(scope=scope))
    if presented is None:
        if on_loopback and not keys.any_exists():
            address = (scope.get("client") or ("?",))[0]
            return Caller(f"open:{address}", "", frozenset({Scope.READ}))
        raise Problem("key-required", "Send `Authorization: Bearer KEY` or `X-API-Key: KEY`.", _CHALLENGE)
    key = keys.find(presented)
    if key is None:
        raise Problem("key-not-valid", "The key is unknown, expired or revoked; ask for another.", _CHALLENGE)
    return Caller(key.id, key.name, key.scopes)


def _presented(headers: Headers) -> str | None:
    """Return the key in the headers; "" for credentials of another scheme, None where there are none."""
    authorization = headers.get("authorization")
    if authorization is not None:
        scheme, _, value = authorization.partition(" ")
        return value.strip() if scheme.lower() == "bearer" else ""
    return headers.get("x-api-key")


def _caller(request: Request) -> Caller:
    caller = request.scope["state"].get("caller")
    if not isinstance(caller, Caller):
        raise Problem("key-required", "Send `Authorization: Bearer KEY` or `X-API-Key: KEY`.", _CHALLENGE)
    return caller


def require(caller: Caller, scope: Scope) -> None:
    """Refuse a caller without a scope.

    Raises:
        Problem: "scope-missing".
    """
    if not caller.may(scope):
        detail = f"This needs a key with the scope `{scope.value}`: `sela keys create NAME --scope {scope.value}`."
        raise Problem("scope-missing", detail, extra={"scope": scope.value})


def _requiring(scope: Scope) -> "type[Caller]":
    async def check(caller: Annotated[Caller, Depends(_caller)]) -> Caller:
        require(caller, scope)
        return caller

    return Depends(check)  # type: ignore[no-any-return]


Reader = Annotated[Caller, _requiring(Scope.READ)]
Ingester = Annotated[Caller, _requiring(Scope.INGEST)]
Administrator = Annotated[Caller, _requiring(Scope.ADMIN)]
