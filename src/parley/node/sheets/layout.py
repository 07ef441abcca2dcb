"""A continuity sheet as sections of tables in one language: what is printed, before anything is set in type. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from parley.node.cases.case_views import SilenceView
from parley.node.cases.ladder_views import LadderView
from parley.node.sheets import labels
from parley.node.sheets.values import (
    LANGUAGES,
    Paragraph,
    code,
    direction,
    fields_said,
    local,
    moment,
    passage,
    sentence,
)
from parley.node.sheets.views import ContinuitySheet, SaidView
from parley.procedure.clocks import ACKNOWLEDGE, ACKNOWLEDGE_TITLE
from parley.procedure.declare import Kind
from parley.procedure.words import FALLBACK, said

__all__ = ["LANGUAGES", "Document", "Section", "continuity_document"]

Cell = list[Paragraph]
WIDE, NARROW = "wide", "narrow"
PAPER_ROWS = 14
GROUP = 4
MAX_TEXT = 4_000
"""Letters of a text that are printed; the record has the whole."""


@dataclass(frozen=True, slots=True)
class Section:
    """A table under a title. `columns`: title and width of each; `blank`: empty rows to write in."""

    name: str
    title: str
    columns: list[tuple[str, str]]
    rows: list[list[Cell]]
    note: str | None = None
    blank: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """What is printed.

    Attributes:
        banner: on every page of an exercise.
        mark: on every page: whose it is alone.
        page: how a page says its number, with ``{number}`` and ``{count}``.
        facts: a label and what it says, above the sections.
    """

    language: str
    dir: str
    title: str
    banner: str | None
    mark: str
    page: str
    made_ms: int
    made: str
    none: str
    facts: list[tuple[str, list[Paragraph]]]
    sections: list[Section] = field(default_factory=list)


def continuity_document(sheet: ContinuitySheet, language: str, kinds: Mapping[str, Kind] | None = None) -> Document:
    """A sheet in a language; `kinds` as declared here, by name: what is not understood is shown as it stands."""
    made = sheet.situation.at_ms
    mark = sentence(labels.PRIVATE, language, member=sheet.member).text
    return Document(
        language, direction(language), said(labels.TITLE, language),
        None if sheet.banner is None else said(labels.SIMULATION, language), mark, said(labels.PAGE, language), made,
        moment(made), said(labels.NONE, language), _facts(sheet, language), _Sections(sheet, language, kinds or {}).all(),
    )  # fmt: skip


def _facts(sheet: ContinuitySheet, language: str) -> list[tuple[str, list[Paragraph]]]:
    made, situation = sheet.situation.at_ms, sheet.situation
    zone = sentence(labels.LOCAL, language, "small", zone=sheet.zone)
    own = next((one for one in situation.watches if one.member == sheet.member), None)
    watch = code(f"{sheet.member}/{own.position}", "strong") if own else sentence(labels.NO_ROSTER, language)
    counts = (("stops", situation.stops), ("clocks", situation.clocks), ("unread", situation.unread))
    return [
        (said(labels.MADE, language), [code(moment(made), "strong"), code(local(made, sheet.zone)), zone]),
        (said(labels.MECHANISM, language), [passage(sheet.name, ""), code(grouped(sheet.mechanism[:32]), "small")]),
        (said(labels.MEMBER, language), [code(sheet.member, "strong")]),
        (said(labels.ON_WATCH, language), [watch]),
        (
            said(labels.SUMMARY, language),
            [
                Paragraph(f"{said(labels.SECTIONS[name], language)}: {len(rows)}", direction(language))
                for name, rows in counts
            ],
        ),
    ]


def grouped(digits: str) -> str:
    """Hexadecimal digits in groups, to be read aloud."""
    return " ".join(digits[at : at + GROUP] for at in range(0, len(digits), GROUP))


class _Sections:
    """Makes the sections of one sheet in one language."""

    def __init__(self, sheet: ContinuitySheet, language: str, kinds: Mapping[str, Kind]) -> None:
        self._sheet = sheet
        self._language = language
        self._kinds = kinds

    def all(self) -> list[Section]:
        """In the order in which they are needed."""
        sheet, now = self._sheet, self._sheet.situation
        return [
            self._table("stops", ("reference", "what", "until", "ladder"), [
                [self._head(row.said), self._what(row.said), [code("" if row.until_ms is None else moment(row.until_ms))],
                 [line for one in row.ladders for line in self._ladder(one)]]
                for row in now.stops]),
            self._table("clocks", ("due", "whose", "reference", "what", "next"), [
                [[code(moment(row.clock.due_ms), "alarm" if row.missed else "plain"), *self._missed(row.missed)],
                 [code(row.clock.member)], [code(row.clock.about, "strong"), self._precedence(row.clock.precedence)],
                 [self._words(row.clock.title), *self._case(row.clock.about, row.clock.case), self._kind(row.clock.kind)],
                 [self._kind(kind) for kind in row.next]]
                for row in now.clocks]),
            self._table("unread", ("reference", "from", "what", "waits"), [
                [self._head(one), self._from(one), self._what(one), [code(", ".join(one.waits_for), "strong")]]
                for one in now.unread]),
            self._table("clarifications", ("reference", "asker", "what"), [
                [[code(row.said.reference, "strong")], [code(row.asker), code(moment(row.opened_ms), "small")],
                 [*self._what(row.said), *self._read_back(row.fields)]]
                for row in now.clarifications]),
            self._table("ahead", ("when", "reference", "what", "state"), [
                [[code(moment(row.from_ms)), *([code(moment(row.until_ms))] if row.until_ms is not None else []),
                  self._words(row.title, "small")], [code(row.said.reference, "strong")], self._what(row.said),
                 [self._words(row.said.state_title)]]
                for row in now.ahead]),
            self._table("watches", ("member", "position", "alternates", "by"), [
                [[code(one.member, "strong")], [code(one.position, "strong")], [code(", ".join(one.alternates))],
                 [code(one.handover or one.roster), *self._handing(one.handing)]]
                for one in now.watches]),
            self._table("silence", ("member", "state", "evidence"), [
                [[code(one.code, "strong")], [self._standing(one)], self._evidence(one)] for one in now.silence]),
            self._table("orders", ("order", "given", "when"), [
                [[passage(_short(one.body.text), one.body.language)], [passage(one.body.given_by, "")],
                 [code(moment(at)) for at in (one.body.from_ms, one.body.until_ms) if at is not None]]
                for one in now.orders]),
            self._table("contacts", ("name", "telephones", "languages", "note"), [
                [[passage(one.body.name, "", "strong"), *self._texts((one.body.position, one.body.body), one.body.language)],
                 [code(number, "strong") for number in one.body.telephones], [code(", ".join(one.body.languages))],
                 self._texts((one.body.hours, one.body.note), one.body.language)]
                for one in sheet.contacts]),
            self._table("log", ("number", "when", "position", "what"), [
                [[code(str(one.number))], [code(moment(one.at_ms))], [code(one.position)],
                 [passage(_short(one.text), one.language), *self._corrections(one.corrects, one.corrected_by),
                  *([code(", ".join(one.references), "small")] if one.references else [])]]
                for one in sheet.log]),
            self._table("traffic", ("reference", "when", "from", "what", "state"), [
                [self._head(one), [code(moment(one.at_ms))], self._from(one), self._what(one),
                 [self._words(one.state_title, "small"), *([code(", ".join(one.waits_for), "alarm")] if one.waits_for else [])]]
                for one in sheet.traffic]),
            self._table("heads", ("log", "size", "root"), [
                [[code(one.log, "strong")], [code(str(one.size))], [code(grouped(one.root))]] for one in sheet.heads]),
            self._table("paper", ("when", "from", "to", "what"), [], blank=PAPER_ROWS),
        ]  # fmt: skip

    # ---- inside ------------------------------------------------------------------------------------------------

    def _table(self, name: str, columns: Sequence[str], rows: list[list[Cell]], blank: int = 0) -> Section:
        wide = {"what", "evidence", "order", "note", "root"}
        left_out = self._sheet.situation.left_out.get(name)
        note = said(labels.LEFT_OUT, self._language).replace("{count}", str(left_out)) if left_out else None
        titles = [(said(labels.COLUMNS[one], self._language), WIDE if one in wide else NARROW) for one in columns]
        return Section(name, said(labels.SECTIONS[name], self._language), titles, rows, note, blank)

    def _head(self, one: SaidView) -> Cell:
        return [code(one.reference, "strong"), self._precedence(one.precedence)]

    def _precedence(self, name: str) -> Paragraph:
        label = labels.PRECEDENCES.get(name, {FALLBACK: name})
        return self._words(label, "alarm" if name == "FLASH" else "small")

    def _from(self, one: SaidView) -> Cell:
        return [code(f"{one.author}/{one.position}"), code(", ".join(one.addressees), "small")]

    def _what(self, one: SaidView) -> Cell:
        kind = self._kinds.get(one.kind)
        told = [self._words(kind.title if kind is not None else {FALLBACK: one.kind}, "strong")]
        if one.content is None:
            return [*told, self._words(labels.WITHHELD, "small")]
        done = one.content.get("time")
        if one.kind == "paper" and isinstance(done, int):
            told.append(sentence(labels.DONE_ON_PAPER, self._language, "alarm", at=moment(done)))
        fields = kind.fields if kind is not None else ()
        return told + [
            Paragraph(_short(part.text), part.dir, part.style)
            for part in fields_said(fields, one.content, one.phrase, self._language)
        ]

    def _kind(self, name: str) -> Paragraph:
        if name == ACKNOWLEDGE:
            return self._words(ACKNOWLEDGE_TITLE, "small")
        kind = self._kinds.get(name)
        return self._words(kind.title if kind is not None else {FALLBACK: name}, "small")

    def _case(self, about: str, case: str) -> Cell:
        return [code(case, "small")] if case != about else []

    def _words(self, label: Mapping[str, str], style: str = "plain") -> Paragraph:
        tag = self._language if label.get(self._language) else FALLBACK
        return Paragraph(said(label, self._language), direction(tag), style)

    def _missed(self, missed: bool) -> Cell:
        return [self._words(labels.MISSED, "alarm")] if missed else []

    def _ladder(self, ladder: LadderView) -> Cell:
        last = ladder.rungs[-1] if ladder.rungs else None
        rung = labels.RUNGS.get(last.rung if last else "signed", {FALLBACK: last.rung if last else ""})
        at = [code(moment(last.at_ms), "small")] if last else []
        return [code(ladder.member, "strong"), self._words(rung), *at, *self._read_back(ladder.mismatched)]

    def _read_back(self, fields: Sequence[str]) -> Cell:
        return [sentence(labels.READ_BACK, self._language, "alarm", fields=", ".join(fields))] if fields else []

    def _handing(self, reference: str | None) -> Cell:
        return [sentence(labels.HANDING, self._language, "small", reference=reference)] if reference else []

    def _standing(self, one: SilenceView) -> Paragraph:
        label = labels.STANDINGS.get((one.standing, one.cause), labels.UNKNOWN_CAUSE)
        return self._words(label, "strong" if one.standing == "reachable" else "alarm")

    def _evidence(self, one: SilenceView) -> Cell:
        return [
            sentence(
                labels.EVIDENCE.get(each.code, {FALLBACK: each.code}), self._language, "small", peer=one.code,
                at=moment(each.at_ms), by=each.by, reference=each.arguments.get("reference", ""),
            )
            for each in one.evidence
        ]  # fmt: skip

    def _corrections(self, corrects: int | None, corrected_by: int | None) -> Cell:
        pairs = ((labels.CORRECTS, corrects), (labels.CORRECTED, corrected_by))
        return [
            sentence(label, self._language, "small", number=str(number))
            for label, number in pairs
            if number is not None
        ]

    def _texts(self, texts: Sequence[str], language: str) -> Cell:
        return [passage(_short(one), language, "small") for one in texts if one.strip()]


def _short(text: str) -> str:
    return text if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]}…"
