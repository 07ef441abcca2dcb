"""No false *clear*: the pair test against PROJ, GEOS and random worlds.

A fixed share here; a million pairs by `make bench ONLY=deescalation` (row `pairs_1m_false_clear`).
"""

from __future__ import annotations

import pytest

from parley.geo import separation
from parley.geo.verdict import Status
from tests.geo.brute import compare_groups

SHARE = 20_000


@pytest.mark.slow
def test_the_references_find_no_false_clear_and_nothing_else_wrong() -> None:
    outcome = compare_groups(1, SHARE)
    assert outcome.false_clear == []
    assert outcome.wrong == []
    assert set(outcome.statuses) == set(Status), "every status must come up, or less is shown than is said"
    assert min(outcome.statuses.values()) >= 20


def test_a_crossing_that_is_overlooked_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The references would notice a mistake: here the test that counts crossings is blinded."""
    monkeypatch.setattr(separation, "_odd", lambda rows, side, of_axis, firsts: firsts < 0)
    assert compare_groups(1, 4_000).false_clear


def test_a_bound_on_the_unsafe_side_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = separation.ellipsoid.shortest
    monkeypatch.setattr(separation.ellipsoid, "shortest", lambda chord: honest(chord) * 1.2)
    assert compare_groups(1, 4_000).false_clear
