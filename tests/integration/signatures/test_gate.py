"""Signatures of dossiers' documents: given in order, by whom they are for, or not at all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from engine.commands.signatures import SignedFile, record_signature
from engine.commands.signing import sign_document
from engine.errors import DossierUnknown, EngineError, NotCandidate, NotPermitted
from engine.errors.documents import DocumentUnknown, NotSignedHere, SignedAlready, SignedOutOfOrder
from engine.errors.signatures import (
    CertificateExpired,
    CertificateRevoked,
    CertificateUnknown,
    MoreThanSigned,
    NoCertificate,
    NotContinued,
    SignedByAnother,
)
from engine.model.document import Capacity
from engine.model.dossier import Dossier
from engine.signatures.examining import examine
from engine.signatures.means import Means
from engine.signatures.trust import trusted
from engine.signatures.verdict import Verdict
from tests import tampering
from tests.pki import Holder
from tests.signing import FONT, NOW, Signers, pdfsig
from tests.signing_office import CLERK, LEADER, RECEPTION, SECRET, SigningOffice
from tests.tampering import edited, flipped

Agency = Capacity.AGENCY


def test_a_result_is_signed_numbered_and_sealed(signing: SigningOffice) -> None:
    signing.enrol_all()
    dossier = signing.to_be_sealed()
    wanted = signing.wanted(dossier, Agency)
    sealed = sign_document(signing.house, wanted, SECRET, signing.office.actor(CLERK))
    result = sealed.documents[2]
    assert [each.capacity for each in result.signatures] == [Capacity.LEADER, Agency]
    pdf = signing.house.files.read(result.file.digest)
    examined = examine(pdf, trusted(signing.house.settings.trust_roots), NOW)
    assert [each.verdict for each in examined] == [Verdict.VALID, Verdict.VALID]
    assert pdfsig(pdf, signing.folder).count("Signature is Valid") == 2


def test_a_scanned_component_is_signed_by_the_reception_officer(signing: SigningOffice) -> None:
    signing.enrol_all()
    dossier = signing.received()
    wanted = signing.wanted(dossier, Capacity.RECEPTION, 1)
    sign_document(signing.house, wanted, SECRET, signing.office.actor(RECEPTION))
    assert signing.now(dossier).documents[1].signed_as(Capacity.RECEPTION)


def _sign(signing: SigningOffice, by: str, **wanted: object) -> Callable[[Dossier], Dossier]:
    def sign(dossier: Dossier) -> Dossier:
        asked = replace(signing.wanted(dossier), **wanted)  # type: ignore[arg-type]
        return sign_document(signing.house, asked, SECRET, signing.office.actor(by))

    return sign


def _refused(
    signing: SigningOffice, dossier: Dossier, error: type[EngineError], sign: Callable[..., object]
) -> None:
    """Whatever is refused leaves dossier and file as they were."""
    before = signing.now(dossier)
    with pytest.raises(error):
        sign(before)
    assert signing.now(dossier) == before


def test_out_of_order(desk: SigningOffice) -> None:
    """The agency neither before the leader nor before the number; nobody twice."""
    desk.enrol_all()
    dossier = desk.to_be_signed()
    seal = _sign(desk, CLERK, capacity=Agency)
    _refused(desk, dossier, NotCandidate, seal)
    _refused(desk, dossier, SignedOutOfOrder, _sign(desk, CLERK, capacity=Agency, place=None))
    _sign(desk, LEADER)(dossier)
    _refused(desk, dossier, SignedAlready, _sign(desk, LEADER))


def test_not_sealed_before_it_has_its_number(desk: SigningOffice) -> None:
    desk.enrol_all()
    dossier = desk.to_be_sealed(numbered=False)
    _refused(desk, dossier, SignedOutOfOrder, _sign(desk, CLERK, capacity=Agency))
    desk.number(dossier)
    _sign(desk, CLERK, capacity=Agency)(dossier)


@pytest.mark.parametrize(
    ("by", "error"),
    [
        ("second_leader1", NoCertificate),
        ("office1", NotPermitted),
        ("leader2", DossierUnknown),
        ("auditor", NotPermitted),
    ],
)
def test_without_a_certificate_or_out_of_sight(
    desk: SigningOffice, by: str, error: type[EngineError]
) -> None:
    desk.enrol_all()
    _refused(desk, desk.to_be_signed(), error, _sign(desk, by))


def test_without_the_role(desk: SigningOffice) -> None:
    """A certificate of one's own does not make one a leader, nor the clerk's seal anybody's."""
    desk.enrol_all()
    for name in ("office1", "clerk1"):
        desk.enrol(desk.authority.issue(name), name)
    dossier = desk.to_be_signed()
    for name in ("office1", "clerk1", RECEPTION):
        _refused(desk, dossier, NotPermitted, _sign(desk, name))
    for name in (LEADER, "office1", RECEPTION):
        _refused(desk, dossier, NotPermitted, _sign(desk, name, capacity=Agency))


