"""`parley export` and `parley map` against real nodes."""

from __future__ import annotations

import json
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from parley.cli import exits
from tests.cli.conftest import Run, parsed

pytestmark = pytest.mark.slow

HOUR_MS = 3_600_000


def filed(run: Run, code: str) -> str:
    start = int(time.time() * 1000) + 9 * HOUR_MS
    volumes = [{"area": {"circle": [331_254_000, 358_012_000, 900]}, "start": start, "end": start + HOUR_MS}]
    content = {"activity": "sea", "volumes": volumes, "unit": f"{code}-1", "intent": "SIMULATION", "lang": "en"}
    sent = run(
        code, "send", "--as", "duty-1", "--kind", "notice", "--content", json.dumps(content), "--channel", "de-escalation",
        "--wait", "--json",
    )  # fmt: skip
    return str(parsed(sent)["reference"])


def test_what_stands_is_exported_on_either_side_and_anothers_plans_never_as_cot(run: Run, tmp_path: Path) -> None:
    reference = filed(run, "ISR")
    file = tmp_path / "standing.geojson"
    for code in ("ISR", "SYR"):
        until(lambda code=code: run(code, "export", "geojson", *reference.split()).exit_code == 0)  # type: ignore[misc]
        assert run(code, "export", "geojson", "-o", str(file)).exit_code == 0
        features = json.loads(file.read_text("utf-8"))["features"]
        assert reference in {one["properties"]["reference"] for one in features}
    alerts = [run(code, "export", "cap", *reference.split()).stdout_bytes for code in ("ISR", "SYR")]
    assert alerts[0] == alerts[1], "an alert is the same wherever it is made"
    assert ElementTree.fromstring(alerts[0]).tag.endswith("alert")
    assert reference in run("ISR", "export", "cot", *reference.split()).stdout
    assert reference in run("ISR", "export", "cot").stdout
    refused = run("SYR", "export", "cot", *reference.split())
    assert refused.exit_code == exits.REFUSED
    assert "cot.not-own" in refused.output
    assert reference not in run("SYR", "export", "cot").stdout
    assert "export.reference" in run("SYR", "export", "cap").output


def until(is_so: object) -> None:
    end = time.monotonic() + 10
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.1)


def test_packs_are_imported_listed_and_removed(run: Run, tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": [[35.1, 33.0], [35.2, 33.1]]}
    file = tmp_path / "lines.geojson"
    file.write_text(
        json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": line}]}), "utf-8"
    )
    made = run("USA", "map", "import", str(file), "--member", "SYR", "--title", "Lines", "--kind", "boundaries")
    assert "boundaries according to SYR: Lines (1 features)" in made.stdout
    (pack,) = parsed(run("USA", "map", "list", "--json"))
    assert (pack["member"], pack["kind"]) == ("SYR", "boundaries")
    assert "map.member" in run("USA", "map", "import", str(file), "--member", "QQQ", "--title", "Lines").output
    assert (
        "pack.place"
        in run("USA", "map", "import", str(file), "--member", "SYR", "--title", "Lines", "--kind", "gazetteer").output
    )
    assert run("USA", "map", "remove", str(pack["number"])).exit_code == 0
    assert "no packs" in run("USA", "map", "list").stdout
