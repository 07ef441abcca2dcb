"""A cause of silence is named only with the evidence for that very cause; otherwise it is unknown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.node.cases.silence import Cause, PeerFacts, PeerSilence, Report, Said, Standing, Unmet, account

NOW = 10_000_000
HERE = PeerFacts("FAC", True, 1_000)
GONE = PeerFacts("BBB", False, NOW - 5_000, heard_ms=NOW - 6_000)


def of(peer: PeerFacts, *others: PeerFacts) -> PeerSilence:
    return account([peer, *(others or (HERE,))], "AAA", NOW)[0]


def codes(found: PeerSilence) -> list[str]:
    return [one.code for one in found.evidence]


def test_without_evidence_the_cause_is_unknown() -> None:
    found = of(GONE)
    assert (found.standing, found.cause) == (Standing.UNREACHABLE, Cause.UNKNOWN)
    assert codes(found) == ["line.closed", "node.heard"]


def test_another_members_line_to_it_shows_that_it_is_the_link() -> None:
    found = of(replace(GONE, reports=[Report("FAC", True, NOW - 1_000)]))
    assert found.cause is Cause.LINK
    assert found.evidence[-1].by == "FAC"


def test_a_dead_node_is_named_only_where_another_member_says_so_too() -> None:
    assert of(replace(GONE, reports=[Report("FAC", False, NOW - 1_000)])).cause is Cause.NODE


@pytest.mark.parametrize(
    "report", [Report("FAC", False, NOW - 60_000), Report("FAC", False, NOW - 5_001), Report("FAC", True, NOW - 9_000)],
    ids=["old", "from before the line went down", "said it was there, before"],
)  # fmt: skip
def test_what_was_said_before_is_no_evidence_of_now(report: Report) -> None:
    assert of(replace(GONE, reports=[report])).cause is Cause.UNKNOWN


def test_who_hears_nobody_says_so_of_itself_and_blames_no_other() -> None:
    alone = account([replace(GONE, reports=[]), replace(GONE, code="FAC")], "AAA", NOW)
    assert {one.cause for one in alone} == {Cause.UNKNOWN}
    assert all(codes(one)[-1] == "self.alone" for one in alone)


def test_a_killed_node_is_never_called_an_empty_desk() -> None:
    owed = [Unmet("AAA 7", NOW - 100_000, stored=True)]
    for reports in ([], [Report("FAC", False, NOW)], [Report("FAC", True, NOW)]):
        assert of(replace(GONE, unmet=owed, reports=reports)).cause is not Cause.DESK


def test_nobody_at_the_desk_takes_a_node_that_answers_and_a_human_that_does_not() -> None:
    owed = [Unmet("AAA 7", NOW - 100_000, stored=True)]
    found = of(replace(HERE, code="BBB", unmet=owed))
    assert (found.standing, found.cause) == (Standing.SILENT, Cause.DESK)
    assert found.evidence[-1].arguments == {"reference": "AAA 7"}
    assert of(replace(HERE, code="BBB", unmet=[replace(owed[0], stored=False)])).cause is Cause.NONE
    assert of(replace(HERE, code="BBB", unmet=owed, human_ms=NOW - 50_000)).cause is Cause.NONE


@pytest.mark.parametrize(("refused", "cause"), [(True, Cause.REFUSED), (False, Cause.DECLINED)])
def test_refused_and_declined_take_an_officers_signature(refused: bool, cause: Cause) -> None:
    found = of(replace(HERE, code="BBB", said=[Said("BBB 9", NOW, refused)]))
    assert (found.cause, found.evidence[-1].arguments) == (cause, {"reference": "BBB 9"})


reports = st.lists(
    st.builds(Report, st.sampled_from(["FAC", "DDD"]), st.booleans(), st.integers(NOW - 90_000, NOW)), max_size=3
)
facts = st.builds(
    PeerFacts, st.sampled_from(["BBB", "CCC"]), st.booleans(), st.integers(NOW - 90_000, NOW), st.none() | st.integers(0, NOW),
    st.none() | st.integers(0, NOW), reports,
    st.lists(st.builds(Unmet, st.just("AAA 7"), st.integers(0, NOW), st.booleans()), max_size=2),
    st.lists(st.builds(Said, st.just("BBB 9"), st.integers(0, NOW), st.booleans()), max_size=2),
)  # fmt: skip


@given(st.lists(facts, min_size=1, max_size=4))
def test_every_cause_has_its_evidence_and_no_other(peers: list[PeerFacts]) -> None:
    needs = {
        Cause.LINK: "other.reaches", Cause.NODE: "other.reaches-not", Cause.DESK: "human.unmet",
        Cause.DECLINED: "officer.declined", Cause.REFUSED: "officer.refused",
    }  # fmt: skip
    for peer, found in zip(peers, account(peers, "AAA", NOW), strict=True):
        assert (found.standing is Standing.UNREACHABLE) == (not peer.line_open)
        if found.cause in needs:
            assert needs[found.cause] in codes(found)
        if found.cause in (Cause.DESK, Cause.DECLINED, Cause.REFUSED):
            assert peer.line_open
