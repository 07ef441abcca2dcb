"""Vectors by which the page's TypeScript is held to the node's Python, byte for byte.

`python -m tests.web.vectors` writes them to `web/src/vectors/`; a test says where they are no longer current. All are
made from fixed seeds. Proof files are the exception: ML-DSA signing is hedged, so their files are kept as they were made
and what is current or not is the report.
"""

from __future__ import annotations

import json
import random
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from parley.charter.charter import decode_charter
from parley.charter.directory_build import prove_possession
from parley.charter.terms_cbor import AREA
from parley.crypto import cbor
from parley.crypto.keys import SigningKey, VerifyKey
from parley.desks import at_hand
from parley.errors import BadInput
from parley.geo import coordinates
from parley.geo.coordinates import Convention
from parley.geo.ellipsoid import Position
from parley.procedure.fields import Field, FieldKind, agree
from parley.procedure.guard import FLAG_CODES
from parley.procedure.references import LETTERS, SPELLED, letter_of, typed
from parley.procedure.words import words
from parley.proof.report import VerificationReport
from parley.proof.verify import verify
from parley.proof.words import HEADINGS, TEMPLATES, VERDICTS
from parley.record.checkpoint import (
    Checkpoint,
    checkpoint_text,
    head_key,
    head_line,
    open_checkpoint,
    sign_head,
    signed_note,
)
from parley.record.content import content_digest, encode_content
from parley.record.ids import MemberSet, RootHash, TreeSize
from parley.record.merkle import (
    LeafTree,
    leaf_hash,
    prove_consistency,
    prove_inclusion,
    root_at,
    verify_consistency,
    verify_inclusion,
)
from parley.record.statement import Precedence, StatementFields, parse_statement, sign_statement
from tests.charter.mechanisms import draft, founded
from tests.proof.scene import Scene

FOLDER = Path(__file__).resolve().parents[2] / "web" / "src" / "vectors"
SEED = 20_261_125
TEXTS = ("", "Cease fire at 14:30 UTC", "أوقفوا النار", "הפסיקו אש", "naïve \U0001f54a", "a\u200fb", "\x00\x7f\u0080")


def told(value: Any) -> Any:
    """A CBOR value as JSON: integers as text, since JSON's are floats."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return {"int": str(value)}
    if isinstance(value, bytes):
        return {"bytes": value.hex()}
    if isinstance(value, str):
        return {"text": value}
    if isinstance(value, Mapping):
        return {"map": [[told(key), told(item)] for key, item in value.items()]}
    return {"array": [told(item) for item in value]}


# ---- CBOR ----------------------------------------------------------------------------------------------------


def any_value(dice: random.Random, depth: int = 0) -> Any:
    """A random value of the profile."""
    choice = dice.randrange(9 if depth < 3 else 6)
    if choice < 2:
        return any_integer(dice)
    if choice == 2:
        return dice.randbytes(dice.choice([0, 1, 23, 24, 32, 32]))
    if choice < 5:
        return dice.choice(TEXTS) * dice.choice([1, 1, 1, 1, 4])
    if choice == 5:
        return dice.choice([None, True, False])
    if choice < 8:
        return [any_value(dice, depth + 1) for _ in range(dice.randrange(5))]
    keys = [dice.choice([any_integer(dice), dice.randbytes(dice.randrange(4)), dice.choice(TEXTS)]) for _ in range(4)]
    return {key: any_value(dice, depth + 1) for key in keys}


def any_integer(dice: random.Random) -> int:
    """An integer of 64 bits and sign, near where its encoding or its type changes."""
    near = dice.choice([0, 23, 255, 65535, 2**32 - 1, 2**53 - 1, 2**63, 2**64 - 4])
    value = min(near + dice.randrange(4), 2**64 - 1)
    return dice.choice([value, -1 - value])


def cbor_vectors() -> Any:
    dice = random.Random(SEED)
    values = [any_value(dice) for _ in range(60)]
    good = [{"value": told(value), "hex": cbor.encode(value).hex()} for value in values]
    changed = []
    for value in values[:40]:
        raw = bytearray(cbor.encode(value))
        for _ in range(dice.randrange(1, 3)):
            raw[dice.randrange(len(raw))] = dice.randrange(256)
        changed.append(bytes(raw)[: dice.choice([len(raw), len(raw), max(1, len(raw) - 1)])])
    odd = ["1800", "190017", "1a0000ffff", "1b00000000ffffffff", "f97e00", "fb3ff0000000000000", "f7", "f0", "f818", "c100",
           "d9d9f700", "5f4100ff", "9f00ff", "bf0000ff", "a200000000", "a2010002000000", "a201000000", "a2616100616100",
           "a1f400", "a1f600", "a18000", "62c328", "63eda080", "0000", "", "ff", "1c", "1f", "81" * 16 + "00",
           "81" * 17 + "00", "81" * 40 + "00", "9b7fffffffffffffff", "5b7fffffffffffffff", "ba00100000", "a1190401" + "00",
           "3bffffffffffffffff", "1bffffffffffffffff", "a2200018640000", "a2186400200000"]  # fmt: skip
    return {"good": good, "given": [outcome(raw) for raw in [*changed, *map(bytes.fromhex, odd)]]}


def outcome(raw: bytes) -> Any:
    """What the node's decoder makes of any bytes."""
    try:
        return {"hex": raw.hex(), "value": told(cbor.decode(raw))}
    except BadInput as fault:
        return {"hex": raw.hex(), "code": fault.code}


