"""Whatever somebody with the whole database does to yesterday is found, and where."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Connection, delete, insert, select, update

from engine.commands.anchoring import take_anchors
from engine.model import merkle
from engine.model.anchor import Anchor, ChainKind, SealKind
from engine.model.event import Event, EventType
from engine.signatures.certificates import Evidence
from engine.signatures.keys import pkcs12
from engine.signatures.means import Credential
from engine.signatures.revocation import Statements
from engine.signatures.sealing import signed_text, stamped
from engine.store import anchors
from engine.store.anchor_tables import anchor, anchor_copy, anchor_leaf, anchor_seal
from engine.store.office_log import after, hash_of
from engine.store.office_tables import office_event, office_log
from engine.store.tables import dossier, event
from engine.verification import findings
from engine.verification.anchor_copies import differing_copies
from engine.verification.anchor_logs import AnchorFinding
from engine.verification.finding import Part
from tests.anchoring import remove_dossier, rewrite
from tests.integration.anchors.conftest import Proven
from tests.pki import PASSPHRASE

Told = tuple[int, str, int | None]


def told(found: list[AnchorFinding]) -> list[Told]:
    """Since which anchor, what, from which entry on."""
    return [(each.anchor, each.log.called if each.log else "", each.seq) for each in found]


def do(proven: Proven, tampering: Callable[[Connection], object]) -> list[Told]:
    """What is found after somebody did this."""
    with proven.home.house.database.transaction() as tx:
        tampering(tx)
    return told(proven.found())


def outside(proven: Proven) -> list[Told]:
    """What comparing with the copies outside finds."""
    return told([*differing_copies(proven.home.house.database, proven.home.copies())])


def length(proven: Proven, number: int) -> int:
    """How long the first dossier was in an anchor."""
    with proven.home.house.database.reading() as tx:
        of = anchors.leaves_of(tx, ChainKind.DOSSIER, proven.codes[0])
    return next(each.head.length for each in of if each.anchor == number)


def test_nothing_is_found_where_nothing_was_done(proven: Proven) -> None:
    assert proven.found() == []
    assert outside(proven) == []


def _altered(seq: int) -> Callable[[Event], Event | None]:
    return lambda each: replace(each, actor="1") if each.seq == seq else each


def _without(seq: int) -> Callable[[Event], Event | None]:
    return lambda each: None if each.seq == seq else each


def _turned(first: int) -> Callable[[Event], Event | None]:
    """What two neighbours say changes places."""
    seen: dict[int, Event] = {}

    def turned(each: Event) -> Event:
        seen[each.seq] = each
        return replace(each, type=EventType.TASK_RELEASED) if each.seq == first else each

    return turned


@pytest.mark.parametrize(
    ("changed", "since"),
    [
        (lambda first, last: _altered(1), 1),
        (lambda first, last: _altered(first), 1),
        (lambda first, last: _altered(last), 2),
        (lambda first, last: _turned(first + 1), 2),
        (lambda first, last: _without(2), 1),
        (lambda first, last: _without(last), 2),
    ],
    ids=["first event", "last of an evening", "later", "reordered", "removed", "cut off"],
)
def test_a_log_rewritten_with_all_hashes_made_anew(
    proven: Proven, changed: Callable[[int, int], Callable[[Event], Event | None]], since: int
) -> None:
    code, first, last = proven.codes[0], length(proven, 1), length(proven, 2)
    rewritten = changed(first, last)
    told_of = do(proven, lambda tx: rewrite(tx, code, rewritten))
    [(number, log, seq)] = told_of
    assert (number, log) == (since, f"Hồ sơ {code}")
    assert seq is not None
    assert seq in range(1 if since == 1 else first + 1, last + 1)
    with proven.home.house.database.reading() as tx:
        found = next(each for each in findings(tx, code) if each.part is Part.ANCHORS)
    assert (found.seq, f"mốc neo số {since} lúc 22:00 ngày" in found.reason) == (seq, True)
    assert (since, f"Hồ sơ {code}") in {(number, log) for number, log, _ in outside(proven)}


def test_an_event_added_as_if_it_were_from_before_an_anchor(proven: Proven) -> None:
    code, last = proven.codes[0], length(proven, 2)

    def add(tx: Connection) -> None:
        id_ = tx.execute(select(dossier.c.id).where(dossier.c.code == code)).scalar_one()
        row = tx.execute(select(event).where(event.c.dossier_id == id_, event.c.seq == last)).one()
        tx.execute(insert(event).values(row._asdict() | {"seq": last + 1}))
        rewrite(tx, code, lambda each: each)

    assert do(proven, add) == [(3, f"Hồ sơ {code}", last + 1)]
    with proven.home.house.database.transaction() as tx:
        tx.execute(update(dossier).values(unanchored=True))
    proven.home.clock.set("2026-07-09 22:00")
    take_anchors(proven.home.house)
    assert (4, f"Hồ sơ {code}", last + 1) in told(proven.found())


def test_a_dossier_removed_with_all_that_belongs_to_it(proven: Proven) -> None:
    code = proven.codes[2]
    assert do(proven, lambda tx: remove_dossier(tx, code)) == [(2, f"Hồ sơ {code}", 1)]
    with proven.home.house.database.transaction() as tx:
        tx.execute(delete(anchor_leaf).where(anchor_leaf.c.name == code))
    assert told(proven.found()) == [(2, "", None)]
    assert outside(proven)[0][:2] == (2, f"Hồ sơ {code}")


def test_the_log_of_administration_rewritten(proven: Proven) -> None:
    def forge(tx: Connection) -> None:
        tx.execute(update(office_event).where(office_event.c.seq == 1).values(actor="1"))
        (entry,) = after(tx, 0, 1)
        hash_ = hash_of("0" * 64, entry)
        tx.execute(update(office_event).values(hash=hash_))
        tx.execute(update(office_log).values(head=hash_))

    assert do(proven, forge) == [(1, "Sổ thay đổi quản trị", 1)]


def _replace_anchor(tx: Connection, number: int, **said: object) -> Anchor:
    changed = replace(anchors.get(tx, number).said, **said)  # type: ignore[arg-type]
    tx.execute(update(anchor).where(anchor.c.number == number).values(statement=changed.text))
    return Anchor(number, changed.text)


def test_an_anchor_replaced_along_with_the_log(proven: Proven) -> None:
    code = proven.codes[2]

    def replace_both(tx: Connection) -> None:
        rewrite(tx, code, _altered(2))
        head = tx.execute(select(dossier.c.head).where(dossier.c.code == code)).scalar_one()
        tx.execute(update(anchor_leaf).where(anchor_leaf.c.name == code).values(head=head))
        leaves = [merkle.leaf_hash(each.head.leaf) for each in anchors.leaves(tx, 2)]
        changed = _replace_anchor(tx, 2, root=merkle.root(leaves).hex())
        _replace_anchor(tx, 3, previous=changed.digest)

    assert do(proven, replace_both) == [(2, "", None), (3, "", None)]
    assert [each.reason for each in proven.found()] == [
        "Mốc neo mang chữ ký không phải của nội dung này."
    ] * 2
    assert (2, f"Hồ sơ {code}") in {(number, log) for number, log, _ in outside(proven)}


@pytest.mark.parametrize("number", [2, 3])
def test_an_anchor_removed(proven: Proven, number: int) -> None:
    def remove(tx: Connection) -> None:
        for table in (anchor_copy, anchor_seal, anchor_leaf):
            tx.execute(delete(table).where(table.c.anchor == number))
        tx.execute(delete(anchor).where(anchor.c.number == number))

    found = do(proven, remove)
    assert number == 3 or (2, "", None) in found
    assert (number, "", None) in outside(proven)


def test_all_anchors_removed(proven: Proven) -> None:
    def remove(tx: Connection) -> None:
        for table in (anchor_copy, anchor_seal, anchor_leaf, anchor):
            tx.execute(delete(table))

    found = do(proven, remove)
    assert {log for _, log, _ in found} == {f"Hồ sơ {code}" for code in proven.codes}
    assert {number for number, log, _ in outside(proven) if not log} == {1, 2, 3}


@pytest.mark.parametrize("number", [1, 3])
def test_an_anchor_signed_again_with_another_key(proven: Proven, number: int) -> None:
    home = proven.home
    other = home.signing.authority.issue("UBND xã")
    key, (certificate, *others) = pkcs12(other.pkcs12, PASSPHRASE)
    evidence = Evidence((*others, certificate), Statements())
    with home.house.database.reading() as tx:
        text = anchors.get(tx, number).statement.encode()
    signature = signed_text(text, Credential(certificate, evidence, None), key)
    again = {
        SealKind.SIGNATURE: signature,
        SealKind.STAMP: stamped(signature, home.house.settings.tsa_url),
    }

    def sign_again(tx: Connection) -> None:
        for kind, content in again.items():
            here = (anchor_seal.c.anchor == number, anchor_seal.c.kind == kind)
            tx.execute(update(anchor_seal).where(*here).values(content=content))

    found = do(proven, sign_again)
    assert {each[0] for each in found} == {number}
    assert any("không phải con dấu đã đăng ký" in each.reason for each in proven.found())
    assert (number, "", None) in outside(proven)
