"""Names are found however they are typed."""

from unicodedata import normalize

import pytest

from engine.model.plain_text import plain


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Nguyễn  Thị ĐÀO ", "nguyen thi dao"),
        ("Ưng Hoàng Phúc", "ung hoang phuc"),
        ("Lý Quỳnh Ỷ", "ly quynh y"),
        ("đặng\txuân\ntrường", "dang xuan truong"),
        ("Ðặng", "dang"),
        ("", ""),
    ],
)
def test_marks_and_capitals_go(text: str, bare: str) -> None:
    assert plain(text) == bare
    assert plain(normalize("NFD", text)) == bare
    assert plain(bare) == bare
