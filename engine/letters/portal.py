"""The letter to administrators when the national portal has not taken anything for long."""

from datetime import datetime

from engine.letters.letter import Letter, greeting, moment_text

PATH = "/quan-tri/cong"


def portal_is_late(full_name: str, oldest: datetime, hours: int) -> Letter:
    """What an administrator is to do about it."""
    body = (
        f"{greeting(full_name)}\n\n"
        "Cổng Dịch vụ công quốc gia chưa nhận được trạng thái của ít nhất một hồ sơ từ"
        f" {moment_text(oldest)}, quá {hours} giờ.\n\n"
        "Không có gì bị mất: mọi thay đổi được giữ lại và sẽ tự gửi theo thứ tự khi Cổng nhận lại."
        " Xin kiểm tra Cổng có hoạt động không, khóa kết nối còn hiệu lực không, và lỗi ghi ở từng"
        " hồ sơ.\n"
    )
    return Letter("Hồ sơ chờ đồng bộ với Cổng Dịch vụ công quốc gia", body, PATH)
