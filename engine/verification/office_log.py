"""Whether the log of administration is whole: every hash is computed anew over the one before."""

from dataclasses import dataclass

from sqlalchemy import Connection

from engine.store import office_log
from engine.store.chain import GENESIS
from engine.store.office_log import Head
from engine.verification.historic import differing_historic
from engine.verification.sent_reports import differing_reports

BATCH = 500


@dataclass(frozen=True)
class OfficeLogState:
    """How many entries the log has; `seq` and `reason` say where it does not hold, if it does
    not."""

    entries: int
    seq: int | None = None
    reason: str | None = None


def verify_office_log(tx: Connection) -> OfficeLogState:
    """Check the whole log, a batch at a time; names the first entry that does not hold."""
    kept, last = office_log.head(tx), Head(0, GENESIS)
    while batch := office_log.after(tx, last.seq, BATCH):
        for entry in batch:
            expected = last.seq + 1
            if entry.seq != expected:
                return _broken(kept, expected, f"Thiếu mục số {expected}.")
            if office_log.hash_of(last.hash, entry) != entry.hash:
                return _broken(kept, expected, f"Mục số {expected} đã bị sửa hoặc đổi chỗ.")
            last = Head(entry.seq, entry.hash)
    if last != kept:
        return _broken(kept, last.seq + 1, f"Thiếu các mục sau số {last.seq}.")
    if seq := next(differing_historic(tx), None):
        return _broken(kept, seq, f"Kết quả cũ nhận vào kho ở mục số {seq} khác sổ.")
    if seq := next(differing_reports(tx), None):
        return _broken(kept, seq, f"Báo cáo đã gửi ở mục số {seq} khác sổ.")
    return OfficeLogState(kept.seq)


def _broken(kept: Head, seq: int, reason: str) -> OfficeLogState:
    return OfficeLogState(kept.seq, seq, reason)
