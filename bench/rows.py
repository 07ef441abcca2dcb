"""Rows of the table that `make bench` prints: a figure, its unit, its reference and their ratio."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One measured figure.

    Attributes:
        reference: what it is measured against, in the same unit and the same run; None where it stands alone.
        ratio: value / reference for costs, so smaller is better; for rates also value / reference, larger is better.
        target: what is asked of it, in words.
        how: how it was measured.
    """

    name: str
    value: float
    unit: str
    reference: float | None
    reference_name: str
    ratio: float | None
    how: str
    target: str = ""

    @classmethod
    def against(cls, name: str, value: float, unit: str, reference: float, of: str, how: str, target: str = "") -> Row:
        """A figure beside a reference measured in the same run."""
        return cls(name, value, unit, reference, of, value / reference, how, target)

    @classmethod
    def alone(cls, name: str, value: float, unit: str, how: str, target: str = "") -> Row:
        """A figure with nothing beside it."""
        return cls(name, value, unit, None, "", None, how, target)

    def as_json(self) -> str:
        """One JSON object on one line."""
        return json.dumps(asdict(self), ensure_ascii=False)


def percentile(values: Sequence[float], q: float) -> float:
    """The `q`-th percentile of `values` (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * q / 100))]


def table(rows: Sequence[Row]) -> str:
    """The rows for people."""
    lines = [f"{'name':<22} {'value':>12} {'unit':<11} {'reference':>12} {'ratio':>7}  target"]
    for row in rows:
        reference = f"{row.reference:12.3f}" if row.reference is not None else " " * 12
        ratio = f"{row.ratio:7.2f}" if row.ratio is not None else " " * 7
        lines.append(f"{row.name:<22} {row.value:12.3f} {row.unit:<11} {reference} {ratio}  {row.target}")
        lines.append(f"    {row.how}" + (f"; reference: {row.reference_name}" if row.reference_name else ""))
    return "\n".join(lines)
