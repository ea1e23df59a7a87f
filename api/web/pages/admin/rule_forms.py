"""Forms of the rulebook: what was entered, as the document has it, and the other way round."""

from collections.abc import Mapping
from typing import Any

from flask import request

from api.web.entered import CONTROLS, Entered, nothing_yet
from engine.life.rulebook_reading import APPROVERS

SUBJECTS = ("dossier", "step")
LATER = ("unassigned", "intake")
LEVELS = ("near_due", "due", "overdue")
RUNGS = ("unit_head", "control_officer", "leader")
MOST_LEVELS = 3
_FLAGS = ("manual", "evidence")
_AMOUNTS = ("limit", "extension")


def entered_rules() -> Entered:
    """What this request's form holds, as typed."""
    given = {k: v.strip() for k, v in request.form.items() if k not in CONTROLS}
    given["approvers"] = " ".join(request.form.getlist("approvers"))
    return nothing_yet(**given)


def reason_of(values: Mapping[str, str]) -> dict[str, Any]:
    """The table of a pause reason; the rulebook itself is the judge of what it says."""
    table: dict[str, Any] = {name: values.get(name, "") for name in ("name", "policy", "status")}
    table["manual"] = "manual" in values
    if "evidence" in values:
        table["evidence"] = True
    for name in _AMOUNTS:
        if amount := values.get(f"{name}_amount"):
            table[name] = f"{amount.replace(',', '.')} {values.get(f'{name}_unit', '')}"
    if times := values.get("times"):
        table["times"] = int(times) if times.isascii() and times.isdigit() else times
    chosen = values.get("approvers", "").split()
    if chosen:
        table["approvers"] = [role for role in APPROVERS if role in chosen] or chosen
    return table


def reason_values(code: str, table: Mapping[str, Any]) -> dict[str, str]:
    """A pause reason as its form shows it."""
    values = {name: str(table.get(name, "")) for name in ("name", "policy", "status", "times")}
    values |= {"code": code, "approvers": " ".join(table.get("approvers", ()))}
    values |= {name: "on" for name in _FLAGS if table.get(name)}
    for name in _AMOUNTS:
        amount, _blank, unit = str(table.get(name, "")).partition(" ")
        values |= {f"{name}_amount": amount, f"{name}_unit": unit or "days"}
    return values


def warnings_of(values: Mapping[str, str]) -> dict[str, Any]:
    """The tables `alerts` and `ladder`."""
    alerts: dict[str, Any] = {}
    for subject in SUBJECTS:
        told = (_threshold(values, f"{subject}_{n}") for n in range(MOST_LEVELS))
        if texts := [text for text in told if text]:
            alerts[subject] = {"near_due": texts}
    for subject in LATER:
        if amount := values.get(f"{subject}_after"):
            alerts[subject] = {"after": f"{amount.replace(',', '.')} hours"}
    ladder = {level: _ladder(values, level) for level in LEVELS}
    return {"alerts": alerts, "ladder": {level: table for level, table in ladder.items() if table}}


def warning_values(document: Mapping[str, Any]) -> dict[str, str]:
    """Alerts and ladder as their form shows them."""
    values: dict[str, str] = {}
    alerts, ladder = document.get("alerts", {}), document.get("ladder", {})
    for subject in SUBJECTS:
        for number, text in enumerate(alerts.get(subject, {}).get("near_due", [])):
            amount, _blank, unit = text.partition(" ")
            values[f"{subject}_{number}_amount"] = amount.removesuffix("%")
            values[f"{subject}_{number}_unit"] = unit or "%"
    for subject in LATER:
        values[f"{subject}_after"] = _hours(alerts.get(subject, {}).get("after"))
    for level in LEVELS:
        table = ladder.get(level, {})
        values |= {f"{level}_{rung}": _hours(table.get(rung)) for rung in RUNGS}
        if table.get("until_acknowledged"):
            values[f"{level}_until"] = "on"
    return values


def _threshold(values: Mapping[str, str], name: str) -> str:
    amount, unit = values.get(f"{name}_amount", ""), values.get(f"{name}_unit", "%")
    if not amount:
        return ""
    return f"{amount}%" if unit == "%" else f"{amount.replace(',', '.')} {unit}"


def _ladder(values: Mapping[str, str], level: str) -> dict[str, Any]:
    table: dict[str, Any] = {
        rung: f"{amount.replace(',', '.')} hours"
        for rung in RUNGS
        if (amount := values.get(f"{level}_{rung}"))
    }
    if f"{level}_until" in values:
        table["until_acknowledged"] = True
    return table


def _hours(text: str | None) -> str:
    """The number of hours; a working day counts eight."""
    amount, _blank, unit = (text or "").partition(" ")
    return str(float(amount) * 8).removesuffix(".0") if unit == "working_days" else amount
