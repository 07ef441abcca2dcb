"""Map packs: what is drawn is kept, nothing else; hostile and mistaken files are refused by their place."""

from __future__ import annotations

from typing import Any

import pytest

from parley.errors import BadInput
from parley.exchange.packs import MAX_FEATURES, MAX_POSITIONS, PackKind, read_pack

RING = [[35.1, 33.0], [35.2, 33.0], [35.2, 33.1], [35.1, 33.0]]


def collection(*geometries: Any, **properties: Any) -> dict[str, Any]:
    features = [{"type": "Feature", "geometry": one, "properties": properties} for one in geometries]
    return {"type": "FeatureCollection", "features": features}


def geometry(kind: str, coordinates: Any) -> dict[str, Any]:
    return {"type": kind, "coordinates": coordinates}


@pytest.mark.parametrize(
    ("kind", "coordinates"),
    [
        ("Point", [35.1, 33.0]), ("MultiPoint", [[35.1, 33.0]]), ("LineString", RING[:2]), ("MultiLineString", [RING[:2]]),
        ("Polygon", [RING]), ("MultiPolygon", [[RING]]),
    ],
)  # fmt: skip
def test_every_geometry_is_kept_and_nothing_else_of_a_feature(kind: str, coordinates: Any) -> None:
    given = collection(geometry(kind, coordinates), None, style="javascript:alert(1)", name="x")
    made = read_pack(given | {"evil": 1}, PackKind.BOUNDARIES)
    assert made == {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "geometry": geometry(kind, coordinates), "properties": {}}],
    }


def test_a_place_has_its_name_and_language_and_two_dimensions() -> None:
    given = collection(geometry("Point", [35.123456789, 33.0, 812.0]), name=" جسر ", lang="ar", population=5)
    (place,) = read_pack(given, PackKind.GAZETTEER)["features"]  # type: ignore[misc]
    assert place["properties"] == {"name": "جسر", "lang": "ar"}
    assert place["geometry"]["coordinates"] == [35.1234568, 33.0]


@pytest.mark.parametrize(
    ("value", "code", "field"),
    [
        ([], "pack.form", "type"),
        ({"type": "FeatureCollection"}, "pack.form", "type"),
        ({"type": "FeatureCollection", "features": [1]}, "pack.form", "features[0]"),
        ({"type": "FeatureCollection", "features": []}, "pack.empty", "features"),
        ({"type": "FeatureCollection", "features": [{}] * (MAX_FEATURES + 1)}, "pack.size", "features"),
        (collection(geometry("Point", [35, 33])) | {"crs": {"properties": {"name": "EPSG:32636"}}}, "pack.crs", "crs"),
        (collection(geometry("GeometryCollection", [])), "pack.geometry", "features[0].geometry"),
        (collection(geometry("Point", [33.1, 135.8])), "pack.coordinates", "features[0].geometry.coordinates"),
        (collection(geometry("Point", [33.1, float("nan")])), "pack.coordinates", "features[0].geometry.coordinates"),
        (collection(geometry("Point", [True, 1])), "pack.coordinates", "features[0].geometry.coordinates"),
        (collection(geometry("Point", [1])), "pack.coordinates", "features[0].geometry.coordinates"),
        (collection(geometry("LineString", [])), "pack.coordinates", "features[0].geometry.coordinates"),
        (collection(geometry("LineString", [RING[0]])), "pack.line", "features[0].geometry"),
        (collection(geometry("Polygon", [RING[:3]])), "pack.ring", "features[0].geometry"),
        (collection(geometry("MultiPolygon", [[RING], [RING[1:] + RING[1:]]])), "pack.ring", "features[0].geometry"),
        (collection(geometry("MultiPoint", [RING[0]] * (MAX_POSITIONS + 1))), "pack.size", f"features[0].geometry.coordinates[{MAX_POSITIONS}]"),
    ],
)  # fmt: skip
def test_what_is_mistaken_or_too_large_is_refused_by_its_place(value: Any, code: str, field: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_pack(value, PackKind.OTHER)
    assert (caught.value.code, caught.value.field) == (code, field)


@pytest.mark.parametrize(
    ("geometry_", "properties"),
    [
        (geometry("LineString", RING[:2]), {"name": "x"}), (geometry("Point", [35, 33]), {}),
        (geometry("Point", [35, 33]), {"name": 5}), (geometry("Point", [35, 33]), {"name": "  "}),
        (geometry("Point", [35, 33]), {"name": "x" * 121}), (geometry("Point", [35, 33]), {"name": "a\nb"}),
    ],
)  # fmt: skip
def test_a_gazetteer_has_named_places_alone(geometry_: Any, properties: Any) -> None:
    with pytest.raises(BadInput) as caught:
        read_pack(collection(geometry_, **properties), PackKind.GAZETTEER)
    assert caught.value.code == "pack.place"
