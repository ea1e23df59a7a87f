"""Citizens of the example commune: fictional names, numbers and addresses.

Personal IDs begin with 099, which is the code of no province; nobody has such a number.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

COMMUNE = "xã Mai Lâm"
PROVINCE = "tỉnh Sông Lam"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FAMILIES = _words(
    "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Mai Cao"
)
_MIDDLES = {
    "male": _words("Văn Đình Minh Quốc Đức Xuân Hữu Công Thanh Bá"),
    "female": _words("Thị Thu Ngọc Thị Hồng Thị Thanh Thị Mỹ Kim"),
}
_GIVENS = {
    "male": _words("Bình Cường Dũng Hải Hòa Hùng Khôi Lâm Long Nam Phong Quân Sơn Thắng Tuấn Vinh"),
    "female": _words("Ánh Bích Chi Dung Hà Hạnh Hiền Hoa Hương Lan Linh Mai Nga Nhung Trang Yến"),
}
_VILLAGES = ("Đông Mai", "Tây Mai", "Lâm Trung", "Lâm Hạ", "Bến Đò", "Đồng Chùa", "Xuân Viên")


@dataclass(frozen=True)
class Person:
    """Someone who comes to the counter."""

    name: str
    gender: str
    birth_date: date
    personal_id: str
    phone: str
    address: str

    def described(self) -> dict[str, str]:
        """As a dossier names its owner."""
        return {
            "name": self.name,
            "personal_id": self.personal_id,
            "phone": self.phone,
            "address": self.address,
        }


def adult(rng: Random, on: date, gender: str | None = None) -> Person:
    """Someone of 20 to 69 years on a day."""
    gender = gender or rng.choice(("male", "female"))
    born = on - timedelta(days=rng.randrange(20 * 366, 70 * 365))
    return Person(
        name=name(rng, gender),
        gender=gender,
        birth_date=born,
        personal_id=personal_id(rng, gender, born),
        phone=f"090{rng.randrange(10**7):07}",
        address=address(rng),
    )


def name(rng: Random, gender: str, family: str | None = None) -> str:
    """A full name."""
    family = family or rng.choice(_FAMILIES)
    return f"{family} {rng.choice(_MIDDLES[gender])} {rng.choice(_GIVENS[gender])}"


def personal_id(rng: Random, gender: str, born: date) -> str:
    """Twelve digits: no province, century and gender, year of birth, six random ones."""
    century = 2 * (born.year // 100 - 19) + (gender == "female")
    return f"099{century}{born.year % 100:02}{rng.randrange(10**6):06}"


def address(rng: Random) -> str:
    """A home in the commune."""
    return f"Thôn {rng.choice(_VILLAGES)}, {COMMUNE}, {PROVINCE}"
