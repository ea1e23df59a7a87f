"""Obligations and payments as JSON."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from engine.model.obligation import Deferral, Item, Notice, Obligation, ObligationKind
from engine.model.payment import Means, Payment, Receipt, Refund


def to_json(obligation: Obligation) -> dict[str, Any]:
    """The inverse of `from_json`."""
    found: dict[str, Any] = _plain(asdict(obligation))
    return found


def from_json(raw: Mapping[str, Any]) -> Obligation:
    """The obligation that `to_json` described."""
    notice, deferral = raw["notice"], raw["deferral"]
    typed = {
        "kind": ObligationKind(raw["kind"]),
        "items": tuple(Item(**each) for each in raw["items"]),
        "set_at": datetime.fromisoformat(raw["set_at"]),
        "due_at": _moment(raw["due_at"]),
        "notice": notice and read_notice(notice),
        "deferral": deferral and _deferral(deferral),
        "payments": tuple(_payment(each) for each in raw["payments"]),
    }
    return Obligation(**{**raw, **typed})


def read_notice(raw: Mapping[str, Any]) -> Notice:
    """The notice that JSON describes."""
    return Notice(**{**raw, "issued_on": date.fromisoformat(raw["issued_on"])})


def _deferral(raw: Mapping[str, Any]) -> Deferral:
    until = raw["until"] and date.fromisoformat(raw["until"])
    return Deferral(**{**raw, "at": datetime.fromisoformat(raw["at"]), "until": until})


def _payment(raw: Mapping[str, Any]) -> Payment:
    receipt = raw["receipt"]
    typed = {
        "means": Means(raw["means"]),
        "paid_at": datetime.fromisoformat(raw["paid_at"]),
        "settled_at": datetime.fromisoformat(raw["settled_at"]),
        "receipt": receipt and Receipt(**receipt),
        "refunds": tuple(_refund(each) for each in raw["refunds"]),
        "reversed_at": _moment(raw["reversed_at"]),
    }
    return Payment(**{**raw, **typed})


def _refund(raw: Mapping[str, Any]) -> Refund:
    typed = {
        "decided_at": datetime.fromisoformat(raw["decided_at"]),
        "made_at": _moment(raw["made_at"]),
        "means": raw["means"] and Means(raw["means"]),
    }
    return Refund(**{**raw, **typed})


def _moment(raw: str | None) -> datetime | None:
    return datetime.fromisoformat(raw) if raw else None


def _plain(value: Any) -> Any:
    """The value with moments and days as texts."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
