"""Letters and slips over HTTP: issued with their cause, drawn from the log, the same ever after."""

from typing import Any

from engine.verification import verify_dossier
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives
from tests.clock import FakeClock
from tests.reading import text_of


def letters(call: Caller, code: str, user: str = "reception1") -> list[dict[str, Any]]:
    """The letters of a dossier."""
    return list(json_of(call.get(user, f"/dossiers/{code}/letters"))["items"])


def read(call: Caller, code: str, letter: dict[str, Any]) -> str:
    """What a letter says."""
    answer = call.get("reception1", f"/dossiers/{code}/letters/{letter['seq']}")
    assert answer.mimetype == "application/pdf", answer.text
    return text_of(answer.data)


def test_the_appointment_is_issued_at_receipt(call: Caller, lives: Lives) -> None:
    first, second = lives.accepted(), lives.accepted()
    (letter,) = letters(call, first.code)
    assert (letter["form_number"], letter["number"]) == ("01", "01/TNHS")
    assert letters(call, second.code)[0]["number"] == "02/TNHS"
    said = read(call, first.code, letter)
    for part in (
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", first.code, "Nguyễn Văn Bình", "042090001234",
        "Số: 01/TNHS", "Liên: Lưu", "Liên: Giao", "ngày 06 tháng 7 năm 2026",
        "17 giờ 00 phút, ngày 09 tháng 7 năm 2026", "Số thứ tự: 01", "ỦY BAN NHÂN DÂN XÃ SỐ 1",
        "Độc lập - Tự do - Hạnh phúc", "Mẫu số 01",
    ):  # fmt: skip
        assert part in said, part


def test_nothing_is_issued_before_there_is_cause(call: Caller, lives: Lives) -> None:
    assert letters(call, lives.submitted().code) == []


def test_a_letter_is_the_same_to_the_byte_ever_after(
    call: Caller, lives: Lives, clock: FakeClock
) -> None:
    dossier = lives.accepted()
    path = f"/dossiers/{dossier.code}/letters/{dossier.seq}"
    before = call.get("reception1", path).data
    clock.advance(days=1)
    lives.complete(dossier, "office1", decision="supplement")
    after = call.get("leader1", path)
    assert after.data == before
    with lives.office.database.reading() as tx:
        assert verify_dossier(tx, dossier.code) is None


def test_what_is_no_letter(call: Caller, lives: Lives) -> None:
    dossier = lives.accepted()
    for seq in (1, dossier.seq + 1, 999_999):
        path = f"/dossiers/{dossier.code}/letters/{seq}"
        problem_of(call.get("reception1", path), 404, "letter_unknown")
