"""A notice as plain data: what `parley.exchange` puts into other systems' formats. Made from statements elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from parley.errors import BadInput
from parley.geo.volumes import Volume4D, check_count

MAX_TITLE_CHARS = 120
MAX_TEXT_CHARS = 2_000


class Activity(StrEnum):
    """What is going to happen, or what an area is."""

    AIR = "air"
    GROUND = "ground"
    SEA = "sea"
    FIRE = "fire"
    EXERCISE = "exercise"
    ENGINEERING = "engineering"
    HUMANITARIAN = "humanitarian"
    STOP = "stop"
    AVOID = "avoid"
    """An area to keep out of: a protected site, a separation area, restricted airspace."""
    LIMITED = "limited-forces"
    """An area in which forces are limited; nobody is asked to keep out of it."""
    CORRIDOR = "corridor"
    STANDSTILL = "standstill"
    """A halt that those concerned confirm: unlike a STOP, which one calls."""


class Phase(StrEnum):
    """Where a notice stands."""

    PLANNED = "planned"
    ACTIVE = "active"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice.

    Attributes:
        reference: as it is said on a telephone, ``SYR 42``.
        version: grows with every amendment, from 1.
        member: code of whose it is.
        title, text: in the words of whoever filed it; the text may be empty.
        language: of both, a BCP 47 tag.
        filed_ms: when it was filed, Unix ms.
        simulation: of an exercise; every format marks it so.
    """

    reference: str
    version: int
    member: str
    activity: Activity
    phase: Phase
    title: str
    text: str
    language: str
    filed_ms: int
    volumes: tuple[Volume4D, ...]
    simulation: bool = False

    def __post_init__(self) -> None:
        check_count(self.volumes)
        if not self.title.strip() or len(self.title) > MAX_TITLE_CHARS or len(self.text) > MAX_TEXT_CHARS:
            raise BadInput(
                "geo.notice", "the title or the text is missing or too long", field="title",
                rule=f"at most {MAX_TITLE_CHARS} and {MAX_TEXT_CHARS} characters",
            )  # fmt: skip
        if self.version < 1:
            raise BadInput("geo.notice", "versions count from 1", field="version")

    @property
    def start_ms(self) -> int:
        """When the first of its volumes begins."""
        return min(volume.time_start_ms for volume in self.volumes)

    @property
    def end_ms(self) -> int:
        """When the last of its volumes ends."""
        return max(volume.time_end_ms for volume in self.volumes)
