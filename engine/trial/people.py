"""Those who act in a trial: two of each role that has a lane, and the citizen."""

from collections.abc import Mapping
from dataclasses import dataclass

from bpmn.roles import LANES, ROLE_NAMES, Role
from engine.model.actor import Actor, Grant

_NUMBERS = (1, 2)


@dataclass(frozen=True)
class People:
    """The office of a trial: actors by their user names, at one agency."""

    agency: str
    by_name: Mapping[str, Actor]

    @property
    def names(self) -> dict[int, str]:
        """What they are called, by id."""
        return {actor.id: actor.full_name for actor in self.by_name.values()}

    def of(self, role: Role) -> Actor:
        """The first with a role."""
        return self.by_name[f"{role}1"]


def people_of(agency: str) -> People:
    """Two of each, so that the four-eyes rule can be kept and broken."""
    roles = [*LANES.values(), Role.PORTAL]
    actors = [
        _actor(1 + number + len(_NUMBERS) * index, role, number, agency)
        for index, role in enumerate(roles)
        for number in _NUMBERS
    ]
    return People(agency, {actor.username: actor for actor in actors})


def _actor(id_: int, role: Role, number: int, agency: str) -> Actor:
    grant = Grant(role, agency, None, frozenset({agency}))
    return Actor(id_, f"{role}{number}", f"{ROLE_NAMES[role]} {number}", (grant,))