# ---- keys and statements -----------------------------------------------------------------------------------------


def key_vectors() -> Any:
    dice = random.Random(SEED + 1)
    p = 2**255 - 19
    ys = [
        0,
        1,
        2,
        3,
        4,
        5,
        p - 2,
        p - 1,
        p,
        p + 1,
        p + 2,
        2**255 - 1,
        0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7,
    ]
    raws = [(y | sign << 255).to_bytes(32, "little") for y in ys for sign in (0, 1)]
    raws += [dice.randbytes(32) for _ in range(10)] + [
        SigningKey.from_seed(dice.randbytes(32)).verify_key.raw for _ in range(8)
    ]
    points = []
    for raw in raws:
        try:
            points.append({"raw": raw.hex(), "kid": VerifyKey.from_bytes(raw).kid.hex(), "code": None})
        except BadInput as fault:
            points.append({"raw": raw.hex(), "kid": None, "code": fault.code})
    possessions = []
    for code, position in (("AAA", "duty-1"), ("BBB", "head"), ("FAC", "supervision-2")):
        key, mechanism = SigningKey.from_seed(dice.randbytes(32)), dice.randbytes(32)
        signature = prove_possession(mechanism, code, position, key)  # type: ignore[arg-type]
        possessions.append(
            {"seed": key.seed.hex(), "key": key.verify_key.raw.hex(), "mechanism": mechanism.hex(), "code": code,
             "position": position, "signature": signature.hex()}
        )  # fmt: skip
    return {"points": points, "possessions": possessions}


def statement_vectors() -> Any:
    dice = random.Random(SEED + 2)
    return [one_statement(dice) for _ in range(10)]


def one_statement(dice: random.Random) -> Any:
    key = SigningKey.from_seed(dice.randbytes(32))
    said = {
        name: any_value(dice, 3) for name in dice.sample(["text", "area", "until_ms", "floor_cm", "refs", "zzz"], 3)
    }
    salt = dice.randbytes(16)
    content = encode_content(said, salt)
    fields = StatementFields(
        kid=key.verify_key.kid,
        issuer=f"{dice.choice(['AAA', 'BBB', 'FAC'])}/{dice.choice(['duty-1', 'head', 'a-b-c'])}",
        case=dice.choice([None, "AAA 0", "BBB2 42", "FAC 9007199254740991"]),
        issued_at_s=dice.randrange(1 << 40),
        nonce=dice.randbytes(16),
        mechanism=dice.randbytes(32),  # type: ignore[arg-type]
        kind=dice.choice(["message", "stop", "dispute.answer"]),
        kind_version=dice.randrange(1 << 16),
        channel=dice.randrange(1 << 8),
        precedence=Precedence(dice.randrange(4)),
        addressees=MemberSet(dice.choice([0, 1, 5, 2**31, 2**32 - 1])),
        replies_to=tuple(dice.randbytes(32) for _ in range(dice.randrange(3))),  # type: ignore[misc]
        mandate=dice.choice(["watch", "release", "é" * 32]),
        marking=dice.choice(["", "TLP:AMBER", "سري \U0001f54a"]),
        content_digest=content_digest(content),
        content_bytes=len(content),
        attachments=tuple(dice.randbytes(32) for _ in range(dice.randrange(3))),
    )
    raw = sign_statement(fields, key)
    return {
        "seed": key.seed.hex(), "fields": fields_told(fields), "said": told(said), "salt": salt.hex(),
        "content": content.hex(), "statement": raw.hex(), "digest": parse_statement(raw).digest.hex(),
    }  # fmt: skip


