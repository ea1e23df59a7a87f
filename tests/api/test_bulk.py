"""Many tasks at once: each done or refused on its own, and nothing twice."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select

from bpmn.forms import Form
from bpmn.procedure import procedure_folders, procedure_from_sources, read_folder
from engine.model.dossier import Dossier
from engine.model.event import EventType
from engine.store import dossiers
from engine.store.database import Database
from engine.store.tables import event
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives, place


def seen(dossier: Dossier, **other: Any) -> dict[str, Any]:
    """A dossier's one open task as somebody looks at it."""
    return {"dossier": dossier.code, "place": place(dossier), "revision": dossier.seq, **other}


def bulk(call: Caller, user: str, body: dict[str, Any], **headers: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json_of(call.post(user, "/tasks/bulk", body, **headers))["items"]
    return items


def codes(items: list[dict[str, Any]]) -> list[str | None]:
    return [item["problem"] for item in items]


def now(database: Database, dossier: Dossier) -> Dossier:
    with database.reading() as tx:
        return dossiers.read(tx, dossier.code).dossier


def test_claiming(call: Caller, lives: Lives, database: Database) -> None:
    """What others hold, changed or may not be seen is refused; the rest is done."""
    free, held, elsewhere = lives.accepted(), lives.claimed(), lives.submitted()
    unseen = {"dossier": "H40.30.02-260706-0009", "place": 1, "revision": 1}
    tasks = [seen(elsewhere), seen(held), unseen, seen(free, revision=1), seen(free)]
    items = bulk(call, "second_office1", {"act": "claim", "tasks": tasks})
    expected = ["not_candidate", "task_taken", "dossier_unknown", "revision_stale", None]
    assert codes(items) == expected
    assert [item["done"] for item in items] == [False] * 4 + [True]
    assert all(item["detail"] for item in items[:4])
    holder = now(database, free).tasks[place(free)].assignee
    assert holder == lives.office.actor("second_office1").id


def test_assigning(call: Caller, lives: Lives, database: Database) -> None:
    mine, other = lives.accepted(), lives.submitted()
    worker = lives.office.actor("office1").id
    body: dict[str, Any] = {"act": "assign", "assignee": worker}
    body["tasks"] = [seen(mine), seen(other)]
    assert codes(bulk(call, "office1", body)) == ["not_permitted", "not_permitted"]
    assert codes(bulk(call, "leader1", body)) == [None, "not_candidate"]
    assert now(database, mine).tasks[place(mine)].assignee == worker


def test_assigning_needs_someone(call: Caller, lives: Lives) -> None:
    body: dict[str, Any] = {"act": "assign", "tasks": [seen(lives.accepted())]}
    problem = problem_of(call.post("leader1", "/tasks/bulk", body), 422)
    assert "assignee" in str(problem["errors"])
    body = {**body, "assignee": 9_999_999}
    assert codes(bulk(call, "leader1", body)) == ["user_unknown"]


def test_deciding(call: Caller, lives: Lives, database: Database) -> None:
    """Only steps that the diagram allows it for, and decisions that need nothing else."""
    first, second, other = lives.signing(), lives.signing(), lives.accepted()
    tasks = [seen(first), seen(second), seen(other)]
    body = {"act": "decide", "decision": "approve", "tasks": tasks}
    items = bulk(call, "leader1", body)
    assert codes(items) == [None, None, "not_candidate"]
    assert now(database, first).seq > first.seq
    body = {**body, "tasks": [seen(other)]}
    assert codes(bulk(call, "office1", body)) == ["not_batchable"]


def test_a_decision_that_the_form_does_not_offer(call: Caller, lives: Lives) -> None:
    body = {"act": "decide", "decision": "nonsense", "tasks": [seen(lives.signing())]}
    assert codes(bulk(call, "leader1", body)) == ["not_batchable"]


def test_four_eyes(call: Caller, lives: Lives) -> None:
    """Nobody signs in bulk what they may not sign alone."""
    dossier = lives.signing()
    body = {"act": "decide", "decision": "approve", "tasks": [seen(dossier)]}
    assert codes(bulk(call, "clerk1", body)) == ["not_candidate"]


def test_sending_twice_does_nothing_twice(call: Caller, lives: Lives, database: Database) -> None:
    dossier = lives.signing()
    body = {"act": "decide", "decision": "approve", "tasks": [seen(dossier)]}
    first = bulk(call, "leader1", body, Idempotency_Key="một-lần".encode().hex())
    after = now(database, dossier)
    again = bulk(call, "leader1", body, Idempotency_Key="một-lần".encode().hex())
    assert first == again
    assert now(database, dossier) == after
    assert codes(bulk(call, "leader1", body)) != [None]


def test_a_key_stands_for_one_request(call: Caller, lives: Lives) -> None:
    dossier = lives.accepted()
    body: dict[str, Any] = {"act": "claim", "tasks": [seen(dossier)]}
    bulk(call, "office1", body, Idempotency_Key="key")
    body |= {"act": "assign", "assignee": lives.office.actor("second_office1").id}
    assert codes(bulk(call, "office1", body, Idempotency_Key="key")) == ["idempotency_key_reused"]


def test_what_was_refused_may_be_asked_again_under_the_same_key(call: Caller, lives: Lives) -> None:
    dossier = lives.claimed()
    body = {"act": "claim", "tasks": [seen(dossier)]}
    assert codes(bulk(call, "second_office1", body, Idempotency_Key="k")) == ["task_taken"]
    path = f"/dossiers/{dossier.code}/tasks/{place(dossier)}/release"
    revision = json_of(call.post("office1", path))["revision"]
    body = {"act": "claim", "tasks": [seen(dossier, revision=revision)]}
    assert codes(bulk(call, "second_office1", body, Idempotency_Key="k")) == [None]


def test_the_cause_is_given_for_what_is_late_only(
    call: Caller, lives: Lives, database: Database
) -> None:
    signing = lives.complete(lives.late(), "office1", decision="approve")
    fresh = lives.signing()
    body = {"act": "decide", "decision": "approve", "tasks": [seen(signing), seen(fresh)]}
    assert codes(bulk(call, "leader1", body)) == ["overdue_cause_needed", None]
    body = {**body, "cause": "cham_xu_ly", "tasks": [seen(signing)]}
    assert codes(bulk(call, "leader1", body)) == [None]
    with database.reading() as tx:
        query = select(event.c.data).where(event.c.type == EventType.TASK_COMPLETED)
        signed = [data for data in tx.execute(query).scalars() if data["place"] == place(fresh)]
    assert sorted("overdue" in data for data in signed) == [False, True]


def test_two_who_send_the_same_at_once(call: Caller, lives: Lives, database: Database) -> None:
    """Every task goes to exactly one of them, and both are told."""
    tasks = [seen(lives.accepted()) for _ in range(6)]
    backwards = [*reversed(tasks)]

    def claim(part: tuple[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
        return bulk(call, part[0], {"act": "claim", "tasks": part[1]})

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(claim, [("office1", tasks), ("second_office1", backwards)])
    done = [item["dossier"] for item in (*one, *other) if item["done"]]
    assert sorted(done) == sorted(task["dossier"] for task in tasks)
    refused = {item["problem"] for item in (*one, *other) if not item["done"]}
    assert refused <= {"task_taken", "revision_stale"}


@pytest.mark.parametrize("count", [0, 201])
def test_neither_nothing_nor_too_much(call: Caller, lives: Lives, count: int) -> None:
    task = {"dossier": "H40.30.01-260706-0001", "place": 1, "revision": 1}
    body = {"act": "claim", "tasks": [task] * count}
    problem_of(call.post("office1", "/tasks/bulk", body), 422)


def test_forms_that_need_nothing_but_a_decision() -> None:
    """Read off the schema, whatever the step is called."""
    found = {
        step.id: procedure.form_of(step).bare_decisions
        for procedure in (procedure_from_sources(read_folder(f)) for f in procedure_folders())
        for step in procedure.places.steps.values()
        if step.batchable
    }
    assert found == {"sign": {"approve": "Ký duyệt"}}
    choices = [{"const": "yes"}, {"const": "no", "title": "Không"}]
    odd = Form("odd", {"properties": {"decision": {"oneOf": choices}}})
    assert odd.bare_decisions == {"yes": "yes", "no": "Không"}
    assert Form("none", {"required": ["note"]}).bare_decisions == {}
