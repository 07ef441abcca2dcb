"""The continuity sheet on paper: all that it must say, in three languages, every letter of it drawn; kept and pruned by the hour."""

from __future__ import annotations

import asyncio
import io
import logging
import os
import re
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from parley.errors import Misconfigured
from parley.node.sheets import fonts as fonts_module
from parley.node.sheets import labels, pdf
from parley.node.sheets.hourly import HOUR_MS, Hourly, continuity_pdf, file_name, languages_of, next_hour_ms, prune
from parley.node.sheets.layout import Document, continuity_document
from parley.node.sheets.making import continuity_sheet
from parley.node.sheets.pdf import to_pdf
from parley.node.sheets.values import FSI, LANGUAGES, PDI, clean, direction, moment, passage, sentence, value_said
from parley.node.sheets.views import ContinuitySheet
from parley.procedure.declare import Kind
from parley.procedure.fields import Field, FieldKind
from parley.procedure.words import said, words
from tests.hostile import HOSTILE
from tests.node.cells import running_cell
from tests.node.scenes import ARABIC, HEBREW, SYR, Watch, watch
from tests.web.conftest import lacking
from tests.web.tabs import PICTURES

NOON = 1_790_000_000_000
Scene = tuple[ContinuitySheet, dict[str, Kind], Watch]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    if not fonts_module.covered() - fonts_module._INVISIBLE:
        lacking("the fonts of printed sheets are not built: `make web`")

    async def main() -> Scene:
        async with running_cell(tmp_path_factory.mktemp("cell")) as cell:
            of = await watch(cell)
            return continuity_sheet(await of.gathering.for_continuity()), of.gathering.kinds(), of

    return asyncio.run(main())


def read(made: bytes) -> list[str]:
    """The text of every page, without isolates, which are drawn as nothing."""
    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    return [re.sub(f"[{FSI}{PDI}\u200b]", "", page.extract_text()) for page in pages]


def spoken(made: bytes) -> str:
    """The text as a reader takes it, of letters too that share a glyph (ISO 32000-1, 14.9.4: ``ActualText``)."""
    found = read(made)
    for page in pypdf.PdfReader(io.BytesIO(made)).pages:
        contents = page.get_contents()
        for raw in re.findall(rb"ActualText ?(<[0-9A-Fa-f]+>)", contents.get_data() if contents is not None else b""):
            found.append(bytes.fromhex(raw[1:-1].decode()).decode("utf-16"))
    return "\n".join(found)


def letters(text: str) -> set[str]:
    return {letter for letter in text if letter.isalpha()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_says_on_paper_what_must_be_there(scene: Scene, language: str) -> None:
    sheet, kinds, of = scene
    made = to_pdf(continuity_document(sheet, language, kinds))
    if os.environ.get("PARLEY_PICTURES"):
        PICTURES.mkdir(exist_ok=True)
        (PICTURES / f"continuity-{language}.pdf").write_bytes(made)
    whole = spoken(made)
    squeezed = re.sub(r"\s", "", whole)
    for wanted in (
        of.flash, of.stop, of.asked, of.planned, of.call, of.paper, "SYR/duty-1", "+0000 0000 001".replace(" ", ""),
        moment(sheet.situation.at_ms), "33.00000 N 36.12346 E", *(one.root[:4] for one in sheet.heads), "Asia/Damascus",
        "SIMULATION: convoy on road 7.", "SIMULATION: passed by radio.", "SIMULATION: since 03:00 UTC.",
    ):  # fmt: skip
        assert re.sub(r"\s", "", wanted) in squeezed, wanted
    assert all(root.root in re.sub(r"\s", "", whole) for root in sheet.heads), "whole roots, to be compared by voice"
    for title in labels.SECTIONS.values():
        assert letters(said(title, language)) <= letters(whole), title
    for text in (ARABIC, HEBREW):
        assert letters(text) <= letters(whole)
    for word in ("סימולציה", "לעצור"):
        assert word in whole, "Hebrew words stand in the order in which they are read"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_bears_the_banner_whose_it_is_its_number_and_its_time(scene: Scene, language: str) -> None:
    sheet, kinds, _ = scene
    document = continuity_document(sheet, language, kinds)
    pages = read(to_pdf(document))
    assert len(pages) >= 2
    for number, page in enumerate(pages, 1):
        assert letters(said(labels.SIMULATION, language)) <= letters(page)
        assert "SYR" in page
        assert {str(number), str(len(pages))} <= set(re.findall(r"\d+", page)), "number and count"
        assert document.made.replace(" ", "") in page.replace(" ", "")
    if language == "en":
        assert all("SIMULATION: not an act of any state" in page for page in pages)
        assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1))
        assert all("Private to SYR" in page for page in pages)


