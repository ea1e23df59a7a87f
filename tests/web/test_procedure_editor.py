"""Pages of drawing and trying: what they serve to scripts, and what they refuse."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from engine.commands.procedure_drafts import OpenDraft, open_draft
from tests.clock import FakeClock
from tests.office import Office
from tests.web.visitor import Visitor

HERE = "/quan-tri/ban-thao"


@pytest.fixture
def draft(office: Office, clock: FakeClock) -> int:
    """A draft of the registration of births, for everybody."""
    with office.database.transaction() as tx:
        return open_draft(tx, OpenDraft("1.001193"), office.actor("control"), clock())


def sent(visitor: Visitor, method: str, path: str, body: Any, **headers: str) -> TestResponse:
    """What a script of the page sends."""
    told = {"X-CSRFToken": visitor.csrf, **{k.replace("_", "-"): v for k, v in headers.items()}}
    return visitor.client.open(path, method=method, json=body, headers=told, buffered=True)


@pytest.fixture
def desk(visit: Callable[[str], Visitor], draft: int) -> Visitor:
    """The administrator of the province, with the drawing open."""
    desk = visit("administrator")
    page = desk.get(f"{HERE}/{draft}/ve").text
    shown = re.search(r'data-csrf="([^"]+)"', page)
    assert shown
    assert """data-revision='"1"'""" in page
    desk.csrf = shown[1]
    return desk


def test_a_file_is_saved_once_for_each_revision(desk: Visitor, draft: int) -> None:
    path = f"{HERE}/{draft}/luu/procedure.bpmn"
    first = sent(desk, "PUT", path, {"text": "<x/>"}, If_Match='"1"')
    assert (first.status_code, first.json) == (200, {"revision": '"2"'})
    late = sent(desk, "PUT", path, {"text": "<y/>"}, If_Match='"1"')
    assert late.status_code == 412
    assert late.json
    assert late.json["detail"].startswith("Người dùng administrator đã lưu lúc")
    assert desk.get(f"{HERE}/{draft}/nguon/procedure.bpmn").text == "<x/>"
    assert desk.get(f"{HERE}/{draft}/thu").status_code == 422


def test_lint_looks_at_what_is_on_the_desk_and_keeps_nothing(desk: Visitor, draft: int) -> None:
    files = {"procedure.bpmn": "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>"}
    answer = sent(desk, "POST", f"{HERE}/{draft}/soat", {"files": files})
    assert answer.json
    assert "DOCTYPE" in answer.json["findings"][0]["message"]
    assert sent(desk, "POST", f"{HERE}/{draft}/soat", {"files": {}}).json == {"findings": []}


@pytest.mark.parametrize(
    "body", [None, {}, {"files": {"../x": ""}}, {"files": 3}, {"files": {"a": "\0"}}]
)
def test_what_makes_no_sense_is_refused(desk: Visitor, draft: int, body: Any) -> None:
    assert sent(desk, "POST", f"{HERE}/{draft}/soat", body).status_code == 422
    assert sent(desk, "PUT", f"{HERE}/{draft}/luu/a.dmn", body, If_Match='"1"').status_code == 422


@pytest.mark.parametrize(
    "path", ["ve", "bang/fee", "nguon/procedure.bpmn", "thu", "thu/so-do/procedure"]
)
def test_a_draft_is_for_those_who_draft(
    visit: Callable[[str], Visitor], draft: int, path: str
) -> None:
    assert visit("office1").get(f"{HERE}/{draft}/{path}").status_code == 404
    assert visit("control").get(f"{HERE}/{draft}/{path}").status_code == 200


@pytest.mark.parametrize("path", ["bang/nothing", "nguon/facts.toml", "nguon/x.bpmn"])
def test_only_what_is_there_is_served(desk: Visitor, draft: int, path: str) -> None:
    assert desk.get(f"{HERE}/{draft}/{path}").status_code == 404


def test_a_trial_that_somebody_made_up_begins_anew(desk: Visitor, draft: int) -> None:
    desk.get(f"{HERE}/{draft}/thu")
    for told in ("{", "[]", '{"moves": [{"kind": "later"}]}', '{"moves": 7}', "null"):
        page = desk.post(f"{HERE}/{draft}/thu", trial=told, act="back")
        assert (page.status_code, "Nộp hồ sơ thử" in page.text) == (200, True)


def test_a_move_that_is_refused_says_why_and_changes_nothing(desk: Visitor, draft: int) -> None:
    page = desk.post(f"{HERE}/{draft}/thu", trial="{}", act="pay", by="cashier1").text
    assert "Chưa có hồ sơ thử nào" in page
    for until in ("", "x", "2020-01-01T00:00"):
        page = desk.post(f"{HERE}/{draft}/thu", trial="{}", act="later:until", until=until).text
        assert 'role="alert"' in page
