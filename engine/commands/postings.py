"""An agency posts what was decided of procedures at its counter (niêm yết)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.deadlines.calendar import local
from engine.errors import NotPermitted
from engine.errors.postings import NothingToPost
from engine.model.actor import Actor, Permission, may_at
from engine.model.office_event import OfficeEvent, OfficeEventType
from engine.store import agencies, office_log, postings


@dataclass(frozen=True)
class PostProcedures:
    """Decisions, by their ids, that now hang on an agency's wall."""

    agency: str
    decisions: Collection[int]


def post_procedures(tx: Connection, command: PostProcedures, actor: Actor, now: datetime) -> int:
    """Note it; what was posted before stays as it was. Returns how many are new.

    Raises `NotPermitted`, `AgencyUnknown`, or `NothingToPost` for a decision that does not
    concern the agency, or holds no more.
    """
    agency = command.agency
    if not may_at(actor, Permission.PROCEDURE_POST, agency):
        raise NotPermitted(what=f"ghi niêm yết thủ tục của cơ quan {agency}")
    office_log.one_at_a_time(tx)
    level = agencies.level_of(tx, agency)
    rows = postings.latest(tx, agency, local(now).date())
    ours = {row.id: row for row in rows if level in row.levels.split()}
    wanted = set(command.decisions)
    if not wanted or not wanted <= ours.keys():
        raise NothingToPost
    new = sorted(id_ for id_ in wanted if ours[id_].posted_at is None)
    if new:
        postings.add(tx, agency, new, actor.id, now)
        after = {"procedures": sorted(ours[id_].procedure for id_ in new)}
        event = OfficeEvent(
            OfficeEventType.PROCEDURES_POSTED, agency, f"posting:{agency}", after=after
        )
        office_log.record(tx, event, actor.key, now)
    return len(new)
