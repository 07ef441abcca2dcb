"""What is private is absent, byte for byte, from every line and from every other member's directory, whatever is said meanwhile.

Random words in three scripts are written by an officer, over the API of a real node, as every private thing there is. They are
then looked for in all that this node handed to TLS, and in every file of the others, in any encoding that leaves them whole.
"""

from __future__ import annotations

import asyncio
import base64
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from parley.api.app import compose
from parley.api.context import Context
from parley.link.tls import TlsChannel
from parley.node.private import PrivateStore
from parley.node.sheets.canon import sheet_bytes
from parley.node.sheets.gather import Gathering
from parley.node.sheets.hourly import Hourly
from parley.node.sheets.making import handover_sheet
from tests.api.conftest import Desk
from tests.node.cells import RunningCell, running_cell

ISR, SYR, USA = 0, 1, 2
ALPHABETS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "he": "אבגדהוזחטיכלמנסעפצקרשת",
}
LETTERS = 20
PIECE = 10
"""As much of a word as would give it away, however a file or frame cuts it."""


def word(chance: random.Random, language: str) -> str:
    return "".join(chance.choice(ALPHABETS[language]) for _ in range(LETTERS))


def encodings(text: str) -> Iterator[bytes]:
    """Ways to write a text that leave it whole."""
    for codec in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "cp1255", "cp1256", "iso8859-6", "iso8859-8"):
        try:
            raw = text.encode(codec)
        except UnicodeEncodeError:
            continue
        yield raw
        yield raw.hex().encode()
        yield raw.hex().upper().encode()
        for shift in range(3):  # base64 of a longer text has it at one of three places
            sure = slice(-(-8 * shift // 6), 8 * (shift + len(raw)) // 6)  # what its neighbours do not change
            whole = base64.b64encode(bytes(shift) + raw)[sure]
            yield whole
            yield whole.translate(bytes.maketrans(b"+/", b"-_"))
    yield json.dumps(text)[1:-1].encode()
    yield quote(text).encode()
    yield quote(text).lower().encode()
    yield text[::-1].encode()


def traces(text: str) -> frozenset[bytes]:
    pieces = (text[:PIECE], text[PIECE:])
    return frozenset(one for piece in pieces for one in encodings(piece) if len(one) >= PIECE)


def held(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, without the zeros that a log was grown by."""
    return {
        str(path.relative_to(folder)): path.read_bytes().rstrip(b"\0") for path in folder.rglob("*") if path.is_file()
    }


def found(text: str, files: dict[str, bytes]) -> set[str]:
    return {name for name, data in files.items() if any(trace in data for trace in traces(text))}


def test_a_trace_is_found_however_it_is_written() -> None:
    """So that what is not found is not there."""
    chance = random.Random(7)
    for language in ALPHABETS:
        text = word(chance, language)
        raw = text.encode()
        for shown in (
            raw, b"x" + raw, text.encode("utf-16"), base64.b64encode(b"ab" + raw + b"yz"), base64.urlsafe_b64encode(b"a" + raw),
            json.dumps({"text": f"SIMULATION {text}"}).encode(), quote(f"SIMULATION {text}!").encode(), raw.hex().encode(),
        ):  # fmt: skip
            assert found(text, {"file": b"\x00before" + shown + b"after"}) == {"file"}, (language, shown)
        assert found(text, {"file": word(chance, language).encode()}) == set()


@pytest.mark.slow
def test_what_is_private_is_in_no_frame_and_in_no_file_of_another_member(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed: list[bytes] = []
    seal = TlsChannel.seal

    def listened(channel: TlsChannel, data: bytes) -> bytes:
        sealed.append(bytes(data))
        return seal(channel, data)

    monkeypatch.setattr(TlsChannel, "seal", listened)
    chance = random.Random()
    words: dict[str, str] = {}

    def secret(what: str, language: str) -> str:
        words[f"{what}, {language}"] = found = word(chance, language)
        return f"SIMULATION {found}"

    async def main() -> str:
        async with running_cell(tmp_path) as cell:
            context = Context.of(cell.nodes[ISR])
            app = compose(context)
            desk = Desk(cell.cell, cell.nodes[ISR], context, httpx.AsyncClient(), app)  # type: ignore[arg-type]
            officer = await desk.sign_on("duty-1", cell.cell.officers[ISR])
            told = word(chance, "en")
            await cell.say(ISR, "message", {"text": f"SIMULATION {told}", "lang": "en"}, precedence="FLASH")
            for language in ALPHABETS:
                await write_everything(officer, secret, language)
                await busy(cell)
            await sheets(cell, context.private)
            await deletes_for_good(officer, cell, chance)
            cell.nodes[SYR].cut("ISR")  # what follows is caught up with later, and relayed by others meanwhile
            await busy(cell)
            cell.nodes[SYR].restore("ISR")
            last = await cell.say(ISR, "message", {"text": "SIMULATION", "lang": "en"}, precedence="FLASH")
            await cell.until(lambda: all(cell.case(n, last) is not None for n in range(3)), "all is everywhere")
            await officer.aclose()
            context.close()
            return told

    told = asyncio.run(main())
    homes = [found_home(tmp_path, n) for n in range(3)]
    files = [held(home) for home in homes]
    frames = {"frames": b"".join(sealed)}
    assert found(told, frames), "what is said on the line is seen by this test"
    assert all(found(told, files[n]) for n in range(3)), "and in every member's files"
    for name, text in words.items():
        assert found(text, files[ISR]) & {"private.db", "private.db-wal"}, f"{name}: is kept, and this test can find it"
        assert found(text, files[ISR]) <= {"private.db", "private.db-wal"}, f"{name}: in no other file of its own node"
        assert found(text, frames) == set(), f"{name}: in no frame"
        for n in (SYR, USA):
            assert found(text, files[n]) == set(), f"{name}: in no file of another member"


def found_home(folder: Path, n: int) -> Path:
    homes = sorted(path.parent for path in folder.rglob("node.toml"))
    code = ("ISR", "SYR", "USA")[n]
    return next(home for home in homes if f'code = "{code}"' in (home / "node.toml").read_text("utf-8"))


async def write_everything(officer: httpx.AsyncClient, secret, language: str) -> None:  # type: ignore[no-untyped-def]
    draft = {
        "kind": "message", "channel": "line", "addressees": ["SYR"], "language": language,
        "content": {"text": secret("draft", language), "lang": language},
    }  # fmt: skip
    made = await officer.post("/api/v1/drafts", json=draft)
    answers = [
        made,
        await officer.post(f"/api/v1/drafts/{made.json()['id']}/notes", json={"text": secret("note", language)}),
        await officer.post("/api/v1/private/log", json={"text": secret("log", language), "language": language}),
        await officer.post(
            "/api/v1/private/contacts",
            json={"name": secret("name", language), "telephones": ["+00 1"], "note": secret("contact", language)},
        ),
        await officer.post(
            "/api/v1/private/orders",
            json={"text": secret("order", language), "language": language, "given_by": secret("giver", language)},
        ),
    ]
    assert [one.status_code for one in answers] == [201] * len(answers), [one.text for one in answers]


async def busy(cell: RunningCell) -> None:
    """Traffic of all sorts."""
    now = int(time.time() * 1000)
    opened = []
    for n in range(3):
        opened.append(await cell.say(n, "message", {"text": "SIMULATION: one", "lang": "en"}, precedence="PRIORITY"))
        await cell.say(n, "service", {"text": "SIMULATION: two", "lang": "en"})
        await cell.say(n, "paper", {"time": now, "text": "SIMULATION: three", "lang": "en"})
    await cell.until(lambda: cell.case(ISR, opened[0]) is not None, "the first message")
    area = {"circle": [330_000_000, 361_234_567, 500]}
    stop = await cell.say(ISR, "stop", {"area": area, "activity": "fire", "until": now + 60_000}, precedence="FLASH")
    await cell.say(ISR, "withdraw", {"reason": "SIMULATION", "lang": "en"}, case=stop)
    await cell.say(ISR, "correction", {"text": "SIMULATION: four", "lang": "en"}, case=opened[0], about=[opened[0]])
    await cell.say(ISR, "close", case=opened[0])


async def sheets(cell: RunningCell, private: PrivateStore) -> None:
    """The sheets that are made of it; the digest of one is said on the line."""
    gathering = Gathering(cell.nodes[ISR], private)
    sheet = handover_sheet(await gathering.for_handover(), "duty-1", "duty-1")
    assert sheet.log
    assert sheet.situation.orders
    kept = private.sheets.keep(sheet_bytes(sheet), sheet.made_ms, "duty-1", "duty-1")
    handover = await cell.say(ISR, "handover", {"to": "duty-1", "sheet": kept.digest})
    await cell.say(ISR, "take-over", {"sheet": kept.digest}, case=handover)
    folder = cell.nodes[ISR].home.continuity_folder
    await Hourly(gathering, folder, every_hours=1, keep_hours=1, languages=("en", "ar", "he")).once()


async def deletes_for_good(officer: httpx.AsyncClient, cell: RunningCell, chance: random.Random) -> None:
    """What is deleted is in no file any more, of its own node either."""
    gone = [word(chance, language) for language in ALPHABETS]
    home = cell.nodes[ISR].home.path
    made = []
    for text in gone:
        said = {
            "drafts": {"kind": "message", "channel": "line", "content": {"text": text}},
            "private/contacts": {"name": text, "telephones": ["+00 1"]},
            "private/orders": {"text": text, "given_by": text},
        }
        for path, body in said.items():
            answer = await officer.post(f"/api/v1/{path}", json=body)
            made.append(f"/api/v1/{path}/{answer.json()['id']}")
    assert all(found(text, held(home)) for text in gone)
    for path in made:
        assert (await officer.delete(path, headers={"If-Match": '"1"'})).status_code == 204
    assert [found(text, held(home)) for text in gone] == [set()] * len(gone)
