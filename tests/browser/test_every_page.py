"""Every page of everyone, at a desk in the light and on a phone in the dark: WCAG and policy."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from api.site import create_site
from tests.browser.conftest import WIDTHS
from tests.browser.house import House
from tests.browser.watched import check, shot, sign_in
from tests.web.furnishing import furnish
from tests.web.test_every_page import walked

VIEWS = (("desk", "light"), ("phone", "dark"))
PEOPLE = ("reception1", "office1", "director1", "auditor", "administrator1", "portal")
"""Those who between them see every page; the links of all others are followed without a browser."""


@pytest.mark.parametrize("username", [*PEOPLE, None], ids=str)
def test_pages_of(desk: Page, house: House, username: str | None) -> None:
    slip = furnish(house.office, house.clock, house.lives)
    site = create_site(house.settings, house.database, house.clock)
    found = walked(site, house.office, username, slip).addresses
    if username is not None:
        sign_in(desk, username)
    one_of_each = {rule: address for (rule, _names), address in found.items()}
    complaints = [said for each in one_of_each.values() for said in looked_at(desk, each, username)]
    assert complaints == []


def looked_at(page: Page, address: str, username: str | None) -> list[str]:
    """What is wrong with a page; a picture of it is kept for each view."""
    complaints = []
    for kind, scheme in VIEWS:
        width, height = WIDTHS[kind]
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        answer = page.goto(address)
        if answer and answer.status >= 400:
            complaints.append(f"{address}: {answer.status}")
        shot(page, f"{username}{urlsplit(address).path.replace('/', '-')}-{scheme}")
        try:
            check(page)
        except AssertionError as wrong:
            complaints.append(f"{address} ({kind}, {scheme}): {wrong}")
    return complaints
