"""Dossiers that owe money."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from engine.commands.acting import Target
from engine.commands.obligations import SetObligation, set_obligation
from engine.commands.paying_online import PayOnline, pay_online
from engine.gateways.references import Owed, payment_key
from engine.gateways.vnpay.merchant import Merchant
from engine.model.dossier import Dossier
from engine.model.obligation import Item, Notice, Obligation
from engine.settings import Settings
from engine.store import dossiers
from engine.store.gateway_tables import payment_difference
from tests.api.lives import Lives

AMOUNT = 1_250_000


def owing(lives: Lives, *amounts: int) -> Dossier:
    """A dossier on which the tax office's notices wait, one for each amount."""
    dossier = lives.obliged()
    for amount in amounts or (AMOUNT,):
        today = lives.clock().date()
        command = SetObligation(
            Target(dossier.code),
            [Item("Thuế thu nhập cá nhân", amount)],
            Notice(f"{amount}/TB-CCT", "Chi cục Thuế", today),
            lives.clock() + timedelta(days=30),
            "Luật Quản lý thuế",
        )
        dossier = lives.act(set_obligation, command, "office1")
    return dossier


def attempt(lives: Lives, settings: Settings, dossier: Dossier, obligation: int = 1) -> str:
    """Somebody begins to pay online; gives the address of the gateway's page."""
    merchant = Merchant.of(settings)
    assert merchant
    command = PayOnline(dossier.code, obligation, "203.0.113.9")
    with lives.office.database.transaction() as tx:
        return pay_online(tx, command, merchant, lives.clock())


def obligation(lives: Lives, dossier: Dossier, number: int = 1) -> Obligation:
    """One of a dossier's obligations as it stands."""
    return lives.now(dossier).obligations[number]


def key_of(lives: Lives, dossier: Dossier, number: int = 1) -> str:
    """What one writes into a transfer."""
    with lives.office.database.reading() as tx:
        return payment_key(Owed(dossiers.read(tx, dossier.code).id, number))


def open_differences(lives: Lives) -> Sequence[Any]:
    """Those that nobody has settled."""
    query = select(payment_difference).where(payment_difference.c.closed_at.is_(None))
    with lives.office.database.reading() as tx:
        return tx.execute(query.order_by(payment_difference.c.id)).all()