def fields_told(fields: StatementFields) -> Any:
    """Fields by the names they have in TypeScript, byte strings in hex."""
    return {
        "kid": fields.kid.hex(), "issuer": fields.issuer, "caseRef": fields.case, "issuedAtS": fields.issued_at_s,
        "nonce": fields.nonce.hex(), "mechanism": fields.mechanism.hex(), "kind": fields.kind,
        "kindVersion": fields.kind_version, "channel": fields.channel, "precedence": int(fields.precedence),
        "addressees": fields.addressees, "repliesTo": [one.hex() for one in fields.replies_to],
        "mandate": fields.mandate, "marking": fields.marking, "contentDigest": fields.content_digest.hex(),
        "contentBytes": fields.content_bytes, "attachments": [one.hex() for one in fields.attachments],
    }  # fmt: skip


# ---- the charter -------------------------------------------------------------------------------------------------


def charter_vectors() -> Any:
    """Charters with an area of whatever form: read, or refused by which code and field."""
    raw: Any = cbor.decode(founded(draft(2)).raw)
    corner = [331_000_000, 358_000_000]
    triangle = [corner, [331_000_000, 359_000_000], [332_000_000, -1_800_000_000]]
    areas: list[Any] = [
        None, triangle, [[-900_000_000, 0], *triangle], [], [corner], triangle[:2], [*triangle, corner],
        [*triangle, [900_000_001, 0]], [*triangle, [0, 1_800_000_001]], [*triangle, [0]], [*triangle, "33 N"], "33 N",
        [[latitude, 0] for latitude in range(64)], [[latitude, 0] for latitude in range(65)],
    ]  # fmt: skip
    found = []
    for area in areas:
        one = cbor.encode(raw if area is None else {**raw, AREA: area})
        try:
            read, fault = [list(one) for one in decode_charter(one).terms.area], None
        except BadInput as error:
            read, fault = None, {"code": error.code, "reason": error.reason, "field": error.field, "rule": error.rule}
        found.append({"charter": one.hex(), "area": read, "fault": fault})
    return found


# ---- the record --------------------------------------------------------------------------------------------------


def record_vectors() -> Any:
    dice = random.Random(SEED + 3)
    leaves = [leaf_hash(dice.randbytes(8)) for _ in range(70)]
    tree = LeafTree(leaves)
    roots = [root_at(size, tree.subtree) for size in range(71)]
    inclusion, consistency = [], []
    for _ in range(16):
        size = dice.randrange(1, 71)
        index = dice.randrange(size)
        proof = worn(dice, prove_inclusion(index, size, tree.subtree))
        asked = dice.choice([index, index, index, (index + 1) % 71])
        good = verify_inclusion(asked, size, leaves[index], proof, roots[size])
        inclusion.append({"index": asked, "size": size, "leaf": leaves[index].hex(), "root": roots[size].hex(),
                          "proof": [one.hex() for one in proof], "good": good})  # fmt: skip
    for _ in range(16):
        new = dice.randrange(71)
        old = dice.randrange(new + 1)
        proof = worn(dice, prove_consistency(old, new, tree.subtree))
        root = dice.choice([roots[old], roots[old], roots[old], roots[new]])
        good = verify_consistency(old, new, root, roots[new], proof)
        consistency.append({"old": old, "new": new, "oldRoot": root.hex(), "newRoot": roots[new].hex(),
                            "proof": [one.hex() for one in proof], "good": good})  # fmt: skip
    return {"inclusion": inclusion, "consistency": consistency, "checkpoints": checkpoint_vectors(dice, roots)}


def worn(dice: random.Random, proof: list[bytes]) -> list[bytes]:
    """The proof, or one that lacks, repeats, swaps or changes something."""
    kind = dice.randrange(10)
    if kind == 0:
        return proof[:-1]
    if kind == 1:
        return [*proof, dice.randbytes(32)]
    if kind == 2:
        return proof[::-1]
    if kind == 3 and proof:
        return [dice.randbytes(dice.choice([31, 32])), *proof[1:]]
    return proof


