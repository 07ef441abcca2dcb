"""Signed notes: read strictly, verified whole, the same bytes out as in."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.crypto.keys import SigningKey, VerifyKey
from parley.errors import BadInput
from parley.record.note import (
    ED25519,
    MAX_NOTE_BYTES,
    MAX_SIGNATURES,
    MAX_TEXT_BYTES,
    ML_DSA_44_COSIGNATURE,
    NoteKey,
    NoteSignature,
    check_note,
    decode_base64,
    encode_base64,
    format_note,
    format_vkey,
    key_id,
    parse_note,
    parse_vkey,
)

# Example of C2SP signed-note.md (CC BY 4.0), commit 5ba5ee8.
C2SP_VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
C2SP_NOTE = """This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
"""
# Keys and note of golang.org/x/mod sumdb/note/note_test.go (BSD-3-Clause, © The Go Authors), commit fe2ec04.
PETER_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
ENOCH_VKEY = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETER = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
ENOCH = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"

KEY = SigningKey.from_seed(bytes(range(32)))
NAME = "node.example/log"

lines_of_text = st.lists(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), max_size=30), max_size=6)
texts = lines_of_text.map(lambda lines: "".join(f"{line}\n" for line in lines)).filter(lambda text: text != "")
names = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"], exclude_characters="+"), min_size=1)
signatures = st.builds(NoteSignature, names, st.binary(min_size=4, max_size=4), st.binary(min_size=1, max_size=80))


def key_of(vkey: str) -> NoteKey:
    name, kind, public_key = parse_vkey(vkey)
    key = VerifyKey.from_bytes(public_key)
    return NoteKey(name, key_id(name, kind, public_key), lambda text, sig: key.verify(sig, text.encode()))


def own_key(name: str = NAME) -> NoteKey:
    return key_of(format_vkey(name, ED25519, KEY.verify_key.raw))


def own_line(text: str, name: str = NAME) -> NoteSignature:
    return NoteSignature(name, own_key(name).key_id, KEY.sign(text.encode()))


def refused(note: str | bytes) -> str:
    with pytest.raises(BadInput) as fault:
        parse_note(note)
    return fault.value.code


def test_the_c2sp_example_verifies() -> None:
    note = parse_note(C2SP_NOTE)
    assert note.text == "This is an example message.\n"
    assert check_note(note, [key_of(C2SP_VKEY)]) == note.signatures


def test_the_go_notes_verify_and_come_out_as_they_came_in() -> None:
    raw = f"{TEXT}\n{PETER}{ENOCH}"
    note = parse_note(raw)
    assert [line.name for line in check_note(note, [key_of(PETER_VKEY), key_of(ENOCH_VKEY)])] == [
        "PeterNeumann",
        "EnochRoot",
    ]
    assert format_note(*note) == raw
    assert parse_note(raw.encode()) == note


def test_signatures_by_unknown_keys_are_ignored() -> None:
    note = parse_note(f"{TEXT}\n{ENOCH.replace('rwz+eBzm', 'rwz+eBzn')}{PETER}")
    assert [line.name for line in check_note(note, [key_of(PETER_VKEY)])] == ["PeterNeumann"]


@pytest.mark.parametrize("changed", ["name", "id"])
def test_a_signature_that_shares_only_name_or_id_with_a_known_key_is_ignored(changed: str) -> None:
    good = own_line(TEXT)
    other = good._replace(name="else") if changed == "name" else good._replace(key_id=bytes(4))
    note = parse_note(format_note(TEXT, [other._replace(signature=bytes(64)), good]))
    assert check_note(note, [own_key()]) == (good,)


def test_one_failing_signature_of_a_known_key_rejects_the_whole_note() -> None:
    note = parse_note(f"{TEXT}\n{PETER}{ENOCH.replace('rwz+eBzm', 'rwz+eBzn')}")
    with pytest.raises(BadInput) as fault:
        check_note(note, [key_of(PETER_VKEY), key_of(ENOCH_VKEY)])
    assert fault.value.code == "note.bad-signature"
    assert fault.value.field == "EnochRoot"


def test_a_repeated_signature_line_that_fails_rejects_the_note_too() -> None:
    good = own_line(TEXT)
    note = parse_note(format_note(TEXT, [good, good._replace(signature=bytes(64))]))
    with pytest.raises(BadInput, match=r"note\.bad-signature"):
        check_note(note, [own_key()])


def test_a_note_that_no_known_key_signed_is_refused() -> None:
    note = parse_note(f"{TEXT}\n{PETER}")
    for keys in ([], [key_of(ENOCH_VKEY)]):
        with pytest.raises(BadInput, match=r"note\.no-known-key"):
            check_note(note, keys)


def test_two_known_keys_that_share_name_and_id_do_not_shadow_each_other() -> None:
    good = own_key()
    never = good._replace(verify=lambda *_: False)
    note = parse_note(format_note(TEXT, [own_line(TEXT)]))
    assert check_note(note, [good, never]) == check_note(note, [never, good]) == note.signatures


@given(st.integers(0, 10_000))
@settings(max_examples=60)
def test_any_changed_bit_of_text_or_signature_is_refused(bit: int) -> None:
    raw = bytearray(f"{TEXT}\n{PETER}".encode())
    raw[bit // 8 % len(raw)] ^= 1 << bit % 8
    with pytest.raises(BadInput):
        check_note(parse_note(bytes(raw)), [key_of(PETER_VKEY)])


@given(texts, st.lists(signatures, min_size=1, max_size=5))
@settings(max_examples=100)
def test_a_note_comes_back_from_its_text(text: str, lines: list[NoteSignature]) -> None:
    note = parse_note(format_note(text, lines))
    assert note.text == text
    assert list(note.signatures) == lines


@given(st.binary(max_size=200) | st.text(max_size=200))
@settings(max_examples=100)
def test_whatever_is_read_is_written_the_same_or_refused_as_bad_input(junk: str | bytes) -> None:
    try:
        note = parse_note(junk)
    except BadInput:
        return
    assert format_note(*note).encode() == (junk if isinstance(junk, bytes) else junk.encode())


def test_the_text_may_hold_empty_lines_and_ends_at_the_last_one() -> None:
    text = "one\n\n\ntwo\n\n"
    assert parse_note(format_note(text, [own_line(text)])).text == text


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n",
        TEXT,
        f"{TEXT}\n",
        f"{TEXT}\n{PETER[:-1]}",
        f"{TEXT}{PETER}",
        f"{TEXT}\n{PETER}Unexpected line.\n",
        f"{TEXT}\n{PETER}Unexpected end",
        f"{TEXT}\n{PETER}{ENOCH[:-1]}",
        f"{TEXT}\n{PETER}\n",
        f"{TEXT}\n{PETER.replace('—', '-')}",
        f"{TEXT}\n{PETER.replace('— ', '—')}",
        f"{TEXT}\n— PeterNeumann\n",
        f"{TEXT}\n— PeterNeumann \n",
        f"{TEXT}\n— PeterNeumann x08gow==\n",
    ],
)
def test_what_is_not_formed_as_a_note_is_refused(note: str) -> None:
    assert refused(note) == "note.malformed"


@pytest.mark.parametrize("control", ["\x00", "\t", "\r", "\x0b", "\x0c", "\x1c", "\x1f"])
def test_control_characters_are_refused(control: str) -> None:
    assert refused(f"a{control}{TEXT}\n{PETER}") == "note.control-character"


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_only_a_newline_ends_a_line(separator: str) -> None:
    text = f"one{separator}{separator}two\n"
    note = parse_note(format_note(text, [own_line(text)]))
    assert note.text == text
    assert check_note(note, [own_key()])


@pytest.mark.parametrize("bad", [b"\xff" + f"{TEXT}\n{PETER}".encode(), f"\ud800{TEXT}\n{PETER}"])
def test_what_is_not_utf8_is_refused(bad: str | bytes) -> None:
    assert refused(bad) == "note.not-utf8"


@pytest.mark.parametrize("name", ["", "a+b", "a\u00a0b", "a\u2003", "\u3000a", "a\x85"])
def test_key_names_with_spaces_or_plus_or_nothing_are_refused(name: str) -> None:
    assert refused(f"{TEXT}\n— {name} {encode_base64(bytes(68))}\n") == "note.key-name"
    with pytest.raises(BadInput, match=r"note\.key-name"):
        format_vkey(name, ED25519, bytes(32))


@pytest.mark.parametrize("text", ["", "abc", "a\n\nb", "a\n\n" + PETER[:-1], "a\rb\n", "\ud800\n"])
def test_a_text_that_is_no_notes_text_is_not_written(text: str) -> None:
    with pytest.raises(BadInput):
        format_note(text, [NoteSignature(NAME, bytes(4), bytes(64))])


def test_a_note_without_signatures_is_not_written() -> None:
    with pytest.raises(BadInput, match=r"note\.malformed"):
        format_note(TEXT, [])


def test_sixteen_post_quantum_signatures_are_read() -> None:
    lines = [NoteSignature(f"w{n}.example", bytes(4), bytes(5000)) for n in range(16)]
    assert len(parse_note(format_note(TEXT, lines)).signatures) == 16


def test_oversized_notes_are_refused() -> None:
    assert refused("a" * (MAX_NOTE_BYTES + 1)) == "note.oversized"
    assert refused("é" * (MAX_NOTE_BYTES // 2 + 1)) == "note.oversized"
    assert refused("a" * MAX_TEXT_BYTES + f"\n\n{PETER}") == "note.oversized"
    assert refused(f"{TEXT}\n{PETER * (MAX_SIGNATURES + 1)}") == "note.too-many-signatures"
    assert len(parse_note(f"{TEXT}\n{PETER * MAX_SIGNATURES}").signatures) == MAX_SIGNATURES


@given(st.binary(min_size=1, max_size=80))
@settings(max_examples=60)
def test_base64_comes_back(data: bytes) -> None:
    assert decode_base64(encode_base64(data)) == data


@pytest.mark.parametrize(
    "text", ["", "QR==", "QQ=", "QQ", "QQ==QQ==", "Q Q=", "QQ==\n", "_-8=", "====", "QQ==é", "٣٣٣٣", "\ud800"]
)
def test_base64_that_is_not_canonical_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match=r"note\.base64"):
        decode_base64(text)


@pytest.mark.parametrize("kind", [ED25519, ML_DSA_44_COSIGNATURE])
def test_a_vkey_comes_back_from_its_text(kind: int) -> None:
    public_key = bytes(32 if kind == ED25519 else 1312)
    assert parse_vkey(format_vkey(NAME, kind, public_key)) == (NAME, kind, public_key)


def test_every_cut_or_changed_vkey_is_refused() -> None:
    assert parse_vkey(PETER_VKEY).name == "PeterNeumann"
    cuts = [PETER_VKEY[i:j] for i in range(len(PETER_VKEY)) for j in range(i, len(PETER_VKEY) + 1)]
    changes = [f"{PETER_VKEY[:i]}{chr(ord(c) + 1)}{PETER_VKEY[i + 1 :]}" for i, c in enumerate(PETER_VKEY)]
    for bad in {*cuts, *changes, PETER_VKEY.replace("c74f", "C74F"), PETER_VKEY + "\n"} - {PETER_VKEY}:
        with pytest.raises(BadInput):
            parse_vkey(bad)


@pytest.mark.parametrize(("kind", "length"), [(ED25519, 31), (ED25519, 1312), (0x02, 32), (0x04, 32), (0x06, 32)])
def test_vkeys_of_another_type_or_length_are_refused_though_their_id_fits(kind: int, length: int) -> None:
    with pytest.raises(BadInput, match=r"note\.vkey"):
        parse_vkey(format_vkey(NAME, kind, bytes(length)))


def test_oversized_vkeys_are_refused() -> None:
    with pytest.raises(BadInput, match=r"note\.oversized"):
        parse_vkey("a" * (MAX_TEXT_BYTES + 1))


def test_a_key_id_is_the_first_four_bytes_of_the_hash_of_name_type_and_key() -> None:
    raw = base64.b64decode(C2SP_VKEY.rpartition("+")[2])
    assert key_id("example.com/foo", raw[0], raw[1:]).hex() == "530d903a"
