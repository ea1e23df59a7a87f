"""Visits pages as someone of the office."""

import re
from html import unescape
from typing import Any

from werkzeug.test import Client, TestResponse

from api.site import Site
from tests.office import PASSWORD

_CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')
_ONCE = re.compile(r'name="once" value="([^"]+)"')


class Visitor:
    """A browser without eyes: keeps cookies, follows nothing unless told."""

    def __init__(self, site: Site) -> None:
        self.client = Client(site)
        self.csrf = ""

    def sign_in(self, username: str, password: str = PASSWORD) -> TestResponse:
        """Sign in through the page."""
        self.get("/dang-nhap")
        return self.post("/dang-nhap", username=username, password=password)

    def get(self, path: str, **more: Any) -> TestResponse:
        """Open a page; the token of its forms is kept for the next `post`."""
        answer = self.client.get(path, buffered=True, **more)
        if found := _CSRF.search(answer.text if answer.mimetype == "text/html" else ""):
            self.csrf = unescape(found[1])
        return answer

    def post(self, path: str, data: dict[str, Any] | None = None, **fields: Any) -> TestResponse:
        """Send a form. After signing in, open a page before the first one."""
        form = {"csrf_token": self.csrf, **(data or {}), **fields}
        return self.client.post(path, data=form, buffered=True)

    def said(self, answer: TestResponse) -> TestResponse:
        """The page that an answer leads to."""
        assert answer.status_code == 303, (answer.status, answer.text)
        return self.get(answer.headers["Location"])


def once_of(answer: TestResponse) -> str:
    """The token by which a form on a page acts once."""
    found = _ONCE.search(answer.text)
    assert found, answer.text
    return found[1]
