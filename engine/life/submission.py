"""A dossier comes in."""

from bpmn.particulars import contact_fields
from engine.errors import FormInvalid, UnknownComponent
from engine.life.setting import Setting
from engine.life.settle import settle
from engine.life.turn import Turn
from engine.model.dossier import Dossier
from engine.model.event import Act
from engine.model.status import Channel
from engine.workflow.run import Run

_READ_BY_TABLES = ("channel", "submitted_on")


def submit(act: Act, setting: Setting) -> Turn:
    """A submission begins a dossier; its first task is the check at the counter."""
    _require_valid(act, setting)
    data = act.data
    dossier = Dossier(
        code=data["code"],
        procedure=data["procedure"],
        version=data["version"],
        channel=Channel(data["channel"]),
        receiving_agency=data["receiving_agency"],
        competent_agency=data["competent_agency"],
        submitted_by=int(act.actor),
        submitted_at=act.at,
        calendar=data["calendar"],
        rulebook=data["rulebook"],
        ticket=data.get("ticket"),
        assisted=data.get("assisted", False),
        components=list(dict.fromkeys(each["code"] for each in data["components"])),
    )
    dossier.facts = {
        "application": dict(act.payload["application"]),
        "dossier": {name: data[name] for name in _READ_BY_TABLES if name in data},
    }
    turn = Turn.of(dossier, act, setting)
    settle(turn, Run.begin(setting.procedure.diagram, dossier.facts))
    return turn


def _require_valid(act: Act, setting: Setting) -> None:
    form = setting.procedure.application_form
    excused = contact_fields(form) if act.data.get("assisted") else frozenset()
    errors = form.errors(act.payload["application"], excused)
    if errors and not setting.masked:
        raise FormInvalid({f"application.{name}": texts for name, texts in errors.items()})
    for component in act.data["components"]:
        if setting.procedure.facts.component(component["code"]) is None:
            raise UnknownComponent(component=component["code"])
