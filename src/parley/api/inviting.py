"""Invitations: a position is offered by a one-time link; whoever opens it makes a key, and a registrar enrols that key.

    open → presented → enrolled | refused        open → refused        open, presented → expired

* The link's secret is known here by its digest alone. It is good for one key: what is presented second is refused.
* A key comes with proof of possession, over the very mechanism, member and position. Nothing is enrolled by presenting it:
  the registrar compares the key's fingerprint and signs. That it is enrolled is read from the record.
* An invitation is good for `GOOD_FOR_MS`, and is told as expired for a while after; then it is forgotten. All live in
  memory: after a restart there are none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from parley.charter import on_duty as duty
from parley.charter.directory_kinds import Enrolment, check_position, possession_message
from parley.charter.signers import Signer
from parley.crypto.keys import VerifyKey
from parley.errors import BadInput, Refused
from parley.node.core.mechanism import Mechanism
from parley.record.ids import MemberOrdinal

SECRET_BYTES = 32
ID_BYTES = 8
GOOD_FOR_MS = 15 * 60_000
TOLD_FOR_MS = 60 * 60_000
MAX_INVITATIONS = 64
MAX_LANGUAGE_CHARS = 16
FINGERPRINT_BYTES = 16


class InvitationState(StrEnum):
    """How far an invitation is."""

    OPEN = "open"
    PRESENTED = "presented"
    ENROLLED = "enrolled"
    REFUSED = "refused"
    EXPIRED = "expired"


@dataclass(slots=True)
class Invitation:
    """One invitation. `key`, `possession`: what was presented. `by`: the registrar on duty who made it, None: the registrar."""

    id: str
    secret_digest: bytes
    position: str
    mandates: tuple[str, ...]
    language: str | None
    expires_ms: int
    by: str | None = None
    key: VerifyKey | None = None
    possession: bytes | None = None
    refused: bool = False


def fingerprint(key: bytes) -> str:
    """A key as two people compare it: the first 16 bytes of its SHA-256 in hex, in groups of four."""
    text = hashlib.sha256(key).digest()[:FINGERPRINT_BYTES].hex()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


class Invitations:
    """See the module. `holder` gives the officer that holds a position now."""

    def __init__(
        self, mechanism: Mechanism, me: MemberOrdinal, holder: Callable[[str], Signer | None], *,
        random: Callable[[int], bytes], now_ms: Callable[[], int],
    ) -> None:  # fmt: skip
        self._mechanism = mechanism
        self._me = me
        self._holder = holder
        self._random = random
        self._now_ms = now_ms
        self._invitations: dict[str, Invitation] = {}

    def invite(
        self, position: str, mandates: list[str], language: str | None, by: str | None = None
    ) -> tuple[Invitation, bytes]:
        """A new invitation and the secret of its link; `by`: the registrar on duty who makes it.

        Raises:
            BadInput: the position cannot be called so, or the charter has no such mandate.
            Refused: code ``mandate.role``, ``invitation.too-many``, ``directory.on-duty``: beyond what `by` may enrol.
        """
        check_position(position)
        self._check_mandates(mandates)
        if by is not None:
            self._check_limits(position, mandates)
        if language is not None and not 0 < len(language) <= MAX_LANGUAGE_CHARS:
            raise BadInput("invitation.language", "is no language tag", field="language")
        now = self._now_ms()
        self._invitations = {
            id_: one for id_, one in self._invitations.items() if now < one.expires_ms + TOLD_FOR_MS
        }  # fmt: skip
        if len(self._invitations) >= MAX_INVITATIONS:
            raise Refused(
                "invitation.too-many", "too many invitations in an hour", rule="wait until they are forgotten"
            )
        secret, id_ = self._random(SECRET_BYTES), self._random(ID_BYTES).hex()
        made = Invitation(id_, _digest(secret), position, tuple(mandates), language, now + GOOD_FOR_MS, by)
        self._invitations[id_] = made
        return made, secret

    def by_id(self, id_: str, by: str | None = None) -> Invitation:
        """The invitation of that id, for who made it: `by`, or a local caller, who sees all.

        Raises:
            Refused: code ``invitation.unknown``.
        """
        found = self._invitations.get(id_)
        return _known(found if by is None or (found is not None and found.by == by) else None)

    def by_secret(self, secret: bytes) -> Invitation:
        """The invitation that a link is for.

        Raises:
            Refused: code ``invitation.unknown``.
        """
        digest = _digest(secret)
        return _known(next((one for one in self._invitations.values() if one.secret_digest == digest), None))

    def state(self, one: Invitation) -> InvitationState:
        """How far an invitation is now."""
        holder = self._holder(one.position)
        if one.key is not None and holder is not None and holder.key.raw == one.key.raw:
            return InvitationState.ENROLLED
        if one.refused:
            return InvitationState.REFUSED
        if self._now_ms() >= one.expires_ms:
            return InvitationState.EXPIRED
        return InvitationState.OPEN if one.key is None else InvitationState.PRESENTED

    def present(self, one: Invitation, key: bytes, possession: bytes) -> None:
        """Take the key that was made for it.

        Raises:
            BadInput: it is no key, or the proof is not its own over this invitation's position here.
            Refused: code ``invitation.closed``: a key was presented before, or it is over.
        """
        state = self.state(one)
        if state is not InvitationState.OPEN:
            raise Refused("invitation.closed", f"this invitation is {state}", rule="ask the registrar for another")
        verify = VerifyKey.from_bytes(key)
        message = possession_message(
            self._mechanism.digest, self._mechanism.charter.members[self._me].code, one.position, key
        )
        if not verify.verify(possession, message):
            raise BadInput("invitation.possession", "is not by this key, over this invitation", field="possession")
        directory = self._mechanism.directory(self._mechanism.current_log(self._me))
        if directory.knows_key(verify.kid):
            raise Refused(
                "invitation.key-used", "this key was enrolled before", field="public_key", rule="make a new one"
            )
        one.key, one.possession = verify, possession

    def refuse(self, one: Invitation) -> None:
        """Call it off."""
        if self.state(one) in (InvitationState.OPEN, InvitationState.PRESENTED):
            one.refused = True

    def may_invite(self, position: str) -> bool:
        """Whether the officer in `position` is a registrar on duty."""
        holder, on_duty = self._holder(position), self._mechanism.charter.terms.on_duty
        return holder is not None and duty.may_sign(on_duty, Enrolment.KIND, holder)

    def _check_limits(self, position: str, mandates: list[str]) -> None:
        on_duty = self._mechanism.charter.terms.on_duty
        directory = self._mechanism.directory(self._mechanism.current_log(self._me))
        assert on_duty is not None, "only a charter that has the term knows registrars on duty"
        beyond = duty.enrols_beyond(on_duty, mandates, directory.latest_in(position))
        if beyond is not None:
            raise Refused(beyond.code, beyond.reason, rule="ask the registrar")

    def _check_mandates(self, mandates: list[str]) -> None:
        charter = self._mechanism.charter
        if not mandates or len(set(mandates)) != len(mandates):
            raise BadInput("mandate.unknown", "must be names of mandates, each once", field="mandates")
        for name in mandates:
            if name not in charter.mandates:
                raise BadInput("mandate.unknown", f"the charter has no mandate {name[:40]}", field="mandates", rule=", ".join(charter.mandates))  # fmt: skip
            role = charter.members[self._me].role
            if role not in charter.mandates[name].roles:
                raise Refused("mandate.role", f"the charter gives no {role.label} the mandate {name}", field="mandates")


def _known(found: Invitation | None) -> Invitation:
    if found is None:
        raise Refused("invitation.unknown", "there is no such invitation", rule="ask the registrar for another")
    return found


def _digest(secret: bytes) -> bytes:
    return hashlib.sha256(secret).digest()
