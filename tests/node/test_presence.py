"""Presence: a position is signed on while one of its tabs is connected, and no longer."""

from __future__ import annotations

from parley.node.presence import Presence, SignedOn


def presence() -> Presence:
    return Presence(lambda position: ("watch",) if position == "duty-1" else ())


def test_a_position_is_present_from_its_first_tab_to_its_last() -> None:
    of = presence()
    first, second = of.came("duty-1", 10), of.came("duty-1", 20)
    of.heard(second, 30)
    assert of.signed_on() == (SignedOn("duty-1", ("watch",), 10, 30),)
    of.went(first)
    assert of.signed_on() == (SignedOn("duty-1", ("watch",), 10, 30),)
    of.went(second)
    assert of.signed_on() == ()


def test_a_gap_begins_it_anew() -> None:
    of = presence()
    of.went(of.came("duty-1", 10))
    of.came("duty-1", 40)
    assert of.signed_on() == (SignedOn("duty-1", ("watch",), 40, 40),)


def test_positions_are_told_apart_and_in_order() -> None:
    of = presence()
    of.came("duty-2", 10)
    of.came("duty-1", 20)
    assert [(one.position, one.mandates) for one in of.signed_on()] == [("duty-1", ("watch",)), ("duty-2", ())]
