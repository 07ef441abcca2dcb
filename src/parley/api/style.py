"""Style of the read-only page. Logical properties only, so that it holds in either direction of writing."""

from __future__ import annotations

STYLE = """
:root{color-scheme:light dark;--ink:#14181d;--soft:#545d67;--paper:#f6f6f3;--card:#fff;--line:#d6d9d3;--good:#14673a;
--bad:#b3261e;--flash:#b3261e;--immediate:#9a4d00;--priority:#1f5fa8;--routine:#7d8791;--sim:#5c3900;--simbg:#ffe7ad}
@media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#a9b2bc;--paper:#101317;--card:#181c22;--line:#2f363f;
--good:#6bd196;--bad:#ff9a91;--flash:#ff8a80;--immediate:#ffb366;--priority:#8bbcff;--routine:#7d8791;--sim:#ffe0a3;--simbg:#3f2f08}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,"Noto Sans","Noto Sans Arabic","Noto Sans Hebrew",sans-serif}
.sim{position:sticky;inset-block-start:0;z-index:1;background:var(--simbg);color:var(--sim);font-weight:700;text-align:center;padding:.4rem 1rem}
header,main{max-inline-size:76rem;margin-inline:auto;padding-inline:1.25rem}
header{padding-block:1rem 0}main{padding-block-end:2rem}
h1{font-size:1.3rem;margin:0}h2{font-size:1rem;margin:1.1rem 0 .45rem}p{margin:.25rem 0}
.soft{color:var(--soft)}.good{color:var(--good)}.bad{color:var(--bad);font-weight:600}
.alarm{background:var(--bad);color:var(--card);font-weight:600;padding:.5rem .8rem;border-radius:.4rem}
a{color:var(--priority)}a:focus-visible{outline:.15rem solid var(--priority);outline-offset:.15rem}
code,pre{font:.82rem/1.4 ui-monospace,monospace;overflow-wrap:anywhere}pre{margin:0;white-space:pre-wrap}
.lamps{display:flex;flex-wrap:wrap;gap:.6rem;padding:0;margin:0;list-style:none}
.lamps li{display:flex;flex-wrap:wrap;align-items:baseline;gap:.2rem .6rem;background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.35rem .75rem}
.dot{inline-size:.7rem;block-size:.7rem;border-radius:50%;background:var(--good)}
.down .dot{border-radius:0;background:var(--bad)}.down{border-color:var(--bad)}
.wide{overflow-x:auto}table{border-collapse:collapse;inline-size:100%;background:var(--card)}
th,td{border:1px solid var(--line);padding:.25rem .6rem;text-align:start;font-size:.88rem;vertical-align:top}thead th{color:var(--soft);font-weight:600}
ol.record{list-style:none;padding:0;margin:0;display:grid;gap:.5rem}
ol.record>li{background:var(--card);border:1px solid var(--line);border-inline-start:.3rem solid var(--routine);border-radius:.5rem;padding:.5rem .9rem}
li.FLASH{border-inline-start-color:var(--flash)}li.IMMEDIATE{border-inline-start-color:var(--immediate)}li.PRIORITY{border-inline-start-color:var(--priority)}
.meta{display:flex;flex-wrap:wrap;gap:.1rem .9rem;font-size:.85rem;color:var(--soft)}
.reference,.kind{color:var(--ink)}.kind{font-weight:600}.precedence{font-weight:700}time,.reference{font-variant-numeric:tabular-nums}
.FLASH .precedence{color:var(--flash)}.IMMEDIATE .precedence{color:var(--immediate)}.PRIORITY .precedence{color:var(--priority)}
.said{font-size:1.08rem;line-height:1.6;margin:.25rem 0;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate;text-align:start}
figure{margin:0}blockquote{border-inline-start:.2rem solid var(--line);padding-inline-start:.8rem}
blockquote::before{content:open-quote}blockquote::after{content:close-quote}
figcaption,.further{font-size:.85rem}
@media print{.sim{position:static}ol.record>li{break-inside:avoid}}
""".strip()
