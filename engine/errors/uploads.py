"""What the engine refuses about files that people send."""

from engine.errors import EngineError, Kind


class FileRefused(EngineError):
    """Tệp «{name}» không nhận được."""

    kind = Kind.INVALID
    code = "file_refused"


class FileNameUnsafe(FileRefused):
    """Tên tệp không dùng được: tên không được có đường dẫn (dấu / hoặc \\), ký tự điều khiển, và
    phải có từ 1 đến {most} ký tự. Hãy đổi tên tệp rồi gửi lại."""

    code = "file_name_unsafe"


class FileEmpty(FileRefused):
    """Tệp «{name}» rỗng, không có nội dung. Hãy kiểm tra tệp rồi gửi lại."""

    code = "file_empty"


class FileTooLarge(FileRefused):
    """Tệp «{name}» quá lớn: tối đa {most} MB. Hãy quét hoặc nén ảnh nhỏ hơn rồi gửi lại."""

    code = "file_too_large"


class FileTypeRefused(FileRefused):
    """Nội dung của «{name}» là {kind}, không phải tệp PDF hoặc ảnh JPEG, PNG, TIFF. Hãy lưu hoặc
    chụp lại theo một trong các dạng đó rồi gửi lại."""

    code = "file_type_refused"


class FileOfTwoKinds(FileRefused):
    """Tệp «{name}» có chứa thêm nội dung kiểu khác ({kind}) nên không an toàn. Hãy lưu hoặc quét
    lại giấy tờ rồi gửi lại."""

    code = "file_of_two_kinds"


class FileDamaged(FileRefused):
    """Tệp «{name}» bị hỏng hoặc chưa đầy đủ nên không mở được. Hãy mở thử tệp, lưu hoặc quét lại
    rồi gửi lại."""

    code = "file_damaged"


class FileEncrypted(FileRefused):
    """Tệp «{name}» được đặt mật khẩu hoặc mã hóa. Hãy bỏ mật khẩu rồi gửi lại."""

    code = "file_encrypted"


class FileTooManyPages(FileRefused):
    """Tệp «{name}» có quá nhiều trang: tối đa {most} trang. Hãy tách thành nhiều tệp."""

    code = "file_too_many_pages"


class ImageTooLarge(FileRefused):
    """Ảnh trong «{name}» quá lớn: tối đa {most} triệu điểm ảnh. Hãy quét ở độ phân giải 300 dpi
    hoặc thu nhỏ ảnh rồi gửi lại."""

    code = "image_too_large"


class FileTooComplex(FileRefused):
    """Tệp «{name}» khi mở ra quá lớn hoặc quá phức tạp nên không an toàn. Hãy in hoặc quét lại giấy
    tờ thành tệp PDF mới rồi gửi lại."""

    code = "file_too_complex"


class FileRunsCode(FileRefused):
    """Tệp PDF «{name}» có mã lệnh hoặc thao tác tự chạy ({what}) nên không an toàn. Hãy in ra tệp
    PDF mới (Print to PDF) rồi gửi lại."""

    code = "file_runs_code"


class FileHoldsFiles(FileRefused):
    """Tệp PDF «{name}» có tệp khác đính kèm bên trong. Hãy gửi riêng từng tệp, hoặc in ra tệp PDF
    mới rồi gửi lại."""

    code = "file_holds_files"


class FileLinksOut(FileRefused):
    """Tệp PDF «{name}» có liên kết ra bên ngoài (trang web, thư điện tử hoặc tệp khác). Hãy bỏ liên
    kết, hoặc in ra tệp PDF mới rồi gửi lại."""

    code = "file_links_out"


class FileInfected(FileRefused):
    """Tệp «{name}» có mã độc ({virus}) nên đã bị xóa. Hãy quét vi-rút máy tính của bạn rồi gửi tệp
    khác."""

    code = "file_infected"


class AntivirusUnavailable(EngineError):
    """Chưa kiểm tra được vi-rút nên tệp chưa được nhận và không được giữ lại. Hãy thử lại sau ít
    phút; nếu vẫn lỗi, hãy báo người quản trị."""

    kind = Kind.UNAVAILABLE
    code = "antivirus_unavailable"


class UploadUnknown(EngineError):
    """Không có lần gửi tệp này. Có thể nó đã bị bỏ, đã quá hạn, hoặc do người khác gửi. Hãy gửi lại
    tệp từ đầu."""

    kind = Kind.NOT_FOUND
    code = "upload_unknown"


class UploadOffsetWrong(EngineError):
    """Máy chủ đã nhận {received} byte của tệp «{name}»; hãy gửi tiếp từ đó."""

    code = "upload_offset_wrong"


class UploadPieceTooLong(EngineError):
    """Phần vừa gửi dài hơn phần còn lại của tệp «{name}». Hãy kiểm tra độ dài đã khai rồi gửi
    lại."""

    kind = Kind.INVALID
    code = "upload_piece_too_long"


class UploadPieceTooShort(EngineError):
    """Phần vừa gửi của tệp «{name}» quá ngắn: mỗi phần, trừ phần cuối, ít nhất {least} byte."""

    kind = Kind.INVALID
    code = "upload_piece_too_short"


class UploadUnfinished(EngineError):
    """Tệp «{name}» chưa gửi xong hoặc chưa được kiểm tra. Hãy gửi hết tệp và chờ kiểm tra xong."""

    code = "upload_unfinished"


class UploadTaken(EngineError):
    """Tệp «{name}» đã được đưa vào hồ sơ rồi. Hãy tải lại trang; nếu cần đưa lần nữa, hãy gửi lại
    tệp."""

    code = "upload_taken"


class UploadMeantElsewhere(EngineError):
    """Tệp «{name}» được gửi cho hồ sơ khác. Hãy gửi lại tệp cho hồ sơ này."""

    code = "upload_meant_elsewhere"


class TooManyUploads(EngineError):
    """Bạn đang gửi dở quá nhiều tệp (tối đa {most} tệp, {megabytes} MB). Hãy đưa các tệp đã gửi vào
    hồ sơ hoặc bỏ bớt rồi gửi tiếp."""

    code = "too_many_uploads"
