"""Plural rules against the sample numbers of the Unicode CLDR tables."""

from __future__ import annotations

import pytest

from parley.procedure.phrasebook.plurals import RULES, plural, plural_forms

SAMPLES = {
    ("other", "other"): "0 1 2 3 15 100 1000000",
    ("one-other", "one"): "1",
    ("one-other", "other"): "0 2 16 100 1000 1000000",
    ("one-two-other", "one"): "1",
    ("one-two-other", "two"): "2",
    ("one-two-other", "other"): "0 3 17 100 1000 1000000",
    ("arabic", "zero"): "0",
    ("arabic", "one"): "1",
    ("arabic", "two"): "2",
    ("arabic", "few"): "3 10 103 110 1003",
    ("arabic", "many"): "11 26 111 1011",
    ("arabic", "other"): "100 102 200 202 300 302 1000 1000000",
    ("slavic", "one"): "1 21 31 101 1001",
    ("slavic", "few"): "2 4 22 24 102 1002",
    ("slavic", "many"): "0 5 19 100 111 1000 1000000",
}


@pytest.mark.parametrize(("rule", "form"), SAMPLES)
def test_samples(rule: str, form: str) -> None:
    assert {plural(rule, int(number)) for number in SAMPLES[rule, form].split()} == {form}


def test_forms_are_those_that_numbers_take() -> None:
    for rule in RULES:
        assert {plural(rule, number) for number in range(1001)} <= plural_forms(rule)
