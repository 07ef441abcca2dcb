"""The report of a drill: blocks of plain words, then Markdown, HTML or JSON of them.

What people wrote (positions, aliases) is shown with control characters escaped and isolated from the direction around it.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from parley.procedure.drill import scale
from parley.procedure.drill.score import Finding, MemberScore, Mistake, Score, Step, Verdict
from parley.procedure.drill.vocabulary import CAUSES, EXERCISES, FINDINGS, LABELS, MISTAKES, STEPS, VERDICTS
from parley.procedure.words import said
from parley.proof.words import moment, printable

LANGUAGES = ("en", "ar", "he")
RIGHT_TO_LEFT = frozenset({"ar", "he"})
_FSI, _PDI = "\u2068", "\u2069"
_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#14181d}"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}"
    "th,td{border:1px solid #b8c0c8;padding:.3rem .6rem;text-align:start;vertical-align:top}th{background:#eef1f4}"
    ".banner{font-weight:700;border:2px solid #8a6100;background:#fff4d6;padding:.5rem 1rem}"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a level, 1 or 2."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of text."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its heads."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Table


def json_report(found: Sequence[Score], banner: str | None) -> dict[str, Any]:
    """The scores as plain values."""
    return {"banner": banner, "drills": [asdict(one) for one in found]}


def as_markdown(found: Sequence[Score], banner: str | None, language: str) -> str:
    """The report in Markdown."""
    lines = [f"**{banner}**", ""] if banner else []
    for one in found:
        for block in blocks(one, language):
            lines += _markdown(block)
    return "\n".join(lines).rstrip() + "\n"


def as_html(found: Sequence[Score], banner: str | None, language: str) -> str:
    """The report as one page of HTML, which loads nothing."""
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    body = [f'<p class="banner" lang="en" dir="ltr">{html.escape(banner)}</p>'] if banner else []
    for one in found:
        body += [_html(block) for block in blocks(one, language)]
    title = html.escape(said(LABELS["title"], language))
    return (
        f'<!doctype html>\n<html lang="{language}" dir="{direction}">\n<head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head>\n<body>\n" + "\n".join(body) + "\n</body>\n</html>\n"
    )


def blocks(one: Score, language: str) -> Iterator[Block]:
    """The report of one drill."""

    def word(name: str) -> str:
        return said(LABELS[name], language)

    exercise = said(EXERCISES[one.exercise], language) if one.exercise in EXERCISES else _own(one.exercise)
    yield Heading(1, f"{exercise}: {_of_hundred(one.score, language)}")
    told = [
        (word("drill"), _own(one.drill)), (word("inject"), _own(one.inject)), (word("led-by"), _own(one.led_by)),
        (word("said"), _own(moment(one.said_ms))), (word("ended"), _own(moment(one.ended_ms))),
    ]  # fmt: skip
    if one.about is not None:
        told.append((word("about"), _own(one.about)))
    if one.cause is not None:
        told.append((word("cause"), _cause(one.cause, language)))
    yield Table((word("what"), word("value")), tuple(told))
    for member in one.members:
        yield from _member(member, language)


def _member(member: MemberScore, language: str) -> Iterator[Block]:
    def word(name: str) -> str:
        return said(LABELS[name], language)

    score = word("nothing-expected") if member.score is None else _of_hundred(member.score, language)
    yield Heading(2, f"{_own(member.code)}: {score}")
    if member.findings:
        heads = (word("what"), word("after"), word("by"), word("verdict"), word("points"))
        yield Table(heads, tuple(_finding(one, language) for one in member.findings))
    if member.steps:
        yield Paragraph(word("steps"))
        columns = (word("step"), word("came"), word("rung"), word("answered"), word("by"), word("verdict"))
        yield Table(columns, tuple(_step(one, language) for one in member.steps))
    if member.mistakes:
        yield Paragraph(word("mistakes"))
        heads = (word("mistake"), word("after"), word("detail"), word("statement"), word("points"))
        yield Table(heads, tuple(_mistake(one, language) for one in member.mistakes))
    elif member.findings:
        yield Paragraph(word("no-mistakes"))


def _finding(one: Finding, language: str) -> tuple[str, ...]:
    by = " ".join(part for part in (one.by, f"({one.reference})" if one.reference else "") if part)
    return (
        said(FINDINGS[one.name], language), _after(one.after_ms), _own(by), said(VERDICTS[one.verdict.value], language),
        _own(f"{one.earned} / {one.possible}"),
    )  # fmt: skip


def _step(one: Step, language: str) -> tuple[str, ...]:
    return (
        said(STEPS[one.name], language), _after(one.after_ms), _own(", ".join(one.rung)) or said(LABELS["everyone"], language),
        _after(one.answered_ms), _own(one.answered_by), said(VERDICTS[one.verdict.value], language),
    )  # fmt: skip


def _mistake(one: Mistake, language: str) -> tuple[str, ...]:
    detail = _cause(one.detail, language) if one.name == scale.BELIEVED else _own(one.detail)
    if one.name == scale.MISSED and one.detail in FINDINGS:
        detail = said(FINDINGS[one.detail], language)
    return (
        said(MISTAKES[one.name], language), _after(one.after_ms), detail, _own(one.reference), _own(f"−{one.cost}"),
    )  # fmt: skip


def _cause(name: str, language: str) -> str:
    return said(CAUSES[name], language) if name in CAUSES else _own(name)


def _of_hundred(score: int, language: str) -> str:
    return said(LABELS["of-hundred"], language).format(score=score)


def _after(ms: int | None) -> str:
    return "—" if ms is None else _own(f"{ms / 1000:+.1f} s")


def _own(text: str) -> str:
    """What is not of the report's language, isolated; "" stays so."""
    return f"{_FSI}{printable(text)}{_PDI}" if text else ""


def _markdown(block: Block) -> list[str]:
    match block:
        case Heading(level, text):
            return [f"{'#' * level} {_plain(text)}", ""]
        case Paragraph(text):
            return [_plain(text), ""]
        case Table(heads, rows):
            drawn = ["| " + " | ".join(_plain(cell) for cell in row) + " |" for row in (heads, *rows)]
            return [drawn[0], "| " + " | ".join("---" for _ in heads) + " |", *drawn[1:], ""]


def _plain(text: str) -> str:
    """Text that Markdown does not take for anything else."""
    for mark in "\\`*_[]<>|#":
        text = text.replace(mark, f"\\{mark}")
    return text


def _html(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"<h{level}>{_isolated(text)}</h{level}>"
        case Paragraph(text):
            return f"<p>{_isolated(text)}</p>"
        case Table(heads, rows):
            head = "".join(f'<th scope="col">{_isolated(cell)}</th>' for cell in heads)
            body = "".join("<tr>" + "".join(f"<td>{_isolated(cell)}</td>" for cell in row) + "</tr>" for row in rows)
            return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _isolated(text: str) -> str:
    return html.escape(text).replace(_FSI, "<bdi>").replace(_PDI, "</bdi>")


assert all(verdict.value in VERDICTS for verdict in Verdict), "every verdict has words"
