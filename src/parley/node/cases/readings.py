"""The card of a statement, for reading it aloud (see `procedure.readaloud`), as it stands in its case here."""

from __future__ import annotations

from dataclasses import dataclass

from parley.errors import BadInput, Refused
from parley.node.cases.case_views import renderings
from parley.node.cases.casework import Casework
from parley.node.core.core import NodeCore
from parley.procedure.critical import critical_in
from parley.procedure.readaloud import LANGUAGES, Spoken, card
from parley.procedure.references import letter_at
from parley.record.ids import ordinals
from parley.record.statement import Precedence


@dataclass(frozen=True, slots=True)
class SpokenView:
    """A piece: as `written`, and as `spoken`."""

    written: str
    spoken: str


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of the card. `critical`: what is read back."""

    name: str
    title: str
    parts: list[SpokenView]
    critical: bool


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A card. `banner` is read first in an exercise; `text` stands in `text_language`; both ends compare `check_words`."""

    banner: str | None
    reference: str
    case: str
    language: str
    lines: list[LineView]
    text: str
    text_language: str
    check_words: list[str]


def reading(core: NodeCore, casework: Casework, reference: str, language: str) -> ReadingView:
    """The card of the statement of that reference.

    Raises:
        BadInput: code ``language.unknown``.
        Refused: code ``statement.unknown``: it is in no case here; ``statement.withheld``: this member has no sight of it.
    """
    if language not in LANGUAGES:
        raise BadInput("language.unknown", "cannot be read aloud in it", field="language", rule=", ".join(LANGUAGES))
    mechanism = core.mechanism
    place = mechanism.place(reference.replace("-", " "))
    fold = casework.cases.case_of(place) if place is not None else None
    item = fold.item_at(mechanism.reference(place)) if fold is not None and place is not None else None
    if place is None or fold is None or item is None:
        raise Refused(
            "statement.unknown",
            f"no statement {reference[:24]} is in a case here",
            field="reference",
            rule="as in SYR 42",
        )
    act = item.act
    if act.content is None:
        raise Refused("statement.withheld", f"what {act.reference} says is not held here", field="reference")
    phrase = renderings(item.content).get(language)
    spoken = Spoken(
        act.reference, act.digest, item.kind, Precedence(act.precedence).name, mechanism.code(act.member), act.position,
        [mechanism.code(one) for one in ordinals(act.addressees) if one in mechanism.ordinals], act.at_ms, item.content,
        critical_in(item.kind, item.content), phrase.text if phrase is not None else None,
    )  # fmt: skip
    made = card(spoken, language, letter=f"-{letter_at(place.log, place.seq)}")
    return ReadingView(
        mechanism.banner, act.reference, fold.opening.reference, made.language,
        [LineView(one.name, one.title, [SpokenView(*part) for part in one.parts], one.critical) for one in made.lines], made.text,
        made.text_language, list(made.check_words),
    )  # fmt: skip
