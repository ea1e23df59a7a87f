"""How long personal data are kept is laid down."""

from datetime import datetime

from sqlalchemy import Connection

from engine.errors import NotPermitted
from engine.errors.retention import RetentionWrong
from engine.model.actor import Actor, Permission, has
from engine.model.office_event import OfficeEvent, OfficeEventType
from engine.store import office_log, retention
from engine.store.retention import Rule

MOST_YEARS = 100


def lay_down(tx: Connection, rule: Rule, actor: Actor, now: datetime) -> None:
    """From a day on dossiers of a field are kept so long. Raises `NotPermitted` or
    `RetentionWrong`."""
    if not has(actor, Permission.RETENTION_MANAGE):
        raise NotPermitted(what="đặt thời hạn lưu dữ liệu cá nhân")
    sensible = rule.years is None or 1 <= rule.years <= MOST_YEARS
    if not (sensible and rule.field.strip() and rule.ground.strip()):
        raise RetentionWrong
    retention.add(tx, rule, now)
    after = {**vars(rule), "effective_from": rule.effective_from.isoformat()}
    event = OfficeEvent(
        OfficeEventType.RETENTION_LAID_DOWN, None, f"retention:{rule.field}", after=after
    )
    office_log.record(tx, event, actor.key, now)
