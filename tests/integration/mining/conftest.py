"""A few dossiers of the small procedure, each on a way of its own."""

from datetime import date

import pytest

from bpmn.procedure import procedure_from_sources
from engine.model.status import Channel
from engine.queries.mining import Asked
from tests.clock import FakeClock
from tests.diagrams import simple
from tests.office import COMMUNE_1, Office
from tests.processes.walker import Walker

ASKED = Asked(date(2026, 7, 1), date(2026, 7, 31), COMMUNE_1)
RECEIVED = "check_papers=accept"
STRAIGHT = f"{RECEIVED} appraise=approve sign=approve deliver"
WAYS = (
    STRAIGHT,
    STRAIGHT,
    f"{RECEIVED} appraise=supplement +supplement appraise=approve sign=approve deliver",
    f"{RECEIVED} appraise=approve sign=return appraise=approve sign=approve deliver",
    f"{RECEIVED} appraise=approve +withdrawal return_papers",
    f"{RECEIVED} appraise=approve",
)
"""The last one is not at its end."""


@pytest.fixture
def walkers(office: Office, clock: FakeClock) -> list[Walker]:
    """Whoever led them there."""
    procedure = procedure_from_sources(simple())
    led = []
    for way in WAYS:
        walker = Walker(office, clock, procedure)
        walker.walk(Channel.POSTAL, {}, way)
        led.append(walker)
    return led
