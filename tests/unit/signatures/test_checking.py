"""A certificate is checked before anything is signed with it; each refusal has its sentence."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from engine.errors.signatures import (
    CertificateExpired,
    CertificateNotForSigning,
    CertificateNotYetValid,
    CertificateRevoked,
    CertificateStatusUnknown,
    CertificateUnreadable,
    CertificateUntrusted,
)
from engine.settings import SettingsError
from engine.signatures.certificates import Inquiry, certificate_of, check, facts
from engine.signatures.trust import Trust, trusted
from tests.pki import SINCE, UNTIL, Authority, Holder
from tests.signing import LEADER_NAME, NOW


def _silent(url: str, body: bytes | None) -> bytes:
    raise AssertionError(url)


def _check(holder: Holder, trust: Trust) -> None:
    check(certificate_of(holder.pem), [], Inquiry(trust, NOW, _silent))


def test_a_good_certificate_passes(authority: Authority, trust: Trust) -> None:
    holder = authority.issue(LEADER_NAME)
    _check(holder, trust)
    known = facts(certificate_of(holder.pem))
    assert (known.subject, known.issuer) == (LEADER_NAME, "CA thử nghiệm")
    assert (known.fingerprint, known.valid_from) == (holder.fingerprint, SINCE)
    assert known.valid_until == UNTIL


def test_expired(authority: Authority, trust: Trust) -> None:
    holder = authority.issue(LEADER_NAME, until=NOW - timedelta(minutes=1))
    with pytest.raises(CertificateExpired, match="06/07/2026 07:59:00"):
        _check(holder, trust)


def test_not_yet_valid(authority: Authority, trust: Trust) -> None:
    with pytest.raises(CertificateNotYetValid, match="07/07/2026"):
        _check(authority.issue(LEADER_NAME, since=NOW + timedelta(days=1)), trust)


def test_revoked(tmp_path: Path) -> None:
    authority = Authority("CA thu hồi")
    holder = authority.issue(LEADER_NAME)
    authority.revoke(holder, NOW - timedelta(days=1))
    with pytest.raises(CertificateRevoked, match="05/07/2026 08:00:00"):
        _check(holder, trusted(str(authority.publish(tmp_path))))


def test_untrusted_whatever_its_issuer_is_called(trust: Trust) -> None:
    with pytest.raises(CertificateUntrusted, match=LEADER_NAME):
        _check(Authority().issue(LEADER_NAME), trust)
    with pytest.raises(CertificateUntrusted):
        _check(Authority().issue(LEADER_NAME), Trust())


def test_unknown_where_nobody_says_whether_it_is_revoked(
    authority: Authority, trust: Trust
) -> None:
    with pytest.raises(CertificateStatusUnknown):
        _check(authority.issue(LEADER_NAME), Trust(trust.roots))


def test_unknown_where_the_list_is_too_old(authority: Authority, tmp_path: Path) -> None:
    old = trusted(str(authority.publish(tmp_path, until=NOW - timedelta(days=1))))
    with pytest.raises(CertificateStatusUnknown):
        _check(authority.issue(LEADER_NAME), old)


@pytest.mark.parametrize("usage", ["key_encipherment", "key_agreement"])
def test_not_for_signing(authority: Authority, trust: Trust, usage: str) -> None:
    with pytest.raises(CertificateNotForSigning):
        _check(authority.issue(LEADER_NAME, usage=(usage,)), trust)


@pytest.mark.parametrize("raw", [b"", b"-----BEGIN CERTIFICATE-----\nx\n", b"\x30\x03\x02\x01\x01"])
def test_what_is_no_certificate_is_refused(raw: bytes) -> None:
    with pytest.raises(CertificateUnreadable):
        certificate_of(raw)


def _a_program(folder: Path) -> None:
    (folder / "goc.pem").write_bytes(b"MZ")


def _an_empty_list(folder: Path) -> None:
    (folder / "goc.crl").write_bytes(b"")


@pytest.mark.parametrize("spoil", [_a_program, _an_empty_list])
def test_a_file_among_the_roots_that_cannot_be_read_is_named(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(tmp_path)
    with pytest.raises(SettingsError, match="goc"):
        trusted(str(tmp_path))


def test_a_missing_folder_of_roots_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="MOTCUA_TRUST_ROOTS"):
        trusted(str(tmp_path / "khong"))


def test_without_a_folder_nobody_is_trusted() -> None:
    assert trusted("") == Trust()
