"""The site over a furnished office, at the clock of the test."""

from collections.abc import Callable

import pytest

from api.services import Services, provide
from api.site import Site, create_site
from engine.files import FileStore
from engine.store.database import Database
from tests.api.conftest import SETTINGS
from tests.api.lives import Lives
from tests.clock import FakeClock
from tests.office import Office
from tests.web.visitor import Visitor


@pytest.fixture(scope="session")
def shared_site() -> Site:
    """Made once, for describing every route takes long; each test gives it its own services."""
    return create_site(SETTINGS, Database("sqlite://"), FakeClock())


@pytest.fixture
def site(
    shared_site: Site, database: Database, office: Office, clock: FakeClock, files: FileStore
) -> Site:
    """The site, over the database and the clock of the test."""
    for app in (shared_site.rest, shared_site.web):
        provide(app, Services(SETTINGS, database, clock, files))
    return shared_site


@pytest.fixture
def visit(site: Site) -> Callable[[str | None], Visitor]:
    """Someone of the office, signed in: `visit("reception1")`; or nobody: `visit(None)`."""

    def arrive(username: str | None) -> Visitor:
        visitor = Visitor(site)
        if username is not None:
            assert visitor.sign_in(username).status_code == 303
        return visitor

    return arrive


@pytest.fixture
def lives(office: Office, clock: FakeClock, files: FileStore) -> Lives:
    """Makes dossiers."""
    return Lives(office, clock, files)
