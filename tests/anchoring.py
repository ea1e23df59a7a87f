"""A house whose logs are anchored, and what somebody with the whole database might do to them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, update

from engine.commands.acting import Target
from engine.commands.anchoring import copy_waiting, seal_waiting, stamp_waiting, take_anchors
from engine.commands.signatures import House
from engine.commands.signing import Secret
from engine.commands.tasks import OnTask, claim_task, release_task
from engine.files.outside import Outside
from engine.model.event import Event
from engine.store import dossiers
from engine.store.anchor_records import Known, read
from engine.store.chain import GENESIS, event_hash, payload_digest
from engine.store.database import Database
from engine.store.events import log_of
from engine.store.schema import metadata
from engine.store.tables import dossier, event, event_payload
from tests.authorities import Authorities
from tests.clock import FakeClock
from tests.integration.scheduler.lives import submit
from tests.office import COMMUNE_1, Office
from tests.pki import PASSPHRASE, Authority
from tests.signing_office import SigningOffice

Rewritten = Callable[[Event], Event | None]


@dataclass
class AnchoredHouse:
    """Three dossiers, three evenings: the second finds the first dossier grown by two events and a
    third dossier, the last finds nothing new. All anchors are sealed, stamped and kept outside."""

    house: House
    office: Office
    clock: FakeClock
    signing: SigningOffice

    @classmethod
    def furnished(
        cls, database: Database, folder: Path, authority: Authority, answering: Authorities
    ) -> "AnchoredHouse":
        office, clock = Office(database), FakeClock()
        signing = SigningOffice(office, clock, folder, authority)
        roots = folder / "goc"
        house = signing.with_settings(
            anchor_agency=COMMUNE_1,
            anchor_pin=PASSPHRASE,
            tsa_url=answering.tsa_url,
            anchors_url=(folder / "neo").as_uri(),
        )
        (roots / "dau-thoi-gian.pem").write_bytes((answering.roots / "goc.pem").read_bytes())
        signing.enrol(authority.issue("UBND xã"), None)
        return cls(house, office, clock, signing)

    def live(self) -> list[str]:
        """The three evenings; returns the codes of the dossiers."""
        codes = [each.code for each in submit(self.office, 2)]
        self.evening("2026-07-06 22:00")
        self.clock.set("2026-07-07 09:00")
        self.grow(codes[0])
        codes += [each.code for each in submit(self.office, 1, self.clock())]
        self.evening("2026-07-07 22:00")
        self.evening("2026-07-08 22:00")
        return codes

    def grow(self, code: str) -> None:
        """Someone takes the task and puts it back: two events."""
        worker = self.office.actor("office1")
        with self.house.database.transaction() as tx:
            (place,) = dossiers.read(tx, code).dossier.tasks
            on = OnTask(Target(code), place)
            claim_task(tx, on, worker, self.clock())
            release_task(tx, on, worker, self.clock())

    def evening(self, at: str) -> None:
        """What a scheduler does at night, and the hour after."""
        self.clock.set(at)
        take_anchors(self.house)
        seal_waiting(self.house, Secret(self.house.settings.anchor_pin))
        stamp_waiting(self.house)
        copy_waiting(self.house)

    def copies(self) -> dict[int, Known]:
        """What is kept outside."""
        place = Outside.of(self.house.settings)
        assert place
        return read(place.all())


@contextmanager
def undone(database: Database) -> Iterator[None]:
    """Whatever the block does to the tables, they are afterwards as they were before."""
    tables = metadata.sorted_tables
    with database.reading() as tx:
        kept = {table: [dict(r._mapping) for r in tx.execute(select(table))] for table in tables}
    try:
        yield
    finally:
        with database.transaction() as tx:
            if not database.is_sqlite:  # agencies refer to each other, in no order
                tx.exec_driver_sql("SET LOCAL session_replication_role = replica")
            for table in reversed(tables):
                tx.execute(delete(table))
            for table in tables:
                if kept[table]:
                    tx.execute(insert(table), kept[table])


def rewrite(tx: Connection, code: str, changed: Rewritten) -> None:
    """Change events (None removes one) and compute everything anew that follows from them."""
    id_ = tx.execute(select(dossier.c.id).where(dossier.c.code == code)).scalar_one()
    log = log_of(tx, id_)
    tx.execute(delete(event_payload).where(event_payload.c.dossier_id == id_))
    rows = {
        r.seq: dict(r._mapping) for r in tx.execute(select(event).where(event.c.dossier_id == id_))
    }
    tx.execute(delete(event).where(event.c.dossier_id == id_))
    head, seq = GENESIS, 0
    for logged in log:
        happened = changed(logged.event)
        if happened is None:
            continue
        seq += 1
        happened = replace(happened, seq=seq)
        digest = payload_digest(logged.salt, happened.payload) if logged.salt else None
        head = event_hash(head, code, happened, digest)
        said = {"seq": seq, "at": happened.at, "actor": happened.actor, "data": happened.data}
        row = rows[logged.event.seq] | said | {"hash": head, "payload_digest": digest}
        tx.execute(insert(event).values(row))
        if logged.salt:
            payload = {"dossier_id": id_, "seq": seq, "salt": logged.salt, "body": happened.payload}
            tx.execute(insert(event_payload).values(payload))
    tx.execute(update(dossier).where(dossier.c.id == id_).values(seq=seq, head=head))


def remove_dossier(tx: Connection, code: str) -> None:
    """Take a dossier away with every row that has to do with it."""
    id_ = tx.execute(select(dossier.c.id).where(dossier.c.code == code)).scalar_one()
    for table in reversed(metadata.sorted_tables):
        if "dossier_id" in table.c:
            tx.execute(delete(table).where(table.c.dossier_id == id_))
    tx.execute(delete(dossier).where(dossier.c.id == id_))
