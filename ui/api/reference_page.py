"""The page `/docs`: the OpenAPI document made readable, with everything it needs from this machine."""

from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI  # noqa: TID251
from fastapi.openapi.docs import get_swagger_ui_html  # noqa: TID251
from fastapi.responses import HTMLResponse  # noqa: TID251
from starlette.staticfiles import StaticFiles

_ASSETS = "/docs/assets"


def install_reference_page(app: FastAPI) -> None:
    """Add `/docs` and the assets of Swagger UI, which the package fastapi-offline carries."""
    folder = Path(str(files("fastapi_offline").joinpath("static")))
    app.mount(_ASSETS, StaticFiles(directory=folder), name="reference assets")

    @app.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        return get_swagger_ui_html(
            openapi_url="/openapi.json",
            title=app.title,
            swagger_js_url=f"{_ASSETS}/swagger-ui-bundle.js",
            swagger_css_url=f"{_ASSETS}/swagger-ui.css",
            swagger_favicon_url=f"{_ASSETS}/favicon.png",
        )
