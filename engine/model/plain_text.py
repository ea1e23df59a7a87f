"""Vietnamese as people type it in a hurry: without marks, in small letters."""

import re
from unicodedata import combining, normalize

_MARKS = re.compile("[\u0300-\u036f]+")
"""Those that Vietnamese and its neighbours use: taken away in one go, for there are thousands of
names to go through."""
_BARRED = str.maketrans({"đ": "d", "ð": "d"})
"""The second is the Icelandic letter that old keyboards give for the first."""


def plain(text: str) -> str:
    """The text for comparing: no diacritics, no capitals, single blanks.

    Both forms of one name give the same, composed letters and letters with marks beside them:
    `plain("Nguyễn  Thị ĐÀO") == "nguyen thi dao"`.
    """
    bare = _MARKS.sub("", normalize("NFD", text.casefold())).translate(_BARRED)
    if not bare.isascii():
        bare = normalize("NFC", "".join(letter for letter in bare if not combining(letter)))
    return " ".join(bare.split())
