"""Puts the application together: routes, gate, metrics and the assistant behind them, in one process."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from fastapi import FastAPI  # noqa: TID251
from mcp.server.mcpserver import MCPServer
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from assistant.settings import Settings
from ui.api import answers, documents, feedback, health, ingestions, openai_compatible, registers
from ui.api.gatekeeping import Gatekeeper
from ui.api.model_context import build_mcp_app
from ui.api.problems import install_problem_handlers
from ui.api.reference import complete_reference
from ui.api.reference_page import install_reference_page
from ui.api.request_identity import RequestIdentity
from ui.api.service import Service
from ui.api.settings import ServiceSettings, load_service_settings

_DESCRIPTION = (
    "Answers questions about the documents of SELA with citations that can be checked. Every failure is a problem"
    " document (RFC 9457)."
)
_PARTS = (answers, documents, registers, feedback, ingestions, openai_compatible, health)


def create_app(settings: Settings, exposure: ServiceSettings | None = None) -> FastAPI:
    """Return the application; it loads the assistant when it is started, not before.

    Raises:
        SettingsError: if the API's own settings are not usable.
    """
    service = Service(settings, exposure or load_service_settings())
    mcp, mcp_app = build_mcp_app(service)
    app = FastAPI(
        title="SELA document assistant",
        version=service.version,
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(service, mcp),
        middleware=_layers(service),
    )
    app.state.service = service
    for part in _PARTS:
        app.include_router(part.router)
    app.router.routes.extend(mcp_app.routes)
    install_problem_handlers(app)
    install_reference_page(app)
    complete_reference(app)
    return app


def _layers(service: Service) -> list[Middleware]:
    layers = [
        Middleware(RequestIdentity, metrics=service.metrics),
        Middleware(Gatekeeper, keys=service.keys, settings=service.exposure),
    ]
    if service.exposure.cors_origins:
        layers.insert(1, _cors(service.exposure))
    return layers


def _cors(exposure: ServiceSettings) -> Middleware:
    return Middleware(
        CORSMiddleware,
        allow_origins=exposure.cors_origins,
        allow_methods=("GET", "POST", "DELETE"),
        allow_headers=("Authorization", "X-API-Key", "Content-Type", "X-Request-ID", "Idempotency-Key"),
        expose_headers=("X-Request-ID", "ETag", "Retry-After", "RateLimit-Limit", "RateLimit-Remaining"),
    )


def _lifespan(service: Service, mcp: "MCPServer[Any]") -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(service.load)
        async with mcp.session_manager.run():
            try:
                yield
            finally:
                service.close()

    return running
