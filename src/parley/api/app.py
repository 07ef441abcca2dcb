"""The API over one running node: routers of one concern each, and what stands before them all.

A request passes, from outside in: `guard` (whose page asks), `access` (who asks), `bodies` (how much it brings), `etags` (does
the asker know the answer), then its route. Every refusal is a problem document. Nothing here loads anything from elsewhere.
"""

from __future__ import annotations

from fastapi import FastAPI

from parley.api import (
    declarations,
    docs_page,
    drafts,
    drill,
    events,
    health,
    invitations,
    map_packs,
    notices,
    people,
    phrases,
    private,
    record,
    search,
    session,
    sheets,
    situation,
    statements,
    watch,
)
from parley.api.access import Access
from parley.api.bodies import Bodies
from parley.api.cases import cases_router
from parley.api.context import Context
from parley.api.etags import ETags
from parley.api.floor_files import FloorFiles, floor_router
from parley.api.guard import Guard
from parley.api.openapi import describe
from parley.api.problems import tell_problems
from parley.node.runtime import Node

ROUTERS = (
    health.router, session.router, invitations.router, declarations.router, record.router, search.router, statements.router, drafts.router,
    private.router, sheets.router, events.router, phrases.router, people.router, watch.router, situation.router, notices.router,
    map_packs.router, docs_page.router,
)  # fmt: skip


def make_app(node: Node, *, drill: bool = False) -> FastAPI:
    """The application over `node`; `drill` adds the means to cut and restore lines, for demonstrations.

    Its context (`app.state.context`) listens to the node from here on; whoever made it closes it.
    """
    return compose(Context.of(node, drill=drill))


def compose(context: Context) -> FastAPI:
    """The application over `context`."""
    app = FastAPI(title="Parley", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.state.context = context
    files = FloorFiles.found(drill=context.drill, exercise=context.node.mechanism.charter.terms.exercise)
    tell_problems(app)
    for router in (*ROUTERS, cases_router(context.node), floor_router(files)):
        app.include_router(router)
    if context.drill:
        app.include_router(drill.router)
    describe(app)
    for layer in (ETags, Bodies):
        app.add_middleware(layer)
    app.add_middleware(Access, context=context, files=files.paths)
    app.add_middleware(Guard)
    return app
