"""The floor's page: files that the web build leaves in ``floor/`` beside this module, where it is built.

* What is served is what is there when the node starts, by its exact path: nothing can be asked for outside of it.
* Files in ``assets/`` bear a digest in their names and are kept for ever; all else is asked for anew each time.
* The page may load scripts, styles, fonts, sounds and images from this node, and connect to it, and nothing else. Styles may
  stand in the page too: React Aria puts a few of its own there, and none can load anything from elsewhere. Images may be
  ``data:`` or ``blob:``, which the map makes. In a drill pages of this machine may frame it; otherwise nobody's may.
* In an exercise the document says so itself, so that the page opens with the banner before anybody has signed on.
* The page of the demo's theatre is built beside it; no node serves that.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, RedirectResponse, Response

FOLDER = Path(__file__).with_name("floor")
PAGE = "/index.html"
THEATRE = "/theatre.html"
HASHED = "/assets/"
FOREVER = "public, max-age=31536000, immutable"
ANEW = "no-cache"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; "
    "media-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
)
FRAMES = "frame-ancestors 'none'"
FRAMES_IN_A_DRILL = "frame-ancestors http://127.0.0.1:* http://localhost:*"
_PLAIN, _EXERCISE = '<html lang="en"', '<html data-exercise lang="en"'
BY_THE_POLICY = frozenset({".html", ".js"})
"""A script is under the page's policy too: one that runs as a worker has that of its own file."""
TYPES: Mapping[str, str] = {
    ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml",
    ".woff2": "font/woff2", ".webmanifest": "application/manifest+json", ".pmtiles": "application/octet-stream", ".wasm": "application/wasm",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FloorFiles:
    """The files by path, ``/`` among them where the floor is built; `exercise`: whether the page is to say that it is of one."""

    files: Mapping[str, Path]
    policy: str
    exercise: bool = False

    @classmethod
    def found(cls, folder: Path = FOLDER, *, drill: bool = False, exercise: bool = False) -> FloorFiles:
        """What is in `folder` now."""
        files = files_in(folder)
        files.pop(THEATRE, None)
        if PAGE in files:
            files["/"] = files[PAGE]
        return cls(files, POLICY + (FRAMES_IN_A_DRILL if drill else FRAMES), exercise)

    @property
    def paths(self) -> frozenset[str]:
        """Every path that is served."""
        return frozenset(self.files)

    def answer(self, path: str) -> Response:
        """The file at one of `paths`."""
        file = self.files[path]
        kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        headers = {"Cache-Control": FOREVER if path.startswith(HASHED) else ANEW}
        if file.suffix in BY_THE_POLICY:
            headers["Content-Security-Policy"] = self.policy
        if self.exercise and path in ("/", PAGE):
            return Response(file.read_text("utf-8").replace(_PLAIN, _EXERCISE, 1), media_type=kind, headers=headers)
        return FileResponse(file, media_type=kind, headers=headers)


def files_in(folder: Path) -> dict[str, Path]:
    """Every file of a folder, by the path it is served under."""
    return {f"/{path.relative_to(folder).as_posix()}": path for path in folder.rglob("*") if path.is_file()}


def floor_router(files: FloorFiles) -> APIRouter:
    """The routes of the page; where it is not built, ``/`` leads to the page of the record."""
    router = APIRouter(include_in_schema=False)

    async def show_file(request: Request) -> Response:
        return files.answer(request.url.path)

    for path in sorted(files.paths):
        router.add_api_route(path, show_file, methods=["GET", "HEAD"])
    if "/" not in files.paths:

        @router.get("/")
        async def show_other() -> Response:
            return RedirectResponse("/record", 307)

    return router
