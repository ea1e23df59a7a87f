"""The QR code of an ID card is read whatever scanner and keyboard do to it."""

from datetime import date
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.id_card import IdCard, read_id_card

TYPED = "042190001234|183456789|Trần Thị Hà|08031990|Nữ|Thôn 3, Xã Hương Sơn, Tỉnh Hà Tĩnh|15062021"
HA = IdCard(
    number="042190001234",
    old_number="183456789",
    name="Trần Thị Hà",
    birth_date=date(1990, 3, 8),
    gender="female",
    address="Thôn 3, Xã Hương Sơn, Tỉnh Hà Tĩnh",
    issued_on=date(2021, 6, 15),
)


@pytest.mark.parametrize(
    "typed",
    [
        TYPED,
        TYPED + "\r\n",
        f"  \t{TYPED}\n\n",
        TYPED.replace("|", "~"),
        TYPED.replace("|", "}"),
        TYPED.replace("|", "¦"),
        TYPED.replace("|", " | "),
        TYPED.replace("|", "\n|"),
        normalize("NFD", TYPED),
        TYPED.swapcase(),
        f"\ufeff{TYPED}",
        f"QR: {TYPED}|||Trần Văn B|Lê Thị C",
        f"\x02{TYPED}\x03",
        TYPED.replace("08031990", "08/03/1990").replace("15062021", "15/06/2021"),
        TYPED.replace("Nữ", "NỮ"),
        TYPED.replace("Nữ", "nu"),
    ],
)
def test_one_card_typed_in_many_ways(typed: str) -> None:
    assert read_id_card(typed) == HA


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("042190001234||Trần Thị Hà|||", IdCard("042190001234", "Trần Thị Hà", gender="female")),
        ("042090001234|Lê Văn Bình", IdCard("042090001234", "Lê Văn Bình", gender="male")),
        (
            "042090001234|Lê Nam|Nam|Xóm Nam",
            IdCard("042090001234", "Lê Nam", gender="male", address="Xóm Nam"),
        ),
        (
            "042090001234||Y Bhăm|31021990|Nam|Buôn A",
            IdCard("042090001234", "Y Bhăm", gender="male", address="Buôn A"),
        ),
    ],
)
def test_what_is_missing_stays_open(typed: str, expected: IdCard) -> None:
    assert read_id_card(typed) == expected


@pytest.mark.parametrize(
    "typed",
    ["", " ", "|||", "Trần Thị Hà", "042190001234", "042190001234|", "04219000123|Trần Thị Hà",
     "0421900012345|Trần Thị Hà", "042190001234 Trần Thị Hà", "042190001234|08031990|1",
     "\0" * 50, TYPED * 20],
)  # fmt: skip
def test_what_is_no_card(typed: str) -> None:
    assert read_id_card(typed) is None


words = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxy", min_size=2, max_size=7).map(str.capitalize)
names = st.lists(words, min_size=2, max_size=5).map(" ".join)
places = st.lists(names, min_size=1, max_size=3).map(", ".join)
days = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@given(
    number=st.from_regex(r"[0-9]{12}", fullmatch=True),
    name=names.filter(lambda name: name.casefold() not in ("nam", "nu")),
    born=days,
    gender=st.sampled_from(["Nam", "Nữ"]),
    address=places,
    issued=days,
    bar=st.sampled_from("|~}¦\\#^"),
    composed=st.booleans(),
    before=st.sampled_from(["", " ", "\x02", "abc ", "12 "]),
    after=st.sampled_from(["", "\r\n", "|x|y", "\t"]),
)
def test_whatever_card_it_is(
    number: str, name: str, born: date, gender: str, address: str, issued: date,
    bar: str, composed: bool, before: str, after: str,
) -> None:  # fmt: skip
    parts = (number, "", name, f"{born:%d%m}{born.year:04}", gender, address,
             f"{issued:%d%m}{issued.year:04}")  # fmt: skip
    typed = (
        before + normalize("NFC" if composed else "NFD", bar.join(parts)) + after.replace("|", bar)
    )
    assert read_id_card(typed) == IdCard(
        number=number,
        name=normalize("NFC", name),
        birth_date=born,
        gender="male" if gender == "Nam" else "female",
        address=normalize("NFC", address),
        issued_on=issued,
    )


@given(st.text())
def test_nothing_breaks_it(typed: str) -> None:
    card = read_id_card(typed)
    assert card is None or (len(card.number) == 12 and card.name)
