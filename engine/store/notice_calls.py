"""Notices to citizens are written where the acts are kept that call for them, and only there:
re-executing an act tells nobody anything."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, insert, update

from bpmn.procedure import Procedure
from engine.deadlines.calendar import local
from engine.letters.notice_rules import NoticeRule, rules_on
from engine.life.delivery import Way, given_out, wished
from engine.model.dossier import Dossier
from engine.model.event import Event
from engine.model.obligation import ObligationKind
from engine.store.contacts import Contacts, contacts
from engine.store.notice_tables import OVERTAKEN, unsettled
from engine.store.notice_tables import notice as table

_OTHERS = ObligationKind.FINANCIAL_OBLIGATION
_INSERT = insert(table)
_DROP = (
    update(table)
    .where(
        table.c.dossier_id == bindparam("the_dossier"),
        table.c.code.in_(bindparam("the_codes", expanding=True)),
        unsettled(),
    )
    .values(ready_at=None, failed=None, answer=None, dropped=OVERTAKEN)
)


def tell(tx: Connection, dossier_id: int, dossier: Dossier, procedure: Procedure) -> None:
    """Write the notices that the news of a dossier call for, and drop those they overtake."""
    called = list(called_for(dossier, procedure))
    if not called:
        return
    known = contacts(tx, dossier_id, dossier)
    for event, rule, said in called:
        cancel(tx, dossier_id, rule.cancels)
        rows = list(_rows(event, rule, known))
        if rows:
            tx.execute(_INSERT, [{"dossier_id": dossier_id, "said": said, **row} for row in rows])


def called_for(
    dossier: Dossier, procedure: Procedure
) -> Iterator[tuple[Event, NoticeRule, dict[str, Any]]]:
    """The notices that the news of a dossier call for, each with what it says beside."""
    form = given_out(dossier, procedure)
    method = form.get("method", Way.COUNTER.value)
    more = {
        "wish": wished(dossier) or Way.COUNTER,
        "method": method,
        "kind": ObligationKind.FINANCIAL_OBLIGATION,
    }
    for event in dossier.news:
        for rule in rules_on(local(event.at).date()).called_for(event, more):
            yield event, rule, _said(event, form)


def _said(event: Event, form: Mapping[str, Any]) -> dict[str, Any]:
    until = event.data.get("until") or event.data.get("due_at")
    said = {"until": until, "number": form.get("postal_number")}
    return {name: value for name, value in said.items() if value is not None}


def _rows(event: Event, rule: NoticeRule, known: Contacts) -> Iterator[dict[str, Any]]:
    rules = rules_on(local(event.at).date())
    for (means, address), party in known.addresses(rule.to).items():
        for days in rule.after:
            yield {
                "seq": event.seq,
                "code": rule.code,
                "days": days,
                "party": party,
                "means": means,
                "again": 0,
                "address": address,
                "written_at": event.at,
                "ready_at": rules.ready_at(rule, means, days, event.at),
            }


def cancel(tx: Connection, dossier_id: int, codes: Iterable[str]) -> None:
    """Drop notices that have not reached anybody yet, since they are true no more."""
    if codes := list(codes):
        tx.execute(_DROP, {"the_dossier": dossier_id, "the_codes": codes})
