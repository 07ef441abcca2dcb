"""Filing a notice: check, insert and a durable commit in one step, against the bare durable commit of the same row.

Both go to one SQLite database as the node's store opens it (WAL, an fsync a commit), in turns. 100,000 notices are filed before.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Sequence
from functools import partial

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table

from bench import notices
from bench.place import bench_folder
from bench.rows import Row, percentile
from bench.telling import tell
from parley.crypto import cbor
from parley.geo.index import Finding
from parley.geo.register import Register
from parley.geo.verdict import Buffers
from parley.geo.volumes import Volume4D, of_record, to_record
from parley.store import sqlite

ACTIVE = 100_000
FILINGS = 400
WARM_UP = 50
BUFFERS = Buffers(1_000.0, 10 * 60_000, 150.0)
_METADATA = MetaData()
_FILED = Table(
    "filed", _METADATA, Column("number", Integer, primary_key=True), Column("body", LargeBinary, nullable=False)
)


def measure() -> Iterator[Row]:
    """The rows `restore_100k_s` and `file_100k_vs_commit`."""
    tell(f"making {ACTIVE} notices")
    records = [cbor.encode(to_record(volume)) for volume in notices.volumes(3, ACTIVE)]  # type: ignore[arg-type]
    tell("restoring them")
    register: Register[tuple[int, int]] = Register(BUFFERS)
    begin = time.perf_counter()
    register.restore(((0, n), [of_record(cbor.decode(body), trusted=True)]) for n, body in enumerate(records))
    yield Row.alone(
        "restore_100k_s",
        time.perf_counter() - begin,
        "s",
        f"{ACTIVE} notices read from their form in the record and filed",
    )
    bare_ms: list[float] = []
    file_ms: list[float] = []
    with bench_folder() as folder:
        path = folder / "filed.db"
        engine = sqlite.open_engine(path)
        with engine.connect() as connection:
            _METADATA.create_all(connection)
            connection.commit()
            sqlite.grow_wal(path)

            def commit(number: int, volume: Volume4D, _: Sequence[Finding[tuple[int, int]]]) -> None:
                body = cbor.encode(to_record(volume))  # type: ignore[arg-type]
                connection.execute(_FILED.insert().values(number=number, body=body))
                connection.commit()

            gc.collect()
            gc.freeze()
            for number, volume in enumerate(notices.volumes(4, 2 * (FILINGS + WARM_UP))):
                begin = time.perf_counter()
                durably = partial(commit, number, volume)
                if number % 2:
                    register.file((1, number), [volume], durably)
                else:
                    durably([])
                elapsed = (time.perf_counter() - begin) * 1000
                if number >= 2 * WARM_UP:
                    (file_ms if number % 2 else bare_ms).append(elapsed)
            gc.unfreeze()
        engine.dispose()
    bare, filed = percentile(bare_ms, 50), percentile(file_ms, 50)
    yield Row.alone(
        "file_100k_vs_commit", filed / bare, "times",
        f"p50 of {FILINGS} filings at {ACTIVE} (check, durable commit, insert), {filed:.3f} ms (p99 {percentile(file_ms, 99):.3f}),"
        f" by that of a bare durable commit of the same row, {bare:.3f} ms", "under 3 times",
    )  # fmt: skip
