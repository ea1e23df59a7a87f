"""Documents of a dossier over REST: handed in with it, brought later, read, replaced, taken out."""

import pytest
from flask import Flask
from sqlalchemy import select

from api.services import provide, services_of
from engine.files import FileStore
from engine.model.reading import Looked
from engine.settings import Settings
from engine.store.audit_tables import access
from tests import diagrams
from tests.api.client import Caller, json_of, problem_of
from tests.api.document_routes import FILERS
from tests.api.lives import Lives, contents
from tests.office import COMMUNE_1
from tests.sent import pdf
from tests.uploading import filed, uploaded


def submission(**more: object) -> dict[str, object]:
    """An application over the portal."""
    return {
        "procedure": diagrams.CODE,
        "channel": "online",
        "receiving_agency": COMMUNE_1,
        "owner": {"name": "Nguyễn Văn Bình"},
        "application": {},
        **more,
    }


def test_papers_come_with_the_dossier(call: Caller, lives: Lives, files: FileStore) -> None:
    uploads = [uploaded(lives, "portal", pdf(pages=pages)) for pages in (1, 2)]
    components = [{"code": "A", "copies": 2, "uploads": uploads}]
    dossier = json_of(call.post("portal", "/dossiers", submission(components=components)), 201)
    path = f"/dossiers/{dossier['code']}/documents"
    first, second = json_of(call.get("reception1", path))["items"]
    assert (first["number"], second["number"]) == (1, 2)
    assert (first["kind"], first["component"], first["origin"]) == (
        "component", "A", "uploaded",
    )  # fmt: skip
    assert second["file"]["pages"] == 2
    answer = call.get("reception1", f"{path}/2/file")
    assert answer.data == files.read(second["file"]["digest"]) == pdf(pages=2)


def test_a_paper_that_does_not_fit_lets_nothing_in(call: Caller, lives: Lives) -> None:
    upload = uploaded(lives, "portal")
    before = contents(lives.office.database)
    for uploads, status, code in (
        ([upload, "khong-co"], 404, "upload_unknown"),
        ([upload, upload], 409, "upload_taken"),
    ):
        body = submission(components=[{"code": "A", "copies": 1, "uploads": uploads}])
        problem_of(call.post("portal", "/dossiers", body), status, code)
    body = submission(components=[{"code": "khong-co", "uploads": [upload]}])
    problem_of(call.post("portal", "/dossiers", body), 422, "unknown_component")
    assert contents(lives.office.database) == before


def test_everyone_who_may_brings_papers(call: Caller, lives: Lives) -> None:
    path = f"/dossiers/{lives.accepted().code}/documents"
    for user in sorted(FILERS):
        body = {"upload": uploaded(lives, user), "kind": "evidence"}
        json_of(call.post(user, path, body), 201)
    assert len(json_of(call.get("auditor", path))["items"]) == len(FILERS)
    letter = {"upload": uploaded(lives, "reception1"), "kind": "letter"}
    problem_of(call.post("reception1", path, letter), 422, "letter_not_uploaded")
    result = {"upload": letter["upload"], "kind": "result"}
    problem_of(call.post("reception1", path, result), 409, "draft_not_uploaded")
    waiting = json_of(call.get("reception1", "/uploads"))["items"]
    assert [each["id"] for each in waiting] == [letter["upload"]]


def test_replaced_and_taken_out(call: Caller, lives: Lives, files: FileStore) -> None:
    dossier = lives.accepted()
    before = filed(lives, dossier).file.digest
    path = f"/dossiers/{dossier.code}/documents"
    body = {"upload": uploaded(lives, "office1", pdf(pages=3)), "before": before}
    json_of(call.post("office1", f"{path}/1/replace", body))
    stale = {"before": before, "reason": "Đưa nhầm tệp"}
    problem_of(call.post("office1", f"{path}/1/remove", stale), 412, "document_changed")
    (now,) = json_of(call.get("office1", path))["items"]
    assert now["file"]["pages"] == 3
    json_of(call.post("office1", f"{path}/1/remove", {**stale, "before": now["file"]["digest"]}))
    problem_of(call.get("office1", f"{path}/1/file"), 404, "document_unknown")
    assert files.has(before)


def test_a_download_in_ranges_is_written_down(call: Caller, lives: Lives) -> None:
    dossier = lives.accepted()
    digest = filed(lives, dossier).file.digest
    path = f"/dossiers/{dossier.code}/documents/1/file"
    part = call.get("auditor", path, Range="bytes=0-4")
    assert (part.status_code, part.data) == (206, b"%PDF-")
    assert part.headers["Content-Range"] == f"bytes 0-4/{len(pdf())}"
    whole = call.get("auditor", path)
    assert whole.headers["Content-Type"] == "application/pdf"
    assert whole.headers["Content-Disposition"] == f"attachment; filename={dossier.code}-1.pdf"
    assert whole.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert whole.headers["ETag"] == f'"{digest}"'
    assert call.get("auditor", path, If_None_Match=f'"{digest}"').status_code == 304
    problem_of(call.get("auditor", path, Range="bytes=9999999-"), 416, "range_not_there")
    with lives.office.database.reading() as tx:
        looked = tx.execute(select(access.c.looked).where(access.c.looked == Looked.DOCUMENT))
        assert len(looked.all()) == 1


def test_files_that_are_gone_or_altered_are_not_given_out(
    call: Caller, lives: Lives, files: FileStore
) -> None:
    dossier = lives.accepted()
    held = files.find(filed(lives, dossier).file.digest)
    assert held
    files.remove(held)
    path = f"/dossiers/{dossier.code}/documents/1/file"
    problem_of(call.get("office1", path), 409, "file_missing")


@pytest.mark.parametrize("act", ["download", "send"])
def test_a_store_that_is_gone(app: Flask, call: Caller, lives: Lives, act: str) -> None:
    dossier = lives.accepted()
    filed(lives, dossier)
    begun = call.post("office1", "/uploads", {"name": "an.pdf", "size": 9})
    gone = Settings(
        storage_url="s3://hoso?endpoint=http://127.0.0.1:9&region=x",
        storage_key_id="motcua",
        storage_secret="bi-mat",
    )
    here = services_of(app)
    provide(app, type(here)(here.settings, here.database, here.clock, FileStore.of(gone)))
    before = contents(lives.office.database)
    if act == "download":
        answer = call.get("office1", f"/dossiers/{dossier.code}/documents/1/file")
    else:
        headers = {"Content_Type": "application/offset+octet-stream", "Upload_Offset": "0"}
        answer = call("office1", "PATCH", begun.headers["Location"], bytes(9), **headers)
    refused = problem_of(answer, 503, "storage_unavailable")
    assert "chưa thay đổi gì" in refused["detail"]
    after = {**contents(lives.office.database), "access": before["access"]}
    assert after == before
