"""Obligations that people set, correct, cancel or defer."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bpmn.fees import MOST
from bpmn.steps import Message, PauseCode
from engine.errors.money import (
    ObligationChanged,
    ObligationClosed,
    ObligationInvalid,
    ObligationTooEarly,
    ObligationUnknown,
)
from engine.errors.time import PauseUsedUp
from engine.life.documents import document_in
from engine.life.dues import change, is_fulfilled, put
from engine.life.guards import require_unfinished
from engine.life.pause_terms import require_times_left
from engine.life.pausing import rest, resume_from
from engine.life.setting import Setting
from engine.life.standing import update_status
from engine.life.turn import Turn
from engine.model.dossier import Dossier
from engine.model.event import Act
from engine.model.money_snapshot import read_notice
from engine.model.obligation import Deferral, Item, Obligation, ObligationKind
from engine.model.status import Status


def set_obligation(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """Another agency's notice sets an obligation; the dossier rests until it is met, at the wait
    that its diagram draws, else where it stands."""
    require_unfinished(dossier)
    if dossier.received_at is None:
        raise ObligationTooEarly(code=dossier.code)
    if act.data["obligation"] != len(dossier.obligations) + 1:
        raise ObligationChanged(code=dossier.code)
    obligation = Obligation(
        number=act.data["obligation"],
        kind=ObligationKind.FINANCIAL_OBLIGATION,
        set_at=act.at,
        set_by=act.actor,
        **_said(dossier, act.data),
    )
    turn = Turn.of(dossier, act, setting)
    put(turn, obligation)
    _wait_for_it(turn, obligation)
    return turn


def correct_obligation(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """An obligation comes to something else; what was paid stays, and counts as far as it may."""
    obligation = _changeable(dossier, act)
    said = _said(dossier, act.data)
    turn = Turn.of(dossier, act, setting)
    change(turn, replace(obligation, **said))
    go_on_if_fulfilled(turn)
    return turn


def cancel_obligation(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """An obligation should not have been; all that was paid for it is to be refunded."""
    obligation = obligation_in(dossier, act.data["obligation"])
    if obligation.cancelled:
        raise _closed(dossier, obligation)
    turn = Turn.of(dossier, act, setting)
    change(turn, replace(obligation, cancelled=True, deferral=None))
    go_on_if_fulfilled(turn)
    return turn


def defer_obligation(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """The citizen may pay later (ghi nợ): the amount stays owed, but nothing waits for it."""
    obligation = _changeable(dossier, act)
    if not obligation.is_open:
        raise _closed(dossier, obligation)
    until = act.data["until"] and date.fromisoformat(act.data["until"])
    deferral = Deferral(act.data["ground"], until, act.at, act.actor)
    turn = Turn.of(dossier, act, setting)
    change(turn, replace(obligation, deferral=deferral))
    go_on_if_fulfilled(turn)
    return turn


def obligation_in(dossier: Dossier, number: int) -> Obligation:
    """An obligation by its number; raises `ObligationUnknown`."""
    if number not in dossier.obligations:
        raise ObligationUnknown(code=dossier.code, obligation=number)
    return dossier.obligations[number]


def go_on_if_fulfilled(turn: Turn) -> None:
    """End the ordered pause for financial obligations once none of them is open."""
    pause = turn.dossier.suspended
    if pause and pause.reason == PauseCode.FINANCIAL_OBLIGATION and is_fulfilled(turn.dossier):
        resume_from(turn, pause)
        update_status(turn)


def _changeable(dossier: Dossier, act: Act) -> Obligation:
    obligation = obligation_in(dossier, act.data["obligation"])
    if obligation.cancelled or obligation.lapsed is not None:
        raise _closed(dossier, obligation)
    return obligation


def _closed(dossier: Dossier, obligation: Obligation) -> ObligationClosed:
    return ObligationClosed(
        code=dossier.code, obligation=obligation.number, status=obligation.status
    )


def _said(dossier: Dossier, data: Mapping[str, Any]) -> dict[str, Any]:
    """What a notice, or its correction, says of an obligation; what a correction leaves out
    stays."""
    said: dict[str, Any] = {"items": _items(data["items"]), "ground": data["ground"]}
    if data.get("due_at"):
        said["due_at"] = datetime.fromisoformat(data["due_at"])
    if data.get("notice"):
        said["notice"] = read_notice(data["notice"])
        if said["notice"].document is not None:
            document_in(dossier, said["notice"].document)
    return said


def _items(raw: list[Mapping[str, Any]]) -> tuple[Item, ...]:
    items = tuple(Item(**each) for each in raw)
    if not items or any(type(item.amount) is not int or item.amount < 0 for item in items):
        raise ObligationInvalid(reason="mỗi khoản phải có số đồng nguyên, không âm")
    if not 0 < sum(item.amount for item in items) <= MOST:
        raise ObligationInvalid(reason=f"tổng số tiền phải lớn hơn 0 và không quá {MOST} đồng")
    return items


def _wait_for_it(turn: Turn, obligation: Obligation) -> None:
    dossier, code = turn.dossier, PauseCode.FINANCIAL_OBLIGATION
    drawn = any(
        wait.message is Message.OBLIGATION_FULFILLED
        for wait in turn.procedure.places.waits.values()
    )
    ending = dossier.interruption is not None or dossier.status is Status.PROCESSED
    if drawn or dossier.suspended or ending:
        return
    try:
        require_times_left(dossier, turn.setting.pause_reason(code))
    except PauseUsedUp:
        return
    notice = obligation.notice
    rest(turn, code, {"document": notice.number, "obligation": obligation.number} if notice else {})
