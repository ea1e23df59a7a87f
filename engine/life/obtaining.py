"""Papers are taken from databases instead of being asked for."""

from collections.abc import Mapping
from typing import Any

from bpmn.component import Component
from engine.errors import UnknownComponent
from engine.errors.documents import ComponentNotObtainable, DemandNeedsReason
from engine.life.guards import require_unfinished
from engine.life.setting import Setting
from engine.life.turn import Turn
from engine.model.dossier import Dossier
from engine.model.event import Act
from engine.model.obtained import Obtained

DEMANDED = "supplement_components"
"""The field of a form that lists the components which the citizen is asked for."""


def obtain(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """What a component says was looked up in the database that the procedure names."""
    require_unfinished(dossier)
    component = component_of(setting, act.data["component"])
    if component.obtainable_from is None or component.obtainable_from != act.data["source"]:
        raise ComponentNotObtainable(name=component.name)
    turn = Turn.of(dossier, act, setting)
    obtained = Obtained(component.code, component.obtainable_from, act.actor, act.at)
    dossier.obtained[component.code] = obtained
    return turn


def require_demandable(form: Mapping[str, Any], setting: Setting) -> None:
    """Raise `DemandNeedsReason` where a form asks, without a reason of its own, for a paper that
    a database has: what is there may not be asked for."""
    for demand in _demands(form):
        component = component_of(setting, str(demand.get("component")))
        if component.obtainable_from and not demand.get("reason"):
            raise DemandNeedsReason(name=component.name, source=component.obtainable_from)


def component_of(setting: Setting, code: str) -> Component:
    """A component of the procedure; raises `UnknownComponent`."""
    component = setting.procedure.facts.component(code)
    if component is None:
        raise UnknownComponent(component=code)
    return component


def _demands(form: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    demanded = form.get(DEMANDED)
    rows = demanded if isinstance(demanded, list) else []
    return [row for row in rows if isinstance(row, Mapping)]
