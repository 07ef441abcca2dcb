"""A million random pairs of volumes against slow references: `tests.geo.brute` says how. None may be called clear that is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from bench.rows import Row
from bench.telling import tell
from tests.geo.brute import Outcome, compare_groups

PAIRS = 1_000_000
SHARES = 20


def measure() -> Iterator[Row]:
    """The rows `pairs_1m_false_clear` and `pairs_1m_wrong`."""
    outcomes: list[Outcome] = []
    with ProcessPoolExecutor(2) as pool:
        for outcome in pool.map(compare_groups, range(100, 100 + SHARES), [PAIRS // SHARES] * SHARES):
            outcomes.append(outcome)
            tell(f"{sum(one.pairs for one in outcomes)} pairs compared")
    pairs = sum(outcome.pairs for outcome in outcomes)
    statuses: Counter[str] = sum((Counter(outcome.statuses) for outcome in outcomes), Counter())
    false_clear = [text for outcome in outcomes for text in outcome.false_clear]
    wrong = [text for outcome in outcomes for text in outcome.wrong]
    told = ", ".join(f"{count} {status}" for status, count in sorted(statuses.items()))
    how = f"{pairs} random pairs (poles, 180th meridian, mixed units and datums) against PROJ, GEOS and random worlds: {told}"
    yield Row.alone("pairs_1m_false_clear", len(false_clear), "pairs", "; ".join([how, *false_clear[:3]]), "none")
    yield Row.alone("pairs_1m_wrong", len(wrong), "pairs", "; ".join([how, *wrong[:3]]), "none")
