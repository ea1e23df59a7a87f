"""Signatures are VALID, INVALID or UNKNOWN, with a sentence that says why."""

import socket
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors.signatures import PdfUnreadable
from engine.model.document import Capacity
from engine.signatures.examining import examine
from engine.signatures.marks import Appearance
from engine.signatures.means import Means
from engine.signatures.preparing import DIGITISING, ISSUING, prepare
from engine.signatures.trust import Trust, trusted
from engine.signatures.verdict import CHANGED, GREW, TAMPERED, Examined, Verdict
from tests import signing, tampering
from tests.pki import Authority
from tests.signing import AGENCY_NAME, FONT, LEADER_NAME, NOW, Signers, Stages, draft, saved
from tests.tampering import Edit, edited, flipped

LATER = datetime(2037, 1, 1, tzinfo=UTC)


def _verdicts(examined: tuple[Examined, ...]) -> list[Verdict]:
    return [each.verdict for each in examined]


def test_a_whole_result_is_valid(result: Stages, trust: Trust) -> None:
    leader, agency = examine(result.sealed, trust, NOW)
    assert (leader.verdict, leader.signer) == (Verdict.VALID, LEADER_NAME)
    assert (agency.verdict, agency.signer) == (Verdict.VALID, AGENCY_NAME)
    assert leader.at == agency.at == NOW
    assert GREW in leader.sentence
    assert GREW not in agency.sentence
    assert agency.whole_file
    assert not leader.whole_file


def test_an_unsigned_file_has_no_signatures(result: Stages, trust: Trust) -> None:
    assert examine(draft(), trust, NOW) == ()
    assert examine(result.prepared, trust, NOW) == ()


EDITS = [
    tampering.turned,
    tampering.page_added,
    tampering.page_removed,
    tampering.content_replaced,
    tampering.note_laid_over,
]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_edits_after_signing_are_found(result: Stages, trust: Trust, edit: Edit) -> None:
    for file in (result.signed, result.sealed):
        examined = examine(edited(file, edit), trust, NOW)
        assert {each.sentence for each in examined} == {TAMPERED}
        assert set(_verdicts(examined)) == {Verdict.INVALID}


def test_after_the_seal_nobody_changes_the_number(result: Stages, trust: Trust) -> None:
    _, agency = examine(edited(result.sealed, tampering.number_changed), trust, NOW)
    assert (agency.verdict, agency.sentence) == (Verdict.INVALID, TAMPERED)


def test_a_filled_number_is_seen_as_an_addition(result: Stages, trust: Trust) -> None:
    (leader,) = examine(result.numbered, trust, NOW)
    assert leader.verdict is Verdict.VALID
    assert GREW in leader.sentence


@settings(max_examples=20)
@given(share=st.floats(min_value=0, max_value=1, exclude_max=True))
def test_any_flipped_bit_is_found(result: Stages, trust: Trust, share: float) -> None:
    """Whatever of it was signed. In the room of the signature itself it may be padding."""
    size = len(result.sealed)
    at = int(share * size)
    room = result.sealed.rindex(b"/Contents <")
    if room <= at <= result.sealed.index(b">", room):
        return
    try:
        examined = examine(flipped(result.sealed, at), trust, NOW)
    except PdfUnreadable:
        return
    assert Verdict.INVALID in _verdicts(examined) or len(examined) < 2


def test_a_file_written_anew_is_found(result: Stages, trust: Trust) -> None:
    anew = saved(pikepdf.open(BytesIO(result.sealed)))
    assert {each.sentence for each in examine(anew, trust, NOW)} == {CHANGED}


def test_a_signature_moved_to_other_content_is_found(result: Stages, trust: Trust) -> None:
    """The signed bytes are kept in the file, but elsewhere (signature wrapping)."""
    start = result.signed.rindex(b"/ByteRange [")
    end = result.signed.index(b"]", start)
    numbers = [int(each) for each in result.signed[start + 12 : end].split()]
    numbers[3] -= 40
    moved = b" ".join(b"%d" % each for each in numbers).ljust(end - start - 12)
    wrapped = result.signed[: start + 12] + moved + result.signed[end:]
    (leader,) = examine(wrapped, trust, NOW)
    assert leader.verdict is Verdict.INVALID


