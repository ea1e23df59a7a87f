"""Papers taken from databases: what was looked up is recorded, and nobody is asked for it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.commands.acting import Target, act_of, act_on, require, require_readable
from engine.errors.documents import ComponentNotObtainable, LookUpUnsaid
from engine.life.obtaining import component_of
from engine.life.setting import Setting
from engine.model.actor import Actor, Permission
from engine.model.dossier import Dossier
from engine.model.event import Act, EventType
from engine.store import definitions, dossiers

LEAST, MOST = 3, 500
"""Letters of what was looked up."""


@dataclass(frozen=True)
class ObtainComponent:
    """What was looked up for a component, in words."""

    target: Target
    component: str
    looked_up: str


def obtain_component(
    tx: Connection, command: ObtainComponent, actor: Actor, now: datetime
) -> Dossier:
    """Record that a database has what a component says.

    Raises `ComponentNotObtainable`, `LookUpUnsaid` or `UnknownComponent`.
    """
    dossier = dossiers.read(tx, command.target.code).dossier
    require_readable(actor, dossier)
    setting = definitions.setting_of(tx, dossier.version, dossier.rulebook)
    act = obtaining(setting, command.component, command.looked_up, actor, now)
    check = require(actor, Permission.DOCUMENT_ADD, "khai thác dữ liệu cho hồ sơ này")
    return act_on(tx, command.target, act, check)


def obtaining(setting: Setting, component: str, looked_up: str, actor: Actor, now: datetime) -> Act:
    """The act of `obtain_component`."""
    known = component_of(setting, component)
    if known.obtainable_from is None:
        raise ComponentNotObtainable(name=known.name)
    said = looked_up.strip()
    if not LEAST <= len(said) <= MOST:
        raise LookUpUnsaid(name=known.name, least=LEAST, most=MOST)
    data = {"component": component, "source": known.obtainable_from}
    return act_of(actor, EventType.COMPONENT_OBTAINED, now, data, {"looked_up": said})
