"""Drafts: kept for one person and one task until it is done, and no part of the record."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from engine.commands.drafts import MOST_LETTERS
from engine.model.dossier import Dossier
from engine.store.desk_tables import draft
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives, contents, place
from tests.clock import FakeClock


def _path(dossier: Dossier) -> str:
    return f"/dossiers/{dossier.code}/tasks/{place(dossier)}/draft"


def test_a_draft_is_kept_and_offered_again(call: Caller, lives: Lives, clock: FakeClock) -> None:
    path = _path(lives.accepted())
    assert json_of(call.get("office1", path)) == {"texts": {}, "saved_at": None}
    for text in ("Đang viết", "Viết tiếp"):
        clock.advance(timedelta(minutes=1))
        saved = json_of(call("office1", "PUT", path, {"texts": {"note": text, "fast": "?"}}))
    assert saved == {"texts": {"note": "Viết tiếp", "fast": "?"}, "saved_at": saved["saved_at"]}
    assert saved["saved_at"] == clock().isoformat()
    assert json_of(call.get("office1", path)) == saved


def test_nobody_sees_the_draft_of_another(call: Caller, lives: Lives) -> None:
    path = _path(lives.accepted())
    json_of(call("office1", "PUT", path, {"texts": {"note": "Của tôi"}}))
    assert json_of(call.get("second_office1", path))["texts"] == {}
    assert json_of(call.get("leader1", path))["texts"] == {}


def test_a_draft_changes_nothing_of_the_dossier(call: Caller, lives: Lives) -> None:
    dossier = lives.accepted()
    before = contents(lives.office.database)
    json_of(call("office1", "PUT", _path(dossier), {"texts": {"note": "Nháp"}}))
    after = contents(lives.office.database)
    assert {name for name in before if before[name] != after[name]} == {"draft"}


def test_all_drafts_of_a_task_go_when_it_is_done(call: Caller, lives: Lives) -> None:
    dossier = lives.accepted()
    for who in ("office1", "second_office1"):
        json_of(call(who, "PUT", _path(dossier), {"texts": {"note": who}}))
    lives.complete(dossier, "office1", decision="approve")
    assert _count(lives) == 0
    problem_of(call.get("office1", _path(dossier)), 409, "task_not_open")
    gone = call("office1", "PUT", _path(dossier), {"texts": {}})
    problem_of(gone, 409, "task_not_open")


def test_a_draft_can_be_thrown_away_twice(call: Caller, lives: Lives) -> None:
    path = _path(lives.accepted())
    json_of(call("office1", "PUT", path, {"texts": {"note": "Nháp"}}))
    for _ in range(2):
        assert call("office1", "DELETE", path).status_code == 204
    assert _count(lives) == 0


def test_a_draft_that_is_too_large_is_refused_and_the_last_one_kept(
    call: Caller, lives: Lives
) -> None:
    path = _path(lives.accepted())
    json_of(call("office1", "PUT", path, {"texts": {"note": "Nháp"}}))
    much = {f"field_{n}": "đ" * 19_000 for n in range(1 + MOST_LETTERS // 19_000)}
    problem_of(call("office1", "PUT", path, {"texts": much}), 422, "draft_too_large")
    assert json_of(call.get("office1", path))["texts"] == {"note": "Nháp"}


@pytest.mark.parametrize(
    "body",
    [
        None,
        {},
        {"texts": None},
        {"texts": {"note": 1}},
        {"texts": {"note": "a\0"}},
        {"texts": {"note": "đ" * 20_001}},
        {"texts": {"n" * 301: "x"}},
        {"texts": {str(n): "x" for n in range(1_001)}},
        {"texts": {}, "more": 1},
    ],
    ids=range(9),
)
def test_what_is_no_draft_is_refused(call: Caller, lives: Lives, body: object) -> None:
    problem_of(call("office1", "PUT", _path(lives.accepted()), body), 422)
    assert _count(lives) == 0


def _count(lives: Lives) -> int:
    with lives.office.database.reading() as tx:
        found: int = tx.execute(select(func.count()).select_from(draft)).scalar_one()
    return found
