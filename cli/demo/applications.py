"""What citizens write into the declarations of the three procedures, every one another."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bpmn.procedure import PROCESSES, SHARED, Procedure
from cli.demo.people import COMMUNE, PROVINCE, Person, adult, name, personal_id
from cli.demo.words import in_words

BIRTH, BUSINESS, LAND = "1.001193", "1.001612", "1.013978"

Form = dict[str, Any]

_SHOPS = (
    ("Tạp hóa", "Bán lẻ hàng hóa tổng hợp", "4711"),
    ("Quán ăn", "Nhà hàng và các dịch vụ ăn uống phục vụ lưu động", "5610"),
    ("Cắt tóc", "Cắt tóc, làm đầu, gội đầu", "9631"),
    ("Sửa xe", "Bảo dưỡng, sửa chữa mô tô, xe máy", "9531"),
    ("Vật liệu xây dựng", "Bán lẻ vật liệu xây dựng", "4752"),
    ("May đo", "May trang phục", "1410"),
)


def samples(procedure: Procedure) -> Form:
    """The example forms of a procedure and of the stages it shares, by step id."""
    folder = PROCESSES / procedure.facts.code.replace(".", "_")
    return {**_read(SHARED / "samples.json"), **_read(folder / "samples.json")}


def _read(path: Path) -> Form:
    read: Form = json.loads(path.read_text(encoding="utf-8"))
    return read


def application(rng: Random, procedure: Procedure, sample: Form, owner: Person, on: date) -> Form:
    """The declaration that `owner` hands in on a day."""
    own = {**_submitter(owner), **_WRITERS[procedure.facts.code](rng, owner, on)}
    known = procedure.application_form.fields
    return {**sample, **{field: value for field, value in own.items() if field in known}}


def _submitter(owner: Person) -> Form:
    return {
        "submitter_name": owner.name,
        "submitter_birth_date": owner.birth_date.isoformat(),
        "submitter_personal_id": owner.personal_id,
        "submitter_address": owner.address,
        "submitter_phone": owner.phone,
        "submitter_email": f"{owner.personal_id}@example.com",
    }


def _birth(rng: Random, owner: Person, on: date) -> Form:
    is_mother = owner.gender == "female"
    other = adult(rng, on, "male" if is_mother else "female")
    mother, father = (owner, other) if is_mother else (other, owner)
    is_late = rng.random() < 0.15
    born = on - timedelta(days=rng.randrange(70, 400) if is_late else rng.randrange(3, 55))
    gender = rng.choice(("male", "female"))
    return {
        "relation": "mother" if is_mother else "father",
        "child_name": name(rng, gender, father.name.split()[0]),
        "child_birth_date": born.isoformat(),
        "child_birth_date_in_words": in_words(born),
        "child_gender": gender,
        "child_birth_place": f"Bệnh viện Đa khoa {PROVINCE}",
        "child_native_place": f"{COMMUNE}, {PROVINCE}",
        **_parent("mother", mother),
        **_parent("father", father),
        "late_registration": is_late,
        "copies_requested": rng.randrange(4),
    }


def _parent(which: str, parent: Person) -> Form:
    return {
        f"{which}_name": parent.name,
        f"{which}_birth_date": parent.birth_date.isoformat(),
        f"{which}_personal_id": parent.personal_id,
        f"{which}_address": parent.address,
    }


def _business(rng: Random, owner: Person, on: date) -> Form:
    shop, lines, code = rng.choice(_SHOPS)
    return {
        "owner_name": owner.name,
        "owner_birth_date": owner.birth_date.isoformat(),
        "owner_gender": owner.gender,
        "owner_personal_id": owner.personal_id,
        "owner_address": owner.address,
        "business_name": f"Hộ kinh doanh {shop} {owner.name.split()[-1]} {rng.randrange(10, 999)}",
        "business_address": owner.address,
        "business_phone": owner.phone,
        "business_lines": lines,
        "main_line_code": code,
        "capital": rng.randrange(2, 60) * 10_000_000,
        "start_on": (on + timedelta(days=rng.randrange(7, 30))).isoformat(),
        "workers": rng.randrange(1, 8),
        "tax_address": owner.address,
    }


def _land(rng: Random, owner: Person, on: date) -> Form:
    since = rng.randrange(1975, 2010)
    floor_area = rng.randrange(60, 140)
    return {
        "user_name": owner.name,
        "user_personal_id": owner.personal_id,
        "user_address": owner.address,
        "certificate_requested": True,
        "parcel_number": rng.randrange(1, 900),
        "map_sheet": rng.randrange(1, 60),
        "parcel_address": owner.address,
        "area": rng.randrange(900, 9000) / 10,
        "used_since": f"Năm {since}",
        "origin": f"Cha mẹ để lại, gia đình sử dụng ổn định làm nhà ở từ năm {since}.",
        "building_area": floor_area,
        "floor_area": floor_area,
    }


_WRITERS: dict[str, Callable[[Random, Person, date], Form]] = {
    BIRTH: _birth,
    BUSINESS: _business,
    LAND: _land,
}


def child_id(rng: Random, application: Form) -> str:
    """A personal ID for the child of a birth registration."""
    born = date.fromisoformat(application["child_birth_date"])
    return personal_id(rng, application["child_gender"], born)
