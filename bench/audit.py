"""Full audit of a copy of a million entries, and the start of a node that holds it.

The record is built directly (see `corpus`): statements with content of two members and their receipts. Audit and
start each run in a process of their own, told by command line. The audit's peak memory is that process's largest
resident set. A start is timed from before the process is spawned until `Node.start` has returned, and so includes
the interpreter, all imports, opening the store, hashing every entry again up to the roots, and opening the lines.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.cell import Cell, open_cell
from bench.rows import Row
from bench.telling import tell
from parley.charter.adoption import decode_signed
from parley.node.audit import audit
from parley.node.core.mechanism import Mechanism
from parley.node.loop import run
from parley.node.runtime import Node
from parley.store.opening import open_store

STARTS = 5
LIMIT_S = 900.0
TELL_EVERY = 100_000
PEAK_MB = 500
START_S = 4


def measure(cell: Cell, me: int) -> Iterator[Row]:
    """The rows `audit_rate`, `audit_peak_mb` and `start_1m_s`, on the record that node `me` of `cell` holds."""
    found = _in_process("audit", cell.root, me)
    entries, seconds = found["entries"], found["seconds"]
    if found["faults"]:
        raise RuntimeError(f"the audit of a sound copy found {found['faults']} faults, first: {found['findings'][:1]}")
    how = (
        f"every hash, root, clock, signature and verdict of {entries} entries ({found['statements']} statements, "
        f"{found['checkpoints']} signed checkpoints, {found['void']} void) in a process of its own: {seconds:.0f} s; page cache warm"
    )
    yield Row.alone("audit_rate", entries / seconds, "entries/s", how)
    yield Row.against(
        "audit_peak_mb", found["peak_mb"], "MB", PEAK_MB, "the most allowed", f"largest resident set while auditing {entries} entries",
        f"under {PEAK_MB}",
    )  # fmt: skip
    starts = [_start(cell.root, me) for _ in range(STARTS)]
    yield Row.against(
        "start_1m_s", statistics.median(starts), "s", START_S, "the most allowed",
        f"median of {STARTS} ({min(starts):.1f} to {max(starts):.1f}) from spawning the process to a node with open lines, "
        f"{entries} entries hashed up to their roots; page cache warm",
        f"under {START_S}",
    )  # fmt: skip


def _start(root: Path, me: int) -> float:
    begin = time.perf_counter()
    ready: float = _in_process("start", root, me)["ready"]
    return ready - begin


def _in_process(act: str, root: Path, me: int) -> dict[str, Any]:
    """Run this module in a new interpreter; the JSON it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.audit", act, str(root), str(me)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        cwd=Path(__file__).resolve().parent.parent, stdout=subprocess.PIPE, check=True, timeout=LIMIT_S,
    )  # fmt: skip
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


# ---- in a process of its own -------------------------------------------------------------------------------


def _audit(root: Path, me: int) -> dict[str, Any]:
    home = open_cell(root).home(me)
    done = 0

    def progress(count: int) -> None:
        nonlocal done
        done += count
        if done % TELL_EVERY == 0:
            tell(f"audited {done} entries")

    store = open_store(home.database(home.settings()))
    begin = time.perf_counter()
    report = audit(store, Mechanism.of(decode_signed(home.charter_file.read_bytes())), progress)
    seconds = time.perf_counter() - begin
    store.close()
    return {
        "seconds": seconds,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "entries": report.entries,
        "statements": report.statements,
        "checkpoints": report.checkpoints,
        "void": report.void,
        "faults": report.faults,
        "findings": report.findings,
    }


async def _ready(root: Path, me: int) -> dict[str, Any]:
    cell = open_cell(root)
    node = Node(cell.home(me), cell.secrets[me])
    await node.start()
    ready = time.perf_counter()  # of one clock on this machine, whichever process asks
    await node.stop()
    return {"ready": ready}


def main(act: str, root: str, me: str) -> None:
    """Do one act and print what came out."""
    answer = run(_ready(Path(root), int(me))) if act == "start" else _audit(Path(root), int(me))
    print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
