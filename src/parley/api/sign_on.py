"""Signing on: an officer's key answers a challenge, and its browser gets a session.

* The key signs deterministic CBOR ``["parley login, version 1", mechanism, code, position, challenge]``. That is no
  statement and can never become one, and no answer in one mechanism is one in another.
* A challenge is answered once, within `CHALLENGE_MS`, from the address that asked for it; a wrong answer uses it up too.
* Only the key that holds the position now, in the log that this member writes now, signs it on. What is wrong with an
  answer is not told: no such position, another key and a bad signature are refused alike.
* A session ends when its key no longer holds the position (revoked, replaced, log reopened), when nobody has asked anything
  under it for the node's idle time, or when the officer leaves. It is known here by the digest of its secret alone, and
  lives in memory: after a restart the browser signs again.

A session says which position asks. It lends no authority: what enters the record is what a key signed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from parley.charter.signers import Signer
from parley.crypto import cbor
from parley.crypto.keys import SigningKey
from parley.errors import Refused
from parley.node.core.mechanism import Mechanism
from parley.record.ids import MechanismDigest, MemberOrdinal

LOGIN_DOMAIN = "parley login, version 1"
CHALLENGE_BYTES = 32
CHALLENGE_MS = 60_000
SECRET_BYTES = 32
MAX_CHALLENGES = 1_024
MAX_SESSIONS = 512
NOBODY = SigningKey.from_seed(bytes(32)).verify_key
"""Checked against where no key holds the position, so that it takes as long. Its seed is public: what it verifies is refused
all the same."""


def login_message(mechanism: MechanismDigest, code: str, position: str, challenge: bytes) -> bytes:
    """What the officer's key signs."""
    return cbor.encode([LOGIN_DOMAIN, mechanism, code, position, challenge])


@dataclass(frozen=True, slots=True)
class Challenge:
    """What is to be signed for `position` from `address`, until `expires_ms`."""

    value: bytes
    position: str
    address: str
    expires_ms: int


@dataclass(slots=True, eq=False)
class Session:
    """An officer who is signed on.

    Attributes:
        name: by which limits know it; not its secret.
        seen_ms: when it last asked something.
        ended: why it is over, None while it lasts.
        at_end: called with the reason when it ends.
    """

    name: str
    position: str
    kid: bytes
    since_ms: int
    seen_ms: int
    ended: str | None = None
    at_end: list[Callable[[str], None]] = field(default_factory=list)


class SignOn:
    """See the module. `random` gives that many random bytes, `now_ms` the time."""

    def __init__(
        self, mechanism: Mechanism, me: MemberOrdinal, idle_ms: int, *, random: Callable[[int], bytes], now_ms: Callable[[], int]
    ) -> None:  # fmt: skip
        self._mechanism = mechanism
        self._me = me
        self.idle_ms = idle_ms
        self._random = random
        self._now_ms = now_ms
        self._challenges: dict[bytes, Challenge] = {}
        self._sessions: dict[bytes, Session] = {}

    def officer(self, position: str) -> Signer | None:
        """The officer that holds `position` now."""
        return self._mechanism.directory(self._mechanism.current_log(self._me)).holder(position)

    def challenge(self, position: str, address: str) -> Challenge:
        """A new challenge; also for a position that nobody holds."""
        now = self._now_ms()
        self._challenges = {value: one for value, one in self._challenges.items() if now < one.expires_ms}
        if len(self._challenges) >= MAX_CHALLENGES:
            raise Refused("api.rate", "too many sign-ons at once", rule="try again in a minute")
        made = Challenge(self._random(CHALLENGE_BYTES), position, address, now + CHALLENGE_MS)
        self._challenges[made.value] = made
        return made

    def sign_on(self, position: str, kid: bytes, challenge: bytes, signature: bytes, address: str) -> tuple[Session, bytes]:  # fmt: skip
        """The session of an answered challenge, and its secret.

        Raises:
            Refused: code ``session.refused``.
        """
        now = self._now_ms()
        asked = self._challenges.pop(challenge, None)
        officer = self.officer(position)
        key = officer.key if officer is not None else NOBODY
        message = login_message(self._mechanism.digest, self._mechanism.code(self._me), position, challenge)
        signed = key.verify(signature, message)
        fits = asked is not None and (asked.position, asked.address) == (position, address) and now < asked.expires_ms
        if not (signed and fits and officer is not None and officer.kid == kid):
            raise Refused("session.refused", "this position is not signed on so", rule="ask for a challenge, and sign with the key enrolled for it")  # fmt: skip
        return self._begin(position, kid, now)

    def session(self, secret: bytes) -> Session | None:
        """The session of `secret`, if it lasts; it counts as asked for something."""
        session = self._sessions.get(_digest(secret))
        if session is None or not self.lasts(session):
            return None
        session.seen_ms = self._now_ms()
        return session

    def lasts(self, session: Session) -> bool:
        """Whether a session lasts; one that should not any more is ended."""
        if session.ended is None and self._now_ms() - session.seen_ms >= self.idle_ms:
            self.end(session, "idle")
        if session.ended is None and not self._is_held(session):
            self.end(session, "key")
        return session.ended is None

    def end(self, session: Session, reason: str) -> None:
        """End a session: ``left``, ``idle``, ``key`` or ``replaced``."""
        if session.ended is None:
            session.ended = reason
            self._sessions = {known: one for known, one in self._sessions.items() if one is not session}
            for told in session.at_end:
                told(reason)

    def review(self) -> None:
        """End every session that should not last any more; called when the record moved."""
        for session in tuple(self._sessions.values()):
            self.lasts(session)

    def _begin(self, position: str, kid: bytes, now: int) -> tuple[Session, bytes]:
        while len(self._sessions) >= MAX_SESSIONS:
            self.end(min(self._sessions.values(), key=lambda one: one.seen_ms), "replaced")
        secret = self._random(SECRET_BYTES)
        known = _digest(secret)
        self._sessions[known] = session = Session(known.hex()[:16], position, kid, now, now)
        return session, secret

    def _is_held(self, session: Session) -> bool:
        officer = self.officer(session.position)
        return officer is not None and officer.kid == session.kid


def _digest(secret: bytes) -> bytes:
    return hashlib.sha256(secret).digest()
