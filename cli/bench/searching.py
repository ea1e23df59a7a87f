"""Searching a province's catalogue as one types, beside the least that it could cost."""

import time
from collections.abc import Callable, Iterator
from itertools import accumulate, cycle, product
from typing import Any

from sqlalchemy import func, insert, select, update

from bpmn.roles import Role
from cli.bench.http import Client
from cli.bench.result import Result, result
from cli.bench.subjects import Bench
from cli.demo.kinds import BIRTH
from cli.demo.office import COMMUNE
from engine.model.plain_text import plain
from engine.queries import procedure_index
from engine.queries.paging import Slice
from engine.queries.procedure_list import Listed, ProcedureFilter, list_procedures
from engine.queries.procedure_search import find_procedures
from engine.store.catalogue_state import catalogue_state, change_state
from engine.store.tables import procedure

PROCEDURES = 2_274
"""Those of a province (Decision 1085/QĐ-TTg and what ministries announced since)."""
TYPED = ("dang ky khai sinh", "cap giay phep xay dung", "chung thuc ban sao", "1.00119", "dkks")
_ACTS = ("Cấp", "Cấp lại", "Cấp đổi", "Điều chỉnh", "Gia hạn", "Thu hồi", "Đăng ký", "Xác nhận")
_THINGS = (
    "giấy phép xây dựng công trình", "giấy chứng nhận đủ điều kiện kinh doanh dược",
    "quyền sử dụng đất, quyền sở hữu nhà ở", "chứng chỉ hành nghề khám bệnh, chữa bệnh",
    "giấy phép khai thác nước dưới đất", "hợp đồng, giao dịch bảo đảm bằng động sản",
)  # fmt: skip
_FIELDS = ("Xây dựng", "Dược phẩm", "Đất đai", "Khám bệnh, chữa bệnh", "Tài nguyên nước", "Hộ tịch")


def searching(bench: Bench, client: Client, rounds: int) -> Iterator[Result]:
    """In the engine and through HTTP; warm, after a change, and in a process that knows nothing."""
    _grow(bench)
    client.rest()
    keys = cycle(key for text in TYPED for key in accumulate(text))
    floor = list(_times(lambda: _scan(bench, next(keys)), rounds))
    against = f"one row and a bare scan of {PROCEDURES:,} names"
    looks: dict[str, Callable[[], Any]] = {
        "find a procedure, a key typed": lambda: _find(bench, next(keys)),
        "list of procedures, filtered": lambda: _list(bench, next(keys)),
    }
    for name, look in looks.items():
        yield result(name, list(_times(look, rounds)), against, floor)
        changed = list(_times(look, min(rounds, 20), lambda: _change(bench)))
        yield result(f"{name}, after a change", changed, against, floor)
    anew = list(_times(looks["find a procedure, a key typed"], 5, procedure_index.forget))
    yield result("find a procedure in a new process", anew, against, floor)
    yield from _through_http(bench, client, rounds)


def _through_http(bench: Bench, client: Client, rounds: int) -> Iterator[Result]:
    keys = cycle(key for text in TYPED for key in accumulate(text))
    here = f"agency={COMMUNE}"

    def asked(path: str) -> Callable[[], Any]:
        return lambda: client.get(
            f"/api/v1/procedures{path}q={next(keys).replace(' ', '%20')}", Role.RECEPTION_OFFICER
        )

    def plainly() -> Any:
        return client.get("/api/v1/agencies?limit=1", Role.RECEPTION_OFFICER)

    floor = list(_requests(client, plainly, rounds))
    for name, path in (("search", f"/search?{here}&"), ("list", "?level=commune&state=all&")):
        look = asked(path)
        look()
        against = "a request for one agency"
        found = list(_requests(client, look, rounds))
        yield result(f"{name} of procedures through HTTP", found, against, floor)
        changed = list(_requests(client, look, min(rounds, 20), lambda: _change(bench)))
        yield result(f"{name} through HTTP, after a change", changed, against, floor)


def _grow(bench: Bench) -> None:
    """Let the catalogue have as many procedures as a province has."""
    with bench.database.transaction() as tx:
        row = dict(tx.execute(select(procedure).where(procedure.c.code == BIRTH)).one()._mapping)
        lying = tx.execute(select(func.count()).select_from(procedure)).scalar_one()
        named = cycle(product(_ACTS, _THINGS))
        rows = []
        for number, (act, thing) in zip(range(PROCEDURES - lying), named, strict=False):
            name = f"{act} {thing} loại {number}"
            field = _FIELDS[number % len(_FIELDS)]
            own = {"code": f"3.{number:06}", "name": name, "field": field}
            rows.append({**row, **own, "plain_name": plain(name)})
        if rows:
            tx.execute(insert(procedure), rows)
        change_state(tx, [("3", "grown")])


def _change(bench: Bench) -> None:
    """Somebody changes one procedure."""
    with bench.database.transaction() as tx:
        tx.execute(update(procedure).where(procedure.c.code == BIRTH).values(since=bench.now))
        change_state(tx, [(BIRTH, "changed")])


def _find(bench: Bench, text: str) -> None:
    actor = bench.office.in_role(Role.RECEPTION_OFFICER)[0]
    with bench.database.reading() as tx:
        find_procedures(tx, text, COMMUNE, actor)


def _list(bench: Bench, text: str) -> None:
    actor = bench.office.in_role(Role.ADMINISTRATOR)[0]
    chosen = ProcedureFilter(text, level="commune", state=Listed.ALL)
    with bench.database.reading() as tx:
        list_procedures(tx, Slice(50), chosen, actor, bench.now)


def _scan(bench: Bench, text: str) -> int:
    with bench.database.reading() as tx:
        catalogue_state(tx)
        entries = procedure_index.index(tx).open
    return sum(text in entry.words for entry in entries)


def _times(look: Callable[[], Any], rounds: int, before: Any = None) -> Iterator[float]:
    for _ in range(rounds):
        if before:
            before()
        began = time.perf_counter()
        look()
        yield time.perf_counter() - began


def _requests(
    client: Client, look: Callable[[], Any], rounds: int, before: Any = None
) -> Iterator[float]:
    for _ in _times(look, rounds, before):
        yield client.elapsed
