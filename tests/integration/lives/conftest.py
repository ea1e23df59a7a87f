"""A dossier that has lived a little, for tests that tamper with it."""

import pytest

from bpmn.procedure import procedure_from_sources
from engine.model.status import Channel
from tests.clock import FakeClock
from tests.diagrams import simple
from tests.integration.lives.tampering import WAY
from tests.office import Office
from tests.processes.walker import Walker


@pytest.fixture
def walker(office: Office, clock: FakeClock) -> Walker:
    """Someone who has led a dossier of the small procedure along `WAY`."""
    walker = Walker(office, clock, procedure_from_sources(simple()))
    walker.walk(Channel.POSTAL, {}, WAY)
    assert walker.verified() is None
    return walker
