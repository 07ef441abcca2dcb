"""PostGIS: notices as rows of a table with one GiST index over place, time and height.

`make bench PEERS=1` installs Debian's `postgresql-15-postgis-3` where it is absent (as root, by apt) and the client `psycopg` below
`.bench-peers/`, and starts a cluster of its own in the bench's folder, reached by a socket in it. Without either this
says that it is missing.

Twice the same table: as *geography*, geodesics on the spheroid, which is the job that is done here; and as *planar* geometry in metres
of one projection, which is less exact and faster. In both circles are polygons of 64 corners, the query is prepared, times and
heights are plain ranges in the same index as the place.
"""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyproj

from bench.notices import MIDDLE
from bench.peers import Permission
from bench.telling import tell
from parley.geo.shapes import Circle, Polygon
from parley.geo.verdict import Buffers
from parley.geo.volumes import Volume4D

PACKAGE = "postgresql-15-postgis-3"
BINARIES = Path("/usr/lib/postgresql/15/bin")
CONTROL = Path("/usr/share/postgresql/15/extension/postgis.control")
CLIENT = Path(__file__).resolve().parents[2] / ".bench-peers" / "psycopg"
CORNERS = 64
ACCOUNT = "postgres"
_ANGLES = np.arange(CORNERS) * (2 * np.pi / CORNERS)
_TURNS = np.cos(_ANGLES), np.sin(_ANGLES)
_SETTINGS = (
    "listen_addresses=", "shared_buffers=2GB", "maintenance_work_mem=1GB", "max_wal_size=8GB", "jit=off", "fsync=off",  # loading is not measured
)  # fmt: skip
KINDS = {"geodesic": "geography", "planar": "geometry"}
_QUERY = (
    "SELECT id, ST_Distance({kind}, %({kind})s::{type}) FROM {kind} WHERE ST_DWithin({kind}, %({kind})s::{type}, %(buffer)s)"
    " AND t && numrange(%(t0)s::numeric, %(t1)s::numeric, '[]') AND a && numrange(%(a0)s::numeric, %(a1)s::numeric, '[]')"
)


class Missing(Exception):
    """PostGIS cannot be had here."""


def install() -> None:
    """See that PostGIS and a client are there.

    Raises:
        Missing: neither is, and they may not or cannot be installed.
    """
    if not CONTROL.exists():
        _allowed(PACKAGE)
        if os.geteuid() != 0 or shutil.which("apt-get") is None:
            raise Missing(f"{PACKAGE} is missing; as root, apt-get install {PACKAGE}")
        tell(f"installing {PACKAGE} (once)")
        _run(["apt-get", "update", "-qq"])
        _run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", PACKAGE])
    if not (CLIENT / "psycopg").exists():
        _allowed("the client psycopg")
        tell("installing psycopg (once)")
        _run([sys.executable, "-m", "pip", "install", "--quiet", "--target", str(CLIENT), "psycopg[binary]==3.3.*"])


def _allowed(what: str) -> None:
    if not Permission.granted:
        raise Missing(f"not measured: {what} is missing; PEERS=1 lets the bench install it")


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise Missing(f"{command[0]} failed: {done.stderr.strip()[-200:]}")


