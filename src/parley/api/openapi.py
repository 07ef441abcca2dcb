"""The description of the API (OpenAPI 3.1) at ``/api/v1/openapi.json``: whole, so that clients are generated from it.

* Operation ids are the names of a client's functions, and stay.
* Every operation may answer with a problem document.
* The messages of the WebSocket, which OpenAPI has no word for, stand among the schemas as ``News…``.
* What an answer has, it always has, though some of it may be null: only what a request may leave out is optional.
* Requests and answers have examples (`examples`); all of them are of a simulation.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, Response
from pydantic import TypeAdapter

from parley import __version__
from parley.api.access import OPEN_FOLDERS, OPEN_PATHS
from parley.api.examples import EXAMPLES
from parley.api.news import TYPES
from parley.api.problems import MEDIA_TYPE, Problem

PATH = "/api/v1/openapi.json"
SCHEMA_REF = "#/components/schemas/{model}"
DESCRIPTION = """The API of one member's own node, for its officers' screens and its administrators' commands.

Whoever asks is an officer who has signed on (cookie), or shows the node's token (bearer). Refusals are problem documents
(RFC 9457). Views bear weak ETags. Lists are pages with cursors. Live events come over the WebSocket `/api/v1/events`."""
SECURITY = {
    "session": {"type": "apiKey", "in": "cookie", "name": "parley_CODE_MECHANISM", "description": "set by signOn"},
    "token": {"type": "http", "scheme": "bearer", "description": "the node's local token"},
}


def describe(app: FastAPI) -> None:
    """Serve the description of `app`, made at the first request for it."""

    def made() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _whole(app)
        return app.openapi_schema

    app.openapi = made  # type: ignore[method-assign]

    @app.get(PATH, include_in_schema=False)
    async def show_description() -> Response:
        return JSONResponse(app.openapi())


def _whole(app: FastAPI) -> dict[str, Any]:
    made = get_openapi(title="Parley", version=__version__, description=DESCRIPTION, routes=app.routes)
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas["Problem"] = Problem.model_json_schema(ref_template=SCHEMA_REF)
    for news, kind in TYPES.items():
        schemas[news.__name__] = _message(TypeAdapter(news).json_schema(ref_template=SCHEMA_REF), kind)
    for name in schemas.keys() - _asked(made):
        if "properties" in schemas[name]:
            schemas[name]["required"] = list(schemas[name]["properties"])
    for name, example in EXAMPLES.items():
        schemas[name]["examples"] = [example]
    made["components"]["securitySchemes"] = SECURITY
    for path, operations in made["paths"].items():
        for operation in operations.values():
            _complete(path, operation)
    return made


def _message(schema: dict[str, Any], kind: str) -> dict[str, Any]:
    """The schema of a message on the WebSocket: its number and type, and the news."""
    schema["properties"] = {"seq": {"type": "integer"}, "type": {"const": kind}, **schema["properties"]}
    return schema


def _asked(made: dict[str, Any]) -> set[str]:
    """Names of the schemas of request bodies."""
    operations = [operation for path in made["paths"].values() for operation in path.values()]
    bodies = (operation.get("requestBody", {}).get("content", {}).get("application/json") for operation in operations)
    return {body["schema"]["$ref"].rpartition("/")[2] for body in bodies if body}


def _complete(path: str, operation: dict[str, Any]) -> None:
    operation["responses"].pop("422", None)
    problem = {MEDIA_TYPE: {"schema": {"$ref": SCHEMA_REF.format(model="Problem")}}}
    operation["responses"]["default"] = {"description": "refused, because…", "content": problem}
    if path not in OPEN_PATHS and not path.startswith(OPEN_FOLDERS):
        operation["security"] = [{"session": []}, {"token": []}]
