"""Keys of slip links: only the office makes them, each for one dossier."""

import re
from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from engine.model.slip_link import is_slip_key, slip_key, slip_path

CODE = "H40.30.01-261122-0001"
SECRET = "khóa của một xã"


def test_the_path_carries_the_key() -> None:
    address = urlsplit(slip_path(SECRET, CODE))
    assert address.path == f"/tra-cuu/{CODE}"
    assert parse_qs(address.query) == {"k": [slip_key(SECRET, CODE)]}


def test_a_key_needs_no_escaping() -> None:
    assert re.fullmatch("[A-Za-z0-9_-]{22}", slip_key(SECRET, CODE))


def test_a_key_is_good_for_its_own_dossier_only() -> None:
    key = slip_key(SECRET, CODE)
    assert is_slip_key(SECRET, CODE, key)
    assert not is_slip_key(SECRET, "H40.30.01-261122-0002", key)
    assert not is_slip_key("khóa của xã khác", CODE, key)


@given(st.text())
def test_anything_else_is_no_key(text: str) -> None:
    assert not is_slip_key(SECRET, CODE, text)
