"""A real browser at a desk and on a phone, and a real server. SQLite only: what the database
does is tested elsewhere."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from engine.store.database import Database
from tests.browser.house import House, served
from tests.browser.watched import Watched
from tests.clock import FakeClock
from tests.office import Office

WIDTHS = {"desk": (1366, 768), "phone": (360, 740)}
_QUIETLY = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 30_000
"""Milliseconds that a test waits for what should be there: machines of tests are busy."""
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, once for all tests of a process."""
    path = shutil.which("chromium")
    assert path, "The system package chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*_QUIETLY])
        yield browser
        browser.close()


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """One kind is enough here."""
    return sqlite_database


@pytest.fixture
def house(database: Database, office: Office, clock: FakeClock) -> Iterator[House]:
    """The served office."""
    with served(database, clock) as house:
        yield house


def opened(browser: Browser, house: House, kind: str) -> Iterator[Page]:
    """A page of one of the widths, watched until the test is over."""
    width, height = WIDTHS[kind]
    context = browser.new_context(
        base_url=house.url,
        viewport={"width": width, "height": height},
        has_touch=kind == "phone",
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    watched = Watched(page, house.url)
    yield page
    context.close()
    assert watched.complaints == []


@pytest.fixture(params=["desk", pytest.param("phone", marks=pytest.mark.soak)])
def page(request: pytest.FixtureRequest, browser: Browser, house: House) -> Iterator[Page]:
    """A page; the test runs at a desk, and on a phone too with `-m soak`: every page by itself is
    looked at in both widths anyway (`test_every_page`).

    It fails when the page broke its policy, asked another host for anything, or a script of it
    failed.
    """
    yield from opened(browser, house, request.param)


@pytest.fixture
def desk(browser: Browser, house: House) -> Iterator[Page]:
    """A page at a desk."""
    yield from opened(browser, house, "desk")


@pytest.fixture
def phone(browser: Browser, house: House) -> Iterator[Page]:
    """A page on a phone."""
    yield from opened(browser, house, "phone")
