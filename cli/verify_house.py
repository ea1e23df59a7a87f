"""What `motcua verify` checks besides dossiers: anchors, the other logs, results of before."""

from dataclasses import asdict, dataclass
from typing import Any

import click

from cli.anchor import copies_of, plain_finding, show_findings
from engine.files import FileStore
from engine.settings import Settings
from engine.signatures.trust import trusted
from engine.store.database import Database
from engine.verification.anchor_copies import differing_copies
from engine.verification.anchor_logs import AnchorFinding
from engine.verification.anchors import AnchorsState, verify_anchors
from engine.verification.historic import LostResult, lost_historic
from engine.verification.office_log import OfficeLogState, verify_office_log
from engine.verification.petitions import PetitionLogState, verify_petitions

NOTHING_ELSE: dict[str, Any] = {
    "office_log": None,
    "petitions": None,
    "anchors": None,
    "historic": [],
}
"""What is printed where only some dossiers were wanted."""


@dataclass(frozen=True)
class HouseFound:
    """What was found of the house."""

    log: OfficeLogState
    petitions: PetitionLogState
    anchors: AnchorsState
    differing: list[AnchorFinding]
    lost: list[LostResult]

    @property
    def holds(self) -> bool:
        """Whether all of it does."""
        return not (self.log.reason or self.petitions.faults or self.differing or self.lost)

    @property
    def plain(self) -> dict[str, Any]:
        """For machines."""
        findings = [*map(plain_finding, self.differing)]
        anchors = {"taken": self.anchors.anchors, "waiting": self.anchors.waiting}
        return {
            "office_log": vars(self.log),
            "petitions": asdict(self.petitions),
            "anchors": {**anchors, "findings": findings},
            "historic": [*map(vars, self.lost)],
        }

    def show(self) -> None:
        """For people."""
        if self.log.reason:
            click.echo(f"Sổ thay đổi quản trị không khớp: {self.log.reason}")
        else:
            click.echo(f"Sổ thay đổi quản trị: {self.log.entries} mục, nguyên vẹn.")
        for fault in self.petitions.faults:
            click.echo(f"Sổ phản ánh, kiến nghị, mục {fault.seq}: {fault.reason}")
        if not self.petitions.faults:
            click.echo(f"Sổ phản ánh, kiến nghị: {self.petitions.entries} mục, nguyên vẹn.")
        show_findings(self.differing)
        state = "không khớp" if self.differing else "khớp với mọi sổ"
        waiting = f", {self.anchors.waiting} chờ dấu" if self.anchors.waiting else ""
        click.echo(f"Mốc neo: {self.anchors.anchors} mốc{waiting}, {state}.")
        for each in self.lost:
            click.echo(f"Kết quả cũ {each.number} ({each.name}): {each.reason}")


def verified_house(database: Database, settings: Settings, files: FileStore) -> HouseFound:
    """Check all of it."""
    with database.reading() as tx:
        log, petitions = verify_office_log(tx), verify_petitions(tx)
    state = verify_anchors(database, trusted(settings.trust_roots))
    differing = [*state.findings, *differing_copies(database, copies_of(settings))]
    return HouseFound(log, petitions, state, differing, list(lost_historic(database, files)))
