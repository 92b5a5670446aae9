"""Mounts the page in the application of the API: one process, one port, one assistant."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import streamlit as st  # noqa: TID251
from fastapi import FastAPI  # noqa: TID251
from starlette.middleware import Middleware
from starlette.routing import Match, Mount
from starlette.types import Scope

from ui.api.service import Service
from ui.page import addresses
from ui.page.conversations import ConversationStore
from ui.page.desk import Desk, QueuedAsker
from ui.page.door import Door
from ui.page.originals import ORIGINALS, TEXTS, original_routes
from ui.page.sessions import SessionStore
from ui.page.sign_in import sign_in_routes
from ui.page.stage import Stage, connected_visitor, open_stage
from ui.page.visitors import Visitors

_SCRIPT = Path(__file__).with_name("script.py")
_PAGES = (
    addresses.ASK, addresses.DECISIONS, addresses.MEETINGS, addresses.PROGRAMMES, addresses.DOCUMENTS,
    addresses.QUALITY, addresses.ANSWER, addresses.SOURCE,
)  # fmt: skip
_PLUMBING = ("/static/", "/_stcore/", "/media/", "/component/", "/language/", ORIGINALS, TEXTS)
_SINGLE = frozenset({f"/{page}" for page in _PAGES} | {"/sign-in", "/sign-out", "/favicon.png", "/manifest.json"})


class PageMount(Mount):
    """Takes the page's own addresses only, so that any other is still answered by the API, with a problem."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Tell whether an address is one of the page's."""
        if scope["type"] in {"http", "websocket"} and is_page_address(scope["path"]):
            return super().matches(scope)
        return Match.NONE, {}


def is_page_address(path: str) -> bool:
    """Tell whether an address belongs to the page."""
    return path in _SINGLE or path.startswith(_PLUMBING)


def mount_page(app: FastAPI) -> None:
    """Add the page to the application that `create_app` made; both share its service."""
    service: Service = app.state.service
    exposure, home = service.exposure, service.settings.data
    sessions = SessionStore(home)
    visitors = Visitors(service.keys, sessions, on_loopback=exposure.on_loopback)
    page = st.App(
        _SCRIPT,
        routes=[*sign_in_routes(service.keys, sessions), *original_routes(service, visitors)],
        middleware=[Middleware(Door, visitors=visitors, settings=exposure)],
    )
    app.router.routes.append(PageMount("/", app=page))
    running, page_running = app.router.lifespan_context, page.lifespan()

    @asynccontextmanager
    async def both(application: FastAPI) -> AsyncIterator[None]:
        conversations = ConversationStore(home)
        desk = Desk(QueuedAsker(service, asyncio.get_running_loop()), conversations)
        open_stage(Stage(service, conversations, desk, partial(connected_visitor, visitors)))
        async with running(application), page_running(application):
            yield

    app.router.lifespan_context = both