def test_a_mechanism_that_is_no_exercise_bears_no_banner(scene: Scene) -> None:
    sheet, kinds, _ = scene
    pages = read(to_pdf(continuity_document(replace(sheet, banner=None), "en", kinds)))
    assert not any("not an act of any state" in page for page in pages)


def test_a_letter_that_no_font_has_is_written_as_its_code_point_and_no_box_is_drawn(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    document = with_text(scene, "SIMULATION 🙂 \U00010348 ፩")
    pages = "\n".join(read(to_pdf(document)))
    assert "(1F642)" in pages
    assert "(1369)" in pages
    monkeypatch.setattr(pdf, "shown", lambda text: text)
    with caplog.at_level(logging.WARNING, "parley.node"):
        assert to_pdf(document).startswith(b"%PDF-"), "nothing that anybody says can keep a member from its sheet"
    assert "could not be displayed" in caplog.text, "the check for boxes can fail"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_printed_whole_with_a_glyph_for_every_letter(
    scene: Scene, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "parley.node"):
        pages = read(to_pdf(with_text(scene, HOSTILE[name])))
    assert caplog.text == "", "it is PDF/A-2u: no letter is a box"
    assert all("Private to SYR" in page and "SIMULATION: not an act of any state" in page for page in pages)


@pytest.mark.parametrize(
    "hostile",
    [
        '#panic("run")', "#read(\"sheet.typ\")", "$x$ *bold* _it_ `code` \\ @ref <label> // gone /* gone */", "= Heading",
        '"); panic("', "\u202eover\u2066ride", "a\x00b\x1bc", "x" * 20_000, "\n" * 50, "ـ" * 3_000,
    ],
)  # fmt: skip
def test_what_people_wrote_is_never_read_as_markup(scene: Scene, hostile: str) -> None:
    pages = "\n".join(read(to_pdf(with_text(scene, f"SIMULATION {hostile} END"))))
    assert "SIMULATION" in pages
    if "panic" in hostile:
        assert "panic" in pages, "it is printed as it stands"


def test_the_same_sheet_gives_the_same_bytes(scene: Scene) -> None:
    document = continuity_document(scene[0], "ar", scene[1])
    assert to_pdf(document) == to_pdf(document)


def test_a_node_without_fonts_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts_module, "FOLDER", tmp_path)
    fonts_module.fonts.cache_clear()
    with pytest.raises(Misconfigured, match=r"sheet\.fonts"):
        fonts_module.fonts()


def with_text(scene: Scene, text: str) -> Document:
    sheet, kinds, _ = scene
    order = sheet.situation.orders[0]
    order = replace(order, body=replace(order.body, text=text, language="en"))
    return continuity_document(replace(sheet, situation=replace(sheet.situation, orders=[order])), "en", kinds)


# ---- in words ------------------------------------------------------------------------------------------------------


def test_every_label_is_there_in_three_languages_with_the_same_places() -> None:
    one = [value for value in vars(labels).values() if isinstance(value, dict) and "en" in value]
    many = [
        title for table in (labels.SECTIONS, labels.COLUMNS, labels.PRECEDENCES, labels.RUNGS, labels.STANDINGS, labels.EVIDENCE)
        for title in table.values()
    ]  # fmt: skip
    assert len(one) > 10
    for label in (*one, *many):
        assert all(label[language].strip() for language in LANGUAGES), label
        places = {language: sorted(re.findall(r"\{\w+\}", label[language])) for language in LANGUAGES}
        assert len(set(map(tuple, places.values()))) == 1, label


def test_what_stands_in_a_sentence_cannot_turn_the_words_around_it() -> None:
    told = sentence(labels.HANDING, "ar", reference="SYR 4\u202e")
    assert told.text.endswith(f"{FSI}SYR 4{PDI}")
    assert told.dir == "rtl"
    assert clean("a\u2067b\u200fc\u061cd") == "abcd"


@pytest.mark.parametrize(
    ("language", "text", "way"),
    [("ar", "x", "rtl"), ("he", "x", "rtl"), ("en", "ש", "ltr"), ("", "42 שלום", "rtl"), ("", "42 (x)", "ltr"), ("", "12", "ltr"),
     ("fa-IR", "x", "rtl")],
)  # fmt: skip
def test_a_text_goes_in_the_direction_of_its_language_or_its_first_letter(language: str, text: str, way: str) -> None:
    assert direction(language, text) == way
    assert passage(text, language).dir == way


