"""One Idempotency-Key acts once: repeated, with another body, and at the same time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.store import idempotency
from engine.store.database import Database
from engine.store.tables import idempotency_key
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives, contents, place
from tests.api.test_refusals import SUBMISSION
from tests.clock import FakeClock

REPLAYED = "Idempotency-Replayed"


def test_a_repeat_gets_the_first_answer(
    call: Caller, lives: Lives, database: Database, clock: FakeClock
) -> None:
    first = call.post("portal", "/dossiers", SUBMISSION, Idempotency_Key="k1")
    before = contents(database)
    clock.advance(hours=1)
    again = call.post("portal", "/dossiers", SUBMISSION, Idempotency_Key="k1")
    assert again.status_code == first.status_code == 201
    assert again.data == first.data
    assert again.content_type == first.content_type
    for name in ("ETag", "Location"):
        assert again.headers[name] == first.headers[name]
    assert REPLAYED not in first.headers
    assert again.headers[REPLAYED] == "true"
    assert contents(database) == before


def test_without_a_key_everything_happens_twice(call: Caller, lives: Lives) -> None:
    first, second = (call.post("portal", "/dossiers", SUBMISSION) for _ in range(2))
    assert json_of(first, 201)["code"] != json_of(second, 201)["code"]


def test_a_key_is_for_one_request(call: Caller, lives: Lives, database: Database) -> None:
    code = json_of(call.post("portal", "/dossiers", SUBMISSION, Idempotency_Key="k1"), 201)["code"]
    before = contents(database)
    other = {**SUBMISSION, "owner": {"name": "Người khác"}}
    answer = call.post("portal", "/dossiers", other, Idempotency_Key="k1")
    problem_of(answer, 422, "idempotency_key_reused")
    reason = {"reason": "Công dân đề nghị"}
    answer = call.post("portal", f"/dossiers/{code}/withdraw", reason, Idempotency_Key="k1")
    problem_of(answer, 422, "idempotency_key_reused")
    assert contents(database) == before


def test_everyone_has_their_own_keys(call: Caller, lives: Lives) -> None:
    answers = [
        call.post(user, "/dossiers", SUBMISSION, Idempotency_Key="k1")
        for user in ("portal", "reception1")
    ]
    assert len({json_of(answer, 201)["code"] for answer in answers}) == 2


def test_a_refusal_does_not_use_up_the_key(call: Caller, lives: Lives) -> None:
    dossier = lives.accepted()
    path = f"/dossiers/{dossier.code}/tasks/{place(dossier)}"
    bad = call.post("office1", f"{path}/complete", {"form": {"x": 1}}, Idempotency_Key="k1")
    problem_of(bad, 422, "form_invalid")
    form = {"form": {"decision": "approve"}}
    json_of(call.post("office1", f"{path}/complete", form, Idempotency_Key="k1"))


@pytest.mark.parametrize("key", ["", "có dấu", "a b", "x" * 129])
def test_keys_that_are_none(key: str, call: Caller, lives: Lives) -> None:
    sent = key.encode().decode("latin-1")
    answer = call.post("portal", "/dossiers", SUBMISSION, Idempotency_Key=sent)
    assert "Idempotency-Key" in problem_of(answer, 422)["errors"]


def test_secrets_are_not_kept(call: Caller, office: object, database: Database) -> None:
    body = {"name": "Chương trình", "days": 3}
    first, second = (
        json_of(call.post("portal", "/users/me/tokens", body, Idempotency_Key="k1"), 201)
        for _ in range(2)
    )
    assert first["token"] != second["token"]
    with database.reading() as tx:
        assert tx.execute(select(idempotency_key)).all() == []


def test_the_same_request_at_the_same_time(call: Caller, lives: Lives, database: Database) -> None:
    def send(_: int) -> tuple[bytes, str | None]:
        answer = call.post("portal", "/dossiers", SUBMISSION, Idempotency_Key="k1")
        assert answer.status_code == 201, answer.text
        return answer.data, answer.headers.get(REPLAYED)

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(send, range(6)))
    assert len({body for body, _ in answers}) == 1
    assert [replayed for _, replayed in answers].count(None) == 1
    assert contents(database)["dossier"] == 1


def test_old_answers_are_forgotten(
    call: Caller, lives: Lives, database: Database, clock: FakeClock
) -> None:
    call.post("portal", "/dossiers", SUBMISSION, Idempotency_Key="old")
    clock.advance(days=2)
    call.post("portal", "/dossiers", SUBMISSION, Idempotency_Key="new")
    with database.transaction() as tx:
        assert idempotency.forget(tx, clock() - timedelta(days=1)) == 1
    again = call.post("portal", "/dossiers", SUBMISSION, Idempotency_Key="new")
    assert again.headers[REPLAYED] == "true"
