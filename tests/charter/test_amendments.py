"""Amendments: adopted by all or not at all, and the same in whatever order assents arrive."""

from __future__ import annotations

from itertools import pairwise, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from parley.charter.adoption import sign_charter
from parley.charter.amendments import Amendments, adopted
from parley.charter.charter import Charter, CharterDraft
from parley.charter.directory_view import Assent
from parley.charter.founding import amend
from parley.record.ids import LogId, MemberOrdinal, Seq
from tests.changed import replace
from tests.charter.mechanisms import draft, founded, key, root

FOUNDING = founded(draft(3))


def renamed(name: str, current: Charter = FOUNDING, version: int | None = None) -> Charter:
    terms = replace(draft(3).terms, name=name)
    return amend(CharterDraft(draft(3).seats, terms), current, version=version)


def assent(ordinal: int, charter: Charter, seq: int, previous: Charter = FOUNDING) -> tuple[LogId, Assent]:
    signature = sign_charter(charter, ordinal, root(charter.members[ordinal].code), previous)
    return LogId(ordinal), Assent(Seq(seq), charter, signature)


FIRST, RIVAL, THIRD = renamed("first"), renamed("rival"), renamed("third", version=3)
NEXT = renamed("next", FIRST)
FOURTH = renamed("fourth", NEXT)


def gathered(*assents: tuple[LogId, Assent]) -> Amendments:
    amendments = Amendments(FOUNDING)
    for log, one in assents:
        amendments.add(log, one)
    return amendments


def test_without_assents_the_founding_charter_is_in_force() -> None:
    amendments = gathered()
    assert amendments.in_force == amendments.charter(1) == FOUNDING
    assert amendments.charter(2) is None
    assert amendments.signed(1) is None


def test_an_amendment_is_adopted_by_the_last_member_to_assent_and_not_before() -> None:
    assents = [assent(ordinal, FIRST, 5) for ordinal in range(3)]
    for order in permutations(assents):
        amendments = gathered(*order[:2])
        assert amendments.in_force == FOUNDING
        [pending] = amendments.pending()
        assert (len(pending.assented), len(pending.missing)) == (2, 1)
        amendments.add(*order[2])
        assert amendments.in_force == FIRST
        assert amendments.pending() == []


def test_its_assents_together_are_a_signed_charter_that_proves_its_adoption() -> None:
    paper = gathered(*(assent(ordinal, FIRST, 5) for ordinal in range(3))).signed(2)
    assert paper is not None
    paper.verify(FOUNDING)


def test_an_assent_counts_once_even_where_its_author_changes_its_mind() -> None:
    mine = [assent(0, FIRST, 5), assent(0, RIVAL, 6)]
    rest = [assent(ordinal, RIVAL, 5) for ordinal in (1, 2)]
    for order in permutations([*mine, *rest]):
        amendments = gathered(*order)
        assert amendments.in_force == FOUNDING


def test_rival_drafts_give_their_number_up_and_open_the_next() -> None:
    rivals = [assent(0, FIRST, 5), assent(1, RIVAL, 5)]
    third = [assent(ordinal, THIRD, 7) for ordinal in range(3)]
    assert gathered(*third).in_force == FOUNDING
    assert gathered(*rivals, *third).in_force == THIRD
    late = assent(2, FIRST, 9)
    assert gathered(*rivals, *third, late).in_force == THIRD


def test_a_draft_that_cannot_amend_gives_its_number_up() -> None:
    earnest = CharterDraft(draft(3).seats, replace(draft(3).terms, exercise=False))
    impossible = replace(founded(earnest), version=2, previous=FOUNDING.digest, founding=FOUNDING.mechanism)
    amendments = gathered(*(assent(ordinal, impossible, 5) for ordinal in range(3)))
    assert amendments.in_force == FOUNDING
    for ordinal in range(3):
        amendments.add(*assent(ordinal, THIRD, 6))
    assert amendments.in_force == THIRD


def test_versions_follow_one_another() -> None:
    amendments = gathered(*(assent(ordinal, NEXT, 9, FIRST) for ordinal in range(3)))
    assert amendments.in_force == FOUNDING
    for ordinal in range(3):
        amendments.add(*assent(ordinal, FIRST, 5))
    assert amendments.in_force == NEXT
    assert amendments.charter(2) == FIRST


def test_a_joining_member_has_no_say_in_the_amendment_that_lets_it_join() -> None:
    joined = amend(draft(4), FOUNDING, {"DDD": root("DDD").verify_key.raw})
    stranger = {(MemberOrdinal(3), RIVAL.digest, 2)}
    votes = {(MemberOrdinal(ordinal), joined.digest, 2) for ordinal in range(3)}
    assert adopted(FOUNDING, {joined.digest: joined, RIVAL.digest: RIVAL}, votes | stranger) == [FOUNDING, joined]


def test_an_author_may_name_an_amendment_only_once_it_has_seen_every_assent() -> None:
    amendments = gathered(*(assent(ordinal, FIRST, 5 + ordinal) for ordinal in range(3)))
    seen = {LogId(0): 6, LogId(1): 7, LogId(2): 8}
    assert amendments.in_force_within(seen) == FIRST
    for log in seen:
        assert amendments.in_force_within({**seen, log: seen[log] - 1}) == FOUNDING
    assert amendments.in_force_within({}) == FOUNDING


CHOICES = [FIRST, RIVAL, THIRD, NEXT, FOURTH, amend(draft(3), FOUNDING, {"AAA": key("a new root").verify_key.raw})]


@given(
    st.lists(st.tuples(st.integers(0, 2), st.sampled_from(CHOICES), st.integers(1, 20)), max_size=14),
    st.randoms(use_true_random=False),
)
@settings(max_examples=120)
def test_what_is_adopted_grows_along_one_line_and_ends_alike_in_any_order(
    said: list[tuple[int, Charter, int]], random: object
) -> None:
    """Each log holds its assents in order, one for each version, as a directory gives them."""
    per_log: dict[tuple[int, int], tuple[LogId, Assent]] = {}
    for ordinal, charter, seq in sorted(said, key=lambda one: one[2]):
        per_log.setdefault((ordinal, charter.version), (LogId(ordinal), Assent(Seq(seq), charter, b"")))
    assents = list(per_log.values())
    random.shuffle(assents)  # type: ignore[attr-defined]
    amendments, lines = Amendments(FOUNDING), [[FOUNDING]]
    for log, one in assents:
        amendments.add(log, one)
        lines.append([found for version in range(6) if (found := amendments.charter(version))])
    for shorter, longer in pairwise(lines):
        assert longer[: len(shorter)] == shorter
    for before, after in pairwise(lines[-1]):
        assert after.previous == before.digest
    assert gathered(*sorted(assents, key=lambda one: (one[0], one[1].seq))).in_force == amendments.in_force
