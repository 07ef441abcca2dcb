"""The high-water file: how far this node may have signed its own log, outside the database and its backups.

A node whose database was restored from a backup would append, sign, and so fork its log, for ever and provably.
Therefore, before anything signed leaves the node, the mark (log, size, root) is durable here, and the batch either in
the store before it, or, where it is small enough, beside its mark (see `redo`). `guard` compares the two at start.

The file is a ring of slots, written in turn and in place (an fdatasync that changes no metadata). A slot holds magic,
write number, mark, redo, and SHA-256 of these; the valid slot with the highest number counts. A write that is torn
spoils only the slot it was for, and was never followed by a signature: the mark before it stands; more than one slot
that is spoiled is damage. The mark never goes back: not to a smaller size, not to another root of the same size, not to
an earlier generation. Whoever writes holds a lock on the file, so that two processes cannot sign under one key.
"""

from __future__ import annotations

import fcntl
import os
import struct
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Final, NamedTuple

from parley.errors import StorageFault
from parley.record.ids import LogId, RootHash, TreeSize, log_generation, log_owner, sha256
from parley.record.rows import HeadRow, HighWater

SLOTS = 16
SLOT_BYTES = 8192
FILE_BYTES = SLOTS * SLOT_BYTES

_MAGIC = b"ParleyHW"
_BODY = struct.Struct(">8sQQQ32sI")
_SLOT = struct.Struct(f">{_BODY.size}s32s")
MAX_REDO_BYTES = SLOT_BYTES - _SLOT.size
_sync: Final[Callable[[int], None]] = getattr(os, "fdatasync", os.fsync)


class Agreement(Enum):
    """What the store is to the high-water mark. Only on AGREES may the node sign at once."""

    AGREES = "the store holds all that may have been signed"
    BEHIND = "the store is older than the mark, as a restored backup is: refill from peers first"
    CONTRADICTS = "the store holds another history than was signed"
    MISSING = "the log has entries, but there is no mark: refill from peers, or override by root"
    FOREIGN = "the mark is of another member's log"


class _Slot(NamedTuple):
    number: int
    mark: HighWater
    redo: bytes = b""


class HighWaterFile:
    """The file at `path`. One thread at a time; `write` keeps it open and locked until `close`."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(path)
        self._file: int | None = None
        self._last: _Slot | None = None
        self._failed = False

    def read(self) -> HighWater | None:
        """The mark, or None where none was ever written.

        Raises:
            StorageFault: ``highwater.corrupt``: the file is not empty, but no slot of it is valid;
                ``highwater.read``.
        """
        if self._last is None:
            slot = _latest(self._bytes())
            return slot.mark if slot else None
        return self._last.mark

    def redos(self) -> list[bytes]:
        """What was written beside the latest `SLOTS` marks, where something was, oldest first. Opens and locks the file.

        A torn write has spoilt the oldest of them.
        """
        return _redos(os.pread(self._open(), FILE_BYTES, 0))

    def peek_redos(self) -> list[bytes]:
        """As `redos`, of a file that another process may be writing: without opening it for writing, and without its lock.

        Raises:
            StorageFault: as `read`.
        """
        return _redos(self._bytes())

    def write(self, mark: HighWater, redo: bytes = b"") -> None:
        """Make `mark` durable, with at most `MAX_REDO_BYTES` beside it. Writing the same mark again does nothing.

        Raises:
            StorageFault: ``highwater.back``: it would go back; ``highwater.in-use``: another process writes it;
                ``highwater.write``: the disk failed, and nothing more is written before a restart.
        """
        if self._failed:
            raise StorageFault("highwater.write", "an earlier write failed", rule="start the node again to recover")
        file = self._open()
        last = self._last
        if last is not None:
            if mark == last.mark:
                return
            _refuse_back(last.mark, mark)
        slot = _Slot(last.number + 1 if last else 1, mark, redo)
        try:
            os.pwrite(file, _pack(slot), SLOT_BYTES * (slot.number % SLOTS))
            _sync(file)
        except OSError as error:
            self._failed = True
            raise StorageFault("highwater.write", f"the high-water file cannot be written: {error}") from error
        self._last = slot

    def close(self) -> None:
        """Let go of the file and its lock."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
            self._last = None

    def _bytes(self) -> bytes:
        try:
            return self._path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise StorageFault("highwater.read", f"the high-water file cannot be read: {error}") from error

    def _open(self) -> int:
        if self._file is None:
            try:
                self._file = _open_locked(self._path)
                self._last = _latest(os.pread(self._file, FILE_BYTES, 0))
            except BaseException as error:
                self.close()
                if isinstance(error, OSError):
                    raise StorageFault("highwater.write", f"the high-water file cannot be opened: {error}") from error
                raise
        return self._file


