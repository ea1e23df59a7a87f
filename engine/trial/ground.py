"""Where a trial takes place: a draft under the rulebook and the calendar of an agency, as they are
in force."""

from dataclasses import dataclass

from sqlalchemy import Connection

from bpmn.procedure import Procedure
from engine.life.setting import Setting
from engine.store import editions
from engine.store.editions import InForce
from engine.trial.people import People, people_of


@dataclass(frozen=True)
class Ground:
    """The rules of a trial, which editions they are, and its people."""

    setting: Setting
    in_force: InForce
    people: People


def ground_of(tx: Connection, procedure: Procedure, agency: str) -> Ground:
    """As it would be for a dossier of the agency now; needs no database afterwards."""
    in_force = editions.in_force(tx, agency)
    calendar = editions.calendar(tx, in_force.calendar)
    rulebook = editions.rulebook(tx, in_force.rulebook)
    setting = Setting(procedure, rulebook, lambda _digest: calendar, lambda _digest: procedure)
    return Ground(setting, in_force, people_of(agency))