VALUES = [
    (FieldKind.INSTANT, NOON, "2026-09-21 14:13 UTC"),
    (FieldKind.SPAN, 5_400_000, "1 h 30 min"),
    (FieldKind.SPAN, 5, "5 ms"),
    (FieldKind.PLACE, [-330_000_000, -5], "33.00000 S 0.00000 W"),
    (FieldKind.AREA, {"circle": [10, 20, 500]}, "0.00000 N 0.00000 E, 500 m"),
    (FieldKind.HEIGHT, [4_550, "AMSL"], "45.5 m AMSL"),
    (FieldKind.FLAG, True, "yes"),
    (FieldKind.MEMBERS, ["AAA", "BBB"], "AAA, BBB"),
    (FieldKind.COUNT, 7, "7"),
    (FieldKind.INSTANT, "not a time", "not a time"),
    (FieldKind.PLACE, {"x": None}, "{'x': None}"),
]


@pytest.mark.parametrize(("kind", "value", "told"), VALUES)
def test_a_value_is_told_by_its_kind_and_whatever_it_is_it_is_told(kind: FieldKind, value: object, told: str) -> None:
    field = Field("x", kind, words("X", "س", "ס"))
    assert [one.text for one in value_said(field, value, "en")] == [told]


def test_a_time_that_no_calendar_reaches_is_told_as_the_number_it_is() -> None:
    assert moment(1 << 60) == f"{1 << 60} ms"


# ---- by the hour ---------------------------------------------------------------------------------------------------


def test_the_next_sheet_is_due_at_a_whole_hour() -> None:
    assert next_hour_ms(NOON, 1) % HOUR_MS == 0
    assert 0 < next_hour_ms(NOON, 1) - NOON <= HOUR_MS
    assert next_hour_ms(5 * HOUR_MS, 1) == 6 * HOUR_MS
    assert next_hour_ms(5 * HOUR_MS, 4) == 8 * HOUR_MS


def test_the_languages_of_sheets_are_those_of_the_member_that_can_be_made() -> None:
    assert languages_of(("fr", "he", "ar")) == ("he", "ar")
    assert languages_of(("fr",)) == ("en",)


def test_old_sheets_go_and_nothing_else_does(tmp_path: Path) -> None:
    hours = [file_name(NOON - age * HOUR_MS, "ar") for age in range(6)]
    others = ["notes.txt", "continuity-x.pdf", "continuity-20200101T0000Z-ar.pdf.bak"]
    for name in (*hours, *others):
        (tmp_path / name).write_bytes(b"x")
    gone = prune(tmp_path, NOON, 3)
    assert sorted(one.name for one in gone) == sorted(hours[4:])
    assert {one.name for one in tmp_path.iterdir()} == {*hours[:4], *others}


def test_the_node_keeps_the_sheet_of_the_hour_for_its_owner_alone(tmp_path: Path) -> None:
    async def main() -> None:
        async with running_cell(tmp_path / "cell") as cell:
            of = await watch(cell)
            folder = cell.nodes[SYR].home.continuity_folder
            hourly = Hourly(of.gathering, folder, every_hours=1, keep_hours=2, languages=("en", "ar"))
            written = await hourly.once()
            assert [path.name[-6:] for path in written] == ["en.pdf", "ar.pdf"]
            assert folder.stat().st_mode & 0o777 == 0o700
            assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
            assert {path.name for path in folder.iterdir()} == {path.name for path in written}, (
                "nothing half-written is left"
            )
            assert of.flash in "".join(read(written[0].read_bytes()))
            soon = Hourly(of.gathering, tmp_path / "soon", every_hours=1, keep_hours=2, languages=("he",), first_s=0)
            running = asyncio.create_task(soon.run())
            await cell.until(lambda: len(list((tmp_path / "soon").glob("*-he.pdf"))) == 1, "the first sheet")
            await asyncio.sleep(0.1)
            assert not running.done(), "it waits for the next hour"
            running.cancel()
            assert len(await continuity_pdf(of.gathering, "he")) > 1_000

    asyncio.run(main())


def test_a_sheet_that_cannot_be_kept_is_logged_and_the_node_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def main() -> None:
        async with running_cell(tmp_path / "cell") as cell:
            of = await watch(cell)
            in_the_way = tmp_path / "file"
            in_the_way.write_bytes(b"")
            hourly = Hourly(of.gathering, in_the_way, every_hours=1, keep_hours=2, languages=("en",))
            with caplog.at_level(logging.WARNING, "parley.node"):
                assert await hourly.once() == []

    asyncio.run(main())
    assert "no continuity sheet" in caplog.text
