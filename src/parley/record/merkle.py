"""Merkle tree of a log: hashing, the growing edge, proofs and their verification (RFC 6962 §2.1, SHA-256).

* leaf = H(0x00 ‖ entry); node = H(0x01 ‖ left ‖ right); the root of the empty tree is H("").
* A tree of n > 1 leaves splits at the largest power of two below n, so every aligned perfect subtree, once
  complete, never changes. Its hash may be stored or cached for ever.
* Proof hashes run from the leaf's sibling upwards.
* Verification is RFC 9162 §2.1.3.2 and §2.1.4.2; every hash must be 32 bytes; it answers True or False and never
  raises on hostile values. Proving for an index or size outside the tree is a programmer's error (ValueError).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from parley.errors import StorageFault
from parley.record.ids import DIGEST_BYTES, LeafHash, RootHash

EMPTY_ROOT = RootHash(hashlib.sha256(b"").digest())
MAX_TREE_SIZE = 2**63 - 1
BLOCK_LEAVES = 256
"""Leaves of the aligned block whose root a store keeps."""
BULK_LEAVES = 512
"""Leaves hashed together in bulk; bounds what bulk hashing holds in memory."""

Subtree = Callable[[int, int], bytes]
"""Hash of the aligned perfect subtree [start, end): end - start is a power of two that divides start."""

_sha256 = hashlib.sha256


def leaf_hash(entry: bytes) -> LeafHash:
    """Hash of the leaf that holds `entry`."""
    return LeafHash(_sha256(b"\x00" + entry).digest())


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of the node above `left` and `right`."""
    return _sha256(b"\x01" + left + right).digest()


def perfect_root(hashes: Sequence[bytes]) -> bytes:
    """Root over hashes of one level; ValueError unless their number is a power of two."""
    if not hashes or len(hashes) & (len(hashes) - 1):
        raise ValueError("a perfect subtree has a power of two of leaves")
    sha256 = _sha256
    while len(hashes) > 1:
        pairs = iter(hashes)
        hashes = [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]
    return hashes[0]


def root_of(entries: Iterable[bytes]) -> RootHash:
    """Root of the tree over raw `entries`, read once, in bounded memory."""
    frontier = Frontier()
    frontier.extend(entries)
    return frontier.root()


