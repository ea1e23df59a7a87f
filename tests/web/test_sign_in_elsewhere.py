"""Signing in with another house's account: a real provider on this machine, and what goes wrong."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import pytest
import requests
from flask import Flask
from werkzeug.test import TestResponse

from api.metrics import Figures
from api.services import Services
from api.site import Site
from api.web.app import create_web
from engine.files import FileStore
from engine.store import accounts
from engine.store.database import Database
from tests.api.conftest import SETTINGS
from tests.clock import FakeClock
from tests.office import Office
from tests.web.provider import free_port, running_provider
from tests.web.visitor import Visitor

KNOWN = "079090001234"
Arrive = Callable[..., Visitor]


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The provider."""
    with running_provider() as issuer:
        yield issuer


@pytest.fixture
def arrive(
    database: Database, office: Office, clock: FakeClock, files: FileStore, issuer: str
) -> Arrive:
    """A visitor of a house that has chosen the provider; `office1` is known to it."""
    with database.transaction() as tx:
        accounts.change(tx, office.actor("office1").id, sign_in_id=KNOWN)

    def visitor(at: str = issuer, claim: str = "sub") -> Visitor:
        settings = replace(
            SETTINGS, oidc_issuer=at, oidc_client_id="motcua", oidc_client_secret="bi-mat",
            oidc_name="VNeID", oidc_claim=claim,
        )  # fmt: skip
        web = create_web(Services(settings, database, clock, files), Figures())
        return Visitor(Site(Flask("none"), web))

    return visitor


def sent(visitor: Visitor, wanted: str = "/tai-khoan") -> str:
    """Where the provider's log-in page is."""
    answer = visitor.get(f"/dang-nhap/noi-khac?tiep={wanted}")
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def let_in(at: str, sub: str = KNOWN, **more: str) -> str:
    """What the provider sends the browser back to, as a path."""
    answer = requests.post(at, data={"sub": sub, **more}, allow_redirects=False, timeout=30)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def refused(answer: TestResponse, said: str, status: int = 403) -> None:
    """The log-in page, which says why; nobody is in."""
    assert answer.status_code == status
    assert said in answer.text
    assert "Đăng nhập bằng VNeID" in answer.text


def test_someone_known_gets_in_and_where_they_wanted(arrive: Arrive) -> None:
    visitor = arrive()
    assert "Đăng nhập bằng VNeID" in visitor.get("/dang-nhap").text
    at = sent(visitor)
    asked = parse_qs(urlsplit(at).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert {"code_challenge", "nonce", "state"} <= set(asked)
    answer = visitor.get(let_in(at))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/tai-khoan")
    page = visitor.get("/tai-khoan")
    assert "Người dùng office1" in page.text


def test_nobody_is_led_off_the_site(arrive: Arrive) -> None:
    visitor = arrive()
    answer = visitor.get(let_in(sent(visitor, "//evil.example")))
    assert answer.headers["Location"] == "/"


def test_someone_without_an_account_is_told_whom_to_ask(arrive: Arrive) -> None:
    visitor = arrive()
    answer = visitor.get(let_in(sent(visitor), "079000000000"))
    refused(answer, "Hãy đề nghị người quản trị của cơ quan")
    assert visitor.get("/tai-khoan").status_code == 303


def test_someone_who_left_does_not_get_in(
    arrive: Arrive, database: Database, office: Office
) -> None:
    visitor = arrive()
    with database.transaction() as tx:
        accounts.change(tx, office.actor("office1").id, active=False)
    refused(visitor.get(let_in(sent(visitor))), "Hãy đề nghị người quản trị")


def test_accounts_are_found_by_the_claim_that_was_chosen(arrive: Arrive, issuer: str) -> None:
    visitor = arrive(claim="citizen_id")
    refused(visitor.get(let_in(sent(visitor), "someone")), "câu trả lời không hợp lệ")
    requests.put(f"{issuer}/users/someone", json={"citizen_id": KNOWN}, timeout=30)
    assert visitor.get(let_in(sent(visitor), "someone")).status_code == 303
    requests.put(f"{issuer}/users/odd", json={"citizen_id": [KNOWN]}, timeout=30)
    refused(visitor.get(let_in(sent(visitor), "odd")), "câu trả lời không hợp lệ")


def test_an_answer_counts_once(arrive: Arrive) -> None:
    visitor = arrive()
    back = let_in(sent(visitor))
    visitor.get(back)
    refused(visitor.get(back), "đã dùng rồi")


def test_an_answer_for_someone_else(arrive: Arrive) -> None:
    """Nobody signs another in as themselves: the answer belongs to the browser that asked."""
    back = let_in(sent(arrive()))
    stranger = arrive()
    refused(stranger.get(back), "câu trả lời không hợp lệ")
    sent(stranger)
    refused(stranger.get(back), "câu trả lời không hợp lệ")


def test_another_nonce(arrive: Arrive) -> None:
    visitor = arrive()
    parts = urlsplit(sent(visitor))
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    forged = urlunsplit(parts._replace(query=urlencode({**asked, "nonce": "another"})))
    refused(visitor.get(let_in(forged)), "câu trả lời không hợp lệ")


@pytest.mark.parametrize(
    "query", ["", "?code=x", "?state=x", "?error=access_denied", "?code=a&code=b"]
)
def test_answers_that_make_no_sense(arrive: Arrive, query: str) -> None:
    visitor = arrive()
    refused(visitor.get(f"/dang-nhap/tro-ve{query}"), "Hãy thử đăng nhập lại từ đầu")


def test_a_made_up_code(arrive: Arrive) -> None:
    visitor = arrive()
    state = parse_qs(urlsplit(sent(visitor)).query)["state"][0]
    refused(visitor.get(f"/dang-nhap/tro-ve?code=forged&state={state}"), "câu trả lời không hợp lệ")


def test_someone_who_says_no(arrive: Arrive) -> None:
    visitor = arrive()
    refused(visitor.get(let_in(sent(visitor), action="deny")), "bạn đã hủy")


def test_a_provider_that_is_down(arrive: Arrive, issuer: str) -> None:
    for at in (f"http://127.0.0.1:{free_port()}", f"{issuer}/jwks"):
        answer = arrive(at).get("/dang-nhap/noi-khac")
        refused(answer, "Chưa kết nối được với VNeID", 503)


def test_a_provider_that_goes_down_meanwhile(
    arrive: Arrive, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_provider() as passing:
        visitor = arrive(passing)
        back = let_in(sent(visitor))
    refused(visitor.get(back), "Chưa kết nối được với VNeID", 503)


def test_begun_often(arrive: Arrive) -> None:
    """The cookie stays small, and the last one counts."""
    visitor = arrive()
    for _ in range(20):
        at = sent(visitor)
    assert visitor.get(let_in(at)).status_code == 303


def test_a_house_without_a_provider(visit: Callable[[None], Visitor]) -> None:
    visitor = visit(None)
    assert "hoặc" not in visitor.get("/dang-nhap").text
    for path in ("/dang-nhap/noi-khac", "/dang-nhap/tro-ve?code=x&state=y"):
        assert visitor.get(path).status_code == 404
