"""What a signature needs apart from file and key, and certificates made ready to sign with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from engine.signatures.certificates import Certificate, Evidence, Inquiry, check, evidence
from engine.signatures.revocation import Fetch, over_http
from engine.signatures.stamping import Stamper
from engine.signatures.trust import Trust


@dataclass(frozen=True)
class Means:
    """Whom to trust, the font of marks, whose time-stamp (an address, or empty), and how
    authorities are asked."""

    trust: Trust
    font: Path
    tsa_url: str = ""
    fetch: Fetch = over_http


@dataclass(frozen=True)
class Credential:
    """A certificate that was checked, with what shows that it could be used, and a time-stamper
    where there is one. Good for many files within a few minutes."""

    certificate: Certificate
    evidence: Evidence
    stamper: Stamper | None


def checked(
    certificate: Certificate, others: Iterable[Certificate], means: Means, now: datetime
) -> Credential:
    """A certificate made ready to sign with.

    Raises what `certificates.check` raises, and `TimestampUnavailable`.
    """
    inquiry = Inquiry(means.trust, now, means.fetch)
    found = check(certificate, others, inquiry)
    if not means.tsa_url:
        return Credential(certificate, found, None)
    stamper = Stamper(means.tsa_url)
    for each in stamper.certificates():
        found += evidence(each, stamper.cert_registry, inquiry)
    return Credential(certificate, found, stamper)
