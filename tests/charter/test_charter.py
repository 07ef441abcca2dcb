"""The charter: one digest, no member before another, amended only by the rules."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.charter.charter import EXERCISE_BANNER, Charter, CharterDraft, decode_charter
from parley.charter.founding import amend, check_amendment, found
from parley.charter.terms import Channel, Role, Seat
from parley.crypto import cbor
from parley.errors import BadInput
from parley.record.ids import MemberCode, MemberSet, sha256
from tests.changed import replace
from tests.charter.mechanisms import Cell, draft, founded, key, root
from tests.charter.strategies import drafts


def keys_of(count: int) -> dict[str, bytes]:
    return {seat.code: root(seat.code).verify_key.raw for seat in draft(count).seats}


def tampered(charter: Charter, index: int, value: Any) -> bytes:
    fields: Any = cbor.decode(charter.raw)
    if value is None:
        del fields[index]
    else:
        fields[index] = value
    return cbor.encode(fields)


def test_the_founding_digest_names_the_mechanism_through_all_amendments() -> None:
    charter = founded(draft(2))
    assert charter.digest == sha256(charter.raw) == charter.mechanism
    second = amend(CharterDraft(draft(2).seats, replace(draft(2).terms, name="Renamed")), charter)
    third = amend(draft(2), second)
    assert (second.version, third.version) == (2, 3)
    assert third.previous == second.digest
    assert second.mechanism == third.mechanism == charter.mechanism


def test_an_exercise_has_another_mechanism_than_the_same_words_in_earnest() -> None:
    earnest = CharterDraft(draft(2).seats, replace(draft(2).terms, exercise=False))
    assert founded(earnest).mechanism != founded(draft(2)).mechanism
    assert founded(earnest).banner is None
    assert founded(draft(2)).banner == EXERCISE_BANNER


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        ({"AAA": root("AAA").verify_key.raw}, "members[1]"),
        ({**keys_of(2), "ZZZ": key("z").verify_key.raw}, "root_keys"),
        ({"AAA": root("AAA").verify_key.raw, "BBB": root("AAA").verify_key.raw}, "members"),
    ],
    ids=["missing", "of a stranger", "shared"],
)
def test_root_keys_are_one_for_each_member(keys: dict[str, bytes], field: str) -> None:
    with pytest.raises(BadInput) as caught:
        found(draft(2), keys)
    assert (caught.value.code, caught.value.field) == ("charter.root-key", field)


@pytest.mark.parametrize("weak", [bytes(32), b"\x01" + bytes(31), b"\xec" + b"\xff" * 30 + b"\x7f", b"\xff" * 32])
def test_a_weak_or_malformed_root_key_is_refused(weak: bytes) -> None:
    with pytest.raises(BadInput) as caught:
        found(draft(2), {**keys_of(2), "BBB": weak})
    assert caught.value.code in {"key.weak-point", "key.malformed"}
    member = [["AAA", "A", 0, weak, ["en"]], ["BBB", "B", 0, key("b").verify_key.raw, ["en"]]]
    with pytest.raises(BadInput) as caught:
        decode_charter(tampered(founded(draft(2)), 4, member))
    assert caught.value.code in {"key.weak-point", "key.malformed"}


def test_trailing_bytes_are_refused() -> None:
    with pytest.raises(BadInput):
        decode_charter(founded(draft(2)).raw + b"\x00")


@pytest.mark.parametrize(
    ("index", "value"),
    [
        (0, 2), (0, True), (1, 0), (1, 2), (1, True), (2, bytes(32)), (3, bytes(32)), (4, []), (4, 7), (5, 7), (5, ""),
        (7, 1), (8, []), (8, [["x", "X", 255, 255, False]]), (9, [["message", 1, "line", [9], ["watch"]]]),
        (10, [["watch", "W", 4, [0]]]), (10, [["watch", "W", 3, [7]]]), (11, []), (11, [[1, 1, 1], [], None, []]),
        (12, [1, 2]), (12, [1, 2, -3]), (13, [["x", "X"]]), (14, [7]), (15, 0), (14, None), ("x", 1),
    ],
)  # fmt: skip
def test_a_charter_of_another_shape_is_refused(index: Any, value: Any) -> None:
    with pytest.raises(BadInput):
        decode_charter(tampered(founded(draft(3)), index, value))


@given(st.binary(max_size=200) | st.builds(lambda at, bit: (at, bit), st.integers(0), st.integers(0, 7)))
@settings(max_examples=150)
def test_hostile_bytes_are_refused_or_read_as_exactly_themselves(hostile: Any) -> None:
    raw = bytearray(founded(draft(3)).raw)
    if isinstance(hostile, bytes):
        raw = bytearray(hostile)
    else:
        raw[hostile[0] % len(raw)] ^= 1 << hostile[1]
    try:
        charter = decode_charter(bytes(raw))
    except BadInput:
        return
    assert charter.raw == bytes(raw)


@given(drafts(), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_no_order_of_members_gives_one_of_them_more_sight(a_draft: CharterDraft, random: Any) -> None:
    """Seating the members in another order permutes every sight alike."""
    order = list(range(len(a_draft.seats)))
    random.shuffle(order)
    place = {old: new for new, old in enumerate(order)}

    def moved(bits: int) -> MemberSet:
        return MemberSet(sum(1 << place[one] for one in place if bits >> one & 1))

    channels = tuple(
        replace(channel, content=moved(channel.content), statement=moved(channel.statement))
        for channel in a_draft.terms.channels
    )
    seats = tuple(a_draft.seats[old] for old in order)
    before = founded(a_draft)
    after = founded(CharterDraft(seats, replace(a_draft.terms, channels=channels)))
    for channel in before.channels:
        for author in order:
            addressees = random.getrandbits(len(order))
            statement, content = before.sights(channel.index, author, addressees)
            assert after.sights(channel.index, place[author], moved(addressees)) == (moved(statement), moved(content))


def test_what_is_addressed_is_read_by_author_and_addressees_only() -> None:
    charter = Cell(4).charter
    assert charter.sights(1, 0, 0b0010) == (0b1111, 0b1111)
    assert charter.sights(2, 0, 0b0010) == (0b1111, 0b0011)
    assert charter.sights(3, 0, 0b0010) == (0b0011, 0b0011)
    assert charter.sights(0, 3, 0) == (0b1111, 0b1111)


def test_the_directory_channel_is_built_in_and_cannot_be_redefined() -> None:
    charter = Cell(3).charter
    built_in = charter.channel("directory")
    assert built_in is not None
    assert (built_in.index, built_in.content) == (0, charter.everyone)
    own = Channel(1, "directory", "Mine", MemberSet(3), MemberSet(3), False)
    with pytest.raises(BadInput) as caught:
        founded(CharterDraft(draft(3).seats, replace(draft(3).terms, channels=(own,))))
    assert caught.value.code == "charter.reserved"


def test_lookups_answer_for_strangers_too() -> None:
    charter = Cell(3).charter
    assert charter.member("AAA") == charter.members[0]
    assert charter.member("ZZZ") is None
    assert charter.channel("nowhere") is None
    assert charter.languages == ("en",)
    assert set(charter.kinds) == {"message", "stop"}


def test_members_may_join_at_the_end() -> None:
    charter = founded(draft(2))
    joined = amend(draft(3), charter, {"CCC": root("CCC").verify_key.raw})
    assert [member.ordinal for member in joined.members] == [0, 1, 2]
    assert joined.members[:2] == charter.members


def test_a_member_may_change_its_root_key() -> None:
    charter = founded(draft(2))
    new = key("new root").verify_key
    assert amend(draft(2), charter, {"BBB": new.raw}).members[1].root_key == new


def amended(charter: Charter, **changes: Any) -> Charter:
    return replace(amend(draft(len(charter.members)), charter), **changes)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda c: amended(c, founding=bytes(32)), "founding"),
        (lambda c: amended(c, previous=bytes(32)), "previous"),
        (lambda c: amended(c, version=1), "version"),
        (lambda c: amended(c, terms=replace(c.terms, exercise=False)), "exercise"),
        (lambda c: amended(c, members=c.members[:2]), "members"),
        (lambda c: amended(c, members=c.members[::-1]), "members"),
        (lambda _: founded(draft(3)), "founding"),
    ],
    ids=["mechanism", "previous", "version", "exercise", "expelled", "reordered", "founding again"],
)
def test_an_amendment_cannot_change_what_founds_the_mechanism(change: Any, field: str) -> None:
    charter = founded(draft(3))
    with pytest.raises(BadInput) as caught:
        check_amendment(charter, change(charter))
    assert (caught.value.code, caught.value.field) == ("charter.amendment", field)


def test_an_amendment_that_leaves_out_a_member_is_refused() -> None:
    with pytest.raises(BadInput) as caught:
        amend(draft(2), founded(draft(3)))
    assert caught.value.field == "members"


@pytest.mark.parametrize("count", [0, 1, 33])
def test_a_mechanism_has_2_to_32_members(count: int) -> None:
    codes = [MemberCode(f"M{chr(65 + number // 26)}{chr(65 + number % 26)}") for number in range(count)]
    seats = tuple(Seat(code, "M", Role.PARTY, ("en",)) for code in codes)
    with pytest.raises(BadInput) as caught:
        found(CharterDraft(seats, draft(2).terms), {code: key(code).verify_key.raw for code in codes})
    assert caught.value.code == "charter.members"


def test_quotas_count_stop_and_flash_apart() -> None:
    quotas = draft(2).terms.quotas
    assert quotas.counted_as("stop", 0) == ("stop", 20)  # type: ignore[arg-type]
    assert quotas.counted_as("stop", 3) == ("stop", 20)  # type: ignore[arg-type]
    assert quotas.counted_as("message", 3) == ("flash", 10)  # type: ignore[arg-type]
    assert quotas.counted_as("message", 2) == ("statements", 100)  # type: ignore[arg-type]
