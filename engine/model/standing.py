"""How a dossier stands against its time limit: groups that exclude each other."""

from enum import StrEnum


class Standing(StrEnum):
    """Every dossier is in exactly one of these groups.

    INTAKE: not yet received. ON_TRACK, NEAR_DUE, OVERDUE: its clock runs. PAUSED: it rests;
    PAUSED_OVERDUE: it rests for longer than the pause may last (both apart from OVERDUE: the
    time of a pause is not the office's). DONE: its result was ready, or its life ended, in
    time; DONE_LATE: after the date that was then in force.
    """

    INTAKE = "intake"
    ON_TRACK = "on_track"
    NEAR_DUE = "near_due"
    OVERDUE = "overdue"
    PAUSED = "paused"
    PAUSED_OVERDUE = "paused_overdue"
    DONE = "done"
    DONE_LATE = "done_late"


STANDING_NAMES = {
    Standing.INTAKE: "Chờ tiếp nhận",
    Standing.ON_TRACK: "Trong hạn",
    Standing.NEAR_DUE: "Sắp đến hạn",
    Standing.OVERDUE: "Quá hạn",
    Standing.PAUSED: "Đang tạm dừng",
    Standing.PAUSED_OVERDUE: "Tạm dừng quá hạn",
    Standing.DONE: "Đã xong đúng hạn",
    Standing.DONE_LATE: "Đã xong, trễ hạn",
}
