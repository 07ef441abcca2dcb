"""One new notice against 10,000, 100,000 and 1,000,000 active ones: what it meets, what it is near, each with its numbers.

The same queries are put to all, in turns, so that a busy machine disturbs all alike. `rtree` (three dimensions: a box of
degrees and the window) and shapely's `STRtree` (boxes; windows by arrays) give candidates, and then the index's own exact test
decides and tells as it does for its own candidates: the difference is how candidates are found. PostGIS
(`peers.postgis`) does all in one SQL query. All must find as many.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any

import numpy as np
import rtree
import shapely

from bench import notices
from bench.peers import postgis
from bench.place import bench_folder
from bench.rows import Row, percentile
from bench.telling import tell
from parley.geo.index import ConflictIndex
from parley.geo.verdict import Buffers
from parley.geo.volumes import Volume4D

SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
QUERIES = 300
WARM_UP = 60
BUFFERS = Buffers(1_000.0, 10 * 60_000, 150.0)
_DEGREE_M = 110_000.0
_TARGET_POSTGIS, _TARGET_RTREE = "at least 5 times", "at least 1 time"

Ask = Callable[[int], int]
Index = ConflictIndex[tuple[int, int]]


class _RTree:
    """The `rtree` package over boxes of longitude, latitude and time."""

    def __init__(self, index: Index, volumes: Sequence[Volume4D]) -> None:
        self._conflicts = index
        boxes = np.array([_box(volume) for volume in volumes])
        properties = rtree.index.Property(dimension=3)
        numbers = np.arange(len(volumes), dtype=np.int64)
        stream: Any = (numbers, np.ascontiguousarray(boxes[:, :3]), np.ascontiguousarray(boxes[:, 3:]))
        self._index = rtree.index.Index(stream, properties=properties)

    def ask(self, query: Volume4D) -> int:
        """How many a query meets or is near."""
        x0, y0, t0, x1, y1, t1 = _box(query, BUFFERS.distance_m)
        found = self._index.intersection((x0, y0, t0 - BUFFERS.time_ms, x1, y1, t1 + BUFFERS.time_ms))
        return len(self._conflicts.judge(0, query, np.fromiter(found, dtype=np.int64), frozenset()))


class _StrTree:
    """Shapely's `STRtree` over boxes of longitude and latitude; times by arrays."""

    def __init__(self, index: Index, volumes: Sequence[Volume4D]) -> None:
        self._conflicts = index
        boxes = np.array([_box(volume) for volume in volumes])
        self._tree = shapely.STRtree(shapely.box(boxes[:, 0], boxes[:, 1], boxes[:, 3], boxes[:, 4]))
        self._starts, self._ends = boxes[:, 2].copy(), boxes[:, 5].copy()

    def ask(self, query: Volume4D) -> int:
        """How many a query meets or is near."""
        x0, y0, t0, x1, y1, t1 = _box(query, BUFFERS.distance_m)
        found = self._tree.query(shapely.box(x0, y0, x1, y1))
        near = (self._starts[found] <= t1 + BUFFERS.time_ms) & (self._ends[found] >= t0 - BUFFERS.time_ms)
        return len(self._conflicts.judge(0, query, found[near].astype(np.int64), frozenset()))


def measure() -> Iterator[Row]:
    """Rows for each size; at the largest the ratios too."""
    for name, size in SIZES.items():
        yield from _measure(name, size)
        gc.unfreeze()
        gc.collect()


def _measure(name: str, size: int) -> Iterator[Row]:
    tell(f"making {size} notices")
    volumes = list(notices.volumes(size, size))
    queries = list(notices.volumes(7, QUERIES + WARM_UP))
    index: Index = ConflictIndex(BUFFERS)
    begin = time.perf_counter()
    for number, volume in enumerate(volumes):
        index.insert((0, number), [volume])
    built_s = time.perf_counter() - begin
    rtree_index, str_tree = _RTree(index, volumes), _StrTree(index, volumes)
    asks: dict[str, Ask] = {
        "ours": lambda at: len(index.check([queries[at]])),
        "rtree": lambda at: rtree_index.ask(queries[at]),
        "strtree": lambda at: str_tree.ask(queries[at]),
    }
    missing = ""
    with ExitStack() as stack:
        if name == "1m":
            try:
                asks |= _postgis(stack, volumes, queries)
            except postgis.Missing as error:
                missing = str(error)
                tell(f"PostGIS: {missing}")
        gc.collect()
        gc.freeze()
        taken, found = _in_turns(asks)
    yield from _rows(name, taken, found, built_s * 1e6 / size)
    if name == "1m":
        yield from _ratios(taken, found, missing)


