import time
from tests import office as o
import pytest
@pytest.mark.parametrize("i", range(10))
def test_t(office, i, clock):
    for n in o.usernames():
        assert office.actor(n).grants
