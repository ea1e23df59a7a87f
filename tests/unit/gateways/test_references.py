"""Keys in the text of transfers are found however banks and people treat them."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.gateways.references import (
    SIGNS,
    Owed,
    ascii_text,
    attempt_reference,
    keys_in,
    payment_key,
)
from engine.gateways.vietqr import MOST_PURPOSE
from tests.clock import START

owed = st.builds(Owed, st.integers(0, 4 * 10**8), st.integers(0, 63))
noise = st.text("abcXYZ019 .-/;ệđ", max_size=20)


@given(owed, noise, noise)
def test_a_key_is_found_between_other_words(one: Owed, before: str, behind: str) -> None:
    key = payment_key(one)
    assert len(key) <= MOST_PURPOSE
    for text in (key, key.lower(), f"{key[:5]} {key[5:]}", f"{before}{key}{behind}"):
        assert one in keys_in(text)


@given(owed, st.integers(2, 11), st.sampled_from(SIGNS))
def test_a_slip_of_the_finger_finds_no_other_obligation(one: Owed, place: int, sign: str) -> None:
    key = payment_key(one)
    assume(sign != key[place])
    assert keys_in(f"{key[:place]}{sign}{key[place + 1 :]}") == set()


def test_two_keys_in_one_text_are_both_told() -> None:
    two = {Owed(1, 1), Owed(2, 1)}
    assert keys_in(" ".join(payment_key(each) for each in two)) == two


def test_there_is_a_key_only_for_what_can_be_written() -> None:
    for one in (Owed(1, 64), Owed(1, -1), Owed(10**9, 1)):
        with pytest.raises(ValueError, match="no key"):
            payment_key(one)


def test_references_of_attempts_are_plain_and_differ() -> None:
    made = {attempt_reference(START) for _ in range(1_000)}
    assert len(made) == 1_000
    assert all(each.isalnum() and each.isascii() and each.startswith("260706") for each in made)


def test_texts_for_gateways_are_ascii() -> None:
    assert ascii_text("Nop  phi|<b>H40-1.2\u202e", 25) == "Nop phi b H40-1.2"