def test_a_broken_signature_is_invalid(result: Stages, trust: Trust) -> None:
    room = result.signed.rindex(b"/Contents <") + 11
    broken = result.signed[:room] + b"00" * 200 + result.signed[room + 400 :]
    (leader,) = examine(broken, trust, NOW)
    assert leader.verdict is Verdict.INVALID
    assert leader.signer == ""


def test_whom_nobody_trusts_is_unknown(result: Stages) -> None:
    examined = examine(result.sealed, Trust(), NOW)
    assert set(_verdicts(examined)) == {Verdict.UNKNOWN}
    assert "tin cậy" in examined[0].sentence


def test_an_authority_of_the_same_name_is_not_trusted(result: Stages, tmp_path: Path) -> None:
    namesake = trusted(str(Authority().publish(tmp_path)))
    assert set(_verdicts(examine(result.sealed, namesake, NOW))) == {Verdict.UNKNOWN}


def test_after_expiry_without_a_time_stamp_it_is_unknown(result: Stages, trust: Trust) -> None:
    examined = examine(result.sealed, trust, LATER)
    assert set(_verdicts(examined)) == {Verdict.UNKNOWN}
    assert "hết hạn" in examined[0].sentence


def test_what_was_valid_when_it_was_recorded_stays_so(result: Stages, trust: Trust) -> None:
    """The file carries the revocation list, the log the moment."""
    roots = Trust(trust.roots)
    assert set(_verdicts(examine(result.sealed, roots, NOW))) == {Verdict.VALID}


def test_without_word_on_revocation_it_is_unknown(tmp_path: Path) -> None:
    authority = Authority("CA im lặng")
    authority.publish(tmp_path, until=NOW + timedelta(hours=1))
    trust = trusted(str(tmp_path))
    signers = signing.signers(authority, Means(trust, FONT))
    signed = signers.signed(prepare(draft(), ISSUING), Capacity.LEADER)
    (leader,) = examine(signed, Trust(trust.roots), NOW + timedelta(days=1))
    assert leader.verdict is Verdict.UNKNOWN
    assert "thu hồi" in leader.sentence


def test_a_certificate_revoked_since_makes_it_invalid(tmp_path: Path) -> None:
    authority = Authority("CA thu hồi")
    authority.publish(tmp_path)
    signers = signing.signers(authority, Means(trusted(str(tmp_path)), FONT))
    signed = signers.signed(prepare(draft(), ISSUING), Capacity.LEADER)
    authority.revoke(signers.leader, NOW - timedelta(days=1))
    authority.publish(tmp_path, since=NOW + timedelta(minutes=1))
    (leader,) = examine(signed, trusted(str(tmp_path)), NOW + timedelta(hours=1))
    assert leader.verdict is Verdict.INVALID
    assert "thu hồi" in leader.sentence


def test_a_digitised_copy_is_examined_like_any_other(signers: Signers, trust: Trust) -> None:
    prepared = prepare(draft(), DIGITISING)
    signed = signers.signed(prepared, Capacity.RECEPTION, Appearance(AGENCY_NAME))
    (copy,) = examine(signed, trust, NOW)
    assert (copy.verdict, copy.whole_file) == (Verdict.VALID, True)


def test_nothing_is_fetched(result: Stages, trust: Trust, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert len(examine(result.sealed, Trust(trust.roots), LATER)) == 2


@pytest.mark.parametrize("broken", [b"", b"%PDF-1.7\n", draft()[:-300], bytes(5000)])
def test_what_cannot_be_read_is_said_to_be_so(broken: bytes, trust: Trust) -> None:
    with pytest.raises(PdfUnreadable):
        examine(broken, trust, NOW)
