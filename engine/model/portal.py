"""How far the national portal has been told of a dossier."""

from enum import StrEnum


class SyncState(StrEnum):
    """WAITING: a message is on its way. FAILED: the portal refused one, and it stops those after
    it. DIFFERS: the portal was found to show something else, and is being told again."""

    SYNCHRONISED = "synchronised"
    WAITING = "waiting"
    FAILED = "failed"
    DIFFERS = "differs"


SYNC_NAMES = {
    SyncState.SYNCHRONISED: "Đã đồng bộ",
    SyncState.WAITING: "Đang chờ gửi",
    SyncState.FAILED: "Bị từ chối",
    SyncState.DIFFERS: "Cổng đang hiển thị khác",
}


class Difference(StrEnum):
    """What was found when the portal's state was compared with ours.

    UNKNOWN_THERE: it took a dossier, and does not know it. BEHIND, AHEAD: it shows an earlier
    message, or a later one than we ever sent. OTHER: it shows something else under the same
    message. UNKNOWN_HERE: it shows a dossier that is not ours.
    """

    UNKNOWN_THERE = "unknown_there"
    BEHIND = "behind"
    AHEAD = "ahead"
    OTHER = "other"
    UNKNOWN_HERE = "unknown_here"


DIFFERENCE_NAMES = {
    Difference.UNKNOWN_THERE: "Cổng không có hồ sơ",
    Difference.BEHIND: "Cổng hiển thị trạng thái cũ",
    Difference.AHEAD: "Cổng có thông điệp mới hơn",
    Difference.OTHER: "Cổng hiển thị khác",
    Difference.UNKNOWN_HERE: "Cổng có hồ sơ mà tại đây không có",
}
