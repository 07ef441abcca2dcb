"""The records that audit, start and growth are measured on, built once a run: two members in conversation.

The smaller ones are copies taken on the way.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import audit, growth
from bench.cell import Cell, found_cell, open_cell
from bench.corpus import Builder, Signers, converse, founded
from bench.place import bench_folder
from bench.rows import Row
from bench.telling import tell
from parley.node.loop import run

ME, OTHER = 0, 1
SIZES = (1_000, 100_000, 1_000_000)


def measure(sizes: Sequence[int] = SIZES) -> Iterator[Row]:
    """All rows of `audit` and `growth`."""
    with bench_folder() as folder:
        cells = build(folder, sizes)
        yield from audit.measure(cells[max(sizes)], ME)
        yield from growth.measure(cells, ME)


def build(folder: Path, sizes: Sequence[int]) -> dict[int, Cell]:
    """One cell for each size of record, of which node `ME` holds so many entries."""
    cell = found_cell(folder / "cell")
    run(founded(cell, [ME, OTHER]))
    cells: dict[int, Cell] = {}
    begin = time.perf_counter()
    with Signers(cell) as signers:
        for size in sorted(sizes):
            builder = Builder(cell, ME)
            converse(builder, signers, [ME, OTHER], size)
            builder.close()
            tell(f"built a record of {size} entries in {time.perf_counter() - begin:.0f} s")
            if size == max(sizes):
                cells[size] = cell
            else:
                cells[size] = open_cell(shutil.copytree(cell.root, folder / f"at-{size}"))
    return cells
