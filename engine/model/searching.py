"""What of a dossier is searched, and what is typed, made alike: without case, marks and signs.

Everything becomes words of letters and digits with one blank between them, so that «Đặng Văn
Bình», «dang van binh» and its decomposed spelling are one text.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from unicodedata import normalize

from engine.model.plain_text import plain

LENGTH = 100
"""Letters of a term that are kept and compared."""
MOST_WORDS = 20
"""A name is found from each of its first words on."""

_WORD = re.compile(r"[^\W_]+")
_BARRED = str.maketrans({"đ": "d", "ð": "d"})
_NATIONAL = re.compile("84([0-9]{9,10})")
"""A telephone number as it is written for abroad."""


def fold(text: str) -> str:
    """The words of a text in the form in which they are kept and looked for."""
    return " ".join(_WORD.findall(plain(normalize("NFKC", text))))


def code_terms(code: str) -> set[str]:
    """A code, its end with date and sequence, and the sequence alone."""
    words = fold(code).split()
    return _cut(words, words[-2:], words[-1:])


def person_terms(person: Mapping[str, Any]) -> set[str]:
    """By what someone is found: the name from any of its words on, personal ID and telephone."""
    name = fold(str(person.get("name") or "")).split()
    starts = (name[first:] for first in range(min(len(name), MOST_WORDS)))
    numbers = (_digits(str(person.get(kind) or "")) for kind in ("personal_id", "phone"))
    return _cut(*starts, *([number] for number in numbers))


def needles(query: str) -> list[str]:
    """Beginnings of terms that a typed text may mean, none where it holds no letter or digit.

    Digits may be grouped by blanks, dots or hyphens; a scanned identity card gives its number
    first, before a bar.
    """
    words = fold(query.split("|", 1)[0])
    found = [words, _digits(words)] if words.replace(" ", "").isdigit() else [words]
    return sorted(_cut(*([needle] for needle in found)))


def _digits(text: str) -> str:
    squeezed = fold(text).replace(" ", "")
    abroad = _NATIONAL.fullmatch(squeezed)
    return f"0{abroad[1]}" if abroad else squeezed


def _cut(*terms: list[str]) -> set[str]:
    return {term for words in terms if (term := " ".join(words)[:LENGTH].strip())}


def all_terms(code: str, ticket: str | None, said: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """Every term of a dossier, and whether it says something about a person.

    `ticket` is the number of the queue machine. `said` is what was handed in; empty where it was
    erased by law.
    """
    public = code_terms(code) | _cut(fold(ticket or "").split())
    people = (said.get(role) or {} for role in ("owner", "submitter"))
    personal = {term for person in people for term in person_terms(person)}
    yield from ((term, False) for term in public)
    yield from ((term, True) for term in personal - public)
