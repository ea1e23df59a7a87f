"""Where webhooks may go: a public address over HTTPS, unless the office allows its own network."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from engine.errors.webhooks import WebhookInvalid

MOST = 2_000
_NAT64 = IPv6Network("64:ff9b::/96")


def check_url(url: str, inside: bool) -> str:
    """An address as it can be used; raises `WebhookInvalid`.

    What a name leads to is looked at when something is sent there: it may change any time.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise WebhookInvalid(why="địa chỉ không đúng dạng https://may-chu/duong-dan") from error
    if not _is_plain(url) or not host or port == 0 or parts.scheme not in ("https", "http"):
        raise WebhookInvalid(why="địa chỉ không đúng dạng https://may-chu/duong-dan")
    if parts.username is not None or parts.fragment:
        raise WebhookInvalid(why="địa chỉ không được có tài khoản hoặc dấu #")
    if not inside and (parts.scheme != "https" or not _may_be_public(host)):
        raise WebhookInvalid(why="chỉ gửi được đến địa chỉ công khai, bắt đầu bằng https://")
    return url


def is_public(address: str) -> bool:
    """Whether a numeric address is of the wide world: neither of this machine nor of a network
    inside, however it is written."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        found = _hidden(found) or found
    return found.is_global and not found.is_multicast


def _hidden(address: IPv6Address) -> IPv4Address | None:
    """The address of the old kind that one of the new kind stands for."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _is_plain(url: str) -> bool:
    return len(url) <= MOST and url.isascii() and url.isprintable() and " " not in url


def _may_be_public(host: str) -> bool:
    try:
        return is_public(host)
    except ValueError:
        return "." in host and host != "localhost"
