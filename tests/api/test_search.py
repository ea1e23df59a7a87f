"""One box finds a dossier by what one knows of it, and nothing that one may not read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.app import create_app
from engine.commands.submission import SubmitDossier, submit_dossier
from engine.model.actor import Permission, may
from engine.model.dossier import Dossier
from engine.model.status import Channel
from engine.settings import Settings
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives
from tests.clock import FakeClock
from tests.conftest import Fresh
from tests.databases import FURNISHED
from tests.diagrams import CODE
from tests.office import COMMUNE_1, COMMUNE_2, Office

BINH = {"name": "Nguyễn Văn Bình", "personal_id": "042090001234", "phone": "+84912345678"}
BUOI = {"name": "Đặng Thị Bưởi"}


def submitted(
    lives: Lives,
    owner: dict[str, str],
    submitter: dict[str, str] | None = None,
    receiving: str = COMMUNE_1,
    competent: str | None = None,
) -> Dossier:
    command = SubmitDossier(
        procedure=CODE,
        channel=Channel.ONLINE,
        receiving_agency=receiving,
        competent_agency=competent,
        owner=owner,
        submitter=submitter,
        application={"note": "Kính đề nghị"},
    )
    return lives.act(submit_dossier, command, "portal")


def found(call: Caller, user: str, typed: str, limit: int = 50) -> list[str]:
    """Codes on all pages."""
    codes, query = [], {"q": typed, "limit": str(limit)}
    while True:
        page = json_of(call.app.test_client().get(
            "/api/v1/search", query_string=query,
            headers={"Authorization": f"Bearer {Office.token(user)}"},
        ))  # fmt: skip
        codes += [item["code"] for item in page["items"]]
        if page["next"] is None:
            return codes
        query["cursor"] = page["next"]


@pytest.mark.parametrize(
    "typed",
    [
        "Nguyễn Văn Bình", "van bi", "BÌNH", "042090001234", "0912 345", "0912345678",
        "H40.30.01-260706-0001", "260706-0001", "0001", "dang thi buoi", "buoi",
    ],
)  # fmt: skip
def test_what_one_knows(call: Caller, lives: Lives, typed: str) -> None:
    dossier = submitted(lives, BINH, BUOI)
    submitted(lives, {"name": "Trần Thị Cúc", "personal_id": "042190000001"})
    assert found(call, "reception1", typed) == [dossier.code]


def test_a_line_says_what_a_list_says(call: Caller, lives: Lives) -> None:
    submitted(lives, BINH)
    (item,) = json_of(call.get("reception1", "/search?q=binh"))["items"]
    assert item == json_of(call.get("reception1", "/dossiers"))["items"][0]


def test_the_exact_name_first_then_the_newest(call: Caller, lives: Lives) -> None:
    names = ("Lê An Bình", "Lê An", "Lê Thị An", "Lê An")
    first, second, third, fourth = (submitted(lives, {"name": name}).code for name in names)
    assert found(call, "reception1", "an", limit=1) == [fourth, third, second, first]
    assert found(call, "reception1", "le an", limit=2) == [fourth, second, first]


def test_a_dossier_is_found_once(call: Caller, lives: Lives) -> None:
    """However many of its names and agencies fit."""
    repeated = {"name": "An An Văn An"}
    dossier = submitted(lives, repeated, {"name": "An Thị An"}, COMMUNE_1, COMMUNE_2)
    for user in ("reception1", "reception2", "control"):
        assert found(call, user, "an", limit=1) == [dossier.code]


def test_neither_neighbours_nor_the_portal(call: Caller, lives: Lives) -> None:
    submitted(lives, BINH)
    for user in ("reception2", "leader2"):
        for typed in ("binh", "042090001234", "0001"):
            assert found(call, user, typed) == []
    for user in ("portal", "administrator1"):
        problem_of(call.get(user, "/search?q=binh"), 403, "not_permitted")


@pytest.mark.parametrize("typed", ["", " ", "x" * 201])
def test_what_cannot_be_looked_for(call: Caller, lives: Lives, typed: str) -> None:
    problem_of(call.get("reception1", f"/search?q={typed}"), 422)
    problem_of(call.get("reception1", "/search"), 422)


@pytest.mark.parametrize("typed", ["%", "_", "'; --", "....", "%25", "🙂"])
def test_signs_find_nothing(call: Caller, lives: Lives, typed: str) -> None:
    submitted(lives, BINH)
    assert found(call, "reception1", typed) == []


SYLLABLES = ("Nguyễn", "Đặng", "Bảo", "An", "Anh")
_people = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=3).map(" ".join)


@dataclass(frozen=True)
class House:
    """An office whose dossiers have names with much in common."""

    office: Office
    call: Caller
    dossiers: list[tuple[Dossier, str]]


@pytest.fixture(scope="module")
def house(fresh_database: Fresh) -> Iterator[House]:
    """Received and decided in all four ways."""
    with fresh_database(FURNISHED) as database:
        clock = FakeClock()
        office = Office(database)
        lives, dossiers = Lives(office, clock), []
        for number, first in enumerate(SYLLABLES):
            for last in SYLLABLES:
                name, agencies = f"{first} {last}", (COMMUNE_1, COMMUNE_2)
                receiving, competent = agencies[number % 2], agencies[number // 2 % 2]
                dossier = submitted(lives, {"name": name}, None, receiving, competent)
                dossiers.append((dossier, name))
        yield House(office, Caller(create_app(Settings(), database, clock)), dossiers)


@given(
    typed=_people,
    user=st.sampled_from(["reception1", "office2", "control", "auditor1"]),
    limit=st.integers(1, 7),
    spelled=st.sampled_from([str.upper, str.lower, lambda name: f" {name}."]),
)
def test_all_of_ones_own_and_nothing_else(
    house: House, typed: str, user: str, limit: int, spelled: Callable[[str], str]
) -> None:
    actor = house.office.actor(user)
    expected = {
        dossier.code
        for dossier, name in house.dossiers
        if may(actor, Permission.DOSSIER_READ, dossier)
        and any(f" {name}"[at:].startswith(f" {typed}") for at in range(len(name)))
    }
    codes = found(house.call, user, spelled(typed), limit)
    assert len(codes) == len(set(codes))
    assert set(codes) == expected
