"""Vietnamese as people type it in a hurry: without marks, in small letters."""

from unicodedata import combining, normalize

_BARRED = str.maketrans({"đ": "d", "ð": "d"})
"""The second is the Icelandic letter that old keyboards give for the first."""


def plain(text: str) -> str:
    """The text for comparing: no diacritics, no capitals, single blanks.

    Both forms of one name give the same, composed letters and letters with marks beside them:
    `plain("Nguyễn  Thị ĐÀO") == "nguyen thi dao"`.
    """
    letters = normalize("NFD", text.casefold())
    bare = "".join(letter for letter in letters if not combining(letter))
    return " ".join(normalize("NFC", bare).translate(_BARRED).split())
