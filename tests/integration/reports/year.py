"""A busy commune: real lives that came to every kind of end, in July 2026, for reports to count."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, select

from engine.commands.acting import Target
from engine.commands.lateness import RecordCause, record_cause
from engine.commands.payments import Settlement, settle
from engine.model.payment import Means
from engine.model.report import Kind, Period, Report, Row
from engine.model.status import Channel
from engine.reports.asked import Asked, Figure
from engine.reports.kinds import COUNTINGS
from engine.store.database import Database
from engine.store.tables import dossier
from tests.api.lives import Lives
from tests.clock import FakeClock
from tests.office import COMMUNE_1, COMMUNE_2, PROVINCE, Office
from tests.owing import Owing
from tests.processes.walker import Walker
from tests.samples import shipped

BIRTH, TRADE = shipped("1_001193"), shipped("1_001612")
JULY = Period(date(2026, 7, 1), date(2026, 7, 31))
SIGNED = "sign=approve seal deliver"


class Year:
    """The commune, and what its reports say."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = FakeClock()
        self.office = Office(database)
        self._births()
        self._trade()
        self._slow()
        self._money()
        self.clock.set("2026-08-03 08:00")

    def report(
        self, kind: Kind, agency: str = PROVINCE, period: Period = JULY, **narrowed: str
    ) -> Report:
        """A report of the whole province, or of an agency."""
        asked = Asked(agency, period, self.clock(), **narrowed)
        with self.database.reading() as tx:
            return COUNTINGS[kind].count(tx, asked)

    def matching(self, where: ColumnElement[bool]) -> set[int]:
        """Dossiers found without any report."""
        with self.database.reading() as tx:
            return set(tx.execute(select(dossier.c.id).where(where)).scalars())

    def behind(self, kind: Kind, row: str, column: str) -> set[int]:
        """The dossiers behind a figure of the province's report."""
        with self.database.reading() as tx:
            asked = Asked(PROVINCE, JULY, self.clock())
            found = tx.execute(COUNTINGS[kind].behind(tx, asked, Figure(row, column)))
            return {each.id for each in found}

    def _births(self) -> None:
        """Four at the counter: delivered, turned away twice, refused."""
        way = f"check_papers=accept digitise appraise=approve enter_register {SIGNED}"
        self._walk(Walker(self.office, self.clock, BIRTH), Channel.DIRECT, way)
        for no in ("papers_sufficient", "identity_verified"):
            walker = Incomplete(self.office, self.clock, BIRTH)
            walker.lacks = no
            self._walk(walker, Channel.DIRECT, "check_papers=refuse")
        way = (
            "check_papers=accept digitise appraise=refuse sign_refusal=approve seal_refusal"
            " deliver_refusal"
        )
        self._walk(Walker(self.office, self.clock, BIRTH), Channel.DIRECT, way)

    def _trade(self) -> None:
        """One online, after supplements before and after receipt, paid in cash."""
        walker = Walker(self.office, self.clock, TRADE)
        way = (
            "check_papers=supplement +supplement check_papers=accept digitise appraise=supplement"
            " send_supplement_request +supplement appraise=approve draft_certificate collect_fee"
        )
        walker.walk(Channel.ONLINE, {}, f"{way} {SIGNED}")

    def _walk(self, walker: Walker, channel: Channel, way: str) -> None:
        walker.walk(channel, {"late_registration": False}, way)

    def _slow(self) -> None:
        """Small procedures of commune 1: overdue with and without a cause, resting, for others."""
        lives = Lives(self.office, self.clock)
        explained, _silent = lives.accepted(), lives.accepted()
        lives.suspended()
        elsewhere = lives.submitted(receiving=COMMUNE_2, competent=COMMUNE_1)
        lives.complete(elsewhere, "reception2", decision="accept")
        lives.tick(explained, timedelta(days=16))
        cause = RecordCause(Target(explained.code), "loi_he_thong", None, lives.outage())
        lives.act(record_cause, cause, "control1")
        lives.supplementing()

    def _money(self) -> None:
        """Two owe a charge; one pays it by transfer."""
        owing = Owing(self.office, self.clock)
        owing.dossier()
        paid = owing.dossier()
        told = Settlement(paid.code, 1, 100_000, Means.TRANSFER, "FT26", self.clock())
        with self.database.transaction() as tx:
            settle(tx, told, self.clock())


class Incomplete(Walker):
    """A citizen who is turned away because the counter says no to one of its questions."""

    lacks: str

    def form(self, step: str) -> dict[str, object]:
        """The answer with that no."""
        return {**super().form(step), self.lacks: False}


def row(report: Report, key: str) -> Row:
    """A row by its key."""
    return next(each for each in (*report.rows, report.total) if each.key == key)
