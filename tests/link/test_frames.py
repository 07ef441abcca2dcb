from __future__ import annotations

import dataclasses

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.errors import LinkFault
from parley.link import forms
from parley.link.codec import HEADER_BYTES, FrameReader, encode_frame
from parley.link.forms import MAX_FRAME_BYTES
from parley.link.frames import Blob, Bye, Doubt, Frame, Hello, Item, Probe, Pull, Push, Want
from tests.link.strategies import frames, pushes, splits

SIGNATURE = bytes(64)


def read(data: bytes) -> list[Frame]:
    reader = FrameReader()
    out = reader.feed(data)
    reader.close()
    return out


def wire(code: int, *parts: object) -> bytes:
    body = cbor2.dumps(list(parts))
    return bytes([code]) + len(body).to_bytes(3, "big") + body


def fault_of(data: bytes) -> LinkFault:
    with pytest.raises(LinkFault) as caught:
        read(data)
    return caught.value


@given(frames)
@settings(max_examples=300)
def test_a_frame_comes_back_as_it_was_sent(frame: Frame) -> None:
    assert read(encode_frame(frame)) == [frame]


@given(st.lists(frames, max_size=6), st.data())
def test_any_split_of_the_stream_gives_the_same_frames(sent: list[Frame], data: st.DataObject) -> None:
    reader = FrameReader()
    stream = b"".join(map(encode_frame, sent))
    got = [frame for piece in data.draw(splits(stream)) for frame in reader.feed(piece)]
    reader.close()
    assert got == sent


@given(st.lists(frames, min_size=1, max_size=4), st.data())
def test_every_prefix_of_a_truncated_bundle_is_usable_and_the_cut_is_reported(
    sent: list[Frame], data: st.DataObject
) -> None:
    encoded = [encode_frame(frame) for frame in sent]
    stream = b"".join(encoded)
    cut = data.draw(st.integers(0, len(stream) - 1))
    whole, end = [], 0
    for frame, raw in zip(sent, encoded, strict=True):
        end += len(raw)
        if end <= cut:
            whole.append(frame)
    reader = FrameReader()
    assert reader.feed(stream[:cut]) == whole
    if cut == sum(map(len, encoded[: len(whole)])):
        reader.close()
    else:
        with pytest.raises(LinkFault) as caught:
            reader.close()
        assert caught.value.code == "link.truncated"


@given(frames, st.data())
def test_a_frame_has_one_encoding_only(frame: Frame, data: st.DataObject) -> None:
    """A changed byte is refused, or makes another frame: never the same one."""
    raw = bytearray(encode_frame(frame))
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    reader = FrameReader()
    try:
        got = reader.feed(bytes(raw))
    except LinkFault:
        return
    assert got != [frame]


@given(st.binary(max_size=200))
def test_garbage_is_a_link_fault_and_nothing_else(data: bytes) -> None:
    reader = FrameReader()
    try:
        reader.feed(data)
        reader.close()
    except LinkFault:
        pass


@given(pushes)
def test_a_push_costs_few_bytes_beyond_what_it_carries(push: Push) -> None:
    carried = sum(len(part or b"") for item in push.items for part in item) + len(push.signature)
    assert len(encode_frame(push)) - carried <= HEADER_BYTES + 3 + 3 + 9 + 2 + 9 * len(push.items)


def test_a_push_of_a_receipt_costs_no_bytes_for_what_it_lacks() -> None:
    bare = encode_frame(Push(1, 7, (Item(b"e" * 40, None, None),), SIGNATURE))
    assert len(bare) == HEADER_BYTES + 1 + 1 + 1 + 2 + 64 + 2 + 40


@pytest.mark.parametrize("code", [0, 15, 22, 255])
def test_unknown_types_are_refused_by_their_header(code: int) -> None:
    reader = FrameReader()
    with pytest.raises(LinkFault) as caught:
        reader.feed(bytes([code, 0, 0, 4]))
    assert caught.value.code == "link.unknown-frame"


@pytest.mark.parametrize("code", sorted(forms.FORMS))
def test_an_oversized_frame_is_refused_as_soon_as_its_header_is_read(code: int) -> None:
    reader = FrameReader()
    too_much = forms.FORMS[code].max_bytes + 1
    with pytest.raises(LinkFault) as caught:
        reader.feed(bytes([code]) + too_much.to_bytes(3, "big"))
    assert caught.value.code == "link.oversized"


def test_no_frame_may_be_longer_than_the_bound_of_all() -> None:
    assert max(form.max_bytes for form in forms.FORMS.values()) == MAX_FRAME_BYTES == 1 << 20


def test_frames_before_a_fault_are_given_out_and_nothing_after_it() -> None:
    good, bad = encode_frame(Probe(1, 2)), bytes([99, 0, 0, 0])
    reader = FrameReader()
    assert reader.feed(good + bad + good) == [Probe(1, 2)]
    assert reader.fault is not None
    assert reader.fault.code == "link.unknown-frame"
    with pytest.raises(LinkFault):
        reader.feed(good)
    with pytest.raises(LinkFault):
        reader.close()


