"""Why things of the example office are late, and on what evidence its dossiers rest."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection

from cli.demo.kinds import KINDS
from cli.demo.office import COMMUNE
from engine.commands.outages import RecordOutage, record_outage
from engine.deadlines.calendar import local
from engine.model.actor import Actor
from engine.model.dossier import Dossier
from engine.store.outages import Outage

_FAULTS = (
    "Không đăng nhập được, màn hình báo lỗi kết nối.",
    "Gửi dữ liệu đi không nhận được phản hồi.",
    "Hệ thống bảo trì ngoài kế hoạch, không tra cứu được.",
)
_EVIDENCE = {
    "lay_y_kien_phoi_hop": "{}/UBND-KT",
    "yeu_cau_cua_cong_dan": "Đơn đề nghị số {}",
    "khac": "{}/TTr-VP",
}


@dataclass
class Outages:
    """The register of the office as it grows; what hit many dossiers is entered once."""

    known: list[Outage] = field(default_factory=list)

    def over(
        self, tx: Connection, dossier: Dossier, by: Actor, now: datetime, rng: Random
    ) -> Outage | None:
        """An outage of the dossier's system while it was there; recorded now if it is new.

        None for a dossier that has not been there for long enough to be hit.
        """
        system, since = KINDS[dossier.procedure].system, dossier.submitted_at
        for outage in reversed(self.known):
            if outage.system == system and (outage.ended_at or now) > since:
                return outage
        if now - since < timedelta(hours=2):
            return None
        lasted = min((now - since) * 0.8, timedelta(hours=rng.randrange(3, 12)))
        started_at = (now - lasted).replace(second=0, microsecond=0)
        number = rng.randrange(10, 400)
        notice = f"Thông báo số {number}/TB-TTCNTT ngày {local(started_at):%d/%m/%Y}"
        ended_at = (now - lasted * rng.uniform(0.1, 0.4)).replace(second=0, microsecond=0)
        command = RecordOutage(COMMUNE, system, rng.choice(_FAULTS), notice, started_at, ended_at)
        self.known.append(record_outage(tx, command, by, now))
        return self.known[-1]


def drawn_cause(rng: Random, procedure: str) -> str:
    """Why a dossier, or a step of it, is late."""
    causes = KINDS[procedure].causes
    return rng.choices(list(causes), list(causes.values()))[0]


def evidence(rng: Random, reason: str, now: datetime) -> dict[str, Any] | None:
    """The document that a pause is based on, where its reason asks for one."""
    number = _EVIDENCE.get(reason)
    if number is None:
        return None
    written = local(now).date() - timedelta(days=rng.randrange(3))
    return {"document": number.format(rng.randrange(20, 900)), "date": written}
