"""Words: a report as plain English sentences.

- One template a finding, by its code; a translation is another table with the same codes and fields.
- Fields come from strangers: control characters, line separators and marks that turn the direction of writing are
  escaped, so that no field can look like a line of the report.
- Times are shown in UTC; those that no calendar reaches, as the number they are.
- The first line of every rendering of an exercise is its banner.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from parley.proof.report import FieldValue, Finding, JsonValue, Verdict, VerificationReport

NOBODY = "nobody"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_MS = 253_402_300_799_999
_HIDDEN = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")

VERDICTS: Mapping[Verdict, str] = {
    Verdict.PROVEN: "PROVEN: {reference} is recorded as told below.",
    Verdict.VOID: "RECORDED BUT VOID: {reference} stands in the record and moves nothing.",
    Verdict.NOT_PROVEN: "NOT PROVEN: this file is damaged, incomplete or forged. Rely on nothing in it.",
}

HEADINGS: Mapping[str, str] = {
    "proven": "PROVEN",
    "untold": "NOT PROVEN, OR CANNOT BE TOLD",
    "failed": "FAILED",
    "content": "WHAT WAS SAID (the signed content, field by field)",
}

TEMPLATES: Mapping[str, str] = {
    # ---- proven: what was said, and by whom
    "void": "The statement {reference} is void and moves nothing: {reason} [{fault}].",
    "signed.officer": "{member} ({name}) said it: its officer {position} signed it, under the mandate {mandate}. "
    "Key {key}; statement {statement}.",
    "signed.registrar": "{member} ({name}) said it: its registrar {position} signed it. "
    "Key {key}; statement {statement}.",
    "signed.root": "{member} ({name}) said it: it is signed by the member's own root key, as {mandate}. "
    "Key {key}; statement {statement}.",
    "kind": "It is a {kind} (version {version}) of precedence {precedence}.",
    "addressed": "It is addressed to {to}, on the channel {channel}.",
    "unaddressed": "It is said on the channel {channel} and addressed to nobody by name.",
    "case": "It belongs to the case {case}.",
    "replies": "It answers or refers to the statements with the digests {digests}.",
    "marking": "It is marked: {marking}.",
    "attachments": "It has attachments, which are not in this file, with the digests {digests}.",
    "content": "The content in this file is the one that was signed: {bytes} bytes, digest {digest}.",
    # ---- proven: where it stands
    "recorded": "It stands in the log of {log} as entry {reference}, in the tree of {size} entries with the root {root}. "
    "{log}'s node recorded it at {at_ms}, by its own clock.",
    "sight": "Its entry gives the statement to {statement}, and its content to {content}.",
    "checkpoint": "The checkpoint of {log} at {size} entries is signed by {log}'s node, key {key}, which the member's "
    "root key certified in {certified}.",
    "post-quantum": "The node of {log} also signed its log at {size} entries with a post-quantum key (ML-DSA-44).",
    "post-quantum.timed": "The node of {log} also signed its log at {size} entries with a post-quantum key (ML-DSA-44), "
    "at {time_s} by its own clock.",
    "cosigned": "The node of {by} cosigned {log}'s log at {size} entries with its post-quantum key.",
    "cosigned.timed": "The node of {by} cosigned {log}'s log at {size} entries with its post-quantum key, at {time_s} "
    "by its own clock.",
    # ---- proven: whose key
    "enrolled": "The key of {position} was enrolled in {reference} by the registrar {registrar}, whom the member's root "
    "key certified in {certified}. At {at} it was in force, with the mandates {mandates}.",
    "enrolled-on-duty": "The key of {position} was enrolled in {reference} by {officer}, a registrar on duty under the mandate "
    "{mandate}, whose own key was enrolled in {enrolled} by the registrar {registrar}, whom the member's root key certified in "
    "{certified}. At {at} it was in force, with the mandates {mandates}.",
    "enrolled-by-officer": "The key of {position} was enrolled in {reference} by {officer}, a registrar on duty under the mandate "
    "{mandate}. At {at} it was in force, with the mandates {mandates}.",
    "registrar": "The registrar {position} was certified by the member's root key in {certified}.",
    "root": "The root key of {member} is named in version {version} of the charter.",
    "revoked-later": "The key of {position} was revoked later, in {reference} ({reason}). That changes nothing of what "
    "it signed before.",
    "replaced-later": "The key of {position} was replaced later, in {reference}. That changes nothing of what it signed "
    "before.",
    "compromised": "The member says in {reference} that the key of {position} may have been in other hands since "
    "{since_ms} ({reason}). That is its own word; it voids nothing.",
    # ---- proven: when, and who held it
    "held.content": "{holder} held the statement and its content: its receipt is {reference}, dated {at_ms} by its own "
    "clock, in its checkpoint at {size} entries.",
    "held.statement": "{holder} held the statement, whose content is not for it: its receipt is {reference}, dated "
    "{at_ms} by its own clock, in its checkpoint at {size} entries.",
    "held.entry": "{holder} held the entry, whose statement is not for it: its receipt is {reference}, dated {at_ms} by "
    "its own clock, in its checkpoint at {size} entries.",
    "not-before": "It was not recorded before {at_ms} by the clock of {member}: {author} had by then seen {seen}, which "
    "bears that time; {claim} says so.",
    # ---- proven: in which mechanism
    "mechanism": "The mechanism is “{name}”. The root keys of all its members ({members}) signed the charter that founds "
    "it; its digest is {digest}.",
    "exercise": "Its charter says that it is an exercise.",
    "in-earnest": "Its charter does not say that it is an exercise.",
    "amended": "Version {version} of the charter, digest {digest}, is signed by the root keys of {members}.",
    "anchored": "The digest {digest} is the one you gave.",
    "fork": "Be warned: the node of {log} signed, at {size} entries, another history of its log than the one in this "
    "file. Each of the two stands for itself only.",
    # ---- not proven, or cannot be told
    "untold.content": "What it says: the content is withheld from this file. Only its digest is signed, "
    "and what is wrong with it, if anything, cannot be judged.",
    "untold.signing-time": "When it was signed: the statement says {issued_at_s}, by the signer's own clock, which "
    "proves nothing.",
    "untold.kind": "What a {kind} does: the charter does not open this kind, so it is recorded but not understood here.",
    "untold.person": "Which person held the position {position}, and whether that person held the key alone: a key "
    "signed, and only its member knows who held it.",
    "untold.key-later": "Whether the key was revoked or called compromised after entry {after} of {log}'s log.",
    "untold.passed-over": "Whether {reference} passes over an earlier directory statement of {log}, and is void for it: no "
    "later entry of that log is in this file.",
    "untold.entry-claims": "Whether {reference} takes back what earlier entries of {log} claimed to have seen, or names a "
    "charter out of turn, and is void for it: only the whole log shows that.",
    "untold.receipt": "Whether {member} held it: no receipt of {member} is in this file. A missing receipt proves "
    "nothing, neither that it arrived nor that it did not.",
    "untold.clocks": "The true time: every clock named here is that member's own. No time is proven but by comparing "
    "those of members who have no reason to agree.",
    "untold.earliest": "An earliest time: this file shows nothing of others that the author had seen before {reference}.",
    "untold.read": "Whether anyone read it, understood it or acted on it.",
    "untold.fork": "Whether {log}'s node has signed another history of its log elsewhere, and what stands after entry "
    "{size}: compare its checkpoints with those that others hold.",
    "untold.post-quantum": "Whether it will stay proven once Ed25519 can be broken: no post-quantum signature of {log}'s "
    "own node covers it in this file.",
    "untold.adoption-seen": "Whether {author} had seen all members' assents to version {version} of the charter before "
    "it first named it; their signatures of it are in this file.",
    "untold.root-keys": "That the root keys in this file belong to the members it names. Compare the mechanism's digest, "
    "{digest}, with one you have from each of them by another channel.",
    "untold.root-keys-held": "That each root key was, and stayed, in its member's hands.",
    # ---- failed
    "file.malformed": "The file is not a proof file in its one valid form: {reason} [{fault}].",
    "charter.refused": "The charter is not one that all its members signed: {reason} [{fault}].",
    "charter.missing": "The entry {reference} names version {version} of the charter, which is not in the file.",
    "mechanism.other": "The file is of another mechanism: its digest is {digest}, and {expected} is expected.",
    "log.unknown": "No member of the mechanism writes {log}, or the file holds nothing of it.",
    "entry.malformed": "The entry {reference} is malformed: {reason} [{fault}].",
    "entry.place": "The entry given as {reference} says that it is entry {says}.",
    "entry.directory": "The entry {reference} names a directory statement that does not stand before it.",
    "genesis.other": "The entry {reference} does not found the log of this mechanism.",
    "chain.gap": "The directory statement {reference} is missing, so the keys in force cannot be told.",
    "chain.void": "The directory statement {reference} is void: {reason} [{fault}].",
    "chain.withheld": "The directory statement {reference} is given without its bytes or its content.",
    "chain.passed-over": "The directory statement {reference} is in force, but later entries of its log pass over it.",
    "statement.missing": "The statement of {reference} is not in the file.",
    "statement.other": "The statement given for {reference} is not the one that its entry commits to.",
    "statement.malformed": "The statement of {reference} is malformed: {reason} [{fault}].",
    "content.other": "The content given for {reference} is not the one that was signed.",
    "node.uncertified": "No root-signed certificate of {log}'s node is in the file.",
    "checkpoint.refused": "The checkpoint of {log} is not a valid one: {reason} [{fault}].",
    "checkpoint.unsigned": "The checkpoint of {log} is not signed by {log}'s node.",
    "checkpoint.stranger": "The checkpoint of {log} bears a signature by a key that is none of this file's nodes.",
    "inclusion.wrong": "The proof does not show the entry {reference} in the tree of its log's checkpoint.",
    "leaf.superfluous": "The file carries a statement for {reference} that proves nothing.",
    "claim.wrong": "What the entry {reference} is said to have seen of {log} does not agree with {log}'s checkpoint.",
    "receipt.none": "The entry {reference} is no receipt of another member.",
    "receipt.elsewhere": "The receipt {reference} does not cover {statement}.",
    "receipt.unbound": "The receipt {reference} covers more than its author is shown to have seen, {seen} entries.",
    "further.unjoined": "A further checkpoint of {log}, at {size} entries, is not joined with the history in this file.",
    "further.idle": "A further checkpoint of {log}, at {size} entries, adds nothing.",
}


def sentence(finding: Finding) -> str:
    """The sentence of one finding. An unknown code is a programmer's mistake (KeyError)."""
    return TEMPLATES[finding.code].format_map({name: _shown(name, value) for name, value in finding.fields.items()})


