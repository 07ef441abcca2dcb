"""`python -m tests.sim --seeds N --from K`: run the simulator; exit code 1 if any promise was broken."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Iterable

from tests.sim.run import Result, Run, play


def main() -> int:
    """See the module."""
    parser = argparse.ArgumentParser(prog="python -m tests.sim", description=__doc__)
    parser.add_argument("--seeds", type=int, default=200, help="how many seeds to run")
    parser.add_argument("--from", dest="first", type=int, default=0, help="the first seed")
    parser.add_argument("--jobs", type=int, default=1, help="processes to run them in")
    parser.add_argument("--verbose", action="store_true", help="tell the story of each run")
    options = parser.parse_args()
    began = time.monotonic()
    seeds = range(options.first, options.first + options.seeds)
    failed: list[int] = []
    totals: Counter[str] = Counter()
    for done, result in enumerate(_results(seeds, options.jobs, options.verbose), 1):
        totals.update(result.counts)
        if options.verbose:
            print("\n".join(result.trace))
        if result.failures:
            failed.append(result.seed)
            print(f"\r{result.report()}", flush=True)
        if sys.stdout.isatty():
            print(f"\r{done}/{len(seeds)} runs, {len(failed)} failed", end="", flush=True)
    elapsed = time.monotonic() - began
    told = ", ".join(f"{name} {count}" for name, count in sorted(totals.items()))
    print(
        f"\nsimulator: {len(seeds)} seeds from {options.first}, {len(failed)} failed {failed or ''} in {elapsed:.1f} s ({told})"
    )
    return 1 if failed else 0


def _results(seeds: range, jobs: int, verbose: bool) -> Iterable[Result]:
    if jobs == 1:
        yield from (Run(seed, tracing=verbose).play() for seed in seeds)
        return
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        yield from pool.imap(play, seeds)


if __name__ == "__main__":
    sys.exit(main())
