"""Who someone is by name and password, and how often that may be guessed."""

from api.limits import address_block, limits
from api.passwords import is_password
from api.services import services
from engine.errors import WrongCredentials
from engine.model.actor import Actor
from engine.store import users


def who_has(username: str, password: str, device: str | None = None) -> Actor:
    """The active user with this name and password.

    Tries count by name and address, and by address; those of a `device`, a browser that knows
    the name, only by itself. They count before they are judged, so that many at once are not
    free; those that turn out well do not count. Raises `WrongCredentials`, `TooManyRequests`.
    Opens transactions of its own, none while it computes: that takes long.
    """
    address = address_block()
    own = ("sign_in_device", device) if device else ("sign_in", username, address)
    limits().hit(*own)
    if not device:
        limits().hit("sign_in_address", address)
    with services().database.reading() as tx:
        found = users.actor_by_username(tx, username)
    if not is_password(found[1] if found else None, password) or found is None:
        raise WrongCredentials()
    limits().forget(*own)
    if not device:
        limits().give_back("sign_in_address", address)
    return found[0]
