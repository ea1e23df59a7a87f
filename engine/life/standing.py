"""Where a dossier stands, read off from what is open."""

from bpmn.steps import Message, Stage
from engine.life.pause_reasons import pause_reason
from engine.life.turn import Turn
from engine.model.dossier import Dossier
from engine.model.event import EventType
from engine.model.status import ENDED, Status


def update_status(turn: Turn) -> None:
    """Set the status that the dossier's places and pauses mean, and record a change of it."""
    before, after = turn.dossier.status, _status(turn.dossier)
    if before is after:
        return
    turn.dossier.status = after
    turn.note(EventType.DOSSIER_STATUS_CHANGED, before=before.value, after=after.value)
    if after is Status.PROCESSED:
        turn.note(EventType.RESULT_ISSUED, result=turn.procedure.facts.result_code)


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
