"""Registrars on duty: officers who enrol and revoke officers while root and registrar are away, within the charter's limits.

| the act | is within the limits where |
| --- | --- |
| enrol in the place of a key | the one before is an officer's, which holds nothing but what may be granted |
| enrol in a free position | its last holder was such an officer, and was ended by a registrar on duty, not by root or registrar |
| enrol in a new position | the charter opens new positions to registrars on duty |
| revoke, annotate | the key is an officer's, which holds nothing but what may be granted |

Whoever is enrolled so holds nothing but what may be granted and, but in a new position, nothing that the last holder did not.
Mandates of registrars on duty are never among those granted, so none of them touches itself or another. What root or registrar
ended, none of them brings back; whatever one of them did, root or registrar ends or does anew.

Pure; every node judges alike, by the charter that the entry names and the directory below it.
"""

from __future__ import annotations

from collections.abc import Iterable

from parley.charter.directory_kinds import Enrolment, Revocation
from parley.charter.signers import Capacity, Signer
from parley.charter.terms import OnDuty
from parley.charter.void import Void

KINDS = frozenset({Enrolment.KIND, Revocation.KIND})


def may_sign(on_duty: OnDuty | None, kind: str, signer: Signer) -> bool:
    """Whether `signer` is a registrar on duty, and `kind` is for those."""
    if on_duty is None or kind not in KINDS or signer.capacity != Capacity.OFFICER:
        return False
    return any(mandate in on_duty.mandates for mandate in signer.mandates)


def enrols_beyond(on_duty: OnDuty, mandates: Iterable[str], last: Signer | None) -> Void | None:
    """Void where an enrolment with `mandates` is beyond the limits; `last`: who holds or held the position last."""
    given = set(mandates)
    if not given <= set(on_duty.grants):
        return _beyond("it entrusts what a registrar on duty may not grant")
    if last is None:
        return None if on_duty.new_positions else _beyond("nobody held the position before")
    beyond = _touches_beyond(on_duty, last)
    if beyond is not None:
        return beyond
    if last.until_seq is not None and last.ended_by != Capacity.OFFICER:
        return _beyond(f"{last.position} was ended by root or registrar, who alone can fill it again")
    if not given <= set(last.mandates):
        return _beyond(f"it entrusts more than {last.position} held")
    return None


def revokes_beyond(on_duty: OnDuty, target: Signer) -> Void | None:
    """Void where revoking or annotating the key of `target` is beyond the limits."""
    return _touches_beyond(on_duty, target)


def _touches_beyond(on_duty: OnDuty, target: Signer) -> Void | None:
    if target.capacity != Capacity.OFFICER or not set(target.mandates) <= set(on_duty.grants):
        return _beyond(f"{target.position} is not for a registrar on duty to touch")
    return None


def _beyond(reason: str) -> Void:
    return Void("directory.on-duty", reason)
