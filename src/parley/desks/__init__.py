"""The desks. Each module that names a `DESK` is one; being here is all it takes to be at hand.

A package of somebody else adds its own by an entry point of the group ``parley.desks`` that names a `Desk`.
"""

from __future__ import annotations

import importlib
import pkgutil
from importlib.metadata import entry_points

from parley.errors import Misconfigured
from parley.procedure.declare import Desk
from parley.procedure.registry import Desks

GROUP = "parley.desks"


def at_hand() -> Desks:
    """All desks of this program in the order of their modules' names, then those of other packages by theirs.

    Raises:
        Misconfigured: an entry point names no desk.
    """
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    own = [module.DESK for module in modules if isinstance(getattr(module, "DESK", None), Desk)]
    return Desks([*own, *_others()])


def _others() -> list[Desk]:
    found = []
    for name, value in sorted({(one.name, one.value) for one in entry_points(group=GROUP)}):
        desk = next(iter(entry_points(group=GROUP, name=name, value=value))).load()
        if not isinstance(desk, Desk):
            raise Misconfigured(
                "desk.entry-point", f"{value} is no desk", field=name, rule="a Desk of parley.procedure"
            )
        found.append(desk)
    return found
