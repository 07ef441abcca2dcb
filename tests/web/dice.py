"""Changes by chance in bytes, texts and CBOR: of one value or of how it is written, deep down or near the top."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

import cbor2

from parley.crypto import cbor
from parley.record.ids import sha256

INTEGERS = (
    0, 1, 2, 3, 4, 5, 15, 16, 17, 18, 23, 24, 31, 32, 33, 63, 64, 65, 255, 256, 257, 65535, 65536, 2**31, 2**32 - 1, 2**32, 2**40 - 1,
    2**40, 2**53 - 1, 2**53, 2**53 + 1, 2**63 - 1, 2**63, 2**64 - 1, 2**64, -1, -2, -19, -(2**53), -(2**63), -(2**64),
)  # fmt: skip
TEXTS = (
    "", " ", "\n", "\r", "\x00", "\x85", "\xa0", "\ufeff", "\u200b", "\u202e", "\u2028", "\x1c", "\ud7ff", "\uffff", "\U00010000", "\U0001f54a",
    "e\u0301", "\u212b", "\u0130", "\u017f", "\u212a", "١", "１", "'", '"', "\\", "/", "+", "—", "-", ".", "root", "registrar", "a" * 24,
    "a" * 25, "\U0001f54a" * 32, "\U0001f54a" * 33, "x" * 121, "x" * 2001, "AAA", "AAA/root", "message", "directory.enrol", "__proto__",
    "9007199254740991", "9007199254740992", "9223372036854775807", "9223372036854775808", "99", "00", "constructor", "toString", "EMERGENCY 0 \U0001f4de\U0001f4de\U0001f4de\U0001f4de\U0001f4de\U0001f4de\U0001f4de",
)  # fmt: skip
NAMES = (
    "watch", "quiet", "supervision", "register", "release", "night", "root", "registrar", "message", "stop", "zone", "novelty",
    "directory.enrol", "directory.revoke", "charter.assent", "log.reopen", "log.other", "AAA/duty-1", "AAA/registrar", "AAA/root",
    "BBB/duty-1", "duty-1", "AAA 0", "BBB2 9999999999999999",
)  # fmt: skip
STRANGE_NAMES: tuple[Any, ...] = (*INTEGERS, *TEXTS, b"", b"key", True, None, 1.0, ("a",), "\uff00", "\U00010000")


class Dice(random.Random):
    """All chances of one mutant. `pool`: the values in what is changed, of which one may take the place of another."""

    pool: Sequence[Any] = ()

    def one_in(self, count: int) -> bool:
        return self.randrange(count) == 0

    def changed(self, part: str, raw: bytes) -> bytes:
        """`raw` with something changed that a part of that name is made of."""
        if part.startswith(("checkpoint", "note")):
            return self.text(raw.decode()).encode("utf-8", "surrogatepass") if self.one_in(2) else self.bytes(raw)
        head = raw[:1] if raw[:1] == b"\xd2" else b""
        if self.one_in(8):
            return self.bytes(raw)
        value = cbor.read(raw[len(head) :])
        self.pool = list(leaves(value))
        if part.startswith("header") and self.one_in(2):
            return cbor2.dumps(self.misspoken(value))
        if self.one_in(6):
            return head + self.unusual(value)
        return head + cbor2.dumps(self.within(value))

    def misspoken(self, header: dict[Any, Any]) -> dict[Any, Any]:
        """A header in good form that says something else: one of the fields that come last, or of the claims."""
        *_, last = header
        fields = list(header[last])
        at = self.randrange(len(fields) + 1)
        if at < len(fields):
            fields[at] = self.sensible(fields[at])
            return header | {last: fields}
        claims = header[15]
        name = self.choice(list(claims))
        return header | {15: claims | {name: self.sensible(claims[name])}}

    def sensible(self, value: Any) -> Any:
        """Another value in good form."""
        if isinstance(value, list):
            return self.choice([value[1:], [*value, sha256(bytes([len(value)]))], value[::-1]])
        if isinstance(value, str):
            return self.choice([self.choice(NAMES), self.choice(NAMES), self.text(value)])
        if isinstance(value, int):
            return self.choice([self.randrange(8), abs(value + self.choice([1, -1])), value ^ 1 << self.randrange(4)])
        alike = [one for one in self.pool if isinstance(one, bytes) and len(one) == len(value)]
        return self.choice([*alike, bytes(len(value))])

    def within(self, value: Any) -> Any:
        """`value` with one of the values in it changed, deep down or near the top."""
        inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        inside = list(inside)
        if not inside or self.one_in(7):
            return self.other(value)
        name, item = self.choice(inside)
        copy = value.copy()
        copy[name] = self.within(item)
        return copy

    def other(self, value: Any) -> Any:
        """Another value in the place of one."""
        if self.one_in(14):
            return self.anything()
        alike = [one for one in self.pool if type(one) is type(value)] if self.one_in(5) else []
        if alike:
            return self.choice(alike)
        if isinstance(value, bool) or value is None:
            return self.choice([True, False, None, 0, 1, b"x"])
        if isinstance(value, int):
            near = (
                value + 1,
                value - 1,
                -value,
                value + 2**32,
                value * 256,
                value ^ 1,
                float(value),
                str(value),
                bool(value),
            )
            return self.choice([*near, *INTEGERS])
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, bytes):
            return self.octets(value)
        if isinstance(value, dict):
            return self.mapping(value)
        return self.array(value) if isinstance(value, list) else self.anything()

    def anything(self) -> Any:
        return self.choice([
            None, True, False, 0, 1, -1, 1.5, float("nan"), b"", b"\0" * 32, "", [], {}, [[]], {0: 0}, {"": ""}, 2**64, 2**70,
            cbor2.undefined, cbor2.CBORSimpleValue(99), cbor2.CBORTag(18, []), [None] * 5000, self.choice(TEXTS), self.choice(INTEGERS),
        ])  # fmt: skip

    def text(self, text: str) -> str:
        at, other = self.randrange(len(text) + 1), self.choice(TEXTS)
        near = (
            text[:at] + other + text[at:],
            text[:at] + other + text[at + 1 :],
            text[:at] + text[at + 1 :],
            text + other,
            text + "\n",
        )
        return self.choice([*near, other, text.upper(), text.lower(), text[:at], text * 2, text[::-1], text.swapcase()])

    def octets(self, raw: bytes) -> bytes | str:
        if len(raw) > 40 and self.one_in(2):
            head = raw[:1] if raw[:1] == b"\xd2" else b""
            value = cbor.read(raw[len(head) :])
            if value is not None:
                return head + cbor2.dumps(self.within(value))
        return self.choice(
            [self.bytes(raw), self.bytes(raw), bytes(len(raw)), b"\xff" * len(raw), b"", raw + raw, raw[:-1], raw.hex()]
        )

    def bytes(self, raw: bytes) -> bytes:
        at, one = self.randrange(len(raw) + 1), self.randbytes(1)
        flipped = bytes([raw[at] ^ 1 << self.randrange(8)]) if at < len(raw) else one
        end = min(len(raw), at + self.choice([1, 2, 8, 32]))
        return self.choice([
            raw[:at] + flipped + raw[at + 1 :], raw[:at] + flipped + raw[at + 1 :], raw[:at] + one + raw[at + 1 :], raw[:at] + one + raw[at:],
            raw[:at] + raw[end:], raw[:end] + raw[at:], raw[:at], raw + one,
        ])  # fmt: skip

    def array(self, items: list[Any]) -> list[Any]:
        if not items:
            return [self.anything()]
        at, to = self.randrange(len(items)), self.randrange(len(items))
        swapped = list(items)
        swapped[at], swapped[to] = items[to], items[at]
        return self.choice([
            items[:at] + items[at + 1 :], items[: at + 1] + items[at:], swapped, items[::-1], [], [*items, self.anything()], items[:at],
            items * self.choice([2, 33, 65, 300]), [*items[:at], [items[at]], *items[at + 1 :]],
        ])  # fmt: skip

    def mapping(self, items: dict[Any, Any]) -> dict[Any, Any]:
        copy = dict(items)
        names = list(items)
        how = self.randrange(6)
        if how == 0 and names:
            del copy[self.choice(names)]
        elif how == 1 and names:
            copy[self.choice(STRANGE_NAMES)] = copy.pop(self.choice(names))
        elif how == 2 and len(names) > 1:
            one, two = self.sample(names, 2)
            copy[one], copy[two] = copy[two], copy[one]
        elif how == 3:
            copy |= {
                index if names and isinstance(names[0], int) else f"{index:03x}": None
                for index in range(self.choice([33, 65, 1025]))
            }
        else:
            copy[self.choice(STRANGE_NAMES)] = self.choice([None, 0, "", *items.values()])
            if self.one_in(2):
                copy["\U00010000"] = 0
        return dict(sorted(copy.items(), key=lambda pair: cbor2.dumps(pair[0])))

    def unusual(self, value: Any) -> bytes:
        """`value` with one of the values in it written in another way than the one."""
        places = sum(1 for _ in leaves(value))
        left = self.randrange(places)

        def written(item: Any) -> bytes:
            nonlocal left
            left -= 1
            inside = b""
            plain = cbor2.dumps(item)
            if isinstance(item, list):
                inside = b"".join(map(written, item))
            elif isinstance(item, dict):
                pairs = [cbor2.dumps(name) + written(one) for name, one in item.items()]
                inside = b"".join(reversed(pairs) if left == -1 and self.one_in(2) else pairs)
            head = plain[: len(plain) - len(cbor2.dumps(item)[head_bytes(plain) :])]
            if not isinstance(item, list | dict):
                inside = plain[len(head) :]
            if left != -1:
                return head + inside
            return self.choice(
                [
                    long_head(head) + inside,
                    b"\xc1" + head + inside,
                    endless(head, inside),
                    head + inside + head + inside,
                ]
            )

        return written(value)


def leaves(value: Any) -> Iterator[Any]:
    yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from leaves(item)


def head_bytes(encoded: bytes) -> int:
    """Length of the initial byte and argument of an encoding."""
    short = encoded[0] & 31
    return 1 if short < 24 or short > 27 else 1 + (1 << short - 24)


def long_head(head: bytes) -> bytes:
    """The head with its argument in eight bytes."""
    argument = int.from_bytes(head[1:], "big") if len(head) > 1 else head[0] & 31
    return bytes([head[0] & 0xE0 | 27]) + argument.to_bytes(8, "big")


def endless(head: bytes, inside: bytes) -> bytes:
    """The same with an indefinite length."""
    return bytes([head[0] & 0xE0 | 31]) + inside + b"\xff"
