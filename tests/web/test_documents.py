"""Documents on pages: sent in pieces, put into a dossier, downloaded, taken out."""

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from engine.files import FileStore
from tests.api.lives import Lives, place
from tests.sent import EXECUTABLE, pdf
from tests.tampering import flipped
from tests.uploading import filed, uploaded
from tests.vaulted import signed_file
from tests.web.visitor import Visitor, once_of

Visit = Callable[[str | None], Visitor]


@pytest.fixture
def code(lives: Lives) -> str:
    """A dossier that is worked on."""
    return lives.accepted().code


def send(visitor: Visitor, content: bytes, **more: Any) -> TestResponse:
    """What the script of the page does; the last answer."""
    token = {"X-CSRFToken": visitor.csrf}
    body = {"name": "Giấy chứng sinh.pdf", "size": len(content), **more}
    begun = visitor.client.post("/tep", json=body, headers=token)
    assert begun.status_code == 200, begun.text
    address = f"/tep/{begun.get_json()['id']}"
    headers = {**token, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    sent = visitor.client.patch(address, data=content, headers=headers)
    assert sent.get_json()["received"] == len(content)
    return visitor.client.post(f"{address}/xong", headers=token)


def test_a_file_becomes_a_document(visit: Visit, code: str) -> None:
    visitor = visit("reception1")
    page = visitor.get(f"/ho-so/{code}/tai-lieu")
    assert "Hồ sơ chưa có tài liệu điện tử nào." in page.text
    upload = send(visitor, pdf(pages=2), dossier=code).get_json()["id"]
    form = {"kind": "evidence", "component": "", "upload": upload, "once": once_of(page)}
    said = visitor.said(visitor.post(f"/ho-so/{code}/tai-lieu", form))
    assert "Đã đưa tài liệu số 1 vào hồ sơ." in said.text
    assert "2 trang" in said.text
    file = visitor.get(f"/ho-so/{code}/tai-lieu/1/tep")
    assert file.data == pdf(pages=2)
    assert file.headers["Content-Disposition"] == f"attachment; filename={code}-1.pdf"
    assert file.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert file.headers["X-Content-Type-Options"] == "nosniff"


def test_a_form_without_its_file_says_so(visit: Visit, code: str) -> None:
    visitor = visit("reception1")
    visitor.get(f"/ho-so/{code}/tai-lieu")
    answer = visitor.post(f"/ho-so/{code}/tai-lieu", kind="evidence")
    assert answer.status_code == 422
    assert "Thiếu thông tin bắt buộc." in answer.text
    answer = visitor.post(f"/ho-so/{code}/tai-lieu", kind="evidence", upload="khong-co")
    assert "Không có lần gửi tệp này." in answer.text


def test_what_is_wrong_with_a_file_is_told_to_the_script(visit: Visit, code: str) -> None:
    visitor = visit("reception1")
    visitor.get(f"/ho-so/{code}/tai-lieu")
    answer = send(visitor, EXECUTABLE)
    assert answer.status_code == 422
    assert "chương trình Windows" in answer.get_json(force=True)["detail"]


def test_taken_out(visit: Visit, lives: Lives) -> None:
    dossier = lives.accepted()
    document = filed(lives, dossier)
    visitor = visit("office1")
    page = visitor.get(f"/ho-so/{dossier.code}/tai-lieu")
    assert "Gỡ tài liệu số 1" in page.text
    path = f"/ho-so/{dossier.code}/tai-lieu/1/go"
    said = visitor.said(visitor.post(path, before=document.file.digest, reason="vì"))
    assert "lý do phải có ít nhất 5 ký tự" in said.text
    said = visitor.said(visitor.post(path, before=document.file.digest, reason="Đưa nhầm tệp"))
    assert "Đã gỡ tài liệu số 1." in said.text
    assert visitor.get(f"/ho-so/{dossier.code}/tai-lieu/1/tep").status_code == 404


def test_who_may_not_add_only_reads(visit: Visit, lives: Lives) -> None:
    dossier = lives.accepted()
    filed(lives, dossier)
    visitor = visit("auditor")
    page = visitor.get(f"/ho-so/{dossier.code}/tai-lieu")
    assert "Tải về" in page.text
    assert "Đưa tệp vào hồ sơ" not in page.text
    assert visitor.get(f"/ho-so/{dossier.code}/tai-lieu/1/tep").status_code == 200
    assert visit("office2").get(f"/ho-so/{dossier.code}/tai-lieu").status_code == 404


def test_a_file_that_is_gone_spoils_the_proof(visit: Visit, lives: Lives, files: FileStore) -> None:
    dossier = lives.accepted()
    held = files.find(filed(lives, dossier).file.digest)
    assert held
    page, auditor = f"/ho-so/{dossier.code}/kiem-chung", visit("auditor")
    assert "Sổ ghi nguyên vẹn." in auditor.get(page).text
    files.remove(held)
    assert f"Kho tệp thiếu tệp {held.digest}." in auditor.get(page).text


def test_nothing_is_sent_without_the_token_of_the_page(visit: Visit, lives: Lives) -> None:
    visitor = visit("reception1")
    assert visitor.client.post("/tep", json={"name": "an.pdf", "size": 9}).status_code == 400
    upload = uploaded(lives, "reception1")
    assert visitor.client.delete(f"/tep/{upload}").status_code == 400


def test_signatures_are_examined_as_they_come_in(visit: Visit, lives: Lives) -> None:
    dossier = lives.accepted()
    officer, page = visit("reception1"), f"/ho-so/{dossier.code}/tai-lieu"
    for content in (signed_file(), flipped(signed_file(), signed_file().rindex(b"00>") - 1)):
        form = {"kind": "evidence", "component": "", "once": once_of(officer.get(page))}
        answer = send(officer, content, dossier=dossier.code)
        assert answer.status_code == 200, answer.text
        upload = answer.get_json()["id"]
        officer.said(officer.post(page, form | {"upload": upload}))
    shown = officer.get(page).text
    assert "Chữ ký chưa xác định" in shown
    assert "tổ chức chứng thực nào mà hệ thống tin cậy" in shown
    assert "Chữ ký không hợp lệ" in shown
    task = visit("office1").get(f"/ho-so/{dossier.code}/viec/{place(dossier)}").text
    assert "bị thay đổi sau khi ký" in task
