"""What the engine refuses where digital signatures and certificates are concerned."""

from engine.errors import EngineError, Kind


class PdfUnreadable(EngineError):
    """Không đọc được tệp PDF: tệp hỏng, bị cắt cụt, có mật khẩu hoặc không đúng chuẩn. Hãy xuất
    lại tệp rồi gửi lại."""

    kind = Kind.INVALID
    code = "pdf_unreadable"


class PdfAlreadySigned(EngineError):
    """Tệp đã có chữ ký số nên không đặt thêm ô ký được: mọi thay đổi sẽ làm hỏng chữ ký đã có. Hãy
    dùng bản chưa ký."""

    code = "pdf_already_signed"


class SignaturePlaceMissing(EngineError):
    """Tệp không có ô ký còn trống dành cho {capacity}. Hãy kiểm tra xem tệp đã được ký chưa, hoặc
    lập lại tệp từ bản dự thảo."""

    code = "signature_place_missing"


class NumberPlaceMissing(EngineError):
    """Tệp không có chỗ còn trống để điền số, ký hiệu và ngày. Hãy kiểm tra xem văn bản đã được vào
    số chưa, hoặc lập lại từ bản dự thảo."""

    code = "number_place_missing"


class CertificateUnreadable(EngineError):
    """Không đọc được chứng thư số. Hãy gửi tệp chứng thư dạng PEM hoặc DER."""

    kind = Kind.INVALID
    code = "certificate_unreadable"


class KeyFileUnusable(EngineError):
    """Không mở được tệp khóa PKCS#12: sai mật khẩu hoặc tệp hỏng. Hãy thử lại với đúng mật khẩu của
    tệp."""

    kind = Kind.INVALID
    code = "key_file_unusable"


class TokenUnusable(EngineError):
    """Không dùng được thiết bị ký «{token}»: {reason}. Hãy kiểm tra thiết bị đã cắm, đúng nhãn khóa
    và đúng mã PIN rồi thử lại; nhập sai nhiều lần thiết bị sẽ khóa."""

    code = "token_unusable"


class KeyNotOfCertificate(EngineError):
    """Khóa vừa dùng không phải của chứng thư số «{subject}». Hãy chọn đúng tệp khóa hoặc thiết
    bị."""

    kind = Kind.INVALID
    code = "key_not_of_certificate"


class RemoteSigningFailed(EngineError):
    """Dịch vụ ký số từ xa {service} không ký được ({reason}). Chưa có gì được ký; hãy kiểm tra mã
    xác nhận rồi thử lại."""

    kind = Kind.UNAVAILABLE
    code = "remote_signing_failed"


class SignatureValueWrong(EngineError):
    """Giá trị chữ ký nhận được không khớp với tệp và chứng thư số đã chọn. Hãy ký lại từ đầu."""

    kind = Kind.INVALID
    code = "signature_value_wrong"


class TimestampUnavailable(EngineError):
    """Không lấy được dấu thời gian từ máy chủ cấp dấu thời gian. Chưa có gì được ký; hãy thử lại
    sau ít phút hoặc báo người quản trị hệ thống."""

    kind = Kind.UNAVAILABLE
    code = "timestamp_unavailable"


class CertificateExpired(EngineError):
    """Chứng thư số «{subject}» đã hết hạn lúc {until} nên không ký được. Hãy gia hạn chứng thư số
    rồi đăng ký lại."""

    code = "certificate_expired"


class CertificateNotYetValid(EngineError):
    """Chứng thư số «{subject}» đến {since} mới có hiệu lực nên chưa ký được. Hãy dùng chứng thư số
    khác hoặc chờ đến lúc đó."""

    code = "certificate_not_yet_valid"


class CertificateRevoked(EngineError):
    """Chứng thư số «{subject}» đã bị thu hồi lúc {since} nên không ký được. Hãy dùng chứng thư số
    khác."""

    code = "certificate_revoked"


class CertificateUntrusted(EngineError):
    """Chứng thư số «{subject}» không do tổ chức chứng thực được tin cậy cấp. Hãy dùng chứng thư số
    khác, hoặc đề nghị người quản trị hệ thống bổ sung chứng thư gốc."""

    code = "certificate_untrusted"


