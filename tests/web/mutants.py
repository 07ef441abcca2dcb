"""Proof files of every sort with something in them changed, and what the node's verifier finds in each: one JSON a line.

`python -m tests.web.mutants FILE` writes them for `web/src/proof/verify.test.ts` (PARLEY_PROOF_FILES), which must find the same.
PARLEY_MUTANTS is their number and PARLEY_MUTANT_SEED the seed; the same seed gives the same changes. (Post-quantum signing is
hedged, so the bytes of the signatures differ.)

A part is drawn (see `tests.proof.resealed`), changed in its form or in one value, and all that commits to it is made to fit; in some
the file is changed as it lies, so that nothing fits.
"""

from __future__ import annotations

import json
import os
import random
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import cbor2

from parley.charter.charter import CharterDraft
from parley.charter.directory_kinds import MandateChange, Revocation
from parley.charter.founding import amend
from parley.crypto import cbor
from parley.proof.verify import verify
from parley.record.content import encode_content
from parley.record.ids import LogId, MemberOrdinal, MemberSet, StatementDigest, UnixMs, sha256
from parley.record.rows import EvidenceRow, Place, WriteBatch
from parley.record.statement import Precedence
from tests.changed import replace
from tests.charter.test_emergency import NOW_S, PLEA
from tests.proof.resealed import Resealed
from tests.proof.scene import START_MS, Scene
from tests.proof.test_assemble import head_note
from tests.proof.test_emergency import EmergencyScene
from tests.proof.test_on_duty import DutyScene, ready
from tests.proof.test_verify import amended_scene

SEED = 20_261_125
COUNT = 360
WIDE_INTEGER = 1 << 53


# ---- what is changed --------------------------------------------------------------------------------------------


def received() -> tuple[Scene, Place]:
    """A statement with all that it can refer to, receipts, a later doubt, a later receipt."""
    scene = Scene(3)
    writer = scene.writer("AAA")
    place = scene.say(
        "AAA", "duty-1", "SIMULATION أوقفوا \U0001f54a", precedence=Precedence.FLASH, marking="TLP:AMBER", case="AAA 4",
        replies_to=(StatementDigest(bytes(32)),), attachments=(sha256(b"a"), sha256(b"b")),
    )  # fmt: skip
    scene.receive("BBB", place)
    scene.receive("CCC", place)
    scene.direct(writer, Revocation(writer.says.kid("duty-1"), "lost", UnixMs(START_MS)), "registrar")
    scene.receive("AAA", scene.say("BBB", "duty-1", "later"))
    return scene, place


def addressed() -> tuple[Scene, Place]:
    """To one of three, who alone has sight of the content, by an officer whose mandates were changed."""
    scene = Scene(3)
    writer = scene.writer("AAA")
    scene.direct(writer, MandateChange(writer.says.kid("duty-1"), ("watch", "quiet")), "registrar")
    place = scene.say("AAA", "duty-1", "SIMULATION", channel=2, addressees=0b010)
    scene.receive("BBB", place)
    scene.receive("CCC", place)
    return scene, place


def amended() -> tuple[Scene, Place]:
    """Under an amended charter that its members assented to."""
    scene = amended_scene()
    scene.enrol(scene.writer("AAA"), "night-1", ["night"])
    place = scene.say("AAA", "night-1", "SIMULATION", mandate="night")
    scene.receive("BBB", place)
    return scene, place


def assented() -> tuple[Scene, Place]:
    """An assent itself."""
    scene = Scene(2)
    terms = replace(scene.charter.terms, description="SIMULATION\namended")
    scene.amend(amend(CharterDraft(tuple(one.seat for one in scene.charter.members), terms), scene.charter))
    return scene, Place(LogId(0), 0, scene.writer("AAA").says.directory.latest_seq)


def reopened() -> tuple[Scene, Place]:
    """In the second log of a member."""
    scene = Scene(2)
    scene.say("AAA", "duty-1", "SIMULATION")
    writer = scene.reopen("AAA")
    scene.enrol(writer, "duty-1", ["watch"], label="new key")
    content = encode_content({"text": "again"}, bytes(16))
    return scene, scene.append_statement(writer, writer.says.statement("duty-1", content), content)


