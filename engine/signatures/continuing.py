"""Whether a file is another one with exactly one signature more.

Whoever hands in signed bytes, our own code included, is believed nothing: not that they begin
with the file that was to be signed, not that only the signature was added, not whose it is.
"""

from datetime import datetime, timedelta

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, SuspiciousModification
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, enumerate_sig_fields

from engine.errors.signatures import (
    MoreThanSigned,
    NotContinued,
    SignatureNotAccepted,
    SignatureTimeWrong,
    SignedByAnother,
)
from engine.model.document import CAPACITY_NAMES, Capacity
from engine.signatures.examining import examine_opened
from engine.signatures.places import FIELDS
from engine.signatures.reading import parsing, reader_of
from engine.signatures.trust import Trust
from engine.signatures.verdict import Examined, Verdict

_MOST_APART = timedelta(hours=1)
"""How far the time that a signature gives may be from the moment at which it is handed in."""


def require_signed(
    before: bytes, after: bytes, capacity: Capacity, certificate: str, trust: Trust, now: datetime
) -> Examined:
    """The new signature, where `after` is `before` with this capacity's field newly signed.

    `certificate` is the SHA-256 (hex) of the one it must be made with. Raises `NotContinued`,
    `MoreThanSigned`, `SignatureNotAccepted`, `SignedByAnother`, `SignatureTimeWrong`,
    `PdfUnreadable`.
    """
    if len(after) <= len(before) or not after.startswith(before):
        raise NotContinued
    old, new = reader_of(before), reader_of(after)
    with parsing():
        _require_only(old, new, FIELDS[capacity])
    signatures = {each.field: each for each in examine_opened(new, trust, now)}
    for each in signatures.values():
        if each.verdict is not Verdict.VALID and each.field in FIELDS.values():
            raise SignatureNotAccepted(signer=each.signer, why=each.sentence)
    signed = signatures[FIELDS[capacity]]
    if not signed.whole_file:
        raise MoreThanSigned
    if signed.certificate != certificate:
        raise SignedByAnother(signer=signed.signer, capacity=CAPACITY_NAMES[capacity])
    if signed.at is None or abs(signed.at - now) > _MOST_APART:
        raise SignatureTimeWrong
    return signed


def _require_only(old: PdfFileReader, new: PdfFileReader, field: str) -> None:
    if _filled(new) - _filled(old) != {field} or _filled(old) - _filled(new):
        raise MoreThanSigned
    result = DEFAULT_DIFF_POLICY.review_file(
        new,
        old.total_revisions - 1,
        field_mdp_spec=FieldMDPSpec(FieldMDPAction.EXCLUDE, [field]),
    )
    if isinstance(result, SuspiciousModification) or result.changed_form_fields != {field}:
        raise MoreThanSigned


def _filled(reader: PdfFileReader) -> set[str]:
    return {name for name, _, _ in enumerate_sig_fields(reader, filled_status=True)}
