"""Every act there is, and the rule that applies it: the table that commands and replay share."""

from collections.abc import Callable

from engine.life.acknowledging import acknowledge
from engine.life.answering import answer, drop, resend
from engine.life.applicant import record_category
from engine.life.assignment import assign, claim, delegate, release
from engine.life.calendars import change_calendar
from engine.life.completion import complete
from engine.life.contacts import correct, miss
from engine.life.documents import add, number, remove, replace_file, sign
from engine.life.ending import interrupt
from engine.life.extending import extend
from engine.life.guards import require_keepable
from engine.life.keeping import withdraw
from engine.life.lateness import record_cause
from engine.life.letters import issue
from engine.life.masking import mask
from engine.life.migrating import migrate
from engine.life.news import bring
from engine.life.obligations import (
    cancel_obligation,
    correct_obligation,
    defer_obligation,
    set_obligation,
)
from engine.life.obtaining import obtain
from engine.life.pause_requests import ask_for_pause, decline_pause
from engine.life.pausing import pause_by_order, resume_by_order
from engine.life.payments import (
    decide_refund,
    make_refund,
    reverse_payment,
    settle_payment,
)
from engine.life.pressing import press
from engine.life.priority import prioritise, withdraw_priority
from engine.life.setting import Setting
from engine.life.settle import carry_on
from engine.life.submission import submit
from engine.life.timing import come_due
from engine.life.turn import Turn
from engine.life.vacating import vacate
from engine.life.watching import keep_watch
from engine.model.dossier import Dossier
from engine.model.event import Act, EventType

Rule = Callable[[Dossier, Act, Setting], Turn]

RULES: dict[EventType, Rule] = {
    EventType.TASK_CLAIMED: claim,
    EventType.TASK_RELEASED: release,
    EventType.TASK_ASSIGNED: assign,
    EventType.TASK_DELEGATED: delegate,
    EventType.TASK_PRESSED: press,
    EventType.TASK_VACATED: vacate,
    EventType.TASK_COMPLETED: complete,
    EventType.SUPPLEMENT_RECEIVED: bring,
    EventType.OBLIGATION_FULFILLED: bring,
    EventType.DOSSIER_PAUSED: pause_by_order,
    EventType.DOSSIER_RESUMED: resume_by_order,
    EventType.PAUSE_REQUESTED: ask_for_pause,
    EventType.PAUSE_DECLINED: decline_pause,
    EventType.DUE_DATE_EXTENDED: extend,
    EventType.OVERDUE_CAUSE_RECORDED: record_cause,
    EventType.ALERT_ACKNOWLEDGED: acknowledge,
    EventType.DOSSIER_PRIORITISED: prioritise,
    EventType.PRIORITY_WITHDRAWN: withdraw_priority,
    EventType.CALENDAR_CHANGED: change_calendar,
    EventType.DOSSIER_MIGRATED: migrate,
    EventType.WITHDRAWAL_REQUESTED: interrupt,
    EventType.DISCONTINUATION_DECIDED: interrupt,
    EventType.TIMER_FIRED: come_due,
    EventType.ANSWER_RECEIVED: answer,
    EventType.REQUEST_DROPPED: drop,
    EventType.REQUEST_RESENT: resend,
    EventType.COMPONENT_OBTAINED: obtain,
    EventType.LETTER_ISSUED: issue,
    EventType.DOCUMENT_ADDED: add,
    EventType.DOCUMENT_REPLACED: replace_file,
    EventType.DOCUMENT_REMOVED: remove,
    EventType.DOCUMENT_SIGNED: sign,
    EventType.DOCUMENT_NUMBERED: number,
    EventType.DOCUMENT_WITHDRAWN: withdraw,
    EventType.CATEGORY_RECORDED: record_category,
    EventType.OBLIGATION_SET: set_obligation,
    EventType.OBLIGATION_CORRECTED: correct_obligation,
    EventType.OBLIGATION_CANCELLED: cancel_obligation,
    EventType.OBLIGATION_DEFERRED: defer_obligation,
    EventType.PAYMENT_SETTLED: settle_payment,
    EventType.PAYMENT_REVERSED: reverse_payment,
    EventType.REFUND_DECIDED: decide_refund,
    EventType.REFUND_MADE: make_refund,
    EventType.CONTACT_FAILED: miss,
    EventType.CONTACT_CORRECTED: correct,
    EventType.PERSONAL_DATA_MASKED: mask,
}


def begin(act: Act, setting: Setting) -> Dossier:
    """The dossier that a DOSSIER_SUBMITTED act begins."""
    require_keepable(act.payload)
    turn = submit(act, setting.under(act.data["version"]))
    keep_watch(turn)
    return turn.dossier


def apply(dossier: Dossier, act: Act, setting: Setting) -> None:
    """Let an act happen to a dossier.

    Raises an `EngineError` that says why not; the dossier is then to be thrown away.
    """
    require_keepable(act.payload)
    require_keepable(act.data)
    turn = RULES[act.type](dossier, act, setting.under(dossier.version))
    carry_on(turn)
    keep_watch(turn)
