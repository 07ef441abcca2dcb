"""Versions of what officers change together: a change names the one it changes, ``If-Match: "3"``, as its ``ETag`` said."""

from __future__ import annotations

import re

from parley.errors import Refused

_VERSION = re.compile(r'"([1-9][0-9]{0,8})"', re.A)


def tag_of(version: int) -> str:
    """The ``ETag`` of a version."""
    return f'"{version}"'


def version_in(if_match: str | None, noun: str) -> int:
    """The version that a request names.

    Raises:
        Refused: code `noun` and ``.if-match``.
    """
    match = _VERSION.fullmatch((if_match or "").strip())
    if match is None:
        rule = 'as the ETag says, such as "3"'
        raise Refused(f"{noun}.if-match", "must name the version that is changed", field="If-Match", rule=rule)
    return int(match[1])
