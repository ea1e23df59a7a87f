"""The product's own type has every letter that Vietnamese is written with."""

from itertools import product
from unicodedata import normalize

import pytest
from fontTools.ttLib import TTFont

from engine.printing.press import FONTS

STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
OTHERS = "bcdđghklmnpqrstvxfjwz0123456789.,;:!?()[]«»“”‘’…–—-/%&+=<>@#*'\"_₫ ×²³°§•"


def vietnamese() -> str:
    """Every letter there is, with every tone, small and capital, and what else papers need."""
    letters = "".join(normalize("NFC", vowel + tone) for vowel, tone in product(VOWELS, TONES))
    both = letters + OTHERS
    return "".join(sorted({*both, *both.upper()}))


def test_there_are_as_many_letters_as_the_language_has() -> None:
    alphabet = {c for c in vietnamese() if c.isalpha()}
    assert len(alphabet) == 2 * (12 * 6 + 21)


@pytest.mark.parametrize("style", STYLES)
def test_every_letter_is_in_the_type(style: str) -> None:
    with TTFont(FONTS / f"Tinos-{style}.ttf") as type_:
        known = type_.getBestCmap()
    assert [c for c in vietnamese() if ord(c) not in known] == []


def test_its_licence_lies_beside_it() -> None:
    assert "SIL OPEN FONT LICENSE" in (FONTS / "LICENSE").read_text()
