"""The one place through which the page's script reaches the service of its process.

Streamlit runs the script for each visitor and hands it nothing; so the composition root (`ui/page/mounting.py`, or a
test) opens the stage once, when the application starts, and the script asks for it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st  # noqa: TID251

from ui.api.service import Service
from ui.page.context import PageContext, Visitor
from ui.page.conversations import ConversationStore
from ui.page.desk import Desk
from ui.page.examples import Examples
from ui.page.visitors import Visitors


@dataclass(frozen=True, slots=True)
class Stage:
    """What the composition root gives to the page.

    Args:
        service: of the API.
        conversations: of every visitor.
        desk: takes questions.
        identify: tells who looks, from the connection of the running script; None for one who must sign in.
        examples: questions that are answered.
    """

    service: Service
    conversations: ConversationStore
    desk: Desk
    identify: Callable[[], Visitor | None]
    examples: Examples = field(default_factory=Examples)

    def page_context(self) -> PageContext | None:
        """Return what the running script's pages are given, None for a visitor who must sign in."""
        visitor = self.identify()
        return None if visitor is None else PageContext(self.service, visitor, self.desk, self.conversations)


_open: list[Stage] = []


def open_stage(stage: Stage) -> None:
    """Let the script of this process use a service from now on."""
    _open[:] = [stage]


def stage() -> Stage:
    """Return what was opened last.

    Raises:
        LookupError: if nothing was; the script was not started by `sela up`.
    """
    if not _open:
        raise LookupError("The page is served by `sela up`, not by `streamlit run`.")
    return _open[0]


def connected_visitor(visitors: Visitors) -> Visitor | None:
    """Return who the running script is shown to."""
    context = st.context
    return visitors.visitor(
        context.cookies, context.headers.get("Accept-Language") or "", context.ip_address or "local"
    )
