"""Rows of the table that `make bench` prints: a figure, its unit, its reference and their ratio."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One measured figure.

    Attributes:
        value: None where the measurement failed; `how` says why.
        reference: what it is measured against, in the same unit and the same run; None where it stands alone.
        ratio: value / reference for costs, so smaller is better; for rates also value / reference, larger is better.
        target: what is asked of it, in words.
        how: how it was measured.
    """

    name: str
    value: float | None
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

    @classmethod
    def failed(cls, name: str, unit: str, error: BaseException) -> Row:
        """A figure that could not be had."""
        return cls(name, None, unit, None, "", None, f"failed: {type(error).__name__}: {error}")

    def as_json(self) -> str:
        """One JSON object on one line."""
        return json.dumps(asdict(self), ensure_ascii=False)


def percentile(values: Sequence[float], q: float) -> float:
    """The `q`-th percentile of `values` (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * q / 100))]


def heading() -> str:
    """What stands above the rows for people."""
    return f"{'name':<22} {'value':>12} {'unit':<13} {'reference':>12} {'ratio':>7}  target"


def lines(row: Row) -> str:
    """One row for people: the figures, and below them how they were had."""
    value = f"{row.value:12.3f}" if row.value is not None else f"{'failed':>12}"
    reference = f"{row.reference:12.3f}" if row.reference is not None else " " * 12
    ratio = f"{row.ratio:7.2f}" if row.ratio is not None else " " * 7
    of = f"; reference: {row.reference_name}" if row.reference_name else ""
    return f"{row.name:<22} {value} {row.unit:<13} {reference} {ratio}  {row.target}".rstrip() + f"\n    {row.how}{of}"


def table(rows: Sequence[Row]) -> str:
    """The rows for people."""
    return "\n".join([heading(), *map(lines, rows)])
