"""What a screen is told beforehand: the charter's terms by code and name, and the desks as they are declared."""

from __future__ import annotations

from pydantic import TypeAdapter

from parley.desks import at_hand
from parley.procedure.declare import Desk as DeskDeclaration
from parley.procedure.handling import HANDLING_KINDS
from tests.api.conftest import CODE, Ask, Desk


def test_the_floor_is_told_who_is_who_and_what_the_charter_opens(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        charter = desk.node.mechanism.charter
        told = (await desk.admin.get("/api/v1/floor")).json()
        assert told["me"] == {"code": CODE, "ordinal": 0, "log": CODE}
        assert told["mechanism"] == charter.mechanism.hex()
        assert told["banner"] == charter.banner
        assert [one["code"] for one in told["members"]] == [one.code for one in charter.members]
        caucus = next(one for one in told["channels"] if one["name"] == "caucus-isr")
        assert (caucus["index"], caucus["content"]) == (8, ["ISR", "USA"])
        assert told["channels"][0]["name"] == "directory"
        stop = next(one for one in told["kinds"] if one["name"] == "stop")
        assert (stop["desk"], stop["mandates"]) == ("line", ["watch", "release", "supervision"])
        assert told["clocks"]["acknowledge_ms"] == {"ROUTINE": 21_600_000, "PRIORITY": 10_800_000, "IMMEDIATE": 1_800_000, "FLASH": 600_000}  # fmt: skip
        assert [one["name"] for one in told["levels"]] == ["watch", "delegations", "capitals"]
        assert told["languages"] == ["ar", "en", "he"]

    ask(body)


def test_every_desk_kind_field_and_procedure_comes_as_it_is_declared(ask: Ask) -> None:
    async def body(desk: Desk) -> None:
        told = (await desk.admin.get("/api/v1/floor")).json()
        desks = tuple(TypeAdapter(list[DeskDeclaration]).validate_python(told["desks"]))
        assert desks == at_hand().desks
        assert [one["name"] for one in told["handling"]] == [one.name for one in HANDLING_KINDS]
        line = next(one for one in told["desks"] if one["name"] == "line")
        stop = next(one for one in line["kinds"] if one["name"] == "stop")
        assert stop["acts_first"]
        area = next(one for one in stop["fields"] if one["name"] == "area")
        assert (area["kind"], area["critical"], area["required"]) == ("area", True, True)
        assert area["title"].keys() == {"en", "ar", "he"}

    ask(body)
