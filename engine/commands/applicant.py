"""The category of an applicant, for fees that are waived or reduced."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.commands.acting import Target, act_of, act_on, require
from engine.model.actor import Actor, Permission
from engine.model.dossier import Dossier
from engine.model.event import Act, EventType


@dataclass(frozen=True)
class RecordCategory:
    """Of which category the applicant is (None: of none), and what shows it."""

    target: Target
    category: str | None
    evidence: str | None = None


def record_category(
    tx: Connection, command: RecordCategory, actor: Actor, now: datetime
) -> Dossier:
    """Record for whom the fees are; saying so again decides them anew."""
    said = {"category": command.category, "evidence": command.evidence}
    check = require(actor, Permission.DOSSIER_RECEIVE, "ghi đối tượng của hồ sơ này")
    return act_on(tx, command.target, category_act(said, actor, now), check)


def category_act(said: Mapping[str, Any], actor: Actor, now: datetime) -> Act:
    """The act of recording a `category`, with its `evidence`."""
    data, payload = {"category": said["category"]}, {"evidence": said.get("evidence")}
    return act_of(actor, EventType.CATEGORY_RECORDED, now, data, payload)
