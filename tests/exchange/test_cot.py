"""Cursor on Target: pytak and takproto parse it; neutral always; another's plans never go out."""

from __future__ import annotations

import asyncio
import warnings
from datetime import datetime
from xml.etree import ElementTree

import pytest
import takproto

from parley.errors import Refused
from parley.exchange import cot
from parley.geo.heights import Datum, Height
from parley.geo.notice import Activity, Phase
from tests.exchange.notices import HOUR, NOON, OUTLINES, notice

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns of what it could do with more packages
    import pytak


@pytest.mark.parametrize("name", OUTLINES)
def test_independent_programs_parse_it(name: str) -> None:
    made = notice(OUTLINES[name])
    [event] = cot.write(made, "SYR", NOON)
    message = takproto.parse_proto(takproto.xml2proto(event.decode()))
    assert message.cotEvent.uid == "parley.SYR-42.0"
    assert message.cotEvent.type == "a-n-A"
    assert message.cotEvent.staleTime == NOON + HOUR
    assert message.cotEvent.ce >= made.volumes[0].shape.extent_m
    assert datetime.strptime(str(ElementTree.fromstring(event).get("time")), pytak.ISO_8601_UTC).year == 2027


def test_pytak_takes_events_from_a_stream_one_by_one() -> None:
    events = [event for name in OUTLINES for event in cot.write(notice(OUTLINES[name]), "SYR", NOON)]

    async def received() -> list[bytes]:
        reader = asyncio.StreamReader()
        reader.feed_data(b"".join(events))
        reader.feed_eof()
        queue: asyncio.Queue[bytes] = asyncio.Queue()
        worker = _Receiver(queue, {}, reader)
        for _ in events:
            await worker.run_once()
        return [queue.get_nowait() for _ in events]

    assert asyncio.run(received()) == events


class _Receiver(pytak.RXWorker):  # type: ignore[misc, name-defined]
    async def handle_data(self, data: bytes) -> None:
        await self.put_queue(data)


@pytest.mark.parametrize("activity", Activity)
@pytest.mark.parametrize("member", ["SYR", "ISR"])
def test_affiliation_is_neutral_whoevers_it_is(activity: Activity, member: str) -> None:
    made = notice(OUTLINES["polygon"], activity=activity, member=member)
    [event] = cot.write(made, member, NOON)
    assert str(ElementTree.fromstring(event).get("type")).split("-")[:2] == ["a", "n"]


@pytest.mark.parametrize(("own", "other"), [("SYR", "ISR"), ("ISR", "SYR")])
def test_anothers_plans_do_not_go_out_but_stops_and_areas_to_avoid_do(own: str, other: str) -> None:
    for activity in Activity:
        made = notice(OUTLINES["circle"], activity=activity, member=other)
        if activity in (Activity.STOP, Activity.AVOID):
            assert cot.write(made, own, NOON)
        else:
            with pytest.raises(Refused, match="another member's"):
                cot.write(made, own, NOON)


@pytest.mark.parametrize("phase", [Phase.ENDED, Phase.WITHDRAWN])
def test_what_is_over_goes_out_stale(phase: Phase) -> None:
    [event] = cot.write(notice(OUTLINES["circle"], phase=phase), "SYR", NOON + 60_000)
    root = ElementTree.fromstring(event)
    assert root.get("stale") == root.get("time")


def test_a_height_of_another_datum_is_not_taken_for_one_over_the_ellipsoid() -> None:
    [event] = cot.write(notice(OUTLINES["circle"]), "SYR", NOON)
    point = ElementTree.fromstring(event).find("point")
    assert point is not None
    assert point.get("hae") == cot.UNKNOWN_M
    assert "1000 m AMSL to 2000 m AMSL" in event.decode()
    [event] = cot.write(notice(OUTLINES["circle"], lower=Height(50_000, Datum.WGS84), upper=None), "SYR", NOON)
    point = ElementTree.fromstring(event).find("point")
    assert point is not None
    assert point.get("hae") == "500.0"


def test_a_polygon_is_drawn_closed_and_a_corridor_open() -> None:
    for name, closed in (("polygon", "true"), ("corridor", "false")):
        [event] = cot.write(notice(OUTLINES[name]), "SYR", NOON)
        line = ElementTree.fromstring(event).find("detail/shape/polyline")
        assert line is not None
        assert line.get("closed") == closed
        assert len(line) >= 3