def enrolled_on_duty() -> tuple[Scene, Place]:
    """By an officer whom a registrar on duty enrolled."""
    scene = DutyScene(new=True)
    writer = ready(scene)
    old = writer.says.kid("duty-1")
    scene.on_duty(writer, writer.says.enrolment("duty-1", ["watch"], label="new", replaces=old))
    place = scene.say("AAA", "duty-1", "SIMULATION")
    scene.enrol(writer, "duty-1", ["watch"], label="newer", replaces=writer.says.kid("duty-1"))
    return scene, place


def on_duty() -> tuple[Scene, Place]:
    """An act of a registrar on duty, the last entry of its log."""
    scene = DutyScene()
    writer = ready(scene)
    return scene, scene.on_duty(writer, Revocation(writer.says.kid("duty-1"), "gone"))


def pleaded() -> tuple[Scene, Place]:
    """Under the emergency mandate."""
    scene = EmergencyScene()
    return scene, scene.say("AAA", "duty-1", "SIMULATION", kind="zone", issued_at_s=NOW_S, marking=PLEA.marking)


def void_last() -> tuple[Scene, Place]:
    """A directory statement that is void, last of its log."""
    scene = Scene(2)
    return scene, scene.direct_void(scene.writer("AAA"), Revocation(bytes(8), "nobody"), "registrar")


def void_off_chain() -> tuple[Scene, Place]:
    """A directory statement that is void, and that later entries pass over."""
    scene, place = void_last()
    scene.direct(scene.writer("AAA"), Revocation(scene.writer("AAA").says.kid("duty-1"), "left"), "registrar")
    scene.say("AAA", "duty-1", "SIMULATION")
    return scene, place


def no_statement() -> tuple[Scene, Place]:
    """Bytes that are no statement."""
    scene = Scene(2)
    digest = StatementDigest(sha256(b"\xd2\x84\x40\xa0\x40\x40"))
    place = scene.append(
        scene.writer("AAA"), digest, MemberSet(3), MemberSet(3), statement=b"\xd2\x84\x40\xa0\x40\x40"
    )
    return scene, place


def forked() -> tuple[Scene, Place]:
    """With a signed head of another history."""
    scene = Scene(2, exercise=False)
    place = scene.say("AAA", "duty-1", "SIMULATION")
    scene.receive("BBB", place)
    writer = scene.writer("AAA")
    ours, theirs = (head_note(scene, writer, writer.size, root) for root in (writer.frontier.root(), bytes(32)))
    scene.say("AAA", "duty-1", "later")
    scene.store.commit(WriteBatch(evidence=[EvidenceRow(LogId(0), ours, theirs, UnixMs(0), MemberOrdinal(1))]))
    return scene, place


SCENES: tuple[Callable[[], tuple[Scene, Place]], ...] = (
    received, addressed, amended, assented, reopened, enrolled_on_duty, on_duty, pleaded, void_last, void_off_chain,
    no_statement, forked,
)  # fmt: skip


@cache
def taken_apart(index: int) -> tuple[Resealed, dict[str, bytes]]:
    """A scene's proof file in parts, and the parts that can be changed."""
    scene, place = SCENES[index]()
    sealed = Resealed(scene, scene.prove(place))
    return sealed, sealed.parts()


# ---- how it is changed ------------------------------------------------------------------------------------------

INTEGERS = (
    0, 1, 2, 3, 4, 5, 15, 16, 17, 18, 23, 24, 31, 32, 33, 63, 64, 65, 255, 256, 257, 65535, 65536, 2**31, 2**32 - 1, 2**32, 2**40 - 1,
    2**40, 2**53 - 1, 2**53, 2**53 + 1, 2**63 - 1, 2**63, 2**64 - 1, 2**64, -1, -2, -19, -(2**53), -(2**63), -(2**64),
)  # fmt: skip
TEXTS = (
    "", " ", "\n", "\r", "\x00", "\x85", "\xa0", "\ufeff", "\u200b", "\u202e", "\u2028", "\x1c", "\ud7ff", "\uffff", "\U00010000", "\U0001f54a",
    "e\u0301", "\u212b", "\u0130", "\u017f", "\u212a", "١", "１", "'", '"', "\\", "/", "+", "—", "-", ".", "root", "registrar", "a" * 24,
    "a" * 25, "\U0001f54a" * 32, "\U0001f54a" * 33, "x" * 121, "x" * 2001, "AAA", "AAA/root", "message", "directory.enrol", "__proto__",
    "constructor", "toString", "EMERGENCY 0 \U0001f4de\U0001f4de\U0001f4de\U0001f4de\U0001f4de\U0001f4de\U0001f4de",
)  # fmt: skip
STRANGE_NAMES: tuple[Any, ...] = (*INTEGERS, *TEXTS, b"", b"key", True, None, 1.0, ("a",), "\uff00", "\U00010000")


