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
from tests.web.dice import Dice

SEED = 20_261_125
COUNT = 468
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


def enrolled_by_officers() -> tuple[Scene, Place]:
    """By an officer whom a registrar on duty enrolled whom another had enrolled."""
    scene = DutyScene(new=True)
    writer = ready(scene)
    scene.on_duty(writer, writer.says.enrolment("desk-2", ["watch"]))
    scene.direct(writer, MandateChange(writer.says.kid("desk-2"), ("register",)), "registrar")
    scene.on_duty(writer, writer.says.enrolment("duty-9", ["watch"]), by="desk-2")
    return scene, scene.say("AAA", "duty-9", "SIMULATION")


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
    place = scene.append(scene.writer("AAA"), digest, MemberSet(3), MemberSet(3), statement=b"\xd2\x84\x40\xa0\x40\x40")
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
    received, addressed, amended, assented, reopened, enrolled_on_duty, enrolled_by_officers, on_duty, pleaded, void_last, void_off_chain,
    no_statement, forked,
)  # fmt: skip


@cache
def taken_apart(index: int) -> tuple[Resealed, dict[str, bytes], str]:
    """A scene's proof file, the parts of it that can be changed, and the place that it is about."""
    scene, place = SCENES[index]()
    sealed = Resealed(scene, scene.prove(place))
    return sealed, sealed.parts(), f"{sealed.name(place.log)} {place.seq}"


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
    sealed, parts, place = taken_apart(number)
    sort = dice.choice(SORTS)
    part = f"{sort} {place}" if dice.one_in(2) else ""
    if part not in parts:
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
    count, seed = (
        int(os.environ.get(name) or usual) for name, usual in (("PARLEY_MUTANTS", COUNT), ("PARLEY_MUTANT_SEED", SEED))
    )
    with path.open("w", encoding="utf-8") as out:
        for line in lines(count, seed):
            out.write(line + "\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
