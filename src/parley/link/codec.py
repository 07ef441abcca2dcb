"""The wire form of frames: strict, bounded, one encoding for each frame.

1 byte type, 3 bytes big-endian body length, body. A body is one flat deterministic CBOR array of integers, byte
strings, texts and null (RFC 8949 §4.2.1); what its fields may be is in `forms`.

Rules:

* any prefix of a stream is usable: frames before a fault are given out, whatever the split of the stream;
* a body longer than its type allows is refused as soon as its header is read, before any of it is kept;
* unknown types, truncated bodies, trailing data and fields out of bounds are a `LinkFault`; nothing is skipped.
"""

from __future__ import annotations

from parley.crypto import cbor
from parley.crypto.cbor import CborValue
from parley.errors import LinkFault, ParleyError
from parley.link import forms
from parley.link.forms import FORMS, Form
from parley.link.frames import (
    Ahead,
    Blob,
    Bye,
    Cosigned,
    Doubt,
    Echo,
    Evidence,
    Frame,
    Heads,
    Hello,
    Parcel,
    Probe,
    Pull,
    Push,
    Want,
)

HEADER_BYTES = 4


def encode_frame(frame: Frame) -> bytes:
    """The wire bytes of `frame`, header included. A frame over its type's bound is a programmer's mistake."""
    code, parts = _flatten(frame)
    body = cbor.encode_as_is(parts)
    if len(body) > FORMS[code].max_bytes:
        raise ValueError(f"{type(frame).__name__} of {len(body)} bytes; at most {FORMS[code].max_bytes}")
    return (code << 24 | len(body)).to_bytes(HEADER_BYTES, "big") + body


def _flatten(frame: Frame) -> tuple[int, list[CborValue]]:
    """Type byte and body of a frame."""
    match frame:
        case Push():
            return forms.PUSH, _push_parts(frame)
        case Hello():
            certified: list[CborValue] = [frame.node_statement, frame.node_content]
            return forms.HELLO, [frame.version, frame.mechanism, frame.ordinal, *certified]
        case Heads():
            return forms.HEADS, [frame.reach, *(part for head in frame.heads for part in head)]
        case Pull():
            return forms.PULL, [frame.log, frame.first, frame.max_bytes, int(frame.fresh)]
        case Want():
            return forms.WANT, [frame.log, *frame.seqs]
        case Blob():
            return forms.BLOB, [frame.log, frame.seq, frame.statement, frame.content]
        case Ahead():
            proof = b"".join(frame.proof)
            head: list[CborValue] = [frame.size, frame.root, frame.signature, proof]
            return forms.AHEAD, [frame.log, frame.seq, frame.entry, frame.statement, frame.content, *head]
        case Parcel():
            return forms.PARCEL, [frame.log, frame.seq, frame.recipient, frame.sealed]
        case Doubt():
            return forms.DOUBT, [frame.log, frame.size]
        case Evidence():
            return forms.EVIDENCE, [frame.log, frame.first_note, frame.second_note]
        case Cosigned():
            return forms.COSIGNED, [frame.log, frame.note]
        case Probe():
            return forms.PROBE, [frame.ident, frame.sent_ms]
        case Echo():
            return forms.ECHO, [frame.ident, frame.sent_ms, frame.received_ms, frame.replied_ms]
        case Bye():
            return forms.BYE, [frame.code, frame.reason]


def _push_parts(frame: Push) -> list[CborValue]:
    """Items three by three; the nulls that end the last one are left off (a receipt's PUSH is 2 bytes shorter)."""
    parts: list[CborValue] = [frame.log, frame.first, frame.signature]
    for item in frame.items:
        parts += item
    while parts[-1] is None:
        parts.pop()
    return parts


class FrameReader:
    """Frames out of a stream of bytes, however it is split. Holds at most one unfinished frame."""

    def __init__(self) -> None:
        self._rest = bytearray()
        self._fault: LinkFault | None = None

    @property
    def fault(self) -> LinkFault | None:
        """What ended the reading, if anything did; frames before it have been given out."""
        return self._fault

    def feed(self, data: bytes) -> list[Frame]:
        """The frames that `data` completes, in order.

        Raises:
            LinkFault: code ``link.unknown-frame``, ``link.oversized``, ``link.version`` or ``link.malformed``, once
                there is no frame before the fault to give out (the call that meets it, or the next).
        """
        frames: list[Frame] = []
        if self._fault is None:
            try:
                self._read(data, frames)
            except LinkFault as fault:
                self._fault = fault
                self._rest.clear()
        if self._fault is not None and not frames:
            raise self._fault
        return frames

    def close(self) -> None:
        """The stream ends here.

        Raises:
            LinkFault: it was at fault, or ends inside a frame (``link.truncated``).
        """
        if self._fault is not None:
            raise self._fault
        if self._rest:
            raise LinkFault("link.truncated", f"the stream ends {len(self._rest)} bytes into a frame")

    def _read(self, data: bytes, frames: list[Frame]) -> None:
        source: bytes | bytearray = data
        if self._rest:
            self._rest += data
            source = self._rest
        at = 0
        while len(source) - at >= HEADER_BYTES:
            form, size = _header(source, at)
            start = at + HEADER_BYTES
            if len(source) - start < size:
                break
            at = start + size
            frames.append(_decode_body(form, bytes(source[start:at])))
        if source is self._rest:
            del self._rest[:at]
        else:
            self._rest += source[at:]


def _header(source: bytes | bytearray, at: int) -> tuple[Form, int]:
    form = FORMS.get(source[at])
    if form is None:
        raise LinkFault("link.unknown-frame", f"frame type {source[at]} is unknown", rule="types 1 to 13")
    size = int.from_bytes(source[at + 1 : at + HEADER_BYTES], "big")
    if size > form.max_bytes:
        rule = f"a frame of type {source[at]} has at most {form.max_bytes} bytes"
        raise LinkFault("link.oversized", f"frame of {size} bytes announced", rule=rule)
    return form, size


def _decode_body(form: Form, body: bytes) -> Frame:
    try:
        parts = cbor.decode_flat(body)
    except ParleyError as error:
        raise LinkFault("link.malformed", f"body is not strict CBOR: {error.reason}", rule=error.code) from error
    return form.decode(parts)
