"""The counter: nothing typed is lost, cards fill in what they say, and there is one dossier."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from sqlalchemy import func, select

from engine.store.reception_tables import reception_draft
from engine.store.tables import dossier
from engine.verification import verify_dossier
from tests.office import COMMUNE_1, COMMUNE_2, Office
from tests.reading import text_of
from tests.samples import shipped
from tests.web.counter import ACCEPTANCE, CARD, PAPERS, Counter, declared
from tests.web.visitor import Visitor

Visit = Callable[[str | None], Visitor]
BIRTH = "1.001193"
BUSINESS = "1.001612"


@pytest.fixture
def counter(visit: Visit) -> Counter:
    """A birth registration begun."""
    return Counter(visit("reception1"), BIRTH)


def received(counter: Counter, **applicant: str) -> str:
    """The birth registration as far as the decision; gives the address of its slip."""
    counter.send("nguoi-nop", scan__submitter=CARD)
    fields = {"submitter__name": "Trần Thị Hà", "submitter__personal_id": "042190001234"}
    contact = {"submitter__phone": "0912345678"}
    counter.send("nguoi-nop", **{**fields, **contact, **applicant})
    counter.send_all("giay-to", PAPERS)
    counter.send_all("to-khai", declared(shipped("1_001193")))
    answer = counter.send_all("quyet-dinh", ACCEPTANCE)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def slip(counter: Counter, path: str) -> str:
    """What the slip says as PDF."""
    paper = counter.visitor.get(path).headers["Location"].split("?")[0]
    answer = counter.visitor.get(f"{paper}/tep")
    assert answer.mimetype == "application/pdf"
    return text_of(answer.data)


def rows(office: Office) -> list[Any]:
    with office.database.reading() as tx:
        return list(tx.execute(select(dossier)).all())


def test_from_nothing_to_the_slip(counter: Counter, office: Office) -> None:
    path = received(counter)
    assert path.startswith("/phieu-hen/H40.30.01-260706-")
    shown = counter.visitor.said(counter.visitor.get(path))
    assert "Giấy tiếp nhận hồ sơ và hẹn trả kết quả" in unescape(shown.text)
    page = slip(counter, path)
    assert page.count("Liên: Lưu") == page.count("Liên: Giao") == 1
    for said in (
        "Trần Thị Hà", "042190001234", "0912345678", "Thủ tục đăng ký khai sinh",
        "08 giờ 00 phút, ngày 06 tháng 7 năm 2026", "17 giờ 00 phút, ngày 06 tháng 7 năm 2026",
        "Người dùng reception1", "tại Bộ phận Một cửa",
    ):  # fmt: skip
        assert said in page
    (row,) = rows(office)
    with office.database.reading() as tx:
        assert verify_dossier(tx, row.code) is None
        (kept,) = tx.execute(select(reception_draft)).all()
    assert (kept.dossier, kept.texts) == (row.code, {})


def test_sent_twice_there_is_one_dossier(counter: Counter, office: Office) -> None:
    path = received(counter)
    again = counter.send_all("quyet-dinh", ACCEPTANCE)
    assert again.headers["Location"].split("?")[0] == path.split("?")[0]
    assert counter.visitor.get(counter.path("to-khai")).status_code == 303
    assert len(rows(office)) == 1


def test_a_card_fills_in_person_and_declaration(counter: Counter) -> None:
    answer = counter.send("nguoi-nop", scan__submitter=CARD + "\r\n", submitter__phone="0912")
    assert answer.headers["Location"] == counter.path("nguoi-nop")
    page = unescape(counter.text("nguoi-nop"))
    for value in (
        "Trần Thị Hà",
        "042190001234",
        "08/03/1990",
        "Thôn 3, Xã Hương Sơn, Tỉnh Hà Tĩnh",
    ):
        assert f'value="{value}"' in page
    assert 'value="0912"' in page
    declaration = unescape(counter.text("to-khai"))
    assert 'name="form.submitter_name" class="long" value="Trần Thị Hà"' in declaration
    assert 'value="08/03/1990"' in declaration


def test_what_was_typed_by_hand_is_not_overwritten(counter: Counter) -> None:
    counter.send("nguoi-nop", scan__submitter=CARD)
    counter.send_all(
        "to-khai", {"form.submitter_name": "Trần Thị Thu Hà", "form.submitter_address": ""}
    )
    counter.send("nguoi-nop", submitter__name="Lê Thị Mai", submitter__address="Thôn 5")
    page = unescape(counter.text("to-khai"))
    assert 'value="Trần Thị Thu Hà"' in page
    assert 'value="Thôn 5"' in page


def test_a_card_of_somebody_in_the_declaration(counter: Counter) -> None:
    counter.send("to-khai", "scan", holder="mother", scan__holder=CARD, form__child_name="Trần An")
    page = unescape(counter.text("to-khai"))
    assert 'name="form.mother_name" class="long" value="Trần Thị Hà"' in page
    assert 'value="Trần An"' in page
    counter.send("nguoi-nop", submitter__name="Lê Văn Bình", submitter__personal_id="042090001234")
    counter.send("to-khai", same="father")
    assert 'name="form.father_name" class="long" value="Lê Văn Bình"' in unescape(
        counter.text("to-khai")
    )


def test_fields_that_do_not_matter_yet_are_kept(counter: Counter) -> None:
    """The browser does not send what it hides; what a card filled in there is not lost."""
    counter.send("to-khai", "scan", holder="mother", scan__holder=CARD)
    counter.send("to-khai", "stay", form__child_name="Trần An")
    page = unescape(counter.text("to-khai"))
    assert 'name="form.mother_name" class="long" value="Trần Thị Hà"' in page
    everything = declared(shipped("1_001193"))
    mother = {name: text for name, text in everything.items() if ".mother_" in name}
    found = {**everything, "form.birth_proof": "abandoned", "form.parents_married": "false"}
    unsent = {n: t for n, t in found.items() if not n.startswith(("form.mother_", "form.father_"))}
    counter.send_all("to-khai", mother)
    answer = counter.send_all("to-khai", unsent)
    assert answer.headers["Location"] == counter.path("quyet-dinh")


@pytest.mark.parametrize("typed", ["abc", "|||", "\0", "0" * 1000])
def test_an_unreadable_card_is_said_so(counter: Counter, typed: str) -> None:
    answer = counter.send("nguoi-nop", scan__submitter=typed, submitter__name="Trần Thị Hà")
    page = unescape(counter.visitor.said(answer).text)
    assert "Không đọc được thẻ này" in page
    assert 'value="Trần Thị Hà"' in page


def test_errors_stand_beside_the_fields_and_nothing_is_lost(counter: Counter) -> None:
    answer = counter.send("nguoi-nop", submitter__personal_id="123", submitter__email="x")
    page = unescape(counter.visitor.said(answer).text)
    for said in (
        "Số định danh gồm 12 chữ số.",
        "Thiếu thông tin bắt buộc",
        'value="123"',
        'value="x"',
    ):
        assert said in page
    answer = counter.send_all("to-khai", {"form.child_birth_date": "31/02/2026"})
    page = unescape(counter.visitor.said(answer).text)
    assert 'value="31/02/2026"' in page
    assert "Hãy ghi ngày/tháng/năm" in page
    answer = counter.send_all("giay-to", {**PAPERS, "paper.birth_notice.originals": "hai"})
    assert 'value="hai"' in unescape(counter.visitor.said(answer).text)
    decision = unescape(counter.text("quyet-dinh"))
    assert "Còn chỗ chưa điền xong" in decision
    assert counter.send_all("quyet-dinh", ACCEPTANCE).headers["Location"].endswith("?kiem=1")


def test_kept_without_a_button(counter: Counter) -> None:
    assert counter.send("nguoi-nop", "stay", submitter__name="Trần T").status_code == 204
    assert "Trần T" in unescape(counter.visitor.get("/tiep-nhan").text)


def test_any_step_may_be_gone_to(counter: Counter) -> None:
    answer = counter.send("nguoi-nop", "quyet-dinh", submitter__name="")
    assert answer.headers["Location"] == counter.path("quyet-dinh")
    assert counter.visitor.get(counter.path("o-dau")).status_code == 404


def test_whom_an_officer_helps(counter: Counter) -> None:
    answer = counter.send("nguoi-nop", submitter__name="Trần Thị Hà")
    assert "Ghi số điện thoại" in unescape(counter.visitor.said(answer).text)
    fields = {"submitter__name": "Trần Thị Hà", "case__assisted": "on"}
    answer = counter.send("nguoi-nop", **fields)
    assert answer.headers["Location"] == counter.path("giay-to")


def test_the_promised_day_is_shown_before(counter: Counter) -> None:
    counter.send("nguoi-nop", submitter__name="Trần Thị Hà", submitter__phone="0912345678")
    counter.send_all("giay-to", PAPERS)
    counter.send_all("to-khai", declared(shipped("1_001193")))
    page = unescape(counter.text("quyet-dinh"))
    assert "06/07/2026 17:00" in page
    assert "Đủ giấy tờ phải có" in page


def test_missing_papers_propose_a_supplement(counter: Counter, office: Office) -> None:
    counter.send("nguoi-nop", submitter__name="Trần Thị Hà", submitter__phone="0912345678")
    counter.send_all("giay-to", {})
    counter.send_all("to-khai", declared(shipped("1_001193")))
    counter.send_all("giay-to", {"paper.identity_paper.taken": "on"})
    page = unescape(counter.text("quyet-dinh"))
    assert "Đủ giấy tờ phải có" in page
    answer = counter.send_all(
        "quyet-dinh",
        {**ACCEPTANCE, "form.decision": "supplement", "form.supplement_items": "Giấy chứng sinh",
         "form.reason": "Chưa có giấy chứng sinh"},
    )  # fmt: skip
    page = slip(counter, answer.headers["Location"])
    assert "PHIẾU YÊU CẦU BỔ SUNG" in page
    assert "Chưa có giấy chứng sinh" in page
    (row,) = rows(office)
    assert row.status == "supplement_requested_intake"


def test_the_proposed_decision_follows_the_papers(visit: Visit) -> None:
    counter = Counter(visit("reception1"), BUSINESS)
    supplement, accept = ('value="supplement" checked', 'value="accept" checked')
    assert supplement in counter.text("quyet-dinh")
    counter.send_all("quyet-dinh", {"form.decision": "supplement", "form.reason": "Thiếu giấy"})
    counter.send_all("giay-to", {"paper.application_form.taken": "on"})
    page = counter.text("quyet-dinh")
    assert accept in page
    assert "Thiếu giấy" in unescape(page)
    counter.send_all("quyet-dinh", {"form.decision": "refuse", "form.reason": "Không thuộc xã"})
    counter.send_all("giay-to", {})
    assert 'value="refuse" checked' in counter.text("quyet-dinh")


def test_for_a_person_of_another_commune_with_priority(visit: Visit, office: Office) -> None:
    counter = Counter(visit("reception1"), BUSINESS)
    case = {"submitter.name": "Lê Văn Bình", "submitter.phone": "0912345678", "case.ticket": "A012",
            "case.other_owner": "on", "owner.name": "Trần Thị Hà", "case.priority.reason": "khac",
            "case.competent_agency": COMMUNE_2}  # fmt: skip
    counter.send_all("nguoi-nop", case)
    counter.send_all("giay-to", {"paper.application_form.taken": "on"})
    counter.send_all("to-khai", declared(shipped("1_001612")))
    assert "phải nói rõ vì sao" in unescape(counter.text("quyet-dinh"))
    counter.send_all("nguoi-nop", {**case, "case.priority.note": "Nhà ở rất xa"})
    path = counter.send_all("quyet-dinh", ACCEPTANCE).headers["Location"]
    page = slip(counter, path)
    for said in ("A012", "Người nộp", "Trần Thị Hà", "Ủy ban nhân dân xã số 2", "100.000 đồng"):
        assert said in page
    (row,) = rows(office)
    assert (row.receiving_agency, row.competent_agency) == (COMMUNE_1, COMMUNE_2)
    assert (row.priority, row.ticket, row.owner_name) == ("khac", "A012", "Trần Thị Hà")


def test_earlier_dossiers_of_the_same_person_are_shown(visit: Visit) -> None:
    visitor = visit("reception1")
    path = received(Counter(visitor, BIRTH))
    code = path.split("/")[-1].split("?")[0]
    second = Counter(visitor, BIRTH)
    second.send("nguoi-nop", scan__submitter=CARD)
    assert code in second.text("nguoi-nop")


def test_nobody_sees_or_changes_what_another_typed(counter: Counter, visit: Visit) -> None:
    other = visit("second_reception1")
    assert other.get(counter.path("nguoi-nop")).status_code == 404
    other.get("/tiep-nhan")
    assert other.post(counter.path("nguoi-nop"), {"to": "stay"}).status_code == 303
    assert other.post(f"/tiep-nhan/{counter.number}/bo").status_code == 303
    assert counter.visitor.get(counter.path("nguoi-nop")).status_code == 200


@pytest.mark.parametrize("who", ["office1", "leader1", "auditor", "administrator", "portal"])
def test_only_the_counter_receives(visit: Visit, who: str, office: Office) -> None:
    visitor = visit(who)
    assert visitor.get("/tiep-nhan").status_code == 403
    assert visitor.get("/tiep-nhan/goi-y?tim=khai").status_code == 403
    visitor.get("/khong-co")
    visitor.post("/tiep-nhan", procedure=BIRTH, counter=COMMUNE_1)
    with office.database.reading() as tx:
        assert tx.execute(select(func.count()).select_from(reception_draft)).scalar_one() == 0


@pytest.mark.parametrize(
    "sent",
    [{}, {"procedure": BIRTH}, {"procedure": BIRTH, "counter": COMMUNE_2},
     {"procedure": "9.9", "counter": COMMUNE_1}],
)  # fmt: skip
def test_what_cannot_be_begun(visit: Visit, office: Office, sent: dict[str, str]) -> None:
    visitor = visit("reception1")
    visitor.get("/tiep-nhan")
    assert visitor.post("/tiep-nhan", sent).status_code in (303, 404)
    with office.database.reading() as tx:
        assert tx.execute(select(func.count()).select_from(reception_draft)).scalar_one() == 0


def test_too_much_is_refused_and_what_was_kept_stays(counter: Counter) -> None:
    counter.send("nguoi-nop", submitter__name="Trần Thị Hà", submitter__phone="0912345678")
    counter.send_all("to-khai", {"form.child_name": "x" * 200_000})
    assert "x" * 1000 not in counter.text("to-khai")
    assert "Trần Thị Hà" in unescape(counter.text("nguoi-nop"))


def test_thrown_away(counter: Counter) -> None:
    counter.visitor.post(f"/tiep-nhan/{counter.number}/bo")
    assert counter.visitor.get(counter.path("nguoi-nop")).status_code == 404


def test_suggestions(visit: Visit) -> None:
    visitor = visit("reception1")
    page = unescape(visitor.get("/tiep-nhan/goi-y?tim=sinh+khai").text)
    assert "Thủ tục đăng ký khai sinh" in page
    assert "Không có thủ tục nào" in unescape(visitor.get("/tiep-nhan/goi-y?tim=<b>xyz").text)
    assert "<b>xyz" not in visitor.get("/tiep-nhan/goi-y?tim=<b>xyz").text


def test_what_waits_to_be_answered(visit: Visit, lives: Any) -> None:
    made = lives.submitted()
    page = unescape(visit("reception1").get("/tiep-nhan").text)
    assert made.code in page
    assert "Trả lời trước" in page
    assert visit("reception1").get(f"/phieu-hen/{made.code}").status_code == 303


def test_the_slip_is_for_those_who_may_read(counter: Counter, visit: Visit) -> None:
    path = received(counter)
    assert visit("office1").get(path).status_code == 303
    code = path.split("/")[-1].split("?")[0]
    assert f"/phieu-hen/{code}" in visit("office1").get(f"/ho-so/{code}").text
    assert visit("office2").get(path).status_code == 404
    assert visit(None).get(path).headers["Location"].startswith("/dang-nhap")
