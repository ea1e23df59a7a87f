"""A diagram that another tool drew becomes a draft of ours, where that needs no guessing.

What means the same is drawn as we draw it, what only the other tool understands is left out, and
both are named. What only a person can say (stages, limits, forms, conditions) is listed. What
the engine could not run as drawn is refused, by element and line.
"""

from collections.abc import Mapping
from pathlib import PurePosixPath

from lxml import etree

from bpmn.adopting.adoption import Adoption, Kind, Remark
from bpmn.adopting.bridging import drawn_edges
from bpmn.adopting.choosing import Undecided, called_by, choose, leave_out_others
from bpmn.adopting.conditions import translate_conditions
from bpmn.adopting.data import only_drawn
from bpmn.adopting.files import STAGE_PREFIX, write
from bpmn.adopting.lanes import flatten
from bpmn.adopting.naming import rename
from bpmn.adopting.open_points import Known, open_points
from bpmn.adopting.opening import open_foreign
from bpmn.adopting.refusing import refuse_untakable
from bpmn.adopting.remarks import Remarks
from bpmn.adopting.tasks import redraw
from bpmn.adopting.timers import retime
from bpmn.adopting.trees import BPMN, local
from bpmn.procedure import DIAGRAM_FILE, process_id, stage_names
from bpmn.source import read_xml

__all__ = ["Adoption", "Kind", "Remark", "Undecided", "adopt", "lacking"]


def adopt(file: str, content: bytes, code: str, wanted: str | None = None) -> Adoption:
    """Make a draft for the procedure `code` of a BPMN file.

    `wanted` says which of its processes, by id or by the name of its pool; without it, the only
    one that somebody of the office works in. Raises `Undecided` where that is not plain, else
    `ProcedureError` with every reason why it cannot be taken.
    """
    root = open_foreign(file, content)
    main = choose(file, root, wanted)
    taken = [main, *called_by(root, main)]
    refuse_untakable(file, root, taken)
    remarks = Remarks()
    leave_out_others(root, taken, remarks)
    rename(root, main, process_id(code), remarks)
    for process in taken:
        _change(root, process, remarks)
    files = {_file(each, main): write(root, each, remarks) for each in taken}
    known = Known(stage_names() | {str(each.get("id")) for each in taken[1:]})
    for process in taken:
        remarks.add(open_points(root, process, known, final=process is main))
    return Adoption(files, *remarks.listed())


def lacking(files: Mapping[str, str]) -> Mapping[str, list[Remark]]:
    """What is open in the diagrams of a draft as it stands, by their files, the procedure's own
    first; raises `ProcedureError` where one of them is no diagram at all."""
    roots = {
        name: read_xml(name, text)
        for name, text in files.items()
        if name.endswith(".bpmn") and not name.startswith("shared/")
    }
    drawn = [
        (name, root, process)
        for name, root in roots.items()
        for process in root.iter(f"{BPMN}process")
    ]
    ids = {str(process.get("id")) for _, _, process in drawn}
    tables = {PurePosixPath(name).stem for name in files if name.endswith(".dmn")}
    known = Known(stage_names() | ids, tables, _steps_elsewhere(files, roots))
    found: dict[str, list[Remark]] = {name: [] for name in sorted(roots, key=_own_first)}
    for name, root, process in drawn:
        found[name] += open_points(root, process, known, final=name == DIAGRAM_FILE)
    return found


def _change(root: etree._Element, process: etree._Element, remarks: Remarks) -> None:
    flatten(process, remarks)
    only_drawn(process, remarks)
    redraw(process, drawn_edges(root), remarks)
    retime(process, remarks)
    translate_conditions(process, root.get("expressionLanguage") or "", remarks)


def _steps_elsewhere(files: Mapping[str, str], roots: Mapping[str, etree._Element]) -> set[str]:
    """Ids in the draft's own files, and in those of the shared stages that they call."""
    calls = [call for root in roots.values() for call in root.iter(f"{BPMN}callActivity")]
    names = {f"shared/{local(call.get('calledElement'))}.bpmn" for call in calls}
    stages = [read_xml(name, files[name]) for name in sorted(names & files.keys())]
    return {
        str(each.get("id")) for root in (*roots.values(), *stages) for each in root.iter(f"{BPMN}*")
    }


def _own_first(file: str) -> tuple[bool, str]:
    return file != DIAGRAM_FILE, file


def _file(process: etree._Element, main: etree._Element) -> str:
    return DIAGRAM_FILE if process is main else f"{STAGE_PREFIX}{process.get('id')}.bpmn"
