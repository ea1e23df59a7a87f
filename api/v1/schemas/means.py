"""What somebody signs with."""

from api.fields import In, Text, Whole
from api.v1.schemas.substitutions import MOST_ID


class MeansIn(In):
    """Ký bằng gì: chứng thư số (bỏ trống: đăng ký sau cùng), mật khẩu hoặc mã PIN, mã dùng một
    lần. Không được lưu."""

    certificate = Whole(1, MOST_ID, load_default=None)
    passphrase = Text(200, load_default="")
    code = Text(64, load_default="")
