"""A signature given in two steps, whatever holds the key.

`begin` makes the file as it will be signed, with room for the signature, and says what the key is
to sign; `finish` puts the value into that room. Between the two lies a call of a function (a key
file, a token in the server, a remote service) or a person with a USB token at another computer.
The signature is PAdES, with what proves the certificate in the same revision (B-LT where a
time-stamp authority is set), so that it covers the whole file.
"""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from asn1crypto import cms
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest
from pyhanko.sign.signers.pdf_cms import ExternalSigner
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSignatureMetadata,
    PdfSigner,
    SigDSSPlacementPreference,
)
from pyhanko_certvalidator.registry import SimpleCertificateStore

from engine.errors.signatures import SignaturePlaceMissing, SignatureValueWrong
from engine.model.document import CAPACITY_NAMES, Capacity
from engine.signatures.certificates import Certificate
from engine.signatures.keys import Sign
from engine.signatures.marks import VIETNAM, Appearance, style
from engine.signatures.means import Credential, Means
from engine.signatures.places import FIELDS
from engine.signatures.reading import parsing, writer_of
from engine.signatures.running import result_of

_DIGEST = "sha256"
_ROOM = 40_000
"""Hexadecimal digits kept free for a signature: chains and a time-stamp fit in."""


@dataclass(frozen=True)
class Begun:
    """A file with room for a signature.

    `digest` is that of what is signed in it, `attributes` what the key signs (DER), `start` and
    `end` are the bounds of the room.
    """

    pdf: bytes
    digest: bytes
    attributes: bytes
    start: int
    end: int


@dataclass(frozen=True)
class Signing:
    """By what, with what means and when something is signed."""

    credential: Credential
    means: Means
    now: datetime


def sign(pdf: bytes, capacity: Capacity, shown: Appearance, signing: Signing, key: Sign) -> bytes:
    """The file with a signature in the field of this capacity, given at once.

    Raises what `begin`, the key and `finish` raise.
    """
    begun = begin(pdf, capacity, shown, signing)
    return finish(begun, key([begun.attributes])[0], signing.credential)


def begin(pdf: bytes, capacity: Capacity, shown: Appearance, signing: Signing) -> Begun:
    """The file as it will be signed, and what the key is to sign.

    Raises `SignaturePlaceMissing` where the field of this capacity is missing or filled, and
    `PdfUnreadable`.
    """
    writer = writer_of(pdf)
    credential, means, now = signing.credential, signing.means, signing.now
    with parsing():
        _require_empty_field(writer, capacity)
        signer = PdfSigner(
            PdfSignatureMetadata(
                field_name=FIELDS[capacity],
                md_algorithm=_DIGEST,
                subfilter=SigSeedSubFilter.PADES,
                embed_validation_info=True,
                validation_context=credential.evidence.context(means.trust, now),
                signer_key_usage=set(),
                dss_settings=DSSContentSettings(
                    include_vri=False,
                    placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE,
                ),
            ),
            signer=_holder_of(credential),
            timestamper=credential.stamper,
            stamp_style=style(capacity, shown, now, means.font),
        )
        return result_of(_begin(signer, writer, now))


def _require_empty_field(writer: IncrementalPdfFileWriter, capacity: Capacity) -> None:
    fields = enumerate_sig_fields(writer, filled_status=False, with_name=FIELDS[capacity])
    if not any(True for _ in fields):
        raise SignaturePlaceMissing(capacity=CAPACITY_NAMES[capacity])


async def _begin(signer: PdfSigner, writer: IncrementalPdfFileWriter, now: datetime) -> Begun:
    session = signer.init_signing_session(writer, existing_fields_only=True)
    session.system_time = now.astimezone(VIETNAM)
    validated = await session.perform_presign_validation(writer)
    document = session.prepare_tbs_document(validated, bytes_reserved=_ROOM)
    output = BytesIO()
    prepared, _ = document.digest_tbs_document(output=output)
    attributes = await signer.signer.signed_attrs(prepared.document_digest, _DIGEST, use_pades=True)
    return Begun(
        pdf=output.getvalue(),
        digest=prepared.document_digest,
        attributes=attributes.dump(),
        start=prepared.reserved_region_start,
        end=prepared.reserved_region_end,
    )


def finish(begun: Begun, value: bytes, credential: Credential) -> bytes:
    """The signed file.

    Raises `SignatureValueWrong` where the value is not this certificate's signature of it, and
    `TimestampUnavailable`.
    """
    _require_fitting(value, begun.attributes, credential.certificate)
    signed = _holder_of(credential, value).async_sign_prescribed_attributes(
        _DIGEST,
        signed_attrs=cms.CMSAttributes.load(begun.attributes),
        timestamper=credential.stamper,
    )
    room = PreparedByteRangeDigest(begun.digest, begun.start, begun.end)
    output = BytesIO(begun.pdf)
    room.fill_with_cms(output, result_of(signed))
    return output.getvalue()


def _holder_of(credential: Credential, value: bytes | None = None) -> ExternalSigner:
    store = SimpleCertificateStore()
    store.register_multiple(credential.evidence.path)
    return ExternalSigner(credential.certificate, store, signature_value=value, embed_roots=False)


def _require_fitting(value: bytes, attributes: bytes, certificate: Certificate) -> None:
    key = load_der_public_key(certificate.public_key.dump())
    try:
        if isinstance(key, EllipticCurvePublicKey):
            key.verify(value, attributes, ECDSA(SHA256()))
        elif isinstance(key, RSAPublicKey):
            key.verify(value, attributes, PKCS1v15(), SHA256())
        else:
            raise SignatureValueWrong
    except InvalidSignature as error:
        raise SignatureValueWrong from error
