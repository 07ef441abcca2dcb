"""Mandates: whether an officer may say this, so urgently, under the mandate that the statement names.

The rule is the charter's and every receiving node applies it; the author's own node is not trusted with it.
"""

from __future__ import annotations

from parley.charter import emergency
from parley.charter.charter import Charter, Member
from parley.charter.directory_kinds import BUILT_IN_KINDS
from parley.charter.on_duty import KINDS
from parley.charter.signers import Capacity, Signer
from parley.charter.terms import is_reserved
from parley.charter.void import Void
from parley.record.statement import StatementFields


def exceeded(charter: Charter, member: Member, signer: Signer, fields: StatementFields) -> Void | None:
    """Void where `signer` of `member` had no right to the statement; None where it had.

    A kind that the charter does not open is checked for everything but the kinds of the mandate: what it means is
    not understood here, but who spoke must be.
    """
    if signer.capacity != Capacity.OFFICER:
        return _capacity_exceeded(signer, fields)
    if is_reserved(fields.kind) and not _registers(charter, fields):
        return Void("mandate.exceeded", f"{fields.kind} is for root and registrars, not for officers")
    mandate = charter.mandates.get(fields.mandate)
    if mandate is None:
        return Void("mandate.unknown", f"the charter has no mandate {fields.mandate!r}")
    if fields.mandate not in signer.mandates:
        return Void("mandate.exceeded", f"{signer.position} does not hold the mandate {fields.mandate!r}")
    if member.role not in mandate.roles:
        return Void("mandate.exceeded", f"{fields.mandate!r} is not for a member that is {member.role.label}")
    if fields.precedence > mandate.ceiling:
        return Void("mandate.exceeded", f"{fields.mandate!r} does not reach {fields.precedence.name}")
    rule = charter.kinds.get(fields.kind)
    if rule is not None and fields.mandate not in rule.mandates:
        return emergency.refused(
            charter, fields.kind, fields.mandate, fields.precedence, fields.marking, fields.issued_at_s
        )
    return None


def _registers(charter: Charter, fields: StatementFields) -> bool:
    """Whether it is an act of a registrar on duty, under a mandate for such acts."""
    on_duty = charter.terms.on_duty
    return on_duty is not None and fields.kind in KINDS and fields.mandate in on_duty.mandates


def _capacity_exceeded(signer: Signer, fields: StatementFields) -> Void | None:
    """Root and registrars sign built-in kinds only; which of them signs which is the directory's rule."""
    if not is_reserved(fields.kind):
        return Void("mandate.exceeded", f"a {signer.capacity.label} key signs nothing but directory statements")
    if fields.kind in BUILT_IN_KINDS and fields.mandate != signer.capacity.label:
        return Void("mandate.exceeded", f"a {signer.capacity.label} signs under the mandate {signer.capacity.label!r}")
    return None
