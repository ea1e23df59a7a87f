"""Files come in over lines that break, and what should not come in leaves nothing behind."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from pikepdf import Dictionary, Encryption, Name

from api.services import provide, services_of
from engine.commands.uploads import KEPT, SHORTEST, note_piece
from engine.errors.uploads import UploadOffsetWrong
from engine.files import FileStore
from engine.files.staging import Piece
from engine.store import uploads
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives, contents
from tests.clamd import EICAR, Clamd
from tests.clock import FakeClock
from tests.sent import (
    EXECUTABLE,
    HTML,
    INFECTED,
    archive,
    bomb,
    holding_a_file,
    on_opening,
    pdf,
    picture,
    with_note,
)
from tests.uploading import begun, uploaded


def begin(call: Caller, content: bytes, name: str = "Giấy khai sinh.pdf", **more: Any) -> str:
    """Someone at the counter is about to send a file; its address."""
    body = {"name": name, "size": len(content), **more}
    answer = call.post("reception1", "/uploads", body)
    assert json_of(answer, 201)["received"] == 0
    return answer.headers["Location"]


def send(call: Caller, address: str, content: bytes, offset: int = 0) -> Any:
    """A piece of it."""
    headers = {"Content_Type": "application/offset+octet-stream", "Upload_Offset": str(offset)}
    return call("reception1", "PATCH", address, content, **headers)


def test_a_file_in_pieces(call: Caller, files: FileStore) -> None:
    content = pdf(lambda file: file.Root.update({"/Padding": "x" * 150_000}))
    address = begin(call, content)
    for start in range(0, len(content), SHORTEST):
        answer = send(call, address, content[start : start + SHORTEST], start)
        assert answer.headers["Upload-Offset"] == str(json_of(answer)["received"])
    done = json_of(call.post("reception1", f"{address}/finish"))
    facts = done["facts"]
    assert done["name"] == "Giấy khai sinh.pdf"
    assert (facts["size"], facts["pages"], facts["media_type"]) == (
        len(content), 1, "application/pdf",
    )  # fmt: skip
    assert files.read(facts["digest"]) == content
    assert json_of(call.post("reception1", f"{address}/finish")) == done


def test_after_a_broken_line_one_asks_and_goes_on(call: Caller) -> None:
    content = bytes(2 * SHORTEST)
    address = begin(call, content)
    send(call, address, content[:SHORTEST])
    lost = send(call, address, content[:SHORTEST])
    assert "đã nhận 65536 byte" in problem_of(lost, 409, "upload_offset_wrong")["detail"]
    assert call("reception1", "HEAD", address).headers["Upload-Offset"] == str(SHORTEST)
    answer = call.get("reception1", address)
    assert answer.headers["Cache-Control"] == "no-store"
    assert json_of(answer)["received"] == SHORTEST
    assert json_of(send(call, address, content[SHORTEST:], SHORTEST))["received"] == len(content)


def test_of_two_who_send_the_same_piece_one_is_told(lives: Lives) -> None:
    upload = begun(lives, "reception1", bytes(2 * SHORTEST))
    actor, now = lives.office.actor("reception1"), lives.clock()
    for content in (b"a" * SHORTEST, b"b" * SHORTEST):
        piece = lives.files.staging.add(upload, 0, content)
        with lives.office.database.transaction() as tx:
            if content[0] == ord("a"):
                note_piece(tx, upload, piece, SHORTEST, actor, now)
            else:
                with pytest.raises(UploadOffsetWrong):
                    note_piece(tx, upload, piece, SHORTEST, actor, now)
    with lives.office.database.reading() as tx:
        (kept,) = uploads.pieces(tx, upload)
    (first,) = lives.files.staging.whole(upload, [Piece(*kept)])
    assert first == b"a" * SHORTEST


def test_pieces_that_do_not_fit(call: Caller, files: FileStore) -> None:
    address = begin(call, bytes(SHORTEST + 9))
    problem_of(send(call, address, bytes(9)), 422, "upload_piece_too_short")
    problem_of(send(call, address, bytes(SHORTEST + 10)), 422, "upload_piece_too_long")
    problem_of(send(call, address, bytes(9), SHORTEST), 409, "upload_offset_wrong")
    problem_of(call.post("reception1", f"{address}/finish"), 409, "upload_unfinished")
    problem_of(call("reception1", "PATCH", address, b"an"), 415)
    bad = {"Content_Type": "application/offset+octet-stream", "Upload_Offset": "-1"}
    problem_of(call("reception1", "PATCH", address, b"an", **bad), 422)
    assert json_of(call.get("reception1", address))["received"] == 0
    assert staged(files) == []


def staged(files: FileStore) -> list[str]:
    """What lies in the store's part for what is not whole yet."""
    return [key for key, _, _ in files._place.below("staging/")]


LINK = Dictionary(S=Name.URI, URI="https://x.example.vn")
HOSTILE = {
    "executable": (EXECUTABLE, "file_type_refused"),
    "page": (HTML, "file_type_refused"),
    "two at once": (pdf() + archive(), "file_of_two_kinds"),
    "truncated": (pdf()[:-100], "file_damaged"),
    "encrypted": (pdf(lock=Encryption(owner="a", user="b")), "file_encrypted"),
    "script": (on_opening(S=Name.JavaScript, JS="app.alert(1)"), "file_runs_code"),
    "link": (with_note(Subtype=Name.Link, A=LINK), "file_links_out"),
    "attachment": (holding_a_file(), "file_holds_files"),
    "bomb": (bomb(), "file_too_complex"),
    "20,000 × 20,000": (picture("PNG", 20_000, 20_000), "image_too_large"),
}


