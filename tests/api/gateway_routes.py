"""Routes of gateways, transfers and statements, with who may use them; part of `tests.api.routes`.

No gateway is used here: whoever may pay through one is told so.
"""

from base64 import b64encode
from collections.abc import Callable
from itertools import count
from typing import Any

from api.taking_in import take_in
from engine.commands.bank_accounts import set_bank_account
from engine.commands.statements import BeginStatement
from engine.gateways.statements.formats import format_of
from engine.gateways.statements.reading import StatementLine
from engine.model.dossier import Dossier
from engine.model.gateway import BankAccount
from engine.settings import Settings
from tests.api.lives import Lives
from tests.api.people import EVERYONE, OF_COMMUNE_1, READERS
from tests.api.routing import Request, Route, fixed
from tests.office import COMMUNE_1
from tests.paying import AMOUNT, open_differences, owing

BOOKS = frozenset({"cashier1", "director1"})
_EVERY_BOOKS = BOOKS | {"cashier2", "director2"}
_ADMINISTRATORS = frozenset({"administrator", "administrator1", "administrator2"})
_OBLIGATION = "/dossiers/<code:code>/obligations/<number:obligation>"
_REFUND = "/dossiers/<code:code>/payments/<number:payment>/refunds/<number:refund>/online"
_ACCOUNT = {"bank": "970415", "bank_name": "VietinBank", "number": "113366668888"}
_CSV = "Ngày giao dịch,Số tham chiếu,Ghi có\n06/07/2026,FT1,5000\n"


def _owing(path: str, body: Any = None) -> Callable[[Lives], Request]:
    def prepare(lives: Lives) -> Request:
        return Request(f"/dossiers/{with_account(lives).code}{path}", body)

    return prepare


def with_account(lives: Lives) -> Dossier:
    """A dossier that owes, to an agency with a bank account."""
    account = BankAccount(COMMUNE_1, holder="UBND XA SO 1", **_ACCOUNT)
    with lives.office.database.transaction() as tx:
        actor = lives.office.actor("administrator1")
        set_bank_account(tx, account, actor, lives.clock())
    return owing(lives)


def _difference(act: str, assigned: bool = False) -> Callable[[Lives], Request]:
    def prepare(lives: Lives) -> Request:
        form, office = format_of(Settings(), "bank"), lives.office
        number = next(_NUMBERS)
        line = StatementLine(2, f"FT{number}", lives.clock(), AMOUNT, "khong ro", repeat=number)
        command = BeginStatement(COMMUNE_1, form, "x.csv", [line])
        take_in(office.database, command, office.actor("cashier1"), lives.clock)
        body: dict[str, Any] = {"note": "Đã hỏi ngân hàng"}
        if assigned:
            body |= {"code": owing(lives).code, "obligation": 1}
        last = open_differences(lives)[-1].id
        return Request(f"/payment-differences/{last}{act}", body)

    return prepare


_NUMBERS = count(1)
_STATEMENT = {
    "agency": COMMUNE_1,
    "format": "bank",
    "file_name": "sao-ke.csv",
    "content": b64encode(_CSV.encode()).decode(),
}
GATEWAY_ROUTES = {
    ("POST", f"{_OBLIGATION}/attempts"): Route(
        _owing("/obligations/1/attempts", {"address": "203.0.113.9"}), READERS, 409, READERS
    ),
    ("GET", f"{_OBLIGATION}/attempts"): Route(
        _owing("/obligations/1/attempts"), READERS, readers=READERS
    ),
    ("GET", f"{_OBLIGATION}/vietqr"): Route(
        _owing("/obligations/1/vietqr"), READERS, readers=READERS
    ),
    ("POST", _REFUND): Route(
        _owing("/payments/1/refunds/1/online"), frozenset({"cashier1"}), 409, readers=READERS
    ),
    ("GET", "/bank-accounts/<code:agency>"): Route(
        lambda lives: Request(f"/bank-accounts/{with_account(lives).receiving_agency}"), EVERYONE
    ),
    ("PUT", "/bank-accounts/<code:agency>"): Route(
        fixed(f"/bank-accounts/{COMMUNE_1}", {**_ACCOUNT, "holder": "UBND XA"}), OF_COMMUNE_1
    ),
    ("DELETE", "/bank-accounts/<code:agency>"): Route(
        fixed(f"/bank-accounts/{COMMUNE_1}"), OF_COMMUNE_1, 204
    ),
    ("GET", "/statements"): Route(fixed("/statements"), _EVERY_BOOKS | _ADMINISTRATORS),
    ("GET", "/statements/formats"): Route(fixed("/statements/formats"), EVERYONE),
    ("GET", "/statements/days"): Route(
        fixed(f"/statements/days?agency={COMMUNE_1}"), BOOKS | OF_COMMUNE_1
    ),
    ("POST", "/statements"): Route(fixed("/statements", _STATEMENT), BOOKS | OF_COMMUNE_1),
    ("GET", "/payment-differences"): Route(
        fixed("/payment-differences"), _EVERY_BOOKS | _ADMINISTRATORS
    ),
    ("POST", "/payment-differences/<number:difference>/assign"): Route(
        _difference("/assign", assigned=True), BOOKS, readers=BOOKS
    ),
    ("POST", "/payment-differences/<number:difference>/reverse"): Route(
        _difference("/reverse"), BOOKS, 409, readers=BOOKS
    ),
    ("POST", "/payment-differences/<number:difference>/explain"): Route(
        _difference("/explain"), BOOKS, readers=BOOKS
    ),
}
"""Method and rule (below the prefix) → who may."""
