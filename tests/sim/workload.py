"""What the officers of one member do: enrol, speak, change the directory, and sometimes hand in what must be refused.

Half of what they say makes sense: they open cases and go on in those that their node shows them (`sayings`). The other
half is of random kind, precedence, channel, addressees, mandate and length, in cases that need not exist. A statement
that is not confirmed is handed in again, byte for byte, after its node has started anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from parley.charter.adoption import sign_charter
from parley.charter.charter import Charter
from parley.charter.directory_build import DirectorySigner, build, prove_possession
from parley.charter.directory_kinds import (
    CharterAssent,
    DirectoryContent,
    Enrolment,
    MandateChange,
    RegistrarGrant,
    Reopening,
    Revocation,
)
from parley.charter.emergency import Plea, rule_for
from parley.charter.signers import Signer
from parley.charter.terms import Channel
from parley.crypto.cbor import CborValue
from parley.crypto.keys import SigningKey
from parley.desks.deescalation import COORDINATION
from parley.desks.deescalation import DESK as DEESCALATION
from parley.errors import Refused
from parley.procedure.fold import CaseFold
from parley.procedure.handling import CONFIRM_EMERGENCY, RELEASE, WITHDRAW_EMERGENCY
from parley.record.content import content_digest, encode_content
from parley.record.ids import MAX_MEMBERS, ContentDigest, MechanismDigest, MemberSet, StatementDigest
from parley.record.statement import Precedence, StatementFields, sign_statement
from tests.procedure.sayings import Saying, nonsense, opening, sensible
from tests.sim.actor_node import DESKS, SimNode
from tests.sim.world import World

MANDATES = (("duty",), ("clerk",), ("duty", "clerk"))
CEILING = {"duty": Precedence.FLASH, "clerk": Precedence.PRIORITY}
KINDS = {"duty": ("message", "report"), "clerk": ("message",)}
OPENING = (
    "message", "stop", "proof", "suspend", "service", "quotation", "call", "drill",
    "notice", "zone", "standstill", COORDINATION.name,
)  # fmt: skip
OPENING_WEIGHTS = (10, 8, 4, 4, 2, 2, 1, 1, 8, 2, 4, 3)
LINE = "line"
SPOKEN_AT = (LINE, DEESCALATION.name, "watch", "drills")
SPOKEN_AT_WEIGHTS = (12, 9, 1, 1)
PLEADED_S = 120
SECOND_HAND = (RELEASE.name, CONFIRM_EMERGENCY.name, WITHDRAW_EMERGENCY.name)
CASES_IN_MIND = 8
BULK_CONTENT = 0.05
BURST = 40


class Staff:
    """The registrar and officers of one member; `keys` holds every key ever given out, by kid."""

    def __init__(self, world: World, node: SimNode) -> None:
        self.world = world
        self.node = node
        self.keys: dict[bytes, SigningKey] = {}
        self.known: list[StatementDigest] = []
        self.handed_in = 0
        self.refused = 0
        self._registrar = SigningKey.from_seed(world.octets(32))
        self._opening = self._first_acts()
        self._awaited: int | None = None
        self.to_reopen = False
        self.reopened = 0

    # ---- what they do --------------------------------------------------------------------------------------

    def act(self) -> None:
        """One thing, if the node runs."""
        if not self.node.alive or (self._awaited is not None and self._awaited in self.node.unconfirmed):
            return
        if self.to_reopen:
            self._reopen()
            return
        if self._opening:
            if self.node.core.mechanism.directory_seq(self.node.core.log):
                self._awaited = self._hand_in(*self._opening[0]())
                if self._awaited is not None:
                    self._opening.pop(0)
            return
        draw = self.world.rng.random()
        if draw < 0.08:
            self._change_directory()
        elif draw < 0.14:
            self._bad_input()
        elif draw < 0.145:
            self._burst()
        elif draw < 0.57:
            self._converse()
        else:
            self._speak()

    def assent(self, charter: Charter) -> None:
        """The root assents to an amendment."""
        seat, current = self.node.seat, self.node.cell.charter
        if self.node.alive:
            signature = sign_charter(charter, seat.ordinal, seat.root, current)
            self._hand_in(*self._directory(CharterAssent(charter.version, charter.raw, signature), root=True))

    def speak_in(self, reference: str) -> None:
        """Something that makes sense in a case, as it stands at this member's node now; nothing where it is not known."""
        try:
            case = self.node.casework.cases.case(reference)
        except Refused:
            return
        saying = sensible(self.world.rng, case, self.node.ordinal, self.node.clock()) if self._may_see(case) else None
        if saying is not None:
            self._utter(saying, case)

    def statement(
        self, signer: Signer, said: Mapping[str, CborValue] | None = None, **changes: object
    ) -> tuple[bytes, bytes]:
        """A random statement by `signer`, within its mandates, with some fields changed; `said` is its content."""
        rng, charter = self.world.rng, self.node.core.mechanism.charter
        mandate = str(changes.get("mandate", rng.choice(signer.mandates)))
        channel = charter.channels[int(str(changes["channel"]))] if "channel" in changes else self._channel()
        length = rng.randint(20_000, 60_000) if rng.random() < BULK_CONTENT else rng.randint(1, 300)
        length = int(str(changes.pop("length", length)))
        content = encode_content({"text": "x" * length} if said is None else said, self.world.octets(16))
        fields: dict[str, object] = {
            "kid": signer.kid,
            "issuer": f"{self.node.seat.code}/{signer.position}",
            "case": rng.choice([None, f"{rng.choice(self.node.cell.seats).code} {rng.randint(0, 20)}"]),
            "issued_at_s": self.node.clock() // 1000,
            "nonce": self.world.octets(16),
            "mechanism": charter.mechanism,
            "kind": rng.choice(KINDS[mandate]),
            "kind_version": 1,
            "channel": channel.index,
            "precedence": Precedence(rng.randint(0, CEILING[mandate])),
            "addressees": self._addressees(channel),
            "replies_to": tuple(rng.sample(self.known, min(len(self.known), rng.randint(0, 3)))),
            "mandate": mandate,
            "marking": rng.choice(["", "LIMITED"]),
            "content_digest": content_digest(content),
            "content_bytes": len(content),
            "attachments": tuple(self.world.octets(32) for _ in range(rng.choice([0, 0, 0, 2]))),
        }
        return self.signed(signer, fields | changes), content

    def signed(self, signer: Signer, fields: dict[str, object]) -> bytes:
        """The statement of `fields`, signed by the key of `signer`."""
        return sign_statement(StatementFields(**fields), self.keys[signer.kid])  # type: ignore[arg-type]

    def officers(self) -> list[Signer]:
        """Officers in force whose keys are known and that have a mandate."""
        signers = self.node.core.mechanism.directory(self.node.core.log).officers()
        return [one for one in signers if one.kid in self.keys and one.mandates]

    def _channel(self) -> Channel:
        channels = self.node.core.mechanism.charter.channels[1:]
        return self.world.rng.choice([one for one in channels if one.content >> self.node.ordinal & 1])

    def _may_see(self, case: CaseFold) -> bool:
        return bool(self.node.core.mechanism.charter.channels[case.opening.channel].content >> self.node.ordinal & 1)

    def _addressees(self, channel: Channel) -> MemberSet:
        others = MemberSet(channel.content & ~(1 << self.node.ordinal))
        drawn = MemberSet(self.world.rng.getrandbits(MAX_MEMBERS) & others)
        return drawn or (others if channel.addressed_only else MemberSet(0))

    # ---- inside --------------------------------------------------------------------------------------------

    def _first_acts(self) -> list[Callable[[], tuple[bytes, bytes]]]:
        return [
            lambda: self._directory(RegistrarGrant("registrar", self._registrar.verify_key.raw), root=True),
            lambda: self._enrol("duty-1", ("duty",)),
            lambda: self._enrol("clerk-1", ("clerk",)),
        ]

    def _reopen(self) -> None:
        """The root freezes the log as its node holds it, once that holds all; everybody is enrolled anew in the next."""
        core = self.node.core
        if not core.may_sign() or self.node.unconfirmed or not core.mechanism.any_keys(core.log):
            return
        held = core.record.primary(core.log)
        said = Reopening(core.mechanism.origin(core.log), held.size, held.root, "its node lost its disk")
        error = self.node.reopen(*self._directory(said, root=True))
        if error is None:
            self.to_reopen, self._opening, self._awaited = False, self._first_acts(), None
            self.reopened += 1
        elif error.code != "log.busy":
            self.node.observer.fail(f"{self.node.seat.code} may not reopen its log: {error}")

    def _speak(self) -> None:
        officers = self.officers()
        if officers:
            raw, content = self.statement(self.world.rng.choice(officers))
            if self._hand_in(raw, content) is not None:
                self.known.append(StatementDigest(ContentDigest(content_digest(raw))))

    def _converse(self) -> None:
        """Open a case, go on in one, or say what has no place in it."""
        rng, now = self.world.rng, self.node.clock()
        over = None if rng.random() < 0.2 else False
        desk = rng.choices(SPOKEN_AT, SPOKEN_AT_WEIGHTS)[0]
        known = self.node.casework.cases.cases(desk, over=over, before=None, limit=CASES_IN_MIND)
        cases = [case for case in known if self._may_see(case)]
        draw = rng.random()
        if not cases or draw < 0.25:
            kind = DESKS.kind(rng.choices(OPENING, OPENING_WEIGHTS)[0])
            assert kind is not None, "a desk has it"
            about = self._clash() if kind is COORDINATION else {}
            self._utter(opening(rng, kind, now, **about), None)
        elif draw < 0.35:
            self._utter(nonsense(rng, DESKS, case := rng.choice(cases), now), case)
        else:
            self.speak_in(rng.choice(cases).opening.reference)

    def _clash(self) -> dict[str, CborValue]:
        """What a coordination says of one of the clashes that its node shows, mostly."""
        found = self.node.casework.conflicts.conflicts()
        if not found or self.world.rng.random() < 0.1:
            return {}
        clash = self.world.rng.choice(found)
        return {
            "items": [clash.one, clash.other],
            "members": sorted({one.split()[0] for one in (clash.one, clash.other)}),
        }

    def _utter(self, saying: Saying, case: CaseFold | None) -> None:
        """Hand it in by an officer who may say it, where there is one; now and then on another channel, or by whoever."""
        rng = self.world.rng
        signed = self._signer_for(saying, case)
        if signed is None:
            return
        signer, mandate = signed
        channel = self._channel().index if case is None or rng.random() < 0.03 else case.opening.channel
        pleads = rule_for(self.node.core.mechanism.charter, saying.kind, mandate) is not None and rng.random() < 0.95
        plea = Plea(self.node.clock() // 1000 - PLEADED_S, "SIMULATION: nobody answers")
        raw, content = self.statement(
            signer, saying.content, mandate=mandate, kind=saying.kind, case=saying.case, channel=channel,
            replies_to=saying.about, precedence=Precedence.FLASH if saying.kind == "stop" and mandate == "duty" else
            Precedence(rng.randint(0, CEILING[mandate])), **{"marking": plea.marking} if pleads else {},
        )  # fmt: skip
        if self._hand_in(raw, content) is not None:
            self.known.append(StatementDigest(ContentDigest(content_digest(raw))))

    def _signer_for(self, saying: Saying, case: CaseFold | None) -> tuple[Signer, str] | None:
        rng, charter = self.world.rng, self.node.core.mechanism.charter
        able = [(one, mandate) for one in self.officers() for mandate in one.mandates]
        if rng.random() < 0.97:
            able = [
                (one, mandate) for one, mandate in able
                if mandate in charter.kinds[saying.kind].mandates or rule_for(charter, saying.kind, mandate) is not None
            ]  # fmt: skip
        target = case.item(saying.about[0]) if case is not None and saying.about else None
        if case is not None and target is not None and saying.kind in SECOND_HAND and rng.random() < 0.9:
            said = target.emergency
            wanted = (
                case.countersigned_by(target.act) if saying.kind == RELEASE.name or not said else said.rule.authority
            )
            able = [(one, held) for one, held in able if one.position != target.act.position and held in wanted]
        return rng.choice(able) if able else None

    def _burst(self) -> None:
        """Many long statements at once: more than one frame can carry."""
        self.world.note(f"{self.node.seat.code} hands in {BURST} long statements at once")
        for _ in range(BURST):
            officers = self.officers()
            if officers and self.node.alive:
                raw, content = self.statement(self.world.rng.choice(officers), length=60_000)
                self._hand_in(raw, content)

    def _change_directory(self) -> None:
        rng, officers = self.world.rng, self.officers()
        what = rng.choice(["enrol", "rotate", "revoke", "entrust"])
        if what == "enrol" or not officers:
            self._awaited = self._hand_in(*self._enrol(f"duty-{rng.randint(2, 9999)}", rng.choice(MANDATES)))
        elif what == "rotate":
            old = rng.choice(officers)
            self._awaited = self._hand_in(*self._enrol(old.position, old.mandates, replaces=old.kid))
        elif what == "entrust":
            changed = MandateChange(rng.choice(officers).kid, rng.choice(MANDATES))
            self._awaited = self._hand_in(*self._directory(changed))
        elif len(officers) > 1:
            self._awaited = self._hand_in(*self._directory(Revocation(rng.choice(officers).kid, "left the service")))

    def _bad_input(self) -> None:
        """What the door must refuse, leaving no trace."""
        officers = self.officers()
        if not officers:
            return
        signer = self.world.rng.choice(officers)
        raw, content = self.statement(signer)
        attempts: list[Callable[[], tuple[bytes, bytes]]] = [
            lambda: (raw + b"\x00", content),
            lambda: (raw[:-1], content),
            lambda: (raw, content + b"\x00"),
            lambda: (raw[:-64] + self.world.octets(64), content),
            lambda: self.statement(signer, mechanism=MechanismDigest(self.world.octets(32))),
            lambda: self.statement(signer, kind="unheard-of"),
            lambda: self.statement(signer, issuer=f"{self.node.seat.code}/nobody"),
            lambda: self.statement(signer, channel=0),
            lambda: self.statement(signer, kid=self.world.octets(8)),
        ]  # fmt: skip
        size = self.node.core.queued()
        bad = self.world.rng.choice(attempts)()
        ticket = self.node.next_ticket
        self.node.next_ticket += 1
        error = self.node.submit(ticket, *bad)
        self.refused += 1
        if error is None or self.node.core.queued() != size:
            self.node.observer.fail(f"the door of {self.node.seat.code} took bad input (ticket {ticket})")

    def _hand_in(self, raw: bytes, content: bytes) -> int | None:
        ticket = self.node.next_ticket
        self.node.next_ticket += 1
        self.handed_in += 1
        return ticket if self.node.submit(ticket, raw, content) is None else None

    def _enrol(self, position: str, mandates: tuple[str, ...], replaces: bytes | None = None) -> tuple[bytes, bytes]:
        key = SigningKey.from_seed(self.world.octets(32))
        self.keys[key.verify_key.kid] = key
        proof = prove_possession(self.node.cell.charter.mechanism, self.node.seat.code, position, key)
        return self._directory(Enrolment(position, key.verify_key.raw, proof, mandates, replaces))

    def _directory(self, content: DirectoryContent, *, root: bool = False) -> tuple[bytes, bytes]:
        mechanism, seat = self.node.cell.charter.mechanism, self.node.seat
        directory = self.node.core.mechanism.directory(self.node.core.log)
        if root:
            signer = DirectorySigner.root(mechanism, seat.code, seat.root)
        else:
            signer = DirectorySigner(mechanism, seat.code, "registrar", self._registrar)
        return build(
            content,
            signer,
            issued_at_s=self.node.clock() // 1000,
            nonce=self.world.octets(16),
            salt=self.world.octets(16),
            binding=() if isinstance(content, Reopening) else directory.binding,
        )
