"""The account into which people transfer what they owe an agency."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection

from engine.errors import NotPermitted
from engine.errors.gateways import BankAccountIncomplete
from engine.gateways.vietqr import Account
from engine.model.actor import Actor, Permission, may_at
from engine.model.gateway import BankAccount
from engine.model.office_event import OfficeEvent, OfficeEventType, agency_subject
from engine.store import agencies, bank_accounts, office_log


def set_bank_account(tx: Connection, account: BankAccount, actor: Actor, now: datetime) -> None:
    """Let an agency have this account from now on.

    Raises `NotPermitted`, `AgencyUnknown`, `VietQrImpossible`, `BankAccountIncomplete`.
    """
    _require(actor, account.agency)
    agencies.level_of(tx, account.agency)
    Account(account.bank, account.number)
    if not account.holder.strip() or not account.bank_name.strip():
        raise BankAccountIncomplete()
    before = bank_accounts.of(tx, account.agency)
    bank_accounts.put(tx, account)
    _record(tx, account.agency, before, account, actor, now)


def remove_bank_account(tx: Connection, agency: str, actor: Actor, now: datetime) -> None:
    """Let an agency have no account of its own; raises `NotPermitted`."""
    _require(actor, agency)
    before = bank_accounts.of(tx, agency)
    if before:
        bank_accounts.remove(tx, agency)
        _record(tx, agency, before, None, actor, now)


def _require(actor: Actor, agency: str) -> None:
    if not may_at(actor, Permission.BANK_ACCOUNT_MANAGE, agency):
        raise NotPermitted(what=f"đặt tài khoản nhận tiền của cơ quan {agency}")


def _record(
    tx: Connection,
    agency: str,
    before: BankAccount | None,
    after: BankAccount | None,
    actor: Actor,
    now: datetime,
) -> None:
    said = [asdict(each) if each else {} for each in (before, after)]
    subject = agency_subject(agency)
    event = OfficeEvent(OfficeEventType.BANK_ACCOUNT_SET, agency, subject, said[0], said[1])
    office_log.record(tx, event, actor.key, now)
