"""Programs that officers would otherwise use, measured in the same run: installed by the bench itself, on loopback only."""

from __future__ import annotations


class Permission:
    """Whether this run may install other programs: `make bench PEERS=1` says so."""

    granted = False