class Frontier:
    """The growing edge of a tree: roots of its perfect subtrees, largest first, one per set bit of `size`.

    Every method leaves it consistent: an iterable that fails half-way has added the entries before it failed,
    at most `BULK_LEAVES` short.
    """

    __slots__ = ("_peaks", "size")

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash."""
        peaks = self._peaks
        rest = self.size
        while rest & 1:
            leaf = _sha256(b"\x01" + peaks.pop() + leaf).digest()
            rest >>= 1
        peaks.append(leaf)
        self.size += 1

    def extend(self, entries: Iterable[bytes]) -> None:
        """Add raw entries in bulk: the same as `append(leaf_hash(entry))` for each, but faster."""
        source = iter(entries)
        for entry in islice(source, -self.size % BULK_LEAVES):
            self.append(leaf_hash(entry))
        sha256 = _sha256
        while hashes := [sha256(b"\x00" + entry).digest() for entry in islice(source, BULK_LEAVES)]:
            self._add_run(hashes)

    def extend_leaves(self, leaves: Iterable[bytes]) -> None:
        """Add leaf hashes in bulk."""
        source = iter(leaves)
        for leaf in islice(source, -self.size % BULK_LEAVES):
            self.append(leaf)
        while hashes := list(islice(source, BULK_LEAVES)):
            self._add_run(hashes)

    def root(self) -> RootHash:
        """Root of the tree as it stands."""
        peaks = self._peaks
        if not peaks:
            return EMPTY_ROOT
        root = peaks[-1]
        for left in peaks[-2::-1]:
            root = _sha256(b"\x01" + left + root).digest()
        return RootHash(root)

    def copy(self) -> Frontier:
        """An independent frontier of the same tree."""
        twin = Frontier()
        twin.size = self.size
        twin._peaks = self._peaks.copy()
        return twin

    def to_bytes(self) -> bytes:
        """The perfect-subtree roots, largest first, 32 bytes each."""
        return b"".join(self._peaks)

    @classmethod
    def from_bytes(cls, size: int, data: bytes) -> Frontier:
        """The inverse of `to_bytes`.

        Raises:
            StorageFault: ``store.frontier`` where `data` has not one hash per set bit of `size`.
        """
        if not 0 <= size <= MAX_TREE_SIZE or len(data) != DIGEST_BYTES * size.bit_count():
            raise StorageFault("store.frontier", f"a stored frontier does not fit its size {size}", field="frontier")
        frontier = cls()
        frontier.size = size
        frontier._peaks = [data[at : at + DIGEST_BYTES] for at in range(0, len(data), DIGEST_BYTES)]
        return frontier

    def _add_run(self, hashes: list[bytes]) -> None:
        """Add up to `BULK_LEAVES` leaf hashes; `size` is a multiple of `BULK_LEAVES`."""
        done = 0
        for level in range(len(hashes).bit_length() - 1, -1, -1):
            if len(hashes) >> level & 1:
                self._push(perfect_root(hashes[done : done + (1 << level)]), level)
                done += 1 << level

    def _push(self, peak: bytes, level: int) -> None:
        """Add a perfect subtree of 2^level leaves; `size` is a multiple of that."""
        rest = self.size >> level
        while rest & 1:
            peak = node_hash(self._peaks.pop(), peak)
            rest >>= 1
        self._peaks.append(peak)
        self.size += 1 << level


def root_at(size: int, subtree: Subtree) -> RootHash:
    """Root of the tree of the first `size` leaves."""
    return RootHash(_range_root(0, size, subtree)) if size else EMPTY_ROOT


def prove_inclusion(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """Proof that the leaf at `index` is in the tree of `size` leaves (RFC 6962 §2.1.1)."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    start, end, proof = 0, size, []
    while end - start > 1:
        split = start + _split(end - start)
        if index < split:
            proof.append(_range_root(split, end, subtree))
            end = split
        else:
            proof.append(_range_root(start, split, subtree))
            start = split
    proof.reverse()
    return proof


def prove_consistency(old: int, new: int, subtree: Subtree) -> list[bytes]:
    """Proof that the tree of `new` leaves begins with the tree of `old` (RFC 6962 §2.1.2); empty where trivial."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} cannot extend one of {old}")
    if old in (0, new):
        return []
    start, end, proof = 0, new, []
    while end != old:
        split = start + _split(end - start)
        if old <= split:
            proof.append(_range_root(split, end, subtree))
            end = split
        else:
            proof.append(_range_root(start, split, subtree))
            start = split
    if start:
        proof.append(_range_root(start, end, subtree))
    proof.reverse()
    return proof


def verify_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `proof` shows `leaf` at `index` of the tree with `size` and `root` (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size <= MAX_TREE_SIZE or not _all_hashes(leaf, root, *proof):
        return False
    place, last, have = index, size - 1, leaf
    for hash_ in proof:
        if not last:
            return False
        if place & 1 or place == last:
            have = node_hash(hash_, have)
            place, last = _skip_even(place, last)
        else:
            have = node_hash(have, hash_)
        place >>= 1
        last >>= 1
    return not last and have == root


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether `proof` shows that the tree (new, new_root) begins with (old, old_root) (RFC 9162 §2.1.4.2)."""
    if not 0 <= old <= new <= MAX_TREE_SIZE or not _all_hashes(old_root, new_root, *proof):
        return False
    if old == new:
        return not proof and old_root == new_root and (old > 0 or old_root == EMPTY_ROOT)
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    place, last = old - 1, new - 1
    while place & 1:
        place >>= 1
        last >>= 1
    hashes = iter(proof if place else [old_root, *proof])
    had = have = next(hashes, b"")
    for hash_ in hashes:
        if not last:
            return False
        if place & 1 or place == last:
            had = node_hash(hash_, had)
            have = node_hash(hash_, have)
            place, last = _skip_even(place, last)
        else:
            have = node_hash(have, hash_)
        place >>= 1
        last >>= 1
    return not last and had == old_root and have == new_root


