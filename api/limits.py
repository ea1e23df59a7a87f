"""How often something may be tried, counted in the database: a limit holds for all processes.

`limits().hit("sign_in", username, address_block())` counts a try and raises 429 when it is one
too many. A try is counted in a transaction of its own, so that it counts whatever becomes of
the request: call it before you open another one, which on SQLite would wait for itself.
"""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from ipaddress import ip_address, ip_network

from flask import request
from sqlalchemy import Connection
from werkzeug.exceptions import TooManyRequests

from api.services import Services, services
from engine.store import limits as counters


@dataclass(frozen=True)
class Limit:
    """So many tries from the first one on; then none until its time is over."""

    tries: int
    within: timedelta


LIMITS: Mapping[str, Limit] = {
    "sign_in": Limit(5, timedelta(minutes=5)),
    "sign_in_device": Limit(5, timedelta(minutes=5)),
    "sign_in_address": Limit(50, timedelta(minutes=5)),
    "tracking_address": Limit(60, timedelta(minutes=10)),
    "tracking_pair": Limit(10, timedelta(days=1)),
    "answer_address": Limit(100, timedelta(minutes=10)),
    "tracking_code": Limit(60, timedelta(days=1)),
    "petition_address": Limit(10, timedelta(hours=1)),
    "petition_tracking": Limit(60, timedelta(minutes=10)),
    "petition_code": Limit(60, timedelta(days=1)),
    "pay_online": Limit(30, timedelta(hours=1)),
}
"""Every limit there is, by name."""

IPV6_BLOCK = 64
"""Bits of an IPv6 address that a subscriber cannot choose."""


class Limits:
    """The limits of an installation."""

    def __init__(self, house: Services) -> None:
        self._house = house

    def hit(self, name: str, *key: str) -> None:
        """Count a try by what `key` stands for; raises `TooManyRequests`, which says when to
        try again."""
        limit, now = LIMITS[name], self._house.clock()
        with self._house.database.transaction() as tx:
            tries, until = counters.count(tx, self._digest(name, key), limit.within, now)
        if tries > limit.tries:
            raise TooManyRequests(retry_after=max(1, round((until - now).total_seconds())))

    def give_back(self, name: str, *key: str) -> None:
        """A try turned out well: it does not count."""
        self._change(counters.give_back, name, key)

    def forget(self, name: str, *key: str) -> None:
        """No try so far counts any more."""
        self._change(counters.forget, name, key)

    def _change(
        self, change: Callable[[Connection, str], None], name: str, key: tuple[str, ...]
    ) -> None:
        with self._house.database.transaction() as tx:
            change(tx, self._digest(name, key))

    def _digest(self, name: str, key: tuple[str, ...]) -> str:
        """Keyed, because names and addresses are personal."""
        secret = self._house.settings.secret_key.encode()
        return hmac.new(secret, repr((name, *key)).encode(), sha256).hexdigest()


def limits() -> Limits:
    """Those of the application that serves the current request."""
    return Limits(services())


def address_block() -> str:
    """Where the request comes from, as far as one subscriber can choose it: an IPv4 address, or
    the network that an IPv6 address is in."""
    said = request.remote_addr or ""
    try:
        address = ip_address(said)
    except ValueError:  # what a proxy said, or no address at all
        return said
    if address.version == 4:
        return said
    mapped = address.ipv4_mapped
    return str(mapped or ip_network((int(address), IPV6_BLOCK), strict=False))
