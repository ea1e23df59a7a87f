"""The interface over a furnished office, at the clock of the test."""

import pytest
from flask import Flask

from api.app import create_app
from api.services import Services, provide
from engine.files import FileStore
from engine.settings import Settings
from engine.store.database import Database
from tests.api.client import Caller
from tests.api.lives import Lives
from tests.clock import FakeClock
from tests.office import Office

SETTINGS = Settings(secret_key="khóa của bài kiểm tra")


@pytest.fixture(scope="session")
def shared_app() -> Flask:
    """Made once, for describing every route takes long; each test gives it its own services."""
    return create_app(SETTINGS, Database("sqlite://"), FakeClock())


@pytest.fixture
def app(
    shared_app: Flask, database: Database, office: Office, clock: FakeClock, files: FileStore
) -> Flask:
    """The application, over the database and the clock of the test."""
    provide(shared_app, Services(SETTINGS, database, clock, files))
    return shared_app


@pytest.fixture
def call(app: Flask) -> Caller:
    """Sends requests to it."""
    return Caller(app)


@pytest.fixture
def lives(office: Office, clock: FakeClock, files: FileStore) -> Lives:
    """Makes dossiers."""
    return Lives(office, clock, files)
