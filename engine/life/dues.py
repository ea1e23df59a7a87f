"""What is due in a dossier: obligations that its tables set, and what waits for them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bpmn.decisions import Decision, DecisionTable, decide
from bpmn.expressions import ExpressionError, evaluate
from bpmn.fees import GROUND, RELIEF, amounts, is_fee_table
from bpmn.steps import Message, Stage
from engine.errors import DiagramFault
from engine.errors.money import MoneyMissing
from engine.life.turn import Turn
from engine.model.dossier import Dossier
from engine.model.event import EventType
from engine.model.obligation import Item, Obligation, ObligationKind

OWN = frozenset({ObligationKind.FEE, ObligationKind.CHARGE})
"""What this office collects itself."""
OTHERS = frozenset({ObligationKind.FINANCIAL_OBLIGATION})
"""What others collect."""


def arise(turn: Turn, decisions: Iterable[str]) -> None:
    """Fee tables that the token passed set obligations, or set them anew."""
    for name in dict.fromkeys(decisions):
        table = turn.procedure.diagram.decisions[name]
        if not is_fee_table(table):
            continue
        if decision := _asked(turn, name, table):
            turn.dossier.facts[name] = dict(decision.outputs)
            _set(turn, name, decision)


def _asked(turn: Turn, name: str, table: DecisionTable) -> Decision | None:
    try:
        return decide(table, lambda cell, more: evaluate(cell, {**turn.dossier.facts, **more}))
    except ExpressionError as error:
        raise DiagramFault(step=name, reason=str(error)) from error


def _set(turn: Turn, name: str, decision: Decision) -> None:
    try:
        found = amounts(decision.outputs)
    except ValueError as error:
        raise DiagramFault(step=name, reason=str(error)) from error
    for kind, amount in found.items():
        decided = _decided(turn, name, ObligationKind(kind), amount, decision)
        before = _set_by(turn.dossier, name, decided.kind)
        if before is None:
            put(turn, decided)
            note_set(turn, decided)
        elif not before.cancelled and _differ(before, decided):
            correct(turn, before, decided)


def _differ(one: Obligation, other: Obligation) -> bool:
    return (one.amount, one.ground, one.relief) != (other.amount, other.ground, other.relief)


def _decided(
    turn: Turn, name: str, kind: ObligationKind, amount: int, decision: Decision
) -> Obligation:
    table = turn.procedure.diagram.decisions[name]
    return Obligation(
        number=len(turn.dossier.obligations) + 1,
        kind=kind,
        items=(Item(table.name, amount),),
        ground=str(decision.outputs.get(GROUND, "")),
        relief=str(decision.outputs.get(RELIEF, "")),
        set_at=turn.at,
        set_by=turn.act.actor,
        decision=name,
        explanation={
            "table": table.id,
            "version": turn.dossier.version,
            "row": decision.row,
            "rule": decision.name,
            "asked": dict(decision.asked),
        },
    )


def _set_by(dossier: Dossier, name: str, kind: ObligationKind) -> Obligation | None:
    found = (o for o in dossier.obligations.values() if (o.decision, o.kind) == (name, kind))
    return next(found, None)


def correct(turn: Turn, before: Obligation, by: Obligation) -> None:
    """An obligation that a table set comes to something else now; what was paid stays."""
    items = [vars(item) for item in by.items]
    turn.note(
        EventType.OBLIGATION_CORRECTED,
        obligation=before.number,
        items=items,
        **_why(by),
    )
    why = {name: getattr(by, name) for name in ("items", "ground", "relief", "explanation")}
    change(turn, replace(before, **why))


def note_set(turn: Turn, obligation: Obligation) -> None:
    """Record that an obligation came to be."""
    turn.note(
        EventType.OBLIGATION_SET,
        obligation=obligation.number,
        kind=obligation.kind.value,
        items=[vars(item) for item in obligation.items],
        **_why(obligation),
    )


def _why(obligation: Obligation) -> dict[str, Any]:
    explanation: Mapping[str, Any] | None = obligation.explanation
    return {
        "ground": obligation.ground,
        "relief": obligation.relief,
        "decision": obligation.decision,
        "explanation": explanation,
    }


def put(turn: Turn, obligation: Obligation) -> None:
    """An obligation joins the dossier."""
    turn.dossier.obligations[obligation.number] = obligation


def change(turn: Turn, after: Obligation) -> None:
    """An obligation changes: what that means for its status and for what is to be refunded is
    recorded."""
    before = turn.dossier.obligations[after.number]
    turn.dossier.obligations[after.number] = after
    if before.status is not after.status:
        turn.note(
            EventType.OBLIGATION_STATUS_CHANGED,
            obligation=after.number,
            before=before.status.value,
            after=after.status.value,
        )
    known = {payment.number for payment in before.payments}
    for payment in after.payments:
        was = before.refundable(payment.number) if payment.number in known else 0
        now = after.refundable(payment.number)
        if was != now and not payment.reversed_at:
            named = {"obligation": after.number, "payment": payment.number}
            turn.note(EventType.REFUND_DUE, **named, amount=now)


def lapse(turn: Turn) -> None:
    """A dossier ended without a result: what was paid stays, nothing more is due."""
    for obligation in list(turn.dossier.obligations.values()):
        if obligation.outstanding:
            change(turn, replace(obligation, lapsed=obligation.paid))


def is_needless(turn: Turn, step: str) -> bool:
    """Whether a token need not rest at a step or wait: the money that it waits for is there.

    Dossiers whose diagrams set no obligations collect by hand, as they always did.
    """
    dossier = turn.dossier
    if dossier.suspended or not dossier.obligations:
        return False
    places = turn.procedure.places
    if step in places.steps:
        return places.steps[step].stage is Stage.PAYMENT and not any(open_of(dossier, OWN))
    return places.waits[step].message is Message.OBLIGATION_FULFILLED and is_fulfilled(dossier)


def is_fulfilled(dossier: Dossier) -> bool:
    """Whether other agencies have set obligations, and none of them is open."""
    some = any(o.kind in OTHERS and not o.cancelled for o in dossier.obligations.values())
    return some and not any(open_of(dossier, OTHERS))


def require_paid(dossier: Dossier, kinds: frozenset[ObligationKind]) -> None:
    """Raise `MoneyMissing` while something of these kinds is to be paid."""
    missing = sum(obligation.outstanding for obligation in open_of(dossier, kinds))
    if missing:
        raise MoneyMissing(code=dossier.code, amount=missing)


def open_of(dossier: Dossier, kinds: frozenset[ObligationKind]) -> Iterable[Obligation]:
    """The obligations of some kinds that are still to be paid."""
    return (o for o in dossier.obligations.values() if o.kind in kinds and o.is_open)
