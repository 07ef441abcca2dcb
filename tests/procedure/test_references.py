"""The letter of a reference: which errors it catches, by all numbers up to 9999 and by property above, and which escape."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.procedure.references import LETTERS, SPELLED, letter_at, letter_of, typed
from parley.record.ids import log_id

DIGITS = "0123456789"
SMALL = [str(number) for number in range(10_000)]
LARGE = st.integers(10_000, (1 << 53) - 1).map(str)
CODES = ("SYR", "ISR", "UN")


def letter(digits: str, ordinal: int = 0, generation: int = 1) -> str:
    return letter_of(ordinal, generation, int(digits))


def wrong_digits(digits: str) -> list[str]:
    """Every number that differs in one digit; a first digit is not made 0, which nobody says."""
    return [
        digits[:at] + other + digits[at + 1 :]
        for at in range(len(digits)) for other in DIGITS
        if other != digits[at] and not (other == "0" and at == 0 and len(digits) > 1)
    ]  # fmt: skip


def swapped(digits: str, apart: int = 1) -> list[str]:
    """Every number with two unlike digits swapped, so far apart."""
    found = []
    for at in range(len(digits) - apart):
        one = list(digits)
        one[at], one[at + apart] = one[at + apart], one[at]
        if one[at] != one[at + apart]:
            found.append("".join(one))
    return found


def test_the_alphabet_has_a_prime_number_of_letters_none_like_a_digit_or_another() -> None:
    assert len(set(LETTERS)) == len(LETTERS) == 11
    assert not set(LETTERS) & set("OQDISZBGVNJAECPEN01258")
    assert SPELLED.keys() == set(LETTERS)
    assert all(word[0] == key for key, word in SPELLED.items())


def test_every_wrong_digit_and_every_swap_of_numbers_up_to_9999_is_caught() -> None:
    for digits in SMALL:
        right = letter(digits)
        assert all(letter(one) != right for one in wrong_digits(digits)), digits
        assert all(letter(one) != right for apart in (1, 2, 3) for one in swapped(digits, apart)), digits


def test_twins_and_teens_heard_as_tens_up_to_9999_are_caught() -> None:
    for digits in SMALL:
        for at in range(len(digits) - 1):
            pair, right = digits[at : at + 2], letter(digits)
            heard = [2 * other for other in DIGITS if other != pair[0]] if pair[0] == pair[1] else []
            if pair[0] == "1" and pair[1] in "3456789":
                heard.append(pair[1] + "0")
            for one in heard:
                assert letter(digits[:at] + one + digits[at + 2 :]) != right, (digits, one)


@given(LARGE)
def test_every_wrong_digit_and_every_swap_of_neighbours_of_larger_numbers_is_caught(digits: str) -> None:
    right = letter(digits)
    assert all(letter(one) != right for one in wrong_digits(digits))
    assert all(letter(one) != right for apart in range(1, 10) for one in swapped(digits, apart))


@given(LARGE, st.sampled_from(DIGITS[1:]))
def test_a_first_digit_put_before_or_left_out_is_caught(digits: str, first: str) -> None:
    assert letter(first + digits) != letter(digits)


@given(st.integers(0, 1 << 53), st.integers(1, 11), st.integers(2, 11))
def test_the_code_of_another_of_eleven_members_or_a_generation_left_out_is_caught(
    seq: int, members: int, generation: int
) -> None:
    assert len({letter_of(one, 1, seq) for one in range(members)}) == members
    assert letter_of(0, generation, seq) != letter_of(0, 1, seq)


def test_what_can_escape_is_what_is_said_to() -> None:
    assert letter_of(0, 1, 42) == letter_of(11, 1, 42), "members eleven places apart"
    assert letter("10000000002") == letter("20000000001"), "a swap over ten places"
    one_of_eleven = sum(letter(digits) == letter(digits + "0") for digits in SMALL[1:])
    assert abs(one_of_eleven / len(SMALL) - 1 / 11) < 0.01, "a nought put at the end"
    cycles = [(a + b + c, b + c + a) for a, b, c in itertools.product(DIGITS[1:], repeat=3) if not a == b == c]
    assert 0 < sum(letter(before) == letter(after) for before, after in cycles) / len(cycles) < 0.12


@given(st.integers(0, 31), st.integers(1, 16), st.integers(0, 1 << 53))
def test_the_letter_of_a_place_is_that_of_its_members_log(ordinal: int, generation: int, seq: int) -> None:
    assert letter_at(log_id(ordinal, generation), seq) == letter_of(ordinal, generation, seq)


@pytest.mark.parametrize(
    "text",
    ["SYR 42", "syr42", "SYR-42", " syr_42 ", "SYR ٤٢", "\u2067SYR 42\u2069", "SYR 0042"],
)
def test_a_reference_is_read_as_people_type_it(text: str) -> None:
    assert typed(text, CODES) == (0, 1, 42, "")


@pytest.mark.parametrize("text", ["SYR 42-K", "syr42k", "SYR 42 K", "syr-42-k"])
def test_its_letter_is_read_with_it(text: str) -> None:
    assert typed(text, CODES) == (0, 1, 42, "K")


def test_a_log_that_was_reopened_keeps_its_number() -> None:
    assert typed("ISR2 7", CODES) == (1, 2, 7, "")
    assert typed("ISR1 7", CODES) is None
    assert typed("ISR17 7", CODES) is None


@pytest.mark.parametrize(
    "text", ["", "42", "SYR", "SYR x", "SYR 4 2", "FOO 1", "SYR 42-KK", "SYR " + "1" * 17, "S" * 99]
)
def test_what_is_no_reference_of_a_member_is_none(text: str) -> None:
    assert typed(text, CODES) is None
