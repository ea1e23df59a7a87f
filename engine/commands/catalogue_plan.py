"""What a file of the catalogue changes, worked out before anything is written.

Drawing the standard process of a procedure and checking it takes far longer than storing it; it
needs no database.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bpmn.catalogue.entry import Entry, Reading, Remark, Standing
from bpmn.catalogue.texts import cleaned, shown
from bpmn.findings import ProcedureError
from bpmn.lint import lint
from bpmn.procedure import digest_of, procedure_from_sources
from bpmn.standard.process import standard_sources
from engine.commands.catalogue import Change
from engine.store.catalogue import Catalogue
from engine.store.standings import Announced


@dataclass
class Plan:
    """Compares readings with a catalogue, one by one; `sources` name the files they come from."""

    sources: Mapping[str, str]
    catalogue: Catalogue
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    remarks: list[Remark] = field(default_factory=list)
    _codes: set[str] = field(default_factory=set)

    def take(self, reading: Reading) -> None:
        """Note what one row changes."""
        self.remarks += reading.remarks
        self._codes.add(reading.code)
        held = self.catalogue.held.get(reading.code)
        if reading.standing is Standing.REPEALED:
            self._end(reading.code, held or self._drawn(reading))
        elif reading.entry is not None:
            self._announce(reading, reading.entry, held)

    def missing(self) -> list[str]:
        """Procedures that earlier files of the same names had and these do not, by code."""
        return sorted(
            code
            for code, held in self.catalogue.held.items()
            if held.source in self.sources.values()
            and held.standing is not Standing.REPEALED
            and code not in self._codes
        )

    def repeal_missing(self) -> None:
        """Take these files for all there is: what is missing is repealed."""
        for code in self.missing():
            self._end(code, self.catalogue.held[code])

    def ask_about_missing(self) -> None:
        """Leave what is missing for a person."""
        reason = (
            "Không còn trong tệp mới. Nếu tệp là danh mục đầy đủ và thủ tục đã bị bãi bỏ, hãy chạy"
            " lại với --complete."
        )
        for code in self.missing():
            self.remarks.append(Remark(code, "state", self.catalogue.held[code].name, reason))

    def _end(self, code: str, held: Announced | None) -> None:
        if held is None or held.standing is Standing.REPEALED:
            self.unchanged += 1
            return
        ended = replace(held, standing=Standing.REPEALED, version=None)
        self.changes.append(Change(ended, None))

    def _drawn(self, reading: Reading) -> Announced | None:
        """What somebody has drawn before the catalogue ever spoke of it."""
        facts = self.catalogue.drawn.get(reading.code)
        if facts is None:
            return None
        return Announced(
            procedure=facts.code,
            standing=Standing.ANNOUNCED,
            source=self.sources[reading.row.file],
            decision=facts.decision,
            name=facts.name,
            field=facts.field,
            levels=facts.levels,
            row={},
            row_digest="",
            version=None,
        )

    def _announce(self, reading: Reading, entry: Entry, held: Announced | None) -> None:
        drawn = self.catalogue.drawn.get(entry.code)
        if drawn is not None:
            self.remarks.append(_keeps_its_drawing(entry, drawn.time_limit == entry.time_limit))
        row = cleaned(dict(reading.row.values))
        digest = _digest(row)
        sources = None if drawn is not None else standard_sources(entry)
        version = digest_of(sources) if sources is not None else None
        standing = _standing(reading, held, digest)
        if held and (held.standing, held.row_digest, held.version) == (standing, digest, version):
            self.unchanged += 1
            return
        errors = list(_errors(entry, sources)) if sources is not None else []
        if errors:
            self.remarks += errors
            return
        announced = Announced(
            procedure=entry.code,
            standing=standing,
            source=self.sources[reading.row.file],
            decision=entry.decision,
            name=entry.name,
            field=entry.field,
            levels=tuple(level.value for level in entry.levels),
            row=row,
            row_digest=digest,
            version=version,
        )
        self.changes.append(Change(announced, sources))


def _standing(reading: Reading, held: Announced | None, digest: str) -> Standing:
    """What the row says of its life, or else what follows from what held before."""
    if reading.standing is not None:
        return reading.standing
    if held is None or held.standing is Standing.REPEALED:
        return Standing.ANNOUNCED
    return held.standing if held.row_digest == digest else Standing.AMENDED


def _digest(row: Mapping[str, Any]) -> str:
    canonical = json.dumps(row, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _errors(entry: Entry, sources: Mapping[str, str]) -> Iterator[Remark]:
    """Why the standard process of a procedure would not run."""
    try:
        found = lint(procedure_from_sources(sources))
    except ProcedureError as error:
        found = list(error.findings)
    for finding in found:
        yield Remark(entry.code, "diagram", finding.element, shown(finding.message))


def _keeps_its_drawing(entry: Entry, same_limit: bool) -> Remark:
    reason = "Thủ tục đang dùng quy trình do cơ quan tự vẽ; giữ nguyên, không ghi đè."
    if not same_limit:
        reason += " Thời hạn trong quy trình khác danh mục; hãy kiểm tra và sửa quy trình."
    return Remark(entry.code, "diagram", entry.time_limit.in_words(), reason)
