"""Checkpoints: one text per head, signatures that hold for that head only."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.crypto.keys import PqSigningKey, SigningKey
from parley.errors import BadInput
from parley.record.checkpoint import (
    COSIGNATURE_BYTES,
    MAX_TIME_S,
    Checkpoint,
    checkpoint_text,
    cosign,
    cosignature_line,
    cosignature_message,
    cosignature_time,
    cosigner_key,
    head_key,
    head_line,
    open_checkpoint,
    origin,
    parse_checkpoint,
    parse_decimal,
    sign_head,
    signed_note,
    verify_cosignature,
    verify_head,
)
from parley.record.ids import MechanismDigest, RootHash, TreeSize
from parley.record.merkle import EMPTY_ROOT, MAX_TREE_SIZE, leaf_hash
from parley.record.note import ML_DSA_44_COSIGNATURE, NoteKey, NoteSignature, decode_base64, key_id

KEY = SigningKey.from_seed(bytes(range(32)))
OTHER = SigningKey.from_seed(bytes(range(1, 33)))
PQ_KEY = PqSigningKey.from_seed(bytes(range(2, 34)))
MECHANISM = MechanismDigest(hashlib.sha256(b"mechanism").digest())
LOG = origin(MECHANISM, "AAA")
ROOT = RootHash(leaf_hash(b"entry"))
HEAD = Checkpoint(LOG, TreeSize(7), ROOT)
TIME_S = 1_790_000_000

sizes = st.integers(1, MAX_TREE_SIZE)
roots = st.binary(min_size=32, max_size=32)


def refused(text: str) -> str:
    with pytest.raises(BadInput) as fault:
        parse_checkpoint(text)
    return fault.value.code


def log_note(head: Checkpoint = HEAD, key: SigningKey = KEY) -> str:
    return signed_note(head, [head_line(head.origin, key.verify_key, sign_head(key, *head))])


def test_an_origin_names_mechanism_member_and_later_generations() -> None:
    assert origin(MECHANISM, "AAA") == f"parley/{MECHANISM.hex()[:16]}/AAA"
    assert origin(MECHANISM, "AAA", 2) == f"parley/{MECHANISM.hex()[:16]}/AAA/2"
    assert len({origin(MECHANISM, code, n) for code in ("AAA", "BBB") for n in (1, 2, 3)}) == 6


def test_the_text_is_three_lines() -> None:
    root = decode_base64("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    assert checkpoint_text("example.com/behind-the-sofa", 20852163, root) == text


@given(sizes, roots)
@settings(max_examples=60)
def test_a_checkpoint_comes_back_from_its_text(size: int, root: bytes) -> None:
    assert parse_checkpoint(checkpoint_text(LOG, size, root)) == (LOG, size, root)


def test_an_empty_log_has_the_empty_root_only() -> None:
    assert checkpoint_text(LOG, 0, EMPTY_ROOT).endswith("\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")
    assert parse_checkpoint(checkpoint_text(LOG, 0, EMPTY_ROOT)).size == 0
    assert refused(checkpoint_text(LOG, 1, ROOT).replace("\n1\n", "\n0\n")) == "checkpoint.root"
    assert not verify_head(KEY.verify_key, LOG, 0, ROOT, KEY.sign(b""))
    with pytest.raises(ValueError, match="head"):
        sign_head(KEY, LOG, 0, ROOT)


@pytest.mark.parametrize(
    "size", ["", "01", "+1", "-1", " 1", "1 ", "1_0", "٣", "1e3", "0x1", "9223372036854775808", "9" * 19, "9" * 40]
)
def test_sizes_that_are_not_canonical_decimals_are_refused(size: str) -> None:
    text = checkpoint_text(LOG, 7, ROOT).replace("\n7\n", f"\n{size}\n")
    assert refused(text) == "checkpoint.size"


@given(st.integers(0, MAX_TREE_SIZE))
@settings(max_examples=40)
def test_decimals_come_back(number: int) -> None:
    assert parse_decimal(str(number), "x") == number


def test_extension_lines_are_refused() -> None:
    assert refused(checkpoint_text(*HEAD) + "extension\n") == "checkpoint.extension-lines"


@pytest.mark.parametrize(
    "text", ["", "\n", f"{LOG}\n7\n", f"{LOG}\n7", checkpoint_text(*HEAD)[:-1], checkpoint_text("", 7, ROOT)]
)
def test_what_is_not_formed_as_a_checkpoint_is_refused(text: str) -> None:
    assert refused(text) == "checkpoint.malformed"


def test_an_origin_too_long_to_cosign_is_refused() -> None:
    assert parse_checkpoint(checkpoint_text("a" * 255, 7, ROOT)).origin == "a" * 255
    assert refused(checkpoint_text("é" * 128, 7, ROOT)) == "checkpoint.malformed"
    with pytest.raises(ValueError, match="255"):
        cosignature_message("witness", 0, "a" * 256, 7, ROOT)


@pytest.mark.parametrize("root", ["AAAA", "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=", "!"])
def test_roots_of_another_length_or_form_are_refused(root: str) -> None:
    assert refused(f"{LOG}\n7\n{root}\n") in {"checkpoint.root", "note.base64"}


@pytest.mark.parametrize(("size", "root"), [(-1, ROOT), (MAX_TREE_SIZE + 1, ROOT), (1, ROOT[:31]), (1, b"")])
def test_no_signature_is_made_or_accepted_over_what_is_no_tree_head(size: int, root: bytes) -> None:
    assert not verify_head(KEY.verify_key, LOG, size, root, bytes(64))
    assert not verify_cosignature(PQ_KEY.verify_key, LOG, LOG, size, root, bytes(COSIGNATURE_BYTES))
    with pytest.raises(ValueError, match="head"):
        sign_head(KEY, LOG, size, root)
    with pytest.raises(ValueError, match="head"):
        cosignature_message(LOG, 0, LOG, size, root)


def test_a_newline_in_an_origin_cannot_forge_another_head() -> None:
    with pytest.raises(ValueError, match="head"):
        sign_head(KEY, "a\n1", 7, ROOT)


@given(sizes, roots)
@settings(max_examples=20)
def test_a_signature_holds_for_its_log_size_root_and_key_only(size: int, root: bytes) -> None:
    signature = sign_head(KEY, LOG, size, root)
    assert len(signature) == 64
    assert verify_head(KEY.verify_key, LOG, size, root, signature)
    assert not verify_head(KEY.verify_key, LOG + "/2", size, root, signature)
    assert not verify_head(KEY.verify_key, LOG, size - 1, root, signature)
    assert not verify_head(KEY.verify_key, LOG, size, leaf_hash(root), signature)
    assert not verify_head(OTHER.verify_key, LOG, size, root, signature)
    assert not verify_head(KEY.verify_key, LOG, size, root, signature[:-1])


def test_the_heads_signature_is_the_notes_signature() -> None:
    assert open_checkpoint(log_note(), LOG, [head_key(LOG, KEY.verify_key)])[0] == HEAD


def test_a_note_with_both_signatures_verifies_by_either_key_and_by_both() -> None:
    cosignature = cosign(PQ_KEY, LOG, *HEAD, TIME_S)
    lines = [
        head_line(LOG, KEY.verify_key, sign_head(KEY, *HEAD)),
        cosignature_line(LOG, PQ_KEY.verify_key, cosignature),
    ]
    note = signed_note(HEAD, lines)
    keys = [head_key(LOG, KEY.verify_key), cosigner_key(LOG, PQ_KEY.verify_key)]
    assert open_checkpoint(note, LOG, keys) == (HEAD, tuple(lines))
    assert open_checkpoint(note.encode(), LOG, keys[:1]) == (HEAD, tuple(lines[:1]))
    assert open_checkpoint(note, LOG, keys[1:]) == (HEAD, tuple(lines[1:]))
    assert len(note) < 4096


def opening_refused(note: str, log: str, keys: list[NoteKey]) -> str:
    with pytest.raises(BadInput) as fault:
        open_checkpoint(note, log, keys)
    return fault.value.code


def test_a_forged_checkpoint_is_refused() -> None:
    keys = [head_key(LOG, KEY.verify_key)]
    assert opening_refused(log_note(key=OTHER), LOG, keys) == "note.no-known-key"
    forged = log_note().replace("\n7\n", "\n8\n")
    assert opening_refused(forged, LOG, keys) == "note.bad-signature"
    assert opening_refused(log_note(), LOG, []) == "note.no-known-key"


def test_a_checkpoint_of_another_log_is_refused() -> None:
    other = origin(MECHANISM, "BBB")
    keys = [head_key(LOG, KEY.verify_key), head_key(other, KEY.verify_key)]
    assert opening_refused(log_note(), other, keys) == "checkpoint.wrong-origin"


def test_a_logs_own_key_signs_no_checkpoint_of_another_log() -> None:
    other = HEAD._replace(origin="other")
    line = head_line(LOG, KEY.verify_key, sign_head(KEY, *other))
    assert opening_refused(signed_note(other, [line]), "other", [head_key(LOG, KEY.verify_key)]) == "note.bad-signature"


def test_a_checkpoint_with_extension_lines_is_refused_though_signed() -> None:
    text = checkpoint_text(*HEAD) + "extension\n"
    line = head_line(LOG, KEY.verify_key, KEY.sign(text.encode()))
    note = f"{text}\n— {line.name} "
    note += log_note().rpartition(" ")[2]
    assert opening_refused(note, LOG, [head_key(LOG, KEY.verify_key)]) == "checkpoint.extension-lines"


def test_a_cosignature_holds_for_cosigner_time_log_size_and_root_only() -> None:
    cosignature = cosign(PQ_KEY, "witness", *HEAD, TIME_S)
    key = PQ_KEY.verify_key
    assert len(cosignature) == COSIGNATURE_BYTES
    assert cosignature_time(cosignature) == TIME_S
    assert verify_cosignature(key, "witness", *HEAD, cosignature)
    assert not verify_cosignature(key, "witnesS", *HEAD, cosignature)
    assert not verify_cosignature(key, "witness", LOG + "/2", 7, ROOT, cosignature)
    assert not verify_cosignature(key, "witness", LOG, 8, ROOT, cosignature)
    assert not verify_cosignature(key, "witness", LOG, 7, leaf_hash(ROOT), cosignature)
    assert not verify_cosignature(key, "witness", *HEAD, (TIME_S + 1).to_bytes(8, "big") + cosignature[8:])
    assert not verify_cosignature(key, "witness", *HEAD, b"\xff" * 8 + cosignature[8:])
    assert not verify_cosignature(key, "witness", *HEAD, cosignature[:-1])
    assert not verify_cosignature(key, "witness", *HEAD, cosignature + b"\x00")


@pytest.mark.parametrize("time_s", [-1, MAX_TIME_S + 1])
def test_times_out_of_range_are_not_cosigned(time_s: int) -> None:
    with pytest.raises(ValueError, match="time"):
        cosignature_message("witness", time_s, *HEAD)


def test_the_cosigned_message_is_laid_out_as_in_tlog_cosignature() -> None:
    assert cosignature_message("cs", 5, "log", 7, ROOT) == (
        b"subtree/v1\n\x00" + b"\x02cs" + bytes(7) + b"\x05" + b"\x03log" + bytes(8) + bytes(7) + b"\x07" + ROOT
    )


def test_key_id_and_message_equal_those_behind_torchwoods_published_cosignature() -> None:
    """FiloSottile/torchwood (ISC), cmd/litewitness/testdata/mldsa.txt at fac5716: key seed, key ID and head.

    The signature published there, 3.2 kB and left out here, verifies over the message with this SHA-256.
    """
    seed = bytes.fromhex("2886adc2b0eabfce67c0472939127998bf886cf256bfee8ba76a253fce1146e0")
    name = "example.com/mldsa-log"
    raw = PqSigningKey.from_seed(seed).verify_key.raw
    assert key_id(name, ML_DSA_44_COSIGNATURE, raw).hex() == "b5df45c5"
    root = decode_base64("+zoErtsZtGO6sfiSV/v4UJSIyowisE8hvjw0q5+bD38=")
    message = cosignature_message(name, 0, name, 1, root)
    assert hashlib.sha256(message).hexdigest() == "06d5bc790cbc8cfadfab7ea5c5e9b7ef0c377a6693b55d3429328ce2c61ba267"


def test_a_note_takes_cosignatures_of_strangers() -> None:
    stranger = NoteSignature("witness.example", bytes(4), bytes(COSIGNATURE_BYTES))
    own = head_line(LOG, KEY.verify_key, sign_head(KEY, *HEAD))
    note = signed_note(HEAD, [stranger, own])
    assert open_checkpoint(note, LOG, [head_key(LOG, KEY.verify_key)]) == (HEAD, (own,))
