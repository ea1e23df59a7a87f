"""A seal on a text that is no PDF: a signature that lies beside it (CMS, detached, RFC 5652), and a
time-stamp of an authority on that signature (RFC 3161).

Both are in forms that other tools read: `openssl cms -verify` and `openssl ts -verify`.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from asn1crypto import cms, tsp, x509
from pyhanko.sign.signers.pdf_cms import ExternalSigner
from pyhanko.sign.validation import async_validate_detached_cms
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from engine.signatures.certificates import Certificate, name_of
from engine.signatures.keys import Sign
from engine.signatures.means import Credential
from engine.signatures.running import result_of
from engine.signatures.signing import holder_of, require_fitting
from engine.signatures.stamping import Stamper
from engine.signatures.trust import CLOCKS_DIFFER, Trust

_DIGEST = "sha256"
_USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})


@dataclass(frozen=True)
class SealFacts:
    """What a seal says of itself: who gave it, with which certificate (SHA-256, hex), when; the
    time is that of an authority for a time-stamp, else none.

    `intact`: it is of this text. `trusted`: its certificate leads to a root of ours.
    """

    signer: str
    certificate: str
    at: datetime | None
    intact: bool
    trusted: bool


def signed_text(text: bytes, credential: Credential, key: Sign) -> bytes:
    """A detached signature of a text (CMS, DER) with the certificates that lead to a root."""
    attributes: cms.CMSAttributes = result_of(
        holder_of(credential).signed_attrs(sha256(text).digest(), _DIGEST, is_pdf_sig=False)
    )
    value = key([attributes.dump()])[0]
    require_fitting(value, attributes.dump(), credential.certificate)
    holder: ExternalSigner = holder_of(credential, value)
    made = result_of(holder.async_sign_prescribed_attributes(_DIGEST, attributes))
    return bytes(made.dump())


def stamped(content: bytes, tsa_url: str) -> bytes:
    """The time-stamp of an authority on some bytes (DER); raises `TimestampUnavailable`."""
    token = result_of(Stamper(tsa_url).async_timestamp(sha256(content).digest(), _DIGEST))
    return bytes(token.dump())


def examined_signature(
    text: bytes, signature: bytes, trust: Trust, at: datetime
) -> SealFacts | None:
    """What a detached signature says, judged as of a moment; None where it is none."""
    try:
        data = _signed_data(signature)
        status = result_of(
            async_validate_detached_cms(
                text, data, _context(trust, data, at), key_usage_settings=_USAGE
            )
        )
    except Exception:
        # Hostile bytes make parsers fail in more ways than one can name.
        return None
    intact = status.intact and status.valid
    return _facts(status.signing_cert, None, intact, trusted=status.trusted)


def examined_stamp(content: bytes, stamp: bytes, trust: Trust) -> SealFacts | None:
    """What a time-stamp says; None where it is none."""
    try:
        data = _signed_data(stamp)
        info: tsp.TSTInfo = data["encap_content_info"]["content"].parsed
        at = info["gen_time"].native
        imprint = sha256(content).digest()
        found = result_of(
            validate_tst_signed_data(data, _context(trust, data, at), lambda _: imprint)
        )
    except Exception:
        return None
    path = found["trust_problem_indic"] is None and found["validation_path"] is not None
    intact = found["intact"] and found["valid"]
    return _facts(found["signing_cert"], at, intact, trusted=path)


def certificates_in(seal: bytes) -> list[Certificate]:
    """Those that a signature or time-stamp of ours carries."""
    return [each.chosen for each in _signed_data(seal)["certificates"]]


def _signed_data(seal: bytes) -> cms.SignedData:
    return cms.ContentInfo.load(seal, strict=True)["content"]


def _context(trust: Trust, data: cms.SignedData, at: datetime) -> ValidationContext:
    carried = [each.chosen for each in data["certificates"]]
    return ValidationContext(
        trust_roots=list(trust.roots),
        other_certs=[*carried, *trust.others],
        crls=list(trust.crls),
        moment=at,
        revocation_mode="soft-fail",
        time_tolerance=CLOCKS_DIFFER,
    )


def _facts(
    certificate: x509.Certificate, at: datetime | None, intact: bool, *, trusted: bool
) -> SealFacts:
    fingerprint = certificate.sha256.hex()
    return SealFacts(name_of(certificate.subject), fingerprint, at, intact, trusted)
