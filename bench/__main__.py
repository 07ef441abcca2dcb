"""`python -m bench [--only SUITE] [--peers] [--format table|json]`: measured comparisons, each row printed as it is had.

Rows go to stdout, progress to stderr. A row whose measurement fails stays in the table and says why; one that falls
short stays as it is. The exit code is 0 either way: this tells, it does not judge.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from bench import catchup, conflicts, filing, latency, line, million, pairs, wire
from bench.peers import Permission
from bench.rows import Row, heading, lines
from bench.telling import tell


class Measurement(NamedTuple):
    """What gives some rows; `rows` are their names and units, in order; `peers`: only where other programs may be installed."""

    rows: Mapping[str, str]
    run: Callable[[], Iterable[Row]]
    peers: bool = False


SUITES: Mapping[str, tuple[Measurement, ...]] = {
    "record": (
        Measurement({"append_receipt_p50": "ms", "append_receipt_p99": "ms"}, latency.measure),
        Measurement({"catchup_held": "statements/s", "catchup_folded": "statements/s"}, catchup.measure),
        Measurement({"flash_bytes_ascii": "bytes", "flash_bytes_arabic": "bytes"}, wire.measure),
        Measurement(
            {"audit_rate": "entries/s", "audit_peak_mb": "MB", "start_1m_s": "s", "append_growth": "ms"},
            million.measure,
        ),
    ),
    "line": (
        Measurement({"click_to_ring_p50": "ms", "click_to_ring_p99": "ms"}, line.measure_clicks),
        Measurement({"burst_delivered": "statements", "burst_seconds": "s"}, line.measure_burst),
        Measurement(
            {"deliver_p50": "ms", "deliver_p99": "ms", "deliver_burst": "statements", "deliver_burst_s": "s"},
            line.measure_beside_synapse,
            peers=True,
        ),
    ),
    "deescalation": (
        Measurement(
            {
                **{f"conflict_{size}_p{q}": "us" for size in conflicts.SIZES for q in (50, 99)},
                "conflict_1m_vs_rtree": "times",
                "conflict_1m_vs_postgis": "times",
                "conflict_1m_vs_postgis_planar": "times",
            },
            conflicts.measure,
        ),
        Measurement({"restore_100k_s": "s", "file_100k_vs_commit": "times"}, filing.measure),
        Measurement({"pairs_1m_false_clear": "pairs", "pairs_1m_wrong": "pairs"}, pairs.measure),
    ),
}


def rows_of(measurement: Measurement) -> Iterator[Row]:
    """The rows of a measurement, in order; those it did not come to, with its error."""
    left = dict(measurement.rows)
    tell(f"measuring {', '.join(left)}")
    try:
        for row in measurement.run():
            left.pop(row.name)
            yield row
    except Exception as error:
        for name, unit in left.items():
            yield Row.failed(name, unit, error)


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measure against references, in one run on one machine."
    )
    parser.add_argument("--only", choices=sorted(SUITES), help="one suite; all by default")
    parser.add_argument("--format", choices=("table", "json"), default="table", help="json: one object a line")
    parser.add_argument("--peers", action="store_true", help="install other programs and measure them in the same run")
    chosen = parser.parse_args(arguments)
    Permission.granted = chosen.peers
    suites = [chosen.only] if chosen.only else list(SUITES)
    if chosen.format == "table":
        print(heading(), flush=True)
    for suite in suites:
        for measurement in SUITES[suite]:
            if measurement.peers and not chosen.peers:
                continue
            for row in rows_of(measurement):
                print(lines(row) if chosen.format == "table" else row.as_json(), flush=True)


if __name__ == "__main__":
    main()