class CertificateStatusUnknown(EngineError):
    """Không kiểm tra được chứng thư số «{subject}» có bị thu hồi hay không, nên chưa ký. Hãy thử
    lại sau ít phút; nếu vẫn vậy hãy báo người quản trị hệ thống."""

    kind = Kind.UNAVAILABLE
    code = "certificate_status_unknown"


class CertificateNotForSigning(EngineError):
    """Chứng thư số «{subject}» không được cấp để ký số (mục đích sử dụng khóa hoặc loại khóa không
    phù hợp). Hãy dùng chứng thư số khác."""

    kind = Kind.INVALID
    code = "certificate_not_for_signing"


class MarkUnusable(EngineError):
    """Hình ảnh chữ ký hoặc con dấu không dùng được: {reason}. Hãy gửi ảnh PNG nền trong suốt, cạnh
    dài không quá 2000 điểm ảnh, dung lượng không quá 1 MB."""

    kind = Kind.INVALID
    code = "mark_unusable"


class NotContinued(EngineError):
    """Tệp đã ký không nối tiếp đúng tệp hiện tại của văn bản: văn bản vừa được thay đổi, hoặc đã ký
    nhầm tệp khác. Hãy tải lại văn bản rồi ký lại."""

    code = "not_continued"


class MoreThanSigned(EngineError):
    """Ngoài chữ ký cần có, tệp còn bị thay đổi khác (thêm hoặc bỏ chữ ký, sửa nội dung, sửa biểu
    mẫu). Hãy ký lại từ văn bản hiện tại và không sửa gì thêm."""

    code = "more_than_signed"


class SignatureNotAccepted(EngineError):
    """Chữ ký của «{signer}» không được chấp nhận: {why} Hãy kiểm tra chứng thư số rồi ký lại."""

    code = "signature_not_accepted"


class SignedByAnother(EngineError):
    """Tệp được ký bằng chứng thư số «{signer}», không phải chứng thư số đã đăng ký của người ký với
    tư cách {capacity}. Hãy ký lại bằng đúng chứng thư số."""

    code = "signed_by_another"


class SignatureTimeWrong(EngineError):
    """Thời gian ghi trong chữ ký lệch quá xa thời điểm hiện tại. Hãy chỉnh đồng hồ của máy ký rồi
    ký lại."""

    code = "signature_time_wrong"


class CertificateUnknown(EngineError):
    """Không có chứng thư số {certificate} đã đăng ký. Hãy tải lại danh sách chứng thư số."""

    kind = Kind.NOT_FOUND
    code = "certificate_unknown"


class CertificateIncomplete(EngineError):
    """Đăng ký chứng thư số cần {what}. Hãy bổ sung rồi gửi lại."""

    kind = Kind.INVALID
    code = "certificate_incomplete"


class CertificateInUse(EngineError):
    """Chứng thư số «{subject}» đã được đăng ký và đang dùng. Không đăng ký lần thứ hai."""

    code = "certificate_in_use"


class CertificateRetired(EngineError):
    """Chứng thư số «{subject}» đã ngừng dùng. Hãy chọn chứng thư số khác."""

    code = "certificate_retired"


class OwnerElsewhere(EngineError):
    """Người dùng {full_name} không có vai trò nào đang hoạt động tại cơ quan {agency}. Hãy chọn
    đúng cơ quan của người đó."""

    kind = Kind.INVALID
    code = "owner_elsewhere"


class ProviderUnavailable(EngineError):
    """Hệ thống chưa được cài đặt để dùng khóa loại «{provider}». Hãy đề nghị người quản trị hệ
    thống cài đặt, hoặc chọn loại khóa khác."""

    code = "provider_unavailable"


class NoCertificate(EngineError):
    """Chưa đăng ký chứng thư số nào cho {owner}. Hãy đề nghị người quản trị của cơ quan đăng ký
    chứng thư số."""

    code = "no_certificate"


class SignedElsewhere(EngineError):
    """Khóa của chứng thư số «{subject}» nằm ở thiết bị của người ký. Hãy ký bằng USB Token trên máy
    của bạn."""

    code = "signed_elsewhere"


class SignatureRequestUnknown(EngineError):
    """Yêu cầu ký không còn: đã quá hạn, đã hoàn thành hoặc không phải của bạn. Hãy bắt đầu ký
    lại."""

    kind = Kind.NOT_FOUND
    code = "signature_request_unknown"
