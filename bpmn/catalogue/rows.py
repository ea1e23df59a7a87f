"""One row of the catalogue understood, or what of it a person has to read."""

import re
from collections.abc import Sequence

from bpmn.catalogue.collecting import Collector
from bpmn.catalogue.entry import (
    LEVEL_NAMES,
    STANDING_NAMES,
    Entry,
    Fee,
    Level,
    Reading,
    Row,
    Sheet,
    Standing,
)
from bpmn.catalogue.fees import fee
from bpmn.catalogue.times import time_limit

FIELDS = (
    "code", "name", "decision", "levels", "field", "applicants", "coordinating", "channels",
    "papers", "results", "state",
)  # fmt: skip
MOST_COPIES = 20
"""More originals or copies than anyone asks for: a number that ran into the next."""
_CODE = re.compile(r"[0-9]\.[0-9]{6}(?:\.[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2})?")
_DECISION = re.compile(r"[0-9]{1,6}[A-Za-z]?/QĐ-[A-ZĐ]{2,10}(?:-[A-ZĐ]{2,10})*")
_RESULT_CODE = re.compile(r"KQ\.[A-Z][0-9]{2}\.[0-9]{5,7}")
_CHANNELS = frozenset({"Trực tiếp", "Trực tuyến", "Dịch vụ bưu chính"})
_MOST = {"levels": 20, "applicants": 100, "channels": 200, "papers": 500, "results": 100}
_LONG, _SHORT = 2_000, 300


def read_row(row: Row) -> Reading:
    """What a row says; raises nothing: what cannot be understood is in the remarks."""
    code = _code(row)
    collector = Collector(code, row.values)
    collector.remarks += row.remarks
    if not row.values:
        return Reading(row, code, None, tuple(collector.remarks))
    if not code:
        reason = "Không phải mã thủ tục, ví dụ: 1.001193."
        collector.remark("code", row.values.get("code", ""), reason)
    for unknown in sorted(set(row.values) - set(FIELDS)):
        text = f"{unknown}: {row.values[unknown]}"
        collector.remark(unknown, text, "Không biết trường này; không nhập.")
    entry, standing = _entry(collector, code), _standing(collector)
    return Reading(row, code, entry, tuple(collector.remarks), standing)


def _code(row: Row) -> str:
    value = row.values.get("code")
    return value if isinstance(value, str) and _CODE.fullmatch(value) else ""


def _entry(collector: Collector, code: str) -> Entry | None:
    name, field = collector.needed("name", _LONG), collector.needed("field", _SHORT)
    decision, levels = _decision(collector), _levels(collector)
    times, fees = _by_channel(collector)
    limit = collector.understood("time", _told(times), lambda: time_limit([t for _, t in times]))
    paid = collector.understood("fee", _told(fees), lambda: fee([f for _, f in fees]))
    _applicants(collector)
    result = _result(collector)
    sheets, coordinating = _sheets(collector), collector.text("coordinating", _LONG)
    if limit is None or not (code and name and field and decision and levels):
        return None
    return Entry(
        code=code,
        name=name,
        decision=decision,
        field=field,
        levels=levels,
        time_limit=limit,
        fee=paid or Fee(None, _told(fees)),
        sheets=sheets,
        result_name=result[0],
        result_code=result[1],
        coordinating=coordinating,
    )


def _decision(collector: Collector) -> str:
    text = collector.needed("decision", _SHORT)
    if text and not _DECISION.fullmatch(text):
        collector.remark("decision", text, "Số quyết định viết khác lệ thường; nhập nguyên văn.")
    return text


def _levels(collector: Collector) -> tuple[Level, ...]:
    found = set()
    for item in collector.items("levels", _MOST["levels"]):
        if isinstance(item, str) and item in LEVEL_NAMES:
            found.add(LEVEL_NAMES[item])
        else:
            collector.remark("levels", item, "Không biết cấp thực hiện này.")
    if not found:
        collector.remark("levels", "", "Không có cấp thực hiện nào đọc được.")
    return tuple(level for level in LEVEL_NAMES.values() if level in found)


Told = list[tuple[str, str]]
"""Texts with the channel beside which they stand."""


def _by_channel(collector: Collector) -> tuple[Told, Told]:
    times, fees = [], []
    keys = frozenset({"channel", "time", "fee"})
    for _, part in collector.tables("channels", _MOST["channels"], keys):
        channel = part.text("channel", _SHORT)
        if channel not in _CHANNELS:
            part.remark("channel", channel, "Không biết hình thức nộp này.")
        times.append((channel, part.text("time", _LONG)))
        fees.append((channel, part.text("fee", _LONG)))
    return times, fees


def _told(texts: Told) -> str:
    """As a person reads it: once where all say the same, else beside each channel."""
    said = list(dict.fromkeys(texts))
    if len({text for _, text in said}) == 1:
        return said[0][1]
    return "; ".join(f"{channel}: {text or '(trống)'}" for channel, text in said)


def _applicants(collector: Collector) -> None:
    for item in collector.items("applicants", _MOST["applicants"]):
        if not isinstance(item, str):
            collector.remark("applicants", item, "Đối tượng thực hiện phải là chữ.")


def _sheets(collector: Collector) -> tuple[Sheet, ...]:
    keys = frozenset({"name", "originals", "copies"})
    found: dict[Sheet, None] = {}
    for item, part in collector.tables("papers", _MOST["papers"], keys):
        name = part.text("name", _LONG)
        counts = [item.get(key, 0) for key in ("originals", "copies")]
        if not name:
            part.remark("papers", item, "Giấy tờ không có tên; không nhập.")
            continue
        reason = _odd(counts)
        if reason:
            part.remark("papers", f"{name} ({counts[0]} bản chính, {counts[1]} bản sao)", reason)
        found[Sheet(name) if reason else Sheet(name, *counts)] = None
    return tuple(found)


def _odd(counts: Sequence[object]) -> str | None:
    """Why numbers of originals and copies are not believed."""
    if not all(type(count) is int and 0 <= count <= MOST_COPIES for count in counts):
        return f"Số bản không phải số từ 0 đến {MOST_COPIES}; nhập tên giấy tờ, không nhập số bản."
    if not any(counts):
        return "Không ghi số bản; có thể là ghi chú hoặc trường hợp, không phải giấy tờ phải nộp."
    return None


def _result(collector: Collector) -> tuple[str | None, str | None]:
    """Name and code, where the catalogue has one result whose code can be told."""
    keys = frozenset({"name", "code"})
    found = [
        (part.text("name", _LONG), part.text("code", _SHORT))
        for _, part in collector.tables("results", _MOST["results"], keys)
    ]
    if len(found) != 1:
        told = "; ".join(name for name, _ in found)
        collector.remark("results", told, "Phải có đúng một kết quả; cần người chọn.")
        return None, None
    ((name, code),) = found
    if not _RESULT_CODE.fullmatch(code):
        collector.remark("results", f"{name} ({code})", "Không đọc được mã kết quả.")
    return name or None, code if _RESULT_CODE.fullmatch(code) else None


def _standing(collector: Collector) -> Standing | None:
    text = collector.text("state", _SHORT)
    names = {name: standing for standing, name in STANDING_NAMES.items()}
    names |= {standing.value: standing for standing in Standing}
    if text and text not in names:
        known = ", ".join(STANDING_NAMES.values())
        collector.remark("state", text, f"Không biết tình trạng này. Hãy ghi một trong: {known}.")
    return names.get(text)
