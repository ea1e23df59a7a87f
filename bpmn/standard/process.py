"""Draws the standard process of a procedure: its facts, diagram, fee and forms as files."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bpmn.catalogue.entry import Entry, Level, Sheet
from bpmn.facts import FILE as FACTS_FILE
from bpmn.procedure import DIAGRAM_FILE, SHARED, process_id, read_texts
from bpmn.standard.shares import Shares, share_out, stages_at_once

HERE = Path(__file__).parent
SAMPLES = HERE / "samples.json"
"""An answer to every step, for trials."""
_RECEIPT = "shared/receipt.bpmn"
_ON_THE_WAY = ("shared/digitisation.bpmn", "shared/signing.bpmn")
"""Stages that every dossier with a result passes."""
_PAYMENT = "shared/payment.bpmn"
_RESULT = "Kết quả giải quyết thủ tục hành chính"
_TOLD_MOST = 1_000

Forms = dict[str, dict[str, Any]]


def standard_sources(entry: Entry) -> dict[str, str]:
    """All files of the standard process of a procedure, by name."""
    shared = _shared()
    paid = entry.fee.amount != 0
    stages = (*_ON_THE_WAY, _PAYMENT) if paid else _ON_THE_WAY
    consulted = bool(entry.coordinating)
    shares = share_out(entry.time_limit, (shared[name] for name in stages), consulted)
    fee = {"fee.dmn": _render("fee.dmn.jinja", amount=entry.fee.amount)}
    return {
        **(stages_at_once(shared, _RECEIPT) if shares.at_once else shared),
        FACTS_FILE: "\n".join(_facts(entry)) + "\n",
        DIAGRAM_FILE: _diagram(entry, shares),
        **{f"forms/{name}": _json(form) for name, form in _forms(entry).items()},
        **(fee if paid else {}),
    }


def _diagram(entry: Entry, shares: Shares) -> str:
    tabled, asked = bool(entry.fee.amount), entry.fee.amount is None
    return _render(
        "procedure.bpmn.jinja",
        process=process_id(entry.code),
        name=entry.name,
        about=_about(entry),
        limits=shares,
        coordinating=entry.coordinating,
        fee_table=tabled,
        fee_asked=asked,
        fee_due="fee.fee" if tabled else "fee.fee + fee.charge" if asked else "",
        shift=125 if asked else 0,
        after_intake="fee" if tabled else "call_digitisation",
        before_digitisation="fee" if tabled else "intake_accepted",
        after_draft="fee_due" if tabled else "fee" if asked else "call_signing",
    )


def _about(entry: Entry) -> str:
    return (
        f"Quy trình chuẩn lập theo danh mục thủ tục hành chính, thủ tục {entry.code}"
        f" (Quyết định {entry.decision}): thời hạn {entry.time_limit.in_words()}."
    )


def _facts(entry: Entry) -> Iterator[str]:
    """Lines of TOML."""
    first, *others = entry.levels
    yield from (_line("code", entry.code), _line("name", entry.name), _line("field", entry.field))
    yield from (_line("level", first), _line("also_at", others), _line("decision", entry.decision))
    yield _line("time_limit", str(entry.time_limit))
    yield _line("result_name", entry.result_name or _RESULT)
    if entry.result_code:
        yield _line("result_code", entry.result_code)
    for number, sheet in enumerate(entry.sheets, 1):
        yield from _component(number, sheet)


def _component(number: int, sheet: Sheet) -> Iterator[str]:
    """The catalogue does not say which papers every case needs: whoever receives it does."""
    told = sheet.originals + sheet.copies > 0
    yield from ("", "[[components]]", _line("code", f"paper_{number}"), _line("name", sheet.name))
    yield from (_line("originals", sheet.originals), _line("copies", sheet.copies))
    yield _line("required", False)
    yield _line("condition", "Theo trường hợp" if told else "Danh mục không ghi số bản")


def _line(name: str, value: str | int | list[Level]) -> str:
    """JSON writes texts, whole numbers, yes and no, and lists of texts as TOML does."""
    return f"{name} = {json.dumps(value, ensure_ascii=False)}"


def _forms(entry: Entry) -> Forms:
    forms = {name: json.loads(text) for name, text in _standard_forms().items()}
    if entry.coordinating:
        _let_consult(forms, entry)
    else:
        del forms["consult.json"]
    if entry.fee.amount is None:
        _let_say_the_fee(forms["draft_result.json"], entry.fee.words)
    return forms


def _let_consult(forms: Forms, entry: Entry) -> None:
    """Whoever appraises may ask the agencies that the catalogue names."""
    choices = forms["appraise.json"]["properties"]["decision"]["oneOf"]
    choices.append({"const": "consult", "title": "Lấy ý kiến cơ quan phối hợp"})
    forms["consult.json"]["description"] = f"Cơ quan phối hợp: {entry.coordinating}"


def _let_say_the_fee(form: dict[str, Any], words: str) -> None:
    """A person says what is to be paid, where the catalogue cannot be understood."""
    told = f"Danh mục ghi: «{words[:_TOLD_MOST] or 'không có thông tin'}»."
    form["properties"] |= {
        "fee_amount": _money("Phí phải thu (đồng)", f"{told} Ghi 0 nếu không phải thu."),
        "charge_amount": _money("Lệ phí phải thu (đồng)", "Ghi 0 nếu không phải thu."),
        "fee_ground": {
            "type": "string",
            "title": "Căn cứ thu hoặc không thu phí, lệ phí",
            "minLength": 5,
            "maxLength": 1_000,
        },
    }
    form["required"] += ["fee_amount", "charge_amount", "fee_ground"]


def _money(title: str, description: str) -> dict[str, Any]:
    said = {"type": "integer", "title": title, "description": description}
    return {**said, "minimum": 0, "maximum": 1_000_000_000}


@cache
def _shared() -> Mapping[str, str]:
    return read_texts(SHARED, prefix="shared/")


@cache
def _standard_forms() -> Mapping[str, str]:
    return read_texts(HERE / "forms")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )


def _render(template: str, **values: Any) -> str:
    return _environment().get_template(template).render(values)


def _json(form: Mapping[str, Any]) -> str:
    return json.dumps(form, ensure_ascii=False, indent=1)
