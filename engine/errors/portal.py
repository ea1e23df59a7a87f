"""What the engine refuses where the national portal is concerned."""

from engine.errors import EngineError


class PortalNotUsed(EngineError):
    """Hệ thống này chưa đồng bộ với Cổng Dịch vụ công quốc gia. Người vận hành hãy đặt
    MOTCUA_PORTAL_URL trước."""

    code = "portal_not_used"


class PortalStillSet(EngineError):
    """MOTCUA_PORTAL_URL vẫn được đặt, nên bộ hẹn giờ sẽ bật lại đồng bộ ngay. Hãy bỏ biến đó, khởi
    động lại bộ hẹn giờ, rồi chạy lại lệnh này."""

    code = "portal_still_set"
