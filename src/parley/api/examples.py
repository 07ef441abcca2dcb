"""One example of each answer that has parts worth showing, by the name of its schema. All are of a simulation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SIMULATION: Final = "SIMULATION: not an act of any state"
NOON: Final = 1_790_000_000_000
MECHANISM: Final = "3f" * 32
DIGEST: Final = "ab" * 32
KEY: Final = "A" * 43
SIGNATURE: Final = "A" * 86
WATCH: Final = {"name": "watch", "title": "Duty officer of the watch", "ceiling": "FLASH"}
FINGERPRINT: Final = " ".join(["ab12"] * 8)
OFFICER: Final = {"position": "duty-1", "kid": "5f0e6a1c9b27d384", "mandates": ["watch"], "enrolled": "AAA 3"}
INVITATION: Final = {
    "id": "00112233445566aa", "state": "presented", "position": "duty-1", "mandates": ["watch"], "language": "en",
    "expires_ms": NOON, "public_key": KEY, "possession": SIGNATURE, "fingerprint": FINGERPRINT,
}  # fmt: skip
BODY: Final = {
    "kind": "message", "channel": "line", "case": None, "precedence": "PRIORITY", "addressees": ["BBB", "FAC"],
    "content": {"text": "SIMULATION. Our patrol leaves harbour at 06:00 UTC.", "lang": "en"}, "language": "en",
}  # fmt: skip
DRAFT: Final = {
    "id": "00112233445566bb", "version": 2, "state": "in-review", "author": "duty-1", "updated_ms": NOON, "body": BODY,
    "reference": None, "notes": [{"position": "duty-2", "at_ms": NOON, "text": "SIMULATION. Say which patrol."}],
}  # fmt: skip
ENTRY: Final = {
    "reference": "AAA 7", "letter": "U", "log": "AAA", "seq": 7, "at_ms": NOON, "clock": 19, "standing": "final", "receipt": False,
    "author": "AAA/duty-1", "kind": "message", "precedence": "PRIORITY", "addressees": ["BBB", "FAC"], "case": None, "void": None,
    "sight": None, "content": BODY["content"], "receipts": [{"holder": "BBB", "reference": "BBB 12", "at_ms": NOON + 40}],
}  # fmt: skip

HIT: Final = {
    "reference": "AAA 7", "letter": "U", "case": "AAA 7", "desk": "line", "kind": "message", "author": "AAA", "position": "duty-1",
    "precedence": "PRIORITY", "at_ms": NOON, "about": None, "void": None, "superseded": None, "withheld": False, "distance_m": None,
    "excerpts": [{
        "field": "text", "language": "en", "text": "SIMULATION. The patrol is back.", "start": 0, "marks": [[16, 22]], "further": False,
    }],
}  # fmt: skip

EXAMPLES: Final[Mapping[str, object]] = {
    "Problem": {
        "type": "urn:parley:content.field", "title": "must be a text", "status": 400, "code": "content.field", "field": "text",
        "reason": "must be a text", "rule": "1 to 20000 characters, not blank",
    },
    "ChallengeRequest": {"position": "duty-1"},
    "ChallengeView": {"challenge": KEY, "expires_ms": NOON + 60_000},
    "SignOnRequest": {"position": "duty-1", "kid": "0123456789abcdef", "challenge": KEY, "signature": SIGNATURE},
    "SessionView": {
        "member": "AAA", "position": "duty-1", "kid": "0123456789abcdef", "mandates": [WATCH], "since_ms": NOON,
        "expires_ms": NOON + 43_200_000,
    },
    "InvitationRequest": {"position": "duty-1", "mandates": ["watch"], "language": "en"},
    "InvitationView": INVITATION,
    "MadeInvitation": INVITATION | {
        "state": "open", "public_key": None, "possession": None, "fingerprint": None, "token": KEY,
        "link": f"http://127.0.0.1:7342/#/enrol/{KEY}", "qr": ["101", "010", "101"],
    },
    "OfficerView": OFFICER,
    "OfficersView": {"officers": [OFFICER], "binding": []},
    "OpenedInvitation": {
        "state": "open", "mechanism": MECHANISM, "name": "Joint mechanism (SIMULATION)", "banner": SIMULATION, "member": "AAA",
        "position": "duty-1", "mandates": [WATCH], "language": "en", "languages": ["en"], "expires_ms": NOON, "fingerprint": None,
    },
    "PresentedKey": {"public_key": KEY, "possession": SIGNATURE},
    "Recorded": {"reference": "AAA 7", "log": "AAA", "seq": 7, "digest": DIGEST},
    "EntryView": ENTRY,
    "MarkedEntry": ENTRY | {"banner": SIMULATION},
    "SearchPage": {"named": None, "hits": [HIT], "next": "n1245184", "behind": 0},
    "EntryPage": {"banner": SIMULATION, "entries": [ENTRY], "next": "19.0.0"},
    "NodeStatus": {
        "banner": SIMULATION, "mechanism": MECHANISM, "name": "Joint mechanism (SIMULATION)", "code": "AAA", "signing": True,
        "signing_note": None, "queued": 0,
        "logs": [{"code": "AAA", "size": 8, "root": DIGEST, "verified": 8, "waiting": 0, "missing": 0, "branches": 1}],
        "peers": [{
            "code": "BBB", "line": "open", "reaches": ["FAC"], "holds": {"AAA": 8}, "offset_ms": -3, "round_trip_ms": 0.4,
            "clock_warning": False, "note": None,
        }],
        "forks": [],
        "tak": None,
    },
    "DraftRequest": BODY | {"state": "in-review", "reference": None},
    "NoteRequest": {"text": "SIMULATION. Say which patrol."},
    "Draft": DRAFT,
    "DraftPage": {"drafts": [DRAFT], "next": None},
    "LogRequest": {"text": "SIMULATION. The line is poor since 02:00 UTC.", "language": "en", "references": ["BBB 9"], "corrects": None},
    "ContactRequest": {
        "name": "SIMULATION: A. Example", "position": "liaison", "body": "BBB", "telephones": ["+00 00 0000 001"],
        "languages": ["en"], "hours": "08:00 to 16:00 UTC", "note": "", "language": "en",
    },
    "OrderRequest": {
        "text": "SIMULATION. Tell the head of every FLASH.", "language": "en", "from_ms": None, "until_ms": NOON,
        "given_by": "head-1",
    },
    "SheetRequest": {"to": "duty-2"},
    "KeptSheet": {"digest": "7c" * 32, "made_ms": NOON, "by": "duty-1", "to": "duty-2"},
    "PhraseRequest": {"id": "stop.cease-fire-area", "slots": {"fire": "all-fire", "radius": 500, "place": [330000000, 361234567, ""]}},
    "TextRequest": {"text": "SIMULATION. We fire at 06:00.", "language": "en", "precedence": "FLASH"},
    "CheckedText": {"flags": [{
        "code": "time.no-zone", "start": 23, "end": 28, "found": "06:00", "sentence": "06:00 is a time without a zone.",
        "rule": "write 14:30 UTC", "severity": "warn",
    }]},
    "MeView": {"code": "AAA", "ordinal": 0, "log": "AAA"},
    "MemberView": {"code": "BBB", "ordinal": 1, "name": "Brevia (SIMULATION)", "role": "party", "languages": ["en"]},
    "ChannelView": {
        "index": 1, "name": "line", "title": "The line between all members", "content": ["AAA", "BBB", "FAC"],
        "statement": ["AAA", "BBB", "FAC"], "addressed_only": False,
    },
    "EntryNews": {
        "seq": 41, "type": "entry", "reference": "BBB 9", "log": "BBB", "kind": "message", "author": "BBB/duty-1",
        "precedence": "FLASH", "channel": 1, "case": None, "own": False,
    },
    "ReceiptNews": {
        "seq": 42, "type": "receipt", "holder": "BBB", "reference": "BBB 10", "at_ms": NOON, "log": "AAA", "first": 7, "count": 1,
    },
    "VerifiedNews": {"seq": 43, "type": "verified", "log": "BBB", "upto": 10},
    "ForkNews": {"seq": 44, "type": "fork", "log": "BBB", "noticed_ms": NOON, "told_by": "FAC"},
    "LineNews": {"seq": 45, "type": "line", "member": "BBB", "open": False, "note": "the other side closed it [link.closed]"},
    "DraftNews": {"seq": 46, "type": "draft", "id": "00112233445566bb", "version": 2, "state": "in-review"},
    "PrivateNews": {"seq": 47, "type": "private", "what": "log"},
}  # fmt: skip
