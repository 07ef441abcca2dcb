"""Hypothesis strategies for drafts that keep the rules."""

from __future__ import annotations

from hypothesis import strategies as st

from parley.charter.charter import CharterDraft
from parley.charter.terms import Channel, Clocks, KindRule, Level, Mandate, OnDuty, Quotas, Role, Seat, Terms
from parley.record.ids import MemberCode, MemberSet, members
from parley.record.statement import Precedence

CODES = st.from_regex(r"[A-Z][A-Z0-9]{0,4}[A-Z]", fullmatch=True)
SLUGS = st.from_regex(r"[a-z][a-z0-9-]{0,11}", fullmatch=True).filter(
    lambda name: name not in {"directory", "charter", "log", "root", "registrar"}
)
TITLES = st.text(st.sampled_from("aZ9 .,'\"\\-שלוםعربيé€\u200c"), min_size=1, max_size=20).filter(str.strip)
LANGUAGES = st.lists(st.sampled_from(["ar", "en", "fr", "he", "zh-Hant", "pt-BR"]), min_size=1, unique=True, max_size=3)
CLOCKS = st.integers(1, 10**9)

AREAS = st.one_of(
    st.just(()),
    st.builds(
        lambda south, west, height, width: (
            (south, west), (south, west + width), (south + height, west + width), (south + height, west)
        ),
        st.integers(-600_000_000, 500_000_000), st.integers(-1_800_000_000, 1_700_000_000),
        st.integers(10_000, 50_000_000), st.integers(10_000, 50_000_000),
    ),
)  # fmt: skip
"""None, or a rectangle."""


@st.composite
def drafts(draw: st.DrawFn) -> CharterDraft:
    """A draft of 2 to 8 members."""
    codes = draw(st.lists(CODES, min_size=2, max_size=8, unique=True))
    seats = tuple(
        Seat(MemberCode(code), draw(TITLES), draw(st.sampled_from(Role)), tuple(draw(LANGUAGES))) for code in codes
    )
    channels = draw(_channels(len(seats)))
    mandates = tuple(
        Mandate(
            name,
            draw(TITLES),
            draw(st.sampled_from(Precedence)),
            tuple(draw(st.lists(st.sampled_from(Role), min_size=1, unique=True))),
        )
        for name in draw(st.lists(SLUGS, min_size=1, max_size=4, unique=True))
    )
    facilitated = any(seat.role == Role.FACILITATOR for seat in seats)
    terms = Terms(
        name=draw(TITLES),
        description=draw(TITLES),
        exercise=draw(st.booleans()),
        channels=channels,
        kinds=draw(_kinds(len(channels), [mandate.name for mandate in mandates])),
        mandates=mandates,
        clocks=draw(_clocks(facilitated)),
        quotas=Quotas(*(draw(st.integers(1, 10**6)) for _ in range(3))),
        levels=tuple(
            Level(name, draw(TITLES), draw(CLOCKS)) for name in draw(st.lists(SLUGS, max_size=3, unique=True))
        ),
        purposes=tuple(draw(st.lists(TITLES, max_size=3, unique=True))),
        on_duty=draw(_on_duty([mandate.name for mandate in mandates])),
        area=draw(AREAS),
    )
    return CharterDraft(seats, terms)


@st.composite
def _on_duty(draw: st.DrawFn, mandates: list[str]) -> OnDuty | None:
    if len(mandates) < 2 or draw(st.booleans()):
        return None
    at = draw(st.integers(1, len(mandates) - 1))
    return OnDuty(tuple(mandates[:at]), tuple(mandates[at:]), draw(st.booleans()))


@st.composite
def _channels(draw: st.DrawFn, count: int) -> tuple[Channel, ...]:
    channels: list[Channel] = []
    for index, name in enumerate(draw(st.lists(SLUGS, min_size=1, max_size=4, unique=True))):
        content = members(draw(st.sets(st.integers(0, count - 1), min_size=2)))
        others = members(draw(st.sets(st.integers(0, count - 1))))
        statement = MemberSet(content | others)
        channels.append(Channel(index + 1, name, draw(TITLES), content, statement, draw(st.booleans())))
    return tuple(channels)


@st.composite
def _kinds(draw: st.DrawFn, channels: int, mandates: list[str]) -> tuple[KindRule, ...]:
    names = st.one_of(SLUGS, st.builds("{}.{}".format, SLUGS, SLUGS))
    return tuple(
        KindRule(
            name,
            draw(st.integers(1, 3)),
            draw(SLUGS),
            tuple(draw(st.lists(st.integers(1, channels), min_size=1, unique=True))),
            tuple(draw(st.lists(st.sampled_from(mandates), min_size=1, unique=True))),
            tuple(draw(st.lists(st.sampled_from(mandates), max_size=2, unique=True))),
        )
        for name in draw(st.lists(names, min_size=1, max_size=6, unique=True))
    )


@st.composite
def _clocks(draw: st.DrawFn, facilitated: bool) -> Clocks:
    routine, priority, immediate, flash = sorted((draw(CLOCKS) for _ in range(4)), reverse=True)
    rings = sorted(draw(st.sets(CLOCKS, max_size=4)))
    facilitator = draw(st.none() | st.just(rings[-1] + 1 if rings else 1)) if facilitated else None
    names = draw(st.lists(st.builds("{}.{}".format, SLUGS, SLUGS), max_size=3, unique=True))
    return Clocks(
        (routine, priority, immediate, flash), tuple(rings), facilitator, tuple((name, draw(CLOCKS)) for name in names)
    )
