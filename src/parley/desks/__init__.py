"""The desks. Each module that names a `DESK` is one; being here is all it takes to be at hand."""

from __future__ import annotations

import importlib
import pkgutil

from parley.procedure.declare import Desk
from parley.procedure.registry import Desks


def at_hand() -> Desks:
    """All desks of this program, in the order of their modules' names."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    return Desks(module.DESK for module in modules if isinstance(getattr(module, "DESK", None), Desk))