class BlockTree:
    """Subtree hashes of a big log from stored block roots, and the leaves of only the blocks a proof passes through.

    `block_root(n)` gives the root of the complete block n of `BLOCK_LEAVES`; `leaves_of_block(n)` the leaf hashes
    held of block n, in order, all of them or, in the last block, as many as there are. Nodes above the blocks are
    kept, so a second proof reads little. The log may grow meanwhile; it must not change.
    """

    __slots__ = ("_block", "_block_leaves", "_block_root", "_kept", "_leaves_of_block", "size")

    def __init__(
        self,
        size: int,
        block_root: Callable[[int], bytes],
        leaves_of_block: Callable[[int], Sequence[bytes]],
    ) -> None:
        self.size = size
        self._block_root = block_root
        self._leaves_of_block = leaves_of_block
        self._kept: dict[tuple[int, int], bytes] = {}
        self._block = -1
        self._block_leaves: Sequence[bytes] = ()

    def subtree(self, start: int, end: int) -> bytes:
        """See `Subtree`.

        Raises:
            ValueError: where [start, end) is no aligned perfect subtree within `size`.
            StorageFault: ``store.leaves`` where fewer leaves come back than the size promises.
        """
        width = end - start
        if not 0 <= start < end <= self.size or width & (width - 1) or start % width:
            raise ValueError(f"[{start}, {end}) is no perfect subtree of a tree of {self.size}")
        return self._hash(start, end)

    def root(self, size: int | None = None) -> RootHash:
        """Root of the first `size` leaves, or of all."""
        return root_at(self.size if size is None else size, self.subtree)

    def _hash(self, start: int, end: int) -> bytes:
        width = end - start
        if width < BLOCK_LEAVES:
            return self._within_block(start, width)
        known = self._kept.get((start, end))
        if known is None:
            middle = start + width // 2
            known = (
                self._block_root(start // BLOCK_LEAVES)
                if width == BLOCK_LEAVES
                else node_hash(self._hash(start, middle), self._hash(middle, end))
            )
            self._kept[start, end] = known
        return known

    def _within_block(self, start: int, width: int) -> bytes:
        block, first = divmod(start, BLOCK_LEAVES)
        if block != self._block or len(self._block_leaves) < first + width:
            self._block_leaves = self._leaves_of_block(block)
            self._block = block
        leaves = self._block_leaves[first : first + width]
        if len(leaves) != width:
            raise StorageFault("store.leaves", f"leaves of block {block} are missing", field="leaves")
        return perfect_root(leaves)


class LeafTree(BlockTree):
    """Subtree hashes over an in-memory list of leaf hashes, which may grow by appending; `size` is as of now."""

    __slots__ = ("_leaves",)

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._leaves = leaves
        super().__init__(len(leaves), lambda block: perfect_root(self._slice(block)), self._slice)

    def subtree(self, start: int, end: int) -> bytes:
        """See `Subtree`; covers leaves appended since."""
        self.size = len(self._leaves)
        return super().subtree(start, end)

    def _slice(self, block: int) -> Sequence[bytes]:
        return self._leaves[block * BLOCK_LEAVES : (block + 1) * BLOCK_LEAVES]


def _split(width: int) -> int:
    """Largest power of two below `width` > 1."""
    return 1 << ((width - 1).bit_length() - 1)


def _range_root(start: int, end: int, subtree: Subtree) -> bytes:
    """Root of [start, end), a subtree of the RFC's splitting: perfect subtrees of falling width."""
    peaks = []
    while start < end:
        stop = start + (1 << ((end - start).bit_length() - 1))
        peaks.append(subtree(start, stop))
        start = stop
    root = peaks.pop()
    while peaks:
        root = node_hash(peaks.pop(), root)
    return root


def _skip_even(place: int, last: int) -> tuple[int, int]:
    """Climb over the levels at which the path's node has no sibling, that is, up to where it is a right child."""
    while place and not place & 1:
        place >>= 1
        last >>= 1
    return place, last


def _all_hashes(*hashes: bytes) -> bool:
    return all(len(hash_) == DIGEST_BYTES for hash_ in hashes)
