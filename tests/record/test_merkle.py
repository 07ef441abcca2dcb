"""The tree: one root however it grows, every proof verifies, nothing else does."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.errors import StorageFault
from parley.record.merkle import (
    BLOCK_LEAVES,
    BULK_LEAVES,
    EMPTY_ROOT,
    BlockTree,
    Frontier,
    LeafTree,
    leaf_hash,
    node_hash,
    perfect_root,
    prove_consistency,
    prove_inclusion,
    root_at,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from tests.vectors import load_json

DUMMY_ROOTS = "sizes-are-equal-one"
"""The one published case whose roots are 12 bytes long: it must be refused, though the vector expects success."""

entry_lists = st.lists(st.binary(max_size=40), max_size=70)
sizes = st.integers(1, 3 * BULK_LEAVES + 7)


def entries_of(size: int) -> list[bytes]:
    return [b"entry %d" % at for at in range(size)]


def leaves_of(size: int) -> list[bytes]:
    return [leaf_hash(entry) for entry in entries_of(size)]


LEAVES = leaves_of(3 * BULK_LEAVES + 7)
TREE = LeafTree(LEAVES)


def naive_root(leaves: Sequence[bytes]) -> bytes:
    """RFC 6962 §2.1, as it is written there."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(naive_root(leaves[:split]), naive_root(leaves[split:]))


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8 % len(data)] ^= 1 << bit % 8
    return bytes(changed)


def unbase64(texts: Sequence[str] | None) -> list[bytes]:
    return [base64.b64decode(text) for text in texts or ()]


def test_published_inclusion_vectors_are_answered_as_expected() -> None:
    cases = load_json("merkle", "inclusion.json")
    assert len(cases) == 98
    for case in cases:
        leaf, root = unbase64([case["leafHash"], case["root"]])
        ok = verify_inclusion(case["leafIdx"], case["treeSize"], leaf, unbase64(case["proof"]), root)
        assert ok is not case["wantErr"], case["case"]


def test_published_consistency_vectors_are_answered_as_expected() -> None:
    cases = load_json("merkle", "consistency.json")
    assert len(cases) == 98
    for case in cases:
        first, second = unbase64([case["root1"], case["root2"]])
        ok = verify_consistency(case["size1"], case["size2"], first, second, unbase64(case["proof"]))
        assert ok is (not case["wantErr"] and DUMMY_ROOTS not in case["case"]), case["case"]


def test_leaf_node_and_empty_tree_hash_as_in_rfc_6962() -> None:
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert node_hash(b"N123", b"N456").hex() == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"


@given(entry_lists)
@settings(max_examples=60)
def test_the_frontier_gives_the_naive_root_at_every_size(entries: list[bytes]) -> None:
    leaves = [leaf_hash(entry) for entry in entries]
    frontier = Frontier()
    assert frontier.root() == EMPTY_ROOT
    for size, leaf in enumerate(leaves, 1):
        frontier.append(leaf)
        assert frontier.size == size
        assert frontier.root() == naive_root(leaves[:size])


@given(st.integers(0, 2 * BULK_LEAVES + 3), st.integers(0, 2 * BULK_LEAVES + 3))
@settings(max_examples=30)
def test_bulk_growth_equals_one_by_one_growth(before: int, more: int) -> None:
    one_by_one = Frontier()
    for leaf in leaves_of(before + more):
        one_by_one.append(leaf)
    entries = entries_of(before + more)
    bulk, from_leaves = Frontier(), Frontier()
    for part in (slice(0, before), slice(before, None)):
        bulk.extend(iter(entries[part]))
        from_leaves.extend_leaves(leaves_of(before + more)[part])
    assert bulk.size == from_leaves.size == one_by_one.size
    assert bulk.to_bytes() == from_leaves.to_bytes() == one_by_one.to_bytes()
    assert root_of(entries) == one_by_one.root()


def test_bulk_growth_that_fails_half_way_leaves_a_true_prefix() -> None:
    def broken() -> Iterator[bytes]:
        yield from entries_of(BULK_LEAVES + 5)
        raise OSError("disk")

    frontier = Frontier()
    with pytest.raises(OSError, match="disk"):
        frontier.extend(broken())
    assert frontier.size == BULK_LEAVES
    assert frontier.root() == naive_root(leaves_of(BULK_LEAVES))


@given(sizes)
@settings(max_examples=40)
def test_a_frontier_comes_back_from_its_bytes(size: int) -> None:
    frontier = Frontier()
    frontier.extend_leaves(LEAVES[:size])
    again = Frontier.from_bytes(size, frontier.to_bytes())
    again.append(LEAVES[0])
    frontier.append(LEAVES[0])
    assert again.to_bytes() == frontier.to_bytes()
    assert again.root() == frontier.root()


