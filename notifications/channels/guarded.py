"""HTTP to addresses that strangers may choose: only to the wide world, whatever names lead to.

A name is resolved here, and the connection goes to the very address that was looked at: what it
leads to a moment later does not matter. Proxies of the environment are not used.
"""

import socket
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError

from engine.model.webhook_address import is_public

INSIDE = "Địa chỉ dẫn vào mạng nội bộ."


class _Looking(HTTPConnection):
    """Looks where a name leads before it connects."""

    def _new_conn(self) -> socket.socket:
        self._dns_host = _looked_up(self)
        return super()._new_conn()


class _LookingSafely(_Looking, HTTPSConnection):
    """The same over TLS; the certificate is still checked for the name."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Looking


class _SafePool(HTTPSConnectionPool):
    ConnectionCls = _LookingSafely


def _looked_up(connection: HTTPConnection) -> str:
    try:
        found = socket.getaddrinfo(connection.host, connection.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NewConnectionError(connection, f"{error}") from error
    addresses = [str(each[4][0]) for each in found]
    if not addresses or not all(map(is_public, addresses)):
        raise NewConnectionError(connection, INSIDE)
    return addresses[0]


class _Outward(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = {"http": _Pool, "https": _SafePool}


def outward(inside: bool) -> requests.Session:
    """Connections to be; `inside`: also to the office's own network."""
    http = requests.Session()
    http.trust_env = False
    if not inside:
        http.mount("http://", _Outward())
        http.mount("https://", _Outward())
    return http