@pytest.mark.parametrize("which", HOSTILE)
def test_what_is_refused_leaves_nothing(
    call: Caller, lives: Lives, files: FileStore, which: str
) -> None:
    content, code = HOSTILE[which]
    before = contents(lives.office.database)
    address = begin(call, content)
    send(call, address, content)
    refused = problem_of(call.post("reception1", f"{address}/finish"), 422, code)
    assert "Giấy khai sinh.pdf" in refused["detail"]
    problem_of(call.get("reception1", address), 404, "upload_unknown")
    assert contents(lives.office.database) == before
    assert staged(files) == []
    assert list(files.held()) == []


@pytest.mark.parametrize(
    ("name", "size", "code"),
    [
        ("../../etc/passwd", 9, "file_name_unsafe"),
        ("an\u202efdp.exe", 9, "file_name_unsafe"),
        ("an.pdf", 0, "file_empty"),
        ("an.pdf", 50_000_001, "file_too_large"),
    ],
)
def test_what_is_refused_before_a_byte_is_sent(
    call: Caller, lives: Lives, name: str, size: int, code: str
) -> None:
    before = contents(lives.office.database)
    answer = call.post("reception1", "/uploads", {"name": name, "size": size})
    problem_of(answer, 422, code)
    assert contents(lives.office.database) == before


def test_one_may_not_send_without_end(call: Caller, app: Flask) -> None:
    body = {"name": "an.pdf", "size": 50_000_000}
    for _ in range(40):
        last = json_of(call.post("reception1", "/uploads", body), 201)
    problem_of(call.post("reception1", "/uploads", body), 409, "too_many_uploads")
    json_of(call.post("reception2", "/uploads", body), 201)
    assert len(json_of(call.get("reception1", "/uploads"))["items"]) == 40
    assert call("reception1", "DELETE", f"/uploads/{last['id']}").status_code == 204
    json_of(call.post("reception1", "/uploads", body), 201)


def test_what_waits_too_long_is_forgotten(call: Caller, clock: FakeClock) -> None:
    content = bytes(2 * SHORTEST)
    address = begin(call, content)
    clock.advance(KEPT - timedelta(minutes=1))
    assert send(call, address, content[:SHORTEST]).status_code == 200
    clock.advance(KEPT)
    problem_of(send(call, address, content[SHORTEST:], SHORTEST), 404, "upload_unknown")


def test_for_a_dossier_one_must_be_of_use_to_it(call: Caller, lives: Lives) -> None:
    code = lives.signing().code
    body = {"name": "an.pdf", "size": 9, "dossier": code}
    json_of(call.post("leader1", "/uploads", body), 201)
    json_of(call.post("portal", "/uploads", body), 201)
    problem_of(call.post("clerk1", "/uploads", body), 403, "not_permitted")
    problem_of(call.post("office2", "/uploads", body), 404, "dossier_unknown")


@pytest.fixture
def guarded(app: Flask, clamd: Clamd) -> Callable[[str], None]:
    """Lets an antivirus daemon look at files: the real one, or one that is not there."""

    def guard(at: str) -> None:
        here = services_of(app)
        provide(app, replace(here, settings=replace(here.settings, clamd=at)))

    guard(clamd.path)
    return guard


def test_a_virus_is_not_let_in(call: Caller, guarded: object, files: FileStore) -> None:
    for content, status in ((pdf(), 200), (INFECTED, 422), (EICAR, 422)):
        address = begin(call, content)
        send(call, address, content)
        answer = call.post("reception1", f"{address}/finish")
        assert answer.status_code == status, answer.text
    problem_of(answer, 422, "file_infected")
    assert len(list(files.held())) == 1


def test_without_the_antivirus_nothing_is_let_in(
    call: Caller, guarded: Callable[[str], None], files: FileStore
) -> None:
    guarded("127.0.0.1:9")
    address = begin(call, pdf())
    send(call, address, pdf())
    answer = call.post("reception1", f"{address}/finish")
    problem_of(answer, 503, "antivirus_unavailable")
    assert answer.headers["Retry-After"]
    problem_of(call.get("reception1", address), 404, "upload_unknown")
    assert staged(files) == []
    assert list(files.held()) == []


def test_an_upload_is_taken_once(call: Caller, lives: Lives) -> None:
    dossier = lives.accepted()
    body = {"upload": uploaded(lives, "reception1"), "kind": "evidence"}
    path = f"/dossiers/{dossier.code}/documents"
    json_of(call.post("reception1", path, body), 201)
    problem_of(call.post("reception1", path, body), 409, "upload_taken")
    problem_of(call("reception1", "DELETE", f"/uploads/{body['upload']}"), 409, "upload_taken")
    meant = {**body, "upload": uploaded(lives, "reception1", dossier=dossier.code)}
    elsewhere = f"/dossiers/{lives.accepted().code}/documents"
    problem_of(call.post("reception1", elsewhere, meant), 409, "upload_meant_elsewhere")
