"""A few dozen rows of the national catalogue, with all the mess that it is found in."""

import json
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).with_name("sample.jsonl")


def row(code: str = "1.999001", **changes: Any) -> dict[str, Any]:
    """A row that is understood, but for what is changed of it; None takes a field out."""
    changed = {
        "code": code,
        "name": "Cấp giấy xác nhận",
        "decision": "163/QĐ-BTP",
        "levels": ["Cấp xã"],
        "field": "Hộ tịch",
        "applicants": ["Công dân Việt Nam"],
        "coordinating": "",
        "channels": [
            {"channel": channel, "time": "5 Ngày làm việc", "fee": "Miễn phí"}
            for channel in ("Trực tiếp", "Trực tuyến")
        ],
        "papers": [{"name": "Tờ khai", "originals": 1, "copies": 0}],
        "results": [{"name": "Giấy xác nhận", "code": "KQ.G15.000031"}],
    } | changes
    return {key: value for key, value in changed.items() if value is not None}


def timed(*times: str, fee: str = "Miễn phí") -> list[dict[str, str]]:
    """Channels that give these times, and one fee."""
    channels = ("Trực tiếp", "Trực tuyến", "Dịch vụ bưu chính")
    return [
        {"channel": channels[number % 3], "time": time, "fee": fee}
        for number, time in enumerate(times)
    ]


def write(path: Path, *rows: dict[str, Any] | str) -> Path:
    """A file of JSON Lines; a row that is a text is written as it stands."""
    lines = [each if isinstance(each, str) else json.dumps(each) for each in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
