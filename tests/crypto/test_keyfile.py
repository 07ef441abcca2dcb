"""A key file opens with its passphrase, unchanged; else not at all, and at a bounded cost."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.crypto import keyfile
from parley.crypto.keyfile import decrypt_key, encrypt_key, read_key_file, write_key_file
from parley.errors import BadInput, Misconfigured, ParleyError, Refused, StorageFault

SECRET = b"\x07" * 32
TEXT = encrypt_key("root", SECRET, "correct horse", label="AAA root", light=True, random=lambda count: b"\x09" * count)
PRINTABLE = st.text(
    st.characters(codec="utf-8").filter(str.isprintable), min_size=1, max_size=keyfile.MAX_LABEL_CHARS
).filter(lambda text: text == text.strip())


def refusal(text: str, passphrase: str = "correct horse") -> str:
    with pytest.raises(BadInput) as caught:
        decrypt_key(text, passphrase)
    return caught.value.code


@given(
    st.from_regex(r"[a-z][a-z0-9-]{0,31}", fullmatch=True),
    st.binary(min_size=1, max_size=200),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=40),
    PRINTABLE,
)
@settings(max_examples=40)
def test_a_key_comes_back(kind: str, secret: bytes, passphrase: str, label: str) -> None:
    text = encrypt_key(kind, secret, passphrase, label=label, light=True)
    assert decrypt_key(text, passphrase) == (kind, secret, label)


def test_the_default_cost_is_what_the_file_says() -> None:
    text = encrypt_key("officer", SECRET, "p", label="AAA chief")
    assert "cost: argon2id m=65536 t=3 p=1" in text.split("\n")
    assert decrypt_key(text, "p") == ("officer", SECRET, "AAA chief")


def test_a_person_can_recognise_it() -> None:
    lines = TEXT.split("\n")
    assert lines[:5] == [
        "-----BEGIN PARLEY SECRET KEY-----",
        "kind: root",
        "label: AAA root",
        "cost: argon2id m=1024 t=1 p=1",
        "",
    ]
    assert lines[-2:] == ["-----END PARLEY SECRET KEY-----", ""]
    assert all(len(line) <= 80 for line in lines)


def test_the_form_is_fixed_for_given_randomness() -> None:
    again = encrypt_key(
        "root", SECRET, "correct horse", label="AAA root", light=True, random=lambda count: b"\x09" * count
    )
    assert again == TEXT
    assert encrypt_key("root", SECRET, "correct horse", label="AAA root", light=True) != TEXT


def test_another_passphrase_does_not_open() -> None:
    for passphrase in ("correct hors", "Correct horse", "correct horse ", "\u200bcorrect horse"):
        assert refusal(TEXT, passphrase) == "keyfile.wrong-passphrase"


def test_a_passphrase_typed_on_another_system_opens() -> None:
    passphrase = "Zürich سلام שלום"
    text = encrypt_key("root", SECRET, unicodedata.normalize("NFC", passphrase), label="x", light=True)
    assert decrypt_key(text, unicodedata.normalize("NFD", passphrase))[1] == SECRET


@pytest.mark.parametrize("passphrase", ["", "\ud800"])
def test_a_passphrase_that_cannot_be_typed_is_refused(passphrase: str) -> None:
    with pytest.raises(BadInput, match=r"keyfile\.passphrase"):
        encrypt_key("root", SECRET, passphrase, label="x", light=True)
    assert refusal(TEXT, passphrase) == "keyfile.passphrase"


@given(st.integers(0, len(TEXT) - 2), st.characters(codec="utf-8"))
@settings(max_examples=200)
def test_any_changed_character_does_not_open(place: int, other: str) -> None:
    changed = TEXT[:place] + other + TEXT[place + 1 :]
    if changed.replace("\r\n", "\n").strip() == TEXT.strip():
        return
    # A changed cost of up to the bound is really spent; that takes long and shows nothing more.
    if changed.split("\n")[3:4] != TEXT.split("\n")[3:4] and "cost: argon2id" in changed:
        return
    assert refusal(changed).startswith("keyfile.")


def test_kind_label_and_cost_are_bound() -> None:
    for old, new in (
        ("kind: root", "kind: node"),
        ("AAA root", "BBB root"),
        ("m=1024", "m=1025"),
        ("t=1", "t=2"),
        ("p=1", "p=2"),
    ):
        assert refusal(TEXT.replace(old, new)) == "keyfile.wrong-passphrase"


@pytest.mark.parametrize(
    "cost",
    [
        "m=262145 t=1 p=1",
        "m=9999999 t=1 p=1",
        "m=1024 t=11 p=1",
        "m=1024 t=9999999 p=1",
        "m=1024 t=1 p=5",
        "m=1024 t=1 p=9999999",
        "m=7 t=1 p=1",
        "m=15 t=1 p=2",
    ],
)
def test_a_hostile_cost_is_refused_before_it_is_spent(cost: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(keyfile, "Argon2id")
    assert refusal(TEXT.replace("m=1024 t=1 p=1", cost)) == "keyfile.cost"


BODY = TEXT.split("\n\n")[1].split("\n-----")[0]
FIRST_LINE = BODY.split("\n")[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (TEXT, ""),
        (TEXT, "hello"),
        (TEXT, TEXT + TEXT),
        (TEXT, TEXT * 100),
        (TEXT, "x" + TEXT),
        (TEXT, TEXT[: len(TEXT) // 2]),
        ("kind: root\n", ""),
        ("kind: root\n", "kind: root\nkind: root\n"),
        ("kind: root\n", "kind: root\nnote: hello\n"),
        ("kind: root", "Kind: root"),
        ("argon2id", "argon2i"),
        ("argon2id", "scrypt"),
        ("m=1024", "m=01024"),
        ("m=1024", "m=+1024"),
        ("m=1024", "m=1_024"),
        ("m=1024", "m=١٠٢٤"),
        ("m=1024", "m=0"),
        ("m=1024", "m=99999999"),
        ("m=1024", "m=-1"),
        ("SECRET KEY", "PUBLIC KEY"),
        (BODY, ""),
        (BODY, "AAAA"),
        (BODY, "A" * 56),
        (BODY, BODY.replace("\n", "")),
        (BODY, BODY.replace("\n", "\n\n")),
        (BODY, BODY + "="),
        (BODY, BODY[:-1]),
        (BODY, "=" + BODY),
        (FIRST_LINE, FIRST_LINE[:-1] + "\n" + FIRST_LINE[-1]),
        (FIRST_LINE, "!" + FIRST_LINE[1:]),
    ],
)
def test_text_of_another_form_is_refused(old: str, new: str) -> None:
    assert old in TEXT
    assert refusal(TEXT.replace(old, new)) == "keyfile.malformed"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("kind: root", "kind:  root", "keyfile.kind"),
        ("kind: root", "kind: Root", "keyfile.kind"),
        ("AAA root", "AAA root ", "keyfile.label"),
        ("AAA root", "AAA\u202eroot", "keyfile.label"),
        ("AAA root", "A" * 81, "keyfile.label"),
    ],
)
def test_names_in_a_file_are_held_to_the_same_rules(old: str, new: str, code: str) -> None:
    assert refusal(TEXT.replace(old, new)) == code


def test_unused_bits_of_base64_are_refused() -> None:
    text = encrypt_key("root", b"ab", "p", label="x", light=True)
    ending = re.search(r"([A-Za-z0-9+/])(=+)\n-----END", text)
    assert ending is not None
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    changed = alphabet[alphabet.index(ending[1]) ^ 1]
    assert refusal(text[: ending.start(1)] + changed + text[ending.end(1) :], "p") == "keyfile.malformed"


def test_line_ends_of_other_systems_are_forgiven() -> None:
    assert decrypt_key(TEXT.replace("\n", "\r\n"), "correct horse")[1] == SECRET
    assert decrypt_key("\n\n" + TEXT.strip(), "correct horse")[1] == SECRET


@pytest.mark.parametrize("kind", ["", "Root", "9a", "a b", "a\nlabel: b", "a" * 33, "ключ"])
def test_a_kind_that_is_no_name_is_refused(kind: str) -> None:
    with pytest.raises(BadInput, match=r"keyfile\.kind"):
        encrypt_key(kind, SECRET, "p", label="x", light=True)


@pytest.mark.parametrize(
    "label", ["", " x", "x ", "a\nb", "a\rb", "a\u2028b", "a\u202eb", "a\x00b", "x" * 81, "\ud800"]
)
def test_a_label_that_could_mislead_is_refused(label: str) -> None:
    with pytest.raises(BadInput, match=r"keyfile\.label"):
        encrypt_key("root", SECRET, "p", label=label, light=True)


@pytest.mark.parametrize("secret", [b"", bytes(keyfile.MAX_SECRET_BYTES + 1)])
def test_a_secret_out_of_bounds_is_refused(secret: bytes) -> None:
    with pytest.raises(BadInput, match=r"keyfile\.secret"):
        encrypt_key("root", secret, "p", label="x", light=True)


def test_the_largest_secret_fits_a_file() -> None:
    secret = bytes(keyfile.MAX_SECRET_BYTES)
    assert decrypt_key(encrypt_key("root", secret, "p", label="x" * 80, light=True), "p")[1] == secret


def test_a_key_file_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "node.key"
    before = os.umask(0)
    try:
        write_key_file(path, "node", SECRET, "p", label="AAA node", light=True)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_key_file(path, "p") == ("node", SECRET, "AAA node")
    assert read_key_file(str(path), "p") == ("node", SECRET, "AAA node")


def test_a_key_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "node.key"
    path.write_text("something")
    with pytest.raises(Refused) as caught:
        write_key_file(path, "node", SECRET, "p", label="x", light=True)
    assert caught.value.code == "keyfile.exists"
    assert path.read_text() == "something"


def test_a_link_is_not_followed_when_writing(tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    (tmp_path / "node.key").symlink_to(target)
    with pytest.raises(Refused):
        write_key_file(tmp_path / "node.key", "node", SECRET, "p", label="x", light=True)
    assert not target.exists()


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFault) as caught:
        write_key_file(tmp_path / "node.key", "node", SECRET, "p", label="x", light=True)
    assert caught.value.code == "keyfile.not-written"
    assert list(tmp_path.iterdir()) == []


def test_faults_of_a_path_are_told(tmp_path: Path) -> None:
    with pytest.raises(StorageFault, match=r"keyfile\.not-written"):
        write_key_file(tmp_path / "absent" / "k", "node", SECRET, "p", label="x", light=True)
    for path in (tmp_path / "absent", tmp_path):
        with pytest.raises(Misconfigured, match=r"keyfile\.not-read"):
            read_key_file(path, "p")


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", bytes(100), b"A" * 100_000])
def test_a_file_of_anything_else_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "node.key"
    path.write_bytes(raw)
    with pytest.raises(BadInput, match=r"keyfile\.malformed"):
        read_key_file(path, "p")


@given(st.text(max_size=200))
def test_no_text_makes_it_crash(text: str) -> None:
    try:
        decrypt_key(text, "p")
    except ParleyError:
        return
    raise AssertionError("opened")
