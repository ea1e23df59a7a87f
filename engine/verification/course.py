"""Whether what is kept of how a dossier stood in the past is how it stood when done again."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, select

from engine.model.dossier import Dossier
from engine.store import report_states, spells
from engine.store.board_tables import spell
from engine.store.report_tables import report_state

_Rows = Sequence[dict[str, Any]]


class Course:
    """How supervisors and reports saw a dossier after each act, in order."""

    def __init__(self) -> None:
        self._spells: list[spells.Stood] = []
        self._states: list[report_states.Stood] = []

    def note(self, dossier: Dossier) -> None:
        """Add how it stands after an act."""
        self._spells.append(spells.stood(dossier))
        self._states.append(report_states.stood(dossier))

    def forget(self) -> None:
        """Leave out how it stood after the last act noted."""
        self._spells.pop()
        self._states.pop()

    def differences(self, tx: Connection, dossier_id: int, dossier: Dossier) -> Iterator[str]:
        """Say which rows are not those that follow from this course."""
        if _stored(tx, spell, spell.c.seq, dossier_id) != spells.rows_of(dossier, self._spells):
            yield "Các quãng quá hạn, tạm dừng khác kết quả chạy lại."
        expected = report_states.rows_of(dossier, self._states)
        if _stored(tx, report_state, report_state.c.since_on, dossier_id) != expected:
            yield "Số liệu để lập báo cáo khác kết quả chạy lại."


def _stored(tx: Connection, table: Table, order: Column[Any], dossier_id: int) -> _Rows:
    """The rows of a dossier in their order, without its id."""
    columns = [column for column in table.c if column.name != "dossier_id"]
    query = select(*columns).where(table.c.dossier_id == dossier_id).order_by(order)
    return [dict(row._mapping) for row in tx.execute(query)]
