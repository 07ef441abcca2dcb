"""The theatre's own little server: its page, what there is to tell, and its buttons. On this machine only.

The page is part of the floor's build (`theatre.html`). It frames the floors, which allow that in a drill; what it asks of them
goes through this process, which plays the scripted officers and breaks and mends lines and nodes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from parley.api.floor_files import FOLDER, THEATRE, FloorFiles, files_in
from parley.api.guard import Guard
from parley.api.problems import tell_problems
from parley.cli.seats import Seats
from parley.cli.theatre import ACTS, Theatre
from parley.errors import BadInput

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src http://127.0.0.1:*; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
FLOOR_SEAT, OWN_SEAT = "duty-2", "duty-3"
TAKEN_BY_ITSELF = "/auto"


def make_theatre(theatre: Theatre, seats: Seats) -> FastAPI:
    """The application over the theatre of a stage."""
    app = FastAPI(title="Parley theatre", docs_url=None, redoc_url=None, openapi_url=None)
    tell_problems(app)
    files = FloorFiles(files_in(FOLDER), POLICY)

    @app.get("/theatre/state")
    async def state() -> Response:
        return JSONResponse(picture(theatre, seats))

    @app.post("/theatre/act")
    async def act(request: Request) -> Response:
        asked = await request.json()
        if not isinstance(asked, Mapping) or not isinstance(asked.get("act"), str):
            raise BadInput("theatre.act", "must name an act", field="act", rule=", ".join(ACTS))
        about = {str(name): str(value) for name, value in asked.items() if name != "act"}
        await asyncio.to_thread(theatre.act, asked["act"], about)
        return JSONResponse({"done": asked["act"]})

    async def show_file(request: Request) -> Response:
        return files.answer(THEATRE if request.url.path == "/" else request.url.path)

    for path in sorted(files.paths | {"/"}):
        app.add_api_route(path, show_file, methods=["GET"], include_in_schema=False)
    app.add_middleware(Guard)
    return app


def picture(theatre: Theatre, seats: Seats) -> dict[str, Any]:
    """What the page shows."""
    stage = theatre.stage
    members = {str(member.code): member for member in stage.charter.members}
    return {
        "banner": stage.charter.banner,
        "floors": [
            {"code": seat.code, "name": members[seat.code].name, "language": members[seat.code].languages[0],
             "url": seat.link + TAKEN_BY_ITSELF, "taken": seat.taken} for seat in seats.of(FLOOR_SEAT)
        ],
        "seats": [{"code": seat.code, "url": _apart(seat.link), "taken": seat.taken} for seat in seats.of(OWN_SEAT)],
        "narration": [asdict(told) for told in list(theatre.told)],
        "lines": [{"a": a, "b": b, "cut": cut} for a, b, cut in theatre.lines()],
        "nodes": [{"code": code, "alive": code not in theatre.down} for code in stage.codes],
        "quiet": theatre.quiet,
    }  # fmt: skip


def _apart(link: str) -> str:
    """The same node under its other name: to a browser another site, where the seat in the frame keeps its own session."""
    return link.replace("//127.0.0.1:", "//localhost:", 1)


def serve_theatre(theatre: Theatre, seats: Seats, port: int) -> None:
    """Serve until interrupted."""
    config = uvicorn.Config(
        make_theatre(theatre, seats), host="127.0.0.1", port=port, log_level="warning", access_log=False, lifespan="off",
        server_header=False, timeout_graceful_shutdown=1,
    )  # fmt: skip
    uvicorn.Server(config).run()