def test_only_at_the_task_that_is_for_signing(desk: SigningOffice) -> None:
    desk.enrol_all()
    dossier = desk.to_be_signed()
    _refused(desk, dossier, NotSignedHere, _sign(desk, LEADER, place=None))
    _refused(desk, dossier, DocumentUnknown, _sign(desk, LEADER, document=9))


def test_expired_or_revoked(desk: SigningOffice) -> None:
    holders = desk.enrol_all()
    dossier = desk.to_be_signed()
    desk.clock.set("2036-01-02 08:00")
    _refused(desk, dossier, CertificateExpired, _sign(desk, LEADER))
    desk.clock.set("2026-07-06 08:00")
    desk.authority.revoke(holders[LEADER], NOW - timedelta(days=1))
    desk.authority.publish(desk.folder / "goc")
    _refused(desk, dossier, CertificateRevoked, _sign(desk, LEADER))


def test_somebody_elses_certificate_cannot_be_chosen(desk: SigningOffice) -> None:
    desk.enrol_all()
    other = desk.enrol(desk.authority.issue("second"), "second_leader1")
    dossier = desk.to_be_signed()
    _refused(desk, dossier, CertificateUnknown, _sign(desk, LEADER, certificate=other.id))


def _signed_outside(signing: SigningOffice, dossier: Dossier, holder: Holder) -> bytes:
    """The result as somebody signs it with software of their own."""
    means = Means(trusted(signing.house.settings.trust_roots), FONT)
    return Signers(holder, holder, means).signed(signing.pdf(dossier), Capacity.LEADER)


def _hand_in(signing: SigningOffice, signed: bytes) -> Callable[[Dossier], Dossier]:
    def hand_in(dossier: Dossier) -> Dossier:
        made = SignedFile(signing.wanted(dossier), signed)
        return record_signature(signing.house, made, signing.office.actor(LEADER))

    return hand_in


def test_a_file_signed_elsewhere_comes_through_the_same_gate(desk: SigningOffice) -> None:
    holders = desk.enrol_all()
    dossier = desk.to_be_signed()
    signed = _signed_outside(desk, dossier, holders[LEADER])
    _hand_in(desk, signed)(dossier)
    assert desk.pdf(dossier) == signed


def test_what_was_done_to_the_bytes_is_found(desk: SigningOffice) -> None:
    holders = desk.enrol_all()
    dossier = desk.to_be_signed()
    unsigned = desk.pdf(dossier)
    signed = _signed_outside(desk, dossier, holders[LEADER])
    refused = {
        unsigned: NotContinued,
        flipped(signed, 20): NotContinued,
        flipped(signed, len(signed) - 300): EngineError,
        edited(signed, tampering.turned): MoreThanSigned,
        edited(unsigned, tampering.turned): MoreThanSigned,
        signed[:-200]: EngineError,
        b"": NotContinued,
    }
    for attempt, error in refused.items():
        _refused(desk, dossier, error, _hand_in(desk, attempt))


def test_another_dossiers_file(desk: SigningOffice) -> None:
    holders = desk.enrol_all()
    one, other = desk.to_be_signed(), desk.to_be_signed()
    signed = _signed_outside(desk, one, holders[LEADER])
    _refused(desk, other, NotContinued, _hand_in(desk, signed))


def test_signed_with_the_certificate_of_a_colleague(desk: SigningOffice) -> None:
    desk.enrol_all()
    colleague = desk.authority.issue("second_leader1")
    desk.enrol(colleague, "second_leader1")
    dossier = desk.to_be_signed()
    signed = _signed_outside(desk, dossier, colleague)
    _refused(desk, dossier, SignedByAnother, _hand_in(desk, signed))
