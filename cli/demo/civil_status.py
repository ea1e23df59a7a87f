"""What citizens declare in matters of civil status."""

from datetime import date, timedelta
from random import Random
from typing import Any

from cli.demo.people import COMMUNE, PROVINCE, Person, adult, name
from cli.demo.words import in_words

Form = dict[str, Any]

_LATE, _ELSEWHERE, _UNPROVEN, _VNEID = 0.15, 0.3, 0.6, 0.5
_EVENTS = ("birth", "birth", "birth", "marriage", "death")


def birth(rng: Random, owner: Person, on: date) -> Form:
    """A child of the owner was born."""
    is_mother = owner.gender == "female"
    other = adult(rng, on, "male" if is_mother else "female")
    mother, father = (owner, other) if is_mother else (other, owner)
    is_late = rng.random() < _LATE
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


def joint(rng: Random, owner: Person, on: date) -> Form:
    """The same, and the child is to be registered at home and insured."""
    return {
        **birth(rng, owner, on),
        "household_head": owner.name,
        "household_head_personal_id": owner.personal_id,
        "residence_address": owner.address,
        "hospital": f"Trạm Y tế {COMMUNE}",
    }


def death(rng: Random, owner: Person, on: date) -> Form:
    """A father or mother of the owner has died."""
    is_late = rng.random() < _LATE
    died = on - timedelta(days=rng.randrange(20, 200) if is_late else rng.randrange(1, 14))
    return {
        "relation": "child",
        **deceased(rng, owner, died),
        "deceased_ethnicity": "Kinh",
        "died_on_in_words": in_words(died),
        "death_place": f"{COMMUNE}, {PROVINCE}",
        "proof_number": f"{rng.randrange(1, 900)}/GBT",
        "proof_issuer": f"Trạm Y tế {COMMUNE}",
        "late_registration": is_late,
        "copies_requested": rng.randrange(4),
    }


def deceased(rng: Random, owner: Person, died: date) -> Form:
    """Who died, of the owner's family."""
    gone = adult(rng, owner.birth_date)
    family = owner.name.split()[0] if gone.gender == "male" else None
    return {
        "deceased_name": name(rng, gone.gender, family),
        "deceased_birth_date": gone.birth_date.isoformat(),
        "deceased_gender": gone.gender,
        "deceased_personal_id": gone.personal_id,
        "deceased_address": owner.address,
        "died_on": died.isoformat(),
    }


def marriage(rng: Random, owner: Person, on: date) -> Form:
    """The owner and somebody else want to marry."""
    other = adult(rng, on, "male" if owner.gender == "female" else "female")
    wife, husband = (owner, other) if owner.gender == "female" else (other, owner)
    return {
        **_parent("wife", wife),
        **_parent("husband", husband),
        "copies_requested": rng.randrange(4),
    }


def marital_status(rng: Random, owner: Person, on: date) -> Form:
    """The owner needs it confirmed; some lived elsewhere and cannot prove what they were there."""
    elsewhere = rng.random() < _ELSEWHERE
    lived = {
        "earlier_residence": "Xã Hồng Sơn, tỉnh Sông Lam, từ năm 2015 đến năm 2021",
        "proves_elsewhere": rng.random() >= _UNPROVEN,
    }
    return {
        "subject_name": owner.name,
        "subject_birth_date": owner.birth_date.isoformat(),
        "subject_gender": owner.gender,
        "subject_personal_id": owner.personal_id,
        "subject_address": owner.address,
        "lived_elsewhere": elsewhere,
        **(lived if elsewhere else {}),
    }


def extract(rng: Random, owner: Person, on: date) -> Form:
    """The owner wants copies out of the register."""
    registered = on - timedelta(days=rng.randrange(300, 9000))
    return {
        "event": rng.choice(_EVENTS),
        "subject_name": owner.name,
        "subject_birth_date": owner.birth_date.isoformat(),
        "registered_at": f"Ủy ban nhân dân {COMMUNE}",
        "registered_on": registered.isoformat(),
        "register_entry": f"Số {rng.randrange(1, 300)}, quyển 01/{registered.year}",
        "copies": rng.randrange(1, 6),
        "vneid": rng.random() < _VNEID,
    }
