"""Words of other tools, made comparable."""

import re
import unicodedata


def without_marks(text: str) -> str:
    """A text without the marks of Vietnamese and other letters."""
    bare = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def plain(name: str) -> str:
    """A name in small letters without marks and punctuation."""
    return " ".join(re.findall(r"\w+", without_marks(name.casefold()).replace("_", " ")))
