"""A scheduler anchors every night; what cannot be sealed waits, is told of, is made up later."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.commands.anchoring import take_anchor
from engine.model.anchor import SealKind
from engine.signatures.trust import Trust
from engine.store import accounts, anchors
from engine.store.anchor_troubles import Hindered, troubles
from engine.store.database import Database
from engine.store.outbox_tables import message
from engine.verification.anchors import verify_anchors
from notifications.anchoring import keep_anchoring
from tests.anchoring import AnchoredHouse
from tests.authorities import Authorities
from tests.integration.scheduler.lives import submit
from tests.office import Office
from tests.pki import Authority


@pytest.fixture
def home(
    office: Office, database: Database, tmp_path: Path, answering: Authorities
) -> AnchoredHouse:
    for username in ("administrator", "auditor"):
        with database.transaction() as tx:
            accounts.change(tx, office.actor(username).id, email=f"{username}@tinh.example.vn")
    made = AnchoredHouse.furnished(database, tmp_path, Authority(), answering)
    submit(office, 1)
    return made


def night(home: AnchoredHouse, at: str, **settings: str) -> bool:
    """A scheduler comes by."""
    home.clock.set(at)
    changed = replace(home.house.settings, **settings)  # type: ignore[arg-type]
    return keep_anchoring(replace(home.house, settings=changed))


def state(home: AnchoredHouse) -> tuple[list[set[SealKind]], list[Hindered], set[str]]:
    """The seals of all anchors, what does not work, and who was written to about it."""
    with home.house.database.reading() as tx:
        sealed = [set(anchors.get(tx, number).seals) for number in anchors.numbers(tx)]
        wrong = [each.what for each in troubles(tx)]
        told = set(tx.execute(select(message.c.address)).scalars())
    return sealed, wrong, told


def test_what_waits_is_told_of_and_made_up_later(home: AnchoredHouse) -> None:
    assert night(home, "2026-07-07 00:10", anchor_pin="sai")
    everyone = {"administrator@tinh.example.vn", "auditor@tinh.example.vn"}
    assert state(home) == ([set()], [Hindered.SEAL], everyone)
    assert not night(home, "2026-07-07 00:20")
    assert night(home, "2026-07-07 01:00")
    assert state(home)[0] == [set()]
    nowhere = "http://127.0.0.1:9/khong-co"
    assert night(home, "2026-07-08 00:10", tsa_url=nowhere)
    assert state(home)[:2] == ([{SealKind.SIGNATURE}] * 2, [Hindered.STAMP])
    assert night(home, "2026-07-08 01:10")
    assert state(home)[:2] == ([set(SealKind)] * 2, [])
    assert len(home.copies()) == 2
    assert home.copies()[1].seals.keys() == set(SealKind)


def test_an_office_that_set_nothing_up_has_anchors_that_say_so(home: AnchoredHouse) -> None:
    none = {"anchor_agency": "", "tsa_url": "", "anchors_url": ""}
    assert night(home, "2026-07-07 00:10", **none)
    assert state(home)[:2] == ([set()], [Hindered.SEAL])


def test_many_logs_take_several_anchors(home: AnchoredHouse) -> None:
    database = home.house.database
    submit(home.office, 4)
    with database.transaction() as tx:
        taken = [take_anchor(tx, "", home.clock(), most=2).said for _ in range(4)]
    assert [(each.leaves, each.whole) for each in taken] == [
        (2, False), (2, False), (2, False), (0, True)
    ]  # fmt: skip
    assert verify_anchors(database, Trust()).findings == ()
    home.clock.set("2026-07-07 09:00")
    submit(home.office, 1, home.clock())
    with database.transaction() as tx:
        assert take_anchor(tx, "", home.clock(), most=2).said.leaves == 1
