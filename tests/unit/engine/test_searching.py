"""What is typed and what was handed in become alike, however either is spelled."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.model.searching import LENGTH, code_terms, fold, needles, person_terms

SYLLABLES = ("Nguyễn", "Đặng", "Thị", "Bảo", "Ngọc", "Ưu", "Ấn", "Hữu", "Phước", "Y", "Ðức")
names = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=6)


def bare(text: str) -> str:
    """Typed on a keyboard without marks."""
    marked = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(each for each in marked if not unicodedata.combining(each))


SPELLINGS: list[Callable[[str], str]] = [
    str.upper, str.lower, bare, lambda text: text.replace(" ", "   "),
    lambda text: unicodedata.normalize("NFD", text), lambda text: f" {text}. ",
]  # fmt: skip


def found(query: str, terms: set[str]) -> bool:
    """What the database asks of its index."""
    return any(term.startswith(needle) for needle in needles(query) for term in terms)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đặng  Thị Bưởi", "dang thi buoi"),
        ("ÐOÀN Văn Ðô", "doan van do"),
        ("Y-Bhăm Êban", "y bham eban"),
        ("O'Neill, Seán", "o neill sean"),
        ("H40.30.01-261122-0001", "h40 30 01 261122 0001"),
        ("Straße", "strasse"),
        ("…", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
@example("ŉ")
@example("ﬃ㎅ǰ")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(names, st.data())
def test_any_run_of_words_finds_a_name(name: list[str], data: st.DataObject) -> None:
    """The last word perhaps only begun, in any spelling."""
    first = data.draw(st.integers(0, len(name) - 1))
    last = data.draw(st.integers(first + 1, len(name)))
    run = " ".join(name[first:last])
    begun = run[: len(run) - data.draw(st.integers(0, len(name[last - 1]) - 1))]
    typed = data.draw(st.sampled_from(SPELLINGS))(begun)
    assert found(typed, person_terms({"name": " ".join(name)}))


@given(st.text(min_size=1))
@example("|0")
def test_whatever_was_written_finds_what_was_written(name: str) -> None:
    """Typed without a bar: what follows one is the rest of a scanned card."""
    terms = person_terms({"name": name})
    assert found(name.replace("|", " "), terms) == bool(fold(name))
    assert all(0 < len(term) <= LENGTH for term in terms)


def test_the_middle_of_a_word_finds_nothing() -> None:
    assert not found("guyen", person_terms({"name": "Nguyễn Văn Bình"}))


@pytest.mark.parametrize(
    "typed",
    ["0912345678", "0912 345 678", "0912.345", "+84912345678", "84 912 345 678", "09"],
)
def test_a_telephone_number(typed: str) -> None:
    for kept in ("0912345678", "+84912345678"):
        assert found(typed, person_terms({"name": "A", "phone": kept}))


def test_a_personal_id_that_begins_like_a_country_is_left_as_it_is() -> None:
    terms = person_terms({"name": "A", "personal_id": "084090001234"})
    assert found("084090001234", terms)
    assert found("0840 9000", terms)


def test_a_scanned_card_is_its_number() -> None:
    card = "042090001234|181234567|Nguyễn Văn Bình|01021990|Nam|Tổ 5|01012021"
    assert found(card, person_terms({"name": "B", "personal_id": "042090001234"}))


@pytest.mark.parametrize(
    "typed", ["H40.30.01-261122-0001", "h40.30", "261122-0001", "261122 0001", "0001", "261122"]
)
def test_a_code_and_its_ends(typed: str) -> None:
    assert found(typed, code_terms("H40.30.01-261122-0001"))


@pytest.mark.parametrize("typed", ["", "  ", "-./", "\ud800", "|x"])
def test_nothing_was_typed(typed: str) -> None:
    assert needles(typed) == []
