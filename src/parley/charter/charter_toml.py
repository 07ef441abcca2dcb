"""Reading a charter's text form (TOML 1.0).

The text holds no keys: `founding.found` completes it with each member's root public key. Members are named by
code, channels and mandates by name; all orders in the file are kept. Every field is given, none is guessed, with
three exceptions: a channel's ``statement`` is its ``content`` where left out, its ``addressed_only`` is false, and
``[clocks.desk]``, ``clocks.rings.facilitator``, ``levels``, ``purposes``, ``[on_duty]``, ``[[emergency]]`` and ``[area]`` may be
left out where there are none.

    name, description, exercise, purposes
    [[members]]            code, name, role, languages
    [[channels]]           name, title, content, statement, addressed_only
    [mandates.<name>]      title, ceiling, roles
    [kinds.<name>]         version, desk, channels, mandates, countersigned_by (may be left out)
    [clocks.acknowledge]   ROUTINE, PRIORITY, IMMEDIATE, FLASH
    [clocks.rings]         alternates, facilitator
    [clocks.desk]          "<desk>.<clock>"
    [quotas]               statements, flash, stop: per member and UTC day
    [[levels]]             name, title, answer
    [on_duty]              mandates, grants, new_positions: registrars on duty
    [[emergency]]          kinds, mandates, authority, ceiling, tried, confirm
    [area]                 corners: of the polygon in which the mechanism's activities lie, each such as "33.0 N 35.5 E"
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from parley.charter import terms_rules
from parley.charter.charter import CharterDraft
from parley.charter.terms import (
    Channel,
    Clocks,
    EmergencyRule,
    KindRule,
    Level,
    Mandate,
    OnDuty,
    Quotas,
    Role,
    Seat,
    Terms,
)
from parley.charter.toml_table import Table
from parley.errors import BadInput
from parley.geo.coordinates import read_position
from parley.geo.ellipsoid import Position
from parley.geo.shapes import Polygon, check_outline
from parley.record.ids import MemberCode, MemberSet, members
from parley.record.statement import Precedence

MAX_TOML_CHARS = 256 * 1024
_ROLES = {role.label: role for role in Role}
_PRECEDENCES = {precedence.name: precedence for precedence in Precedence}


def load_toml(text: str) -> CharterDraft:
    """Read and check a charter's text.

    Raises:
        BadInput: code ``charter.*``, with the field's path, the reason and the rule.
    """
    if len(text) > MAX_TOML_CHARS:
        raise BadInput("charter.oversized", f"{len(text)} characters", rule=f"at most {MAX_TOML_CHARS}")
    try:
        top = Table(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadInput("charter.toml", str(error) or "is nested too deeply", rule="must be TOML 1.0") from error
    seats = tuple(_seat(table) for table in top.numbered_tables("members"))
    terms_rules.check_members(seats)
    ordinals = {seat.code: index for index, seat in enumerate(seats)}
    channels = tuple(_channel(index, table, ordinals) for index, table in enumerate(top.numbered_tables("channels")))
    terms_rules.check_channels(channels, len(seats))
    numbers = {channel.name: channel.index for channel in channels}
    terms = Terms(
        name=top.text("name"),
        description=top.text("description"),
        exercise=top.flag("exercise"),
        channels=channels,
        kinds=tuple(_kind(name, table, numbers) for name, table in top.named_tables("kinds")),
        mandates=tuple(_mandate(name, table) for name, table in top.named_tables("mandates")),
        clocks=_clocks(top.table("clocks")),
        quotas=_quotas(top.table("quotas")),
        levels=tuple(_level(table) for table in top.numbered_tables("levels")) if "levels" in top else (),
        purposes=top.texts("purposes") if "purposes" in top else (),
        on_duty=_on_duty(top.table("on_duty")) if "on_duty" in top else None,
        emergency=tuple(_emergency(one) for one in top.numbered_tables("emergency")) if "emergency" in top else (),
        area=_area(top.table("area")) if "area" in top else (),
    )
    top.close()
    terms_rules.check(terms, seats)
    if terms.area:
        check_outline(Polygon(tuple(Position(*one) for one in terms.area)))
    return CharterDraft(seats, terms)


def _seat(table: Table) -> Seat:
    seat = Seat(
        MemberCode(table.text("code")),
        table.text("name"),
        _ROLES[_choice(table, "role", table.text("role"), _ROLES)],
        table.texts("languages"),
    )
    table.close()
    return seat


def _channel(index: int, table: Table, ordinals: Mapping[MemberCode, int]) -> Channel:
    content = _members(table, "content", ordinals)
    channel = Channel(
        index + 1,
        table.text("name"),
        table.text("title"),
        content,
        _members(table, "statement", ordinals) if "statement" in table else content,
        table.flag("addressed_only") if "addressed_only" in table else False,
    )
    table.close()
    return channel


def _members(table: Table, key: str, ordinals: Mapping[MemberCode, int]) -> MemberSet:
    codes = table.texts(key)
    for code in codes:
        _choice(table, key, code, ordinals)
    if len(set(codes)) != len(codes):
        raise BadInput("charter.duplicate", "names a member twice", field=table.field(key), rule="each once")
    return members(ordinals[MemberCode(code)] for code in codes)


def _mandate(name: str, table: Table) -> Mandate:
    roles = [_ROLES[_choice(table, "roles", role, _ROLES)] for role in table.texts("roles")]
    ceiling = _PRECEDENCES[_choice(table, "ceiling", table.text("ceiling"), _PRECEDENCES)]
    mandate = Mandate(name, table.text("title"), ceiling, tuple(roles))
    table.close()
    return mandate


def _kind(name: str, table: Table, channels: Mapping[str, int]) -> KindRule:
    kind = KindRule(
        name,
        table.integer("version"),
        table.text("desk"),
        tuple(channels[_choice(table, "channels", channel, channels)] for channel in table.texts("channels")),
        table.texts("mandates"),
        table.texts("countersigned_by") if "countersigned_by" in table else (),
    )
    table.close()
    return kind


def _clocks(table: Table) -> Clocks:
    acknowledge, rings = table.table("acknowledge"), table.table("rings")
    desk = table.table("desk") if "desk" in table else Table({})
    clocks = Clocks(
        (
            acknowledge.duration_ms("ROUTINE"),
            acknowledge.duration_ms("PRIORITY"),
            acknowledge.duration_ms("IMMEDIATE"),
            acknowledge.duration_ms("FLASH"),
        ),
        rings.durations_ms("alternates"),
        rings.duration_ms("facilitator") if "facilitator" in rings else None,
        tuple((name, desk.duration_ms(name)) for name in desk.names()),
    )
    for one in (acknowledge, rings, table):
        one.close()
    return clocks


def _quotas(table: Table) -> Quotas:
    quotas = Quotas(table.integer("statements"), table.integer("flash"), table.integer("stop"))
    table.close()
    return quotas


def _level(table: Table) -> Level:
    level = Level(table.text("name"), table.text("title"), table.duration_ms("answer"))
    table.close()
    return level


def _emergency(table: Table) -> EmergencyRule:
    rule = EmergencyRule(
        table.texts("kinds"),
        table.texts("mandates"),
        table.texts("authority"),
        _PRECEDENCES[_choice(table, "ceiling", table.text("ceiling"), _PRECEDENCES)],
        table.duration_ms("tried"),
        table.duration_ms("confirm"),
    )
    table.close()
    return rule


def _on_duty(table: Table) -> OnDuty:
    on_duty = OnDuty(table.texts("mandates"), table.texts("grants"), table.flag("new_positions"))
    table.close()
    return on_duty


def _area(table: Table) -> tuple[tuple[int, int], ...]:
    places = enumerate(table.texts("corners"))
    corners = [read_position(one, field=table.field(f"corners[{index}]")) for index, one in places]
    table.close()
    return tuple((latitude, longitude) for latitude, longitude in corners)


def _choice(table: Table, key: str, value: str, choices: Mapping[MemberCode, object] | Mapping[str, object]) -> str:
    if value not in choices:
        known = ", ".join(str(choice) for choice in choices) or "none is defined"
        raise BadInput("charter.unknown", f"{value!r} is not known", field=table.field(key), rule=f"one of: {known}")
    return value
