"""The simulated gateway over HTTP.

`PUT /dieu-khien` sets how it behaves (`Behaviour`), `GET /giao-dich` tells what it knows, and
`POST /ipn` sends an IPN as told: these three are for whoever tests with it.
"""

import threading
from collections.abc import Mapping
from dataclasses import asdict
from html import escape
from typing import Any

import requests
from flask import Flask, Response, abort, jsonify, redirect, request
from werkzeug import Response as AnyResponse

from cli.simulators.vnpay.ledger import Behaviour, Ledger, Payment
from cli.simulators.vnpay.questions import answered
from engine.deadlines.calendar import local
from engine.wallclock import wall_clock

_CHOICES = {
    "00": ("Thanh toán thành công", "00"),
    "24": ("Khách hàng hủy giao dịch", "02"),
    "51": ("Tài khoản không đủ số dư", "02"),
    "07": ("Bị nghi ngờ gian lận", "07"),
}
"""What a payer may choose to happen: code → words, status of the transaction."""
_SECONDS = 30
_PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>VNPAY mô phỏng</title>
<h1>VNPAY mô phỏng</h1><p>{info}</p><p><strong>{amount} đồng</strong></p>
<form method="post" action="/thanh-toan"><input type="hidden" name="ref" value="{reference}">
{buttons}</form></html>"""
_BUTTON = '<p><button name="code" value="{code}">{words}</button></p>'


def simulated(ledger: Ledger) -> Flask:
    """The gateway as an application."""
    app = Flask("vnpay")
    for routes in (_for_payers, _for_merchants, _for_testers):
        routes(app, ledger)
    return app


def _for_payers(app: Flask, ledger: Ledger) -> None:
    @app.get("/paymentv2/vpcpay.html")
    def show() -> Response:
        asked = request.args.to_dict()
        if not ledger.is_signed(asked) or asked.get("vnp_TmnCode") != ledger.code:
            abort(Response("Sai chữ ký (70)", 400))
        payment = ledger.begin(asked)
        if payment is None:
            abort(Response("Giao dịch đã kết thúc", 400))
        return Response(_page(payment))

    @app.post("/thanh-toan")
    def choose() -> AnyResponse:
        payment = ledger.payments[request.form["ref"]]
        code = request.form["code"]
        pay(ledger, payment, code)
        back = ledger.signed_query(ledger.notice(payment, payment.code, payment.status))
        return redirect(f"{payment.asked['vnp_ReturnUrl']}?{back}", 303)


def _for_merchants(app: Flask, ledger: Ledger) -> None:
    @app.post("/merchant_webapi/api/transaction")
    def transact() -> Response:
        answer = answered(ledger, request.get_json())
        if ledger.behaviour.deaf or _is_lost(ledger):
            abort(504)
        return jsonify(answer)


def _for_testers(app: Flask, ledger: Ledger) -> None:
    @app.put("/dieu-khien")
    def behave() -> Response:
        ledger.behaviour = Behaviour(**request.get_json())
        return jsonify(asdict(ledger.behaviour))

    @app.get("/giao-dich")
    def tell() -> Response:
        listed = [{**asdict(each), "amount": each.amount} for each in ledger.payments.values()]
        return jsonify({"payments": listed, "refunds": ledger.refunds})

    @app.post("/ipn")
    def send() -> Response:
        said: dict[str, Any] = request.get_json()
        payment = ledger.payments[said["reference"]]
        notice = ledger.notice(payment, said.get("code", "00"), said.get("status", "00"))
        notice |= said.get("changes", {})
        return jsonify(notify(ledger, notice, forged=said.get("forged", False)))


def _is_lost(ledger: Ledger) -> bool:
    return ledger.behaviour.refund_answer_lost and request.get_json()["vnp_Command"] == "refund"


def pay(ledger: Ledger, payment: Payment, code: str) -> None:
    """The payer chose what happens; the merchant is told as the behaviour has it."""
    with ledger.lock:
        if payment.status == "01":
            payment.code, payment.status = code, _CHOICES[code][1]
            payment.paid_at = f"{local(wall_clock()):%Y%m%d%H%M%S}"
    behaviour, notice = ledger.behaviour, ledger.notice(payment, payment.code, payment.status)
    if behaviour.forged_first:
        notify(ledger, notice, forged=True)
    if behaviour.failure_first:
        notify(ledger, {**notice, "vnp_ResponseCode": "24", "vnp_TransactionStatus": "02"})
    for _ in range(behaviour.times):
        timer = threading.Timer(behaviour.delay, notify, (ledger, notice))
        timer.daemon = True
        timer.start()
        if not behaviour.delay:
            timer.join()


def notify(
    ledger: Ledger, notice: Mapping[str, str], forged: bool = False
) -> dict[str, Any] | None:
    """Send one IPN; gives what the merchant said."""
    query = ledger.signed_query(notice)
    if forged:
        query = f"{query[:-1]}{'0' if query[-1] != '0' else '1'}"
    try:
        answer: dict[str, Any] = requests.get(
            f"{ledger.behaviour.ipn_url}?{query}", timeout=_SECONDS
        ).json()
    except (OSError, ValueError):
        return None
    return answer


def _page(payment: Payment) -> str:
    buttons = "".join(
        _BUTTON.format(code=code, words=words) for code, (words, _) in _CHOICES.items()
    )
    return _PAGE.format(
        info=escape(payment.asked["vnp_OrderInfo"]),
        amount=f"{payment.amount // 100:,}".replace(",", "."),
        reference=escape(payment.asked["vnp_TxnRef"]),
        buttons=buttons,
    )
