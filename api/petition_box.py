"""Petitions of those without an account, for REST and the pages: how often, and in transactions.

What is sent is counted for the address it comes from; wrong numbers are counted for the address
and for the code, and taken back where they turn out right.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from api.limits import address_block, limits
from api.services import services
from engine.commands.petition_box import (
    RateAnswer,
    SubmitPetition,
    SupplyPetition,
    rate_answer,
    submit_petition,
    supply,
)
from engine.errors.petitions import PetitionNotTracked
from engine.model.petition import Petition
from engine.model.slip_link import slip_key
from engine.queries.petition_box import OwnPetition, own_petition
from engine.store.petition_people import PetitionClaim


def send(command: SubmitPetition) -> tuple[Petition, str]:
    """Keep a petition; gives it with the secret key by which its sender finds it again.

    Raises `TooManyRequests` and what `submit_petition` does.
    """
    limits().hit("petition_address", address_block())
    house = services()
    with house.database.transaction() as tx:
        found = submit_petition(tx, command, house.settings.secret_key, house.clock())
    return found, slip_key(house.settings.secret_key, found.code)


def track(claim: PetitionClaim) -> OwnPetition:
    """The petition of a sender; raises `PetitionNotTracked`, `TooManyRequests`."""
    house = services()
    with _counted(claim), house.database.reading() as tx:
        return own_petition(tx, claim, house.settings.secret_key, house.clock())


def add(command: SupplyPetition) -> Petition:
    """What a sender adds; raises what `track` and `supply` do."""
    house = services()
    with _counted(command.claim), house.database.transaction() as tx:
        return supply(tx, command, house.settings.secret_key, house.clock())


def rate(command: RateAnswer) -> Petition:
    """How content a sender is; raises what `track` and `rate_answer` do."""
    house = services()
    with _counted(command.claim), house.database.transaction() as tx:
        return rate_answer(tx, command, house.settings.secret_key, house.clock())


@contextmanager
def _counted(claim: PetitionClaim) -> Iterator[None]:
    """Count the try before it is judged, and take it back unless it was wrong."""
    tries = (("petition_tracking", address_block()), ("petition_code", claim.plain_code))
    for name, key in tries:
        limits().hit(name, key)
    wrong = False
    try:
        yield
    except PetitionNotTracked:
        wrong = True
        raise
    finally:
        for name, key in () if wrong else tries:
            limits().give_back(name, key)
