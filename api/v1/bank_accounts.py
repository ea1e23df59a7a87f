"""Bank accounts into which people transfer."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads, writes
from api.v1.schemas.gateways import BankAccountIn, BankAccountOut
from engine.commands.bank_accounts import remove_bank_account, set_bank_account
from engine.errors.gateways import NoBankAccount
from engine.model.gateway import BankAccount
from engine.store import bank_accounts

routes = Blueprint(
    "bank_accounts",
    __name__,
    url_prefix="/bank-accounts",
    description="Tài khoản nhận tiền của cơ quan.",
)


@routes.get("/<code:agency>")
@reads(404, 409, 422)
@routes.response(200, BankAccountOut)
def show(call: Call, agency: str) -> BankAccount:
    """Show where one transfers what is owed to an agency.

    Tài khoản của cơ quan, hoặc của cơ quan cấp trên gần nhất có tài khoản.
    """
    account = bank_accounts.account_for(call.tx, agency)
    if account is None:
        raise NoBankAccount(agency=agency)
    return account


@routes.put("/<code:agency>")
@writes(403, 404)
@routes.arguments(BankAccountIn)
@routes.response(200, BankAccountOut)
def put(call: Call, body: dict[str, Any], agency: str) -> BankAccount:
    """Set an agency's account.

    Đặt tài khoản nhận tiền của cơ quan; được ghi vào nhật ký quản trị.
    """
    account = BankAccount(agency, **body)
    set_bank_account(call.tx, account, call.actor, call.now)
    return account


@routes.delete("/<code:agency>")
@writes(403, 404)
@routes.response(204)
def remove(call: Call, agency: str) -> None:
    """Let an agency have no account of its own.

    Bỏ tài khoản của cơ quan; khi đó dùng tài khoản của cơ quan cấp trên, nếu có.
    """
    remove_bank_account(call.tx, agency, call.actor, call.now)
