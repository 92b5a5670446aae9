"""Pages of long lists: a cursor names the last item given, so that items added meanwhile shift nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from pydantic import Field

T = TypeVar("T")

Limit = Annotated[int, Field(ge=1, le=200, description="Most items returned.")]
Cursor = Annotated[
    str | None,
    Field(pattern=r"^([0-9a-f]{2}){1,400}$", description="`next_cursor` of the page before; none for the first."),
]


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Part of a list and the cursor of the next part, None at the end."""

    items: Sequence[T]
    next_cursor: str | None


def paginate(items: Sequence[T], key: Callable[[T], str], *, limit: int, cursor: str | None) -> Page[T]:
    """Return the items after the cursor; `items` must be in the order of `key`, which tells them apart."""
    after = bytes.fromhex(cursor).decode("utf-8", "replace") if cursor else None
    left = [item for item in items if after is None or key(item) > after]
    shown = left[:limit]
    more = len(left) > limit
    return Page(shown, key(shown[-1]).encode().hex() if more else None)
