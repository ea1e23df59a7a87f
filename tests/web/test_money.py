"""Money on pages: the cashier takes it, notices are set, what is too much goes back."""

from collections.abc import Callable

from tests.clock import FakeClock
from tests.office import Office
from tests.owing import Owing
from tests.web.visitor import Visitor

Visit = Callable[[str | None], Visitor]


def test_the_cashiers_task_is_done_by_the_money(
    visit: Visit, office: Office, clock: FakeClock
) -> None:
    dossier = Owing(office, clock).collecting()
    (place,) = dossier.tasks
    cashier = visit("cashier1")
    page = cashier.get(f"/ho-so/{dossier.code}/viec/{place}")
    assert "100.000" in page.text
    assert "task-form" not in page.text
    assert f"/ho-so/{dossier.code}/phi/thu/1" in page.text
    cashier.get(f"/ho-so/{dossier.code}/phi/thu/1")
    answer = cashier.post(
        f"/ho-so/{dossier.code}/phi/thu/1", tendered="200.000", payer="Trần Thị Hoa"
    )
    said = cashier.said(answer).text
    assert "BL-2026/0000001" in said
    assert "trả lại khách 100.000" in said
    paper = cashier.get(f"/ho-so/{dossier.code}/phi/bien-lai/1")
    assert (paper.status_code, paper.data[:5]) == (200, b"%PDF-")
    day = cashier.get("/thu-tien").text
    assert "BL-2026/0000001" in day
    assert dossier.code in day


def test_a_notice_is_set_and_its_slip_recorded(
    visit: Visit, office: Office, clock: FakeClock
) -> None:
    code = Owing(office, clock).dossier().code
    path, specialist = f"/ho-so/{code}/phi", visit("office1")
    specialist.get(f"{path}/thong-bao")
    form = {
        "number": "412/TB",
        "issuer": "Thuế cơ sở 3",
        "issued_on": "6/7/2026",
        "due_on": "5/8/2026",
        "ground": "Luật Đất đai 2024",
    }
    wrong = specialist.post(f"{path}/thong-bao", {**form, "lines": "Tiền sử dụng đất"})
    assert wrong.status_code == 422
    assert "không hiểu dòng" in wrong.text
    lines = "Tiền sử dụng đất: 5.000.000\nLệ phí trước bạ: 25 000"
    answer = specialist.post(f"{path}/thong-bao", {**form, "lines": lines})
    assert "5.025.000" in specialist.said(answer).text
    specialist.get(f"{path}/chung-tu/2")
    slip = {"amount": "5025000", "reference": "GNT 7", "paid_on": "6/7/2026"}
    assert "Đã nộp đủ" in specialist.said(specialist.post(f"{path}/chung-tu/2", slip)).text


def test_what_is_too_much_goes_back(visit: Visit, office: Office, clock: FakeClock) -> None:
    code = Owing(office, clock).overpaid().code
    path, leader, cashier = f"/ho-so/{code}/phi", visit("leader1"), visit("cashier1")
    assert code in cashier.get("/thu-tien").text
    leader.get(f"{path}/hoan/1")
    leader.said(leader.post(f"{path}/hoan/1", amount="50.000", reason="Chuyển thừa"))
    cashier.get(f"{path}/da-chi/1/1")
    paid = cashier.post(f"{path}/da-chi/1/1", means="transfer", reference="UNC 9")
    assert "UNC 9" in cashier.said(paid).text


def test_acts_that_there_are_not(visit: Visit, office: Office, clock: FakeClock) -> None:
    code = Owing(office, clock).dossier().code
    cashier = visit("cashier1")
    for path in ("khong-co", "thu", "thu/9", "thu/1/1", "bien-lai/1"):
        assert cashier.get(f"/ho-so/{code}/phi/{path}").status_code in (404, 409)
