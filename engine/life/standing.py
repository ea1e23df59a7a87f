"""Where a dossier stands, read off from what is open."""

from bpmn.procedure import Procedure
from bpmn.steps import Message, Stage
from engine.life.pause_reasons import pause_reason
from engine.model.dossier import Dossier
from engine.model.event import Act, EventType
from engine.model.status import ENDED, Status


def update_status(dossier: Dossier, act: Act, procedure: Procedure, cause: int) -> None:
    """Set the status that the dossier's places and pauses mean, and record a change of it."""
    before, after = dossier.status, _status(dossier)
    if before is after:
        return
    dossier.status = after
    data = {"from": before.value, "to": after.value}
    dossier.record(act, EventType.DOSSIER_STATUS_CHANGED, data, cause)
    if after is Status.PROCESSED:
        result = {"result": procedure.facts.result_code}
        dossier.record(act, EventType.RESULT_ISSUED, result, cause)


def _status(dossier: Dossier) -> Status:
    if dossier.outcome is not None:
        return ENDED[dossier.outcome]
    if dossier.interruption is Message.WITHDRAWAL_REQUESTED:
        return Status.WITHDRAWAL_REQUESTED
    if dossier.pauses:
        return _paused(dossier)
    if dossier.received_at is None:
        return Status.SUBMITTED
    return _working({task.stage for task in dossier.tasks.values()})


def _paused(dossier: Dossier) -> Status:
    pause = dossier.suspended or dossier.pauses[0]
    status = pause_reason(pause.reason).status
    if status is Status.SUPPLEMENT_REQUESTED and dossier.received_at is None:
        return Status.SUPPLEMENT_REQUESTED_INTAKE
    return status


def _working(stages: set[Stage]) -> Status:
    if stages == {Stage.DELIVERY}:
        return Status.PROCESSED
    if stages == {Stage.DIGITISATION}:
        return Status.RECEIVED
    return Status.PROCESSING
