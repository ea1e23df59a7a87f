"""Who signs in which capacity; the agency's seal is kept by the registry (NĐ 30/2020, Art 32)."""

from bpmn.roles import Role
from engine.model.actor import Actor
from engine.model.document import Capacity

SIGNING_ROLES = {
    Capacity.RECEPTION: frozenset({Role.RECEPTION_OFFICER}),
    Capacity.LEADER: frozenset({Role.LEADER, Role.CENTRE_DIRECTOR}),
    Capacity.AGENCY: frozenset({Role.REGISTRY_CLERK}),
}


def signs_at(actor: Actor, capacity: Capacity, agency: str) -> bool:
    """Whether the actor signs in this capacity what an agency issues outside of dossiers."""
    roles = SIGNING_ROLES[capacity]
    return any(grant.role in roles and grant.agency == agency for grant in actor.grants)