def _postgis(stack: ExitStack, volumes: Sequence[Volume4D], queries: Sequence[Volume4D]) -> dict[str, Ask]:
    folder = stack.enter_context(bench_folder())
    database = stack.enter_context(postgis.running(folder, BUFFERS))
    tell(f"PostGIS takes {len(volumes)} notices and indexes them")
    database.load(volumes)
    questions = [database.question(query) for query in queries]
    return {
        "postgis": lambda at: database.ask("geodesic", questions[at]),
        "postgis_planar": lambda at: database.ask("planar", questions[at]),
    }


def _in_turns(asks: dict[str, Ask]) -> tuple[dict[str, list[float]], dict[str, int]]:
    """Microseconds of each query by each, and how much each found in all."""
    taken: dict[str, list[float]] = {name: [] for name in asks}
    found = dict.fromkeys(asks, 0)
    for at in range(QUERIES + WARM_UP):
        for name, ask in asks.items():
            begin = time.perf_counter()
            count = ask(at)
            elapsed = (time.perf_counter() - begin) * 1e6
            if at >= WARM_UP:
                taken[name].append(elapsed)
                found[name] += count
    if found["ours"] != found["rtree"] or found["ours"] != found["strtree"]:
        raise RuntimeError(f"they do not find the same: {found}")
    return taken, found


def _rows(name: str, taken: dict[str, list[float]], found: dict[str, int], insert_us: float) -> Iterator[Row]:
    for q in (50, 99):
        figures = {one: percentile(times, q) for one, times in taken.items()}
        beside = ", ".join(f"{one} {value:.0f}" for one, value in figures.items() if one != "ours")
        yield Row.against(
            f"conflict_{name}_p{q}", figures["ours"], "us", figures["rtree"], "rtree, then the same exact test",
            f"{QUERIES} new notices, each checked exactly with buffers, {found['ours'] / QUERIES:.1f} found on average;"
            f" beside it in us: {beside}; an insert took {insert_us:.0f}",
        )  # fmt: skip


def _ratios(taken: dict[str, list[float]], found: dict[str, int], missing: str) -> Iterator[Row]:
    middle = {name: percentile(times, 50) for name, times in taken.items()}
    yield Row.alone(
        "conflict_1m_vs_rtree", middle["rtree"] / middle["ours"], "times",
        f"p50 of rtree and the same exact test, {middle['rtree']:.0f} us, by ours, {middle['ours']:.0f} us", _TARGET_RTREE,
    )  # fmt: skip
    if "postgis" in middle:
        for asked, what, target in (
            ("postgis", "PostGIS (geography: geodesics on the spheroid, as here; gist(g, t, a))", _TARGET_POSTGIS),
            ("postgis_planar", "PostGIS on plane coordinates, which are less exact", ""),
        ):
            yield Row.alone(
                f"conflict_1m_vs_{asked}", middle[asked] / middle["ours"], "times",
                f"p50 of {what}, {middle[asked]:.0f} us, by ours, {middle['ours']:.0f} us; it found"
                f" {found[asked]} where ours found {found['ours']}", target,
            )  # fmt: skip
    else:
        for asked, target in (("postgis", _TARGET_POSTGIS), ("postgis_planar", "")):
            yield Row(f"conflict_1m_vs_{asked}", None, "times", None, "", None, missing, target)


def _box(volume: Volume4D, more_m: float = 0.0) -> tuple[float, float, float, float, float, float]:
    """Longitude, latitude and time of a volume: least, then most; around its middle, as far as it reaches."""
    x, y, z = volume.shape.centre
    latitude, longitude = np.degrees(np.arctan2(z * 1.00673949674, np.hypot(x, y))), np.degrees(np.arctan2(y, x))
    up = (volume.shape.reach_m + more_m) / _DEGREE_M
    aside = up / float(np.cos(np.radians(abs(latitude) + up)))
    return (
        float(longitude) - aside, float(latitude) - up, float(volume.time_start_ms),
        float(longitude) + aside, float(latitude) + up, float(volume.time_end_ms),
    )  # fmt: skip
