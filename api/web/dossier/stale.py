"""What others did while a page stood open."""

from dataclasses import dataclass
from datetime import datetime

from flask import request

from api.web.dossier.scene import Scene
from api.web.dossier.story import told
from engine.commands.acting import Target

FIELD = "revision"
"""The hidden field with the revision that a page showed."""
MOST = 10


@dataclass(frozen=True)
class Meanwhile:
    """An act of someone else, in words."""

    at: datetime
    who: str
    text: str


def target(code: str) -> Target:
    """The dossier at the revision that the page showed; without one, as it is now."""
    shown = request.form.get(FIELD, "")
    return Target(code, int(shown) if shown.isascii() and shown.isdecimal() else None)


def meanwhile(scene: Scene) -> list[Meanwhile]:
    """The last acts after the revision that the page showed, the latest first."""
    shown = target(scene.code).revision
    if shown is None or shown >= scene.dossier.seq:
        return []
    acts = [act for act in told(scene) if act.event.seq > shown]
    return [Meanwhile(act.event.at, act.who, act.text) for act in acts[:MOST]]
