"""Behind reverse proxies tries are counted by who makes them; nobody can claim to be another."""

import pytest
from werkzeug.test import Client

from api.limits import LIMITS
from api.site import Site, behind_proxies

TRIES = LIMITS["tracking_address"].tries


def tries(site: Site, proxies: int, said: str, times: int) -> int:
    """Look up something wrong through a proxy on this machine; gives the last status."""
    client, status = Client(behind_proxies(site, proxies)), 0
    for number in range(times):
        answer = client.post(
            "/api/v1/tracking",
            json={"code": f"H40.30.01-260706-{number:04}", "factor": "0900000000"},
            headers={"X-Forwarded-For": said},
            environ_base={"REMOTE_ADDR": "127.0.0.1"},
        )
        status = answer.status_code
    return status


@pytest.mark.parametrize(
    ("proxies", "first", "second", "status"),
    [
        (1, "203.0.113.5", "203.0.113.6", 404),
        (1, "1.1.1.1, 203.0.113.5", "2.2.2.2, 203.0.113.5", 429),
        (2, "203.0.113.5, 10.0.0.1", "203.0.113.6, 10.0.0.1", 404),
        (0, "203.0.113.5", "203.0.113.6", 429),
    ],
)
def test_whom_tries_count_for(
    site: Site, proxies: int, first: str, second: str, status: int
) -> None:
    assert tries(site, proxies, first, TRIES + 1) == 429
    assert tries(site, proxies, second, 1) == status