class PostGis:
    """Tables of notices."""

    def __init__(self, connection: Any, buffers: Buffers) -> None:
        self._connection = connection
        self._buffers = buffers
        latitude, longitude = MIDDLE.degrees
        self._project = pyproj.Proj(proj="laea", lat_0=latitude, lon_0=longitude, ellps="WGS84")

    def load(self, volumes: Sequence[Volume4D]) -> None:
        """Fill the tables and index them."""
        run = self._connection.execute
        run("CREATE EXTENSION postgis")
        for kind, type_ in KINDS.items():
            run(f"CREATE TABLE {kind} (id int, {kind} {type_}, t numrange, a numrange)")
            with self._connection.cursor().copy(f"COPY {kind} FROM STDIN") as copy:
                for number, volume in enumerate(volumes):
                    (t0, t1), (a0, a1) = _spans(volume)
                    copy.write_row((number, self._text(volume, kind), f"[{t0},{t1})", f"[{a0},{a1})"))
            run(f"CREATE INDEX ON {kind} USING gist ({kind}, t, a)")
            run(f"VACUUM ANALYZE {kind}")

    def question(self, volume: Volume4D) -> dict[str, object]:
        """What `ask` is asked with; made beforehand, so that making it costs nothing."""
        (t0, t1), (a0, a1) = _spans(volume)
        buffers = self._buffers
        return {
            **{kind: self._text(volume, kind) for kind in KINDS}, "buffer": buffers.distance_m, "t0": t0 - buffers.time_ms, "t1": t1 + buffers.time_ms,
            "a0": a0 - buffers.height_m * 100, "a1": a1 + buffers.height_m * 100,
        }  # fmt: skip

    def ask(self, kind: str, question: dict[str, object]) -> int:
        """How many notices a new one meets or is near, by the table of a kind."""
        query = _QUERY.format(kind=kind, type=KINDS[kind])
        return len(self._connection.execute(query, question, prepare=True).fetchall())

    def _text(self, volume: Volume4D, kind: str) -> str:
        """An area as text: metres of the projection, or degrees of the same corners."""
        match volume.outline:
            case Circle(centre, radius_m):
                x, y = self._project(centre.degrees[1], centre.degrees[0])
                xs, ys = x + radius_m * _TURNS[0], y + radius_m * _TURNS[1]
                if kind == "geodesic":
                    xs, ys = self._project(xs, ys, inverse=True)
            case Polygon(places):
                ys, xs = np.array([place.degrees for place in places]).T
                if kind == "planar":
                    xs, ys = self._project(xs, ys)
            case _:
                raise NotImplementedError("no corridors are measured")
        corners = [f"{x:.7f} {y:.7f}" for x, y in zip(xs.tolist(), ys.tolist(), strict=True)]
        return f"POLYGON(({','.join((*corners, corners[0]))}))"


@contextmanager
def running(folder: Path, buffers: Buffers) -> Iterator[PostGis]:
    """A cluster in a folder, on a socket there, gone afterwards.

    Raises:
        Missing: it cannot be had.
    """
    install()
    if str(CLIENT) not in sys.path:
        sys.path.append(str(CLIENT))
    psycopg = importlib.import_module("psycopg")
    home = folder / "postgis"
    home.mkdir()
    if os.geteuid() == 0:
        folder.chmod(0o711)  # the account of the cluster passes through
        shutil.chown(home, ACCOUNT, ACCOUNT)
    _as_account("initdb", "-D", str(home / "data"), "-A", "trust", "-U", ACCOUNT, "-E", "UTF8", "--no-sync")
    options = f"-k {home} " + " ".join(f'-c "{one}"' for one in _SETTINGS)
    _as_account("pg_ctl", "-D", str(home / "data"), "-w", "-l", str(home / "log"), "-o", options, "start")
    try:
        with psycopg.connect(host=str(home), user=ACCOUNT, dbname="postgres", autocommit=True) as connection:
            yield PostGis(connection, buffers)
    finally:
        _as_account("pg_ctl", "-D", str(home / "data"), "-m", "immediate", "-w", "stop")


def _as_account(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs, which refuse to run as root."""
    who: dict[str, Any] = {"user": ACCOUNT, "group": ACCOUNT, "extra_groups": []} if os.geteuid() == 0 else {}
    done = subprocess.run(
        [str(BINARIES / program), *arguments], cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}, **who,
    )  # fmt: skip
    if done.returncode:
        raise Missing(f"{program} failed: {done.stderr.strip()[-200:]}")


def _spans(volume: Volume4D) -> tuple[tuple[int, int], tuple[int, int]]:
    lower, upper = volume.altitude_lower, volume.altitude_upper
    assert lower is not None
    assert upper is not None
    return (volume.time_start_ms, volume.time_end_ms), (lower.centimetres, upper.centimetres)
