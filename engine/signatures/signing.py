"""A signature given in two steps, whatever holds the key.

`begin` makes the file as it will be signed, with room for the signature, and says what the key is
to sign; `finish` puts the value into that room. Between the two lies a call of a function (a key
file, a token in the server, a remote service) or a person with a USB token at another computer.
The signature is PAdES, with what proves the certificate in the same revision (B-LT where a
time-stamp authority is set), so that it covers the whole file.
"""

from dataclasses import dataclass, field
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
from pyhanko.sign.general import SigningError
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
from engine.signatures.drawing import Marks, Size
from engine.signatures.keys import Sign
from engine.signatures.marks import VIETNAM, Appearance, style
from engine.signatures.means import Credential, Means
from engine.signatures.places import FIELDS
from engine.signatures.reading import parsing, writer_of
from engine.signatures.running import result_of

_DIGEST = "sha256"
_WITHOUT_CHAIN = 2_000
"""Bytes that a signature may take beside certificates and time-stamp."""
_SIGNED = "signed_data"


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
    """By what, with what means and when something is signed.

    `spare` are bytes kept free beyond what a signature made here takes: one that is made elsewhere
    may be longer. `marks` are those drawn so far.
    """

    credential: Credential
    means: Means
    now: datetime
    spare: int = 0
    marks: Marks = field(default_factory=Marks)

    @property
    def room(self) -> int:
        """Hexadecimal digits kept free for the signature. Whoever opens the file later reads them
        all, so they are no more than needed."""
        chain = sum(len(each.dump()) for each in self.credential.evidence.path)
        stamp = self.credential.stamper.size() if self.credential.stamper else 0
        return 2 * (_WITHOUT_CHAIN + chain + stamp + self.spare)


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
        size = _size_of_field(writer, capacity)
        drawn = style(capacity, shown, now, means.font)
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
            signer=holder_of(credential),
            timestamper=credential.stamper,
            stamp_style=signing.marks.copied((capacity, shown), drawn, size),
        )
        return result_of(_begin(signer, writer, signing))


def _size_of_field(writer: IncrementalPdfFileWriter, capacity: Capacity) -> Size:
    """Width and height of the empty field of a capacity."""
    fields = enumerate_sig_fields(writer, filled_status=False, with_name=FIELDS[capacity])
    for _, _, reference in fields:
        left, bottom, right, top = (float(edge) for edge in reference.get_object()["/Rect"])
        return abs(right - left), abs(top - bottom)
    raise SignaturePlaceMissing(capacity=CAPACITY_NAMES[capacity])


async def _begin(signer: PdfSigner, writer: IncrementalPdfFileWriter, signing: Signing) -> Begun:
    session = signer.init_signing_session(writer, existing_fields_only=True)
    session.system_time = signing.now.astimezone(VIETNAM)
    validated = await session.perform_presign_validation(writer)
    document = session.prepare_tbs_document(validated, bytes_reserved=signing.room)
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
    require_fitting(value, begun.attributes, credential.certificate)
    signed = holder_of(credential, value).async_sign_prescribed_attributes(
        _DIGEST,
        signed_attrs=cms.CMSAttributes.load(begun.attributes),
        timestamper=credential.stamper,
    )
    return _filled(begun, result_of(signed).dump())


def finish_with(begun: Begun, container: bytes) -> bytes:
    """The file with a whole signature that was made elsewhere (CMS, DER): of what and by whom, is
    for the gate to examine.

    Raises `SignatureValueWrong` where it is none or does not fit into the room.
    """
    if not is_container(container):
        raise SignatureValueWrong
    return _filled(begun, container)


def is_container(value: bytes) -> bool:
    """Whether this is a signature with all that belongs to it (CMS), not only its value."""
    try:
        return bool(cms.ContentInfo.load(value, strict=True)["content_type"].native == _SIGNED)
    except (ValueError, TypeError, KeyError):
        return False


def _filled(begun: Begun, container: bytes) -> bytes:
    room = PreparedByteRangeDigest(begun.digest, begun.start, begun.end)
    output = BytesIO(begun.pdf)
    try:
        room.fill_with_cms(output, container)
    except SigningError as error:
        raise SignatureValueWrong from error
    return output.getvalue()


def holder_of(credential: Credential, value: bytes | None = None) -> ExternalSigner:
    """What signs in the library's eyes: a certificate, and the value that its key gave."""
    store = SimpleCertificateStore()
    store.register_multiple(credential.evidence.path)
    return ExternalSigner(credential.certificate, store, signature_value=value, embed_roots=False)


def require_fitting(value: bytes, attributes: bytes, certificate: Certificate) -> None:
    """Raises `SignatureValueWrong` where a value is not this certificate's signature of them."""
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
