"""How much came in online, by field and procedure: of all, and of procedures that are offered so.

What a procedure offers is a fact of the version that a dossier runs on (`online` in facts.toml).
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, select

from bpmn.facts import Online
from engine.model.report import Cell, Column, Kind
from engine.model.status import Channel
from engine.reports.bases import RECEIVED
from engine.reports.dimensions import BY_PROCEDURE
from engine.reports.extent import Extent
from engine.reports.plan import Counted, Plan, Share, adds_up
from engine.reports.tally import counting
from engine.store import definitions
from engine.store.tables import dossier

_ONLINE = dossier.c.channel == Channel.ONLINE
_CHANNELS = "Cách nộp"
_LEVELS = {
    Online.END_TO_END: ("Toàn trình", "thủ tục cung cấp toàn trình"),
    Online.PARTIAL: ("Một phần", "thủ tục cung cấp trực tuyến một phần"),
}


def _plan(tx: Connection, extent: Extent) -> Plan:
    versions = _versions(tx, extent)
    return Plan(
        title="Hồ sơ tiếp nhận trực tuyến",
        rows=BY_PROCEDURE,
        columns=[
            _of("received", "Hồ sơ tiếp nhận", None, None),
            _of("online", "Trực tuyến", _CHANNELS, _ONLINE),
            _of("counter", "Trực tiếp", _CHANNELS, dossier.c.channel == Channel.DIRECT),
            _of("postal", "Bưu chính công ích", _CHANNELS, dossier.c.channel == Channel.POSTAL),
            _share("share", None, "online", "received", "hồ sơ tiếp nhận trong kỳ, mọi thủ tục"),
            *(each for level in Online for each in _level(level, versions[level])),
            _of("unstated", "Thủ tục chưa khai mức độ trực tuyến", None,
                dossier.c.version.not_in([v for found in versions.values() for v in found])),
        ],
        notes=["Tính cho cơ quan tiếp nhận, theo phiên bản thủ tục mà từng hồ sơ áp dụng."],
        checks=[
            adds_up("Tiếp nhận = trực tuyến + trực tiếp + bưu chính", "received",
                    ("online", "counter", "postal")),
        ],
    )  # fmt: skip


def _versions(tx: Connection, extent: Extent) -> dict[Online, list[str]]:
    """The versions of what was received in the period, by what they offer."""
    found: dict[Online, list[str]] = {level: [] for level in Online}
    for digest in sorted(set(_received(tx, extent))):
        offered = definitions.version(tx, digest).facts.online
        if offered is not None:
            found[offered].append(digest)
    return found


def _received(tx: Connection, extent: Extent) -> Sequence[str]:
    query = select(dossier.c.version).select_from(RECEIVED.source).distinct()
    parts = (query.where(part, *extent.of_field) for part in RECEIVED.parts(extent))
    return [digest for part in parts for digest in tx.execute(part).scalars()]


def _level(level: Online, versions: Sequence[str]) -> Sequence[Counted | Share]:
    """What procedures of one level received, and of it online."""
    group, of = _LEVELS[level]
    offered = dossier.c.version.in_(versions)
    return (
        _of(f"{level}_all", "Hồ sơ tiếp nhận", group, offered),
        _of(f"{level}_online", "Trực tuyến", group, offered & _ONLINE),
        _share(f"{level}_share", group, f"{level}_online", f"{level}_all",
               f"hồ sơ tiếp nhận trong kỳ của {of}"),
    )  # fmt: skip


def _of(key: str, title: str, group: str | None, where: ColumnElement[bool] | None) -> Counted:
    return Counted(Column(key, title, group=group), (RECEIVED,), where)


def _share(key: str, group: str | None, part: str, whole: str, of: str) -> Share:
    return Share(Column(key, "Tỷ lệ trực tuyến", Cell.RATE, group), part, (whole,), of)


COUNTING = counting(Kind.ONLINE, _plan)
