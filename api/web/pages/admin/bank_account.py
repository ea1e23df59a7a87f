"""The bank account into which people transfer what they owe an agency."""

from typing import Any

from flask import Blueprint, flash, redirect, request
from werkzeug import Response as AnyResponse

from api.edge import Call
from api.v1.schemas.gateways import BankAccountIn
from api.web.edge import acts, reads
from api.web.entered import Entered, nothing_yet, read
from api.web.language import gettext as _
from api.web.pages.admin.scope import scope_of, show
from engine.commands.bank_accounts import remove_bank_account, set_bank_account
from engine.errors import EngineError
from engine.model.actor import Permission
from engine.model.gateway import BankAccount
from engine.store import bank_accounts

routes = Blueprint("admin_bank_account", __name__)
HERE = "/quan-tri/tai-khoan"
_FIELDS = ("bank", "bank_name", "number", "holder")


@routes.get(HERE)
@reads
def index(call: Call) -> str:
    """The account of an agency."""
    return _page(call)


@routes.post(HERE)
@acts
def put(call: Call) -> Any:
    """Set it."""
    entered, scope = read(BankAccountIn), scope_of(call, Permission.BANK_ACCOUNT_MANAGE, _asked())
    if entered.is_good:
        try:
            account = BankAccount(scope.chosen, **entered.data)
            set_bank_account(call.tx, account, call.actor, call.now)
        except EngineError as refused:
            entered.refuse(refused)
    if not entered.is_good:
        return _page(call, entered), 422
    flash(_("Đã đặt tài khoản. Từ nay mã VietQR chuyển tiền vào tài khoản này."), "ok")
    return redirect(f"{HERE}?co-quan={scope.chosen}", 303)


@routes.post(f"{HERE}/bo")
@acts
def remove(call: Call) -> AnyResponse:
    """Let the agency have none of its own."""
    scope = scope_of(call, Permission.BANK_ACCOUNT_MANAGE, _asked())
    remove_bank_account(call.tx, scope.chosen, call.actor, call.now)
    flash(_("Đã bỏ tài khoản của cơ quan này."), "ok")
    return redirect(f"{HERE}?co-quan={scope.chosen}", 303)


def _asked() -> str | None:
    return request.args.get("co-quan")


def _page(call: Call, entered: Entered | None = None) -> str:
    scope = scope_of(call, Permission.BANK_ACCOUNT_MANAGE, _asked())
    own = bank_accounts.of(call.tx, scope.chosen)
    said = {name: str(getattr(own, name)) for name in _FIELDS} if own else {}
    return show(
        call,
        "bank_account.html",
        scope=scope,
        own=own,
        used=bank_accounts.account_for(call.tx, scope.chosen),
        entered=entered or nothing_yet(**said),
    )
