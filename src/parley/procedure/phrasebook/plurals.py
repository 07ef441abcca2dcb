"""Plural rules: which form of a noun a number takes (Unicode CLDR plural rules, cardinals, whole numbers only).

A rule is a table of rows ``(form, modulus, low, high)``. The first row that holds decides: the number, or its
remainder by the modulus where that is not 0, lies from low to high. Where no row holds, the form is ``other``.
"""

from __future__ import annotations

from collections.abc import Mapping

Rule = tuple[tuple[str, int, int, int], ...]

RULES: Mapping[str, Rule] = {
    "other": (),
    "one-other": (("one", 0, 1, 1),),
    "one-two-other": (("one", 0, 1, 1), ("two", 0, 2, 2)),
    "arabic": (
        ("zero", 0, 0, 0),
        ("one", 0, 1, 1),
        ("two", 0, 2, 2),
        ("few", 100, 3, 10),
        ("many", 100, 11, 99),
    ),
    "slavic": (("many", 100, 11, 14), ("one", 10, 1, 1), ("few", 10, 2, 4), ("many", 1, 0, 0)),
}


def plural(rule: str, number: int) -> str:
    """The form that `number`, 0 or more, takes by the rule of that name."""
    for form, modulus, low, high in RULES[rule]:
        if low <= (number % modulus if modulus else number) <= high:
            return form
    return "other"


def plural_forms(rule: str) -> frozenset[str]:
    """Every form that numbers can take by the rule of that name."""
    return frozenset(row[0] for row in RULES[rule]) | {"other"}
