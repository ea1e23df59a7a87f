"""What is said of a signature, and why, in words that people understand.

INVALID needs a proof (bytes changed, certificate revoked or of another purpose); VALID needs all
proofs; whatever lies between is UNKNOWN (TT 15/2025/TT-BKHCN).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESSubIndic


class Verdict(StrEnum):
    """Whether a signature holds."""

    VALID = "VALID"
    INVALID = "INVALID"
    UNKNOWN = "UNKNOWN"


VERDICT_NAMES = {
    Verdict.VALID: "Hợp lệ",
    Verdict.INVALID: "Không hợp lệ",
    Verdict.UNKNOWN: "Chưa xác định",
}


@dataclass(frozen=True)
class Examined:
    """One signature of a file.

    `signer` and `issuer` are names in the certificate, `certificate` its SHA-256 (hex), all empty
    where it cannot be read. `at` is the time by the time-stamp (`stamped`), else the time that
    the signer claims. `whole_file` says that nothing was appended after it.
    """

    field: str
    verdict: Verdict
    sentence: str
    signer: str = ""
    issuer: str = ""
    certificate: str = ""
    at: datetime | None = None
    stamped: bool = False
    whole_file: bool = False


def worst(found: Iterable[Examined]) -> Examined | None:
    """The signature that one has to know of first; None where there is none."""
    order = (Verdict.INVALID, Verdict.UNKNOWN, Verdict.VALID)
    return min(found, key=lambda each: order.index(each.verdict), default=None)


VALID = "Chữ ký hợp lệ: nội dung còn nguyên vẹn, chứng thư số được tin cậy và còn hiệu lực khi ký."
GREW = " Sau đó tệp chỉ có thêm phần được phép (điền số, ngày hoặc chữ ký khác)."
BROKEN = "Chữ ký bị hỏng hoặc không đúng định dạng nên không có giá trị."
CHANGED = "Nội dung đã bị thay đổi sau khi ký."
TAMPERED = "Sau khi ký, tệp đã bị sửa theo cách không được phép (nội dung, trang hoặc biểu mẫu)."
PARTIAL = "Chữ ký không bao trùm toàn bộ nội dung của tệp lúc ký nên không có giá trị."
REVOCATION_UNKNOWN = (
    "Không có thông tin còn hiệu lực cho biết chứng thư số có bị thu hồi hay không."
)
UNCLEAR = "Chưa đủ căn cứ để kết luận chữ ký hợp lệ."

_REASONS: dict[AdESSubIndic, tuple[Verdict, str]] = {
    AdESFailure.FORMAT_FAILURE: (Verdict.INVALID, BROKEN),
    AdESFailure.HASH_FAILURE: (Verdict.INVALID, CHANGED),
    AdESFailure.SIG_CRYPTO_FAILURE: (
        Verdict.INVALID,
        "Giá trị chữ ký không khớp với chứng thư số kèm theo.",
    ),
    AdESFailure.REVOKED: (Verdict.INVALID, "Chứng thư số đã bị thu hồi trước khi ký."),
    AdESFailure.NOT_YET_VALID: (Verdict.INVALID, "Chứng thư số chưa có hiệu lực khi ký."),
    AdESIndeterminate.NOT_YET_VALID: (
        Verdict.INVALID,
        "Chứng thư số chưa có hiệu lực khi ký.",
    ),
    AdESIndeterminate.REVOKED_NO_POE: (
        Verdict.INVALID,
        "Chứng thư số đã bị thu hồi và không có dấu thời gian chứng minh đã ký trước đó.",
    ),
    AdESIndeterminate.REVOKED_CA_NO_POE: (
        Verdict.INVALID,
        "Chứng thư số của tổ chức cấp đã bị thu hồi.",
    ),
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: (
        Verdict.INVALID,
        "Chứng thư số không được cấp để ký số.",
    ),
    AdESIndeterminate.EXPIRED: (
        Verdict.UNKNOWN,
        "Chứng thư số đã hết hạn và không có dấu thời gian chứng minh đã ký trước đó.",
    ),
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: (
        Verdict.UNKNOWN,
        "Chứng thư số đã hết hạn hoặc chưa có hiệu lực, và không có dấu thời gian chứng minh thời"
        " điểm ký.",
    ),
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: (
        Verdict.UNKNOWN,
        "Chứng thư số đã hết hạn và không có dấu thời gian chứng minh đã ký trước đó.",
    ),
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: (
        Verdict.UNKNOWN,
        "Chứng thư số không dẫn tới tổ chức chứng thực nào mà hệ thống tin cậy.",
    ),
    AdESIndeterminate.NO_SIGNING_CERTIFICATE_FOUND: (
        Verdict.UNKNOWN,
        "Tệp không kèm chứng thư số của người ký.",
    ),
    AdESIndeterminate.TRY_LATER: (Verdict.UNKNOWN, REVOCATION_UNKNOWN),
    AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE: (Verdict.UNKNOWN, REVOCATION_UNKNOWN),
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: (
        Verdict.UNKNOWN,
        "Chữ ký dùng thuật toán không còn an toàn.",
    ),
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: (
        Verdict.UNKNOWN,
        "Chữ ký dùng thuật toán không còn an toàn.",
    ),
}


SENTENCES = frozenset(
    {VALID, VALID + GREW, BROKEN, CHANGED, TAMPERED, PARTIAL, UNCLEAR}
    | {sentence for _, sentence in _REASONS.values()}
)
"""All that is said of signatures."""


def reason(indication: AdESSubIndic) -> tuple[Verdict, str]:
    """What an indication of EN 319 102-1 other than passed means."""
    return _REASONS.get(indication, (Verdict.UNKNOWN, UNCLEAR))
