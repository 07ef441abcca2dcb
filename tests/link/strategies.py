"""Frames of every type, within their bounds."""

from __future__ import annotations

import itertools

from hypothesis import strategies as st

from parley.link.frames import (
    Ahead,
    Blob,
    Bye,
    Cosigned,
    Doubt,
    Echo,
    Evidence,
    Frame,
    Head,
    Heads,
    Hello,
    Item,
    Parcel,
    Probe,
    Pull,
    Push,
    Want,
)

logs = st.integers(0, 65535)
counts = st.integers(0, (1 << 53) - 1)
small = st.binary(max_size=300)
digests = st.binary(min_size=32, max_size=32)
signatures = st.binary(min_size=64, max_size=64)
ordinals = st.integers(0, 31)
items = st.one_of(
    st.builds(Item, small, st.none(), st.none()), st.builds(Item, small, small, st.one_of(st.none(), small))
)
printable = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=40)

pushes = st.builds(Push, logs, counts, st.lists(items, min_size=1, max_size=5).map(tuple), signatures)
frames: st.SearchStrategy[Frame] = st.one_of(
    st.builds(Hello, digests, ordinals, small, small),
    st.builds(
        Heads,
        st.lists(st.builds(Head, logs, counts, digests, signatures), max_size=5).map(tuple),
        st.integers(0, (1 << 32) - 1),
    ),
    pushes,
    st.builds(Pull, logs, counts, counts, st.booleans()),
    st.builds(Want, logs, st.lists(counts, min_size=1, max_size=9).map(tuple)),
    st.builds(Blob, logs, counts, small, st.one_of(st.none(), small)),
    st.builds(
        Ahead, logs, counts, small, small, st.one_of(st.none(), small), counts, digests, signatures,
        st.lists(digests, max_size=6).map(tuple),
    ),
    st.builds(Parcel, logs, counts, ordinals, st.binary(min_size=1, max_size=300)),
    st.builds(Doubt, logs, counts),
    st.builds(Evidence, logs, st.text(max_size=60), st.text(max_size=60)),
    st.builds(Cosigned, logs, st.text(max_size=60)),
    st.builds(Probe, counts, counts),
    st.builds(Echo, counts, counts, counts, counts),
    st.builds(Bye, st.from_regex(r"[a-z][a-z0-9.-]{0,30}", fullmatch=True), printable),
)  # fmt: skip


@st.composite
def splits(draw: st.DrawFn, data: bytes) -> list[bytes]:
    """`data` cut into pieces anywhere."""
    cuts = sorted(draw(st.lists(st.integers(0, len(data)), max_size=12)))
    edges = [0, *cuts, len(data)]
    return [data[a:b] for a, b in itertools.pairwise(edges)]
