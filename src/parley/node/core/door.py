"""The door: own officers' statements are checked before anything of them is recorded.

`check` does all that can be said on arrival, the signature included. `check_again` says it for the very place the
statement gets, where an officer may have been revoked, or the charter amended, while it waited.
"""

from __future__ import annotations

from parley.charter.directory_kinds import Reopening, decode_fields
from parley.charter.void import Void
from parley.errors import BadInput, Refused
from parley.node.core.mechanism import Mechanism
from parley.record.content import content_digest, decode_content
from parley.record.entry import Entry
from parley.record.ids import LogId, Seq, UnixMs
from parley.record.record import Record
from parley.record.rows import Place
from parley.record.statement import MAX_CONTENT_BYTES, Statement, parse_statement

Standing = tuple[LogId, Seq, int]
"""A log, its latest directory statement, the charter version in force."""


def check(mechanism: Mechanism, log: LogId, size: int, raw: bytes, content: bytes) -> Statement:
    """The parsed statement, if it may be recorded next.

    Raises:
        BadInput: it, or its content, is malformed, or they do not belong together.
        Refused: it is not its officer's to say: the code is that of the void it would be.
    """
    statement = parse_statement(raw)
    if len(content) > MAX_CONTENT_BYTES:
        raise BadInput(
            "content.oversized", f"{len(content)} bytes", field="content", rule=f"at most {MAX_CONTENT_BYTES}"
        )
    if content_digest(content) != statement.fields.content_digest:
        raise BadInput("content.mismatch", "is not the content that was signed", field="content")
    if len(content) != statement.fields.content_bytes:
        raise BadInput("content.length", "is not as long as the statement says", field="content_bytes")
    decode_content(content)
    if not mechanism.understands(statement.fields.kind):
        raise Refused("kind.unknown", f"the charter opens no kind {statement.fields.kind}", field="kind")
    verdict = mechanism.judge(*_place_of(mechanism, log, size, statement), statement, content, upcoming=True)
    if isinstance(verdict, Void):
        raise Refused(verdict.code, verdict.reason)
    if not statement.sign1.verify(verdict):
        raise Refused("signature.invalid", "is not by the key the statement names", field="signature")
    if mechanism.is_directory(statement.fields.kind):
        void = mechanism.rehearse(Place(log, 0, Seq(size)), statement, content)
        if void is not None:
            raise Refused(void.code, void.reason)
    return statement


def standing(mechanism: Mechanism, log: LogId) -> Standing:
    """What decides on statements of `log` besides themselves: while it is the same, so is what was found of one."""
    return log, mechanism.directory_seq(log), mechanism.charter_version(log)


def check_again(mechanism: Mechanism, log: LogId, size: int, statement: Statement, content: bytes) -> None:
    """Judge a statement anew for the place `size` that it gets.

    Raises:
        Refused: what `check` found is no longer so.
    """
    place, entry = _place_of(mechanism, log, size, statement)
    verdict: object = mechanism.judge(place, entry, statement, content, upcoming=True)
    if not isinstance(verdict, Void) and mechanism.is_directory(statement.fields.kind):
        verdict = mechanism.rehearse(place, statement, content)
    if isinstance(verdict, Void):
        raise Refused(verdict.code, verdict.reason)


def check_reopening(
    mechanism: Mechanism, record: Record, frozen: LogId, fresh: LogId, raw: bytes, content: bytes
) -> Statement:
    """The root-signed statement that freezes log `frozen` and opens `fresh`.

    Raises:
        ParleyError: as `check`, or code ``log.reopen`` where size and root are not held, or lie too low, or the log that
            is to be frozen is not certified yet.
    """
    statement = parse_statement(raw)
    if statement.fields.kind != Reopening.KIND:
        raise Refused("log.reopen", "is not a log.reopen", field="kind")
    check(mechanism, fresh, 0, raw, content)
    if not mechanism.any_keys(frozen):
        raise Refused(
            "log.reopen", f"{mechanism.log_name(frozen)} holds no certificate of its node yet: nobody else can check it",
            rule="certify the node for that log first",
        )  # fmt: skip
    said = decode_fields(Reopening.KIND, decode_content(content))
    assert isinstance(said, Reopening), "the kind was checked"
    branch = record.matching(frozen, said.size, said.root)
    if branch is None or said.origin != mechanism.origin(frozen):
        raise Refused("log.reopen", "names a head of that log that is not held here", field="root")
    for log in record.logs():
        claimed = record.primary(log).claims.seen.get(frozen)
        if claimed is not None and claimed[0] > said.size and record.matching(frozen, *claimed) is branch:
            raise Refused(
                "log.reopen", f"{mechanism.log_name(log)} has claimed to see {claimed[0]} entries", field="size",
                rule="a log is not frozen below what another member has seen",
            )  # fmt: skip
    return statement


def _place_of(mechanism: Mechanism, log: LogId, size: int, statement: Statement) -> tuple[Place, Entry]:
    statement_sight, content_sight = mechanism.sights(log, statement)
    entry = Entry(
        Seq(size), UnixMs(0), mechanism.charter_version(log), mechanism.directory_seq(log), {},
        statement_sight, content_sight, statement.digest,
    )  # fmt: skip
    return Place(log, 0, Seq(size)), entry
