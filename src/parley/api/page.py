"""The read-only page of the record: one HTML document, no script, nothing loaded from anywhere.

Every text a person wrote stands in an element of its own with ``dir="auto"`` and isolation, so that no direction leaks
into another's; everything is escaped. In an exercise the banner comes first. What a colour tells, a word tells too.

In a text in Arabic letters the parts of a hyphenated number would be shown from right to left (Unicode Bidirectional
Algorithm, W2 and W4), so that a date reads as another one: such numbers are isolated left to right.
"""

from __future__ import annotations

import re
from html import escape

from parley.api.style import STYLE
from parley.node.pages import Cursor
from parley.node.status import ForkStatus, LogStatus, NodeStatus, PeerStatus
from parley.node.views import EntryView, ReceiptView
from parley.proof.words import moment

SHORT_HEX_CHARS = 16
_HEX = re.compile(r"[0-9a-f]{32,}", re.A)
_HYPHENATED = re.compile(r"\d+(?:[-/]\d+)+")


def record_page(
    status: NodeStatus, views: list[EntryView], *, earlier: Cursor | None = None, latest: bool = True
) -> str:
    """The whole document.

    Args:
        status: the node's.
        views: the entries shown, in causal order; the page has the latest first.
        earlier: where what comes before them begins, if anything does.
        latest: whether nothing comes after them.
    """
    banner = f'<div class="sim" role="note">{escape(status.banner)}</div>' if status.banner else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(status.code)} · {escape(status.name)}</title><style>{STYLE}</style></head><body>{banner}"
        f"<header><h1>Record held by {escape(status.code)}</h1>"
        f'<p class="soft">{_bdi(status.name)} · mechanism <code>{escape(status.mechanism)}</code></p>'
        f"{_signing(status)}</header><main>{_forks(status.forks)}{_lines(status.peers)}{_logs(status.logs)}"
        f'<section aria-labelledby="record"><h2 id="record">Statements, in causal order, the latest first</h2>{_latest(latest, views)}'
        f'<ol class="record" reversed>{"".join(map(_entry, reversed(views)))}</ol>{_earlier(earlier)}</section></main></body></html>'
    )


def _signing(status: NodeStatus) -> str:
    if status.signing:
        return ""
    return (
        f'<p class="alarm" role="status">Not signing: {escape(status.signing_note or "")}. '
        f"{status.queued} statements queue and are not yet in the record.</p>"
    )


def _earlier(cursor: Cursor | None) -> str:
    return "" if cursor is None else f'<p><a href="/record?before={escape(str(cursor))}">Earlier statements</a></p>'


def _latest(latest: bool, views: list[EntryView]) -> str:
    if not latest:
        return '<p><a href="/record">Latest statements</a></p>'
    return "" if views else '<p class="soft">Nothing has been said yet.</p>'


# ---- the node ----------------------------------------------------------------------------------------------


def _lines(peers: list[PeerStatus]) -> str:
    lamps = "".join(map(_lamp, peers))
    return f'<section aria-labelledby="lines"><h2 id="lines">Lines</h2><ul class="lamps">{lamps}</ul></section>'


def _lamp(peer: PeerStatus) -> str:
    up = peer.line == "open"
    notes = [f"<span>{escape(peer.line)}</span>"]
    if peer.offset_ms is not None:
        far = ' <strong class="bad">far off</strong>' if peer.clock_warning else ""
        notes.append(f'<span class="soft">clock {peer.offset_ms:+d} ms{far}</span>')
    if peer.note and not up:
        notes.append(f'<span class="soft">{_bdi(peer.note)}</span>')
    return (
        f'<li class="{"up" if up else "down"}"><span class="dot" aria-hidden="true"></span><b>{escape(peer.code)}</b> '
        f"{''.join(notes)}</li>"
    )