def test_trailing_bytes_in_a_body_are_refused() -> None:
    body = cbor2.dumps([1, 2]) + b"\x00"
    assert fault_of(bytes([forms.PROBE]) + len(body).to_bytes(3, "big") + body).code == "link.malformed"


@pytest.mark.parametrize(
    "raw",
    [
        b"\x9f\x01\x02\xff",  # indefinite length
        b"\x82\x18\x01\x02",  # an integer longer than needed
        b"\x82\xc1\x01\x02",  # a tag
        b"\x82\xfb" + bytes(8) + b"\x02",  # a float
        b"\xa1\x01\x02",  # a map
        b"\x01",  # no array
        b"\x82\x01",  # an array cut short
        b"",
    ],
)
def test_a_body_outside_the_cbor_profile_is_refused(raw: bytes) -> None:
    assert fault_of(bytes([forms.PROBE]) + len(raw).to_bytes(3, "big") + raw).code == "link.malformed"


@pytest.mark.parametrize(
    ("code", "parts", "field"),
    [
        (forms.PROBE, (1,), "body"),
        (forms.PROBE, (1, 2, 3), "body"),
        (forms.PROBE, (True, 2), "ident"),
        (forms.PROBE, (-1, 2), "ident"),
        (forms.PROBE, (1, 1 << 53), "sent_ms"),
        (forms.PULL, (1, 2, 3, 2), "fresh"),
        (forms.PULL, (65536, 2, 3, 0), "log"),
        (forms.HELLO, (1, bytes(31), 0, b"", b""), "mechanism"),
        (forms.HELLO, (1, bytes(32), 32, b"", b""), "ordinal"),
        (forms.HEADS, (0, 1, 2, bytes(32)), "heads"),
        (forms.HEADS, (1 << 32,), "reach"),
        (forms.HEADS, (0, 1, 2, bytes(32), bytes(63)), "signature"),
        (forms.PUSH, (1, 2, SIGNATURE), "items"),
        (forms.PUSH, (), "items"),
        (forms.PUSH, (1, 2, SIGNATURE, b"e", None, None), "items"),
        (forms.PUSH, (1, 2, SIGNATURE, b"e", None, b"c"), "content"),
        (forms.PUSH, (1, 2, SIGNATURE, b"e" * 4097), "entry"),
        (forms.PUSH, (1, 2, SIGNATURE, b"e", b"s" * 4097), "statement"),
        (forms.PUSH, (1, 2, SIGNATURE, b"e", b"s", b"c" * 65537), "content"),
        (forms.PUSH, (1, 2, SIGNATURE[:-1], b"e"), "signature"),
        (forms.PUSH, (1, 2, SIGNATURE, "e"), "entry"),
        (forms.WANT, (1,), "seqs"),
        (forms.WANT, (1, *range(1025)), "seqs"),
        (forms.AHEAD, (1, 2, b"e", b"s", None, 3, bytes(32), SIGNATURE, bytes(33)), "proof"),
        (forms.PARCEL, (1, 2, 3, b""), "sealed"),
        (forms.BYE, ("Not A Code", "x"), "code"),
        (forms.BYE, ("link.x", "\x1b[2J"), "reason"),
        (forms.BYE, ("link.x", "\u202eabc"), "reason"),
        (forms.EVIDENCE, (1, "a", b"b"), "second_note"),
    ],
)
def test_fields_out_of_bounds_are_refused_by_name(code: int, parts: tuple[object, ...], field: str) -> None:
    fault = fault_of(wire(code, *parts))
    assert (fault.code, fault.field) == ("link.malformed", field)


def test_another_version_of_hello_is_named_as_such_whatever_follows() -> None:
    assert fault_of(wire(forms.HELLO, 2, "something else")).code == "link.version"


def test_a_push_over_the_frame_bound_cannot_be_sent() -> None:
    item = Item(b"e", b"s", bytes(65536))
    with pytest.raises(ValueError, match="at most"):
        encode_frame(Push(1, 0, (item,) * 17, SIGNATURE))


def test_the_wire_form_is_locked() -> None:
    """Bytes that another implementation must produce; changing them is a new link version."""
    vectors: dict[str, Frame] = {
        "0300004c" + "84" + "01" + "182a" + "5840" + "00" * 64 + "45" + "6574726965": Push(
            1, 42, (Item(b"etrie", None, None),), SIGNATURE
        ),
        "04000009" + "84" + "01" + "02" + "1a00100000" + "01": Pull(1, 2, 1 << 20, True),
        "05000004" + "83" + "01" + "02" + "03": Want(1, (2, 3)),
        "06000006" + "84" + "01" + "02" + "4173" + "f6": Blob(1, 2, b"s", None),
        "09000003" + "82" + "01" + "02": Doubt(1, 2),
        "0b000003" + "82" + "01" + "02": Probe(1, 2),
        "0d000006" + "82" + "6161" + "6162": Bye("a", "b"),
    }
    for expected, frame in vectors.items():
        raw = encode_frame(frame)
        assert raw.hex() == expected[:2] + f"{len(raw) - 4:06x}" + expected[8:]


def test_hello_carries_its_version_first() -> None:
    hello = Hello(bytes(32), 1, b"s", b"c")
    assert encode_frame(hello)[4:6] == b"\x85\x01"
    assert dataclasses.replace(hello, version=1) == hello
