"""What must not stand in what is published: who wrote, and numbers by which people are found."""

import re
from collections.abc import Iterable

from engine.model.plain_text import plain

_NUMBER = re.compile(r"(?![1-9]\d{0,2}(?:\.\d{3})+(?![\d.]*\d))\+?(?<![\d.])\d(?:[ .\-]?\d){8,14}")
"""Of a telephone or a person, however it is grouped; sums of money (`1.250.000.000`) are none."""
_EMAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_DOSSIER = re.compile(r"\b[A-Z]\d{2}(?:\.\d+)*-\d{6}-\d{4,}\b")
HIDDEN = "…"
_SHORTEST_NAME = 2
"""Fewer words are no name that gives anybody away."""


def redacted(text: str, names: Iterable[str | None]) -> str:
    """A text with e-mail addresses, numbers, codes of dossiers and these names taken out."""
    for pattern in (_EMAIL, _DOSSIER, _NUMBER):
        text = pattern.sub(HIDDEN, text)
    for name in _known(names):
        text = _of_name(name).sub(HIDDEN, text)
    return text


def personal_data(text: str, names: Iterable[str | None]) -> list[str]:
    """What of that is still in a text, in Vietnamese; nothing where it may be published."""
    found = []
    if _EMAIL.search(text):
        found.append("địa chỉ thư điện tử")
    if _DOSSIER.search(text):
        found.append("mã hồ sơ")
    if _NUMBER.search(_DOSSIER.sub("", text)):
        found.append("số điện thoại hoặc số định danh")
    if any(_words(name) in _words(text) for name in _known(names)):
        found.append("họ tên")
    return found


def _known(names: Iterable[str | None]) -> list[str]:
    return [name for name in names if name and len(name.split()) >= _SHORTEST_NAME]


def _words(text: str) -> str:
    return f" {' '.join(re.findall(r'[0-9a-z]+', plain(text)))} "


def _of_name(name: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, name.split())), re.IGNORECASE)
