"""Checking a content against its kind: every field known, every required one there, each value of its type."""

from __future__ import annotations

from collections.abc import Mapping

from parley.crypto.cbor import CborValue
from parley.errors import BadInput
from parley.procedure.declare import Kind
from parley.procedure.fields import Content, check_value


def check_content(kind: Kind, given: Mapping[str, CborValue]) -> Content:
    """The content, if it is one of `kind`.

    Raises:
        BadInput: code ``content.missing``, ``content.unknown``, ``content.one-of`` or ``content.field``, naming the field.
    """
    declared = {one.name: one for one in kind.fields}
    for name in given:
        if name not in declared:
            raise BadInput("content.unknown", f"{kind.name} has no such field", field=name)
    for field in kind.fields:
        if field.required and field.name not in given:
            raise BadInput("content.missing", f"{kind.name} must say it", field=field.name)
    for group in kind.one_of:
        if sum(name in given for name in group) != 1:
            raise BadInput(
                "content.one-of", "exactly one of these must be there", field=group[0], rule=", ".join(group)
            )
    content = {name: check_value(declared[name], value) for name, value in given.items()}
    for field in kind.fields:
        chosen = next((one for one in field.choices if one.value == content.get(field.name)), None)
        if chosen is not None and chosen.wants is not None and chosen.wants not in content:
            raise BadInput("content.missing", f"{chosen.value} must say it", field=chosen.wants)
    return content
