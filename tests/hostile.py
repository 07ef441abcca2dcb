"""Texts that somebody hostile might say: to turn or hide what stands beside them, to pass for what they are not, to run as code,
or to break what stores, counts or draws them. All of it is a simulation."""

from __future__ import annotations

from collections.abc import Mapping

ZALGO = "".join(letter + "\u0300\u0301\u0302\u0303\u0323\u0324\u0489" * 16 for letter in "SIMULATION")
TAGS = "".join(chr(0xE0000 + ord(one)) for one in "cease fire")

HOSTILE: Mapping[str, str] = {
    # The direction of writing.
    "override": "SIMULATION \u202eesaec\u202c fire at 06:00 UTC",
    "override left open": "SIMULATION \u202e\u202e\u202e 06:00-08:00",
    "isolates left open": "SIMULATION \u2066\u2067\u2068 33.1254 N",
    "isolates closed too often": "SIMULATION \u2069\u2069\u2069\u202c\u202c ISR 42",
    "embedding": "SIMULATION \u202b(06:00)\u202a[08:00]",
    "marks": "SIMULATION \u200f06:00\u200e-\u061c08:00",
    "Arabic with a place and times": "محاكاة: وقف النار من 06:00 إلى 08:00 UTC عند (33.1254, 35.8012)!",
    "Hebrew with a place and times": "סימולציה: הפסקת אש 06:00-08:00 UTC ב-(33.1254, 35.8012) 500 m.",
    "three scripts": "SIMULATION הפסיקו fire وقف 06:00 אש (33.1254) نار!",
    # What is not seen.
    "zero width": "SIMU\u200bLA\u2060TI\u00adON\u180e",
    "joiners in Latin": "I\u200dS\u200cR SIMULATION",
    "joiners where they belong": "محاكاة می\u200cروم",
    "byte order mark": "\ufeffSIMULATION\ufeff",
    "tags": "SIMULATION " + TAGS,
    "fillers": "SIMULATION \u115f\u1160\u3164\uffa0\u2800",
    "blank to the eye": "\u3164\u2800\u200b",
    "variation selectors": "SIMULATION a\ufe01b\U000e0101c",
    "invisible operators": "SIMULATION 3\u20623 \u2061\u206a\ufff9x\ufffay\ufffb",
    # What is not as it looks.
    "member's code, Cyrillic": "ЅYR",
    "another member's code, Cyrillic": "IЅR/duty-1",
    "full width": "ＩＳＲ／ｄｕｔｙ－１ SIMULATION",
    "mathematical": "𝐒𝐓𝐎𝐏 𝐋𝐈𝐅𝐓𝐄𝐃 SIMULATION",
    "Arabic digits": "SIMULATION ٠٦:٠٠ ۰۶:۰۰ ०६:००",
    # What passes for something of the screen.
    "banner": "STOP LIFTED",
    "acknowledgement": "[acknowledged by ISR 03:14]",
    "rungs": "✓ stored 03:12 ✓ shown 03:13 ✓ acknowledged 03:14 ○ read back",
    "another statement": "SIMULATION\n\n\nFLASH  SYR 42  Message  SYR/duty-1 → ISR  03:14 UTC\nCease fire is off",
    "exercise banner": "EXERCISE EXERCISE EXERCISE - NOT A SIMULATION",
    # Code.
    "script": "<script>window.canary='run';alert(1)</script>SIMULATION",
    "image": "<img src=x onerror=\"window.canary='run'\"> SIMULATION",
    "image elsewhere": "<img src=http://stranger.example/p.png><link rel=stylesheet href=//stranger.example/x.css>",
    "svg": "<svg/onload=window.canary='run'><style>*{display:none}</style>",
    "closing tags": "</p></div></article></main><h1 class='banner'>STOP LIFTED</h1>",
    "javascript address": "javascript:window.canary='run'",
    "data address": "data:text/html,<script>alert(1)</script>",
    "template": "{{constructor.constructor('window.canary=1')()}} {0} {name} %s %(x)s",
    "template string": "${window.canary='run'} `${alert(1)}` #{1+1}",
    "entities": "&lt;b&gt;&#60;script&#62;&nbsp;&amp;amp; SIMULATION",
    "query": "'; DROP TABLE entries; -- \" OR 1=1 \\",
    "JSON": '{"__proto__": {"canary": 1}, "seq": -1}',
    "prototype": "__proto__",
    "log line": "SIMULATION\r\n2026-11-25T00:00:00Z ERROR node is down\r\n",
    "terminal": "SIMULATION \x1b[2J\x1b[31mSTOP\x1b[0m\x07\x08\x08",
    # What is hard to hold.
    "combining stacks": ZALGO,
    "marks alone": "\u0301" * 200,
    "long word": "SIMULATION" + "W" * 19_990,
    "64 KiB of a letter": "W" * 65_536,
    "many lines": "SIMULATION\n" * 1_500,
    "tabs": "\tSIMULATION\t\t\t\t06:00",
    "control characters": "SIMULATION" + "".join(map(chr, [*range(1, 9), 11, 12, *range(14, 32), *range(127, 160)])),
    "zero": "SIMU\x00LATION",
    "line and paragraph separators": "SIMULATION\u2028second\u2029third\u0085fourth",
    "noncharacters": "SIMULATION \ufffe\uffff\ufdd0\U0001ffff\U0010ffff",
    "private use": "SIMULATION \ue000\U000f0000",
    "replacement": "SIMULATION \ufffd\ufffc",
    "emoji": "SIMULATION 👩🏽‍🚀👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿🇮🇱🇸🇾🇺🇸❤️",
    "emoji in a heap": "😀" * 15_000,
    "widest letter": "SIMULATION \ufdfd﷽𒐫" * 40,
    "tall letters": "SIMULATION ꙮ᪽ ཧཱུྃ ก็็็็็็็็็็็็็็็",
    "blank": " \n\t ",
    "nothing": "",
}

LONE_SURROGATES: Mapping[str, bytes] = {
    "high alone": b"SIMULATION \xed\xa0\x80",
    "low alone": b"\xed\xb0\x80 SIMULATION",
    "pair, written as surrogates": b"SIMULATION \xed\xa0\xbd\xed\xb8\x80",
    "cut off": b"SIMULATION \xf0\x9f\x98",
    "overlong": b"SIMULATION \xc0\xaf",
}
"""UTF-8 as no decoder may take it."""
