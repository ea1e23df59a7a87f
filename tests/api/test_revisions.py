"""If-Match: nobody overwrites what they have not seen; and two at one task: one wins."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from engine.store.database import Database
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives, contents, place


def test_a_stale_revision_is_refused(call: Caller, lives: Lives, database: Database) -> None:
    dossier = lives.accepted()
    path = f"/dossiers/{dossier.code}"
    seen = call.get("office1", path).headers["ETag"]
    claim = f"{path}/tasks/{place(dossier)}/claim"
    claimed = call.post("office1", claim, If_Match=seen)
    assert claimed.headers["ETag"] == f'"{json_of(claimed)["revision"]}"' != seen
    before = contents(database)
    problem_of(call.post("office1", claim, If_Match=seen), 412, "revision_stale")
    assert contents(database) == before
    json_of(call.post("office1", claim, If_Match=claimed.headers["ETag"]))
    json_of(call.post("office1", claim, If_Match="*"))


@pytest.mark.parametrize("tag", ['W/"3"', "3", '"abc"', '"1", "2"', '"99999999999999999"'])
def test_tags_that_name_no_revision(tag: str, call: Caller, lives: Lives) -> None:
    path = f"/dossiers/{lives.accepted().code}/pause"
    answer = call.post("office1", path, {"reason": "kiem_tra_thuc_te_do_dac"}, If_Match=tag)
    problem_of(answer, 412, "revision_stale")


def test_an_unchanged_dossier_is_not_sent_again(call: Caller, lives: Lives) -> None:
    dossier = lives.accepted()
    path = f"/dossiers/{dossier.code}"
    seen = call.get("office1", path).headers["ETag"]
    unchanged = call.get("office1", path, If_None_Match=f'"1", W/{seen}')
    assert unchanged.status_code == 304
    assert unchanged.data == b""
    assert unchanged.headers["ETag"] == seen
    lives.complete(dossier, "office1", decision="approve")
    assert call.get("office1", path, If_None_Match=seen).status_code == 200
    problem_of(call.get("reception2", path, If_None_Match=seen), 404)


def test_two_people_at_one_task(call: Caller, lives: Lives) -> None:
    dossier = lives.accepted()
    path = f"/dossiers/{dossier.code}/tasks/{place(dossier)}/complete"
    people = ("office1", "second_office1") * 2
    start = Barrier(len(people))

    def complete(user: str) -> tuple[int, str | None]:
        start.wait()
        answer = call.post(user, path, {"form": {"decision": "approve"}})
        if answer.status_code != 200:
            problem_of(answer, 409)
        return answer.status_code, json_of(answer, answer.status_code).get("code")

    with ThreadPoolExecutor(len(people)) as pool:
        answers = list(pool.map(complete, people))
    assert sorted(answers) == [(200, dossier.code), *[(409, "task_not_open")] * 3]
    events = json_of(call.get("auditor", f"/dossiers/{dossier.code}/events"))["items"]
    assert [event["type"] for event in events].count("TASK_COMPLETED") == 2


def test_two_acts_that_do_not_exclude_each_other(call: Caller, lives: Lives) -> None:
    dossier = lives.accepted()
    path = f"/dossiers/{dossier.code}/tasks/{place(dossier)}/assign"
    assignee = lives.office.actor("second_office1").id
    people = ("leader1", "second_leader1", "director1", "control")
    start = Barrier(len(people))

    def assign(user: str) -> int:
        start.wait()
        return call.post(user, path, {"assignee": assignee}).status_code

    with ThreadPoolExecutor(len(people)) as pool:
        assert list(pool.map(assign, people)) == [200] * len(people)