def lines(report: VerificationReport) -> list[str]:
    """The whole report for a terminal or a page, line by line."""
    return list(_lines(report))


def _lines(report: VerificationReport) -> Iterator[str]:
    if report.banner:
        yield report.banner
    yield VERDICTS[report.verdict].format(reference=printable(report.reference))
    for name, found in (("failed", report.failed), ("proven", report.proven), ("untold", report.untold)):
        if found:
            yield ""
            yield HEADINGS[name]
            for finding in found:
                yield f"- {sentence(finding)}"
    content = report.as_dict()["content"]
    if isinstance(content, dict):
        yield ""
        yield HEADINGS["content"]
        for name, value in content.items():
            yield f"- {printable(name)}: {_plain(value)}"


def printable(text: str) -> str:
    """`text` with everything escaped that could break a line or turn the direction of writing."""
    return "".join(
        char if unicodedata.category(char) not in _HIDDEN and char not in _TURNING else f"\\u{ord(char):04x}"
        for char in text
    )


def moment(unix_ms: int) -> str:
    """A time in UTC, to the millisecond."""
    if not 0 <= unix_ms <= _LAST_MS:
        return f"{unix_ms} ms after 1970"
    when = _EPOCH + timedelta(milliseconds=unix_ms)
    return f"{when:%Y-%m-%d %H:%M:%S}.{unix_ms % 1000:03} UTC"


def _shown(name: str, value: FieldValue) -> str:
    if isinstance(value, list):
        return ", ".join(map(printable, value)) or NOBODY
    if isinstance(value, str):
        return printable(value)
    if name.endswith("_ms"):
        return moment(value)
    return moment(value * 1000) if name.endswith("_s") else str(value)


def _plain(value: JsonValue) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{printable(name)}: {_plain(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_plain, value)) + "]"
    return printable(value) if isinstance(value, str) else str(value)
