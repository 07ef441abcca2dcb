"""The read-only page of the record: one HTML document, no script, nothing loaded from anywhere.

Every text a person wrote stands in an element of its own with ``dir="auto"`` and isolation, so that no direction leaks
into another's; everything is escaped. In an exercise the banner comes first.
"""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

from parley.node.status import NodeStatus, PeerStatus
from parley.node.views import EntryView

STYLE = """
:root{color-scheme:light dark;--ink:#14181d;--soft:#59636e;--paper:#f7f7f4;--card:#fff;--line:#d9dcd6;--good:#14703c;
--bad:#b3261e;--flash:#b3261e;--immediate:#a85400;--priority:#1f5fa8;--routine:#59636e;--sim:#7a4b00;--simbg:#fff3d6}
@media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#a2abb5;--paper:#101317;--card:#181c22;--line:#2c323a;
--good:#62c98d;--bad:#ff8a80;--flash:#ff8a80;--immediate:#ffb366;--priority:#8bbcff;--routine:#a2abb5;--sim:#ffd98a;--simbg:#3a2c08}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,"Noto Sans","Noto Sans Arabic","Noto Sans Hebrew",sans-serif}
.sim{background:var(--simbg);color:var(--sim);font-weight:700;text-align:center;padding:.5rem 1rem;letter-spacing:.02em}
header,main{max-width:76rem;margin:0 auto;padding:1rem 1.25rem}h1{font-size:1.35rem;margin:.2rem 0}h2{font-size:1rem;margin:1.4rem 0 .5rem}
.soft{color:var(--soft)}code{font:.85em/1.4 ui-monospace,monospace;overflow-wrap:anywhere}
.lamps{display:flex;flex-wrap:wrap;gap:.6rem;padding:0;margin:.6rem 0;list-style:none}
.lamps li{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.45rem .75rem}
.dot{display:inline-block;inline-size:.65rem;block-size:.65rem;border-radius:50%;margin-inline-end:.45rem;background:var(--bad)}.dot.up{background:var(--good)}
ol.record{list-style:none;padding:0;margin:0;display:grid;gap:.6rem}
ol.record>li{background:var(--card);border:1px solid var(--line);border-inline-start:.3rem solid var(--routine);border-radius:.5rem;padding:.7rem .95rem}
li.FLASH{border-inline-start-color:var(--flash)}li.IMMEDIATE{border-inline-start-color:var(--immediate)}li.PRIORITY{border-inline-start-color:var(--priority)}
.meta{display:flex;flex-wrap:wrap;gap:.2rem .9rem;font-size:.87rem;color:var(--soft)}.meta b{color:var(--ink)}
.FLASH .prec{color:var(--flash)}.IMMEDIATE .prec{color:var(--immediate)}.PRIORITY .prec{color:var(--priority)}.prec{font-weight:700}
.said{font-size:1.06rem;margin:.35rem 0;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate}
blockquote.said{border-inline-start:.2rem solid var(--line);margin-inline:0;padding-inline-start:.8rem;font-style:italic}
.void{color:var(--bad);font-weight:600}.ok{color:var(--good)}
table{border-collapse:collapse;inline-size:100%;background:var(--card)}th,td{border:1px solid var(--line);padding:.35rem .6rem;text-align:start;font-size:.9rem}
""".strip()


def record_page(status: NodeStatus, views: list[EntryView]) -> str:
    """The whole document."""
    banner = f'<div class="sim" role="note">{escape(status.banner)}</div>' if status.banner else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(status.code)} · {escape(status.name)}</title><style>{STYLE}</style></head><body>{banner}"
        f"<header><h1>Record held by {escape(status.code)}</h1>"
        f'<p class="soft"><bdi dir="auto">{escape(status.name)}</bdi> · mechanism <code>{status.mechanism}</code></p>'
        f"{_signing(status)}</header><main>{_lines(status)}{_forks(status)}{_logs(status)}"
        f'<h2>Statements, in causal order ({len(views)})</h2><ol class="record">{"".join(map(_entry, views))}</ol>'
        "</main></body></html>"
    )


