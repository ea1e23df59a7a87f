"""IPNs over real HTTP, to a real server: many at once, forged, repeated, in trouble."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from sqlalchemy import text
from werkzeug.serving import make_server

from api.site import create_site
from engine.gateways.vnpay.merchant import Merchant
from engine.settings import Settings
from engine.store.database import Database
from tests.api.lives import Lives
from tests.browser.house import Quiet
from tests.clock import FakeClock
from tests.paying import AMOUNT, attempt, obligation, open_differences, owing
from tests.vnpay import Vnpay

_SECONDS = 60


@dataclass(frozen=True)
class Door:
    """Where IPNs go."""

    url: str
    merchant: Merchant

    def said(self, query: str) -> str:
        """What is replied to a query."""
        answer = requests.get(f"{self.url}?{query}", timeout=_SECONDS)
        assert answer.status_code == 200
        return str(answer.json()["RspCode"])

    def signed(self, back: str, **changes: str) -> str:
        """The query of the way back, with changes that VNPAY signed."""
        said = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}
        del said["vnp_SecureHash"]
        query = self.merchant.query({**said, **changes})
        return f"{query}&vnp_SecureHash={self.merchant.sign(query)}"


@pytest.fixture
def door(database: Database, clock: FakeClock, settings: Settings, vnpay: Vnpay) -> Iterator[Door]:
    """A server with threads over the database of the test."""
    site = create_site(settings, database, clock)
    server = make_server("127.0.0.1", 0, site, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    merchant = Merchant.of(settings)
    assert merchant
    url = f"http://127.0.0.1:{server.server_port}/api/v1/vnpay/ipn"
    vnpay.behave(ipn_url=url, times=0)
    yield Door(url, merchant)
    server.shutdown()
    thread.join()
    server.server_close()


def test_200_at_once_settle_once(
    lives: Lives, vnpay: Vnpay, settings: Settings, door: Door
) -> None:
    dossier = owing(lives)
    query = urlsplit(vnpay.pay(attempt(lives, settings, dossier))).query
    with ThreadPoolExecutor(40) as threads:
        replies = Counter(threads.map(door.said, [query] * 200))
    assert replies == {"00": 1, "02": 199}
    after = obligation(lives, dossier)
    assert (after.paid, len(after.payments)) == (AMOUNT, 1)


def test_every_reply_is_the_right_one(
    lives: Lives, vnpay: Vnpay, settings: Settings, door: Door, database: Database
) -> None:
    dossier = owing(lives)
    url = attempt(lives, settings, dossier)
    back = vnpay.pay(url)
    good = urlsplit(back).query
    forged = f"{good[:-1]}{'0' if good[-1] != '0' else '1'}"
    refused = (
        forged, "", good.rpartition("&")[0], f"{good}&vnp_Amount=1", f"{good}&vnp_X=1",
        door.signed(back, vnp_TmnCode="KHAC"), door.signed(back, vnp_OrderInfo="x" * 5_000),
    )  # fmt: skip
    assert [door.said(query) for query in refused] == ["97"] * len(refused)
    assert door.said(door.signed(back, vnp_TxnRef="260706KHONGCO")) == "01"
    assert door.said(door.signed(back, vnp_Amount="100")) == "04"
    assert door.said(door.signed(back, vnp_Amount="-1")) == "99"
    assert obligation(lives, dossier).paid == 0
    with database.transaction() as tx:
        tx.execute(text("ALTER TABLE payment_order RENAME TO away"))
    assert (door.said(good), door.said(forged)) == ("99", "97")
    with database.transaction() as tx:
        tx.execute(text("ALTER TABLE away RENAME TO payment_order"))
    assert [door.said(good), door.said(good)] == ["00", "02"]
    assert obligation(lives, dossier).paid == AMOUNT
    assert [each.kind for each in open_differences(lives)] == ["unknown", "wrong_amount"]


def test_the_gateway_s_own_bad_days(
    lives: Lives, vnpay: Vnpay, settings: Settings, door: Door
) -> None:
    """Forged and failed ones come first, and the real one twice."""
    dossier = owing(lives)
    vnpay.behave(ipn_url=door.url, times=2, forged_first=True, failure_first=True)
    vnpay.pay(attempt(lives, settings, dossier))
    after = obligation(lives, dossier)
    assert (after.paid, len(after.payments)) == (AMOUNT, 1)
    vnpay.behave(ipn_url=door.url, times=1)
    unpaid = owing(lives)
    vnpay.pay(attempt(lives, settings, unpaid), code="24")
    assert obligation(lives, unpaid).paid == 0
