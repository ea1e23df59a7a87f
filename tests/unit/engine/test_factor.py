"""Personal ID and phone numbers, however people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.factor import matches, plain


@pytest.mark.parametrize(
    "written",
    [
        "0912345678", "+84912345678", "+84 912 345 678", "84912345678", "0084912345678",
        "091.234.5678", " 0912-345-678 ", "(+84) 0912345678", "０９１２３４５６７８",
    ],
)  # fmt: skip
def test_one_phone_number_in_many_ways(written: str) -> None:
    assert plain(written) == "0912345678"


def test_a_personal_id_stays_as_it_is() -> None:
    assert plain("042 090 001 234") == "042090001234"
    assert plain("084090001234") == "084090001234"


@pytest.mark.parametrize("text", ["", " ", "abc", "12345678", "+", "\0", "+84"])
def test_what_is_no_number_matches_nothing(text: str) -> None:
    assert plain(text) == ""
    assert not matches(text, ["", None, text, "0912345678"])


def test_any_of_those_kept_fits() -> None:
    kept = ["042090001234", "+84912345678", None, ""]
    assert matches("0912 345 678", kept)
    assert matches("042090001234", kept)
    assert not matches("042090001235", kept)


@given(st.text())
def test_hostile_texts_are_read_without_harm(text: str) -> None:
    assert set(plain(text)) <= set("0123456789")
