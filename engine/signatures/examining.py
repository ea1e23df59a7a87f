"""All signatures of a PDF examined, ours or a stranger's, with local data only.

Two checks must agree before a signature is VALID: AdES validation (EN 319 102-1), which knows
certificates, revocation and time, and the comparison of what was signed with what the file says
now. Neither replaces the other: the first does not see a page turned after signing.
"""

import sys
from dataclasses import dataclass, replace
from datetime import datetime
from operator import itemgetter

from asn1crypto import parser
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed, AdESSubIndic
from pyhanko.sign.diff_analysis import SuspiciousModification
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.ades import (
    ades_basic_validation,
    ades_lta_validation,
    ades_with_time_validation,
)
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.policy_decl import (
    CertificateFetchingRule,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator.context import CertValidationPolicySpec, ValidationContext
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import (
    REQUIRE_REVINFO,
    CertRevTrustPolicy,
)
from pyhanko_certvalidator.registry import SimpleTrustManager

from engine.errors.signatures import PdfUnreadable
from engine.signatures.certificates import name_of
from engine.signatures.knowledge import local_knowledge
from engine.signatures.reading import parsing, reader_of
from engine.signatures.running import result_of
from engine.signatures.trust import CLOCKS_DIFFER, Trust
from engine.signatures.verdict import (
    BROKEN,
    CHANGED,
    GREW,
    PARTIAL,
    TAMPERED,
    UNCLEAR,
    VALID,
    Examined,
    Verdict,
    reason,
)

_MOST_SIGNATURES = 50
"""In one file; nobody signs more, and each costs a walk through the file."""

_USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})


def examine(pdf: bytes, trust: Trust, now: datetime) -> tuple[Examined, ...]:
    """The signatures of a file, oldest first, judged as of `now`; none where it is not signed.

    For a file of ours `now` may be the moment at which the log has it: what was valid then stays
    so. Raises `PdfUnreadable`.
    """
    return examine_opened(reader_of(pdf), trust, now)


def examine_opened(reader: PdfFileReader, trust: Trust, now: datetime) -> tuple[Examined, ...]:
    """The same of a file that is open already."""
    with parsing():
        fields = list(enumerate_sig_fields(reader, filled_status=True))
    if len(fields) > _MOST_SIGNATURES:
        raise PdfUnreadable
    judge = _Judge(reader, trust, now)
    found = [judge.of(name, field) for name, _, field in fields]
    return tuple(each for _, each in sorted(found, key=itemgetter(0)) if each)


