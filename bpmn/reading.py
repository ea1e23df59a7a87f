"""What a diagram says of its elements, read from their parsed specifications.

Every function raises a `ProcedureError` that names the element when it says nothing, or
something that cannot be meant.
"""

from collections.abc import Mapping
from typing import Any

from bpmn.decisions import ANY, DecisionTable, Row
from bpmn.findings import ProcedureError, refuse
from bpmn.roles import LANES
from bpmn.steps import Outcome, Paper, PauseCode, Stage, Step
from bpmn.time_limit import TimeLimit, TimeLimitError


def step(spec: Any) -> Step:
    """The step that a user task is."""
    return Step(
        id=spec.bpmn_id,
        name=required(spec, spec.bpmn_name, "Tác vụ phải có tên."),
        role=choice(spec, spec.lane, LANES, "Làn (lane) phải là một trong: "),
        stage=choice(
            spec, property_of(spec, "stage"), {s.value: s for s in Stage}, "stage phải là: "
        ),
        limit=_limit(spec),
        form=required(
            spec, property_of(spec, "formJsonSchemaFilename"), "Thiếu formJsonSchemaFilename."
        ),
        four_eyes=_listed(property_of(spec, "four_eyes")),
        unit=property_of(spec, "unit"),
        batchable=property_of(spec, "batchable") == "true",
        returns_to=property_of(spec, "returns_to"),
        pauses=pauses(spec),
        drafts=tuple(_paper(spec, name) for name in _listed(property_of(spec, "drafts"))),
        signs=_paper(spec, property_of(spec, "signs")),
        seals=_paper(spec, property_of(spec, "seals")),
        digitises=property_of(spec, "digitises") == "true",
    )


def table(spec: Any, id_: str, name: str | None) -> DecisionTable:
    """The decision table that a business rule task asks."""
    drawn = spec.dmnEngine.decision_table
    for rule in drawn.rules:
        shape = (len(rule.inputEntries), len(rule.outputEntries))
        if shape != (len(drawn.inputs), len(drawn.outputs)):
            raise about(spec, f"Bảng quyết định «{id_}»: dòng {rule.row_number} thiếu ô.")
    return DecisionTable(
        id=id_,
        name=name or id_,
        hit_policy=str(drawn.hit_policy),
        inputs=tuple(column.expression or "" for column in drawn.inputs),
        asks=tuple(column.label or column.expression or "" for column in drawn.inputs),
        booleans=tuple(column.typeRef == "boolean" for column in drawn.inputs),
        outputs=tuple(column.name for column in drawn.outputs),
        labels=tuple(column.label or column.name for column in drawn.outputs),
        rows=tuple(_row(rule) for rule in drawn.rules),
    )


def cell(text: str | None) -> str:
    """A cell of a decision table as it counts; an empty one takes anything."""
    return (text or "").strip() or ANY


def outcome(spec: Any, value: str) -> Outcome:
    """How an end event says that the dossier ended."""
    outcomes = {outcome.value: outcome for outcome in Outcome}
    found: Outcome = choice(spec, value, outcomes, "outcome phải là một trong: ")
    return found


def pauses(spec: Any) -> PauseCode | None:
    """Why the dossier rests while a token is here, if it does."""
    codes = {code.value: code for code in PauseCode}
    value = property_of(spec, "pauses")
    if value is None:
        return None
    found: PauseCode = choice(spec, value, codes, "pauses phải là một trong: ")
    return found


def _listed(value: str | None) -> tuple[str, ...]:
    return tuple(filter(None, (value or "").replace(" ", "").split(",")))


def _paper(spec: Any, value: str | None) -> Any:
    papers = {paper.value: paper for paper in Paper}
    return value and choice(spec, value, papers, "Giấy tờ (drafts, signs, seals) phải là: ")


def property_of(spec: Any, name: str) -> str | None:
    """The value of one of the element's properties, None when it is empty."""
    value = (getattr(spec, "extensions", None) or {}).get("properties", {}).get(name)
    return str(value) if value else None


def required(spec: Any, value: str | None, message: str) -> str:
    """The value, which must be there."""
    if not value:
        raise about(spec, message)
    return value


def choice(spec: Any, value: str | None, choices: Mapping[str, Any], message: str) -> Any:
    """What a text stands for, which must be one of the choices."""
    if value is None or value not in choices:
        raise about(spec, f"{message}{', '.join(choices)} (đang là «{value or 'trống'}»).")
    return choices[value]


def about(spec: Any, message: str) -> ProcedureError:
    """A finding about the element."""
    return refuse(spec._wf_spec.file or "?", spec.bpmn_id, message)


def _row(rule: Any) -> Row:
    return Row(
        inputs=tuple(cell(entry.lhs[0]) for entry in rule.inputEntries),
        outputs=tuple((entry.text or "").strip() for entry in rule.outputEntries),
        name=" ".join((rule.description or "").split()),
    )


def _limit(spec: Any) -> TimeLimit:
    text = required(spec, property_of(spec, "limit"), "Thiếu hạn bước (limit).")
    try:
        return TimeLimit.parse(text)
    except TimeLimitError as error:
        raise about(spec, str(error)) from error
