"""Vietnamese as people type it in a hurry: without marks, in small letters."""

import re
from unicodedata import combining, normalize

_MARKS = re.compile("[\u0300-\u036f]+")
"""Those that Vietnamese and its neighbours use: taken away in one go, for there are thousands of
names to go through."""
_BARRED = str.maketrans({"đ": "d", "Đ": "D", "ð": "d"})
"""The last is the Icelandic letter that old keyboards give for the first."""


def plain(text: str) -> str:
    """The text for comparing: no diacritics, no capitals, single blanks.

    Both forms of one name give the same, composed letters and letters with marks beside them:
    `plain("Nguyễn  Thị ĐÀO") == "nguyen thi dao"`.
    """
    return " ".join(_bare(text.casefold()).split())


def without_marks(text: str) -> str:
    """The text in the letters of the simplest telephone: `Đã trả 5.000 ₫` → `Da tra 5.000 ?`."""
    return _bare(text).encode("ascii", "replace").decode()


def _bare(text: str) -> str:
    bare = _MARKS.sub("", normalize("NFD", text)).translate(_BARRED)
    if bare.isascii():
        return bare
    return normalize("NFC", "".join(letter for letter in bare if not combining(letter)))
