"""Signed bytes are taken only where they are the expected file with the expected signature."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from engine.errors import EngineError
from engine.errors.signatures import (
    MoreThanSigned,
    NotContinued,
    SignatureNotAccepted,
    SignatureTimeWrong,
    SignedByAnother,
)
from engine.model.document import Capacity
from engine.signatures.continuing import require_signed
from engine.signatures.preparing import ISSUING, prepare
from engine.signatures.trust import Trust, trusted
from tests import tampering
from tests.pki import Authority
from tests.signing import LEADER_NAME, NOW, Signers, Stages, draft
from tests.tampering import edited, flipped


def test_leader_and_agency_are_taken(result: Stages, signers: Signers, trust: Trust) -> None:
    leader = require_signed(
        result.prepared, result.signed, Capacity.LEADER, signers.leader.fingerprint, trust, NOW
    )
    assert leader.signer == LEADER_NAME
    require_signed(
        result.numbered, result.sealed, Capacity.AGENCY, signers.agency.fingerprint, trust, NOW
    )


Attempt = Callable[[Stages], tuple[bytes, bytes]]


def _end_of_value(pdf: bytes) -> int:
    """Where the last signature ends and the room behind it begins."""
    return len(pdf[: pdf.rindex(b"00>")].rstrip(b"0"))


ATTEMPTS: dict[str, tuple[Attempt, type[EngineError]]] = {
    "nothing new": (lambda r: (r.signed, r.signed), NotContinued),
    "the earlier file": (lambda r: (r.signed, r.prepared), NotContinued),
    "another file": (lambda r: (prepare(draft(), ISSUING), r.signed), NotContinued),
    "a stale file": (lambda r: (r.numbered, r.signed), NotContinued),
    "not signed": (lambda r: (r.signed, r.numbered), MoreThanSigned),
    "both at once": (lambda r: (r.prepared, r.sealed), MoreThanSigned),
    "a page turned as well": (
        lambda r: (r.prepared, edited(r.signed, tampering.turned)),
        MoreThanSigned,
    ),
    "bytes changed before": (lambda r: (r.prepared, flipped(r.signed, 40)), NotContinued),
    "signature broken": (
        lambda r: (r.prepared, flipped(r.signed, _end_of_value(r.signed) - 20)),
        EngineError,
    ),
    "room behind the signature used": (
        lambda r: (r.prepared, flipped(r.signed, _end_of_value(r.signed) + 20)),
        SignatureNotAccepted,
    ),
}


@pytest.mark.parametrize("name", ATTEMPTS)
def test_anything_else_is_refused(
    result: Stages, signers: Signers, trust: Trust, name: str
) -> None:
    attempt, refusal = ATTEMPTS[name]
    before, after = attempt(result)
    with pytest.raises(refusal):
        require_signed(before, after, Capacity.LEADER, signers.leader.fingerprint, trust, NOW)


def test_what_a_signer_slips_in_beside_the_signature_is_refused(
    signers: Signers, trust: Trust
) -> None:
    """The signature covers it, so that the signature alone looks perfect."""
    prepared = prepare(draft(), ISSUING)
    for edit in (tampering.turned, tampering.content_replaced, tampering.number_changed):
        signed = signers.signed(edited(prepared, edit), Capacity.LEADER)
        with pytest.raises(MoreThanSigned):
            require_signed(
                prepared, signed, Capacity.LEADER, signers.leader.fingerprint, trust, NOW
            )


def test_signed_in_another_capacity(result: Stages, signers: Signers, trust: Trust) -> None:
    with pytest.raises(MoreThanSigned):
        require_signed(
            result.prepared, result.signed, Capacity.AGENCY, signers.leader.fingerprint, trust, NOW
        )


def test_signed_with_somebody_elses_certificate(
    result: Stages, signers: Signers, trust: Trust
) -> None:
    with pytest.raises(SignedByAnother, match=LEADER_NAME):
        require_signed(
            result.prepared, result.signed, Capacity.LEADER, signers.agency.fingerprint, trust, NOW
        )


def test_signed_with_a_certificate_that_nobody_trusts(result: Stages, signers: Signers) -> None:
    with pytest.raises(SignatureNotAccepted, match="tin cậy"):
        require_signed(
            result.prepared,
            result.signed,
            Capacity.LEADER,
            signers.leader.fingerprint,
            Trust(),
            NOW,
        )


def test_signed_with_a_certificate_revoked_meanwhile(
    result: Stages, signers: Signers, authority: Authority, tmp_path: Path
) -> None:
    later = NOW + timedelta(minutes=30)
    namesake = Authority(authority.name, authority.key)
    namesake.revoke(signers.leader, NOW - timedelta(minutes=1))
    (tmp_path / "goc.pem").write_bytes(signers.leader.authority.public_bytes(Encoding.PEM))
    (tmp_path / "goc.crl").write_bytes(namesake.revocation_list(since=NOW + timedelta(minutes=1)))
    with pytest.raises(SignatureNotAccepted, match="thu hồi"):
        require_signed(
            result.prepared,
            result.signed,
            Capacity.LEADER,
            signers.leader.fingerprint,
            trusted(str(tmp_path)),
            later,
        )


@pytest.mark.parametrize("apart", [timedelta(hours=2), -timedelta(hours=2)])
def test_a_signature_that_claims_another_time_is_refused(
    result: Stages, signers: Signers, trust: Trust, apart: timedelta
) -> None:
    with pytest.raises(SignatureTimeWrong):
        require_signed(
            result.prepared,
            result.signed,
            Capacity.LEADER,
            signers.leader.fingerprint,
            trust,
            NOW + apart,
        )