def _forks(forks: list[ForkStatus]) -> str:
    if not forks:
        return ""
    rows = "".join(
        f"<tr><td>{escape(fork.log)}</td><td>{moment(fork.noticed_ms)}</td><td><pre>{escape(fork.first)}</pre></td>"
        f"<td><pre>{escape(fork.second)}</pre></td></tr>"
        for fork in forks
    )
    return (
        '<section aria-labelledby="forks"><h2 id="forks" class="bad">Forked logs: both signed checkpoints are kept</h2>'
        '<div class="wide"><table><thead><tr><th scope="col">log</th><th scope="col">noticed</th><th scope="col">one</th>'
        f'<th scope="col">other</th></tr></thead><tbody>{rows}</tbody></table></div></section>'
    )


def _logs(logs: list[LogStatus]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(log.code)}</th><td>{log.size}</td><td>{log.verified}</td><td>{log.missing}</td>'
        f"<td><code>{escape(log.root)}</code></td></tr>"
        for log in logs
    )
    return (
        '<section aria-labelledby="logs"><h2 id="logs">Logs held</h2><div class="wide"><table><thead><tr>'
        '<th scope="col">log</th><th scope="col">entries</th><th scope="col">verified to</th>'
        '<th scope="col">not arrived</th><th scope="col">root of the tree</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div></section>"
    )


# ---- statements --------------------------------------------------------------------------------------------


def _entry(view: EntryView) -> str:
    precedence = view.precedence or ""
    marks = [
        f'<b class="reference">{escape(view.reference)}</b>',
        f'<span class="precedence">{escape(precedence)}</span>' if precedence else "",
        f'<span class="kind">{escape(view.kind or "not shown here")}</span>',
        f"<span>{escape(view.author)}</span>" if view.author else "",
        f"<span>to {escape(', '.join(view.addressees))}</span>" if view.addressees else "",
        f"<span>case {escape(view.case)}</span>" if view.case else "",
        f"<time>{moment(view.at_ms)}</time>",
        f'<span class="standing">{escape(view.standing)}</span>',
    ]
    void = f'<p class="bad">Void, because: {_bdi(view.void)}</p>' if view.void else ""
    return (
        f'<li class="{escape(precedence)}"><div class="meta">{"".join(marks)}</div>{_said(view)}{void}'
        f'<div class="meta held">{_held(view)}</div></li>'
    )


def _held(view: EntryView) -> str:
    if not view.receipts:
        return "<span>no receipt yet, which proves nothing</span>"
    return "".join(
        f'<span class="good">held by {escape(one.holder)} <span class="soft">{_later(view, one)}, '
        f"receipt {escape(one.reference)}</span></span>"
        for one in view.receipts
    )


def _later(view: EntryView, receipt: ReceiptView) -> str:
    """A receipt's time; where it is of the same day as the entry, without the day."""
    day, _, hour = moment(receipt.at_ms).partition(" ")
    return hour if "-" in day and moment(view.at_ms).startswith(day) else f"{day} {hour}"


def _said(view: EntryView) -> str:
    if view.content is None:
        return f'<p class="soft">{escape(view.sight)}</p>' if view.sight else ""
    lang = escape(str(view.content.get("lang", "")))
    text = _readable(str(view.content.get("text", "")))
    source = view.content.get("source")
    if source is not None:
        return (
            f'<figure><blockquote class="said" dir="auto" lang="{lang}">{text}</blockquote><figcaption class="soft">'
            f"Quotation, nobody’s position. Source: {_bdi(str(source))}</figcaption></figure>"
        )
    said = f'<p class="said" dir="auto" lang="{lang}">{text}</p>' if text else ""
    return said + _further(view.content)


def _further(content: dict[str, object]) -> str:
    rest = [f"{_bdi(name)}: {_bdi(_brief(value))}" for name, value in content.items() if name not in ("text", "lang")]
    return f'<p class="soft further">{", ".join(rest)}</p>' if rest else ""


def _brief(value: object) -> str:
    """A field in a few words; the whole of it is in `parley show` and in the proof."""
    if isinstance(value, list):
        return ", ".join(map(_brief, value))
    text = str(value)
    return text[:SHORT_HEX_CHARS] + "…" if _HEX.fullmatch(text) else text


def _readable(text: str) -> str:
    return _HYPHENATED.sub(lambda number: f'<bdi dir="ltr">{number[0]}</bdi>', escape(text))


def _bdi(text: str) -> str:
    return f'<bdi dir="auto">{escape(text)}</bdi>'