def guard(mark: HighWater | None, head: HeadRow | None, root_at: Callable[[TreeSize], RootHash | None]) -> Agreement:
    """Whether the store holds all of this node's own log that may have been signed.

    A store may be beyond the mark, after a crash between its commit and the mark: it agrees, but its head must be
    written as the mark before it is signed. A new node writes a mark of size 0 before its first commit, so that such
    a crash at its first entry is not taken for a lost file.

    Args:
        mark: what the high-water file says.
        head: the store's first branch of the node's own, latest log; None where nothing is held.
        root_at: the store's root of that log at a size from 1 to the head's.
    """
    size = head.size if head else 0
    if mark is None:
        return Agreement.MISSING if size else Agreement.AGREES
    if head is not None and head.log != mark.log:
        if log_owner(head.log) != log_owner(mark.log):
            return Agreement.FOREIGN
        return Agreement.BEHIND if log_generation(head.log) < log_generation(mark.log) else Agreement.AGREES
    if size < mark.size:
        return Agreement.BEHIND
    if mark.size and root_at(mark.size) != mark.root:
        return Agreement.CONTRADICTS
    return Agreement.AGREES


def _refuse_back(last: HighWater, mark: HighWater) -> None:
    if mark.log != last.log:
        if log_owner(mark.log) != log_owner(last.log) or log_generation(mark.log) < log_generation(last.log):
            raise StorageFault("highwater.back", f"the mark is of log {last.log}, not of log {mark.log}", field="log")
    elif mark.size <= last.size:
        raise StorageFault(
            "highwater.back",
            f"log {mark.log} may be signed up to {last.size}; the mark cannot go to another root at {mark.size}",
            field="size",
        )


def _open_locked(path: Path) -> int:
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    file = os.open(path, os.O_RDWR)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(file).st_size < FILE_BYTES:
            _preallocate(file, path.parent)
    except BlockingIOError as error:
        os.close(file)
        raise StorageFault("highwater.in-use", "another process signs under this node's key", rule="stop it") from error
    except BaseException:
        os.close(file)
        raise
    return file


def _preallocate(file: int, folder: Path) -> None:
    """Fill up with zeros, so that no later write changes the file's size or blocks."""
    size = os.fstat(file).st_size
    os.pwrite(file, bytes(FILE_BYTES - size), size)
    os.fsync(file)
    entry = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(entry)
    finally:
        os.close(entry)


def _pack(slot: _Slot) -> bytes:
    if len(slot.redo) > MAX_REDO_BYTES:
        raise ValueError(f"{len(slot.redo)} bytes do not fit beside a mark")
    body = _BODY.pack(_MAGIC, slot.number, slot.mark.log, slot.mark.size, slot.mark.root, len(slot.redo))
    return _SLOT.pack(body, sha256(body + slot.redo)) + slot.redo


def _redos(data: bytes) -> list[bytes]:
    return [slot.redo for slot in _slots(data) if slot.redo]


def _latest(data: bytes) -> _Slot | None:
    return max(_slots(data), default=None)


def _slots(data: bytes) -> list[_Slot]:
    """The valid slots, oldest first."""
    areas = [data[at : at + SLOT_BYTES] for at in range(0, FILE_BYTES, SLOT_BYTES)]
    slots = [slot for at, area in enumerate(areas) if (slot := _unpack(area, at)) is not None]
    spoilt = sum(any(area) for area in areas) - len(slots)
    if spoilt > 1 or len(data) > FILE_BYTES:
        raise StorageFault(
            "highwater.corrupt", "the high-water file is damaged", rule="put it aside; the node refills from its peers"
        )
    return sorted(slots)


def _unpack(area: bytes, at: int) -> _Slot | None:
    if len(area) < _SLOT.size:
        return None
    body, checksum = _SLOT.unpack_from(area)
    magic, written, log, size, root, length = _BODY.unpack(body)
    redo = area[_SLOT.size : _SLOT.size + min(length, MAX_REDO_BYTES)]
    if sha256(body + redo) != checksum or magic != _MAGIC or written % SLOTS != at:
        return None
    return _Slot(written, HighWater(LogId(log), TreeSize(size), RootHash(root)), redo)