def test_a_frontiers_copy_grows_apart() -> None:
    frontier = Frontier()
    frontier.extend_leaves(LEAVES[:5])
    twin = frontier.copy()
    twin.append(LEAVES[5])
    assert (frontier.size, twin.size) == (5, 6)
    assert frontier.root() == naive_root(LEAVES[:5])
    assert twin.root() == naive_root(LEAVES[:6])


@pytest.mark.parametrize(("size", "length"), [(0, 32), (1, 0), (3, 32), (3, 63), (3, 96), (-1, 32), (2**64, 32)])
def test_a_stored_frontier_that_does_not_fit_its_size_is_a_storage_fault(size: int, length: int) -> None:
    with pytest.raises(StorageFault) as fault:
        Frontier.from_bytes(size, bytes(length))
    assert fault.value.code == "store.frontier"


@pytest.mark.parametrize("count", [0, 3, 6])
def test_a_perfect_subtree_has_a_power_of_two_of_leaves(count: int) -> None:
    with pytest.raises(ValueError, match="power of two"):
        perfect_root(LEAVES[:count])


@given(st.data(), sizes, st.integers(0, 10_000))
@settings(max_examples=80)
def test_every_inclusion_proof_verifies_and_any_changed_bit_fails(data: st.DataObject, size: int, bit: int) -> None:
    index = data.draw(st.integers(0, size - 1))
    leaf, root = LEAVES[index], TREE.root(size)
    proof = prove_inclusion(index, size, TREE.subtree)
    assert verify_inclusion(index, size, leaf, proof, root)
    assert not verify_inclusion(index, size, flipped(leaf, bit), proof, root)
    assert not verify_inclusion(index, size, leaf, proof, flipped(root, bit))
    for at in range(len(proof)):
        assert not verify_inclusion(index, size, leaf, [*proof[:at], flipped(proof[at], bit), *proof[at + 1 :]], root)
        assert not verify_inclusion(index, size, leaf, proof[:at] + proof[at + 1 :], root)
        assert not verify_inclusion(index ^ 1 << at, size, leaf, proof, root)
    assert not verify_inclusion(index, size, leaf, [*proof, root], root)


@given(st.data(), sizes, st.integers(0, 10_000))
@settings(max_examples=80)
def test_every_consistency_proof_verifies_and_any_changed_bit_fails(data: st.DataObject, new: int, bit: int) -> None:
    old = data.draw(st.integers(1, new))
    first, second = TREE.root(old), TREE.root(new)
    proof = prove_consistency(old, new, TREE.subtree)
    assert verify_consistency(old, new, first, second, proof)
    assert not verify_consistency(old, new, flipped(first, bit), second, proof)
    assert not verify_consistency(old, new, first, flipped(second, bit), proof)
    for at in range(len(proof)):
        changed = [*proof[:at], flipped(proof[at], bit), *proof[at + 1 :]]
        assert not verify_consistency(old, new, first, second, changed)
        assert not verify_consistency(old, new, first, second, proof[:at] + proof[at + 1 :])
    assert not verify_consistency(old, new, first, second, [*proof, second])
    if old < new:
        assert not verify_consistency(old, new, first, second, [])


def test_all_small_trees_prove_every_leaf_and_every_prefix() -> None:
    for new in range(1, 34):
        for old in range(new + 1):
            proof = prove_consistency(old, new, TREE.subtree)
            assert verify_consistency(old, new, TREE.root(old), TREE.root(new), proof)
        for index in range(new):
            proof = prove_inclusion(index, new, TREE.subtree)
            assert verify_inclusion(index, new, LEAVES[index], proof, naive_root(LEAVES[:new]))


def test_the_empty_tree_is_the_start_of_every_tree_and_has_one_root() -> None:
    assert prove_consistency(0, 5, TREE.subtree) == []
    assert verify_consistency(0, 5, EMPTY_ROOT, TREE.root(5), [])
    assert verify_consistency(0, 0, EMPTY_ROOT, EMPTY_ROOT, [])
    assert not verify_consistency(0, 0, LEAVES[0], LEAVES[0], [])
    assert not verify_consistency(0, 5, LEAVES[0], TREE.root(5), [])
    assert not verify_consistency(0, 5, EMPTY_ROOT, TREE.root(5), [LEAVES[0]])


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0), (0, 2**63), (2**64 - 1, 2**64)])
def test_places_outside_the_tree_do_not_verify(index: int, size: int) -> None:
    assert not verify_inclusion(index, size, LEAVES[0], [], LEAVES[0])


