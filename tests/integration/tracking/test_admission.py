"""Who gets to see a dossier without an account: code and one thing more, or the slip."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, delete

from engine.commands.acting import Target
from engine.commands.contacts import CorrectContact, correct_contact
from engine.errors.tracking import NothingTracked
from engine.model.contact import Contact, Party
from engine.model.slip_link import slip_key
from engine.store import tracking
from engine.store.database import Database
from engine.store.tables import event_payload
from engine.store.tracking import Claim
from tests.clock import FakeClock
from tests.integration.tracking.people import SECRET, by_phone, by_slip, hand_in
from tests.office import Office
from tests.samples import shipped


@pytest.fixture
def code(office: Office, clock: FakeClock) -> str:
    return hand_in(office, clock, shipped("1_001193")).code


@pytest.fixture
def tx(database: Database, code: str) -> Iterator[Connection]:
    with database.transaction() as tx:
        yield tx


@pytest.mark.parametrize(
    "factor", ["042090001234", "0912 345 678", "+84987654321", "042190005678"]
)  # fmt: skip
def test_owner_and_submitter_by_either_number(tx: Connection, code: str, factor: str) -> None:
    assert tracking.admit(tx, Claim(code, factor), SECRET)


def test_the_slip_alone_is_enough(tx: Connection, code: str) -> None:
    assert tracking.admit(tx, by_slip(code), SECRET)


def test_a_code_as_people_type_it(tx: Connection, code: str) -> None:
    typed = f" {code.lower().replace('-', ' – ')} "
    assert tracking.admit(tx, Claim(typed, "0912345678"), SECRET)


@pytest.mark.parametrize(
    ("factor", "key"),
    [
        ("", ""), ("042090001235", ""), ("0912345679", ""), ("Nguyễn Văn Bình", ""),
        ("binh@thu.example.vn", ""), ("", "AAAAAAAAAAAAAAAAAAAAAA"), ("%", "%"),
        ("0' OR '1'='1", ""), ("0" * 10_000, "k" * 10_000), ("\0", "\udcff"),
    ],
)  # fmt: skip
def test_anything_else_is_refused(tx: Connection, code: str, factor: str, key: str) -> None:
    with pytest.raises(NothingTracked):
        tracking.admit(tx, Claim(code, factor, key), SECRET)


def test_a_number_that_was_corrected_opens_and_the_wrong_one_does_not(
    tx: Connection, office: Office, code: str, clock: FakeClock
) -> None:
    right = CorrectContact(Target(code), Party.OWNER, Contact(phone="+84912345670"))
    correct_contact(tx, right, office.actor("reception1"), clock())
    assert tracking.admit(tx, Claim(code, "0912 345 670"), SECRET)
    assert tracking.admit(tx, Claim(code, "0987654321"), SECRET)
    with pytest.raises(NothingTracked):
        tracking.admit(tx, Claim(code, "0912 345 678"), SECRET)
    nothing = CorrectContact(Target(code), Party.OWNER, Contact())
    correct_contact(tx, nothing, office.actor("reception1"), clock())
    with pytest.raises(NothingTracked):
        tracking.admit(tx, Claim(code, "0912 345 670"), SECRET)


def test_a_wrong_code_is_refused_in_the_same_words(tx: Connection, code: str) -> None:
    with pytest.raises(NothingTracked) as unknown:
        tracking.admit(tx, by_phone(code[:-1] + "9"), SECRET)
    with pytest.raises(NothingTracked) as wrong:
        tracking.admit(tx, Claim(code, "0000000000"), SECRET)
    assert unknown.value.message == wrong.value.message


def test_the_key_of_another_slip_is_refused(tx: Connection, code: str) -> None:
    with pytest.raises(NothingTracked):
        tracking.admit(tx, Claim(code, key=slip_key(SECRET, code[:-1] + "9")), SECRET)


def test_after_erasure_only_the_slip_works(tx: Connection, code: str) -> None:
    tx.execute(delete(event_payload))
    assert tracking.admit(tx, by_slip(code), SECRET)
    for factor in ("042090001234", "0912345678", ""):
        with pytest.raises(NothingTracked):
            tracking.admit(tx, Claim(code, factor), SECRET)
