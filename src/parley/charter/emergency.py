"""The emergency mandate: what an officer may say while those are away whose mandate it needs.

The charter's rules (`terms.EmergencyRule`) name kinds, the mandates that may stand in, the authority stood in for, the highest
precedence, how long the authority must have been tried, and within what time it is to confirm or withdraw. A statement said so
bears its plea in its signed marking, where every member with sight of the statement reads it:

    EMERGENCY <since when the authority was tried, Unix seconds> <reason, 8 to 100 characters>

It is a plea only where it is needed: under a mandate that covers the kind, a marking is a marking. Both times are the signer's
word and the signer's clock. It stands in for a mandate, never for a second officer (``countersigned_by``).

Pure; every node judges alike, by the charter that the entry names and the statement alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parley.charter.charter import Charter
from parley.charter.terms import EmergencyRule
from parley.charter.void import Void
from parley.record.statement import Precedence

MARK = "EMERGENCY"
MIN_REASON_CHARS = 8
MAX_REASON_CHARS = 100
_HIDDEN = "\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff"
_PLEA = re.compile(f"{MARK} (0|[1-9][0-9]{{0,11}}) ([^{_HIDDEN}]{{{MIN_REASON_CHARS},{MAX_REASON_CHARS}}})")


@dataclass(frozen=True, slots=True)
class Plea:
    """Since when the authority was tried, by the signer's clock, and why the statement could not wait."""

    tried_since_s: int
    reason: str

    @property
    def marking(self) -> str:
        """As the statement bears it."""
        return f"{MARK} {self.tried_since_s} {self.reason}"


def plea_of(marking: str) -> Plea | None:
    """The plea that a marking is; None where it is none."""
    match = _PLEA.fullmatch(marking)
    return Plea(int(match[1]), match[2]) if match is not None else None


def rule_for(charter: Charter, kind: str, mandate: str) -> EmergencyRule | None:
    """The rule under which `mandate`, which does not cover `kind`, may stand in for one that does."""
    return next((one for one in charter.terms.emergency if kind in one.kinds and mandate in one.mandates), None)


def stands_in(charter: Charter, kind: str, mandate: str, marking: str) -> tuple[EmergencyRule, Plea] | None:
    """Under which rule, and with what plea, a statement in force was said; None where its mandate covers it."""
    opened = charter.kinds.get(kind)
    if opened is None or mandate in opened.mandates:
        return None
    rule, plea = rule_for(charter, kind, mandate), plea_of(marking)
    return (rule, plea) if rule is not None and plea is not None else None


def refused(charter: Charter, kind: str, mandate: str, precedence: int, marking: str, issued_at_s: int) -> Void | None:
    """Void where a mandate that does not cover the kind does not stand in for one either."""
    rule = rule_for(charter, kind, mandate)
    if rule is None:
        return Void("mandate.exceeded", f"{mandate!r} does not cover the kind {kind!r}")
    plea = plea_of(marking)
    if plea is None:
        return Void("emergency.plea", f"{mandate!r} covers the kind {kind!r} only with the plea of an emergency")
    if precedence > rule.ceiling:
        return Void("emergency.exceeded", f"in an emergency {mandate!r} does not reach {Precedence(precedence).name}")
    if (issued_at_s - plea.tried_since_s) * 1000 < rule.tried_ms:
        return Void("emergency.too-soon", "the authority was not tried for as long as the charter wants")
    return None
