"""Which of the processes of a file is the one to be taken: pools collapse to one."""

from collections.abc import Mapping

from lxml import etree

from bpmn.adopting.remarks import Remarks
from bpmn.adopting.trees import BPMN, local, nodes_in, parent_of
from bpmn.adopting.words import plain
from bpmn.findings import Finding, ProcedureError, refuse

_PUBLIC = (
    *("cong dan", "nguoi dan", "to chuc ca nhan", "ca nhan to chuc", "nguoi nop", "khach hang"),
    *("doanh nghiep", "nguoi yeu cau", "citizen", "applicant", "customer"),
)
"""Pools of those who hand something in: they are not the office's own process."""


class Undecided(ProcedureError):
    """Tệp có nhiều quy trình: chưa biết lấy quy trình nào."""

    def __init__(self, file: str, message: str, choices: Mapping[str, str]) -> None:
        """`choices` are names, empty where there is none, by what `choose` finds them by."""
        super().__init__([Finding(file, "process", message)])
        self.choices = choices


def choose(file: str, root: etree._Element, wanted: str | None) -> etree._Element:
    """The process that is `wanted` by id or by the name of its pool; without that, the only one
    that somebody of the office works in. Raises `ProcedureError` where that is nobody's to guess.
    """
    pools = pool_names(root)
    drawn = [process for process in root.iter(f"{BPMN}process") if nodes_in(process)]
    if not drawn:
        raise refuse(file, "process", "Tệp không có quy trình nào được vẽ các bước.")
    if wanted:
        found = [each for each in drawn if wanted in (each.get("id"), _called(each, pools))]
        return _only(file, found, drawn, pools, f"Không có quy trình «{wanted}» trong tệp.")
    ours = [each for each in drawn if not _is_public(_called(each, pools))] or drawn
    called = {local(call.get("calledElement")) for call in root.iter(f"{BPMN}callActivity")}
    main = [each for each in ours if each.get("id") not in called] or ours
    runs = [each for each in main if each.get("isExecutable") in ("true", "1")]
    found = main if len(main) == 1 else runs if len(runs) == 1 else main
    return _only(file, found, drawn, pools, "Tệp có nhiều quy trình.")


def called_by(root: etree._Element, main: etree._Element) -> list[etree._Element]:
    """Other processes of the file that the main one calls, directly or not, each once."""
    known = {str(each.get("id")): each for each in root.iter(f"{BPMN}process") if each.get("id")}
    found, waiting = [main], [main]
    while waiting:
        for call in waiting.pop().iter(f"{BPMN}callActivity"):
            process = known.get(local(call.get("calledElement")))
            if process is not None and process not in found:
                found.append(process)
                waiting.append(process)
    return found[1:]


def pool_names(root: etree._Element) -> dict[str, str]:
    """The names of pools by the ids of their processes."""
    return {
        local(pool.get("processRef")): (pool.get("name") or "").strip()
        for pool in root.iter(f"{BPMN}participant")
        if pool.get("processRef")
    }


def leave_out_others(root: etree._Element, taken: list[etree._Element], remarks: Remarks) -> None:
    """Take out what does not belong to the processes taken: other processes, their pools, and
    messages that flow between pools."""
    names = {each.get("id") for each in taken}
    for process in list(root.iter(f"{BPMN}process")):
        if process not in taken:
            remarks.dropped(process, "quy trình khác trong tệp, chỉ lấy một")
            parent_of(process).remove(process)
    for pool in list(root.iter(f"{BPMN}participant")):
        if local(pool.get("processRef")) not in names:
            remarks.dropped(pool, "nhóm làn (pool) của bên ngoài quy trình")
            parent_of(pool).remove(pool)
    for flow in list(root.iter(f"{BPMN}messageFlow")):
        remarks.dropped(flow, "luồng thông điệp giữa các nhóm làn (message flow)")
        parent_of(flow).remove(flow)


def _only(
    file: str,
    found: list[etree._Element],
    drawn: list[etree._Element],
    pools: dict[str, str],
    otherwise: str,
) -> etree._Element:
    if len(found) == 1:
        return found[0]
    choices = _choices(drawn, pools)
    names = ", ".join(f"{id_} («{name}»)" if name else id_ for id_, name in choices.items())
    message = f"{otherwise} Hãy nêu quy trình cần lấy, một trong: {names}."
    raise Undecided(file, message, choices)


def _choices(drawn: list[etree._Element], pools: dict[str, str]) -> dict[str, str]:
    """Names of the first processes by their ids, or by their names where they have no id."""
    found = {}
    for process in drawn[:20]:
        called = _called(process, pools)
        found[process.get("id") or called or "?"] = " ".join(called.split())[:60]
    return found


def _called(process: etree._Element, pools: dict[str, str]) -> str:
    return pools.get(str(process.get("id"))) or (process.get("name") or "").strip()


def _is_public(name: str) -> bool:
    return any(f"{plain(name)} ".startswith(f"{word} ") for word in _PUBLIC)