@pytest.mark.parametrize(("old", "new"), [(2, 1), (-1, 1), (1, 2**63)])
def test_sizes_out_of_order_do_not_verify(old: int, new: int) -> None:
    assert not verify_consistency(old, new, LEAVES[0], LEAVES[0], [])


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_hashes_of_another_length_do_not_verify(length: int) -> None:
    proof = prove_inclusion(1, 3, TREE.subtree)
    odd = bytes(length)
    assert not verify_inclusion(1, 3, LEAVES[1], [odd, *proof[1:]], TREE.root(3))
    assert not verify_inclusion(0, 1, odd, [], odd)
    assert not verify_consistency(3, 3, odd, odd, [])
    assert not verify_consistency(1, 3, LEAVES[0], TREE.root(3), [odd])


def test_two_leaves_may_not_pass_as_one_by_shifting_a_boundary() -> None:
    """A node's children differ from a leaf's bytes by their prefix, so no inner node passes as an entry."""
    left, right = LEAVES[:2]
    assert leaf_hash(left + right) != node_hash(left, right)
    assert not verify_inclusion(0, 1, leaf_hash(left + right), [], TREE.root(2))


@pytest.mark.parametrize(("index", "size"), [(-1, 4), (4, 4), (0, 0)])
def test_proving_a_leaf_that_is_not_there_is_a_programmers_error(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        prove_inclusion(index, size, TREE.subtree)


@pytest.mark.parametrize(("old", "new"), [(5, 4), (-1, 4)])
def test_proving_that_a_tree_shrank_is_a_programmers_error(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="cannot extend"):
        prove_consistency(old, new, TREE.subtree)


class CountingStore:
    """Block roots and leaves of `LEAVES`, counting what is read."""

    def __init__(self) -> None:
        self.roots_read: list[int] = []
        self.blocks_read: list[int] = []

    def block_root(self, block: int) -> bytes:
        self.roots_read.append(block)
        return naive_root(LEAVES[block * BLOCK_LEAVES : (block + 1) * BLOCK_LEAVES])

    def leaves_of_block(self, block: int) -> Sequence[bytes]:
        self.blocks_read.append(block)
        return LEAVES[block * BLOCK_LEAVES : (block + 1) * BLOCK_LEAVES]


@given(st.data(), sizes)
@settings(max_examples=40)
def test_stored_block_roots_give_the_same_proofs_from_few_blocks(data: st.DataObject, size: int) -> None:
    index = data.draw(st.integers(0, size - 1))
    store = CountingStore()
    tree = BlockTree(size, store.block_root, store.leaves_of_block)
    assert prove_inclusion(index, size, tree.subtree) == prove_inclusion(index, size, TREE.subtree)
    assert set(store.blocks_read) <= {index // BLOCK_LEAVES, (size - 1) // BLOCK_LEAVES}
    assert all((block + 1) * BLOCK_LEAVES <= size for block in store.roots_read)
    assert prove_consistency(index, size, tree.subtree) == prove_consistency(index, size, TREE.subtree)
    assert len(store.roots_read) == len(set(store.roots_read))
    assert tree.root() == TREE.root(size) == root_at(size, TREE.subtree)


def test_leaves_missing_from_the_store_are_a_storage_fault() -> None:
    tree = BlockTree(10, lambda _: bytes(32), lambda _: LEAVES[:9])
    with pytest.raises(StorageFault) as fault:
        prove_inclusion(0, 10, tree.subtree)
    assert fault.value.code == "store.leaves"


@pytest.mark.parametrize(("start", "end"), [(0, 3), (1, 3), (2, 2), (8, 16), (-2, 0), (4, 2)])
def test_only_aligned_perfect_subtrees_within_the_log_are_given(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no perfect subtree"):
        LeafTree(LEAVES[:10]).subtree(start, end)


def test_a_leaf_tree_follows_the_list_it_was_given() -> None:
    growing: list[bytes] = []
    tree = LeafTree(growing)
    assert root_at(0, tree.subtree) == EMPTY_ROOT
    for size, leaf in enumerate(LEAVES[: BLOCK_LEAVES + 3], 1):
        growing.append(leaf)
        if size % 50 == 0 or size >= BLOCK_LEAVES - 2:
            assert root_at(size, tree.subtree) == naive_root(growing)


def test_roots_differ_at_every_size() -> None:
    roots = [TREE.root(size) for size in range(40)]
    assert all(one != other for one, other in pairwise(roots))
    assert len(set(roots)) == len(roots)
