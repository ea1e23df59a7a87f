"""Acts on a dossier or a task as small forms: what is asked, what will happen, what is done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema

from api.web.dossier.scene import Scene
from engine.commands.acting import Target
from engine.model.dossier import Dossier, Task

Options = Sequence[tuple[Any, str]]


@dataclass(frozen=True)
class Subject:
    """What an act is done to: a dossier, and with `task` one of its open tasks."""

    scene: Scene
    target: Target
    task: Task | None = None


@dataclass(frozen=True)
class Ask:
    """A field of the form. `kind` is the macro that draws it: text, area, select or radios."""

    name: str
    label: str
    kind: str = "area"
    required: bool = False
    hint: str = ""
    options: Callable[[Subject], Options] | None = None


@dataclass(frozen=True)
class ActForm:
    """One act. `path` is its word in the address, `happens` says what will happen, `done` what
    has happened, `back` the page to go on from. One with nothing to ask and nothing to say is
    done at a press."""

    path: str
    title: str
    button: str
    done: str
    schema: type[Schema]
    run: Callable[[Subject, dict[str, Any]], Dossier]
    happens: Callable[[Subject], Sequence[str]]
    asks: tuple[Ask, ...] = ()
    icon: str = "arrow-right"
    tone: str = "primary"
    back: str = "dossier.show"


def mark(text: str) -> str:
    """A text of a table that is put into the reader's language where it is shown."""
    return text


N_ = mark
