"""Where a dossier stands, read off from what is open."""

from typing import Any

from bpmn.steps import Message, Stage
from engine.life.turn import Turn
from engine.model.document import DocumentKind
from engine.model.event import EventType
from engine.model.status import ENDED, Status


def update_status(turn: Turn) -> None:
    """Set the status that the dossier's places and pauses mean, and record a change of it."""
    before, after = turn.dossier.status, _status(turn)
    if before is after:
        return
    turn.dossier.status = after
    turn.note(EventType.DOSSIER_STATUS_CHANGED, before=before.value, after=after.value)
    _note_processed(turn, after)
    if after is Status.PROCESSED:
        turn.note(EventType.RESULT_ISSUED, **_result(turn))


def _result(turn: Turn) -> dict[str, Any]:
    """The result by its code, and as the registry issued it where it is a document."""
    code = {"result": turn.procedure.facts.result_code}
    document = turn.dossier.document_of(DocumentKind.RESULT)
    if document is None or document.registered is None:
        return code
    issued_on = document.registered.issued_on.isoformat()
    named = {"document": document.number, "file": document.file.digest}
    return {**code, **named, "number": document.registered.in_words, "issued_on": issued_on}


def _note_processed(turn: Turn, after: Status) -> None:
    """The time limit is met, or missed, when the result is ready or the dossier's life ends."""
    dossier = turn.dossier
    done = after is Status.PROCESSED or dossier.outcome is not None
    if not done:
        dossier.processed_at = None
    elif dossier.processed_at is None:
        dossier.processed_at = turn.at
        dossier.overdue = dossier.clock is not None and dossier.clock.is_overdue(turn.at)
    if dossier.outcome is not None and dossier.clock and dossier.processed_at:
        dossier.clock = dossier.clock.stop(
            turn.calendar, max(dossier.processed_at, dossier.clock.changed_at)
        )


def _status(turn: Turn) -> Status:
    dossier = turn.dossier
    if dossier.outcome is not None:
        return ENDED[dossier.outcome]
    if dossier.interruption is Message.WITHDRAWAL_REQUESTED:
        return Status.WITHDRAWAL_REQUESTED
    if dossier.pauses:
        return _paused(turn)
    if dossier.received_at is None:
        return Status.SUBMITTED
    return _working({task.stage for task in dossier.tasks.values()})


def _paused(turn: Turn) -> Status:
    dossier = turn.dossier
    pause = dossier.suspended or dossier.pauses[0]
    status = turn.setting.pause_reason(pause.reason).status
    if status is Status.SUPPLEMENT_REQUESTED and dossier.received_at is None:
        return Status.SUPPLEMENT_REQUESTED_INTAKE
    return status


def _working(stages: set[Stage]) -> Status:
    if stages == {Stage.DELIVERY}:
        return Status.PROCESSED
    if stages == {Stage.DIGITISATION}:
        return Status.RECEIVED
    return Status.PROCESSING
