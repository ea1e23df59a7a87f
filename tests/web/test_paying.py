"""Citizens pay from the page of their dossier; what their browser brings back settles nothing."""

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from api.services import Services, provide
from api.site import Site
from engine.commands.gateway_answers import learn
from engine.files import FileStore
from engine.gateways.vnpay.merchant import Merchant
from engine.model.dossier import Dossier
from engine.model.slip_link import slip_key, slip_path
from engine.settings import Settings
from engine.store.database import Database
from tests.api.conftest import SETTINGS
from tests.api.gateway_routes import with_account
from tests.api.lives import Lives
from tests.clock import FakeClock
from tests.integration.gateways.test_attempts import answer
from tests.paying import AMOUNT, obligation
from tests.vnpay import Vnpay, running_vnpay
from tests.web.visitor import Visitor

Visit = Callable[[str | None], Visitor]
SECRET = SETTINGS.secret_key


@pytest.fixture(scope="module")
def vnpay() -> Iterator[Vnpay]:
    """The simulated gateway, which tells nothing by itself."""
    with running_vnpay() as vnpay:
        vnpay.behave(times=0)
        yield vnpay


@pytest.fixture
def settings(
    vnpay: Vnpay, site: Site, database: Database, clock: FakeClock, files: FileStore
) -> Settings:
    """Those of a house that uses the gateway."""
    settings = vnpay.settings(secret_key=SECRET)
    for app in (site.rest, site.web):
        provide(app, Services(settings, database, clock, files))
    return settings


def form_of(dossier: Dossier) -> dict[str, str]:
    return {"code": dossier.code, "key": slip_key(SECRET, dossier.code), "obligation": "1"}


def test_without_a_gateway_there_is_no_button_and_the_code_is_open(
    visit: Visit, lives: Lives
) -> None:
    dossier, visitor = with_account(lives), visit(None)
    page = visitor.get(slip_path(SECRET, dossier.code))
    assert "Thanh toán trực tuyến" not in page.text
    assert "113366668888" in page.text
    assert "form-action 'self';" in page.headers["Content-Security-Policy"]
    refused = visitor.post("/tra-cuu/thanh-toan", form_of(dossier))
    assert refused.status_code == 409
    assert "VietQR" in refused.text


def test_there_and_back(visit: Visit, lives: Lives, settings: Settings, vnpay: Vnpay) -> None:
    dossier, visitor = with_account(lives), visit(None)
    page = visitor.get(slip_path(SECRET, dossier.code))
    assert f"form-action 'self' {vnpay.url};" in page.headers["Content-Security-Policy"]
    there = visitor.post("/tra-cuu/thanh-toan", form_of(dossier))
    assert there.status_code == 303
    away = there.headers["Location"]
    assert parse_qs(urlsplit(away).query)["vnp_Amount"] == [str(AMOUNT * 100)]
    back = urlsplit(vnpay.pay(away))
    waiting = visitor.get(f"{back.path}?{back.query}")
    assert "Đang chờ VNPAY xác nhận" in waiting.text
    assert 'http-equiv="refresh"' in waiting.text
    assert obligation(lives, dossier).paid == 0
    assert "đang chờ kết quả" in visitor.get(slip_path(SECRET, dossier.code)).text
    with lives.office.database.transaction() as tx:
        learn(tx, answer(settings, back.geturl()), lives.clock())
    done = visitor.get(f"{back.path}?{back.query}")
    assert "Đã nhận tiền" in done.text
    assert 'http-equiv="refresh"' not in done.text
    assert slip_path(SECRET, dossier.code) in done.text
    assert visitor.post("/tra-cuu/thanh-toan", form_of(dossier)).status_code == 409
    lives.clock.advance(days=2)
    assert "k=" not in visitor.get(f"{back.path}?{back.query}").text


def test_what_is_forged_or_unknown_shows_nothing(
    visit: Visit, lives: Lives, settings: Settings
) -> None:
    visitor, dossier, merchant = visit(None), with_account(lives), Merchant.of(settings)
    assert merchant
    for query in ("", "vnp_TxnRef=x&vnp_SecureHash=00", "vnp_TxnRef=x&vnp_TxnRef=y"):
        assert visitor.get(f"/thanh-toan/ket-qua?{query}").status_code == 400
    said = {"vnp_TxnRef": "KHONGCO", "vnp_Amount": "100", "vnp_TmnCode": merchant.code}
    query = merchant.query(said)
    unknown = f"/thanh-toan/ket-qua?{query}&vnp_SecureHash={merchant.sign(query)}"
    assert visitor.get(unknown).status_code == 404
    visitor.get("/tra-cuu")
    for changes in ({"key": "A" * 22}, {"code": "H40-1"}, {"obligation": "x"}):
        assert (
            visitor.post("/tra-cuu/thanh-toan", {**form_of(dossier), **changes}).status_code == 404
        )
