"""Where dossiers of a procedure wait, how long, and where time is lost."""

from statistics import median
from typing import Any

from tests.api.client import json_of, problem_of
from tests.api.supervision.desk import BIRTH, LAND, OWN_DELAY, Desk
from tests.office import COMMUNE_1, COMMUNE_2


def steps(desk: Desk, user: str, procedure: str = BIRTH, more: str = "") -> dict[str, Any]:
    found = json_of(desk.call.get(user, f"/supervision/heat?procedure={procedure}{more}"))
    return {step["id"]: step for step in found["steps"]}


def test_what_waits_now_is_what_the_list_says(desk: Desk) -> None:
    ours = [desk.birth() for _ in range(3)]
    desk.work(ours[0], "digitise")
    theirs = desk.birth(commune=2)
    desk.wait_until("2026-07-07 09:00")
    for user in ("leader1", "director2", "control", "auditor1"):
        for id_, step in steps(desk, user).items():
            path = f"/supervision/waiting?procedure={BIRTH}&step={id_}"
            waiting = desk.everything(user, path)
            assert step["waiting"] == len(waiting)
            assert step["overdue"] == sum(task["overdue"] for task in waiting)
            assert step["unassigned"] == sum(task["holder"] is None for task in waiting)
    assert steps(desk, "leader1")["digitise"]["waiting"] == 2
    assert steps(desk, "control")["digitise"]["waiting"] == 3
    path = f"/supervision/waiting?procedure={BIRTH}&step=digitise"
    (seen,) = desk.everything("leader2", path)
    assert seen["code"] == theirs
    (seen,) = desk.everything("control", f"{path}&agency={COMMUNE_2}")
    assert seen["code"] == theirs


def test_time_at_a_step_as_the_ledger_says(desk: Desk) -> None:
    codes = [desk.birth() for _ in range(4)]
    for hour, code in zip((8, 9, 10, 15), codes, strict=True):
        desk.wait_until(f"2026-07-06 {hour:02}:30")
        desk.work(code, "digitise", OWN_DELAY)
    step = steps(desk, "leader1")["digitise"]
    held: dict[str, float] = {}
    late: dict[str, float] = {}
    for code in codes:
        ledger = json_of(desk.call.get("leader1", f"/dossiers/{code}/responsibility"))
        lines = [line for line in ledger["holdings"] if line["step"] == "digitise"]
        held[code] = sum(line["hours"] for line in lines)
        late[code] = sum(line["late"] for line in lines)
    worked = sorted(held.values())
    assert step["passed"] == 4
    assert step["typical"] == worked[1] <= median(worked)
    assert step["long"] == worked[3]
    assert step["late"] == sum(hours > 0 for hours in late.values()) > 0
    assert step["lost"] == round(sum(late.values()), 2)
    assert steps(desk, "leader2")["digitise"]["passed"] == 0


def test_only_the_weeks_asked_for(desk: Desk) -> None:
    desk.work(desk.birth(), "digitise")
    desk.wait_until("2026-07-06 09:00")
    desk.work(desk.birth(), "digitise")
    desk.wait_until("2026-07-20 08:00")
    assert steps(desk, "leader1", more="&weeks=1")["digitise"]["passed"] == 0
    assert steps(desk, "leader1", more="&weeks=3")["digitise"]["passed"] > 0


def test_steps_of_called_stages_belong_to_their_drawings(desk: Desk) -> None:
    found = json_of(desk.call.get("control", f"/supervision/heat?procedure={LAND}"))
    drawings = {drawing["file"]: drawing for drawing in found["drawings"]}
    assert found["drawings"][0]["file"] == "procedure.bpmn"
    called = {file for drawing in drawings.values() for file in drawing["calls"].values()}
    assert called == set(drawings) - {"procedure.bpmn"}
    for step in found["steps"]:
        assert step["id"] in drawings[step["drawing"]]["steps"]
    assert {step["id"] for step in found["steps"]} >= {"digitise", "appraise", "deliver"}


def test_what_does_not_exist_or_is_not_ours(desk: Desk) -> None:
    get = desk.call.get
    problem_of(get("leader1", "/supervision/heat?procedure=0.0"), 404, "procedure_unknown")
    problem_of(get("leader1", "/supervision/heat"), 422)
    problem_of(get("leader1", f"/supervision/heat?procedure={BIRTH}&weeks=53"), 422)
    for path in (f"heat?procedure={BIRTH}", f"waiting?procedure={BIRTH}&step=digitise"):
        problem_of(get("leader2", f"/supervision/{path}&agency={COMMUNE_1}"), 403, "not_permitted")
