"""A Chromium and the built page, once for all tests here. In CI their absence is a failure, elsewhere a skip that says why."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.web.served import FLOOR, served
from tests.web.tabs import Tab, chromium, tab

expect.set_options(timeout=20_000)
"""A slow machine is no fault of the page's: what is fast is measured by `make bench`."""


def lacking(what: str) -> None:
    """End the test for want of something."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        if found is None:
            lacking("no Chromium: `python -m tools.browser` says what to do")
        else:
            yield found


@pytest.fixture(scope="session")
def page_address() -> Iterator[str]:
    if not (FLOOR / "index.html").is_file():
        lacking("the page is not built: `make web`")
    with served() as address:
        yield address


@pytest.fixture
def opened(browser: Browser) -> Iterator[Tab]:
    """A tab; when the test is over it must have asked no stranger and complained of nothing."""
    with tab(browser) as one:
        yield one
        assert one.strangers == []
        assert one.complaints == []
