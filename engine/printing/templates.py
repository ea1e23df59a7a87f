"""Templates of letters: sandboxed Jinja, which sees the letter and nothing else.

A template may build on the parts that the product gives it (`khung`: the page and its type;
`phan`: the header and other blocks of official papers), and on no other file.
"""

import hashlib
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, cast

from jinja2 import FunctionLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from engine.printing.failing import BODY, TooLarge
from engine.printing.wording import FILTERS

PARTS = ("khung", "phan")
MOST_CHARACTERS = 4_000_000
"""Far more than a year's register of a commune, which is the longest paper of all."""

_HERE = Path(__file__).parent / "forms"


@dataclass(frozen=True)
class Source:
    """A template with the parts that it was written for: together they are one version."""

    body: str
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """SHA-256 of all of it."""
        texts = [self.body, *(f"{name}\n{self.parts[name]}" for name in sorted(self.parts))]
        return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def source_of(body: str) -> Source:
    """A template as it is written today, on the parts of this release."""
    return Source(body, {name: shipped(name) for name in PARTS})


@cache
def shipped(name: str) -> str:
    """A template or part that the product brings."""
    return (_HERE / f"{name}.html").read_text(encoding="utf-8")


def fill(source: Source, values: Mapping[str, Any]) -> str:
    """The page as HTML; raises whatever goes wrong in the template, and `TooLarge`."""
    environment = ImmutableSandboxedEnvironment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FunctionLoader(_loader(source)),
    )
    environment.filters.update(FILTERS)
    pieces, size = [], 0
    written = cast(Generator[str, None, None], environment.get_template(BODY).generate(values))
    for piece in written:
        pieces.append(piece)
        size += len(piece)
        if size > MOST_CHARACTERS:
            written.throw(TooLarge())
    return "".join(pieces)


def _loader(source: Source) -> Callable[[str], tuple[str, str, Callable[[], bool]] | None]:
    known = {**source.parts, BODY: source.body}

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        return (known[name], name, lambda: True) if name in known else None

    return load
