"""With authorities that answer: a time-stamp, OCSP and revocation lists; and without them."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from engine.errors.signatures import (
    CertificateRevoked,
    CertificateStatusUnknown,
    TimestampUnavailable,
)
from engine.model.document import Capacity
from engine.signatures.examining import examine
from engine.signatures.means import Means
from engine.signatures.preparing import ISSUING, prepare
from engine.signatures.trust import Trust, trusted
from engine.signatures.verdict import Verdict
from engine.wallclock import wall_clock
from tests.authorities import Authorities, authorities
from tests.signing import FONT, Signers, draft, numbered, pdfsig

PREPARED = prepare(draft(), ISSUING)


class Made:
    """A result signed with time-stamps; the authorities were stopped afterwards."""

    def __init__(self, folder: Path) -> None:
        self.now = wall_clock()
        with authorities(folder) as answering:
            self.authorities = answering
            self.trust = trusted(str(answering.roots))
            self.means = Means(self.trust, FONT, answering.tsa_url)
            self.signers = self.of("leader", self.means)
            self.signed = self.signers.signed(PREPARED, Capacity.LEADER, now=self.now)
            sealing = numbered(self.signed)
            self.sealed = self.signers.signed(sealing, Capacity.AGENCY, now=self.now)

    def of(self, leader: str, means: Means) -> Signers:
        """People with certificates of these authorities."""
        holders = self.authorities
        return Signers(holders.holder(leader), holders.holder("agency"), means)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return Made(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def answering(tmp_path: Path) -> Iterator[tuple[ExitStack, Authorities]]:
    with ExitStack() as stack:
        yield stack, stack.enter_context(authorities(tmp_path))


def _signers(found: Authorities, leader: str = "leader", tsa_url: str = "") -> Signers:
    means = Means(trusted(str(found.roots)), FONT, tsa_url)
    return Signers(found.holder(leader), found.holder("agency"), means)


def test_a_result_is_examined_from_what_it_carries(made: Made) -> None:
    leader, agency = examine(made.sealed, made.trust, wall_clock())
    assert (leader.verdict, agency.verdict) == (Verdict.VALID, Verdict.VALID)
    assert leader.stamped
    assert agency.stamped
    assert agency.whole_file


def test_the_time_is_that_of_the_authority(made: Made) -> None:
    for each in examine(made.sealed, made.trust, wall_clock()):
        assert each.at is not None
        assert abs(each.at - made.now) < timedelta(minutes=1)


def test_poppler_agrees(made: Made, tmp_path: Path) -> None:
    said = pdfsig(made.sealed, tmp_path)
    assert said.count("Signature is Valid") == 2
    assert "\n  - Total document signed" in pdfsig(made.signed, tmp_path)
    assert "\n  - Total document signed" in said.split("Signature #2")[1]


def test_long_afterwards_it_counts_as_of_the_moment_that_the_log_proves(made: Made) -> None:
    """A stranger who has only the file cannot know then whether OCSP still says the same."""
    later = made.now + timedelta(days=400)
    stranger = examine(made.sealed, made.trust, later)
    assert {each.verdict for each in stranger} == {Verdict.UNKNOWN}
    ours = examine(made.sealed, made.trust, made.now + timedelta(minutes=1))
    assert {each.verdict for each in ours} == {Verdict.VALID}


def test_a_stranger_to_the_time_stamp_authority_does_not_call_it_valid(made: Made) -> None:
    assert {each.verdict for each in examine(made.sealed, Trust(), made.now)} == {Verdict.UNKNOWN}


def test_a_revoked_certificate_signs_nothing(answering: tuple[ExitStack, Authorities]) -> None:
    signers = _signers(answering[1], "revoked")
    with pytest.raises(CertificateRevoked, match="01/01/2025"):
        signers.signed(PREPARED, Capacity.LEADER, now=wall_clock())


def test_with_silent_authorities_nothing_is_signed(
    answering: tuple[ExitStack, Authorities],
) -> None:
    stack, found = answering
    stack.close()
    with pytest.raises(CertificateStatusUnknown):
        _signers(found).signed(PREPARED, Capacity.LEADER, now=wall_clock())


@pytest.mark.parametrize("address", ["/vn/tsa/khong-co", "/vn/crls/root/latest.crl"])
def test_without_a_time_stamp_nothing_is_signed(
    answering: tuple[ExitStack, Authorities], address: str
) -> None:
    found = answering[1]
    with pytest.raises(TimestampUnavailable):
        _signers(found, tsa_url=found.url + address).signed(
            PREPARED, Capacity.LEADER, now=wall_clock()
        )


def test_only_addresses_in_certificates_of_ours_are_asked(made: Made) -> None:
    """A stranger's certificate names where to ask; nobody asks there."""
    asked: list[str] = []

    def fetch(url: str, body: bytes | None) -> bytes:
        asked.append(url)
        raise OSError

    elsewhere = replace(made.means, trust=Trust(), fetch=fetch)
    with pytest.raises(Exception, match="không do tổ chức chứng thực"):
        made.of("leader", elsewhere).signing(made.authorities.holder("leader"), made.now)
    assert asked == []
    ours = replace(made.means, fetch=fetch)
    with pytest.raises(CertificateStatusUnknown):
        made.of("leader", ours).signing(made.authorities.holder("leader"), made.now)
    assert asked
    assert all(each.startswith(made.authorities.url) for each in asked)
