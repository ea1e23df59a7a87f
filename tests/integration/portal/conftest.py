"""One simulated portal for all tests here, which each of them finds knowing nothing."""

from collections.abc import Iterator

import pytest

from tests.portal import SimulatedPortal, running_portal


@pytest.fixture(scope="session")
def portal_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatedPortal]:
    """The process."""
    with running_portal(tmp_path_factory.mktemp("portal") / "portal.db") as portal:
        yield portal


@pytest.fixture
def portal(portal_process: SimulatedPortal) -> SimulatedPortal:
    """It, well behaved."""
    portal_process.begin_anew()
    return portal_process
