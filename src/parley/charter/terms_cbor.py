"""The CBOR layout of a charter's terms: integer keys 5 to 14 of the charter's map, and 15 to 17 where it has those terms.

    5 name · 6 description · 7 exercise
    8 channels   [[name, title, content set, statement set, addressed only], …]   the first is channel 1
    9 kinds      [[name, version, desk, [channel index, …], [mandate, …], [countersigning mandate, …]], …]
    10 mandates  [[name, title, ceiling, [role, …]], …]
    11 clocks    [[ROUTINE, PRIORITY, IMMEDIATE, FLASH], [alternate, …], facilitator / null, [[name, due], …]]
    12 quotas    [statements, FLASH, STOP]
    13 levels    [[name, title, answer], …]
    14 purposes  [text, …]
    15 on duty   [[mandate, …], [granted mandate, …], new positions]; left out where there are no registrars on duty
    16 emergency [[[kind, …], [mandate, …], [authority, …], ceiling, tried, confirm], …]; left out where there are none
    17 area      [[latitude, longitude], …] corners of a polygon, in 1e-7 degree; left out where the charter names none

Sets are bit sets of ordinals; clocks are milliseconds; roles and precedences their numbers. The order of arrays
is kept as given: it is data, and part of the digest.
"""

from __future__ import annotations

from collections.abc import Mapping

from parley.charter.shapes import array, flag, integer, text
from parley.charter.terms import Channel, Clocks, EmergencyRule, KindRule, Level, Mandate, OnDuty, Quotas, Role, Terms
from parley.crypto.cbor import CborValue
from parley.errors import BadInput
from parley.record.ids import MemberSet
from parley.record.statement import Precedence

NAME, DESCRIPTION, EXERCISE, CHANNELS, KINDS, MANDATES, CLOCKS, QUOTAS, LEVELS, PURPOSES = range(5, 15)
TERMS_KEYS = frozenset(range(5, 15))
ON_DUTY, EMERGENCY, AREA = 15, 16, 17
OPTIONAL_KEYS = frozenset({ON_DUTY, EMERGENCY, AREA})
_MAX_SET = (1 << 32) - 1
QUARTER_E7, HALF_E7 = 900_000_000, 1_800_000_000
"""90 and 180 degrees, in 1e-7 degree."""


def encode_terms(terms: Terms) -> dict[CborValue, CborValue]:
    """The map entries of `terms`."""
    clocks, on_duty = terms.clocks, terms.on_duty
    fields: dict[CborValue, CborValue] = {
        NAME: terms.name,
        DESCRIPTION: terms.description,
        EXERCISE: terms.exercise,
        CHANNELS: [[one.name, one.title, one.content, one.statement, one.addressed_only] for one in terms.channels],
        KINDS: [
            [one.name, one.version, one.desk, list(one.channels), list(one.mandates), list(one.countersigned_by)]
            for one in terms.kinds
        ],
        MANDATES: [[one.name, one.title, int(one.ceiling), [int(r) for r in one.roles]] for one in terms.mandates],
        CLOCKS: [
            list(clocks.acknowledge_ms),
            list(clocks.alternates_ms),
            clocks.facilitator_ms,
            [[name, due_ms] for name, due_ms in clocks.desk_ms],
        ],
        QUOTAS: [terms.quotas.statements, terms.quotas.flash, terms.quotas.stop],
        LEVELS: [[level.name, level.title, level.answer_ms] for level in terms.levels],
        PURPOSES: list(terms.purposes),
    }
    if on_duty is not None:
        fields[ON_DUTY] = [list(on_duty.mandates), list(on_duty.grants), on_duty.new_positions]
    if terms.emergency:
        fields[EMERGENCY] = [
            [list(one.kinds), list(one.mandates), list(one.authority), int(one.ceiling), one.tried_ms, one.confirm_ms]
            for one in terms.emergency
        ]
    if terms.area:
        fields[AREA] = [list(corner) for corner in terms.area]
    return fields


def decode_terms(fields: Mapping[CborValue, CborValue]) -> Terms:
    """The terms in a charter's map; only shapes are checked, the rules are `terms_rules.check`'s.

    Raises:
        BadInput: code ``cbor.type``, naming the field.
    """
    return Terms(
        name=text("name", fields[NAME]),
        description=text("description", fields[DESCRIPTION]),
        exercise=flag("exercise", fields[EXERCISE]),
        channels=tuple(_channel(i, one) for i, one in enumerate(array("channels", fields[CHANNELS]))),
        kinds=tuple(_kind(i, one) for i, one in enumerate(array("kinds", fields[KINDS]))),
        mandates=tuple(_mandate(i, one) for i, one in enumerate(array("mandates", fields[MANDATES]))),
        clocks=_clocks(fields[CLOCKS]),
        quotas=Quotas(*(integer("quotas", one) for one in array("quotas", fields[QUOTAS], count=3))),
        levels=tuple(_level(i, one) for i, one in enumerate(array("levels", fields[LEVELS]))),
        purposes=tuple(text("purposes", one) for one in array("purposes", fields[PURPOSES])),
        on_duty=_on_duty(fields[ON_DUTY]) if ON_DUTY in fields else None,
        emergency=_emergency(fields[EMERGENCY]) if EMERGENCY in fields else (),
        area=_area(fields[AREA]) if AREA in fields else (),
    )