def checkpoint_vectors(dice: random.Random, roots: list[RootHash]) -> Any:
    key, origin = SigningKey.from_seed(dice.randbytes(32)), "parley/0123456789abcdef/AAA"
    stranger = SigningKey.from_seed(dice.randbytes(32))
    found = []
    for size in (0, 1, 7, 70):
        head = Checkpoint(origin, TreeSize(size), roots[size])
        line = head_line(origin, key.verify_key, sign_head(key, origin, size, roots[size]))
        other = head_line(origin, stranger.verify_key, sign_head(stranger, origin, size, roots[size]))
        false = line._replace(signature=other.signature)
        notes = [signed_note(head, lines) for lines in ([line], [other, line], [other], [line, false], [false])]
        text = checkpoint_text(*head)
        notes += [note.replace(text, text.replace("AAA", "BBB")) for note in notes[:1]]
        notes += [note.replace("\n\n", "\nextension\n\n") for note in notes[:1]]
        notes += [
            notes[0][:-1],
            notes[0].replace("=\n", "\n", 1),
            notes[0] + "\n",
            "\t" + notes[0],
            notes[0].replace(str(size), f"0{size}", 1),
        ]
        for note in notes:
            try:
                checkpoint, signatures = open_checkpoint(note, origin, [head_key(origin, key.verify_key)])
                found.append({"note": note, "code": None, "size": checkpoint.size, "signatures": len(signatures)})
            except BadInput as fault:
                found.append({"note": note, "code": fault.code, "size": None, "signatures": None})
    return {"origin": origin, "key": key.verify_key.raw.hex(), "notes": found}


# ---- proof files -------------------------------------------------------------------------------------------------


def proof_scenes() -> dict[str, bytes]:
    """A proof file that is proven; the tests of `parley.proof` make many more, of every sort (`recorder`)."""
    scene = Scene(3)
    said = scene.say("AAA", "duty-1", "Cease fire at 14:30 UTC. أوقفوا النار. הפסיקו אש.")
    scene.receive("BBB", said)
    scene.receive("CCC", said)
    return {"received by all": scene.prove(said)}


def proof_vectors(files: Mapping[str, bytes]) -> Any:
    return [
        {"name": name, "file": b64encode(raw).decode(), "report": report_told(verify(raw))}
        for name, raw in files.items()
    ]


def report_told(report: VerificationReport) -> Any:
    return report.as_dict()


def words_vectors() -> Any:
    return {
        "sentences": dict(TEMPLATES),
        "verdicts": {verdict.value: text for verdict, text in VERDICTS.items()},
        "headings": dict(HEADINGS),
    }


def guard_vectors() -> Any:
    return list(FLAG_CODES)


# ---- the desks -----------------------------------------------------------------------------------------------------


def desk_vectors() -> Any:
    """The Line as it is declared, and what every desk has: what the page's own tests and its simulation of a node draw."""
    desks = at_hand()
    line = desks.desk("line")
    assert line is not None, "the Line is at hand"
    return {"desks": [asdict(line)], "handling": [asdict(one) for one in desks.handling]}


def tolerance_vectors() -> Any:
    """What reads back as the same, and what does not, by each kind of critical field."""
    place, circle = [331_254_000, 358_012_000], {"circle": [331_254_000, 358_012_000, 500]}
    shape = {"polygon": [place, [331_255_000, 358_013_000], [331_256_000, 358_010_000]]}
    pairs: list[tuple[FieldKind, Any, Any]] = [
        (FieldKind.INSTANT, 1_790_000_059_999, 1_790_000_000_000),
        (FieldKind.INSTANT, 1_790_000_060_000, 1_790_000_000_000),
        (FieldKind.PLACE, place, [331_256_000, 358_010_000]),
        (FieldKind.PLACE, place, [331_256_001, 358_012_000]),
        (FieldKind.HEIGHT, [30_480, "AMSL"], [30_500, "AMSL"]),
        (FieldKind.HEIGHT, [30_480, "AMSL"], [30_531, "AMSL"]),
        (FieldKind.HEIGHT, [30_480, "AMSL"], [30_480, "AGL"]),
        (FieldKind.AREA, circle, {"circle": [331_252_001, 358_014_000, 2_500]}),
        (FieldKind.AREA, circle, {"circle": [331_254_000, 358_012_000, 2_501]}),
        (FieldKind.AREA, circle, shape),
        (FieldKind.AREA, shape, {"polygon": [*shape["polygon"][:2], place]}),
        (FieldKind.AREA, shape, {"polygon": shape["polygon"][:2]}),
        (FieldKind.CHOICE, "fire", "fire"),
        (FieldKind.CHOICE, "fire", "air"),
        (FieldKind.LABEL, "E-3", "e-3"),
        (FieldKind.COUNT, 4, 5),
    ]
    told = []
    for kind, said, read_back in pairs:
        field = Field("x", kind, words("", "", ""))
        told.append({"kind": kind.value, "said": said, "readBack": read_back, "agree": agree(field, said, read_back)})
    return told