class Dice(random.Random):
    """All chances of one mutant."""

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
        if self.one_in(6):
            return head + self.unusual(value)
        return head + cbor2.dumps(self.within(value))

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
        if isinstance(value, bool) or value is None:
            return self.choice([True, False, None, 0, 1, b"x"])
        if isinstance(value, int):
            near = (value + 1, value - 1, -value, value + 2**32, value * 256, value ^ 1, float(value), str(value), bool(value))
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
        near = (text[:at] + other + text[at:], text[:at] + other + text[at + 1 :], text[:at] + text[at + 1 :], text + other, text + "\n")
        return self.choice([*near, other, text.upper(), text.lower(), text[:at], text * 2, text[::-1], text.swapcase()])

    def octets(self, raw: bytes) -> bytes | str:
        if len(raw) > 40 and self.one_in(2):
            head = raw[:1] if raw[:1] == b"\xd2" else b""
            value = cbor.read(raw[len(head) :])
            if value is not None:
                return head + cbor2.dumps(self.within(value))
        return self.choice([self.bytes(raw), self.bytes(raw), bytes(len(raw)), b"\xff" * len(raw), b"", raw + raw, raw[:-1], raw.hex()])

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
            copy |= {index if names and isinstance(names[0], int) else f"{index:03x}": None for index in range(self.choice([33, 65, 1025]))}
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
            return self.choice([long_head(head) + inside, b"\xc1" + head + inside, endless(head, inside), head + inside + head + inside])

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


# What is changed, as often as it stands here.
SORTS = (
    "file", "charter", "charter", "content", "content", "content", "header", "header", "header", "header", "statement", "entry", "entry",
    "entry", "checkpoint", "note",
)  # fmt: skip

# ---- all of them ------------------------------------------------------------------------------------------------


def mutant(seed: int, index: int) -> tuple[str, bytes, bytes | None]:
    """Name, file and expected digest of one mutant."""
    dice = Dice(f"{seed} {index}")
    number = index % len(SCENES)
    sealed, parts = taken_apart(number)
    sort = dice.choice(SORTS)
    part = dice.choice([name for name in parts if name.split(" ")[0] == sort])
    expected = dice.choice([*[None] * 10, bytes(32), sealed.scene.charter.digest])
    name = f"{index}: {SCENES[number].__name__}, {part}"
    if sort == "file" or dice.one_in(6):
        changed = dice.changed("file", parts["file"]) if dice.one_in(4) else as_it_lies(dice, parts)
        return f"{name} as it lies", changed, expected
    return name, sealed.made(lambda one, raw: dice.changed(one, raw) if one == part else raw), expected


def as_it_lies(dice: Dice, parts: dict[str, bytes]) -> bytes:
    return cbor2.dumps(dice.within(cbor.read(parts["file"])))


def lines(count: int, seed: int) -> Iterator[str]:
    """One JSON a mutant: how it was made, the file, and what the node finds in it."""
    for index in range(count):
        name, raw, expected = mutant(seed, index)
        report = verify(raw, expected=expected).as_dict()
        yield json.dumps({
            "name": name, "file": b64encode(raw).decode(), "expected": None if expected is None else expected.hex(),
            "report": exact(report),
        })  # fmt: skip


def exact(value: Any) -> Any:
    """`value` for JSON that is read as floats: integers too wide for those as text."""
    if isinstance(value, dict):
        return {name: exact(item) for name, item in value.items()}
    if isinstance(value, list):
        return [exact(item) for item in value]
    return f"{value}" if type(value) is int and abs(value) >= WIDE_INTEGER else value


def write(path: Path) -> None:
    """All mutants, as the environment asks for them."""
    count, seed = (int(os.environ.get(name) or usual) for name, usual in (("PARLEY_MUTANTS", COUNT), ("PARLEY_MUTANT_SEED", SEED)))
    with path.open("w", encoding="utf-8") as out:
        for line in lines(count, seed):
            out.write(line + "\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
