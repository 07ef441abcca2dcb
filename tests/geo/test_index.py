"""The index finds what comparing with everything finds, whatever the order things came in; and checks and files in one step."""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.errors import BadInput
from parley.geo.ellipsoid import Position
from parley.geo.heights import Datum, Height
from parley.geo.index import ConflictIndex, Finding
from parley.geo.register import Register
from parley.geo.shapes import Circle
from parley.geo.verdict import Buffers, Status, compare_many
from parley.geo.volumes import Volume4D
from tests.geo import shapes

BUFFERS = Buffers(2_000, 1_800_000, 300)
NOON = 1_800_000_000_000


def notices(seed: str, count: int) -> dict[str, list[Volume4D]]:
    """Notices of one to three volumes, of all sizes and lengths, around a site."""
    dice = random.Random(seed)
    site = dice.choice(shapes.SITES)
    made = {}
    for number in range(count):
        volumes = []
        for _ in range(dice.randint(1, 3)):
            spread, least, most = dice.choice(
                [(60_000, 500, 20_000), (60_000, 500, 20_000), (300_000, 30_000, 300_000), (5_000, 10, 100)]
            )
            volume = shapes.volume(dice, site, spread, least, most)
            long = dice.choice([1, 1, 1, 20, 200])
            start = volume.time_start_ms - dice.choice([0, 0, 86_400_000 * long])
            end = start + (volume.time_end_ms - volume.time_start_ms) * long
            volumes.append(Volume4D.trusted(volume.outline, volume.altitude_lower, volume.altitude_upper, start, end))
        made[f"N {number}"] = volumes
    return made


def by_comparing_all(filed: dict[str, list[Volume4D]], volumes: Sequence[Volume4D]) -> list[Finding[str]]:
    found = [
        Finding(key, mine, theirs, verdict)
        for key, others in filed.items()
        for mine, one in enumerate(volumes)
        for theirs, verdict in enumerate(compare_many(one, others, BUFFERS))
        if verdict.status is not Status.CLEAR
    ]
    return sorted(found, key=lambda one: (one.key, one.mine, one.theirs))


@settings(max_examples=20)
@given(st.integers(0, 10_000))
def test_it_finds_what_comparing_with_everything_finds(seed: int) -> None:
    filed = notices(f"{seed}", 30)
    queries = notices(f"{seed}", 34)
    index: ConflictIndex[str] = ConflictIndex(BUFFERS)
    for key, volumes in filed.items():
        index.insert(key, volumes)
    for key in list(queries)[-4:]:
        assert index.check(queries[key]) == by_comparing_all(filed, queries[key])


@settings(max_examples=20)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_every_node_finds_the_same_whatever_came_first(seed: int, dice: random.Random) -> None:
    filed = notices(f"{seed}", 30)
    noise = notices(f"{seed} noise", 20)
    query = [volume for volumes in list(filed.values())[:3] for volume in volumes]
    plain: ConflictIndex[str] = ConflictIndex(BUFFERS)
    for key, volumes in filed.items():
        plain.insert(key, volumes)
    steps = [("in", key, volumes) for key, volumes in filed.items()] + [
        ("noise", f"X {key}", volumes) for key, volumes in noise.items()
    ]
    dice.shuffle(steps)
    other: ConflictIndex[str] = ConflictIndex(BUFFERS)
    for what, key, volumes in steps:
        if dice.random() < 0.2:
            other.insert(key, list(noise.values())[dice.randrange(20)])  # an earlier version, amended at once
        other.insert(key, volumes)
        if what == "noise" and dice.random() < 0.5:
            other.withdraw(key)
    for key in noise:
        other.withdraw(f"X {key}")
    assert other.check(query) == plain.check(query)
    assert len(other) == len(plain) == 30
    for key, volumes in filed.items():
        assert list(other.volumes(key)) == volumes


def test_a_notice_does_not_meet_its_own_earlier_version() -> None:
    index: ConflictIndex[str] = ConflictIndex(BUFFERS)
    volume = shapes.volume(random.Random(1), Position.at(33, 35), 10, 1000, 2000)
    index.insert("N 1", [volume])
    assert [finding.key for finding in index.check([volume])] == ["N 1"]
    assert index.check([volume], besides=["N 1"]) == []
    assert index.withdraw("N 1")
    assert not index.withdraw("N 1")
    assert index.check([volume]) == []
    assert "N 1" not in index


def test_a_notice_of_nothing_is_refused_and_files_nothing() -> None:
    index: ConflictIndex[str] = ConflictIndex(BUFFERS)
    volume = shapes.volume(random.Random(1), Position.at(33, 35), 10, 1000, 2000)
    index.insert("N 1", [volume])
    for wrong in ([], [volume] * 17):
        with pytest.raises(BadInput, match="volumes"):
            index.insert("N 1", wrong)
    assert len(index.check([volume])) == 1, "what was filed before stays"


def here(minute: int) -> list[Volume4D]:
    start = NOON + minute * 60_000
    return [
        Volume4D.checked(Circle(Position.at(33, 35), 1000), None, Height(50_000, Datum.AGL), start, start + 600_000)
    ]


@pytest.mark.parametrize("round_", range(5))
def test_two_notices_filed_at_the_same_moment_cannot_miss_each_other(round_: int) -> None:
    """Sixteen threads file clashing notices at once: every pair is found by exactly the later one of the two."""
    register: Register[str] = Register(BUFFERS)
    count = 16
    barrier = threading.Barrier(count)
    found: dict[str, set[str]] = {}

    def file(number: int) -> None:
        barrier.wait()
        findings = register.file(f"N {number}", here(number % 3), lambda _: None)
        found[f"N {number}"] = {finding.key for finding in findings}

    threads = [threading.Thread(target=file, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pairs = [(a, b) for a in found for b in found if a < b]
    assert len(pairs) == count * (count - 1) // 2
    assert all((a in found[b]) != (b in found[a]) for a, b in pairs)


def test_nothing_is_filed_that_was_refused_or_not_committed() -> None:
    register: Register[str] = Register(BUFFERS)
    register.file("N 1", here(0), lambda _: None)

    def refuse(findings: Sequence[Finding[str]]) -> None:
        assert [finding.key for finding in findings] == ["N 1"]
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        register.file("N 2", here(1), refuse)
    assert len(register) == 1
    with pytest.raises(OSError, match="disk full"):
        register.withdraw("N 1", lambda: refuse(register._index.check(here(0))))
    assert [finding.key for finding in register.check(here(0))] == ["N 1"]


def test_a_register_made_anew_from_what_was_committed_finds_the_same() -> None:
    committed: dict[str, list[Volume4D]] = {}
    register: Register[str] = Register(BUFFERS)
    made = notices("restore", 40)
    for key, volumes in made.items():
        register.file(key, volumes, lambda _, key=key, volumes=volumes: committed.__setitem__(key, volumes))  # type: ignore[misc]
    again: Register[str] = Register(BUFFERS)
    assert again.restore(reversed(committed.items())) == 40
    query = made["N 3"]
    assert again.check(query) == register.check(query)
    assert again.check(query)
