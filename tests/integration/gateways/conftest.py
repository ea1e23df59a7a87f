"""The simulated gateway, and lives of dossiers that pay through it."""

from collections.abc import Callable, Iterator

import pytest

from engine.gateways.vnpay.merchant import Merchant
from engine.settings import Settings
from engine.store.database import Database
from notifications.gateway import Inquiry, ask_what_is_due
from tests.api.lives import Lives
from tests.clock import FakeClock
from tests.office import Office
from tests.vnpay import Vnpay, running_vnpay


@pytest.fixture(scope="session")
def vnpay_process() -> Iterator[Vnpay]:
    """One for all tests."""
    with running_vnpay() as vnpay:
        yield vnpay


@pytest.fixture
def vnpay(vnpay_process: Vnpay) -> Vnpay:
    """As it behaves when told nothing: every IPN is lost."""
    vnpay_process.behave(times=0)
    return vnpay_process


@pytest.fixture
def settings(vnpay: Vnpay) -> Settings:
    """Those of the house."""
    return vnpay.settings()


@pytest.fixture
def lives(office: Office, clock: FakeClock) -> Lives:
    """Makes dossiers."""
    return Lives(office, clock)


@pytest.fixture
def ask(database: Database, clock: FakeClock, settings: Settings) -> Callable[[], int]:
    """Ask the gateway about what is due now."""
    merchant = Merchant.of(settings)
    assert merchant
    return lambda: ask_what_is_due(Inquiry(database, merchant, clock))
