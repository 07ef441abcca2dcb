"""A node's directory and settings: what is written reads back, and what is wrong is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.errors import Misconfigured
from parley.node.home.home import Continuity, Home, Settings, format_settings, parse_settings

PORTS = st.integers(1, 65535)
HOSTS = st.sampled_from(["127.0.0.1", "bre.example", "::", "2001:db8::7", "0.0.0.0"])
ADDRESSES = st.tuples(HOSTS, PORTS)
CODES = st.from_regex(r"[A-Z][A-Z0-9]{0,4}[A-Z]", fullmatch=True)


@given(
    code=CODES, listen=ADDRESSES, api=st.tuples(st.sampled_from(["127.0.0.1", "::1", "localhost"]), PORTS),
    peers=st.dictionaries(CODES, ADDRESSES, max_size=4),
)  # fmt: skip
def test_settings_read_back_as_they_were_written(code: str, listen: tuple, api: tuple, peers: dict) -> None:
    settings = Settings(code, listen, api, peers=peers)
    assert parse_settings(format_settings(settings)) == settings


def test_the_rule_of_continuity_sheets_reads_back_as_it_was_written() -> None:
    settings = Settings("AVA", ("0.0.0.0", 1), ("::1", 2), continuity=Continuity(2, 24, ("ar", "he")))
    assert parse_settings(format_settings(settings)) == settings
    assert parse_settings(GOOD).continuity == Continuity(1, 72, ())


GOOD = 'code = "AVA"\nlisten = "0.0.0.0:7341"\napi = "127.0.0.1:7342"\n'


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (GOOD.replace('"AVA"', '""'), "code"),
        (GOOD.replace('"AVA"', "7"), "code"),
        (GOOD.replace(":7341", ""), "listen"),
        (GOOD.replace(":7341", ":0"), "listen"),
        (GOOD.replace(":7341", ":65536"), "listen"),
        (GOOD.replace(":7341", ":٣"), "listen"),
        (GOOD.replace("0.0.0.0:7341", ":7341"), "listen"),
        (GOOD + "database = 5\n", "database"),
        (GOOD + "session_idle_hours = 0\n", "session_idle_hours"),
        (GOOD + "session_idle_hours = true\n", "session_idle_hours"),
        (GOOD + "session_idle_hours = 169\n", "session_idle_hours"),
        (GOOD + "peers = 5\n", "peers"),
        (GOOD + '[peers]\nBRE = "bre.example"\n', "peers.BRE"),
        (GOOD + "continuity = 5\n", "continuity"),
        (GOOD + "[continuity]\nevery_hours = 25\n", "continuity.every_hours"),
        (GOOD + "[continuity]\nevery_hours = true\n", "continuity.every_hours"),
        (GOOD + "[continuity]\nkeep_hours = 0\n", "continuity.keep_hours"),
        (GOOD + '[continuity]\nlanguages = ["xx"]\n', "continuity.languages"),
        (GOOD + '[continuity]\nlanguages = "en"\n', "continuity.languages"),
        (GOOD + "[continuity]\nkeep = 3\n", "continuity.keep"),
        (GOOD + 'lisen = "x"\n', "lisen"),
        (GOOD + "x = = 1\n", "node.toml"),
    ],
)
def test_a_wrong_setting_is_named(text: str, field: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        parse_settings(text)
    assert caught.value.field == field
    assert caught.value.code.startswith("settings.")


@pytest.mark.parametrize("host", ["0.0.0.0", "[::]", "192.0.2.7", "cell.example"])
def test_the_api_which_is_not_encrypted_is_not_opened_to_other_machines(host: str) -> None:
    with pytest.raises(Misconfigured, match=r"settings\.api"):
        parse_settings(GOOD.replace("127.0.0.1", host))


def test_what_is_not_there_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="parley init"):
        Home(tmp_path).settings()
    with pytest.raises(Misconfigured, match="charter sign"):
        Home(tmp_path).load_charter()


def test_the_database_is_in_the_directory_unless_it_is_a_url(tmp_path: Path) -> None:
    settings = parse_settings(GOOD)
    assert Home(tmp_path).database(settings) == str(tmp_path / "record.db")
    elsewhere = parse_settings(GOOD + 'database = "sqlite:///elsewhere.db"\n')
    assert Home(tmp_path).database(elsewhere) == "sqlite:///elsewhere.db"
