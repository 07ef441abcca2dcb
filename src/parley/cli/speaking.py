"""Making an officer's statement, as `parley send` and the demo do: fields in, signed bytes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from parley.charter.charter import Charter, Member
from parley.crypto.cbor import CborValue
from parley.crypto.keys import SigningKey
from parley.errors import BadInput
from parley.record.content import content_digest, encode_content
from parley.record.ids import StatementDigest, members
from parley.record.statement import Precedence, StatementFields, sign_statement


@dataclass(frozen=True, slots=True)
class Speaker:
    """An officer: member's code, position and key."""

    code: str
    position: str
    key: SigningKey


def speak(
    charter: Charter, speaker: Speaker, kind: str, content: Mapping[str, CborValue], *, now_s: int, random: Callable[[int], bytes],
    channel: str | None = None, precedence: str = "ROUTINE", to: Sequence[str] | None = None, case: str | None = None,
    mandate: str | None = None, about: Sequence[bytes] = (),
) -> tuple[bytes, bytes]:  # fmt: skip
    """A signed statement and its content bytes.

    Args:
        channel: its name; by default the first that the charter opens for `kind`.
        to: codes of the members addressed; by default every other member with content sight.
        mandate: by default the first that covers `kind`.
        about: digests of the statements it is about, its target first.

    Raises:
        BadInput: the charter knows no such kind, channel or member.
    """
    rule = charter.kinds.get(kind)
    if rule is None:
        raise BadInput(
            "kind.unknown", f"the charter opens no kind {kind}", field="kind", rule=f"one of {', '.join(charter.kinds)}"
        )
    chosen = charter.channel(channel) if channel else charter.channels[rule.channels[0]]
    if chosen is None:
        names = ", ".join(one.name for one in charter.channels)
        raise BadInput(
            "channel.unknown", f"the charter has no channel {channel}", field="channel", rule=f"one of {names}"
        )
    own = charter.member(speaker.code)
    if own is None:
        raise BadInput("member.unknown", f"{speaker.code} is no member", field="member")
    others = [one for one in charter.members if one != own and chosen.content >> one.ordinal & 1]
    addressed = others if to is None else [_member(charter, code) for code in to]
    raw = encode_content(content, random(16))
    fields = StatementFields(
        kid=speaker.key.verify_key.kid, issuer=f"{speaker.code}/{speaker.position}", case=case, issued_at_s=now_s,
        nonce=random(16), mechanism=charter.mechanism, kind=kind, kind_version=rule.version, channel=chosen.index,
        precedence=_precedence(precedence), addressees=members(one.ordinal for one in addressed), replies_to=tuple(map(StatementDigest, about)),
        mandate=mandate or rule.mandates[0], marking="", content_digest=content_digest(raw), content_bytes=len(raw),
        attachments=(),
    )  # fmt: skip
    return sign_statement(fields, speaker.key), raw


def _member(charter: Charter, code: str) -> Member:
    member = charter.member(code)
    if member is None:
        raise BadInput("member.unknown", f"{code} is no member", field="to")
    return member


def _precedence(name: str) -> Precedence:
    try:
        return Precedence[name.upper()]
    except KeyError:
        raise BadInput(
            "precedence.unknown", f"{name} is no precedence", field="precedence", rule=", ".join(Precedence.__members__)
        ) from None