def _signing(status: NodeStatus) -> str:
    if status.signing:
        return ""
    return f'<p class="void">Not signing: {escape(status.signing_note or "")} ({status.queued} queued)</p>'


def _lines(status: NodeStatus) -> str:
    return f'<h2>Lines</h2><ul class="lamps">{"".join(map(_lamp, status.peers))}</ul>'


def _lamp(peer: PeerStatus) -> str:
    up = " up" if peer.line == "open" else ""
    notes = [peer.line]
    if peer.offset_ms is not None:
        notes.append(f"clock {peer.offset_ms:+d} ms" + (" — far off" if peer.clock_warning else ""))
    if peer.note and not up:
        notes.append(peer.note)
    return f'<li><span class="dot{up}" aria-hidden="true"></span><b>{escape(peer.code)}</b> {escape("; ".join(notes))}</li>'


def _forks(status: NodeStatus) -> str:
    if not status.forks:
        return ""
    rows = "".join(
        f"<tr><td>{escape(fork.log)}</td><td>{_time(fork.noticed_ms)}</td><td><code>{escape(fork.first)}</code></td>"
        f"<td><code>{escape(fork.second)}</code></td></tr>"
        for fork in status.forks
    )
    return f'<h2 class="void">Forked logs: both signed checkpoints are kept</h2><table><tr><th>log<th>noticed<th>one<th>other</tr>{rows}</table>'


def _logs(status: NodeStatus) -> str:
    rows = "".join(
        f"<tr><td>{escape(log.code)}</td><td>{log.size}</td><td>{log.verified}</td><td>{log.missing}</td><td><code>{log.root}</code></td></tr>"
        for log in status.logs
    )
    return f"<h2>Logs held</h2><table><tr><th>log<th>entries<th>verified to<th>not arrived<th>root</tr>{rows}</table>"


def _entry(view: EntryView) -> str:
    void = f'<p class="void">Void, because: {escape(view.void)}</p>' if view.void else ""
    held = ", ".join(f"{escape(one.holder)} {_time(one.at_ms)} ({escape(one.reference)})" for one in view.receipts)
    to = f"<span>to {escape(', '.join(view.addressees))}</span>" if view.addressees else ""
    case = f"<span>case {escape(view.case)}</span>" if view.case else ""
    return (
        f'<li class="{escape(view.precedence or "")}"><div class="meta"><b>{escape(view.reference)}</b>'
        f'<span class="prec">{escape(view.precedence or "")}</span><span>{escape(view.kind or "entry")}</span>'
        f"<span>{escape(view.author or '')}</span>{to}{case}<span>{_time(view.at_ms)}</span><span>{view.standing}</span></div>"
        f'{_said(view)}{void}<div class="meta"><span class="{"ok" if held else ""}">held by: {held or "no receipt yet"}</span></div></li>'
    )


def _said(view: EntryView) -> str:
    if view.content is None:
        return f'<p class="soft">{escape(view.sight)}</p>' if view.sight else ""
    lang = escape(str(view.content.get("lang", "")))
    text = escape(str(view.content.get("text", "")))
    source = view.content.get("source")
    if source is not None:
        return (
            f'<blockquote class="said" dir="auto" lang="{lang}">{text}</blockquote>'
            f'<p class="soft">Quotation, nobody’s position. Source: <bdi dir="auto">{escape(str(source))}</bdi></p>'
        )
    rest = ", ".join(
        f"{escape(name)}: {escape(str(value))}" for name, value in view.content.items() if name not in ("text", "lang")
    )
    said = f'<p class="said" dir="auto" lang="{lang}">{text}</p>' if text else ""
    return said + (f'<p class="soft" dir="auto">{rest}</p>' if rest and len(rest) < 600 else "")


def _time(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
