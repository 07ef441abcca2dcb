"""Strict reading of TOML tables: every key is read or refused, and every error names its path.

Errors are `BadInput` with code ``charter.missing``, ``charter.unknown-field`` or ``charter.type`` and a field such
as ``members[1].code``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from parley.errors import BadInput

_DURATION = re.compile(r"([1-9][0-9]{0,10}) (ms|s|min|h|d)", re.A)
UNIT_MS = {"ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000, "d": 86_400_000}
DURATION_RULE = 'a number and ms, s, min, h or d, such as "10 min"'


class Table:
    """One table being read. Call `close` after the last read: keys nobody asked for are refused."""

    def __init__(self, raw: Mapping[str, object], path: str = "") -> None:
        self._raw = raw
        self._path = path
        self._left = set(raw)

    def field(self, key: str) -> str:
        """The path of `key`, as errors name it."""
        return f"{self._path}.{key}" if self._path else key

    def __contains__(self, key: str) -> bool:
        return key in self._raw

    def text(self, key: str) -> str:
        """A text."""
        value = self._take(key)
        if not isinstance(value, str):
            raise self._wrong(key, value, "text in quotes")
        return value

    def flag(self, key: str) -> bool:
        """true or false."""
        value = self._take(key)
        if not isinstance(value, bool):
            raise self._wrong(key, value, "true or false")
        return value

    def integer(self, key: str) -> int:
        """A whole number."""
        value = self._take(key)
        if type(value) is not int:
            raise self._wrong(key, value, "a whole number")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._take(key)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._wrong(key, value, 'a list of texts, such as ["a", "b"]')
        return tuple(value)

    def duration_ms(self, key: str) -> int:
        """A duration, in milliseconds."""
        return self._duration(key, self._take(key))

    def durations_ms(self, key: str) -> tuple[int, ...]:
        """A list of durations, in milliseconds."""
        value = self._take(key)
        if not isinstance(value, list):
            raise self._wrong(key, value, f"a list; each {DURATION_RULE}")
        return tuple(self._duration(f"{key}[{index}]", item) for index, item in enumerate(value))

    def table(self, key: str) -> Table:
        """A table."""
        return self._table(key, self._take(key))

    def named_tables(self, key: str) -> Iterator[tuple[str, Table]]:
        """The tables of a table, by name, in the order of the file."""
        value = self._take(key)
        if not isinstance(value, dict):
            raise self._wrong(key, value, "a table of tables")
        for name, item in value.items():
            yield name, self._table(f"{key}.{name}", item)

    def numbered_tables(self, key: str) -> Iterator[Table]:
        """The tables of an array of tables."""
        value = self._take(key)
        if not isinstance(value, list):
            raise self._wrong(key, value, f"an array of tables ([[{key}]])")
        for index, item in enumerate(value):
            yield self._table(f"{key}[{index}]", item)

    def names(self) -> list[str]:
        """The keys in the order of the file."""
        return list(self._raw)

    def close(self) -> None:
        """Refuse keys that nobody asked for: a misspelt rule must not be silently left out."""
        for key in sorted(self._left):
            raise BadInput("charter.unknown-field", "is not a field of this table", field=self.field(key),
                           rule="leave it out or spell it as the examples do")  # fmt: skip

    def _take(self, key: str) -> object:
        if key not in self._raw:
            raise BadInput("charter.missing", "is missing", field=self.field(key), rule="every field is given")
        self._left.discard(key)
        return self._raw[key]

    def _table(self, key: str, value: object) -> Table:
        if not isinstance(value, dict):
            raise self._wrong(key, value, "a table")
        return Table(value, self.field(key))

    def _duration(self, key: str, value: object) -> int:
        match = _DURATION.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            raise self._wrong(key, value, DURATION_RULE)
        return int(match[1]) * UNIT_MS[match[2]]

    def _wrong(self, key: str, value: object, rule: str) -> BadInput:
        return BadInput("charter.type", f"is {_described(value)}", field=self.field(key), rule=f"must be {rule}")


def _described(value: object) -> str:
    if isinstance(value, str):
        return f'the text "{value[:40]}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, list):
        return "a list"
    return "a table" if isinstance(value, dict) else "a date or time"
