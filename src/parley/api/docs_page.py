"""The page of the API's description, at ``/docs``: Swagger UI as an installed package brings it. It asks nobody outside."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse, Response

ASSETS = Path(str(files("fastapi_offline"))) / "static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Parley: API</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="page"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/begin.js"></script></body></html>
"""
BEGIN = """SwaggerUIBundle({
  url: "/api/v1/openapi.json", dom_id: "#page", presets: [SwaggerUIBundle.presets.apis], layout: "BaseLayout",
  deepLinking: true, validatorUrl: null, tryItOutEnabled: false, persistAuthorization: false
});
"""
BUNDLE, STYLE = "swagger-ui-bundle.js", "swagger-ui.css"

router = APIRouter(prefix="/docs", include_in_schema=False)


@router.get("")
async def show_docs() -> Response:
    """The page."""
    return HTMLResponse(PAGE, headers={"Content-Security-Policy": POLICY})


@router.get("/begin.js")
async def show_begin() -> Response:
    """What starts it."""
    return Response(BEGIN, media_type="text/javascript")


@router.get(f"/{BUNDLE}")
async def show_bundle() -> Response:
    """Its script."""
    return FileResponse(ASSETS / BUNDLE, media_type="text/javascript")


@router.get(f"/{STYLE}")
async def show_style() -> Response:
    """Its style."""
    return FileResponse(ASSETS / STYLE, media_type="text/css")
