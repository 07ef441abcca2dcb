"""Founding and amending: a draft and root keys make a charter.

- The founding charter is version 1. An amendment carries the digest of the charter it amends and a higher
  version: the next one, or a later one where a draft of that number was given up before all had assented.
- An amendment may add members at the end, and change anything but the codes and ordinals of those there are and
  whether the mechanism is an exercise. A member may change its root key by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parley.charter.charter import Charter, CharterDraft, Member, checked
from parley.charter.terms import Seat
from parley.crypto.keys import VerifyKey
from parley.errors import BadInput
from parley.record.ids import MemberOrdinal


def found(draft: CharterDraft, root_keys: Mapping[str, bytes]) -> Charter:
    """The founding charter of `draft`, with each member's 32-byte root public key by its code.

    Raises:
        BadInput: a key is missing, superfluous, repeated or weak, or the whole is too long.
    """
    _refuse_strangers(draft, root_keys)
    return checked(Charter(1, None, None, _seated(draft.seats, root_keys), draft.terms))


def amend(
    draft: CharterDraft, current: Charter, root_keys: Mapping[str, bytes] | None = None, *, version: int | None = None
) -> Charter:
    """The amendment of `current` that `draft` describes.

    Args:
        draft: the whole of the new text, not only what changes.
        current: the charter in force.
        root_keys: 32-byte root public keys of new members and of those that change theirs; the rest stay.
        version: the number it takes, the next one by default; a later one steps over a draft that was given up.

    Raises:
        BadInput: as `found`, and code ``charter.amendment`` where it changes what cannot be changed.
    """
    given = dict(root_keys or {})
    _refuse_strangers(draft, given)
    kept: dict[str, bytes] = {member.code: member.root_key.raw for member in current.members}
    number = current.version + 1 if version is None else version
    amended = checked(
        Charter(number, current.digest, current.mechanism, _seated(draft.seats, {**kept, **given}), draft.terms)
    )
    check_amendment(current, amended)
    return amended


def check_amendment(current: Charter, amended: Charter) -> None:
    """Refuse a charter that does not amend `current`.

    Raises:
        BadInput: code ``charter.amendment``, naming the field.
    """
    if amended.founding != current.mechanism:
        raise _not_amending("founding", "belongs to another mechanism")
    if amended.previous != current.digest:
        raise _not_amending("previous", "amends another charter than the one in force")
    if amended.version <= current.version:
        raise _not_amending("version", f"must be above {current.version}")
    if amended.terms.exercise != current.terms.exercise:
        raise _not_amending("exercise", "an exercise stays one, and acts of states stay that")
    codes = [member.code for member in amended.members]
    if codes[: len(current.members)] != [member.code for member in current.members]:
        raise _not_amending("members", "members keep their codes and their places; new ones come after them")


def _seated(seats: Sequence[Seat], root_keys: Mapping[str, bytes]) -> tuple[Member, ...]:
    seated: list[Member] = []
    for index, seat in enumerate(seats):
        if seat.code not in root_keys:
            raise BadInput("charter.root-key", "has no root key", field=f"members[{index}]",
                           rule=f"hand in the root public key of {seat.code}")  # fmt: skip
        key = VerifyKey.from_bytes(root_keys[seat.code])
        seated.append(Member(MemberOrdinal(index), seat.code, seat.name, seat.role, seat.languages, key))
    return tuple(seated)


def _refuse_strangers(draft: CharterDraft, root_keys: Mapping[str, bytes]) -> None:
    for code in sorted(root_keys.keys() - {seat.code for seat in draft.seats}):
        raise BadInput("charter.root-key", f"{code} is no member", field="root_keys", rule="one key for each member")


def _not_amending(field: str, reason: str) -> BadInput:
    return BadInput("charter.amendment", reason, field=field)
