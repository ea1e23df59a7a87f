"""Verification examines recorded signatures again and says where one does not hold."""

from dataclasses import replace

from sqlalchemy import update

from engine.commands.signing import sign_document
from engine.model import snapshot
from engine.model.dossier import Dossier
from engine.signatures.trust import trusted
from engine.store.tables import dossier as table
from engine.store.tables import dossier_life
from engine.verification import recorded
from engine.verification.finding import Broken, Part
from engine.verification.signatures import verify_signatures
from tests import tampering
from tests.signing import draft
from tests.signing_office import LEADER, SECRET, SigningOffice
from tests.tampering import edited


def _verified(desk: SigningOffice, dossier: Dossier) -> Broken | None:
    trust = trusted(desk.house.settings.trust_roots)
    return verify_signatures(desk.house.database, desk.house.files, trust, dossier.code)


def _signed(desk: SigningOffice) -> Dossier:
    desk.enrol_all()
    dossier = desk.to_be_signed()
    sign_document(desk.house, desk.wanted(dossier), SECRET, desk.office.actor(LEADER))
    return desk.now(dossier)


def test_what_was_signed_holds_also_when_the_certificate_has_ended(desk: SigningOffice) -> None:
    dossier = _signed(desk)
    desk.clock.set("2040-01-01 08:00")
    assert _verified(desk, dossier) is None


def _let_it_carry(desk: SigningOffice, dossier: Dossier, pdf: bytes) -> None:
    """Somebody with the database and the store puts another file in the place of a signed one."""
    stored = desk.house.files.put(pdf)
    document = dossier.documents[2].carrying(stored.digest, stored.size)
    dossier.documents[2] = replace(
        document,
        signatures=(replace(document.signatures[0], file=dossier.documents[2].file.digest),),
    )
    life = snapshot.to_json(dossier)
    with desk.house.database.transaction() as tx:
        tx.execute(
            update(dossier_life)
            .where(dossier_life.c.dossier_id == table.c.id, table.c.code == dossier.code)
            .values(life=life)
        )


def test_a_page_turned_afterwards_is_found_with_its_place(desk: SigningOffice) -> None:
    dossier = _signed(desk)
    _let_it_carry(desk, dossier, edited(desk.pdf(dossier), tampering.turned))
    broken = _verified(desk, dossier)
    assert broken is not None
    with desk.house.database.reading() as tx:
        on_pages = recorded(tx, dossier.code)
    trust = trusted(desk.house.settings.trust_roots)
    (signature,) = (
        each
        for each in on_pages.examined(desk.house.files, trust).findings
        if each.part is Part.SIGNATURES
    )
    assert (signature.seq, signature.reason) == (broken.seq, broken.reason)
    assert broken.seq == dossier.seq
    assert "Tài liệu 2: chữ ký «Người có thẩm quyền»: Sau khi ký, tệp đã bị sửa" in broken.reason


def test_a_signature_that_is_gone_is_found(desk: SigningOffice) -> None:
    dossier = _signed(desk)
    _let_it_carry(desk, dossier, draft())
    broken = _verified(desk, dossier)
    assert broken is not None
    assert "không có trong tệp" in broken.reason
