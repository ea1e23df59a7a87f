"""A diagram of another tool is brought into a draft on its page."""

import re
from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from tests.api.procedure_routes import FOLDER
from tests.unit.bpmn.adopting.test_hostile import NODES, file
from tests.web.test_admin import Visit
from tests.web.test_procedures import ONE, opened, revision
from tests.web.visitor import Visitor

SCRIPT = file(f'{NODES}\n<scriptTask id="x"><script>import os</script></scriptTask>')
OTHERS = NODES.replace('id="', 'id="q').replace('Ref="', 'Ref="q')
SEVERAL = file(NODES, f'<process id="q" name="Quy trình phụ">{OTHERS}</process>')


@pytest.fixture
def writer(visit: Visit) -> Visitor:
    """Who writes drafts."""
    return visit("control")


def sent(visitor: Visitor, draft: str, content: bytes, **more: str) -> TestResponse:
    """Choose a file on the page of a draft."""
    body = {"revision": revision(visitor.get(draft).text), **more}
    return visitor.post(draft, {**body, "file": (BytesIO(content), "bản vẽ.bpmn")})


def test_a_diagram_is_taken_and_what_became_of_it_is_told(writer: Visitor) -> None:
    draft = opened(writer)
    assert "Còn phải bổ sung" not in writer.get(draft).text
    answer = sent(writer, draft, (FOLDER / "camunda_7.bpmn").read_bytes())
    assert answer.status_code == 200
    for words in ("Đã lấy bản vẽ", "Đã đổi", "Đã lược bỏ", "dòng "):
        assert words in answer.text
    page = writer.get(draft).text
    assert "Còn phải bổ sung" in page
    (first, *_) = re.findall(rf'href="{draft}/ve#([^"]+)"', page)
    assert f'id="{first}"' in writer.get(f"{draft}/nguon/procedure.bpmn").text


def test_what_is_refused_is_told_by_line_and_changes_nothing(writer: Visitor) -> None:
    draft = opened(writer)
    before = writer.get(f"{draft}/nguon/procedure.bpmn").text
    refused = sent(writer, draft, SCRIPT.encode())
    assert refused.status_code == 422
    assert re.search(r"<strong>x</strong> · dòng 2:", refused.text)
    for content in (b"", b"PK\x03\x04"):
        assert sent(writer, draft, content).status_code == 422
    late = sent(writer, draft, SEVERAL.encode(), process="q", revision="999")
    assert "vừa được người khác sửa" in late.text
    assert sent(writer, draft, b"", kept="ừ").status_code == 422
    assert writer.get(f"{draft}/nguon/procedure.bpmn").text == before


def test_of_several_processes_one_is_chosen_without_sending_again(writer: Visitor) -> None:
    draft = opened(writer)
    asked = sent(writer, draft, SEVERAL.encode())
    assert asked.status_code == 422, asked.text
    assert "Quy trình phụ (q)" in asked.text
    hidden = dict(re.findall(r'name="(kept|name)" value="([^"]+)"', asked.text))
    again = {**hidden, "revision": revision(asked.text), "process": "q"}
    taken = writer.post(draft, again)
    assert taken.status_code == 200
    assert 'id="qt"' in writer.get(f"{draft}/nguon/procedure.bpmn").text


def test_only_who_drafts_takes_diagrams(visit: Visit, writer: Visitor) -> None:
    draft = opened(writer)
    stranger = visit("administrator2")
    stranger.get(ONE)
    body = {"revision": "1", "file": (BytesIO(SEVERAL.encode()), "a.bpmn")}
    assert stranger.post(draft, body).status_code == 303
    forged = writer.client.post(draft, data={"revision": "1"}, buffered=True)
    assert forged.status_code == 400
    assert "Nhận bản vẽ" in writer.get(draft).text
    assert 'id="qt"' not in writer.get(f"{draft}/nguon/procedure.bpmn").text
