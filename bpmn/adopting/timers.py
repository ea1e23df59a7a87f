"""Times of ISO 8601 said as time limits, where both mean the same."""

import re

from lxml import etree

from bpmn.adopting.remarks import Remarks
from bpmn.adopting.trees import BPMN
from bpmn.time_limit import TimeLimit, TimeLimitError

_PERIOD = re.compile(r"P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,4})D)?")
_MOST_SHOWN = 60


def retime(process: etree._Element, remarks: Remarks) -> None:
    """Write the times of timers as time limits; one that cannot be said so is left open.

    Hours of ISO 8601 pass by night too, ours are working hours: they are not the same.
    """
    for timer in process.iter(f"{BPMN}timerEventDefinition"):
        said = [child for child in timer if isinstance(child.tag, str)]
        text = next(((child.text or "").strip() for child in said if child.tag in _TIMES), "")
        is_duration = any(child.tag == f"{BPMN}timeDuration" for child in said)
        limit = time_limit(text) if is_duration else None
        for child in said:
            timer.remove(child)
        etree.SubElement(timer, f"{BPMN}timeDuration").text = str(limit or "")
        event = timer.getparent()
        if limit is None and text and event is not None:
            message = f"Thời điểm «{text[:_MOST_SHOWN]}» không phải một thời hạn của hệ thống."
            remarks.open(event, f"{message} Hãy ghi thời hạn, ví dụ: 3 working_days.")
        elif limit is not None and str(limit) != text and event is not None:
            remarks.changed(event, f"Thời hạn «{text}» được ghi là {limit.in_words()}.")


def time_limit(text: str) -> TimeLimit | None:
    """What an ISO 8601 period of days, weeks or months is as a time limit, or ours as written."""
    try:
        found = _PERIOD.fullmatch(text)
        if found is None or not any(found.groups()):
            return TimeLimit.parse(text)
        years, months, weeks, days = (int(each or 0) for each in found.groups())
        if (years or months) and (weeks or days):
            return None
        if years or months:
            return TimeLimit.parse(f"{12 * years + months} months")
        return TimeLimit.parse(f"{7 * weeks + days} days")
    except TimeLimitError:
        return None


_TIMES = frozenset(f"{BPMN}{kind}" for kind in ("timeDuration", "timeDate", "timeCycle"))