@dataclass(frozen=True)
class _Judge:
    reader: PdfFileReader
    trust: Trust
    now: datetime

    def of(self, name: str, field: DictionaryObject) -> tuple[int, Examined | None]:
        """The revision that a field's signature made, and what is to be said of it.

        A time-stamp of the document is no signature of anybody.
        """
        try:
            signature = EmbeddedPdfSignature(self.reader, field, name)
            if signature.sig_object_type == "/DocTimeStamp":
                return signature.signed_revision, None
            return signature.signed_revision, result_of(self._judged(signature))
        except Exception:
            # A hostile file makes parsers fail in more ways than one can name.
            return sys.maxsize, Examined(name, Verdict.INVALID, BROKEN)

    async def _judged(self, signature: EmbeddedPdfSignature) -> Examined:
        described = _described(signature)
        try:
            if not _padded_with_nothing(signature):
                return replace(described, verdict=Verdict.INVALID, sentence=CHANGED)
            signature.compute_integrity_info()
            indication, at = await self._by_certificates(signature)
            status = await async_validate_pdf_signature(
                signature, self._context(min(at, self.now)), key_usage_settings=_USAGE
            )
        except SignatureValidationError as error:
            verdict, sentence = reason(error.ades_subindication)
            return replace(described, verdict=verdict, sentence=sentence)
        verdict, sentence = _conclusion(indication, status)
        stamp = status.timestamp_validity
        return replace(
            described,
            verdict=verdict,
            sentence=sentence,
            at=stamp.timestamp if stamp and stamp.trusted else described.at,
            stamped=bool(stamp and stamp.trusted),
            whole_file=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        )

    async def _by_certificates(
        self, signature: EmbeddedPdfSignature
    ) -> tuple[AdESSubIndic, datetime]:
        """What AdES validation says, and the earliest moment at which the signature is known.

        Time-stamps of the whole document count where its certificates are no longer good.
        """
        data, digest = signature.signed_data, signature.compute_digest()
        if not _stamped(signature):
            basic = await ades_basic_validation(
                data, self._policy(), timing_info=self._timing(), raw_digest=digest
            )
            return basic.ades_subindic, self.now
        timed = await ades_with_time_validation(
            data, self._policy(), timing_info=self._timing(), raw_digest=digest
        )
        if timed.ades_subindic is AdESPassed.OK:
            return timed.ades_subindic, timed.best_signature_time
        policy = PdfSignatureValidationSpec(self._policy())
        lasting = await ades_lta_validation(signature, policy, self._timing())
        passed = lasting.ades_subindic is AdESPassed.OK
        best = (lasting if passed else timed).best_signature_time or self.now
        return lasting.ades_subindic if passed else timed.ades_subindic, best

    def _policy(self) -> SignatureValidationSpec:
        return SignatureValidationSpec(
            CertValidationPolicySpec(
                SimpleTrustManager.build(list(self.trust.roots)),
                CertRevTrustPolicy(REQUIRE_REVINFO),
                time_tolerance=CLOCKS_DIFFER,
            ),
            revinfo_gathering_policy=RevocationInfoGatheringSpec(
                RevinfoOnlineFetchingRule.LOCAL_ONLY,
                certificate_fetching_rule=CertificateFetchingRule.NEVER_FETCH,
            ),
            local_knowledge=local_knowledge(self.reader, self.trust),
            key_usage_settings=_USAGE,
        )

    def _timing(self) -> ValidationTimingInfo:
        return ValidationTimingInfo(self.now, self.now, point_in_time_validation=True)

    def _context(self, at: datetime) -> ValidationContext:
        return ValidationContext(
            trust_roots=list(self.trust.roots),
            other_certs=local_knowledge(self.reader, self.trust).known_certs,
            moment=at,
            time_tolerance=CLOCKS_DIFFER,
        )


def _conclusion(indication: AdESSubIndic, status: PdfSignatureStatus) -> tuple[Verdict, str]:
    if not status.intact:
        return Verdict.INVALID, CHANGED
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return Verdict.INVALID, PARTIAL
    if isinstance(status.diff_result, SuspiciousModification) or not status.docmdp_ok:
        return Verdict.INVALID, TAMPERED
    if indication is not AdESPassed.OK:
        return reason(indication)
    if not status.bottom_line:
        return Verdict.UNKNOWN, UNCLEAR
    whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    return Verdict.VALID, VALID if whole else VALID + GREW


def _described(signature: EmbeddedPdfSignature) -> Examined:
    certificate = signature.signer_cert
    return Examined(
        field=signature.field_name,
        verdict=Verdict.UNKNOWN,
        sentence=UNCLEAR,
        signer=name_of(certificate.subject),
        issuer=name_of(certificate.issuer),
        certificate=certificate.sha256.hex(),
        at=signature.self_reported_timestamp,
    )


def _stamped(signature: EmbeddedPdfSignature) -> bool:
    return any(True for _ in extract_tst_data_iter(signature.signer_info, signed=False))


def _padded_with_nothing(signature: EmbeddedPdfSignature) -> bool:
    """Whether the room behind a signature is empty: it is the one part of a file that no signature
    covers."""
    content = signature.pkcs7_content
    return not content[parser.peek(content) :].strip(b"\0")
