"""Because: why a statement moves nothing, for an officer in any language.

The code is stable and the arguments are plain, so that a screen can say the sentence in the officer's language; the
reason is that sentence in English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from parley.charter.void import Void
from parley.errors import BadInput


@dataclass(frozen=True, slots=True)
class Because:
    """Why a statement is void.

    Attributes:
        before: reference of the statement that came first in the order, where that is the reason.
        unseen: whether the void statement's author had not yet seen it.
    """

    code: str
    reason: str
    arguments: Mapping[str, str] = field(default_factory=dict)
    before: str | None = None
    unseen: bool = False

    @classmethod
    def of_record(cls, void: Void) -> Because:
        """What the record holds void."""
        return cls(void.code, void.reason)

    @classmethod
    def of_content(cls, fault: BadInput) -> Because:
        """A content that is not one of its kind."""
        where = {"field": fault.field} if fault.field else {}
        return cls(fault.code, str(Void.because(fault).reason), where)
