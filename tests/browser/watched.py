"""A page of the browser that notices what must not happen, and ways to look at it."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

from tests.architecture.modules import ROOT
from tests.office import PASSWORD

SHOTS = Path(os.environ.get("MOTCUA_SCREENSHOTS", ROOT / "var" / "screenshots"))
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
_axe = Axe()


class Watched:
    """Listens to a page from its beginning: errors of scripts, violations of the policy, and
    requests to any other host."""

    def __init__(self, page: Page, host: str) -> None:
        self.complaints: list[str] = []
        self._host = urlsplit(host).netloc
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self._host:
            self.complaints.append(f"outside request: {request.url}")


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Sign in through the page, from wherever it is."""
    page.goto("/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(lambda url: "/dang-nhap" not in url)


def sign_out(page: Page) -> None:
    """Let the next person sit down at the same browser."""
    page.context.clear_cookies()


def check(page: Page) -> None:
    """No violation of WCAG 2.1 A or AA on the page as it is, and nothing wider than the screen."""
    found = _axe.run(page, options=WCAG)
    assert found.violations_count == 0, found.generate_report()
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{page.url}: {wide} px wider than the screen"


def shot(page: Page, name: str) -> None:
    """Keep a picture of the whole page, for people to look at."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    folder = SHOTS / str(width)
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png", full_page=True)