def _channel(index: int, value: CborValue) -> Channel:
    path = f"channels[{index}]"
    name, title, content, statement, addressed_only = array(path, value, count=5)
    return Channel(
        index + 1,
        text(f"{path}.name", name),
        text(f"{path}.title", title),
        MemberSet(integer(f"{path}.content", content, most=_MAX_SET)),
        MemberSet(integer(f"{path}.statement", statement, most=_MAX_SET)),
        flag(f"{path}.addressed_only", addressed_only),
    )


def _kind(index: int, value: CborValue) -> KindRule:
    path = f"kinds[{index}]"
    name, version, desk, channels, mandates, countersigned_by = array(path, value, count=6)
    return KindRule(
        text(f"{path}.name", name),
        integer(f"{path}.version", version),
        text(f"{path}.desk", desk),
        tuple(integer(f"{path}.channels", one) for one in array(f"{path}.channels", channels)),
        tuple(text(f"{path}.mandates", one) for one in array(f"{path}.mandates", mandates)),
        tuple(text(f"{path}.countersigned_by", one) for one in array(f"{path}.countersigned_by", countersigned_by)),
    )


def _mandate(index: int, value: CborValue) -> Mandate:
    path = f"mandates[{index}]"
    name, title, ceiling, roles = array(path, value, count=4)
    return Mandate(
        text(f"{path}.name", name),
        text(f"{path}.title", title),
        Precedence(integer(f"{path}.ceiling", ceiling, most=max(Precedence))),
        tuple(Role(integer(f"{path}.roles", one, most=max(Role))) for one in array(f"{path}.roles", roles)),
    )


def _clocks(value: CborValue) -> Clocks:
    acknowledge, alternates, facilitator, desk = array("clocks", value, count=4)
    routine, priority, immediate, flash = (
        integer("clocks.acknowledge", one) for one in array("clocks.acknowledge", acknowledge, count=4)
    )
    named: list[tuple[str, int]] = []
    for item in array("clocks.desk", desk):
        name, due_ms = array("clocks.desk", item, count=2)
        named.append((text("clocks.desk", name), integer("clocks.desk", due_ms)))
    return Clocks(
        (routine, priority, immediate, flash),
        tuple(integer("clocks.rings.alternates", one) for one in array("clocks.rings.alternates", alternates)),
        None if facilitator is None else integer("clocks.rings.facilitator", facilitator),
        tuple(named),
    )


def _level(index: int, value: CborValue) -> Level:
    path = f"levels[{index}]"
    name, title, answer_ms = array(path, value, count=3)
    return Level(text(f"{path}.name", name), text(f"{path}.title", title), integer(f"{path}.answer", answer_ms))


def _on_duty(value: CborValue) -> OnDuty:
    mandates, grants, new_positions = array("on_duty", value, count=3)
    return OnDuty(
        tuple(text("on_duty.mandates", one) for one in array("on_duty.mandates", mandates)),
        tuple(text("on_duty.grants", one) for one in array("on_duty.grants", grants)),
        flag("on_duty.new_positions", new_positions),
    )


def _emergency(value: CborValue) -> tuple[EmergencyRule, ...]:
    rules = array("emergency", value)
    if not rules:
        raise BadInput("cbor.type", "is left out where it is empty", field="emergency")
    return tuple(_emergency_rule(f"emergency[{index}]", one) for index, one in enumerate(rules))


def _emergency_rule(path: str, value: CborValue) -> EmergencyRule:
    kinds, mandates, authority, ceiling, tried_ms, confirm_ms = array(path, value, count=6)
    return EmergencyRule(
        tuple(text(f"{path}.kinds", one) for one in array(f"{path}.kinds", kinds)),
        tuple(text(f"{path}.mandates", one) for one in array(f"{path}.mandates", mandates)),
        tuple(text(f"{path}.authority", one) for one in array(f"{path}.authority", authority)),
        Precedence(integer(f"{path}.ceiling", ceiling, most=max(Precedence))),
        integer(f"{path}.tried", tried_ms),
        integer(f"{path}.confirm", confirm_ms),
    )


def _area(value: CborValue) -> tuple[tuple[int, int], ...]:
    corners = array("area", value)
    if not corners:
        raise BadInput("cbor.type", "is left out where it is empty", field="area")
    return tuple(_corner(f"area.corners[{index}]", one) for index, one in enumerate(corners))


def _corner(path: str, value: CborValue) -> tuple[int, int]:
    latitude, longitude = array(path, value, count=2)
    return (
        integer(path, latitude, least=-QUARTER_E7, most=QUARTER_E7),
        integer(path, longitude, least=-HALF_E7, most=HALF_E7),
    )
