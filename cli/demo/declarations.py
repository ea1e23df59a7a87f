"""What citizens declare of their shops, land, houses and papers; who declares what, by code."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random

from cli.demo import civil_status
from cli.demo.civil_status import Form
from cli.demo.kinds import (
    BIRTH,
    BUILDING,
    BUSINESS,
    COPIES,
    DEATH,
    EXTRACT,
    FUNERAL,
    JOINT,
    LAND,
    MARRIAGE,
    SIGNATURES,
    STATUS,
)
from cli.demo.people import Person

_SHOPS = (
    ("Tạp hóa", "Bán lẻ hàng hóa tổng hợp", "4711"),
    ("Quán ăn", "Nhà hàng và các dịch vụ ăn uống phục vụ lưu động", "5610"),
    ("Cắt tóc", "Cắt tóc, làm đầu, gội đầu", "9631"),
    ("Sửa xe", "Bảo dưỡng, sửa chữa mô tô, xe máy", "9531"),
    ("Vật liệu xây dựng", "Bán lẻ vật liệu xây dựng", "4752"),
    ("May đo", "May trang phục", "1410"),
)
_PAPERS = (
    ("Bằng tốt nghiệp đại học", "Trường Đại học Sông Lam", 2),
    ("Bằng tốt nghiệp trung học phổ thông", "Sở Giáo dục và Đào tạo tỉnh Sông Lam", 1),
    ("Giấy chứng nhận quyền sử dụng đất", "Ủy ban nhân dân xã Mai Lâm", 4),
    ("Giấy khai sinh", "Ủy ban nhân dân xã Mai Lâm", 1),
    ("Hồ sơ năng lực của công ty", "Sở Tài chính tỉnh Sông Lam", 46),
)
_MANY_PAGES = 150
_POWERS = (
    ("Giấy ủy quyền nhận hộ lương hưu", "benefits"),
    ("Giấy ủy quyền nộp hồ sơ", "files"),
    ("Giấy ủy quyền trông nom nhà cửa", "house"),
    ("Giấy ủy quyền vay vốn hộ gia đình", "loan"),
)


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


def _copies(rng: Random, owner: Person, on: date) -> Form:
    document, issued_by, pages = rng.choice(_PAPERS)
    copies = rng.randrange(1, 8)
    return {
        "document_name": document,
        "issued_by": issued_by,
        "issued_on": (on - timedelta(days=rng.randrange(100, 6000))).isoformat(),
        "pages": pages,
        "copies": copies,
        "copied_by": rng.choice(("citizen", "office")),
        "extended": pages * copies > _MANY_PAGES,
    }


def _signature(rng: Random, owner: Person, on: date) -> Form:
    document, about = rng.choice(_POWERS)
    return {"document_name": document, "authorisation_about": about}


def _funeral(rng: Random, owner: Person, on: date) -> Form:
    died = on - timedelta(days=rng.randrange(3, 60))
    return civil_status.deceased(rng, owner, died)


def _building(rng: Random, owner: Person, on: date) -> Form:
    land, storeys = rng.randrange(90, 400), rng.randrange(1, 5)
    ground = round(land * rng.uniform(0.4, 0.7), 1)
    return {
        "investor_name": owner.name,
        "investor_personal_id": owner.personal_id,
        "investor_address": owner.address,
        "parcel": f"Thửa số {rng.randrange(1, 900)}, tờ bản đồ số {rng.randrange(1, 60)}",
        "land_area": land,
        "site_address": owner.address,
        "building_area": ground,
        "floor_area": round(ground * storeys, 1),
        "height": round(3.6 * storeys, 1),
        "storeys": storeys,
    }


WRITERS: Mapping[str, Callable[[Random, Person, date], Form]] = {
    BIRTH: civil_status.birth,
    DEATH: civil_status.death,
    MARRIAGE: civil_status.marriage,
    STATUS: civil_status.marital_status,
    EXTRACT: civil_status.extract,
    JOINT: civil_status.joint,
    COPIES: _copies,
    SIGNATURES: _signature,
    BUSINESS: _business,
    LAND: _land,
    BUILDING: _building,
    FUNERAL: _funeral,
}
