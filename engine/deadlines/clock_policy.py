"""What a pause does to a time limit."""

from enum import StrEnum


class ClockPolicy(StrEnum):
    """What a pause does to the time limit, by its reason.

    Halted until the clock is resumed:
    - RESET: the limit is counted from the start again at the resume, even when it was
      overdue ("tính lại từ đầu", Decree 61/2018, Art. 19(4)); `first_due_at` keeps the old one.
    - PAUSE: the time of the pause is not counted ("không tính vào thời hạn").
    - STOP: as PAUSE while the supplement is waited for; when none comes in time, whoever
      watches the pause discontinues the dossier.

    Running on, the pause being only a note on the clock:
    - NONE: the wait is within the total time limit.
    - EXTEND: the law grants a certain further time, not the time waited; `Clock.extend` adds it.
    - DEEMED: silence counts as consent after a time that lies within the total (building
      permits, 12 days); whoever watches the pause resumes the clock.
    """

    RESET = "RESET"
    PAUSE = "PAUSE"
    EXTEND = "EXTEND"
    NONE = "NONE"
    STOP = "STOP"
    DEEMED = "DEEMED"

    @property
    def halts(self) -> bool:
        """Whether no time is consumed while the pause lasts."""
        return self in (ClockPolicy.RESET, ClockPolicy.PAUSE, ClockPolicy.STOP)
