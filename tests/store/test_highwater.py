"""The high-water file: never back, torn or not; and what it says of a store."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parley.errors import StorageFault
from parley.record.ids import LogId, RootHash, TreeSize
from parley.record.merkle import EMPTY_ROOT
from parley.record.rows import HighWater
from parley.store import Agreement, HighWaterFile, guard
from parley.store import highwater as module
from parley.store.highwater import FILE_BYTES, SLOT_BYTES
from tests.store.samples import History, noise


def mark(size: int, log: int = 1, root: bytes | None = None) -> HighWater:
    return HighWater(LogId(log), TreeSize(size), RootHash(root or noise("root", log, size)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "high-water"


def written(path: Path, *marks: HighWater) -> bytes:
    """The bytes of a file to which `marks` were written."""
    file = HighWaterFile(path)
    for one in marks:
        file.write(one)
    file.close()
    return path.read_bytes()


def fault_of(call: Callable[[], object]) -> str:
    with pytest.raises(StorageFault) as fault:
        call()
    return fault.value.code


# ---- reading and writing -----------------------------------------------------------------------------------


def test_a_file_never_written_has_no_mark(path: Path) -> None:
    assert HighWaterFile(path).read() is None
    assert not path.exists(), "reading creates nothing"


def test_the_last_mark_is_read_by_the_writer_and_by_others_and_after_a_restart(path: Path) -> None:
    file = HighWaterFile(path)
    for size in range(6):
        file.write(mark(size))
        assert file.read() == HighWaterFile(path).read() == mark(size)
    file.close()
    again = HighWaterFile(path)
    assert again.read() == mark(5)
    again.write(mark(9))
    assert again.read() == HighWaterFile(path).read() == mark(9)
    again.close()


def test_writing_changes_neither_the_size_of_the_file_nor_whom_it_can_be_read_by(path: Path) -> None:
    file = HighWaterFile(path)
    for size in range(4):
        file.write(mark(size))
        assert path.stat().st_size == FILE_BYTES
        assert path.stat().st_mode & 0o077 == 0
    file.close()


def test_a_mark_is_synced_before_write_returns(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = HighWaterFile(path)
    file.write(mark(1))
    synced: list[HighWater | None] = []
    monkeypatch.setattr(module, "_sync", lambda handle: synced.append(HighWaterFile(path).read()))
    file.write(mark(2))
    assert synced == [mark(2)]
    file.close()


# ---- never back --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reopened", [False, True])
@pytest.mark.parametrize(
    "back",
    [
        mark(4, log=257),
        mark(0, log=257),
        mark(5, log=257, root=noise("other")),
        mark(99, log=1),
        mark(99, log=2),
        mark(99, log=514),
    ],
    ids=["smaller", "nothing", "other root", "earlier generation", "other member", "other member's later generation"],
)
def test_the_mark_never_goes_back(path: Path, back: HighWater, reopened: bool) -> None:
    file = HighWaterFile(path)
    file.write(mark(5, log=257))
    if reopened:
        file.close()
    assert fault_of(lambda: file.write(back)) == "highwater.back"
    assert file.read() == mark(5, log=257)
    file.write(mark(6, log=257))
    file.close()


def test_the_same_mark_again_is_no_write(path: Path) -> None:
    before = written(path, mark(3))
    assert written(path, mark(3)) == before


def test_a_reopened_log_begins_again_from_nothing(path: Path) -> None:
    written(path, mark(70, log=1), mark(0, log=257), mark(1, log=257))
    assert HighWaterFile(path).read() == mark(1, log=257)


def test_two_processes_cannot_both_write(path: Path) -> None:
    file = HighWaterFile(path)
    file.write(mark(1))
    program = (
        "import sys; from parley.errors import StorageFault; from parley.store import HighWaterFile\n"
        "from parley.record.rows import HighWater\n"
        "file = HighWaterFile(sys.argv[1]); assert file.read().size == 1\n"
        "try: file.write(HighWater(1, 2, bytes(32)))\n"
        "except StorageFault as fault: sys.exit(fault.code)"
    )
    other = subprocess.run(
        [sys.executable, "-c", program, str(path)], env={"PYTHONPATH": ":".join(sys.path)}, stderr=subprocess.PIPE,
        check=False,
    )  # fmt: skip
    assert other.stderr.decode().strip() == "highwater.in-use"
    assert file.read() == mark(1)
    file.close()
    second = HighWaterFile(path)
    second.write(mark(2))
    second.close()


# ---- torn and damaged --------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_write_torn_at_any_byte_leaves_the_mark_before_it_or_the_whole_new_one(path: Path, count: int) -> None:
    marks = [mark(size) for size in range(count)]
    before = written(path, *marks[:-1]) if count > 1 else bytes(FILE_BYTES)
    after = written(path, marks[-1])
    slot = next(at for at in range(FILE_BYTES) if before[at] != after[at]) // SLOT_BYTES * SLOT_BYTES
    allowed = {marks[-2] if count > 1 else None, marks[-1]}
    for length in range(140):
        for torn in (
            before[:slot] + after[slot : slot + length] + before[slot + length :],
            after[:slot] + before[slot : slot + length] + after[slot + length :],
        ):
            path.write_bytes(torn)
            found = HighWaterFile(path).read()
            assert found in allowed
            assert torn != after or found == marks[-1]


def test_after_a_torn_write_the_next_one_goes_on(path: Path) -> None:
    written(path, mark(1))
    after = bytearray(written(path, mark(2)))
    after[2 * SLOT_BYTES + 20] ^= 1
    path.write_bytes(after)
    file = HighWaterFile(path)
    assert file.read() == mark(1)
    file.write(mark(3))
    assert file.read() == HighWaterFile(path).read() == mark(3)
    file.close()


def test_no_damaged_byte_ever_makes_a_mark_that_was_not_written(path: Path) -> None:
    data = written(path, mark(1), mark(2))
    for at in [*range(SLOT_BYTES, SLOT_BYTES + 140), *range(2 * SLOT_BYTES, 2 * SLOT_BYTES + 140)]:
        for flip in (0x01, 0x80, 0xFF):
            damaged = bytearray(data)
            damaged[at] ^= flip
            path.write_bytes(damaged)
            assert HighWaterFile(path).read() in (mark(1), mark(2))


@given(
    data=st.one_of(
        st.binary(min_size=1, max_size=300), st.binary(max_size=100).map(lambda tail: bytes(SLOT_BYTES - 50) + tail)
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_at_all_make_a_mark_by_chance(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    assert HighWaterFile(path).read() is None


def test_a_file_damaged_in_two_slots_is_a_fault_to_read_and_to_write(path: Path) -> None:
    data = bytearray(written(path, mark(1), mark(2)))
    data[2 * SLOT_BYTES + 30] ^= 1
    data[SLOT_BYTES + 30] ^= 1
    path.write_bytes(data)
    file = HighWaterFile(path)
    assert fault_of(file.read) == "highwater.corrupt"
    assert fault_of(lambda: file.write(mark(9))) == "highwater.corrupt"
    assert path.read_bytes() == data


@pytest.mark.parametrize("length", [0, 1, 111, 112, SLOT_BYTES - 1, SLOT_BYTES, SLOT_BYTES + 111, FILE_BYTES - 1])
def test_a_file_cut_short_gives_a_mark_that_was_written_or_none(path: Path, length: int) -> None:
    path.write_bytes(written(path, mark(1), mark(2))[:length])
    file = HighWaterFile(path)
    assert file.read() in (None, mark(1), mark(2))
    file.write(mark(3))
    assert HighWaterFile(path).read() == mark(3)
    assert path.stat().st_size == FILE_BYTES
    file.close()


@pytest.mark.parametrize("call", ["pwrite", "_sync"])
def test_after_a_failed_write_nothing_is_written_before_a_restart(
    path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    file = HighWaterFile(path)
    file.write(mark(1))

    def fail(*_: object) -> int:
        raise OSError(errno.EIO, "disk I/O error")

    with monkeypatch.context() as patch:
        patch.setattr(os if call == "pwrite" else module, call, fail)
        assert fault_of(lambda: file.write(mark(2))) == "highwater.write"
    assert fault_of(lambda: file.write(mark(3))) == "highwater.write"
    assert file.read() == mark(1)
    file.close()
    assert HighWaterFile(path).read() in (mark(1), mark(2))


def test_a_path_that_cannot_be_used_is_a_storage_fault(tmp_path: Path) -> None:
    assert fault_of(HighWaterFile(tmp_path).read) == "highwater.read"
    assert fault_of(lambda: HighWaterFile(tmp_path / "absent" / "file").write(mark(1))) == "highwater.write"


# ---- what the mark says of the store -----------------------------------------------------------------------


def judged(held_mark: HighWater | None, history: History | None) -> Agreement:
    head = history.head() if history is not None else None
    return guard(held_mark, head, lambda size: history.rows[size - 1].root if history else None)


def grown(size: int, log: int = 1, branch: int = 0) -> History:
    history = History(log, branch)
    history.batch(size)
    return history


def true_mark(history: History, size: int) -> HighWater:
    return mark(size, history.log, history.rows[size - 1].root)


def test_a_new_node_agrees() -> None:
    assert judged(None, None) is Agreement.AGREES
    assert judged(None, grown(0)) is Agreement.AGREES
    assert judged(mark(0, root=EMPTY_ROOT), None) is Agreement.AGREES


def test_a_crash_between_the_first_commit_and_its_mark_agrees() -> None:
    assert judged(mark(0, root=EMPTY_ROOT), grown(1)) is Agreement.AGREES


def test_a_store_at_or_beyond_the_mark_agrees() -> None:
    history = grown(9)
    for size in (1, 8, 9):
        assert judged(true_mark(history, size), history) is Agreement.AGREES


def test_a_restored_backup_is_behind() -> None:
    history = grown(9)
    assert judged(true_mark(history, 9), grown(8)) is Agreement.BEHIND
    assert judged(true_mark(history, 9), None) is Agreement.BEHIND


def test_another_history_contradicts_at_the_same_size_and_beyond() -> None:
    other = mark(5, root=noise("other"))
    assert judged(other, grown(5)) is Agreement.CONTRADICTS
    assert judged(other, grown(8)) is Agreement.CONTRADICTS


def test_a_root_the_store_has_lost_contradicts() -> None:
    assert guard(mark(5), grown(8).head(), lambda size: None) is Agreement.CONTRADICTS


def test_a_lost_file_beside_a_log_is_missing() -> None:
    assert judged(None, grown(1)) is Agreement.MISSING


def test_a_store_before_a_reopening_is_behind_and_after_it_agrees() -> None:
    first, second = grown(9), grown(2, log=257)
    assert judged(true_mark(second, 1), first) is Agreement.BEHIND
    assert judged(true_mark(first, 9), second) is Agreement.AGREES


def test_another_members_file_is_foreign() -> None:
    assert judged(mark(5, log=2), grown(5)) is Agreement.FOREIGN
