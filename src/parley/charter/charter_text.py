"""Writing a charter's text form, so that a member who holds only the signed charter can draft an amendment.

``load_toml(to_toml(draft)) == draft`` for every draft that keeps the rules.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from parley.charter.charter import CharterDraft
from parley.charter.terms import Clocks, Terms
from parley.charter.toml_table import UNIT_MS
from parley.geo.coordinates import Convention, write_position
from parley.geo.ellipsoid import Position
from parley.record.ids import ordinals
from parley.record.statement import Precedence


def to_toml(draft: CharterDraft) -> str:
    """The text of `draft`; of a charter, hand in ``CharterDraft(tuple(m.seat for m in c.members), c.terms)``."""
    return "\n".join(_lines(draft)) + "\n"


def _lines(draft: CharterDraft) -> Iterator[str]:
    terms = draft.terms
    yield f"name = {_quoted(terms.name)}"
    yield f"description = {_quoted(terms.description)}"
    yield f"exercise = {_flag(terms.exercise)}"
    yield f"purposes = {_listed(terms.purposes)}"
    for seat in draft.seats:
        yield "\n[[members]]"
        yield f"code = {_quoted(seat.code)}"
        yield f"name = {_quoted(seat.name)}"
        yield f"role = {_quoted(seat.role.label)}"
        yield f"languages = {_listed(seat.languages)}"
    yield from _rights(draft)
    yield from _clocks(terms.clocks)
    yield "\n[quotas]"
    yield f"statements = {terms.quotas.statements}"
    yield f"flash = {terms.quotas.flash}"
    yield f"stop = {terms.quotas.stop}"
    for level in terms.levels:
        yield "\n[[levels]]"
        yield f"name = {_quoted(level.name)}"
        yield f"title = {_quoted(level.title)}"
        yield f"answer = {_duration(level.answer_ms)}"
    if terms.on_duty is not None:
        yield "\n[on_duty]"
        yield f"mandates = {_listed(terms.on_duty.mandates)}"
        yield f"grants = {_listed(terms.on_duty.grants)}"
        yield f"new_positions = {_flag(terms.on_duty.new_positions)}"
    for rule in terms.emergency:
        yield "\n[[emergency]]"
        yield f"kinds = {_listed(rule.kinds)}"
        yield f"mandates = {_listed(rule.mandates)}"
        yield f"authority = {_listed(rule.authority)}"
        yield f"ceiling = {_quoted(rule.ceiling.name)}"
        yield f"tried = {_duration(rule.tried_ms)}"
        yield f"confirm = {_duration(rule.confirm_ms)}"
    if terms.area:
        yield "\n[area]"
        yield f"corners = {_listed(write_position(Position(*one), Convention.DEGREES) for one in terms.area)}"


def _rights(draft: CharterDraft) -> Iterator[str]:
    terms: Terms = draft.terms
    codes = [seat.code for seat in draft.seats]
    for channel in terms.channels:
        yield "\n[[channels]]"
        yield f"name = {_quoted(channel.name)}"
        yield f"title = {_quoted(channel.title)}"
        yield f"content = {_listed(codes[one] for one in ordinals(channel.content))}"
        yield f"statement = {_listed(codes[one] for one in ordinals(channel.statement))}"
        yield f"addressed_only = {_flag(channel.addressed_only)}"
    for mandate in terms.mandates:
        yield f"\n[mandates.{mandate.name}]"
        yield f"title = {_quoted(mandate.title)}"
        yield f"ceiling = {_quoted(mandate.ceiling.name)}"
        yield f"roles = {_listed(role.label for role in mandate.roles)}"
    names = {channel.index: channel.name for channel in terms.channels}
    for kind in terms.kinds:
        yield f"\n[kinds.{_quoted(kind.name)}]"
        yield f"version = {kind.version}"
        yield f"desk = {_quoted(kind.desk)}"
        yield f"channels = {_listed(names[one] for one in kind.channels)}"
        yield f"mandates = {_listed(kind.mandates)}"
        if kind.countersigned_by:
            yield f"countersigned_by = {_listed(kind.countersigned_by)}"


def _clocks(clocks: Clocks) -> Iterator[str]:
    yield "\n[clocks.acknowledge]"
    for precedence in reversed(Precedence):
        yield f"{precedence.name} = {_duration(clocks.acknowledge_ms[precedence])}"
    yield "\n[clocks.rings]"
    yield f"alternates = [{', '.join(_duration(ring) for ring in clocks.alternates_ms)}]"
    if clocks.facilitator_ms is not None:
        yield f"facilitator = {_duration(clocks.facilitator_ms)}"
    yield "\n[clocks.desk]"
    for name, due_ms in clocks.desk_ms:
        yield f"{_quoted(name)} = {_duration(due_ms)}"


def _quoted(text: str) -> str:
    # JSON's escapes are a subset of those of a TOML basic string.
    return json.dumps(text, ensure_ascii=False)


def _listed(items: Iterable[str]) -> str:
    return f"[{', '.join(_quoted(item) for item in items)}]"


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _duration(ms: int) -> str:
    unit = next(unit for unit in reversed(UNIT_MS) if ms % UNIT_MS[unit] == 0)
    return f'"{ms // UNIT_MS[unit]} {unit}"'
