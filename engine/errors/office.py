"""What the engine refuses where people, units and agencies are administered."""

from engine.errors import EngineError, Kind


class AccountChanged(EngineError):
    """Tài khoản {username} vừa được người khác sửa nên chưa lưu thay đổi của bạn. Hãy xem lại thông
    tin mới rồi sửa lại."""

    kind = Kind.STALE
    code = "account_changed"


class AccountHoldsTasks(EngineError):
    """Chưa thay đổi gì: {full_name} đang giữ {held} việc chưa xong. Hãy xem các việc đó, chọn giao
    lại cho ai hoặc trả về đơn vị, rồi xác nhận lại."""

    code = "account_holds_tasks"


class AccountHoldsTooMuch(EngineError):
    """Chưa thay đổi gì: {full_name} đang giữ quá {most} việc. Hãy để người phụ trách đơn vị giao
    bớt việc cho người khác trước."""

    code = "account_holds_too_much"


class NoHandOver(EngineError):
    """Không giao việc lại cho chính {full_name} được. Hãy chọn người khác hoặc trả việc về đơn
    vị."""

    kind = Kind.INVALID
    code = "no_hand_over"


class AccountInactive(EngineError):
    """Tài khoản {username} đã ngừng hoạt động. Hãy cho hoạt động lại trước."""

    code = "account_inactive"


class OneselfLockedOut(EngineError):
    """Bạn không thể tự ngừng tài khoản hay tự bỏ quyền quản trị của mình. Hãy nhờ một người quản
    trị khác làm việc này."""

    code = "oneself_locked_out"


class LastAdministrator(EngineError):
    """Chưa thay đổi gì: {full_name} là người quản trị cuối cùng đang hoạt động của cơ quan
    {agency}. Hãy cấp vai trò quản trị cho người khác trước."""

    code = "last_administrator"


class LastRole(EngineError):
    """Đây là vai trò cuối cùng của {full_name}. Hãy cấp vai trò khác trước, hoặc ngừng hoạt động
    tài khoản."""

    code = "last_role"


class RoleUnknown(EngineError):
    """Người này không còn vai trò đó: có thể người khác vừa bỏ. Hãy tải lại trang."""

    kind = Kind.NOT_FOUND
    code = "role_unknown"


class AgencyChanged(EngineError):
    """Thông tin cơ quan {agency} vừa được người khác sửa nên chưa lưu thay đổi của bạn. Hãy xem lại
    thông tin mới rồi sửa lại."""

    kind = Kind.STALE
    code = "agency_changed"


class AgencyTaken(EngineError):
    """Đã có cơ quan dùng mã hoặc phần đầu mã hồ sơ {taken}. Hãy chọn mã khác."""

    code = "agency_taken"


class UnitTaken(EngineError):
    """Cơ quan {agency} đã có đơn vị mã {unit}. Hãy chọn mã khác, hoặc mở lại đơn vị đó."""

    code = "unit_taken"


class UnitClosed(EngineError):
    """Đơn vị {unit} của cơ quan {agency} đã đóng. Hãy chọn đơn vị khác hoặc mở lại đơn vị này."""

    code = "unit_closed"


class UnitNeeded(EngineError):
    """Chưa đóng được đơn vị {unit}: còn {people} người có vai trò và {tasks} việc chưa xong ở đó.
    Hãy chuyển người và giải quyết các việc này trước."""

    code = "unit_needed"
