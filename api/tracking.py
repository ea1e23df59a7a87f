"""Citizens without an account: what they look up, and how often they may guess.

Wrong numbers are counted for the address, for the code, and for both together. So nobody can
try all numbers for a code, not even from many addresses; nobody can use up the tries for a code
from one address; and a slip always works, because its key cannot be guessed and is not counted.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from api.limits import address_block, limits
from api.sending import Sent
from api.services import services
from engine.commands.rating import RateDossier, rate_dossier
from engine.errors.tracking import NothingTracked
from engine.queries.progress import Progress, progress
from engine.queries.progress_result import fetched_result
from engine.store.ratings import Rating
from engine.store.tracking import Claim


def track(claim: Claim) -> Progress:
    """The progress of a dossier; raises `NothingTracked`, `TooManyRequests`.

    Opens transactions of its own, as does `rate`.
    """
    house = services()
    with _counted(claim), house.database.reading() as tx:
        return progress(tx, claim, house.settings.secret_key, house.clock())


def result(claim: Claim) -> Sent:
    """The sealed result; raises `ResultNotElectronic` and what `track` raises.

    Only the number that was declared opens it, so wrong ones are counted whatever else is said.
    """
    house = services()
    claim = replace(claim, key="")
    with _counted(claim), house.database.reading() as tx:
        file = fetched_result(tx, claim, house.settings.secret_key)
    return Sent(file.facts.digest, file.facts.media_type, file.name)


def rate(command: RateDossier) -> Rating:
    """Keep a rating; raises what `track` and `rate_dossier` do."""
    house = services()
    with _counted(command.claim), house.database.transaction() as tx:
        return rate_dossier(tx, command, house.settings.secret_key, house.clock())


@contextmanager
def _counted(claim: Claim) -> Iterator[None]:
    """Count the try before it is judged, and take it back unless it was wrong."""
    tries = [] if claim.key else list(_tries(claim))
    for name, *key in tries:
        limits().hit(name, *key)
    wrong = False
    try:
        yield
    except NothingTracked:
        wrong = True
        raise
    finally:
        for name, *key in () if wrong else tries:
            limits().give_back(name, *key)


def _tries(claim: Claim) -> Iterator[tuple[str, ...]]:
    """In this order: whoever is refused for their own tries uses up no one else's."""
    address, code = address_block(), claim.plain_code
    yield "tracking_address", address
    yield "tracking_pair", code, address
    yield "tracking_code", code
