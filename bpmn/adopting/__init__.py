"""A diagram that another tool drew becomes a draft of ours, where that needs no guessing.

What means the same is drawn as we draw it, what only the other tool understands is left out, and
both are named. What only a person can say (stages, limits, forms, conditions) is listed. What
the engine could not run as drawn is refused, by element and line.
"""

from lxml import etree

from bpmn.adopting.adoption import Adoption, Kind, Remark
from bpmn.adopting.bridging import drawn_edges
from bpmn.adopting.choosing import called_by, choose, leave_out_others
from bpmn.adopting.conditions import translate_conditions
from bpmn.adopting.data import only_drawn
from bpmn.adopting.files import write
from bpmn.adopting.lanes import flatten
from bpmn.adopting.naming import rename
from bpmn.adopting.open_points import Known, open_points
from bpmn.adopting.opening import open_foreign
from bpmn.adopting.refusing import refuse_untakable
from bpmn.adopting.remarks import Remarks
from bpmn.adopting.tasks import redraw
from bpmn.adopting.timers import retime
from bpmn.procedure import DIAGRAM_FILE, process_id, stage_names

__all__ = ["Adoption", "Kind", "Remark", "adopt"]


def adopt(file: str, content: bytes, code: str, wanted: str | None = None) -> Adoption:
    """Make a draft for the procedure `code` of a BPMN file.

    `wanted` says which of its processes, by id or by the name of its pool; without it, the only
    one that somebody of the office works in. Raises `ProcedureError` with every reason why it
    cannot be taken.
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


def _change(root: etree._Element, process: etree._Element, remarks: Remarks) -> None:
    flatten(process, remarks)
    only_drawn(process, remarks)
    redraw(process, drawn_edges(root), remarks)
    retime(process, remarks)
    translate_conditions(process, root.get("expressionLanguage") or "", remarks)


def _file(process: etree._Element, main: etree._Element) -> str:
    return DIAGRAM_FILE if process is main else f"stage_{process.get('id')}.bpmn"
