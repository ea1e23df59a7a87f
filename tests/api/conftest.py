"""The interface over a furnished office, at the clock of the test."""

import pytest
from flask import Flask

from api.app import create_app
from engine.settings import Settings
from engine.store.database import Database
from tests.api.client import Caller
from tests.api.lives import Lives
from tests.clock import FakeClock
from tests.office import Office


@pytest.fixture
def app(database: Database, office: Office, clock: FakeClock) -> Flask:
    """The application."""
    return create_app(Settings(secret_key="khóa của bài kiểm tra"), database, clock)


@pytest.fixture
def call(app: Flask) -> Caller:
    """Sends requests to it."""
    return Caller(app)


@pytest.fixture
def lives(office: Office, clock: FakeClock) -> Lives:
    """Makes dossiers."""
    return Lives(office, clock)
