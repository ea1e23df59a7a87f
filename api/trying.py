"""Drafts tried out, whoever asks: a draft is parsed and put on the ground of an agency."""

from api.edge import Call
from bpmn.findings import ProcedureError
from bpmn.procedure import Procedure, procedure_from_sources
from engine.errors import NotPermitted, ProcedureRefused
from engine.model.actor import Permission, granted
from engine.model.procedure_draft import ProcedureDraft
from engine.trial.ground import Ground, ground_of


def ground(call: Call, draft: ProcedureDraft, agency: str | None = None) -> Ground:
    """Where the draft is for, else where the actor may draft.

    Raises `NotPermitted` for another agency, `ProcedureRefused` for a draft that cannot be read.
    """
    wanted = (Permission.PROCEDURE_DRAFT, Permission.PROCEDURE_DEPLOY)
    grants = [each for permission in wanted for each in granted(call.actor, permission)]
    here = agency or draft.agency or grants[0][0].agency
    if not any(here in grant.reached(reach) for grant, reach in grants):
        raise NotPermitted(what="chạy thử quy trình ở đây")
    return ground_of(call.tx, readable(draft), here)


def readable(draft: ProcedureDraft) -> Procedure:
    """The procedure of a draft, whatever lint says of it; raises `ProcedureRefused` where it cannot
    even be read."""
    try:
        return procedure_from_sources(draft.files)
    except ProcedureError as error:
        raise ProcedureRefused([finding.plain() for finding in error.findings]) from error
