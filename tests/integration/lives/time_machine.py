"""Random lives in which people also do what has to do with time, wise or not."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from engine.commands import lateness, outages, pauses
from engine.commands.acting import Target
from engine.life.rulebook import standard_rulebook
from engine.model.alert import WHOLE
from engine.model.dossier import Dossier
from engine.store import editions
from engine.store.editions import EditionKind
from tests.integration.lives.announcing import announce_day_off
from tests.integration.lives.machine import Command, Lives, picks
from tests.office import COMMUNE_1, COMMUNE_2, COMMUNES

REASONS = [*sorted(standard_rulebook()["pauses"]), "lạ"]
CAUSES = [*sorted(standard_rulebook()["overdue"]["causes"]), "lạ"]
OUTAGES = [None, None, 1, 999]
EVIDENCE: list[dict[str, Any] | None] = [
    None,
    {"document": "12/CV", "date": date(2026, 7, 6)},
    {"document": "13/CV"},
    {"outage": 1},
    {"outage": 999},
]
OTHER_RULES: dict[str, dict[str, Any]] = {
    "nghia_vu_tai_chinh": {"policy": "DEEMED"},
    "niem_yet_cong_khai": {"policy": "EXTEND", "extension": "2 working_days"},
    "kiem_tra_thuc_te_do_dac": {"policy": "STOP", "limit": "3 working_days"},
    "lay_y_kien_phoi_hop": {"policy": "RESET", "evidence": False},
    "cho_cong_dan_xac_nhan": {"policy": "DEEMED", "limit": "4 hours"},
}
"""What the second commune has laid down for itself: policies that the shipped rules do not use."""


class LivesInTime(Lives):
    """The first commune keeps the shipped rules, the second has its own."""

    @initialize()
    def furnish(self) -> None:
        super().furnish()
        document = deepcopy(standard_rulebook())
        for code, terms in OTHER_RULES.items():
            document["pauses"][code] |= terms
        with self.database.transaction() as tx:
            digest = editions.put(tx, EditionKind.RULEBOOK, document)
            editions.point(tx, COMMUNE_2, EditionKind.RULEBOOK, digest)
            outage = outages.RecordOutage(COMMUNE_1, "HTTT hộ tịch", "Treo", "5/CV", self.clock())
            outages.record_outage(tx, outage, self.office.actor("control1"), self.clock())

    @precondition(lambda self: self.unfinished)
    @rule(
        which=picks,
        who=st.sampled_from(["leader", "leader", "director", "office"]),
        reason=st.sampled_from(REASONS),
        evidence=st.sampled_from(EVIDENCE),
        days=st.sampled_from([None, None, -1, 2, 9, 60]),
        asked=st.booleans(),
    )
    def pause(
        self,
        which: int,
        who: str,
        reason: str,
        evidence: dict[str, Any] | None,
        days: int | None,
        asked: bool,
    ) -> None:
        """Order a pause, or ask for one."""
        dossier = self.pick(self.unfinished, which)
        until = None if days is None else self.clock() + timedelta(days=days, microseconds=7)
        terms = pauses.PauseDossier(Target(dossier.code), reason, "Chờ", until, evidence)
        command = pauses.ask_for_pause if asked else pauses.pause_dossier
        self.run(command, terms, self.of_agency(who, dossier.competent_agency), dossier)

    @precondition(lambda self: any(d.pause_request for d in self.dossiers.values()))
    @rule(which=picks, who=st.sampled_from(["leader", "leader", "office"]), granted=st.booleans())
    def decide(self, which: int, who: str, granted: bool) -> None:
        """Grant or decline a pause that was asked for."""
        dossier = self.pick([d for d in self.dossiers.values() if d.pause_request], which)
        command = pauses.grant_pause if granted else pauses.decline_pause
        boss = self.of_agency(who, dossier.competent_agency)
        self.run(command, pauses.OnPause(Target(dossier.code)), boss, dossier)

    @precondition(lambda self: self.unfinished)
    @rule(which=picks, days=st.integers(-1, 9), cause=st.sampled_from(CAUSES))
    def extend(self, which: int, days: int, cause: str) -> None:
        """Apologise and promise another day."""
        dossier = self.pick(self.unfinished, which)
        until = (dossier.due_at or self.clock()).date() + timedelta(days=days)
        command = lateness.ExtendDueDate(Target(dossier.code), until, cause, "Hồ sơ phức tạp")
        self.run_as_leader(lateness.extend_due_date, command, dossier)

    @precondition(lambda self: self.dossiers)
    @rule(which=picks, cause=st.sampled_from(CAUSES), outage=st.sampled_from(OUTAGES))
    def say_why(self, which: int, cause: str, outage: int | None) -> None:
        """Record the cause of a lateness, of a dossier or of one of its tasks."""
        dossier = self.pick(list(self.dossiers.values()), which)
        place = self.pick([WHOLE, *dossier.tasks], which)
        command = lateness.RecordCause(Target(dossier.code), cause, "Ghi chú", outage, place)
        self.run_as_leader(lateness.record_cause, command, dossier)

    @precondition(lambda self: any(d.alerts for d in self.dossiers.values()))
    @rule(which=picks, who=picks)
    def take_note(self, which: int, who: int) -> None:
        """Acknowledge an alert, live or not."""
        dossier = self.pick([d for d in self.dossiers.values() if d.alerts], which)
        alert = self.pick(dossier.alerts, which)
        command = lateness.AcknowledgeAlert(Target(dossier.code), alert.seq, "Đã biết")
        self.run(lateness.acknowledge_alert, command, self.pick(self.people, who), dossier)

    @rule(
        agency=st.sampled_from(COMMUNES),
        off=st.integers(-9, 9),
        made_up=st.none() | st.integers(-9, 9),
        followed=st.booleans(),
    )
    def announce(self, agency: str, off: int, made_up: int | None, followed: bool) -> None:
        """A newer calendar is in force; open dossiers follow at once, or with their next act."""
        today = self.clock().date()
        worked = None if made_up is None else today + timedelta(days=made_up)
        with self.database.transaction() as tx:
            digest = announce_day_off(tx, agency, today + timedelta(days=off), worked)
        for dossier in self.unfinished:
            if followed and dossier.competent_agency == agency:
                with self.database.transaction() as tx:
                    lateness.change_calendar(tx, dossier.code, digest, None, self.clock())
                self.look_at(dossier.code)

    def run_as_leader(self, command: Command, what: object, dossier: Dossier) -> None:
        """One command of the leader who is competent."""
        self.run(command, what, self.of_agency("leader", dossier.competent_agency), dossier)