def reference_vectors() -> Any:
    """Letters of entries of any member's log, and references as they are typed, rightly and not."""
    dice, codes = random.Random(SEED), ["AAA", "B2B", "QQ"]
    numbers = [*range(60), 999, 1_000, 9_999, 10_000, (1 << 53) - 1, *(dice.randrange(1 << 53) for _ in range(60))]
    letters = [
        [ordinal, generation, str(seq), letter_of(ordinal, generation, seq)]
        for seq in numbers
        for ordinal, generation in [(dice.randrange(32), dice.randint(1, 16)), (dice.randrange(3), 1)]
    ]
    texts = [
        "AAA 42", "aaa42", "AAA-42", " aaa_0042 ", "AAA \u0664\u0662", "\uff21\uff21\uff21 \u06f4\u06f2", "\u2067AAA 42\u2069", "AAA2 7",
        "b2b 7", "B2B17 7", "AAA 42-H", "aaa42k", "QQ 7 x", "AAA1 7", "AAA02 7", "AAA0 7", "", "AAA", "42", "AAA 4 2", "ZZZ 1", "AAA 42-KK",
        "AAA " + "1" * 17, "A" * 41, "AAA \U0001d7d2\U0001d7da", "AAA \u0e54\u0e52", "AAA\u00a042", "<b>", "QQ 0", "QQ 00",
    ]  # fmt: skip
    read = []
    for text in texts:
        one = typed(text, codes)
        name = "" if one is None else codes[one.ordinal] + (str(one.generation) if one.generation > 1 else "")
        read.append([text, None if one is None else [f"{name} {one.seq}", one.right_letter, one.letter]])
    return {"alphabet": LETTERS, "spelled": dict(SPELLED), "codes": codes, "letters": letters, "typed": read}


# ---- places as they are written ----------------------------------------------------------------------------------

_LATITUDES = (
    "33.1254", "33,1254", "33.1254°", "٣٣.١٢٥٤", "۳۳.۱", "0", "90", "90.0000001", "91", "33.12345678", "33.", ".5", "33 07 31.44",
    "33°07′31.44″", "33:07:31", "33° 7'", "33 60 00", "33 00 60", "33 00 59.999", "33 00 59.9999", "89 59 59.999", "90 00 01",
    "abc", "1e1", "33 07 31 12",
)  # fmt: skip


def place_vectors() -> Any:
    """How places are written, and what angles are read as; null where they are not."""
    dice = random.Random(SEED)
    edges = [(0, 0), (900_000_000, 1_800_000_000), (-1, 1), (599_999_999, -1_799_999_999), (331_254_000, 358_012_000)]
    drawn = [(dice.randint(-900_000_000, 900_000_000), dice.randint(-1_800_000_000, 1_800_000_000)) for _ in range(40)]
    written = [
        {
            "place": place,
            "degrees": [coordinates.degrees(value) for value in place],
            "dms": [coordinates.dms(value) for value in place],
            "readDms": list(coordinates.read_position(coordinates.write_position(Position(*place), Convention.DMS))),
        }
        for place in (*edges, *drawn)
    ]
    return {"written": written, "read": [{"latitude": text, "value": _latitude_read(text)} for text in _LATITUDES]}


def _latitude_read(text: str) -> int | None:
    try:
        return coordinates.read_position(f"{text} N 0 E").latitude_e7
    except BadInput:
        return None


# ---- all of them -------------------------------------------------------------------------------------------------

MAKERS = {
    "cbor": cbor_vectors,
    "keys": key_vectors,
    "statements": statement_vectors,
    "charter": charter_vectors,
    "record": record_vectors,
    "words": words_vectors,
    "guard": guard_vectors,
    "desks": desk_vectors,
    "tolerances": tolerance_vectors,
    "references": reference_vectors,
    "places": place_vectors,
}


def rendered(made: Any) -> str:
    return (
        json.dumps(made, ensure_ascii=True, indent=None, separators=(",", ":"), sort_keys=True).replace("},{", "},\n{")
        + "\n"
    )


def kept_proofs() -> dict[str, bytes]:
    kept = json.loads((FOLDER / "proofs.json").read_text("utf-8"))
    return {one["name"]: b64decode(one["file"]) for one in kept}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in MAKERS.items():
        (FOLDER / f"{name}.json").write_text(rendered(make()), "utf-8")
    (FOLDER / "proofs.json").write_text(rendered(proof_vectors(proof_scenes())), "utf-8")


if __name__ == "__main__":
    main()
