"""Self-check: at a start every entry is hashed again, and each log's root made from what the disk gives back.

A node signs on top of what its store holds, so it first finds out that the store still holds what it did. The root
of a log commits to every entry of it, in place and order; a head whose root comes out again vouches for them all.
Statements and contents, to which the entries commit, are read back while the node runs (see `scrub`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from parley.errors import StorageFault
from parley.record.merkle import Frontier
from parley.record.rows import RecordReader

PROGRESS_EVERY = 65_536


def check_roots(reader: RecordReader, progress: Callable[[int, int], None] | None = None) -> int:
    """Recompute the root of every history held; the number of entries hashed.

    Args:
        reader: the store.
        progress: told (entries done, entries in all) now and then.

    Raises:
        StorageFault: code ``selfcheck.missing`` or ``selfcheck.root``, naming the log.
    """
    heads = reader.heads()
    whole = sum(head.size for head in heads)
    done = 0
    for head in heads:
        frontier = Frontier()
        leaves: Iterable[bytes] = reader.leaves(head.log, head.branch, 0, head.size)
        frontier.extend(_told(leaves, done, whole, progress) if progress else leaves)
        if frontier.size != head.size:
            raise StorageFault(
                "selfcheck.missing",
                f"of log {head.log} the disk gives back {frontier.size} entries and not {head.size}",
            )
        if frontier.root() != head.root:
            raise StorageFault(
                "selfcheck.root", f"the {head.size} entries of log {head.log} have changed on disk: their root is another",
                rule="move the database away and start again: this node fills up from its peers",
            )  # fmt: skip
        done += head.size
    return done


def _told(leaves: Iterable[bytes], before: int, whole: int, progress: Callable[[int, int], None]) -> Iterator[bytes]:
    for done, leaf in enumerate(leaves, before):
        if done % PROGRESS_EVERY == 0:
            progress(done, whole)
        yield leaf
