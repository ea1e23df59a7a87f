"""The counter's pages of money that comes by bank and gateway."""

from collections.abc import Callable
from io import BytesIO

from tests.api.gateway_routes import with_account
from tests.api.lives import Lives
from tests.office import COMMUNE_1
from tests.paying import AMOUNT, key_of, obligation, open_differences, owing
from tests.web.visitor import Visitor, once_of

Visit = Callable[[str | None], Visitor]
HEAD = "Ngày giao dịch,Số tham chiếu,Ghi có,Nội dung\n"


def sent(visitor: Visitor, text: str, **fields: str) -> str:
    """What the page says after a statement was sent."""
    form = {"format": "bank", **fields, "file": (BytesIO(text.encode()), "sao-ke.csv")}
    answer = visitor.post(f"/doi-soat?co-quan={COMMUNE_1}", form)
    return visitor.said(answer).text if answer.status_code == 303 else answer.text


def test_a_statement_is_taken_in_and_what_is_unclear_settled(visit: Visit, lives: Lives) -> None:
    dossier, other = owing(lives), owing(lives, 70_000)
    cashier = visit("cashier1")
    assert "Chưa có dòng sao kê nào" in cashier.get("/doi-soat").text
    rows = f"06/07/2026,FT1,{AMOUNT},{key_of(lives, dossier)}\n06/07/2026,FT2,70000,nop tien\n"
    page = sent(cashier, HEAD + rows)
    assert "1 dòng được ghi nộp" in page
    assert "1.250.000 ₫" in page
    assert obligation(lives, dossier).paid == AMOUNT
    assert "2 dòng đã nhận từ trước" in sent(cashier, HEAD + rows)
    (only,) = open_differences(lives)
    once = once_of(cashier.get("/doi-soat"))
    choice = {"act": "assign", "note": "Bà con mang ủy nhiệm chi", "code": other.code}
    path = f"/doi-soat/chenh-lech/{only.id}"
    done = cashier.said(cashier.post(path, {**choice, "obligation": "1", "once": once}))
    assert "Đã giải quyết chênh lệch" in done.text
    assert obligation(lives, other).paid == 70_000
    assert "ủy nhiệm chi" in cashier.get("/doi-soat?da-xong=1").text


def test_what_cannot_be_read_or_settled_says_why(visit: Visit, lives: Lives) -> None:
    cashier = visit("cashier1")
    cashier.get("/doi-soat")
    assert "Dòng 2" in sent(cashier, f"{HEAD}06/07/2026,FT1,x,\n")
    assert "Không có mẫu sao kê" in sent(cashier, HEAD, format="khac")
    sent(cashier, f"{HEAD}06/07/2026,FT1,5,\n")
    (only,) = open_differences(lives)
    path = f"/doi-soat/chenh-lech/{only.id}"
    for said in ({"act": "explain"}, {"act": "assign", "note": "x", "code": "H1"}):
        assert cashier.post(path, said).status_code == 303
    assert len(open_differences(lives)) == 1
    assert visit("office1").get("/doi-soat").status_code == 403


def test_the_account_is_set_and_shown_as_a_code(visit: Visit, lives: Lives) -> None:
    dossier, administrator = owing(lives), visit("administrator1")
    assert "Chưa có tài khoản nào" in administrator.get("/quan-tri/tai-khoan").text
    account = {"bank": "97041", "bank_name": "VietinBank", "number": "1133", "holder": "UBND XA"}
    assert administrator.post("/quan-tri/tai-khoan", account).status_code == 422
    administrator.said(administrator.post("/quan-tri/tai-khoan", {**account, "bank": "970415"}))
    page = visit("cashier1").get(f"/ho-so/{dossier.code}/phi/chuyen-khoan").text
    assert "data:image/svg+xml" in page
    assert key_of(lives, dossier) in page
    administrator.get("/quan-tri/tai-khoan")
    administrator.said(administrator.post("/quan-tri/tai-khoan/bo"))
    page = visit("cashier1").get(f"/ho-so/{dossier.code}/phi/chuyen-khoan").text
    assert "chưa đặt tài khoản" in page


def test_a_refund_online_is_refused_where_no_gateway_is_used(visit: Visit, lives: Lives) -> None:
    dossier, cashier = with_account(lives), visit("cashier1")
    cashier.get(f"/ho-so/{dossier.code}/phi/chuyen-khoan")
    answer = cashier.post(f"/ho-so/{dossier.code}/phi/hoan-truc-tuyen/1/1")
    assert "chưa dùng cổng thanh toán" in cashier.said(answer).text
