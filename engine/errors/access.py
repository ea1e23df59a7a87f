"""What the engine refuses about signing in, sessions and tokens."""

from engine.errors import EngineError, Kind


class AccessUnknown(EngineError):
    """Phiên đăng nhập hoặc mã truy cập này không còn nữa. Hãy tải lại trang."""

    kind = Kind.NOT_FOUND
    code = "access_unknown"


class SignInIdTaken(EngineError):
    """Mã định danh đăng nhập này đã gắn với một tài khoản khác. Hãy kiểm tra lại."""

    code = "sign_in_id_taken"


class NoAccountHere(EngineError):
    """Bạn đã đăng nhập ở {provider}, nhưng chưa có tài khoản nào ở đây gắn với mã định danh của
    bạn. Hãy đề nghị người quản trị của cơ quan gắn mã định danh đó vào tài khoản của bạn."""

    kind = Kind.FORBIDDEN
    code = "no_account_here"


class SignInElsewhereFailed(EngineError):
    """Chưa đăng nhập được qua {provider}: câu trả lời không hợp lệ, đã dùng rồi hoặc bạn đã hủy.
    Hãy thử đăng nhập lại từ đầu."""

    kind = Kind.UNAUTHENTICATED
    code = "sign_in_elsewhere_failed"


class ProviderUnreachable(EngineError):
    """Chưa kết nối được với {provider}. Hãy thử lại sau ít phút, hoặc đăng nhập bằng mật khẩu nếu
    tài khoản của bạn có mật khẩu."""

    kind = Kind.FAULT
    code = "provider_unreachable"


class NoPasswordHere(EngineError):
    """Tài khoản của bạn không có mật khẩu ở đây; hãy đổi mật khẩu ở nơi bạn đăng nhập."""

    code = "no_password_here"
