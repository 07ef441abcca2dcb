"""The continuity sheet of each hour, so that paper can take over: made by the running node, kept in a folder of its own, and
pruned by the rule of the settings (`[continuity]`).

A sheet that cannot be made is logged, and the node goes on: it is for the day when the node does not.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from parley.errors import ParleyError
from parley.node.sheets.gather import Gathering
from parley.node.sheets.layout import LANGUAGES, continuity_document
from parley.node.sheets.making import continuity_sheet
from parley.node.sheets.pdf import to_pdf
from parley.node.sheets.views import ContinuitySheet
from parley.procedure.declare import Kind

HOUR_MS = 3_600_000
FIRST_S = 60.0
"""How long after its start a node makes its first sheet: when lines are up and it has caught up."""
_NAME = re.compile(r"continuity-([0-9]{8}T[0-9]{4})Z-[a-z]{2}\.pdf", re.A)
log = logging.getLogger("parley.node")


def file_name(at_ms: int, language: str) -> str:
    """The name of the sheet of that minute."""
    return f"continuity-{_told(at_ms)}Z-{language}.pdf"


def next_hour_ms(now_ms: int, every_hours: int) -> int:
    """When the next sheet is due: at a whole hour."""
    step = every_hours * HOUR_MS
    return (now_ms // step + 1) * step


async def continuity_pdf(gathering: Gathering, language: str) -> bytes:
    """The continuity sheet as of now.

    Raises:
        Misconfigured: code ``sheet.fonts``.
    """
    sheet = continuity_sheet(await gathering.for_continuity())
    return await asyncio.to_thread(_pdf, sheet, language, gathering.kinds())


class Hourly:
    """See the module. `folder` is made where it is absent, for its owner alone."""

    def __init__(self, gathering: Gathering, folder: Path, *, every_hours: int, keep_hours: int, languages: Sequence[str], first_s: float = FIRST_S) -> None:  # fmt: skip
        self._gathering = gathering
        self._folder = folder
        self._every_hours = every_hours
        self._keep_hours = keep_hours
        self._languages = languages
        self._first_s = first_s

    async def run(self) -> None:
        """One sheet soon, then one at each hour that is due; until it is cancelled."""
        if self._every_hours:
            await asyncio.sleep(self._first_s)
        while self._every_hours:
            await self.once()
            now = self._gathering.now_ms()
            await asyncio.sleep((next_hour_ms(now, self._every_hours) - now) / 1000)

    async def once(self) -> list[Path]:
        """Make the sheets of now, and prune; what was written. A fault is logged, and tried again in the next hour."""
        written: list[Path] = []
        try:
            sheet = continuity_sheet(await self._gathering.for_continuity())
            for language in self._languages:
                made = await asyncio.to_thread(_pdf, sheet, language, self._gathering.kinds())
                path = self._folder / file_name(sheet.situation.at_ms, language)
                await asyncio.to_thread(_write, path, made)
                written.append(path)
            await asyncio.to_thread(prune, self._folder, sheet.situation.at_ms, self._keep_hours)
        except (ParleyError, OSError) as fault:
            log.warning("no continuity sheet: %s", fault)
        return written


def prune(folder: Path, now_ms: int, keep_hours: int) -> list[Path]:
    """Delete the sheets that are older than `keep_hours`; nothing else in the folder is touched."""
    oldest = _told(now_ms - keep_hours * HOUR_MS)
    gone = [path for path in folder.iterdir() if (match := _NAME.fullmatch(path.name)) and match[1] < oldest]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def languages_of(member: Sequence[str]) -> tuple[str, ...]:
    """The languages of a member in which sheets can be made; English where there are none."""
    return tuple(one for one in member if one in LANGUAGES) or ("en",)


def _pdf(sheet: ContinuitySheet, language: str, kinds: Mapping[str, Kind]) -> bytes:
    return to_pdf(continuity_document(sheet, language, kinds))


def _write(path: Path, made: bytes) -> None:
    """Whole or not at all, and readable by its owner alone."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    part = path.with_suffix(".part")
    file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(file, "wb") as out:
        out.write(made)
    part.replace(path)


def _told(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y%m%dT%H%M")
