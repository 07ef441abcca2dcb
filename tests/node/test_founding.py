"""Founding: the rounds lead to nodes that can start, and nothing wrong is taken in on the way."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from parley.charter.adoption import SignedCharter, decode_signed, encode_signed
from parley.errors import BadInput, Misconfigured, ParleyError, Refused
from parley.node import founding
from parley.node.core.mechanism import Mechanism
from parley.node.home.cards import Card
from parley.node.home.home import Home, Settings
from parley.node.home.secrets import NodeSecrets

TEXT = (Path(__file__).parents[2] / "examples" / "charters" / "joint-mechanism.toml").read_text("utf-8")
CODES = ("ISR", "SYR", "USA")
SECRET = "simulation"
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def begun(folder: Path, codes: tuple[str, ...] = CODES) -> tuple[dict[str, Home], list[Path]]:
    homes = {code: Home(folder / code) for code in codes}
    return homes, [begin(home, code) for code, home in homes.items()]


def begin(home: Home, code: str) -> Path:
    settings = Settings(code, ("127.0.0.1", 7341), ("127.0.0.1", 7342))
    return founding.begin(home, settings, SECRET, os.urandom, light=True)


def sign(home: Home, signed: SignedCharter) -> SignedCharter:
    return founding.sign(home, signed, SECRET, now=NOW, random=os.urandom)


def flipped(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


def test_when_all_signed_on_copies_of_their_own_every_node_has_all_it_needs(tmp_path: Path) -> None:
    homes, roots = begun(tmp_path)
    draft = founding.new_charter(TEXT, roots)
    files = []
    for code, home in homes.items():
        file = tmp_path / f"from-{code}"
        file.write_bytes(encode_signed(sign(home, draft)))
        files.append(file)
    for code, home in homes.items():
        assert founding.missing(home) != []
        cards = [other.card_file for name, other in homes.items() if name != code]
        assert founding.join(home, files, cards) == founding.missing(home) == []
        mechanism = Mechanism.of(home.load_charter())
        certified = mechanism.card_keys(Card.read(home.card_file))
        assert certified.log_key == NodeSecrets.read(home.node_key_file, SECRET).log_key.verify_key.raw


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    homes, roots = begun(tmp_path)
    home = homes["ISR"]
    assert "signed charter" in founding.missing(home)[0]
    sign(home, founding.new_charter(TEXT, roots))
    said = "; ".join(founding.missing(home))
    assert all(word in said for word in ("signature of SYR", "signature of USA", "card of SYR", "card of USA"))


def test_keys_are_for_their_owner_only(tmp_path: Path) -> None:
    homes, _ = begun(tmp_path, ("ISR",))
    for path in [homes["ISR"].path, *homes["ISR"].path.rglob("*.key"), homes["ISR"].keys]:
        assert not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO), path


def test_a_second_beginning_overwrites_nothing(tmp_path: Path) -> None:
    homes, _ = begun(tmp_path, ("ISR",))
    before = founding.root_key_file(homes["ISR"]).read_bytes()
    with pytest.raises(Refused, match=r"home\.exists"):
        begin(homes["ISR"], "ISR")
    assert founding.root_key_file(homes["ISR"]).read_bytes() == before


@pytest.mark.parametrize("code", ["isr", "I", "ISR7", "7SR", "TOOLONG", "ÉTA", "../X"])
def test_a_code_that_no_charter_takes_is_refused_before_any_key_is_made(tmp_path: Path, code: str) -> None:
    home = Home(tmp_path / "home")
    with pytest.raises(Misconfigured, match=r"settings\.code"):
        begin(home, code)
    assert not home.path.exists()


def test_an_api_open_to_others_is_refused_before_any_key_is_made(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    with pytest.raises(Misconfigured, match=r"settings\.api"):
        founding.begin(home, Settings("ISR", ("::", 1), ("0.0.0.0", 2)), SECRET, os.urandom, light=True)
    assert not home.path.exists()


def test_a_root_file_with_anything_else_in_it_is_refused(tmp_path: Path) -> None:
    _, (good, *_) = begun(tmp_path)
    text = good.read_text("ascii")
    for broken in ("", text[:-2], text + "x", text.replace("/1", "/2"), text.replace("ISR", "isr"), "\u200e" + text):
        good.write_text(broken, "utf-8")
        with pytest.raises(BadInput, match=r"root-file\.malformed"):
            founding.read_root_file(good)


def test_two_root_keys_of_one_member_are_refused(tmp_path: Path) -> None:
    _, roots = begun(tmp_path)
    false = begin(Home(tmp_path / "false"), "SYR")
    with pytest.raises(BadInput, match=r"root-file\.twice"):
        founding.new_charter(TEXT, [*roots, false])


def test_a_charter_needs_the_root_of_every_member_and_of_nobody_else(tmp_path: Path) -> None:
    _, roots = begun(tmp_path)
    stranger = begin(Home(tmp_path / "stranger"), "ZZZ")
    for wrong in (roots[:-1], [*roots, stranger]):
        with pytest.raises(BadInput):
            founding.new_charter(TEXT, wrong)


def test_a_charter_that_names_another_root_for_this_member_is_not_signed(tmp_path: Path) -> None:
    homes, roots = begun(tmp_path)
    false = begin(Home(tmp_path / "false"), "SYR")
    swapped = founding.new_charter(TEXT, [roots[0], false, roots[2]])
    with pytest.raises(BadInput, match=r"charter\.not-your-key"):
        sign(homes["SYR"], swapped)
    assert not homes["SYR"].charter_file.exists()
    assert founding.missing(homes["SYR"]) == ["the signed charter (parley charter join FILE)"]


def test_a_member_that_the_charter_does_not_name_cannot_sign_it(tmp_path: Path) -> None:
    _, roots = begun(tmp_path)
    stranger = Home(tmp_path / "stranger")
    begin(stranger, "ZZZ")
    with pytest.raises(Refused, match=r"charter\.no-member"):
        sign(stranger, founding.new_charter(TEXT, roots))


def test_a_forged_signature_on_a_copy_is_not_taken_in(tmp_path: Path) -> None:
    homes, roots = begun(tmp_path)
    signed = sign(homes["ISR"], founding.new_charter(TEXT, roots))
    forged = SignedCharter(signed.charter, {**signed.signatures, 1: signed.signatures[0]})
    file = tmp_path / "forged"
    file.write_bytes(encode_signed(forged))
    before = homes["ISR"].charter_file.read_bytes()
    with pytest.raises(BadInput, match=r"charter\.signature"):
        founding.join(homes["ISR"], [file], [])
    with pytest.raises(BadInput, match=r"charter\.signature"):
        sign(homes["SYR"], forged)
    assert homes["ISR"].charter_file.read_bytes() == before


def test_a_card_that_its_root_did_not_sign_for_this_mechanism_is_not_taken_in(tmp_path: Path) -> None:
    homes, roots = begun(tmp_path)
    for code in CODES:
        sign(homes[code], founding.new_charter(TEXT, roots))
    card = Card.read(homes["SYR"].card_file)
    other_homes, other_roots = begun(tmp_path / "other")
    sign(other_homes["SYR"], founding.new_charter(TEXT, other_roots))
    wrong = tmp_path / "wrong.card"
    for false in (Card("USA", card.statement, card.content), Card("SYR", flipped(card.statement), card.content),
                  Card("SYR", card.statement, flipped(card.content)), Card.read(other_homes["SYR"].card_file)):  # fmt: skip
        false.write(wrong)
        with pytest.raises(ParleyError, match=r"card\.uncertified"):
            founding.join(homes["ISR"], [], [wrong])
    assert not (homes["ISR"].path / "peers").exists()


def test_a_draft_that_was_signed_gives_way_to_a_better_one_until_the_node_has_run(tmp_path: Path) -> None:
    homes, roots = begun(tmp_path)
    home = homes["ISR"]
    first = founding.new_charter(TEXT, roots)
    better = founding.new_charter(TEXT.replace("Joint mechanism", "Better mechanism"), roots)
    sign(home, first)
    sign(home, better)
    assert home.load_charter().charter.raw == better.charter.raw
    Mechanism(better.charter).card_keys(Card.read(home.card_file))
    home.high_water_file.touch()
    with pytest.raises(Refused, match=r"charter\.other"):
        sign(home, first)
    assert home.load_charter().charter.raw == better.charter.raw


def test_copies_of_different_charters_are_not_merged(tmp_path: Path) -> None:
    homes, roots = begun(tmp_path)
    sign(homes["ISR"], founding.new_charter(TEXT, roots))
    other = tmp_path / "other"
    other.write_bytes(encode_signed(founding.new_charter(TEXT.replace("Joint", "Other"), roots)))
    with pytest.raises(BadInput, match=r"charter\.different"):
        founding.join(homes["ISR"], [other], [])


def test_signing_twice_keeps_what_others_signed(tmp_path: Path) -> None:
    homes, roots = begun(tmp_path)
    draft = founding.new_charter(TEXT, roots)
    both = sign(homes["SYR"], sign(homes["ISR"], draft))
    again = sign(homes["SYR"], draft)
    assert again.missing() == both.missing() == ["USA"]
    assert decode_signed(homes["SYR"].charter_file.read_bytes()).missing() == ["USA"]
