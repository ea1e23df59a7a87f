"""VNPAY's signatures, to the letter of its documentation."""

from dataclasses import replace
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

import pytest

from engine.errors.gateways import SignatureForged
from engine.gateways.vnpay.answers import Outcome, read_query
from engine.gateways.vnpay.codes import UNKNOWN, Codes, known, meaning
from engine.gateways.vnpay.merchant import Merchant
from engine.gateways.vnpay.paying import Payment, pay_url
from tests.clock import VIETNAM

MERCHANT = Merchant(
    code="DEMOTMN1",
    secret="SECRETKEYFORTEST0123456789ABCDEF",
    pay_url="https://sandbox.example.vn/paymentv2/vpcpay.html",
    api_url="https://sandbox.example.vn/merchant_webapi/api/transaction",
    return_url="https://example.gov.vn/pay/return",
    minutes=15,
)
QUERY = (
    "vnp_Amount=800000&vnp_Command=pay&vnp_CreateDate=20261103093200&vnp_CurrCode=VND"
    "&vnp_ExpireDate=20261103094700&vnp_IpAddr=127.0.0.1&vnp_Locale=vn"
    "&vnp_OrderInfo=Thu+phi+ho+so+H40.30.01.G15-261103-0001&vnp_OrderType=other"
    "&vnp_ReturnUrl=https%3A%2F%2Fexample.gov.vn%2Fpay%2Freturn&vnp_TmnCode=DEMOTMN1"
    "&vnp_TxnRef=H40.30.01.G15-261103-0001-1&vnp_Version=2.1.0"
)
HASH = (
    "7180b4e4cf7fbc37bfd65338c084424dd934cd9f55aea9e78c7cc28ca68e79e3"
    "a022693b71a8f29ce141ce1d506c7ba38e40106fd382e6230e7d9e037d039149"
)
NOTICE = {
    "vnp_Amount": "800000",
    "vnp_BankCode": "NCB",
    "vnp_BankTranNo": "VNP14226112",
    "vnp_CardType": "ATM",
    "vnp_OrderInfo": "Thu phi ho so",
    "vnp_PayDate": "20261103093512",
    "vnp_ResponseCode": "00",
    "vnp_TmnCode": "DEMOTMN1",
    "vnp_TransactionNo": "14226112",
    "vnp_TransactionStatus": "00",
    "vnp_TxnRef": "261103ABCDEFGH2345",
}


def pairs(**changes: str) -> list[tuple[str, str]]:
    """A notice as VNPAY signs it, with changes made before it signed."""
    said = {**NOTICE, **changes}
    return [*said.items(), ("vnp_SecureHash", MERCHANT.sign(MERCHANT.query(said)))]


def test_the_vector_comes_out_byte_for_byte() -> None:
    payment = Payment(
        reference="H40.30.01.G15-261103-0001-1",
        amount=8_000,
        info="Thu phi ho so H40.30.01.G15-261103-0001",
        created_at=datetime(2026, 11, 3, 9, 32, tzinfo=VIETNAM),
        expires_at=datetime(2026, 11, 3, 9, 47, tzinfo=VIETNAM),
        address="127.0.0.1",
    )
    assert pay_url(MERCHANT, payment) == f"{MERCHANT.pay_url}?{QUERY}&vnp_SecureHash={HASH}"


def test_moments_are_written_in_vietnamese_time() -> None:
    payment = Payment(
        "R1", 1, "x", datetime.fromisoformat("2026-11-03T02:32:00+00:00"),
        datetime.fromisoformat("2026-11-03T02:47:00+00:00"), "::1", "en",
    )  # fmt: skip
    sent = dict(parse_qsl(urlsplit(pay_url(MERCHANT, payment)).query))
    assert sent["vnp_CreateDate"] == "20261103093200"
    assert sent["vnp_Amount"] == "100"


def test_a_question_and_a_refund_are_signed_by_their_fields() -> None:
    assert MERCHANT.sign_fields(("a", "b", "")) == MERCHANT.sign("a|b|")


def test_a_notice_is_read() -> None:
    answer = read_query(MERCHANT, pairs())
    assert answer.outcome is Outcome.PAID
    assert answer.is_of(8_000)
    assert not answer.is_of(80)
    assert (answer.number, answer.bank) == ("14226112", "NCB")
    assert answer.paid_at == datetime(2026, 11, 3, 9, 35, 12, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("code", "status", "outcome"),
    [
        ("00", "00", Outcome.PAID),
        ("00", "02", Outcome.FAILED),
        ("24", "02", Outcome.FAILED),
        ("07", "07", Outcome.SUSPECT),
        ("07", "00", Outcome.PENDING),
        ("00", "01", Outcome.PENDING),
        ("00", "04", Outcome.REVERSED),
        ("00", "", Outcome.PENDING),
        ("00", "77", Outcome.PENDING),
    ],
)
def test_only_both_codes_together_mean_paid(code: str, status: str, outcome: Outcome) -> None:
    said = pairs(vnp_ResponseCode=code, vnp_TransactionStatus=status)
    assert read_query(MERCHANT, said).outcome is outcome


@pytest.mark.parametrize("name", [*NOTICE, "vnp_SecureHash"])
def test_nothing_that_is_signed_can_be_changed(name: str) -> None:
    changed = [(key, value + "1" if key == name else value) for key, value in pairs()]
    missing = [(key, value) for key, value in pairs() if key != name]
    twice = [*pairs(), (name, dict(pairs())[name])]
    for said in (changed, missing, twice):
        with pytest.raises(SignatureForged):
            read_query(MERCHANT, said)


def test_what_is_not_of_vnpay_does_not_count() -> None:
    assert read_query(MERCHANT, [*pairs(), ("utm_source", "x"), ("vnp", "y")]).number == "14226112"


def test_a_notice_for_another_merchant_or_a_huge_one_is_refused() -> None:
    other = replace(MERCHANT, code="KHAC0001")
    for merchant, said in ((other, pairs()), (MERCHANT, pairs(vnp_OrderInfo="x" * 5_000))):
        with pytest.raises(SignatureForged):
            read_query(merchant, said)


@pytest.mark.parametrize("codes", Codes)
def test_every_code_is_a_sentence(codes: Codes) -> None:
    for code in known(codes):
        sentence = meaning(codes, code)
        assert sentence[0].isupper()
        assert sentence.endswith(".")
    assert meaning(codes, "42") == UNKNOWN.format(code="42")
